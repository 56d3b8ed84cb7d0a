"""One change set: what it writes, what it refuses, and what is left when it fails."""

from __future__ import annotations

import re

import pytest

from creator_crm.domain.changes import Changes
from creator_crm.store import history
from creator_crm.store.errors import Conflict, Duplicate
from creator_crm.store.store import Store


def value(store: Store, sql: str) -> object:
    with store.read_raw() as raw:
        found = raw.execute(sql).fetchone()
        return found[0] if found else None


def test_a_new_row_has_defaults_a_short_id_and_its_figures(store: Store) -> None:
    with store.change("Add Ana") as unit:
        ana = unit.add("creator", {"name": "Ana"})
        account = unit.add("account", {"creator": ana, "handle": "Ana.Lima", "platform": "instagram"})
        unit.add("account_metrics", {"account": account, "measured_on": "2026-11-01", "followers": 1200})
        unit.add("account_metrics", {"account": account, "measured_on": "2026-11-20", "followers": 1500})
    with store.read_raw() as raw:
        row = raw.execute("SELECT uid, stage, handle, followers, handles, version FROM creator").fetchone()
    assert re.fullmatch("[a-z][a-z0-9]{11}", row[0])
    assert row[1:] == ("prospect", "Ana.Lima", 1500, "ana.lima", 1)


