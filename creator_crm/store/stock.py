"""The stock ledger follows the parcels: what their status and their items hold back or took is booked."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any

from creator_crm.domain.fields import Value
from creator_crm.domain.statuses import bookings

_Article = tuple[int, int, int | None]  # shipment, product, variant


def due_bookings(raw: sqlite3.Connection, change_set: int, today: str) -> Iterator[dict[str, Value]]:
    """The movements that the ledger lacks after a change set, as values of new rows."""
    touched = json.dumps(sorted(_touched(raw, change_set)))
    states = {
        number: (status, {"shipped": shipped_on, "returned": returned_on})
        for number, status, shipped_on, returned_on in raw.execute(
            "SELECT id, status, shipped_on, returned_on FROM shipment "
            "WHERE deleted_at IS NULL AND id IN (SELECT value FROM json_each(?))",
            (touched,),
        )
    }
    held = _held(raw, touched)
    packed = _packed(raw, touched)
    for article in sorted(held.keys() | packed.keys(), key=str):
        shipment, product, variant = article
        status, days = states.get(shipment, (None, {}))
        for kind, quantity in bookings(status, packed.get(article, 0), *held.get(article, (0, 0))):
            yield {
                "product": product,
                "variant": variant,
                "shipment": shipment,
                "kind": kind,
                "quantity": quantity,
                "moved_on": days.get(kind) or today,
            }


def _touched(raw: sqlite3.Connection, change_set: int) -> set[int]:
    found: Iterable[tuple[int | None]] = raw.execute(
        "SELECT \"row\" FROM history WHERE change_set = ?1 AND record = 'shipment' "
        "UNION SELECT json_extract(coalesce(before, after), '$.shipment') FROM history "
        "WHERE change_set = ?1 AND record = 'shipment_item' "
        'UNION SELECT i.shipment FROM history h JOIN shipment_item i ON i.id = h."row" '
        "WHERE h.change_set = ?1 AND h.record = 'shipment_item'",
        (change_set,),
    )
    return {number for (number,) in found if number is not None}


def _held(raw: sqlite3.Connection, touched: str) -> dict[_Article, tuple[int, int]]:
    """(reserved, gone) of each article as the ledger says; both at or below zero."""
    found = raw.execute(
        "SELECT m.shipment, m.product, m.variant, "
        "coalesce(sum(m.quantity) FILTER (WHERE m.kind IN ('reserved', 'released')), 0), "
        "coalesce(sum(m.quantity) FILTER (WHERE m.kind IN ('shipped', 'returned')), 0) "
        "FROM json_each(?) k CROSS JOIN stock_movement m ON m.shipment = k.value "
        "WHERE m.deleted_at IS NULL GROUP BY 1, 2, 3",
        (touched,),
    )
    return {(shipment, product, variant): (r, g) for shipment, product, variant, r, g in found}


def _packed(raw: sqlite3.Connection, touched: str) -> dict[_Article, int]:
    found: Iterable[Any] = raw.execute(
        "SELECT i.shipment, i.product, i.variant, sum(i.quantity) "
        "FROM json_each(?) k CROSS JOIN shipment_item i ON i.shipment = k.value "
        "WHERE i.deleted_at IS NULL AND i.product IS NOT NULL GROUP BY 1, 2, 3",
        (touched,),
    )
    return {(shipment, product, variant): pieces for shipment, product, variant, pieces in found}
