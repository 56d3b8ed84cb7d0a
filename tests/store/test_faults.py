"""The world's faults: full disk, read-only places, other programs, files that move. No loss, one sentence."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from creator_crm.domain.query import Query
from creator_crm.store import read_only
from creator_crm.store.check import check
from creator_crm.store.errors import FileMoved, WorkspaceError
from creator_crm.store.readers import lists
from creator_crm.store.store import Store

NOBODY = 65534
posix = pytest.mark.skipif(os.name != "posix", reason="rights and limits of this kind exist on POSIX alone")


def add(store: Store, name: str = "Ana") -> None:
    with store.change(f"Add {name}") as unit:
        unit.add("creator", {"name": name})


def names(path: Path) -> list[str]:
    connection = sqlite3.connect(path)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return [name for (name,) in connection.execute("SELECT name FROM creator ORDER BY id")]
    finally:
        connection.close()


# The file moves ------------------------------------------------------------------------------------


@pytest.mark.parametrize("fate", ["deleted", "renamed", "replaced"])
def test_a_file_that_moves_while_open_takes_no_more_changes_and_is_rescued(
    fate: str, store: Store, path: Path
) -> None:
    add(store)
    other = path.with_name("other.creatorcrm")
    if fate == "deleted":
        path.unlink()
    elif fate == "renamed":
        path.rename(other)
    else:
        Store.create(other).close()
        theirs = other.read_bytes()
        other.replace(path)
    with pytest.raises(FileMoved, match="was moved, replaced or deleted while it was open") as caught:
        add(store, "Bo")
    if fate == "renamed":
        other.rename(path)  # too late: what came after is in the rescued file alone
    [rescued] = path.parent.glob("brand rescued *.creatorcrm")
    assert str(path) in str(caught.value) and str(rescued) in str(caught.value)
    assert names(rescued) == ["Ana"]
    with pytest.raises(FileMoved, match="rescued"):
        add(store, "Bo")
    with pytest.raises(FileMoved):
        store.back_up()
    with pytest.raises(FileMoved):
        store.undo()
    assert len(list(path.parent.glob("brand rescued *"))) == 1
    store.close()
    if fate == "replaced":
        assert path.read_bytes() == theirs
        assert not list(path.parent.glob("*-wal"))
    opened = Store.open(rescued)
    add(opened, "Bo")
    assert check(opened) == []
    opened.close()


def test_a_file_that_moves_during_a_change_does_not_take_it(store: Store, path: Path) -> None:
    add(store)
    with pytest.raises(FileMoved), store.change("Add Bo") as unit:
        unit.add("creator", {"name": "Bo"})
        path.unlink()
    [rescued] = path.parent.glob("brand rescued *")
    assert names(rescued) == ["Ana"]


def test_the_timer_notices_a_moved_file_without_any_change(store: Store, path: Path) -> None:
    store.refuse_if_moved()
    path.unlink()
    with pytest.raises(FileMoved):
        store.refuse_if_moved()
    assert store.back_up_when_due() is None
    assert not path.exists()


def test_a_file_whose_whole_folder_is_gone_is_rescued_at_home(tmp_path: Path, home: Path) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    store = Store.create(folder / "brand.creatorcrm")
    add(store)
    shutil.rmtree(folder)
    with pytest.raises(FileMoved, match="rescued"):
        add(store, "Bo")
    store.close()
    [rescued] = home.glob("brand rescued *.creatorcrm")
    assert names(rescued) == ["Ana"]


# Others ----------------------------------------------------------------------------------------------


def test_another_program_that_writes_makes_a_change_wait_and_then_a_sentence(
    store: Store, path: Path
) -> None:
    add(store)
    with store.outside_history() as raw:
        raw.execute("SELECT 1")
    store._raw.execute("PRAGMA busy_timeout=20")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(WorkspaceError, match="Another program is using the workspace file"):
        add(store, "Bo")
    other.execute("ROLLBACK")
    other.close()
    add(store, "Bo")
    assert names(path) == ["Ana", "Bo"]


def test_readers_cannot_write(store: Store) -> None:
    with store.read_raw() as raw, pytest.raises(sqlite3.OperationalError, match="readonly"):
        raw.execute("UPDATE change_set SET label = ''")


# No room, no right -------------------------------------------------------------------------------------

FILLING = """
import resource, sys
from pathlib import Path
from creator_crm.domain.errors import UserError
from creator_crm.store.store import Store
import signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
store = Store.open(Path(sys.argv[1]))
saved, said = 0, set()
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
for n in range(400):
    try:
        with store.change("Add") as unit:
            unit.add("creator", {"name": f"n{saved}", "notes": "x" * 20_000})
        saved += 1
    except UserError as error:
        said.add(str(error))
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, resource.RLIM_INFINITY))
for attempt in (lambda: store.back_up(), lambda: store.back_up(Path(sys.argv[1] + ".copy"))):
    try:
        attempt()
    except UserError as error:
        said.add(str(error))
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
with store.change("Add") as unit:
    unit.add("creator", {"name": f"n{saved}"})
