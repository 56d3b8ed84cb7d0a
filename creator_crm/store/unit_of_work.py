"""One use case, one transaction, one change set: everything inside is written together or not at all."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from creator_crm.domain.changes import Changes
from creator_crm.domain.fields import Catalogue, Description, Value
from creator_crm.domain.normal import completed
from creator_crm.store.codec import Stored, encode, encode_custom
from creator_crm.store.errors import Conflict
from creator_crm.store.schema import rebuild_search
from creator_crm.store.tables import new_uids
from creator_crm.store.triggers import derived_edges, quoted, search_fields


def utc_now() -> str:
    """The moment, as it is stored: `2026-11-22T14:05:00Z`."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Unit:
    """The writing side of one change set; made by `Store.change`, used inside its `with` block only."""

    def __init__(
        self, raw: sqlite3.Connection, catalogue: Catalogue, change_set: int, label: str, bulk: bool
    ) -> None:
        self.raw, self.catalogue, self.change_set, self.label, self.bulk = (
            raw,
            catalogue,
            change_set,
            label,
            bulk,
        )
        self.now = utc_now()

    # Writing ---------------------------------------------------------------------------------------

    def add(self, record: str, values: Mapping[str, Value], *, uid: str | None = None) -> int:
        """Insert one row of normal-form values; returns its number."""
        description = self.catalogue[record]
        columns, row = self._columns(description, completed(description, values, defaults=True))
        names = ("uid", "version", "created_at", "updated_at", *columns)
        marks = ", ".join("?" * len(names))
        cursor = self.raw.execute(
            f"INSERT INTO {quoted(record)} ({', '.join(map(quoted, names))}) VALUES ({marks})",
            (uid or new_uids(1)[0], 1, self.now, self.now, *row),
        )
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def add_rows(self, record: str, columns: Sequence[str], rows: Sequence[Sequence[Stored]]) -> range:
        """Insert many rows of column values (see `codec.encode`), complete with folded keys; returns their numbers.

        `columns` must hold every required column; uids and times are put in here.
        """
        if not rows:
            return range(0)
        top = self.raw.execute(f"SELECT coalesce(max(id), 0) FROM {quoted(record)}").fetchone()[0]
        names = ("id", "uid", "version", "created_at", "updated_at", *columns)
        marks = ", ".join("?" * len(names))
        now = self.now
        self.raw.executemany(
            f"INSERT INTO {quoted(record)} ({', '.join(map(quoted, names))}) VALUES ({marks})",
            (
                (top + n, uid, 1, now, now, *row)
                for n, (uid, row) in enumerate(zip(new_uids(len(rows)), rows, strict=True), 1)
            ),
        )
        return range(top + 1, top + 1 + len(rows))

    def set(self, record: str, row: int, values: Mapping[str, Value], *, version: int | None = None) -> None:
        """Change fields of one living row; raises Conflict when it is gone or not at `version` any more."""
        description = self.catalogue[record]
        columns, stored = self._columns(description, completed(description, values), of_row=row)
        sets = ", ".join(f"{quoted(c)} = ?" for c in columns)
        guard, extra = ("", ()) if version is None else (" AND version = ?", (version,))
        cursor = self.raw.execute(
            f"UPDATE {quoted(record)} SET {sets}, version = version + 1, updated_at = ? "
            f"WHERE id = ? AND deleted_at IS NULL{guard}",
            (*stored, self.now, row, *extra),
        )
        if cursor.rowcount != 1:
            raise Conflict(
                f"This {description.label.lower()} was changed or removed meanwhile, so your change was not saved. "
                "Look at it again and repeat the change."
            )

    def set_rows(
        self, record: str, columns: Sequence[str], rows: Iterable[tuple[int, Sequence[Stored]]]
    ) -> None:
        """Change the same columns of many rows: (number, column values) each."""
        sets = ", ".join(f"{quoted(c)} = ?" for c in columns)
        now = self.now
        self.raw.executemany(
            f"UPDATE {quoted(record)} SET {sets}, version = version + 1, updated_at = ? WHERE id = ?",
            ((*values, now, row) for row, values in rows),
        )

    def trash(self, record: str, rows: Iterable[int]) -> None:
        """Move rows and all their parts to the trash."""
        self._trash(record, self.now, rows)

    def restore(self, record: str, rows: Iterable[int]) -> None:
        """Take rows out of the trash, with the parts that went in together with them."""
        for row in rows:
            found = self.raw.execute(
                f"SELECT deleted_at FROM {quoted(record)} WHERE id = ?", (row,)
            ).fetchone()
            if found and found[0]:
                self._restore(record, row, found[0])

    # Bulk ------------------------------------------------------------------------------------------

    def finish(self) -> None:
        """In a bulk change, derive values and index text once for all touched rows."""
        if not self.bulk:
            return
        touched = {r for (r,) in self.raw.execute(
            "SELECT DISTINCT record FROM history WHERE change_set = ?", (self.change_set,))}  # fmt: skip
        derived = self._derive(touched)
        indexed = {r for r in touched | derived if search_fields(self.catalogue[r])[0]}
        rebuild_search(self.raw, self.catalogue, frozenset(indexed))

    def _derive(self, touched: set[str]) -> set[str]:
        derived: set[str] = set()
        self.raw.execute(
            "CREATE TEMP TABLE IF NOT EXISTS derive_now (record TEXT, id INTEGER, PRIMARY KEY (record, id))"
        )
        self.raw.execute("DELETE FROM derive_now")
        for edge in derived_edges(self.catalogue):
            if edge.child not in touched | derived:
                continue
            child, parent, via = quoted(edge.child), edge.parent.name, quoted(edge.via)
            touched_rows = f'SELECT c.{via} FROM {child} c JOIN history h ON h."row" = c.id WHERE h.record = ? AND h.change_set = ?'
            left_rows = (
                "SELECT json_extract(before, '$.' || ?) FROM history WHERE record = ? AND change_set = ?"
            )
            derived_rows = (
                f"SELECT c.{via} FROM {child} c JOIN derive_now d ON d.id = c.id WHERE d.record = ?"
            )
            for source, values in (
                (touched_rows, (edge.child, self.change_set)),
                (left_rows, (edge.via, edge.child, self.change_set)),
                (derived_rows, (edge.child,)),
            ):
                into = "INSERT OR IGNORE INTO derive_now SELECT ?, * FROM"
                self.raw.execute(f"{into} ({source})", (parent, *values))
            self.raw.execute("DELETE FROM derive_now WHERE id IS NULL")
            self.raw.execute(edge.update("id IN (SELECT id FROM derive_now WHERE record = ?)"), (parent,))
            derived.add(parent)
        return derived

    def changes(self) -> Changes:
        """What this change set touched so far, derived rows not counted."""
        rows: dict[str, set[int]] = {}
        for record, row in self.raw.execute(
            'SELECT record, "row" FROM history WHERE change_set = ?', (self.change_set,)
        ):
            rows.setdefault(record, set()).add(row)
        return Changes(self.change_set, self.label, {r: frozenset(ids) for r, ids in rows.items()})

    # Inside ----------------------------------------------------------------------------------------

    def _columns(
        self, description: Description[Any], values: Mapping[str, Value], *, of_row: int | None = None
    ) -> tuple[list[str], list[Stored]]:
        columns: list[str] = []
        stored: list[Stored] = []
        own: dict[str, Value] = {}
        for name, value in values.items():
            field = description.field(name)
            if field.custom:
                own[name] = value
            else:
                columns.append(name)
                stored.append(encode(field, value))
        if own:
            before: dict[str, Value] = {}
            if of_row is not None:
                found = self.raw.execute(
                    f"SELECT custom FROM {quoted(description.name)} WHERE id = ?", (of_row,)
                ).fetchone()
                before = json.loads(found[0]) if found else {}
            columns.append("custom")
            stored.append(encode_custom({**before, **own}))
        return columns, stored

    def _trash(self, record: str, moment: str, rows: Iterable[int]) -> None:
        parts = self.catalogue.parts_of(record)
        for row in rows:
            cursor = self.raw.execute(
                f"UPDATE {quoted(record)} SET deleted_at = ?, version = version + 1, updated_at = ? "
                "WHERE id = ? AND deleted_at IS NULL",
                (moment, moment, row),
            )
            if cursor.rowcount:
                for part, owner in parts:
                    ids = self._parts(part.name, owner.name, row, "deleted_at IS NULL", ())
                    self._trash(part.name, moment, ids)

    def _restore(self, record: str, row: int, moment: str) -> None:
        self.raw.execute(
            f"UPDATE {quoted(record)} SET deleted_at = NULL, version = version + 1, updated_at = ? WHERE id = ?",
            (self.now, row),
        )
        for part, owner in self.catalogue.parts_of(record):
            for part_row in self._parts(part.name, owner.name, row, "deleted_at = ?", (moment,)):
                self._restore(part.name, part_row, moment)

    def _parts(self, part: str, owner: str, row: int, which: str, values: tuple[Stored, ...]) -> list[int]:
        found = self.raw.execute(
            f"SELECT id FROM {quoted(part)} WHERE {quoted(owner)} = ? AND {which}", (row, *values)
        )
        return [r for (r,) in found]
