"""Whole sheets of records for a workbook, all as of one moment: pages of columns, names, the trash."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

from creator_crm.domain.fields import Catalogue, Field, Kind, Value
from creator_crm.domain.workspace import CustomField
from creator_crm.store import copies
from creator_crm.store.attachments import keepers
from creator_crm.store.codec import decode, decode_custom
from creator_crm.store.ordering import title_expression
from creator_crm.store.own_fields import own_fields
from creator_crm.store.store import Store

_PAGE = 500  # rows
_A_TURN = 0.0002  # seconds in which the window surely gets Python's lock


class Called(NamedTuple):
    """A row as others refer to it; "" for one without a title."""

    number: int
    uid: str
    title: str
    lives: bool


@contextmanager
def one_moment(store: Store) -> Iterator[Moment]:
    """The workspace as it is now, whatever is written meanwhile."""
    with store.read_raw() as raw:
        raw.execute("BEGIN")
        try:
            yield Moment(raw, store.catalogue)
        finally:
            raw.execute("ROLLBACK")


class Moment:
    """Answers about one state of the workspace."""

    def __init__(self, raw: sqlite3.Connection, catalogue: Catalogue) -> None:
        self._raw, self._catalogue = raw, catalogue
        self.workspace = copies.workspace_uid(raw)
        self.copy = copies.this_copy(raw)
        self.seen = copies.seen(raw)
        self.in_part = copies.in_part(raw)

    def count(self, record: str, among: Collection[int] | None = None) -> int:
        """How many living rows there are, of `among` or of all."""
        where, values = _living(among)
        found = self._raw.execute(f'SELECT count(*) FROM "{record}" t WHERE {where}', values).fetchone()
        return int(found[0])

    def pages(
        self, record: str, fields: Sequence[Field], among: Collection[int] | None = None
    ) -> Iterator[list[Sequence[Any]]]:
        """Columns of some living rows at a time: their uids, then each field in normal form, as stored.

        A choice that shows late by itself is what was chosen; references are numbers.
        """
        where, values = _living(among)
        own = [f for f in fields if not f.custom]
        columns = ", ".join(["t.uid", *(f't."{f.name}"' for f in own), "t.custom"])
        found = self._raw.execute(f'SELECT {columns} FROM "{record}" t WHERE {where} ORDER BY t.id', values)
        while page := found.fetchmany(_PAGE):
            stored = dict(zip(["", *(f.name for f in own), "custom"], zip(*page, strict=True), strict=True))
            custom = [decode_custom(text) for text in stored["custom"]] if len(own) < len(fields) else []
            yield [
                stored[""],
                *(
                    [values.get(f.name, f.empty) for values in custom]
                    if f.custom
                    else _column(f, stored[f.name])
                    for f in fields
                ),
            ]
            time.sleep(_A_TURN)

    def own_fields(self) -> list[CustomField]:
        """The fields that people made."""
        return own_fields(self._raw, self._catalogue)

    def keepers(self) -> dict[str, str]:
        """By the uid of each attachment whose file is not here: who has it."""
        return keepers(self._raw)

    def names(
        self, record: str, by: Sequence[tuple[str, Field]], among: Collection[int] | None = None
    ) -> list[Called]:
        """What rows are called, the trash last; of the trash only what references `by` living rows name."""
        title = title_expression(self._catalogue, self._catalogue[record], "t", at="@")
        where, values = ("1", []) if among is None else _among(among)
        used = " UNION ".join(f'SELECT "{f.name}" FROM "{name}" WHERE deleted_at IS NULL' for name, f in by)
        sql = (
            f"SELECT t.id, t.uid, coalesce({title}, ''), t.deleted_at IS NULL FROM \"{record}\" t "
            f"WHERE {where} AND (t.deleted_at IS NULL OR t.id IN ({used})) "
            "ORDER BY t.deleted_at IS NOT NULL, 3 COLLATE NOCASE, t.id"
        )
        return [
            Called(n, uid, str(name), bool(lives)) for n, uid, name, lives in self._raw.execute(sql, values)
        ]

    def referred(self, record: str, field: Field, among: Collection[int]) -> set[int]:
        """The rows that living rows of `among` name in a reference."""
        where, values = _living(among)
        found = self._raw.execute(f'SELECT DISTINCT t."{field.name}" FROM "{record}" t WHERE {where}', values)
        return {number for (number,) in found if number is not None}

    def trashed(self, record: str, among: Collection[int] | None = None) -> list[str]:
        """The uids of the rows in the trash."""
        where, values = ("1", []) if among is None else _among(among)
        found = self._raw.execute(
            f'SELECT t.uid FROM "{record}" t WHERE t.deleted_at IS NOT NULL AND {where} ORDER BY t.id',
            values,
        )
        return [uid for (uid,) in found]

    def gone_elsewhere(self, record: str) -> list[str]:
        """The uids of rows that were never here, and that another copy told of as in its trash."""
        told = sorted(uid for of, uid in copies.gone_elsewhere(self._raw) if of == record)
        here = self._raw.execute(
            f'SELECT uid FROM "{record}" WHERE uid IN (SELECT value FROM json_each(?))', (json.dumps(told),)
        )
        return sorted({*told} - {uid for (uid,) in here})

    def twins(self, records: Collection[str]) -> list[tuple[str, str, str]]:
        """(record, uid, the uid it goes by) of rows that became one."""
        known = copies.twins(self._raw)
        return [(of, *pair) for of in sorted(known.keys() & set(records)) for pair in known[of].pairs()]

    def main_currency(self, record: str, currency: str) -> str | None:
        """The currency that most living rows count in."""
        found = self._raw.execute(
            f'SELECT "{currency}" FROM "{record}" WHERE deleted_at IS NULL AND "{currency}" IS NOT NULL '
            f'GROUP BY "{currency}" ORDER BY count(*) DESC, 1 LIMIT 1'
        ).fetchone()
        return str(found[0]) if found else None


def _living(among: Collection[int] | None) -> tuple[str, list[str]]:
    where, values = ("1", []) if among is None else _among(among)
    return f"t.deleted_at IS NULL AND {where}", values


def _among(numbers: Collection[int]) -> tuple[str, list[str]]:
    return "t.id IN (SELECT value FROM json_each(?))", [json.dumps(list(numbers))]


def _column(field: Field, stored: Sequence[Any]) -> Sequence[Value]:
    return [decode(field, value) for value in stored] if field.kind in (Kind.TAGS, Kind.FLAG) else stored
