"""The living rows of a record that satisfy a condition in SQL: what the other readers are made of."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from creator_crm.store.codec import Decoder
from creator_crm.store.columns import all_columns
from creator_crm.store.store import Store

THESE = "(SELECT value FROM json_each(?))"  # a list of numbers, given as JSON


def picked(
    store: Store,
    record: str,
    where: str,
    values: Sequence[Any] = (),
    *,
    order: str = "t.id",
    source: str = "",
) -> list[Any]:
    """The rows of `record` (called t) for which `where` holds; `source` says what t is joined with.

    One statement. A row that is in the trash is never among them.
    """
    names = all_columns(store.built_in[record])
    decode = Decoder(store.catalogue[record], names)
    columns = ", ".join(f't."{name}"' for name in names)
    table = source or f'"{record}" t'
    sql = f"SELECT {columns} FROM {table} WHERE t.deleted_at IS NULL AND ({where}) ORDER BY {order}"
    with store.read_raw() as raw:
        stored = raw.execute(sql, values).fetchall()  # decoded after, so that the window need not wait
    return [decode(row) for row in stored]


def by_number(store: Store, record: str, numbers: Iterable[int]) -> dict[int, Any]:
    """The living rows among these numbers, by number."""
    found = picked(store, record, f"t.id IN {THESE}", [json.dumps(list(numbers))])
    return {row.id: row for row in found}
