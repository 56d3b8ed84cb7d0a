"""One use case, one transaction, one change set: everything inside is written together or not at all."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from creator_crm.domain.changes import Changes
from creator_crm.domain.fields import Catalogue, Description, Value
from creator_crm.domain.letting_go import drop
from creator_crm.domain.normal import completed
from creator_crm.store.codec import Stored, encode, encode_custom
from creator_crm.store.columns import new_uids
from creator_crm.store.derived import derive_touched
from creator_crm.store.entering import Door, concerns
from creator_crm.store.errors import Conflict
from creator_crm.store.long_json import long_json
from creator_crm.store.own_fields import with_own_fields
from creator_crm.store.schema import rebuild_search
from creator_crm.store.stock import Movement, due_bookings, refuse_short, set_right, uids_for_all
from creator_crm.store.triggers import DERIVE_LATER, quoted, search_fields

_THESE = "(SELECT value FROM json_each(?))"
_MANY = 50  # rows; what derives from more of them is worked out once, as each may sum up thousands of others


def utc_now() -> str:
    """The moment, as it is stored: `2026-11-22T14:05:00Z`."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Unit:
    """The writing side of one change set; made by `Store.change`, used inside its `with` block only."""

    def __init__(
        self,
        raw: sqlite3.Connection,
        catalogue: Catalogue,
        change_set: int,
        label: str,
        bulk: bool,
        origin: str,
    ) -> None:
        self.raw = raw
        self.catalogue = catalogue
        self.change_set = change_set
        self.label = label
        self.bulk = bulk
        self.origin = origin
        self.now = utc_now()
        self._derives_later = bulk
        self._door = Door(raw, catalogue)

    def happened(self, at: str) -> None:
        """Date this change set and what it writes `at` (UTC), where a past is told, not made."""
        self.now = at
        self.raw.execute("UPDATE change_set SET at = ? WHERE id = ?", (at, self.change_set))

    def expect(self, rows: int) -> None:
        """Be told that so many rows follow: what derives from many waits for the end."""
        if rows > _MANY and not self._derives_later:
            self._derives_later = True
            self.raw.execute("UPDATE change_now SET bulk = ?", (DERIVE_LATER,))

    # Writing ---------------------------------------------------------------------------------------

    def add(self, record: str, values: Mapping[str, Value], *, uid: str | None = None) -> int:
        """Insert one row of normal-form values; returns its number. Raises UserError."""
        description = self.catalogue[record]
        values = self._door.new(record, [values], self.now)[0]
        columns, row = self._columns(description, completed(description, values, defaults=True))
        return self._insert_one(record, uid or new_uids(1)[0], columns, row)

    def add_many(self, record: str, rows: Sequence[Mapping[str, Value]]) -> range:
        """Insert many rows as `add` does one, at once; returns their numbers. Raises UserError."""
        description = self.catalogue[record]
        self.expect(len(rows))
        entered = self._door.new(record, rows, self.now)
        whole = [self._columns(description, completed(description, v, defaults=True)) for v in entered]
        top = self._top(record)
        uids = new_uids(len(whole))
        written: dict[tuple[str, ...], list[tuple[Stored, ...]]] = {}
        for n, (names, row) in enumerate(whole):
            new = (top + 1 + n, uids[n], 1, self.now, self.now, *row)
            written.setdefault(tuple(names), []).append(new)
        for columns, several in written.items():
            self._insert(record, columns, several)
        return range(top + 1, top + 1 + len(whole))

    def add_rows(
        self,
        record: str,
        columns: Sequence[str],
        rows: Sequence[Sequence[Stored]],
        *,
        uids: Sequence[str] | None = None,
    ) -> range:
        """Insert many rows of column values (`codec.encode`), folded keys included; returns their numbers.

        `columns` must hold every required column; uids and times are put in here.
        """
        if not rows:
            return range(0)
        self.expect(len(rows))
        columns, rows = self._told(record, columns, rows)
        top = self._top(record)
        marked = zip(uids or new_uids(len(rows)), rows, strict=True)
        now = self.now
        self._insert(
            record, columns, ((top + n, uid, 1, now, now, *row) for n, (uid, row) in enumerate(marked, 1))
        )
        return range(top + 1, top + 1 + len(rows))

    def set(self, record: str, row: int, values: Mapping[str, Value], *, version: int | None = None) -> None:
        """Change fields of one living row; raises Conflict when it is gone or not at `version` any more.

        Raises UserError for a step of its status that makes no sense.
        """
        self.set_many(record, {row: values}, versions={} if version is None else {row: version})

    def set_many(
        self,
        record: str,
        changes: Mapping[int, Mapping[str, Value]],
        *,
        versions: Mapping[int, int] | None = None,
        leap: bool = False,
        on: str | None = None,
    ) -> None:
        """Change fields of living rows, as `set` does of one.

        `leap` takes the steps of a status that lie between as well; `on` is the day that steps are dated.
        """
        description = self.catalogue[record]
        self.expect(len(changes))
        self._refuse_changed_meanwhile(description, changes, versions or {})
        entered = self._door.changed(record, changes, on or self.now, leap=leap)
        own = self._own_values(description, entered)
        written: dict[tuple[str, ...], list[tuple[int, Sequence[Stored]]]] = {}
        for row, values in entered.items():
            if values:
                columns, stored = self._columns(description, completed(description, values), own.get(row))
                written.setdefault(tuple(columns), []).append((row, stored))
        for names, rows in written.items():
            self._set_rows(record, names, rows)

    def set_rows(
        self, record: str, columns: Sequence[str], rows: Iterable[tuple[int, Sequence[Stored]]]
    ) -> None:
        """Change the same columns of many rows: (number, column values) each. Raises UserError."""
        for names, changed in self._leapt(record, columns, rows):
            self._set_rows(record, names, changed)

    def _top(self, record: str) -> int:
        found = self.raw.execute(f"SELECT coalesce(max(id), 0) FROM {quoted(record)}").fetchone()
        return int(found[0])

    def _insert_one(self, record: str, uid: str, columns: Sequence[str], row: Sequence[Stored]) -> int:
        names = ("uid", "version", "created_at", "updated_at", *columns)
        marks = ", ".join("?" * len(names))
        new = (uid, 1, self.now, self.now, *row)
        into = f"INSERT INTO {quoted(record)} ({', '.join(map(quoted, names))}) VALUES ({marks})"
        number = self.raw.execute(into, new).lastrowid
        assert number is not None
        return number

    def _insert(self, record: str, columns: Sequence[str], rows: Iterable[Sequence[Stored]]) -> None:
        """Insert (number, uid, version, made at, changed at, values of `columns`...) of each row."""
        names = ("id", "uid", "version", "created_at", "updated_at", *columns)
        marks = ", ".join("?" * len(names))
        self.raw.executemany(
            f"INSERT INTO {quoted(record)} ({', '.join(map(quoted, names))}) VALUES ({marks})", rows
        )

    def _set_rows(
        self, record: str, columns: Sequence[str], rows: Iterable[tuple[int, Sequence[Stored]]]
    ) -> None:
        sets = ", ".join(f"{quoted(c)} = ?" for c in columns)
        now = self.now
        self.raw.executemany(
            f"UPDATE {quoted(record)} SET {sets}, version = version + 1, updated_at = ? WHERE id = ?",
            ((*values, now, row) for row, values in rows),
        )

    def trash(self, record: str, rows: Iterable[int]) -> None:
        """Move rows and all their parts to the trash."""
        living = self._select(record, "id", rows, "deleted_at IS NULL")
        self._mark(record, living, self.now)
        for part, owner in self.catalogue.parts_of(record):
            self.trash(part.name, self._select(part.name, owner.name, living, "deleted_at IS NULL"))

    def restore(self, record: str, rows: Iterable[int]) -> None:
        """Take rows out of the trash, with the parts that went in together with them."""
        wanted = json.dumps(list(rows))
        found = self.raw.execute(
            f"SELECT deleted_at, json_group_array(id) FROM {quoted(record)} "
            f"WHERE id IN {_THESE} AND deleted_at IS NOT NULL GROUP BY deleted_at",
            (wanted,),
        )
        for moment, numbers in found.fetchall():
            self._restore(record, json.loads(numbers), moment)

    # Facts of another copy ---------------------------------------------------------------------------

    def told_new(self, record: str, uid: str, values: Mapping[str, Value]) -> int:
        """Insert one row just as another copy has it: no step is checked or dated, no gap filled."""
        columns, row = self._columns(self.catalogue[record], completed(self.catalogue[record], values))
        return self._insert_one(record, uid, columns, row)

    def learn_fields(self) -> None:
        """Know the fields of people's own as they are now: some were made or taken away meanwhile."""
        self.catalogue = with_own_fields(self.raw, self.catalogue)
        self._door = Door(self.raw, self.catalogue)

    def told_changes(self, record: str, changes: Mapping[int, Mapping[str, Value]]) -> None:
        """Change fields of rows, in the trash or not, to just what another copy holds in them."""
        description = self.catalogue[record]
        own = self._own_values(description, changes)
        written: dict[tuple[str, ...], list[tuple[int, Sequence[Stored]]]] = {}
        for row, values in changes.items():
            columns, stored = self._columns(description, completed(description, values), own.get(row))
            written.setdefault(tuple(columns), []).append((row, stored))
        for names, rows in written.items():
            self._set_rows(record, names, rows)
            drop(rows)

    def told_gone(self, record: str, rows: Iterable[int]) -> None:
        """Move these rows to the trash and no part of them: another copy tells of each by itself."""
        self._mark(record, list(rows), self.now)

    def told_back(self, record: str, rows: Iterable[int]) -> None:
        """Take these rows out of the trash, and no part of them."""
        self._mark(record, list(rows), None)

    def tell(self, details: Mapping[str, Any]) -> None:
        """Keep with the change set what is known only once it is written."""
        kept = (long_json(details), self.change_set)
        self.raw.execute("UPDATE change_set SET details = ? WHERE id = ?", kept)

    # The end -----------------------------------------------------------------------------------------

    def book_stock(self, facts: Collection[int] = ()) -> Sequence[str]:
        """Book what the ledger lacks of the parcels touched so far; returns the ids of the new lines.

        What a file tells of parcels that left, any of an import or the `facts` of a merge, is set right where
        it takes more than there was.
        """
        touched = self.changes()
        told = self.origin == "merge" and touched.touches("stock_movement")
        if not told and not touched.touches("shipment", "shipment_item"):
            return ()
        booked = list(due_bookings(self.raw, self.change_set, self.now[:10]))
        left = booked if self.origin == "import" else [line for line in booked if line.shipment in facts]
        lines = [*set_right(self.raw, left), *booked]
        uids = uids_for_all(self.raw, lines) if self.origin == "merge" else new_uids(len(lines))
        self.add_rows("stock_movement", Movement._fields, lines, uids=uids)
        return uids

    def finish(self) -> Changes:
        """Bring derived values and search up to date when that was put off; returns what changed."""
        self.book_stock()
        changes = self.changes()
        # What copies sent out while none knew of the other adds up to whatever it does.
        if changes.touches("stock_movement") and self.origin not in ("undo", "redo", "merge"):
            parcels = changes.touches("shipment", "shipment_item")
            refuse_short(self.raw, self.change_set, parcels=parcels)
        if self._derives_later and changes:
            touched = frozenset(changes.rows)
            derived = derive_touched(self.raw, self.catalogue, self.change_set, touched)
            if self.bulk:
                stale = {r for r in touched | derived if self._search_is_stale(r, r in derived)}
                rebuild_search(self.raw, self.catalogue, frozenset(stale))
        return changes

    def changes(self) -> Changes:
        """What this change set touched so far, derived rows not counted."""
        found = self.raw.execute(
            'SELECT record, json_group_array("row") FROM history WHERE change_set = ? GROUP BY record',
            (self.change_set,),
        )
        rows = {record: frozenset(json.loads(numbers)) for record, numbers in found}
        return Changes(self.change_set, self.label, rows)

    # Inside ----------------------------------------------------------------------------------------

    def _refuse_changed_meanwhile(
        self, description: Description[Any], rows: Iterable[int], versions: Mapping[int, int]
    ) -> None:
        wanted = list(rows)
        found = dict(
            self.raw.execute(
                f"SELECT id, version FROM {quoted(description.name)} "
                f"WHERE id IN {_THESE} AND deleted_at IS NULL",
                (json.dumps(wanted),),
            ).fetchall()
        )
        if any(row not in found or versions.get(row, found[row]) != found[row] for row in wanted):
            raise Conflict(
                f"This {description.label.lower()} was changed or removed meanwhile, so your change "
                "was not saved. Look at it again and repeat the change."
            )

    def _own_values(
        self, description: Description[Any], changes: Mapping[int, Mapping[str, Value]]
    ) -> dict[int, dict[str, Value]]:
        """The values of the user's own fields in those rows whose change names one."""
        theirs = {field.name for field in description.fields if field.custom}
        wanted = [row for row, values in changes.items() if theirs & values.keys()]
        if not wanted:
            return {}
        found = self.raw.execute(
            f"SELECT id, custom FROM {quoted(description.name)} WHERE id IN {_THESE}", (json.dumps(wanted),)
        )
        return {row: json.loads(custom) for row, custom in found}

    def _columns(
        self,
        description: Description[Any],
        values: Mapping[str, Value],
        before: Mapping[str, Value] | None = None,
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
            columns.append("custom")
            stored.append(encode_custom({**(before or {}), **own}))
        return columns, stored

    def _told(
        self, record: str, columns: Sequence[str], rows: Sequence[Sequence[Stored]]
    ) -> tuple[Sequence[str], Sequence[Sequence[Stored]]]:
        """New rows of a file, gaps filled: with whatever columns that takes."""
        if not concerns(self.catalogue[record]):
            return columns, rows
        whole = [dict(zip(columns, row, strict=True)) for row in rows]
        filled = self._door.new(record, whole, self.now, told=True)
        names = list(dict.fromkeys(name for values in filled for name in values))
        defaults = {f.name: encode(f, f.default) for f in self.catalogue[record].stored}
        return names, [[values.get(n, defaults.get(n)) for n in names] for values in filled]  # type: ignore[misc]

    def _leapt(
        self, record: str, columns: Sequence[str], rows: Iterable[tuple[int, Sequence[Stored]]]
    ) -> Iterable[tuple[Sequence[str], Iterable[tuple[int, Sequence[Stored]]]]]:
        """Changes of a file by the columns that each of them writes in the end."""
        if not concerns(self.catalogue[record]):
            return [(columns, rows)]
        changes = {number: dict(zip(columns, values, strict=True)) for number, values in rows}
        found: dict[tuple[str, ...], list[tuple[int, Sequence[Stored]]]] = {}
        for number, values in self._door.changed(record, changes, self.now, told=True).items():
            if values:
                found.setdefault(tuple(values), []).append((number, list(values.values())))  # type: ignore[arg-type]
        return found.items()

    def _search_is_stale(self, record: str, derived: bool) -> bool:
        """Whether anything that is searched for in `record` may have changed while no trigger followed it."""
        words, _ = search_fields(self.catalogue[record])
        if derived and any(f.derived for f in words):
            return True
        stored = [f"json_type(after, '$.{f.name}') IS NOT NULL" for f in words if f.stored]
        found = self.raw.execute(
            "SELECT EXISTS (SELECT 1 FROM history WHERE change_set = ? AND record = ? "
            f"AND (action <> 'update' OR {' OR '.join(stored) or 'false'}))",
            (self.change_set, record),
        ).fetchone()
        return bool(words) and bool(found[0])

    def _restore(self, record: str, rows: list[int], moment: str) -> None:
        self._mark(record, rows, None)
        for part, owner in self.catalogue.parts_of(record):
            parts = self._select(part.name, owner.name, rows, "deleted_at = ?", moment)
            if parts:
                self._restore(part.name, parts, moment)

    def _mark(self, record: str, rows: list[int], moment: str | None) -> None:
        self.expect(len(rows))
        self.raw.execute(
            f"UPDATE {quoted(record)} SET deleted_at = ?, version = version + 1, updated_at = ? "
            f"WHERE id IN {_THESE}",
            (moment, self.now, json.dumps(rows)),
        )

    def _select(
        self, record: str, column: str, among: Iterable[int], which: str, *values: Stored
    ) -> list[int]:
        found = self.raw.execute(
            f"SELECT id FROM {quoted(record)} WHERE {quoted(column)} IN {_THESE} AND {which}",
            (json.dumps(list(among)), *values),
        )
        return [row for (row,) in found]
