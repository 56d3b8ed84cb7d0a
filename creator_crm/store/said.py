"""Which messages a change set has made sent or received: what was said by it."""

from __future__ import annotations

import sqlite3
from typing import Any

_COLUMNS = (
    *("id", "creator", "direction", "channel", "campaign", "outcome", "sent_at", "follow_up_on"),
    "shipment",
)


def said_in(raw: sqlite3.Connection, change_set: int) -> tuple[list[int], list[dict[str, Any]]]:
    """(creators whom a change set wrote or wants to write to, the messages that were said by it).

    `just_said` of a message is false when only its outcome is new.
    """
    names = ", ".join(f"m.{name}" for name in _COLUMNS)
    new = "json_extract(h.after, '$.status') IN ('planned', 'drafted', 'sent', 'received')"
    found = raw.execute(
        f'SELECT {names}, m.status, max({new}) AS just FROM history h JOIN message m ON m.id = h."row" '
        f"WHERE h.change_set = ? AND h.record = 'message' AND m.deleted_at IS NULL "
        f"AND ({new} OR json_extract(h.after, '$.outcome') IS NOT NULL) GROUP BY m.id",
        (change_set,),
    ).fetchall()
    wanted: list[int] = []
    said: list[dict[str, Any]] = []
    for *values, status, just in found:
        row = {**dict(zip(_COLUMNS, values, strict=True)), "just_said": bool(just)}
        if just and row["direction"] == "out":
            wanted.append(row["creator"])
        if status in ("sent", "received") and row["sent_at"]:
            said.append(row)
    return wanted, said
