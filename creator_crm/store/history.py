"""Reading the history table: who changed what when, and which step Undo and Redo would take."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from typing import Any

from creator_crm.domain.frozen import immutable


@immutable
class ChangeSet:
    """One step of the history: who did what when; `undone` steps can be redone."""

    id: int
    at: str
    who: str
    label: str
    origin: str
    target: int | None
    undone: bool
    details: Mapping[str, Any]


@immutable
class Entry:
    """One row's part in a change set; before and after hold the changed columns as they are stored."""

    change_set: ChangeSet
    record: str
    row: int
    action: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]


# What a merge brought may be megabytes, and is read by `readers.past` alone.
_COLUMNS = (
    "s.id, s.at, s.who, s.label, s.origin, s.target, s.undone, "
    "CASE s.origin WHEN 'merge' THEN '{}' ELSE s.details END AS details"
)
STEPS = "origin NOT IN ('undo', 'redo')"


def _change_set(row: tuple[Any, ...]) -> ChangeSet:
    number, at, who, label, origin, target, undone, details = row[:8]
    return ChangeSet(number, at, who, label, origin, target, bool(undone), json.loads(details))


def change_set(raw: sqlite3.Connection, number: int) -> ChangeSet | None:
    found = raw.execute(f"SELECT {_COLUMNS} FROM change_set s WHERE s.id = ?", (number,)).fetchone()
    return _change_set(found) if found else None


def change_sets(raw: sqlite3.Connection, limit: int = 200) -> list[ChangeSet]:
    """The newest change sets first."""
    rows = raw.execute(f"SELECT {_COLUMNS} FROM change_set s ORDER BY s.id DESC LIMIT ?", (limit,))
    return [_change_set(row) for row in rows]


def entries_of(raw: sqlite3.Connection, record: str, row: int, limit: int = 500) -> list[Entry]:
    """The history of one row, newest first."""
    rows = raw.execute(
        f'SELECT {_COLUMNS}, h.record, h."row", h.action, h.before, h.after '
        'FROM history h JOIN change_set s ON s.id = h.change_set WHERE h.record = ? AND h."row" = ? '
        "ORDER BY h.id DESC LIMIT ?",
        (record, row, limit),
    )
    return [_entry(r) for r in rows]


def entries_in(raw: sqlite3.Connection, number: int, limit: int = 500) -> list[Entry]:
    """The rows that one change set touched, in the order they were written."""
    rows = raw.execute(
        f'SELECT {_COLUMNS}, h.record, h."row", h.action, h.before, h.after '
        "FROM history h JOIN change_set s ON s.id = h.change_set WHERE s.id = ? ORDER BY h.id LIMIT ?",
        (number, limit),
    )
    return [_entry(r) for r in rows]


def _entry(row: tuple[Any, ...]) -> Entry:
    record, number, action, before, after = row[8:]
    return Entry(_change_set(row), record, number, action, _values(before), _values(after))


def _values(stored: str | None) -> Mapping[str, Any]:
    values: Mapping[str, Any] = json.loads(stored) if stored else {}
    return values


def next_undo(raw: sqlite3.Connection) -> ChangeSet | None:
    """The step that Undo would take back: the newest one that is not undone."""
    found = raw.execute(
        f"SELECT {_COLUMNS} FROM change_set s WHERE NOT undone AND {STEPS} ORDER BY id DESC LIMIT 1"
    ).fetchone()
    return _change_set(found) if found else None


def next_redo(raw: sqlite3.Connection) -> ChangeSet | None:
    """The undone step that Redo would bring back; none once something new was done."""
    found = raw.execute(
        f"SELECT {_COLUMNS} FROM change_set u JOIN change_set s ON s.id = u.target "
        "WHERE u.origin = 'undo' AND NOT u.undone "
        f"AND u.id > (SELECT coalesce(max(id), 0) FROM change_set WHERE {STEPS}) ORDER BY u.id DESC LIMIT 1"
    ).fetchone()
    return _change_set(found) if found else None
