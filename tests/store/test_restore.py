"""Restoring: the backup takes the place of the file, and what was there is set aside, with its log."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from creator_crm.store import restore as module
from creator_crm.store.backup import backups, folder_of
from creator_crm.store.errors import InUse, WorkspaceError
from creator_crm.store.restore import restore
from creator_crm.store.store import Store

Dump = Callable[[Path], dict[str, list[tuple[Any, ...]]]]


@pytest.fixture
def two_states(path: Path, dump: Dump) -> tuple[Path, Any, Any]:
    """(backup, what it holds, what the closed workspace holds now)"""
    store = Store.create(path)
    with store.change("Add Ana") as unit:
        ana = unit.add("creator", {"name": "Ana"})
    backup = store.back_up()
    with store.change("Rename") as unit:
        unit.set("creator", ana, {"name": "Anna"})
    store.close()
    return backup, dump(backup), dump(path)


def test_a_restore_brings_the_old_state_and_keeps_the_new_one_aside(
    two_states: tuple[Path, Any, Any], path: Path, dump: Dump
) -> None:
    backup, old, new = two_states
    aside = restore(backup, path)
    assert aside is not None
    assert dump(path) == old
    assert dump(aside) == new
    assert backup.exists()
    assert aside not in [b.path for b in backups(path)]  # no verified copy, so never thinned away as one
    store = Store.open(path)
    assert store.undo().label == "Undo: Add Ana"
    store.close()


def test_a_log_left_beside_the_old_file_goes_aside_with_it(
    two_states: tuple[Path, Any, Any], path: Path, dump: Dump
) -> None:
    """Left there, it would be written into the restored file and damage it."""
    backup, old, _ = two_states
    store = Store.open(path)
    with store.change("Not folded in yet") as unit:
        unit.add("creator", {"name": "Bo"})
    killed = path.with_name("killed.creatorcrm")
    for end in ("", "-wal"):
        shutil.copy(path.with_name(path.name + end), killed.with_name(killed.name + end))
    store.close()
    aside = restore(backup, killed)
    assert aside is not None
    assert dump(killed) == old
    assert len(dump(aside)["creator"]) == 2


def test_a_damaged_file_is_replaced_all_the_same(
    two_states: tuple[Path, Any, Any], path: Path, dump: Dump
) -> None:
    backup, old, _ = two_states
    path.write_bytes(b"\x00" * 9000)
    restore(backup, path)
    assert dump(path) == old


def test_a_missing_file_is_made_anew(two_states: tuple[Path, Any, Any], path: Path, dump: Dump) -> None:
    backup, old, _ = two_states
    path.unlink()
    assert restore(backup, path) is None
    assert dump(path) == old


def test_a_backup_that_is_none_changes_nothing(two_states: tuple[Path, Any, Any], path: Path) -> None:
    backup, _, _ = two_states
    before = path.read_bytes()
    damaged = bytearray(backup.read_bytes())
    damaged[len(damaged) // 3 : len(damaged) // 3 + 50_000] = b"\xff" * 50_000
    for content in (b"", b"no workspace", bytes(damaged), bytes(damaged[:9000])):
        backup.write_bytes(content)
        with pytest.raises(WorkspaceError):
            restore(backup, path)
        assert path.read_bytes() == before
    assert {p.name for p in path.parent.iterdir()} == {path.name, folder_of(path).name}
    assert list(folder_of(path).iterdir()) == [backup]


def test_a_backup_that_opens_but_is_not_sound_gives_way_to_the_old_file(
    two_states: tuple[Path, Any, Any], path: Path
) -> None:
    backup, _, _ = two_states
    with sqlite3.connect(backup) as connection:
        connection.execute("DELETE FROM history")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(WorkspaceError, match=r"is as it was\. Choose an older backup"):
        restore(backup, path)
    assert path.read_bytes() == before


def test_an_open_workspace_is_not_replaced(two_states: tuple[Path, Any, Any], path: Path) -> None:
    backup, _, _ = two_states
    store = Store.open(path, who="Maya")
    with pytest.raises(InUse, match="Maya"):
        restore(backup, path)
    with store.change("Goes on") as unit:
        unit.add("creator", {"name": "Bo"})
    store.close()


def test_a_restore_that_fails_half_way_puts_the_old_file_back(
    two_states: tuple[Path, Any, Any], path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup, _, _ = two_states
    before = path.read_bytes()

    def fails(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module, "_into_place", fails)
    with pytest.raises(WorkspaceError, match="No space left on device"):
        restore(backup, path)
    assert path.read_bytes() == before
    assert not list(path.parent.glob(".~*"))
