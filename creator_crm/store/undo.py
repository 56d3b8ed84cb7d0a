"""Taking a change set back: the exact opposite of everything it did, or a reason why not."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from creator_crm.domain.fields import Catalogue, Description
from creator_crm.store.columns import tracked_columns
from creator_crm.store.errors import CannotUndo
from creator_crm.store.history import STEPS
from creator_crm.store.triggers import quoted
from creator_crm.store.unit_of_work import Unit

_BULK_ROWS = 2_000  # fewer are derived and indexed one by one
_CHUNK = 20_000


def worth_bulk(raw: sqlite3.Connection, number: int) -> bool:
    """Whether change set `number` touches so much that indexing all anew at the end is less work."""
    touched = raw.execute(
        "SELECT record, count(*) FROM history WHERE change_set = ? GROUP BY record", (number,)
    ).fetchall()
    return any(
        count >= _BULK_ROWS
        and count * 2 >= raw.execute(f"SELECT count(*) FROM {quoted(record)}").fetchone()[0]
        for record, count in touched
    )


class Run(NamedTuple):
    """Neighbours in the history of one change set that did the same to the same kind of record."""

    change_set: int
    record: str
    action: str
    columns: tuple[str, ...]  # of an update: what it changed
    first: int
    last: int


def reverse(unit: Unit, number: int) -> None:
    """Write the exact opposite of change set `number`; raises CannotUndo when later changes stand in the way.

    Rows get back every column, version and times included, so that undo leaves no trace but history.
    """
    raw = unit.raw
    _refuse_when_built_upon(raw, unit.catalogue, number)
    raw.execute("PRAGMA defer_foreign_keys=ON")
    unit.expect(raw.execute("SELECT count(*) FROM history WHERE change_set = ?", (number,)).fetchone()[0])
    for run in _runs_backwards(raw, number):
        if run.record not in unit.catalogue:
            raise CannotUndo(_OLDER_PROGRAM)
        if run.action == "insert":
            _take_out(raw, run)
        elif run.action == "delete":
            _put_in(raw, run, tracked_columns(unit.catalogue[run.record]))
        else:
            _put_back(raw, run, unit.catalogue[run.record])


_OLDER_PROGRAM = (
    "This step was made by an older version of the program, in a field that is gone, so it cannot be undone. "
    "Nothing was changed; a backup from before it can be restored."
)


def _take_out(raw: sqlite3.Connection, run: Run) -> None:
    raw.execute(
        f"DELETE FROM {quoted(run.record)} WHERE id IN "
        '(SELECT "row" FROM history WHERE id BETWEEN ? AND ? AND change_set = ?)',
        (run.first, run.last, run.change_set),
    )


def _put_in(raw: sqlite3.Connection, run: Run, columns: tuple[str, ...]) -> None:
    # In the order of their numbers, as they once came in: a table filled backwards splits every page.
    names = ", ".join(map(quoted, columns))
    values = ", ".join(f"json_extract(before, '$.{column}')" for column in columns)
    raw.execute(
        f'INSERT INTO {quoted(run.record)} (id, {names}) SELECT "row", {values} FROM history '
        'WHERE id BETWEEN ? AND ? AND change_set = ? ORDER BY "row"',
        (run.first, run.last, run.change_set),
    )


def _put_back(raw: sqlite3.Connection, run: Run, description: Description[Any]) -> None:
    if not set(tracked_columns(description)).issuperset(run.columns):
        raise CannotUndo(_OLDER_PROGRAM)
    table = quoted(run.record)
    if _in_any_order(raw, run, description):
        # One statement: the search index flushes its work after each.
        sets = ", ".join(f"{quoted(c)} = json_extract(h.before, '$.{c}')" for c in run.columns)
        raw.execute(
            f'UPDATE {table} SET {sets} FROM history h WHERE h."row" = {table}.id '
            "AND h.id BETWEEN ? AND ? AND h.change_set = ?",
            (run.first, run.last, run.change_set),
        )
    else:
        sets = ", ".join(f"{quoted(c)} = ?" for c in run.columns)
        raw.executemany(
            f"UPDATE {table} SET {sets} WHERE id = ?",
            ((*(before[c] for c in run.columns), row) for row, before in _befores(raw, run)),
        )


def _in_any_order(raw: sqlite3.Connection, run: Run, description: Description[Any]) -> bool:
    """Whether no row of the run can be in another's way: no key changes, none goes while another comes."""
    if any(set(run.columns).intersection(names) for names in description.unique):
        return False
    directions = raw.execute(
        "SELECT count(DISTINCT json_type(before, '$.deleted_at') = 'null') FROM history "
        "WHERE id BETWEEN ? AND ? AND change_set = ?",
        (run.first, run.last, run.change_set),
    ).fetchone()[0]
    return "deleted_at" not in run.columns or directions == 1


