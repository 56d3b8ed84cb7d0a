"""The open workspace file: the one place where transactions begin, and from which rows are read."""

from __future__ import annotations

import getpass
import json
import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from creator_crm.domain.changes import Changes
from creator_crm.domain.fields import Catalogue, Field
from creator_crm.domain.records import CATALOGUE, custom_field
from creator_crm.domain.workspace import CustomField
from creator_crm.store import history
from creator_crm.store.codec import Decoder
from creator_crm.store.engine import driver, reading_engine, writing_engine
from creator_crm.store.errors import FileMoved, WorkspaceError, explained
from creator_crm.store.schema import create_schema
from creator_crm.store.tables import Tables
from creator_crm.store.unit_of_work import Unit, utc_now


class Store:
    """One open workspace. Thread-safe: writes queue behind one lock, readers have connections of their own."""

    def __init__(self, path: Path, catalogue: Catalogue = CATALOGUE, *, who: str | None = None) -> None:
        self.path = path
        self.who = who or _user()
        self.tables = Tables(catalogue)
        self.listeners: list[Callable[[Changes], None]] = []
        self.last_changes = Changes(0, "")
        self._built_in = catalogue
        self._lock = threading.RLock()
        self._engine = writing_engine(path)
        self._readers = reading_engine(path)
        self._connection = self._engine.connect()
        self._raw = driver(self._connection)
        self._identity = _identity(path)
        self.catalogue = catalogue

    @classmethod
    def create(cls, path: Path, catalogue: Catalogue = CATALOGUE, *, who: str | None = None) -> Store:
        """Make a new, empty workspace at a path where nothing is yet."""
        store = cls(path, catalogue, who=who)
        with store._transaction():
            create_schema(store._connection, catalogue, store.tables)
        return store

    @classmethod
    def open(cls, path: Path, catalogue: Catalogue = CATALOGUE, *, who: str | None = None) -> Store:
        """Open an existing workspace of this version."""
        store = cls(path, catalogue, who=who)
        store.reload_catalogue()
        return store

    def close(self) -> None:
        """Close all connections; the write-ahead log is folded into the file."""
        self._readers.dispose()
        self._connection.close()
        self._engine.dispose()

    # Writing -----------------------------------------------------------------------------------------

    @contextmanager
    def change(
        self,
        label: str,
        *,
        origin: str = "person",
        bulk: bool = False,
        details: Mapping[str, Any] | None = None,
    ) -> Iterator[Unit]:
        """One transaction and one step to undo; rolled back whole on any error.

        `bulk` is for thousands of rows: derived values and search are brought up to date once, at the end.
        """
        with self._change(label, origin, bulk, None, details) as unit:
            yield unit

    def undo(self, number: int | None = None) -> Changes:
        """Take back a change set, the newest one when `number` is None; raises CannotUndo with the reason."""
        with self._lock:
            step = history.change_set(self._raw, number) if number else history.next_undo(self._raw)
            if step is None:
                raise history.CannotUndo(
                    "There is nothing to undo." if not number else f"There is no step {number}."
                )
            if step.undone or step.origin in ("undo", "redo"):
                raise history.CannotUndo(f"“{step.label}” is undone already. Nothing was changed.")
            bulk = history.size(self._raw, step.id) >= history.BULK_ROWS
            with self._change(f"Undo: {step.label}", "undo", bulk, step.id, None) as unit:
                history.reverse(unit, step.id)
                unit.raw.execute("UPDATE change_set SET undone = 1 WHERE id = ?", (step.id,))
        return self.last_changes

    def redo(self) -> Changes:
        """Bring back the step that was undone last."""
        with self._lock:
            step = history.next_redo(self._raw)
            if step is None:
                raise history.CannotUndo("There is nothing to redo.")
            undoing = self._raw.execute(
                "SELECT max(id) FROM change_set WHERE origin = 'undo' AND target = ? AND NOT undone",
                (step.id,),
            ).fetchone()[0]
            bulk = history.size(self._raw, undoing) >= history.BULK_ROWS
            with self._change(f"Redo: {step.label}", "redo", bulk, step.id, None) as unit:
                history.reverse(unit, undoing)
                unit.raw.execute("UPDATE change_set SET undone = 1 WHERE id = ?", (undoing,))
                unit.raw.execute("UPDATE change_set SET undone = 0 WHERE id = ?", (step.id,))
        return self.last_changes

    # Reading -----------------------------------------------------------------------------------------

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that cannot write, for the length of one question."""
        with self._readers.connect() as connection:
            yield connection

    @contextmanager
    def read_raw(self) -> Iterator[sqlite3.Connection]:
        with self._readers.connect() as connection:
            yield driver(connection)

    # Inside ------------------------------------------------------------------------------------------

    @contextmanager
    def _change(
        self, label: str, origin: str, bulk: bool, target: int | None, details: Mapping[str, Any] | None
    ) -> Iterator[Unit]:
        with self._lock:
            with self._transaction():
                number = self._raw.execute(
                    "INSERT INTO change_set (at, who, label, origin, target, details) VALUES (?, ?, ?, ?, ?, ?)",
                    (
                        utc_now(),
                        self.who,
                        label,
                        origin,
                        target,
                        json.dumps(details or {}, ensure_ascii=False),
                    ),
                ).lastrowid
                assert number is not None
                self._raw.execute("UPDATE change_now SET change_set = ?, bulk = ?", (number, int(bulk)))
                unit = Unit(self._raw, self.catalogue, number, label, bulk)
                yield unit
                unit.finish()
                changes = unit.changes()
                if not changes and origin == "person":
                    self._raw.execute("DELETE FROM change_set WHERE id = ?", (number,))
                self._raw.execute("UPDATE change_now SET change_set = NULL, bulk = 0")
            self.last_changes = changes
            if changes.touches("custom_field"):
                self.reload_catalogue()
        for listener in list(self.listeners):
            listener(changes)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        try:
            self._raw.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._refuse_moved_file()
                self._raw.execute("COMMIT")
            except BaseException:
                if self._raw.in_transaction:
                    self._raw.execute("ROLLBACK")
                raise
        except sqlite3.Error as error:
            sentence = explained(error)
            if sentence is None:
                raise
            raise sentence from error

    def _refuse_moved_file(self) -> None:
        # A moved or replaced file would go on accepting commits that nobody ever finds again.
        if _identity(self.path) != self._identity:
            raise FileMoved(
                f"The workspace file {self.path.name} was moved, replaced or deleted while it was open, so nothing more is "
                "saved to it. Close this window and open the file at its new place."
            )

    def reload_catalogue(self) -> None:
        """Read the user's own fields and put them into the descriptions."""
        description = self._built_in.of(CustomField)
        columns = [c.name for c in self.tables["custom_field"].columns]
        decode = Decoder(description, columns)
        names = ", ".join(f'"{c}"' for c in columns)
        rows = self._raw.execute(
            f"SELECT {names} FROM custom_field WHERE deleted_at IS NULL ORDER BY about, position, id"
        ).fetchall()
        fields: dict[str, list[Field]] = {}
        for row in map(decode, rows):
            fields.setdefault(row.about or "", []).append(custom_field(row))
        self.catalogue = self._built_in.with_custom(fields)


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "someone"


__all__ = ["Store", "WorkspaceError"]
