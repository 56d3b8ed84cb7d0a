"""The open workspace file: the one place where transactions begin, and from which rows are read."""

from __future__ import annotations

import getpass
import json
import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from creator_crm.domain.changes import Changes
from creator_crm.domain.fields import Catalogue
from creator_crm.domain.records import CATALOGUE
from creator_crm.store import backup, copies, history, undo
from creator_crm.store.engine import ASKED, WRITING, Readers, connect, plain
from creator_crm.store.errors import (
    DATABASE_ERRORS,
    CannotUndo,
    Duplicate,
    FileMoved,
    ReadOnly,
    WorkspaceError,
    explained,
)
from creator_crm.store.lock import Lock
from creator_crm.store.moved import Identity, identity, remove_own_log
from creator_crm.store.opening import examine, has_log, log_of, newer, refuse_damaged, refuse_read_only
from creator_crm.store.own_fields import with_own_fields
from creator_crm.store.schema import SCHEMA, derived_schema, installed_schema, update_derived_schema
from creator_crm.store.stock import refuse_short
from creator_crm.store.unit_of_work import Unit, utc_now
from creator_crm.store.whereabouts import notes_on


class Store:
    """One open workspace. Thread-safe: writes queue behind one lock, readers have their own connections."""

    read_only = False

    def __init__(self, path: Path, catalogue: Catalogue, who: str, lock: Lock | None) -> None:
        """Use `create` or `open`, which look at the file and lock it first."""
        self.path = path
        self.who = who
        self.listeners: list[Callable[[Changes], None]] = []
        self.last_changes = Changes(0, "")
        self.notes = notes_on(path)  # what the user should hear about this file, once it is open
        self.catalogue = catalogue
        self.built_in = catalogue
        self._file_lock = lock
        self._lock = threading.RLock()
        self._joined = False  # whether steps are written in a transaction around them
        self._lost = False
        self._rescued: Path | None = None
        self._identity = identity(path)
        self._log_identity: Identity | None = None
        self._readers = Readers(path, self.refuse_if_moved, unchanging=self.read_only)
        self._raw = connect(path, reader=self.read_only, unchanging=self.read_only)
        self._only_asked = 0  # the thread whose questions the writing connection answers; 0: it has written

    @classmethod
    def create(cls, path: Path, catalogue: Catalogue = CATALOGUE, *, who: str | None = None) -> Store:
        """Make a new, empty workspace at a path where nothing is yet, and open it."""
        from creator_crm.store.new_file import write_new  # SQLAlchemy is slow to import

        write_new(path, catalogue)
        return cls.open(path, catalogue, who=who)

    @classmethod
    def open(
        cls, path: Path, catalogue: Catalogue = CATALOGUE, *, who: str | None = None, take_over: bool = False
    ) -> Store:
        """Open a workspace; one of an older version is backed up and brought up to date first.

        Raises WorkspaceError, and leaves the file as it is, when it is missing, empty, foreign, damaged or
        newer, and InUse when somebody has it open (`take_over` ignores a computer that never closed it).
        What may be read and not written is opened for reading only: `read_only`.
        """
        examine(path)
        who = who or _user()
        try:
            refuse_read_only(path)
            lock = Lock.take(path, who, take_over=take_over)
        except ReadOnly:
            from creator_crm.store.read_only import ReadOnlyStore

            return ReadOnlyStore.look_into(path, catalogue, who)
        try:
            if has_log(path):  # the program was stopped in the middle: nothing is written before all was read
                refuse_damaged(path)
            if _version(path) < SCHEMA:
                from creator_crm.store.migrate import migrate  # Alembic is slow to import and rarely needed

                migrate(path, catalogue)
            store = cls(path, catalogue, who, lock)
        except DATABASE_ERRORS as error:
            lock.release()
            raise explained(error) or error from error
        except BaseException:
            lock.release()
            raise
        try:
            store._bring_derived_schema_up_to_date()
            store._begin_copy()
            store.reload_catalogue()
            store._log_identity = identity(log_of(path))
            store._answer_until_written()
        except DATABASE_ERRORS as error:
            store.close()
            raise explained(error) or error from error
        except BaseException:
            store.close()
            raise
        return store

    def close(self, *, back_up: bool = False) -> None:
        """Close all connections and give the file free; the write-ahead log is folded into it.

        With `back_up`, first make a dated backup when something changed since the last one.
        """
        try:
            if back_up and not self.moved and backup.changed_since_backup(self.path):
                backup.back_up(self.path, "at closing")
        finally:
            self._readers.close()
            self._raw.close()
            if self._file_lock:
                self._file_lock.release()

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

    @contextmanager
    def together(self) -> Iterator[None]:
        """One transaction for many steps, each still its own step to undo: where a whole past is told.

        All of them are written or none; readers see them afterwards.
        """
        with self._lock, self._transaction():
            self._joined = True
            try:
                yield
            finally:
                self._joined = False

    def undo(self, number: int | None = None) -> Changes:
        """Take back a change set, the newest one when `number` is None; raises CannotUndo with the reason."""
        with self._lock, _cannot_undo():
            step = history.change_set(self._raw, number) if number else history.next_undo(self._raw)
            if step is None:
                raise CannotUndo("There is nothing to undo." if not number else f"There is no step {number}.")
            if step.undone or step.origin in ("undo", "redo"):
                raise CannotUndo(f"“{step.label}” is undone already. Nothing was changed.")
            self._reverse(f"Undo: {step.label}", "undo", step.id, step, undone=True)
        return self.last_changes

    def redo(self) -> Changes:
        """Bring back the step that was undone last."""
        with self._lock, _cannot_undo():
            step = history.next_redo(self._raw)
            if step is None:
                raise CannotUndo("There is nothing to redo.")
            undoing = self._raw.execute(
                "SELECT max(id) FROM change_set WHERE origin = 'undo' AND target = ? AND NOT undone",
                (step.id,),
            ).fetchone()[0]
            self._reverse(f"Redo: {step.label}", "redo", undoing, step, undone=False)
        return self.last_changes

    def _reverse(
        self, label: str, origin: str, number: int, step: history.ChangeSet, *, undone: bool
    ) -> None:
        bulk = undo.worth_bulk(self._raw, number)
        newest = history.next_undo(self._raw)
        built_upon = origin == "undo" and newest is not None and newest.id != step.id
        with self._change(label, origin, bulk, step.id, None) as unit:
            undo.reverse(unit, number)
            if built_upon:
                refuse_short(unit.raw, unit.change_set, parcels=False)
            unit.raw.execute("UPDATE change_set SET undone = 1 WHERE id = ?", (number,))
            unit.raw.execute("UPDATE change_set SET undone = ? WHERE id = ?", (int(undone), step.id))

    # Reading -----------------------------------------------------------------------------------------

    @contextmanager
    def read_raw(self) -> Iterator[sqlite3.Connection]:
        """A connection that cannot write, for the length of one question."""
        if self._only_asked == threading.get_ident() and self._lock.acquire(blocking=False):
            try:
                yield self._raw
            finally:
                self._lock.release()
        else:
            with self._readers.one() as raw:
                yield raw

    def _answer_until_written(self) -> None:
        """Let the writing connection answer whoever opened the file: the first rows wait for no second one.

        Each connection reads the whole schema before its first answer. It cannot write meanwhile.
        """
        self._raw.execute("PRAGMA query_only=ON")
        self._raw.execute(ASKED)
        self._only_asked = threading.get_ident()

    def _write_from_now_on(self) -> None:
        self._only_asked = 0
        self._raw.execute("PRAGMA query_only=OFF")
        self._raw.execute(WRITING)

    # Safety ------------------------------------------------------------------------------------------

    @property
    def moved(self) -> bool:
        """Whether the file at `path` is no longer the one that was opened; remains so if it comes back."""
        self._lost = self._lost or identity(self.path) != self._identity
        return self._lost

    def refuse_if_moved(self) -> None:
        """Raise FileMoved, after a rescue, when the file was moved, replaced or deleted while it was open.

        Such a file would go on accepting commits that nobody ever finds again.
        """
        if not self.moved:
            return
        with self._lock:
            if self._raw.in_transaction:
                self._raw.execute("ROLLBACK")
            if self._rescued is None or not self._rescued.exists():
                self._rescued = backup.rescue(self._raw, self.path)
                if self._rescued:
                    remove_own_log(self.path, self._log_identity)
        kept = (
            f"Everything saved before is in {self._rescued}: close this window and open that file."
            if self._rescued
            else "Keep this window open, free some disk space, and try again."
        )
        raise FileMoved(
            f"The workspace file {self.path} was moved, replaced or deleted while it was open, "
            f"so nothing more is saved to it. {kept}"
        )

    def back_up(self, to: Path | None = None, *, reason: str = "by hand") -> Path:
        """Make a verified copy: at `to`, or dated in the folder of backups; from any thread."""
        self.refuse_if_moved()
        if to is None:
            return backup.back_up(self.path, reason).path
        backup.copy_verified(self.path, to)
        return to

    def back_up_when_due(self) -> Path | None:
        """Make the half-hourly backup if something changed since the last one; for a worker thread."""
        due = not self.moved and backup.is_due(self.path)
        return self.back_up(reason="every half hour") if due else None

    @contextmanager
    def outside_history(self) -> Iterator[sqlite3.Connection]:
        """A transaction for what is no change of a record: repairs and checks."""
        with self._lock, self._transaction():
            yield self._raw

    # Inside ------------------------------------------------------------------------------------------

    @contextmanager
    def _change(
        self, label: str, origin: str, bulk: bool, target: int | None, details: Mapping[str, Any] | None
    ) -> Iterator[Unit]:
        with self._lock:
            with self._transaction():
                number = self._begin_step(label, origin, bulk, target, details)
                unit = Unit(self._raw, self.catalogue, number, label, bulk, origin)
                yield unit
                changes = unit.finish()
                if not changes and origin == "person":
                    self._raw.execute("DELETE FROM change_set WHERE id = ?", (number,))
                self._raw.execute("UPDATE change_now SET change_set = NULL, bulk = 0")
            self.last_changes = changes
            if changes.touches("custom_field"):
                self.reload_catalogue()
        for listener in list(self.listeners):
            listener(changes)

    def _begin_step(
        self, label: str, origin: str, bulk: bool, target: int | None, details: Mapping[str, Any] | None
    ) -> int:
        number = self._raw.execute(
            "INSERT INTO change_set (at, who, label, origin, target, details) VALUES (?, ?, ?, ?, ?, ?)",
            (utc_now(), self.who, label, origin, target, json.dumps(details or {}, ensure_ascii=False)),
        ).lastrowid
        assert number is not None
        self._raw.execute("UPDATE change_now SET change_set = ?, bulk = ?", (number, int(bulk)))
        return number

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        if self._joined:
            yield
            return
        self.refuse_if_moved()
        try:
            if self._only_asked:
                self._write_from_now_on()
            self._raw.execute("BEGIN IMMEDIATE")
            try:
                yield
                self.refuse_if_moved()
                self._raw.execute("COMMIT")
            except BaseException:
                if self._raw.in_transaction:
                    self._raw.execute("ROLLBACK")
                raise
        except DATABASE_ERRORS as error:
            sentence = explained(error)
            if sentence is None:
                raise
            raise sentence from error

    def _bring_derived_schema_up_to_date(self) -> None:
        if installed_schema(self._raw) != derived_schema(self.built_in):
            with self._transaction():
                update_derived_schema(self._raw, self.built_in)

    def _begin_copy(self) -> None:
        if not copies.is_begun(self._raw, self.path):
            with self._transaction():
                copies.begin(self._raw, self.path)

    def reload_catalogue(self) -> None:
        """Read the user's own fields and put them into the descriptions."""
        self.catalogue = with_own_fields(self._raw, self.built_in)


@contextmanager
def _cannot_undo() -> Iterator[None]:
    """A rule of the database that an undo would break is a later change standing in its way."""
    try:
        yield
    except (sqlite3.IntegrityError, Duplicate) as error:
        raise CannotUndo(
            "This step cannot be undone by itself, because later changes build upon it or took its place. "
            "Nothing was changed; undo the later steps first."
        ) from error


def _version(path: Path) -> int:
    """The schema version with what a killed migration may have left in the log; raises when it is newer."""
    connection = plain(path)
    try:
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    finally:
        connection.close()
    if version > SCHEMA:
        raise newer(path, version)
    return version


def _user() -> str:
    with suppress(KeyError, OSError):
        return getpass.getuser()
    return "someone"


__all__ = ["Store", "WorkspaceError"]