def _befores(raw: sqlite3.Connection, run: Run) -> Iterator[tuple[int, dict[str, Any]]]:
    """(row number, its changed columns as they were), last written first, a chunk in memory at a time."""
    below = run.last + 1
    while rows := raw.execute(
        'SELECT id, "row", before FROM history WHERE id >= ? AND id < ? AND change_set = ? '
        "ORDER BY id DESC LIMIT ?",
        (run.first, below, run.change_set, _CHUNK),
    ).fetchall():
        below = rows[-1][0]
        for _, row, before in rows:
            yield row, json.loads(before)


def _runs_backwards(raw: sqlite3.Connection, number: int) -> list[Run]:
    """Where one statement can undo many rows: cut wherever record, action or changed columns differ."""
    entries = raw.execute(
        "SELECT record, action, CASE action WHEN 'update' THEN "
        '(SELECT json_group_array("key") FROM json_each(before)) END, id, "row" '
        "FROM history WHERE change_set = ? ORDER BY id",
        (number,),
    )
    runs = []
    for (record, action, columns), group in groupby(entries, key=itemgetter(0, 1, 2)):
        changed = tuple(json.loads(columns)) if columns else ()
        for first, last in _each_row_once([(entry[3], entry[4]) for entry in group]):
            runs.append(Run(number, record, action, changed, first, last))
    return runs[::-1]


def _each_row_once(entries: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """(first, last) number of stretches of (number, row) in which no row occurs twice."""
    if len({row for _, row in entries}) == len(entries):
        yield entries[0][0], entries[-1][0]
        return
    seen: set[int] = set()
    first = last = entries[0][0]
    for number, row in entries:
        if row in seen:
            yield first, last
            seen, first = set(), number
        seen.add(row)
        last = number
    yield first, last


def _refuse_when_built_upon(raw: sqlite3.Connection, catalogue: Catalogue, number: int) -> None:
    """Out of order, undo is safe only when nobody touched its rows since, or put parts into its new ones."""
    later_steps = f"(SELECT id FROM change_set WHERE id > ? AND NOT undone AND {STEPS})"
    if raw.execute(f"SELECT NOT EXISTS {later_steps}", (number,)).fetchone()[0]:
        return
    later = raw.execute(
        "SELECT s.label FROM change_set s JOIN history h ON h.change_set = s.id "
        'JOIN history mine ON mine.record = h.record AND mine."row" = h."row" AND mine.change_set = ? '
        f"WHERE s.id IN {later_steps} ORDER BY s.id DESC LIMIT 1",
        (number, number),
    ).fetchone()
    later = later or _reference_into(raw, catalogue, number, later_steps)
    if later:
        raise CannotUndo(
            f"This step cannot be undone by itself, because “{later[0]}” changed the same records later. "
            "Nothing was changed; undo the later step first."
        )


def _reference_into(
    raw: sqlite3.Connection, catalogue: Catalogue, number: int, later_steps: str
) -> tuple[str] | None:
    """The label of a later step whose rows now refer to a row that this step made."""
    made = {
        record
        for (record,) in raw.execute(
            "SELECT DISTINCT record FROM history WHERE change_set = ? AND action = 'insert'", (number,)
        )
    }
    for description in catalogue.values():
        for field in description.stored:
            if field.references in made:
                found: tuple[str] | None = raw.execute(
                    "SELECT s.label FROM change_set s JOIN history h ON h.change_set = s.id AND h.record = ? "
                    f'JOIN {quoted(description.name)} t ON t.id = h."row" '
                    f'JOIN history mine ON mine.record = ? AND mine."row" = t.{quoted(field.name)} '
                    "AND mine.change_set = ? AND mine.action = 'insert' "
                    f"WHERE s.id IN {later_steps} ORDER BY s.id DESC LIMIT 1",
                    (description.name, field.references, number, number),
                ).fetchone()
                if found:
                    return found
    return None