store.close()
print(saved + 1, *sorted(said), sep="\\n")
"""


@posix
def test_at_a_size_limit_nothing_saved_is_lost_and_saving_works_again_after(path: Path) -> None:
    Store.create(path).close()
    limit = path.stat().st_size + 300_000
    done = subprocess.run(
        [sys.executable, "-c", FILLING, str(path), str(limit)], capture_output=True, text=True, check=True
    )
    saved, *said = done.stdout.splitlines()
    assert 3 < int(saved) < 400
    assert any("The disk reported an error, so nothing was saved" in sentence for sentence in said)
    assert names(path) == [f"n{n}" for n in range(int(saved))]
    assert not list(path.parent.glob(".~*")) + list(path.parent.glob("*.copy"))


def test_on_a_full_disk_nothing_saved_is_lost_and_saving_works_again_after(store: Store, path: Path) -> None:
    """SQLite's own page limit gives the very error of a full disk, on every system and without rights."""
    add(store)
    pages = store._raw.execute("PRAGMA page_count").fetchone()[0]
    store._raw.execute(f"PRAGMA max_page_count={pages + 2}").fetchone()
    saved = 1
    for n in range(50):
        try:
            with store.change("Add") as unit:
                unit.add("creator", {"name": f"Bo {n}", "notes": "x" * 3000})
            saved += 1
        except WorkspaceError as error:
            assert "The disk is full, so nothing was saved; what was saved before is safe" in str(error)
    assert saved < 50
    store._raw.execute("PRAGMA max_page_count=1000000").fetchone()
    add(store, "Cleo")
    assert len(names(path)) == saved + 1
    assert check(store) == []


@pytest.fixture
def somebody() -> Iterator[Path]:
    """A folder of a user who may not do everything; a test run by root becomes nobody for a while."""
    if not hasattr(os, "geteuid"):
        pytest.skip("rights of this kind exist on POSIX alone")
    # The usual folder for what is temporary may be one that only root can enter.
    folder = Path(tempfile.mkdtemp(dir="/var/tmp" if os.geteuid() == 0 else None))
    # What is imported late must be there by then: nobody may not read the libraries of root.
    assert read_only.ReadOnlyStore
    Store.create(folder / "first").close()
    (folder / "first").unlink()
    was = os.geteuid()
    try:
        if was == 0:
            os.chown(folder, NOBODY, NOBODY)
            os.seteuid(NOBODY)
        yield folder
    finally:
        os.seteuid(was)
        folder.chmod(0o700)
        shutil.rmtree(folder)


@pytest.mark.parametrize("forbidden", ["file", "folder"])
def test_what_cannot_be_written_is_opened_for_reading_and_stays_as_it_is(
    somebody: Path, forbidden: str
) -> None:
    path = somebody / "brand.creatorcrm"
    with closing(Store.create(path)) as store:
        add(store)
    before = path.read_bytes()
    path.chmod(0o400) if forbidden == "file" else somebody.chmod(0o500)

    with closing(Store.open(path)) as store:
        assert store.read_only
        assert "brand.creatorcrm is read-only: you can look at everything" in store.notes[0]
        assert list(lists.ids(store, Query("creator"))) == [1]
        assert check(store) == []
        for change in (lambda: add(store, "Bo"), store.undo, store.redo, store.back_up):
            with pytest.raises(WorkspaceError, match=r"nothing to redo|open for reading only.* copy it to"):
                change()
        assert store.back_up_when_due() is None
        store.close(back_up=True)
    assert path.read_bytes() == before
    assert [p.name for p in somebody.iterdir()] == [path.name]
    somebody.chmod(0o700)
    path.chmod(0o600)
    with closing(Store.open(path)) as store:
        assert not store.read_only


def test_a_copy_of_a_read_only_workspace_can_be_worked_in(somebody: Path) -> None:
    path, copy = somebody / "there" / "brand.creatorcrm", somebody / "mine.creatorcrm"
    path.parent.mkdir()
    with closing(Store.create(path)) as store:
        add(store)
    path.parent.chmod(0o500)
    with closing(Store.open(path)) as store:
        store.back_up(copy)
    with closing(Store.open(copy)) as store:
        add(store, "Bo")
    assert len(names(copy)) == 2
    path.parent.chmod(0o700)


def test_a_read_only_workspace_that_somebody_else_changes_meanwhile_says_so(somebody: Path) -> None:
    path = somebody / "brand.creatorcrm"
    Store.create(path).close()
    path.chmod(0o400)
    with closing(Store.open(path)) as store:
        path.chmod(0o600)
        with closing(Store.open(path)) as other:
            add(other)
        with pytest.raises(FileMoved, match="Open it again"):
            store.refuse_if_moved()


def test_a_read_only_workspace_whose_log_holds_something_is_refused_in_words(somebody: Path) -> None:
    path = somebody / "brand.creatorcrm"
    Store.create(path).close()
    path.with_name(path.name + "-wal").write_bytes(b"x")
    path.chmod(0o400)
    with pytest.raises(WorkspaceError, match="not closed properly"):
        Store.open(path)


def test_an_unreadable_file_is_refused_in_words(somebody: Path) -> None:
    path = somebody / "brand.creatorcrm"
    Store.create(path).close()
    path.chmod(0o000)
    with pytest.raises(WorkspaceError, match="cannot be read"):
        Store.open(path)
    assert [p.name for p in somebody.iterdir()] == [path.name]


def test_no_workspace_is_made_in_a_read_only_folder(somebody: Path) -> None:
    somebody.chmod(0o500)
    with pytest.raises(WorkspaceError, match="that you may write to it"):
        Store.create(somebody / "new.creatorcrm")
    assert list(somebody.iterdir()) == []
