"""All rows of a record as other copies know them: by uid, values in normal form, references as uids."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from creator_crm.domain.fields import Description, Field, Kind, Value
from creator_crm.domain.frozen import immutable
from creator_crm.store.codec import decode, decode_custom
from creator_crm.store.triggers import quoted

Decoded = Callable[[Any], Value]
Raw = sqlite3.Connection  # a state of the workspace, for whoever only hands it on


class Uids:
    """The uids of rows by number, each record read once."""

    def __init__(self, raw: sqlite3.Connection) -> None:
        self._raw = raw
        self._found: dict[str, dict[int, str]] = {}

    def of(self, record: str) -> dict[int, str]:
        """Of all rows of a record, the trash included."""
        if record not in self._found:
            self._found[record] = dict(self._raw.execute(f"SELECT id, uid FROM {quoted(record)}").fetchall())
        return self._found[record]

    def decoder(self, field: Field) -> Decoded | None:
        """What turns a stored value of `field` into its normal form; None where it is that already."""
        if field.references:
            return self.of(field.references).get
        if field.kind is Kind.TAGS:
            return lambda stored: tuple(json.loads(stored)) if stored else ()
        return bool if field.kind is Kind.FLAG else None


@immutable
class Whole:
    """Rows by uid, their values in the order of `fields`."""

    fields: tuple[str, ...]
    rows: Mapping[str, tuple[Value, ...]]

    def values(self, uid: str) -> dict[str, Value]:
        return dict(zip(self.fields, self.rows[uid], strict=True))


def whole(
    raw: sqlite3.Connection,
    description: Description[Any],
    fields: Sequence[Field],
    uids: Uids,
    *,
    trashed: bool = False,
) -> Whole:
    """Every living row, or every trashed one, in the order of their numbers."""
    own = [f for f in fields if not f.custom]
    columns = ", ".join(["uid", *(quoted(f.name) for f in own), "custom"])
    which = "NOT NULL" if trashed else "NULL"
    found = raw.execute(
        f"SELECT {columns} FROM {quoted(description.name)} WHERE deleted_at IS {which} ORDER BY id"
    )
    odd = [(at, decoder) for at, f in enumerate(own, 1) if (decoder := uids.decoder(f))]
    custom = [f for f in fields if f.custom]
    names = tuple(f.name for f in (*own, *custom))
    if not odd and not custom:
        return Whole(names, {row[0]: row[1:-1] for row in found})
    return Whole(names, dict(_decoded(found, odd, custom)))


def _decoded(
    found: Iterable[tuple[Any, ...]], odd: Sequence[tuple[int, Decoded]], custom: Sequence[Field]
) -> Iterable[tuple[str, tuple[Value, ...]]]:
    for row in found:
        values = list(row)
        for at, decoder in odd:
            values[at] = decoder(values[at])
        kept = values.pop()
        if custom:
            own = decode_custom(kept)
            values += [own.get(f.name, f.empty) for f in custom]
        yield values[0], tuple(values[1:])


def normal(field: Field, stored: Any, uids: Uids) -> Value:
    """The normal form of one stored value, a reference as the uid of its row."""
    if field.references:
        return uids.of(field.references).get(stored)
    return decode(field, stored)
