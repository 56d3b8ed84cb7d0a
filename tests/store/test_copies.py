"""Every file is a copy of its own: copied and restored ones begin anew, and know what they have in common."""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path

import pytest

from creator_crm.store.copies import note_seen, seen, this_copy, workspace_uid
from creator_crm.store.restore import restore
from creator_crm.store.store import Store

DATA = Path(__file__).resolve().parents[1] / "data"


def add(store: Store, name: str) -> int:
    with store.change(f"Add {name}") as unit:
        unit.add("creator", {"name": name})
    return store.last_changes.change_set


def of(path: Path) -> tuple[str, str, dict[str, int]]:
    """(uid of the copy, uid of the workspace, what it knows)"""
    store = Store.open(path)
    with store.read_raw() as raw:
        found = this_copy(raw), workspace_uid(raw), seen(raw)
    store.close()
    return found


def test_opening_a_file_again_leaves_it_the_same_copy_and_the_same_to_the_byte(
    store: Store, path: Path
) -> None:
    add(store, "Ana")
    with store.read_raw() as raw:
        own = this_copy(raw)
    store.close()
    before = path.read_bytes()
    assert of(path) == (own, own, {own: 1})
    assert path.read_bytes() == before


def test_a_copied_file_is_another_copy_of_the_same_workspace(store: Store, path: Path) -> None:
    add(store, "Ana")
    store.close()
    other = Path(shutil.copy(path, path.with_name("other.creatorcrm")))
    own, workspace, _ = of(path)
    copy, same_workspace, known = of(other)
    assert copy != own
    assert same_workspace == workspace == own
    assert known == {own: 1, copy: 1}
    assert of(path)[0] == own, "the first one stays what it was"


def test_both_files_may_go_on_and_neither_claims_to_know_what_the_other_did(store: Store, path: Path) -> None:
    add(store, "Ana")
    store.close()
    other = Path(shutil.copy(path, path.with_name("other.creatorcrm")))
    for file, names in ((path, "Bo Cy"), (other, "Di Ed Flo")):
        opened = Store.open(file)
        for name in names.split():
            add(opened, name)
        opened.close()
    own, _, known = of(path)
    copy, _, known_there = of(other)
    assert known == {own: 3}
    assert known_there == {own: 1, copy: 4}


def test_a_restored_backup_is_a_copy_of_its_own(store: Store, path: Path) -> None:
    add(store, "Ana")
    backup = store.back_up()
    add(store, "Bo")
    store.close()
    own = of(path)[0]
    restore(backup, path)
    copy, _, known = of(path)
    assert copy != own
    assert known == {own: 1, copy: 1}
    assert of(path)[0] == copy


def test_a_backup_in_the_very_place_of_the_file_is_a_copy_of_its_own(store: Store, path: Path) -> None:
    """A file system gives a new file the number of one that was deleted just before."""
    add(store, "Ana")
    backup = store.back_up()
    add(store, "Bo")
    store.close()
    own = of(path)[0]
    path.write_bytes(backup.read_bytes())
    assert of(path)[0] != own


@pytest.mark.parametrize("version", [1, 2, 3])
def test_a_file_of_an_older_version_becomes_the_first_copy_of_its_workspace(path: Path, version: int) -> None:
    path.write_bytes(gzip.decompress((DATA / f"workspace-v{version}.creatorcrm.gz").read_bytes()))
    own, workspace, known = of(path)
    assert own == workspace
    assert list(known) == [own]
    assert of(path)[0] == own


def test_what_a_merge_has_shown_of_another_copy_is_known_until_it_is_undone(store: Store) -> None:
    with store.change("Bring back", origin="merge") as unit:
        unit.add("creator", {"name": "Ana"})
        note_seen(unit.raw, {"b": 7, "c": 3}, unit.change_set)
    with store.outside_history() as raw:
        note_seen(raw, {"c": 5}, None)
        known = seen(raw)
        assert (known["b"], known["c"]) == (7, 5)
    store.undo()
    with store.read_raw() as raw:
        known = seen(raw)
        assert ("b" in known, known["c"]) == (False, 5)
    store.redo()
    with store.read_raw() as raw:
        assert seen(raw)["b"] == 7
