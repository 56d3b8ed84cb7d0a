"""The living rows of a record that satisfy a condition in SQL: what the other readers are made of."""

from __future__ import annotations

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
    sql = (
        f"SELECT {columns} FROM {source or quoted(record)} WHERE t.deleted_at IS NULL AND ({where}) "
        f"ORDER BY {order}"
    )
    with store.read_raw() as raw:
        return [decode(row) for row in raw.execute(sql, values)]


def quoted(record: str) -> str:
    return f'"{record}" t'


def by_number(rows: Iterable[Any]) -> dict[int, Any]:
    return {row.id: row for row in rows}
