"""Everything that happened with a creator as dated events, a page at a time, in one statement."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from creator_crm.domain.frozen import immutable
from creator_crm.store.readers.picked import by_number
from creator_crm.store.store import Store

Event = tuple[str, str, str, int, str]  # at, kind, record, number, what happened


@immutable
class Entry:
    """What one change set did to a creator's row; before and after hold columns as they are stored."""

    change_set: int
    who: str
    record: str
    action: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]


# A creator's own rows, whose changes are told as they stand in the history.
_OWN = """
    SELECT 'creator' AS record, ?1 AS id UNION ALL
    SELECT 'account', id FROM account WHERE creator = ?1 UNION ALL
    SELECT 'address', id FROM address WHERE creator = ?1 UNION ALL
    SELECT 'vetting', id FROM vetting WHERE creator = ?1 UNION ALL
    SELECT 'collaboration', id FROM collaboration WHERE creator = ?1 UNION ALL
    SELECT 'terms', t.id FROM terms t JOIN collaboration k ON k.id = t.collaboration WHERE k.creator = ?1
"""
# What is told by itself, so that the change set behind it need not be.
_TOLD = """
    SELECT 'message' AS record, id FROM message WHERE creator = ?1 UNION ALL
    SELECT 'shipment', id FROM shipment WHERE creator = ?1
"""


def _days(record: str, kind: str, *steps: str) -> str:
    """One event for each day that a row of theirs names."""
    return " UNION ALL ".join(
        f"SELECT {step}, '{kind}', '{record}', id, '{step}' FROM \"{record}\" "
        f"WHERE creator = ?1 AND deleted_at IS NULL AND {step} IS NOT NULL"
        for step in steps
    )


_MESSAGES = """
    SELECT sent_at AS at, 'message' AS kind, 'message' AS record, id, direction AS what FROM message
    WHERE creator = ?1 AND deleted_at IS NULL AND sent_at IS NOT NULL
"""
_ORDERS = """
    SELECT coalesce(ordered_at, ordered_on), 'order', 'order', id, 'ordered_on' FROM "order"
    WHERE creator = ?1 AND deleted_at IS NULL AND coalesce(ordered_at, ordered_on) IS NOT NULL
"""
_EVENTS = " UNION ALL ".join(
    (
        _MESSAGES,
        _days(
            "shipment", "parcel",
            "approved_on", "shipped_on", "delivered_on", "returned_on", "lost_on", "nudged_on", "ghosted_on",
        ),
        _days("deliverable", "deliverable", "draft_in_on", "changes_asked_on", "approved_on", "live_on"),
        _ORDERS,
        _days("payment", "payment", "paid_on"),
        f"""
        SELECT s.at, 'change', 'change_set', s.id, s.label FROM change_set s
        WHERE NOT s.undone AND s.origin NOT IN ('undo', 'redo')
            AND s.id IN (SELECT h.change_set FROM ({_OWN}) o
                CROSS JOIN history h ON h.record = o.record AND h."row" = o.id)
            AND s.id NOT IN (SELECT h.change_set FROM ({_TOLD}) o
                CROSS JOIN history h ON h.record = o.record AND h."row" = o.id)
        """,
    )
)  # fmt: skip


def events(store: Store, creator: int, limit: int, offset: int) -> list[Event]:
    """A page of what happened with a creator, the newest first.

    Changes that came with a message or a parcel are told by that.
    """
    sql = f"SELECT * FROM ({_EVENTS}) ORDER BY at DESC, kind = 'change', id DESC, what LIMIT ?2 OFFSET ?3"
    with store.read_raw() as raw:
        return raw.execute(sql, (creator, limit, offset)).fetchall()


def count(store: Store, creator: int) -> int:
    """How many events there are."""
    with store.read_raw() as raw:
        return int(raw.execute(f"SELECT count(*) FROM ({_EVENTS})", (creator,)).fetchone()[0])


def rows(store: Store, record: str, numbers: set[int]) -> dict[int, Any]:
    """The rows that events are about."""
    return by_number(store, record, numbers)


def entries(store: Store, creator: int, change_sets: set[int]) -> list[Entry]:
    """What these change sets did to a creator's own rows, in the order they were written."""
    sql = f"""
        SELECT h.change_set, s.who, h.record, h.action, h.before, h.after FROM ({_OWN}) o
        CROSS JOIN history h ON h.record = o.record AND h."row" = o.id
        JOIN change_set s ON s.id = h.change_set
        WHERE h.change_set IN (SELECT value FROM json_each(?2)) ORDER BY h.id
    """
    with store.read_raw() as raw:
        found = raw.execute(sql, (creator, json.dumps(sorted(change_sets)))).fetchall()
    return [
        Entry(number, who, record, action, json.loads(before or "{}"), json.loads(after or "{}"))
        for number, who, record, action, before, after in found
    ]
