"""Whatever was done, undoing all of it gives back the start, and redoing all of it the end."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from creator_crm.store import history
from creator_crm.store.check import check
from creator_crm.store.errors import CannotUndo, Duplicate
from creator_crm.store.store import Store
from creator_crm.store.unit_of_work import Unit

NAMES = st.sampled_from(["Ana", "Bo", "Zoë", "李", "O'\"", "", "🎬", "x" * 300]) | st.text(
    st.characters(codec="utf-8", exclude_characters="\x00"), max_size=8
)
HANDLES = st.sampled_from(["ana", "bo", "zoe", "deniz"])
RECORDS = st.sampled_from(["creator", "account", "account_metrics", "tag"])
COUNTS = st.none() | st.integers(-(2**62), 2**62)
PICK = st.integers(0, 10**6)
OF_THE_STORE = {"history", "change_set", "change_now"}


def dump(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table but the store's own notes and the search index (which `check` looks at)."""
    connection = sqlite3.connect(path)
    try:
        names = [n for (n,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            name: connection.execute(f'SELECT * FROM "{name}" ORDER BY 1').fetchall()
            for name in names
            if name not in OF_THE_STORE and "_words" not in name and "_parts" not in name
        }
    finally:
        connection.close()


class Editing(RuleBasedStateMachine):
    """Somebody works in a small workspace, one change set a step, some of them of several writes."""

    @initialize()
    def open_a_workspace(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.path = self.folder / "brand.creatorcrm"
        self.store = Store.create(self.path, who="Maya")
        # No waiting for the disk: nothing here is about what survives a power cut.
        self.store._raw.execute("PRAGMA synchronous=OFF")
        self.start = dump(self.path)

    def teardown(self) -> None:
        if hasattr(self, "store"):
            try:
                self.undo_and_redo_everything()
            finally:
                self.store.close()
                shutil.rmtree(self.folder)

    def undo_and_redo_everything(self) -> None:
        end, steps = dump(self.path), 0
        with self.store.read_raw() as raw:
            wanted = raw.execute(
                f"SELECT count(*) FROM change_set WHERE NOT undone AND {history.STEPS}"
            ).fetchone()[0]
        while steps < wanted:
            self.store.undo()
            steps += 1
        assert dump(self.path) == self.start
        assert check(self.store) == []
        for _ in range(steps):
            self.store.redo()
        assert dump(self.path) == end
        assert check(self.store) == []
        for _ in range(steps):
            self.store.undo()
        assert dump(self.path) == self.start

    def some(self, record: str, pick: int, *, trashed: bool = False) -> int | None:
        state = "deleted_at IS NOT NULL" if trashed else "deleted_at IS NULL"
        with self.store.read_raw() as raw:
            ids = raw.execute(f'SELECT id FROM "{record}" WHERE {state} ORDER BY id').fetchall()
        return int(ids[pick % len(ids)][0]) if ids else None

    def change(self, label: str, write: Any, *, bulk: bool = False) -> None:
        """One change set; a key that is taken already rolls it back, as it does for people."""
        try:
            with self.store.change(label, bulk=bulk) as unit:
                write(unit)
        except Duplicate:
            pass

    @rule(name=NAMES, handle=st.none() | HANDLES, followers=COUNTS, bulk=st.booleans())
    def add_a_creator(self, name: str, handle: str | None, followers: int | None, bulk: bool) -> None:
        def write(unit: Unit) -> None:
            creator = unit.add("creator", {"name": name or None, "tags": (name,) if name else ()})
            if handle:
                account = unit.add("account", {"creator": creator, "handle": handle, "platform": "tiktok"})
                figures = {"measured_on": "2026-11-01", "followers": followers}
                unit.add("account_metrics", {"account": account, **figures})

        self.change("Add", write, bulk=bulk)

    @rule(count=st.integers(1, 30), first=st.integers(0, 50))
    def import_tags_in_bulk(self, count: int, first: int) -> None:
        rows = [(f"tag {n}",) for n in range(first, first + count)]
        self.change("Import", lambda unit: unit.add_rows("tag", ("name",), rows), bulk=True)

    @rule(pick=PICK, name=NAMES, opted_out=st.booleans(), notes=st.none() | NAMES)
    def edit_a_creator(self, pick: int, name: str, opted_out: bool, notes: str | None) -> None:
        row = self.some("creator", pick)
        if row is not None:
            values = {"name": name or None, "opted_out": opted_out, "notes": notes or None}
            self.change("Edit", lambda unit: unit.set("creator", row, values))

    @rule(pick=PICK, to=PICK, handle=HANDLES, bulk=st.booleans())
    def move_an_account(self, pick: int, to: int, handle: str, bulk: bool) -> None:
        row, creator = self.some("account", pick), self.some("creator", to)
        if row is not None and creator is not None:
            values = {"creator": creator, "handle": handle}
            self.change("Move", lambda unit: unit.set("account", row, values), bulk=bulk)

    @rule(pick=PICK, followers=COUNTS)
    def measure_anew(self, pick: int, followers: int | None) -> None:
        row = self.some("account_metrics", pick)
        if row is not None:
            self.change("Measure", lambda unit: unit.set("account_metrics", row, {"followers": followers}))

    @rule(record=RECORDS, pick=PICK, bulk=st.booleans())
    def trash_something(self, record: str, pick: int, bulk: bool) -> None:
        row = self.some(record, pick)
        if row is not None:
            self.change("Trash", lambda unit: unit.trash(record, [row]), bulk=bulk)

    @rule(record=RECORDS, pick=PICK)
    def take_something_out_of_the_trash(self, record: str, pick: int) -> None:
        row = self.some(record, pick, trashed=True)
        if row is not None:
            self.change("Restore", lambda unit: unit.restore(record, [row]))

    @rule(pick=PICK, handle=HANDLES)
    def do_several_things_at_once(self, pick: int, handle: str) -> None:
        row = self.some("creator", pick)

        def write(unit: Unit) -> None:
            creator = unit.add("creator", {"name": "New"})
            unit.set("creator", creator, {"name": "Newer"})
            account = unit.add("account", {"creator": creator, "handle": handle, "platform": "x"})
            if row is not None:
                unit.trash("creator", [row])
                unit.restore("creator", [row])
            unit.trash("account", [account])
            unit.add("account", {"creator": creator, "handle": handle, "platform": "x"})

        self.change("Several", write)

    @rule()
    def undo_the_last_step(self) -> None:
        self.forgiving(self.store.undo)

    @rule()
    def redo_it(self) -> None:
        self.forgiving(self.store.redo)

    @rule(pick=PICK)
    def undo_any_step(self, pick: int) -> None:
        with self.store.read_raw() as raw:
            steps = history.change_sets(raw)
        if steps:
            before = dump(self.path)
            refused = self.forgiving(lambda: self.store.undo(steps[pick % len(steps)].id))
            assert not refused or dump(self.path) == before

    def forgiving(self, act: Any) -> bool:
        try:
            act()
        except CannotUndo:
            return True
        return False

    @invariant()
    def no_change_is_left_half_open(self) -> None:
        if hasattr(self, "store"):
            with self.store.read_raw() as raw:
                assert raw.execute("SELECT change_set, bulk FROM change_now").fetchall() == [(None, 0)]


TestWhateverWasDoneIsUndoneAndRedoneExactly = pytest.mark.timeout(600)(Editing.TestCase)
# Whole workspaces are made and dumped: fewer of them than of other examples, in proportion to the profile.
TestWhateverWasDoneIsUndoneAndRedoneExactly.settings = settings(
    max_examples=max(10, settings().max_examples // 5), stateful_step_count=30
)
