"""One program at a time: who has the workspace open is named, and a killed program bars nobody."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from creator_crm.store.errors import InUse
from creator_crm.store.lock import Lock, lock_path
from creator_crm.store.store import Store

HOLDER = """
import sys, time
from pathlib import Path
from creator_crm.store.lock import Lock
lock = Lock.take(Path(sys.argv[1]), "Maya")
print("held", flush=True)
time.sleep(60)
"""


def test_a_second_opening_is_refused_with_the_name_and_time_of_the_first(store: Store, path: Path) -> None:
    with pytest.raises(InUse, match=r"Maya has brand\.creatorcrm open on .+ since \d\d:\d\d") as caught:
        Store.open(path, who="Ben")
    assert not caught.value.elsewhere
    with store.change("Still mine") as unit:
        unit.add("creator", {"name": "Ana"})


def test_a_link_to_the_same_file_is_the_same_workspace(store: Store, path: Path) -> None:
    link = path.with_name("link.creatorcrm")
    link.symlink_to(path)
    with pytest.raises(InUse):
        Store.open(link)


def test_a_killed_holder_leaves_the_workspace_free_at_once(path: Path) -> None:
    path.write_bytes(b"")
    holder = subprocess.Popen([sys.executable, "-c", HOLDER, str(path)], stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    try:
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(InUse, match="Maya"):
            Lock.take(path, "Ben")
    finally:
        holder.kill()
        holder.wait()
        holder.stdout.close()
    assert lock_path(path).exists()
    Lock.take(path, "Ben").release()
    assert not lock_path(path).exists()


def test_a_lock_of_another_computer_is_broken_only_on_demand(path: Path) -> None:
    Store.create(path).close()
    holder = {"who": "Maya", "host": "LAPTOP-7", "pid": 1, "since": "2026-03-02T14:02:00+00:00"}
    lock_path(path).write_text(json.dumps(holder))
    with pytest.raises(InUse, match=r"Maya opened .+ on LAPTOP-7 since 02 March, 14:02") as caught:
        Store.open(path)
    assert caught.value.elsewhere
    assert json.loads(lock_path(path).read_text()) == holder
    Store.open(path, take_over=True).close()
    Store.open(path).close()


def test_a_lock_file_with_nonsense_in_it_bars_nobody(path: Path) -> None:
    Store.create(path).close()
    for nonsense in (b"", b"{", b"[1]", b"\xff\xfe", b"null"):
        lock_path(path).write_bytes(nonsense)
        Store.open(path).close()


def test_a_lock_taken_on_a_file_that_was_removed_meanwhile_is_no_lock(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between opening the lock file and locking it, its holder may release it and somebody else take it."""
    import creator_crm.store.lock as module

    first, seize, raced = Lock.take(path, "Maya"), module._seize, []

    def held_by_another(file: object) -> None:
        if not raced:
            raced.append(1)
            first.release()
            path.with_name("other").write_text("")
            path.with_name("other").replace(lock_path(path))
        seize(file)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "_seize", held_by_another)
    lock = Lock.take(path, "Ben")
    assert json.loads(lock_path(path).read_text())["who"] == "Ben"
    lock.release()
