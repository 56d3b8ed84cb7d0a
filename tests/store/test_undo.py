"""Undo and redo: exact, in any order that is safe, refused in words where it is not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from creator_crm.domain import fields as f
from creator_crm.domain.fields import Catalogue, Row, describe, record
from creator_crm.domain.records import CATALOGUE
from creator_crm.store import history
from creator_crm.store.check import check
from creator_crm.store.errors import CannotUndo
from creator_crm.store.store import Store

Dump = Callable[[Path], dict[str, list[tuple[Any, ...]]]]


@record(label="Measure", plural="Measures", key=("name",), title="name")
class Measure(Row):
    """A record with a decimal number, which no built-in record has yet."""

    name: str | None = f.text("Name", required=True)
    weight: float | None = f.number("Weight")


def ana(store: Store, **more: Any) -> int:
    with store.change("Add Ana") as unit:
        return unit.add("creator", {"name": "Ana", **more})


def test_undo_and_redo_give_back_every_column(store: Store, path: Path, dump: Dump) -> None:
    empty = dump(path)
    with store.change("Add all") as unit:
        number = unit.add("creator", {"name": "Ana", "tags": ("a", "b"), "opted_out": True})
        account = unit.add("account", {"creator": number, "handle": "ana", "platform": "tiktok"})
        unit.add("account_metrics", {"account": account, "measured_on": "2026-11-01", "engagement": 46000})
        unit.set("creator", number, {"name": "Anna"})
        unit.trash("account", [account])
    full = dump(path)
    assert store.undo().label == "Undo: Add all"
    assert dump(path) == empty
    assert store.redo().label == "Redo: Add all"
    assert dump(path) == full
    store.undo()
    assert dump(path) == empty


def test_a_large_import_is_undone_and_redone_as_one_step(store: Store, path: Path, dump: Dump) -> None:
    before = dump(path)
    with store.change("Import", bulk=True) as unit:
        made = unit.add_rows("creator", ("name", "notes"), [(f"Ana {n}", "likes tea") for n in range(3000)])
        unit.add_rows("tag", ("name",), [("tea",)])
        accounts = [(c, "tiktok", f"ana{c}", f"ana{c}") for c in made]
        unit.add_rows("account", ("creator", "platform", "handle", "handle_key"), accounts)
    after = dump(path)
    assert store.undo().count == 6001
    assert dump(path) == before
    assert store.redo().count == 6001
    assert dump(path) == after


def test_decimal_numbers_come_back_to_the_last_digit(path: Path) -> None:
    catalogue = Catalogue([*CATALOGUE.values(), describe(Measure)])
    weights = [0.1 + 0.2, 123456789.123456789, 1e-9, -5.0, None]
    store = Store.create(path, catalogue)
    try:
        with store.change("Weigh") as unit:
            rows = [unit.add("measure", {"name": str(n), "weight": w}) for n, w in enumerate(weights)]
        with store.change("Edit") as unit:
            unit.set_rows("measure", ("weight",), [(row, (1.5,)) for row in rows])
        store.undo()
        store.undo()
        store.redo()
        with store.read_raw() as raw:
            assert [w for (w,) in raw.execute("SELECT weight FROM measure ORDER BY id")] == weights
            assert {t for (t,) in raw.execute("SELECT typeof(weight) FROM measure")} == {"real", "null"}
    finally:
        store.close()


def test_an_earlier_step_is_undone_alone_when_nothing_builds_on_it(store: Store) -> None:
    first = ana(store)
    with store.change("Add Bo") as unit:
        unit.add("creator", {"name": "Bo"})
    store.undo(1)
    with store.read_raw() as raw:
        assert raw.execute("SELECT name FROM creator").fetchall() == [("Bo",)]
        assert history.next_redo(raw) is not None
    store.redo()
    assert first == 1


@pytest.mark.parametrize("later", ["edit", "part"])
def test_a_step_that_was_built_upon_names_what_stands_in_the_way(
    later: str, store: Store, path: Path, dump: Dump
) -> None:
    number = ana(store)
    with store.change("The later step") as unit:
        if later == "edit":
            unit.set("creator", number, {"name": "Anna"})
        else:
            unit.add("account", {"creator": number, "handle": "ana", "platform": "tiktok"})
    before = dump(path)
    with pytest.raises(CannotUndo, match="“The later step” changed the same records later"):
        store.undo(1)
    assert dump(path) == before
    store.undo()
    store.undo(1)
    store.redo()
    store.redo()
    assert dump(path) == before


def test_an_undo_whose_place_was_taken_is_refused_in_words(store: Store, path: Path, dump: Dump) -> None:
    with store.change("Add tag") as unit:
        tag = unit.add("tag", {"name": "tea"})
    with store.change("Trash tag") as unit:
        unit.trash("tag", [tag])
    with store.change("Add it anew") as unit:
        unit.add("tag", {"name": "tea"})
    before = dump(path)
    with pytest.raises(CannotUndo, match="took its place"):
        store.undo(2)
    assert dump(path) == before


def test_an_undo_that_would_leave_a_reference_to_nothing_is_refused(store: Store) -> None:
    with store.change("Two creators") as unit:
        ana, bo = (unit.add("creator", {"name": name}) for name in ("Ana", "Bo"))
    with store.change("Account of Ana") as unit:
        account = unit.add("account", {"creator": ana, "handle": "x", "platform": "tiktok"})
    with store.change("Really Bo's") as unit:
        unit.set("account", account, {"creator": bo})
    with pytest.raises(CannotUndo):
        store.undo(1)
    assert store.undo().label == "Undo: Really Bo's"


def test_nothing_left_is_said_and_a_step_is_undone_once(store: Store) -> None:
    with pytest.raises(CannotUndo, match="nothing to undo"):
        store.undo()
    with pytest.raises(CannotUndo, match="nothing to redo"):
        store.redo()
    ana(store)
    store.undo(1)
    with pytest.raises(CannotUndo, match="undone already"):
        store.undo(1)
    with pytest.raises(CannotUndo, match="no step 77"):
        store.undo(77)


def test_something_new_ends_what_could_be_redone(store: Store) -> None:
    ana(store)
    store.undo()
    ana(store)
    with pytest.raises(CannotUndo, match="nothing to redo"):
        store.redo()


def test_a_step_in_a_field_that_is_gone_is_refused_in_words(store: Store) -> None:
    number = ana(store)
    with store.change("Edit") as unit:
        unit.set("creator", number, {"name": "Anna"})
    with store.outside_history() as raw:
        raw.execute("UPDATE history SET before = json_set(before, '$.shoe', 38) WHERE action = 'update'")
    with pytest.raises(CannotUndo, match="older version of the program"):
        store.undo()


def test_values_that_changed_hands_in_one_step_go_back_in_the_opposite_order(
    store: Store, path: Path, dump: Dump
) -> None:
    with store.change("Add") as unit:
        tags = [unit.add("tag", {"name": name}) for name in ("a", "b", "c")]
    with store.change("Trash b") as unit:
        unit.trash("tag", tags[1:2])
    with store.change("Another b") as unit:
        tags.append(unit.add("tag", {"name": "b"}))
    before = dump(path)
    with store.change("Rename in a row, and b for b") as unit:
        unit.set_rows("tag", ("name",), [(tags[2], ("d",)), (tags[0], ("c",)), (tags[0], ("e",))])
        unit.trash("tag", [tags[3]])
        unit.restore("tag", [tags[1]])
    after = dump(path)
    store.undo()
    assert dump(path) == before
    store.redo()
    assert dump(path) == after


def test_an_edit_of_thousands_is_undone_with_the_search_following(
    store: Store, path: Path, dump: Dump
) -> None:
    with store.change("Import", bulk=True) as unit:
        made = unit.add_rows("creator", ("name", "niche"), [(f"Ana {n}", "tea") for n in range(2500)])
    before = dump(path)
    with store.change("Edit all", bulk=True) as unit:
        unit.set_rows("creator", ("niche", "stage"), [(row, ("coffee", "active")) for row in made])
    found = "SELECT count(*) FROM creator_words WHERE creator_words MATCH ?"
    with store.read_raw() as raw:
        assert raw.execute(found, ("coffee",)).fetchone() == (2500,)
    with store.change("Stage alone", bulk=True) as unit:
        unit.set_rows("creator", ("stage",), [(row, ("agreed",)) for row in made])
    store.undo()
    store.undo()
    assert dump(path) == before
    with store.read_raw() as raw:
        assert raw.execute(found, ("coffee",)).fetchone() == (0,)
        assert raw.execute(found, ("tea",)).fetchone() == (2500,)
    assert check(store) == []


@pytest.mark.parametrize("bulk", [False, True])
def test_a_creator_in_the_trash_shows_what_went_there_with_them_not_what_was_there_before(
    path: Path, bulk: bool
) -> None:
    store = Store.create(path)
    with store.change("Add") as unit:
        creator = unit.add("creator", {"name": "Ana"})
        account = unit.add("account", {"creator": creator, "handle": "ana", "platform": "tiktok"})
    for kind, row in (("account", account), ("creator", creator)):
        with store.change(f"Trash the {kind}", bulk=bulk) as unit:
            unit.happened("2026-01-01T10:00:00Z")  # in one and the same second
            unit.trash(kind, [row])
        assert check(store) == []
    store.undo()
    assert check(store) == []
    store.close()