def test_an_error_inside_leaves_nothing_behind(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.change("Half") as unit:
        unit.add("creator", {"name": "Ana"})
        raise ZeroDivisionError
    assert value(store, "SELECT count(*) FROM creator") == 0
    assert value(store, "SELECT count(*) FROM change_set") == 0
    assert value(store, "SELECT count(*) FROM history") == 0


def test_a_change_that_changes_nothing_is_no_step(store: Store) -> None:
    heard: list[Changes] = []
    store.listeners.append(heard.append)
    with store.change("Nothing"):
        pass
    with store.read_raw() as raw:
        assert history.next_undo(raw) is None
    assert not heard[0]


def test_whoever_listens_hears_which_rows_changed(store: Store) -> None:
    heard: list[Changes] = []
    store.listeners.append(heard.append)
    with store.change("Add two") as unit:
        numbers = {unit.add("creator", {"name": name}) for name in ("Ana", "Bo")}
    assert [(c.label, dict(c.rows)) for c in heard] == [("Add two", {"creator": frozenset(numbers)})]


def test_an_update_keeps_only_what_changed_and_who_did_it(store: Store) -> None:
    with store.change("Add Ana") as unit:
        ana = unit.add("creator", {"name": "Ana", "niche": "tea"})
    with store.change("Edit niche") as unit:
        unit.set("creator", ana, {"niche": "coffee", "tags": ("a", "ü")})
    with store.read_raw() as raw:
        entry = history.entries_of(raw, "creator", ana)[0]
    assert (entry.action, entry.change_set.who, entry.change_set.label) == ("update", "Maya", "Edit niche")
    assert {k: v for k, v in entry.before.items() if k not in ("version", "updated_at")} == {
        "niche": "tea",
        "tags": None,
    }
    assert (entry.after["niche"], entry.after["tags"], entry.after["version"]) == ("coffee", '["a","ü"]', 2)


def test_a_row_changed_meanwhile_is_not_overwritten(store: Store) -> None:
    with store.change("Add") as unit:
        ana = unit.add("creator", {"name": "Ana"})
    with store.change("Somebody") as unit:
        unit.set("creator", ana, {"name": "Anna"}, version=1)
    with pytest.raises(Conflict, match="changed or removed meanwhile"), store.change("Late") as unit:
        unit.set("creator", ana, {"name": "Anne"}, version=1)
    assert value(store, "SELECT name FROM creator") == "Anna"


def test_the_same_account_twice_is_refused_by_the_names_of_its_fields(store: Store) -> None:
    with store.change("Add") as unit:
        ana = unit.add("creator", {"name": "Ana"})
        unit.add("account", {"creator": ana, "handle": "ana", "platform": "tiktok"})
    with (
        pytest.raises(Duplicate, match="account with this platform and") as caught,
        store.change("Again") as unit,
    ):
        unit.add("account", {"creator": ana, "handle": "ANA", "platform": "tiktok"})
    assert (caught.value.record, caught.value.fields) == ("account", ("platform", "handle_key"))
    assert "ana" not in str(caught.value)


def test_a_reference_to_nothing_is_our_own_mistake(store: Store) -> None:
    import sqlite3

    with pytest.raises(sqlite3.IntegrityError), store.change("Wrong") as unit:
        unit.add("account", {"creator": 99, "handle": "ana", "platform": "tiktok"})
    with store.change("Right") as unit:
        unit.add("creator", {"name": "Ana"})


def test_nothing_can_be_written_outside_of_a_change_set(store: Store) -> None:
    import sqlite3

    refused = pytest.raises(sqlite3.IntegrityError, match=r"history\.change_set")
    with refused, store.outside_history() as raw:
        raw.execute("INSERT INTO tag (uid, created_at, updated_at, name) VALUES ('x', '', '', 'x')")


def test_a_bulk_change_ends_with_the_same_figures_and_index_as_single_ones(store: Store) -> None:
    def write(bulk: bool, first: int) -> None:
        with store.change("Add", bulk=bulk) as unit:
            made = unit.add_rows("creator", ("name",), [(f"Ana {n}",) for n in range(first, first + 50)])
            rows = [(c, "tiktok", f"h{c}", f"h{c}") for c in made]
            accounts = unit.add_rows("account", ("creator", "platform", "handle", "handle_key"), rows)
            metrics = [(a, "2026-11-01", a * 10) for a in accounts]
            unit.add_rows("account_metrics", ("account", "measured_on", "followers"), metrics)

    write(False, 0)
    write(True, 100)
    assert (
        value(store, "SELECT count(*) FROM creator WHERE handle = 'h' || id AND followers = id * 10") == 100
    )
    assert value(store, "SELECT count(*) FROM creator_words WHERE creator_words MATCH 'ana'") == 100
    assert value(store, "SELECT count(*) FROM account_parts WHERE account_parts MATCH 'h12'") == 1
    with store.change("Move", bulk=True) as unit:
        unit.set_rows("account", ("creator",), [(1, (2,))])
    assert value(store, "SELECT handle FROM creator WHERE id = 1") is None
    assert value(store, "SELECT handles FROM creator WHERE id = 2") == "h1 h2"


def test_trash_takes_the_parts_along_and_brings_back_those_alone(store: Store) -> None:
    with store.change("Add") as unit:
        ana, bo = (unit.add("creator", {"name": name}) for name in ("Ana", "Bo"))
        old = unit.add("account", {"creator": ana, "handle": "old", "platform": "tiktok"})
        new = unit.add("account", {"creator": ana, "handle": "new", "platform": "tiktok"})
        unit.add("account", {"creator": bo, "handle": "bo", "platform": "tiktok"})
        unit.add("account_metrics", {"account": new, "measured_on": "2026-11-01", "followers": 7})
    with store.change("Trash the old account") as unit:
        unit.now = "2026-01-01T00:00:00Z"
        unit.trash("account", [old])
    with store.change("Trash Ana") as unit:
        unit.trash("creator", [ana])
    living = (
        "SELECT group_concat(handle) FROM (SELECT * FROM account ORDER BY handle) WHERE deleted_at IS NULL"
    )
    assert value(store, living) == "bo"
    assert value(store, "SELECT count(*) FROM account_metrics WHERE deleted_at IS NULL") == 0
    assert value(store, f"SELECT followers FROM creator WHERE id = {ana}") == 7  # seen in the trash
    with store.change("Back") as unit:
        unit.restore("creator", [ana])
    assert value(store, living) == "bo,new"
    assert value(store, f"SELECT handles FROM creator WHERE id = {ana}") == "new"


def test_custom_fields_are_in_the_catalogue_once_they_are_made(store: Store) -> None:
    with store.change("New field") as unit:
        unit.add(
            "custom_field", {"about": "creator", "name": "shoe_size", "label": "Shoe size", "kind": "count"}
        )
    with store.change("Add") as unit:
        ana = unit.add("creator", {"name": "Ana", "shoe_size": 38})
        unit.set("creator", ana, {"name": "Anna"})
    assert store.catalogue["creator"].field("shoe_size").label == "Shoe size"
    assert value(store, "SELECT custom FROM creator") == '{"shoe_size":38}'
    store.undo()
    store.undo()
    assert "shoe_size" not in store.catalogue["creator"].by_name
