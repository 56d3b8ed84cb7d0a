"""Finding the part of a row that a derived value comes from, inside a running transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence

from creator_crm.store.codec import Stored
from creator_crm.store.triggers import quoted


def first_part(
    raw: sqlite3.Connection,
    record: str,
    via: str,
    row: int,
    order: Sequence[str],
    having: Mapping[str, Stored] | None = None,
) -> int | None:
    """The living row of `record` that refers to `row` through `via`, first in `order`; None without one."""
    conditions = "".join(f" AND {quoted(name)} = ?" for name in having or {})
    by = ", ".join(f"{quoted(o.lstrip('-'))}{' DESC' if o.startswith('-') else ''}" for o in order) or "id"
    found = raw.execute(
        f"SELECT id FROM {quoted(record)} WHERE {quoted(via)} = ? AND deleted_at IS NULL{conditions} "
        f"ORDER BY {by} LIMIT 1",
        (row, *(having or {}).values()),
    ).fetchone()
    return int(found[0]) if found else None
