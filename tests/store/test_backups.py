"""Backups: consistent while others write, verified before they have a name, thinned but never used up."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from creator_crm.store.backup import (
    Backup,
    back_up,
    back_up_before,
    backups,
    changed_since_backup,
    folder_of,
    is_due,
    superfluous,
)
from creator_crm.store.errors import Damaged, WorkspaceError
from creator_crm.store.store import Store

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def add(store: Store, name: str = "Ana") -> None:
    with store.change(f"Add {name}") as unit:
        unit.add("creator", {"name": name})


def names(path: Path) -> list[str]:
    connection = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
    try:
        return [name for (name,) in connection.execute("SELECT name FROM creator ORDER BY id")]
    finally:
        connection.close()


def test_a_backup_holds_what_is_still_in_the_log_and_stands_alone(store: Store, tmp_path: Path) -> None:
    add(store)
    to = store.back_up(tmp_path / "x.creatorcrm")
    assert names(to) == ["Ana"]
    assert not list(tmp_path.glob("x.creatorcrm-*")) + list(tmp_path.glob(".~*"))


def test_a_backup_can_be_made_while_a_change_is_being_written(store: Store, path: Path) -> None:
    add(store)
    with store.change("Add Bo") as unit:
        unit.add("creator", {"name": "Bo"})
        copy = back_up(path, "in between")
    assert names(copy.path) == ["Ana"]
    assert names(store.back_up()) == ["Ana", "Bo"]


def test_a_backup_is_due_after_half_an_hour_with_a_change(store: Store, path: Path) -> None:
    assert not is_due(path)
    add(store)
    first = store.back_up_when_due()
    assert first is not None and "every half hour" in first.name
    assert store.back_up_when_due() is None
    add(store, "Bo")
    assert not is_due(path)
    assert is_due(path, datetime.now(UTC) + timedelta(minutes=31))


def test_closing_makes_a_backup_only_when_something_changed(path: Path) -> None:
    store = Store.create(path)
    store.close(back_up=True)
    assert backups(path) == []
    store = Store.open(path)
    add(store)
    store.close(back_up=True)
    store = Store.open(path)
    store.close(back_up=True)
    assert [b.reason for b in backups(path)] == ["at closing"]
    assert not changed_since_backup(path)


def test_an_undo_is_a_change_that_a_backup_lacks(store: Store, path: Path) -> None:
    add(store)
    store.back_up()
    store.undo()
    assert changed_since_backup(path)


def test_a_damaged_workspace_makes_no_backup_and_costs_none(store: Store, path: Path) -> None:
    with store.change("Add", bulk=True) as unit:
        unit.add_rows("creator", ("name",), [(f"Ana {n}",) for n in range(2000)])
    good = store.back_up()
    store.close()
    content = bytearray(path.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 40_000] = b"\xff" * 40_000
    path.write_bytes(content)
    with pytest.raises(Damaged):
        back_up(path, "by hand", NOW + timedelta(days=900))
    assert [b.path for b in backups(path)] == [good]
    assert len(list(folder_of(path).iterdir())) == 1


def test_a_copy_to_nowhere_is_said_and_replaces_nothing(store: Store, tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match=r"cannot be opened|could not be written"):
        store.back_up(tmp_path / "nowhere" / "x.creatorcrm")
    (tmp_path / "folder").mkdir()
    with pytest.raises(WorkspaceError, match="could not be written"):
        store.back_up(tmp_path / "folder")
    assert not list(tmp_path.glob(".~*"))


def test_two_backups_in_one_second_are_two_files(store: Store, path: Path) -> None:
    made = [back_up(path, "by hand", NOW) for _ in range(3)]
    assert len({b.path for b in made}) == 3


def test_the_backup_before_a_new_version_is_made_once_for_the_same_state(store: Store, path: Path) -> None:
    add(store)
    first = back_up_before(path, 2, NOW)
    assert back_up_before(path, 2, NOW + timedelta(days=1)) == first
    add(store, "Bo")
    assert back_up_before(path, 2, NOW + timedelta(days=2)) != first
    assert len(backups(path)) == 2


def at(days: float, reason: str = "every half hour") -> Backup:
    made = NOW - timedelta(days=days)
    return Backup(Path(f"{made:%Y-%m-%d %H.%M}"), made, reason)


@pytest.mark.parametrize(
    ("ages", "kept"),
    [
        ([], []),
        ([400], [400]),
        ([0, 0.5, 1, 1.9], [0, 0.5, 1, 1.9]),
        ([0, 3, 3.1, 3.2], [0, 3]),
        ([0, *range(3, 13)], [0, 3, 4, 5, 6, 7, 8, 9, 10]),
        ([0, *range(3, 10), 20, 27, 34, 41, 48], [0, *range(3, 10), 20, 27, 34, 41, 48]),
        ([0, *range(3, 10), 20, 27, 34, 41, 48, 49, 50], [0, *range(3, 10), 20, 27, 34, 41, 48]),
        ([0, *(30 * n for n in range(2, 20))], [0, *(30 * n for n in range(2, 19))]),
    ],
)
def test_thinning_keeps_all_of_two_days_then_days_weeks_and_months(
    ages: list[float], kept: list[float]
) -> None:
    gone = {b.path for b in superfluous([at(a) for a in ages], NOW)}
    assert [a for a in ages if at(a).path not in gone] == kept


def test_thinning_never_takes_the_newest_nor_those_before_a_new_version() -> None:
    found = [at(900), *(at(900 + n / 10, "before version 2") for n in range(1, 5))]
    assert superfluous(found, NOW) == []


def test_thinning_again_takes_nothing_more() -> None:
    found = [at(n / 3) for n in range(3 * 400)]
    gone = {b.path for b in superfluous(found, NOW)}
    left = [b for b in found if b.path not in gone]
    assert len([b for b in left if NOW - b.made_at >= timedelta(days=2)]) <= 17
    assert superfluous(left, NOW) == []
