"""Reading the history table, and taking change sets back: undo, redo, who changed what when."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from creator_crm.domain.fields import Catalogue
from creator_crm.store.errors import CannotUndo
from creator_crm.store.tables import tracked_columns
from creator_crm.store.triggers import quoted
from creator_crm.store.unit_of_work import Unit

_CHUNK = 20_000
BULK_ROWS = 2_000  # from here on, a change derives and indexes once at its end


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class Entry:
    """One row's part in a change set; before and after hold the changed columns as they are stored."""

    change_set: ChangeSet
    record: str
    row: int
    action: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]


_COLUMNS = "s.id, s.at, s.who, s.label, s.origin, s.target, s.undone, s.details"
_STEPS = "origin NOT IN ('undo', 'redo')"


def _change_set(row: tuple[Any, ...]) -> ChangeSet:
    return ChangeSet(*row[:6], undone=bool(row[6]), details=json.loads(row[7]))


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
        f"SELECT {_COLUMNS} FROM change_set s WHERE NOT undone AND {_STEPS} ORDER BY id DESC LIMIT 1"
    ).fetchone()
    return _change_set(found) if found else None


def next_redo(raw: sqlite3.Connection) -> ChangeSet | None:
    """The undone step that Redo would bring back; none once something new was done."""
    found = raw.execute(
        f"SELECT {_COLUMNS} FROM change_set u JOIN change_set s ON s.id = u.target "
        "WHERE u.origin = 'undo' AND NOT u.undone "
        f"AND u.id > (SELECT coalesce(max(id), 0) FROM change_set WHERE {_STEPS}) ORDER BY u.id DESC LIMIT 1"
    ).fetchone()
    return _change_set(found) if found else None


def size(raw: sqlite3.Connection, number: int) -> int:
    """How many row changes a change set holds."""
    return int(raw.execute("SELECT count(*) FROM history WHERE change_set = ?", (number,)).fetchone()[0])


# Taking back -----------------------------------------------------------------------------------------


def reverse(unit: Unit, number: int) -> None:
    """Write the exact opposite of change set `number`; raises CannotUndo when later changes stand in the way.

    Rows get back every column, version and times included, so that undo leaves no trace but history.
    """
    raw, catalogue = unit.raw, unit.catalogue
    _refuse_when_built_upon(raw, catalogue, number)
    raw.execute("PRAGMA defer_foreign_keys=ON")
    for record, action, changes in _backwards(raw, number):
        if action == "insert":
            raw.executemany(f"DELETE FROM {quoted(record)} WHERE id = ?", ((row,) for row, _ in changes))
        elif action == "delete":
            columns = ("id", *tracked_columns(catalogue[record]))
            marks = ", ".join("?" * len(columns))
            raw.executemany(
                f"INSERT INTO {quoted(record)} ({', '.join(map(quoted, columns))}) VALUES ({marks})",
                ((row, *(before.get(c) for c in columns[1:])) for row, before in changes),
            )
        else:
            _put_back(raw, record, changes)


def _put_back(raw: sqlite3.Connection, record: str, changes: list[tuple[int, dict[str, Any]]]) -> None:
    for columns, group in groupby(changes, key=lambda change: tuple(sorted(change[1]))):
        sets = ", ".join(f"{quoted(c)} = ?" for c in columns)
        raw.executemany(
            f"UPDATE {quoted(record)} SET {sets} WHERE id = ?",
            ((*(before[c] for c in columns), row) for row, before in group),
        )


def _backwards(
    raw: sqlite3.Connection, number: int
) -> Iterator[tuple[str, str, list[tuple[int, dict[str, Any]]]]]:
    """Runs of changes of one record and action, last written first."""
    below = 1 << 62
    while True:
        rows = raw.execute(
            'SELECT id, record, action, "row", before FROM history WHERE change_set = ? AND id < ? '
            "ORDER BY id DESC LIMIT ?",
            (number, below, _CHUNK),
        ).fetchall()
        if not rows:
            return
        below = rows[-1][0]
        for (record, action), group in groupby(rows, key=lambda r: (r[1], r[2])):
            yield record, action, [(r[3], json.loads(r[4]) if r[4] else {}) for r in group]


def _refuse_when_built_upon(raw: sqlite3.Connection, catalogue: Catalogue, number: int) -> None:
    """Undo out of order is safe only when nobody touched the same rows, or put parts into its new rows, since."""
    later = raw.execute(
        "SELECT s.label, count(*) FROM history mine "
        'JOIN history h ON h.record = mine.record AND h."row" = mine."row" AND h.change_set > mine.change_set '
        "JOIN change_set s ON s.id = h.change_set "
        f"WHERE mine.change_set = ? AND NOT s.undone AND s.{_STEPS} GROUP BY s.id ORDER BY s.id DESC LIMIT 1",
        (number,),
    ).fetchone()
    if later is None:
        later = _reference_into(raw, catalogue, number)
    if later:
        raise CannotUndo(
            f"This step cannot be undone by itself, because “{later[0]}” changed the same records later. "
            "Nothing was changed; undo the later step first."
        )


def _reference_into(raw: sqlite3.Connection, catalogue: Catalogue, number: int) -> tuple[str, int] | None:
    inserted = [
        r for (r,) in raw.execute(
            "SELECT DISTINCT record FROM history WHERE change_set = ? AND action = 'insert'", (number,)
        )
    ]  # fmt: skip
    for description in catalogue.values():
        for field in description.stored:
            if field.references in inserted:
                found = raw.execute(
                    f"SELECT s.label FROM history mine JOIN {quoted(description.name)} t "
                    f'ON t.{quoted(field.name)} = mine."row" '
                    "JOIN history h ON h.record = ? AND h.\"row\" = t.id AND h.action = 'insert' "
                    "JOIN change_set s ON s.id = h.change_set "
                    "WHERE mine.change_set = ? AND mine.record = ? AND mine.action = 'insert' "
                    "AND h.change_set > mine.change_set LIMIT 1",
                    (description.name, number, field.references),
                ).fetchone()
                if found:
                    return str(found[0]), 1
    return None
