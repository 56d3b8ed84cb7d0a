"""What lists hold and in which order."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest

from creator_crm.domain.conditions import Condition, Op
from creator_crm.domain.creators import STAGES
from creator_crm.domain.errors import UserError
from creator_crm.domain.query import Query
from creator_crm.store.readers import lists
from creator_crm.store.store import Store


@pytest.fixture
def people(store: Store) -> Iterator[dict[str, int]]:
    """Creators by name, among them one archived, one in the trash and one without a name."""
    with store.change("Add") as unit:
        made = {
            name: unit.add("creator", {"name": name, "stage": stage, "archived": name == "Old", "tags": tags})
            for name, stage, tags in (
                ("bea", "active", ("vip", "local")),
                ("Anna", "prospect", ("VIPs",)),
                ("Cleo", "contacted", ()),
                ("Old", "active", ()),
                ("Gone", "active", ()),
            )
        }
        made[""] = unit.add("creator", {"stage": "declined"})
        unit.trash("creator", [made["Gone"]])
    yield made


def named(store: Store, query: Query) -> list[str]:
    return [row.name or "" for row in lists.rows(store, query.record, lists.ids(store, query))]


def test_text_sorts_without_case_and_the_empty_come_last_in_both_directions(
    store: Store, people: dict[str, int]
) -> None:
    assert named(store, Query("creator", sort=("name",))) == ["Anna", "bea", "Cleo", ""]
    assert named(store, Query("creator", sort=("-name",))) == ["Cleo", "bea", "Anna", ""]


def test_choices_sort_in_the_order_they_are_offered(store: Store, people: dict[str, int]) -> None:
    assert named(store, Query("creator", sort=("stage", "name"))) == ["Anna", "Cleo", "bea", ""]


def test_archived_and_trashed_rows_are_shown_when_asked_for(store: Store, people: dict[str, int]) -> None:
    assert "Old" in named(store, Query("creator", archived=True))
    assert named(store, Query("creator", Condition("archived", Op.IS, True))) == ["Old"]
    assert named(store, Query("creator", trashed=True)) == ["Gone"]


def test_a_campaign_narrows_creators_and_everything_about_them(store: Store, people: dict[str, int]) -> None:
    with store.change("Campaign") as unit:
        campaign = unit.add("campaign", {"name": "Spring"})
        for name in ("bea", "Anna"):
            unit.add("collaboration", {"creator": people[name], "campaign": campaign})
        unit.add("account", {"creator": people["bea"], "handle": "bea.b"})
        account = unit.add("account", {"creator": people["Cleo"], "handle": "cleo"})
        unit.add("account_metrics", {"account": account, "measured_on": "2026-01-01"})
    assert named(store, Query("creator", sort=("name",), campaign=campaign)) == ["Anna", "bea"]
    by_creator = lists.ids(store, Query("collaboration", sort=("creator",), campaign=campaign))
    assert [r.creator for r in lists.rows(store, "collaboration", by_creator)] == [
        people["Anna"],
        people["bea"],
    ]
    assert lists.count(store, Query("account", campaign=campaign)) == 1
    assert lists.count(store, Query("account_metrics", campaign=campaign)) == 0
    assert lists.count(store, Query("tag", campaign=campaign)) == lists.count(store, Query("tag"))


def test_a_page_is_the_beginning_of_the_list(store: Store, people: dict[str, int]) -> None:
    for search in ("", "a"):
        whole = lists.ids(store, Query("creator", sort=("-name",), search=search))
        assert lists.ids(store, Query("creator", sort=("-name",), search=search, limit=2)) == whole[:2]
        assert lists.count(store, Query("creator", search=search)) == len(whole)


def test_rows_come_in_the_order_asked_and_the_missing_are_left_out(
    store: Store, people: dict[str, int]
) -> None:
    wanted = [people["Cleo"], 999, people["bea"]]
    assert [row.name for row in lists.rows(store, "creator", wanted)] == ["Cleo", "bea"]
    assert lists.rows(store, "creator", []) == []
    assert lists.row(store, "creator", 999) is None


def test_what_others_wrote_is_offered_once_whatever_its_case(store: Store, people: dict[str, int]) -> None:
    assert lists.column_values(store, "creator", "tags", "VI") == ["vip", "VIPs"]
    assert lists.column_values(store, "creator", "name", "", 2) == ["Anna", "bea"]


def test_sorting_by_a_field_that_is_not_there_is_refused(store: Store) -> None:
    with pytest.raises(UserError, match="no field called “colour”"):
        lists.ids(store, Query("creator", sort=("colour",)))


@pytest.mark.parametrize("field", ["name", "stage", "followers", "handle", "email", "owner", "niche"])
@pytest.mark.parametrize("down", ["", "-"])
def test_an_ordered_list_is_read_from_its_index_alone(store: Store, field: str, down: str) -> None:
    sql, values = lists._statement(store.catalogue, Query("creator", sort=(down + field,)))
    with store.read_raw() as raw:
        plan = [str(row[3]) for row in raw.execute(f"EXPLAIN QUERY PLAN {sql}", values)]
    assert plan == [f"SCAN t USING COVERING INDEX list_creator_{field}"]


def test_many_found_rows_come_in_the_same_order_as_few(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = random.Random(5)
    with store.change("Add", bulk=True) as unit:
        values: list[Any] = [(f"Ann {rng.randrange(40)}", rng.choice(STAGES).value) for _ in range(200)]
        unit.add_rows("creator", ("name", "stage"), values)
    query = Query("creator", search="ann", sort=("stage", "-name"))
    few = lists.ids(store, query)
    monkeypatch.setattr(lists, "_FEW", 10)
    assert len(few) == 200
    assert lists.ids(store, query) == few


@pytest.mark.parametrize("down", ["", "-"])
def test_a_page_in_the_order_of_what_rows_refer_to_is_the_beginning_of_the_list(
    store: Store, people: dict[str, int], down: str
) -> None:
    with store.change("Buy") as unit:
        namesake = unit.add("creator", {"name": "BEA"})
        buyers = [people["bea"], namesake, None, people["Cleo"], people["bea"], people[""], people["Gone"]]
        for n, creator in enumerate(buyers):
            unit.add("order", {"number": f"#{n}", "creator": creator})
        unit.trash("order", [unit.add("order", {"number": "#gone", "creator": people["Anna"]})])
    whole = lists.ids(store, Query("order", sort=(f"{down}creator",)))
    assert len(whole) == len(buyers)
    for limit in range(1, len(buyers) + 2):
        assert lists.ids(store, Query("order", sort=(f"{down}creator",), limit=limit)) == whole[:limit]


@pytest.mark.parametrize(
    ("record", "field"), [("message", "creator"), ("order", "creator"), ("order", "code")]
)
def test_a_page_in_the_order_of_what_rows_refer_to_is_walked_to_and_not_sorted(
    store: Store, record: str, field: str
) -> None:
    query = Query(record, sort=(f"-{field}",), limit=200)
    walk = lists._by_reference(store.catalogue, query, None)
    assert walk is not None
    called = {"creator": "list_creator_called", "code": "list_code_code"}[field]
    with store.read_raw() as raw:
        plan = [str(row[3]) for row in raw.execute(f"EXPLAIN QUERY PLAN {walk[0]}", walk[1])]
    assert plan[0].removeprefix("SCAN r USING ").removeprefix("COVERING ") == f"INDEX {called}"
    assert plan[1:] == [
        f"SEARCH t USING COVERING INDEX list_{record}_{field} ({field}=?)",
        "USE TEMP B-TREE FOR RIGHT PART OF ORDER BY",
    ]
