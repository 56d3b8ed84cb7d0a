"""What a batch of parcels asks of its creators: whom a parcel can reach, what they have and had already."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from creator_crm.store.readers.picked import THESE, picked
from creator_crm.store.store import Store


def on_the_way(store: Store, creators: Iterable[int]) -> dict[int, tuple[str, str]]:
    """(number, status) of the newest parcel of each creator that has not come to its end."""
    sql = (
        "SELECT s.creator, s.number, coalesce(s.status, 'draft') FROM json_each(?) k "
        "CROSS JOIN shipment s ON s.creator = k.value WHERE s.deleted_at IS NULL "
        "AND coalesce(s.status, 'draft') IN ('draft', 'approved', 'packed', 'shipped', 'in_transit') "
        "ORDER BY s.id"
    )
    with store.read_raw() as raw:
        rows = raw.execute(sql, (json.dumps(list(creators)),)).fetchall()
    return {creator: (number or "", status) for creator, number, status in rows}


def sent_since(
    store: Store, creators: Iterable[int], products: Iterable[int], day: str
) -> dict[int, tuple[int, str]]:
    """(product, day) of the last of these products that went to each creator on that day or later."""
    sql = f"""
        SELECT s.creator, i.product, max(coalesce(s.delivered_on, s.shipped_on)) AS sent_on
        FROM json_each(?) k CROSS JOIN shipment s ON s.creator = k.value
        CROSS JOIN shipment_item i ON i.shipment = s.id
        WHERE s.deleted_at IS NULL AND i.deleted_at IS NULL AND i.product IN {THESE}
            AND s.status IN ('shipped', 'in_transit', 'delivered')
        GROUP BY s.creator HAVING sent_on >= ?
    """
    with store.read_raw() as raw:
        rows = raw.execute(sql, (json.dumps(list(creators)), json.dumps(list(products)), day)).fetchall()
    return {creator: (product, sent_on) for creator, product, sent_on in rows}


def variants(store: Store, products: Iterable[int]) -> list[Any]:
    """The variants of these products that are still sold."""
    wanted = json.dumps(list(products))
    return picked(store, "variant", f"t.product IN {THESE} AND NOT t.archived", [wanted])


def taking_part(store: Store, campaign: int) -> list[int]:
    """The creators of a campaign, those left out who declined."""
    sql = (
        "SELECT l.creator FROM collaboration l JOIN creator c ON c.id = l.creator WHERE l.campaign = ? "
        "AND l.deleted_at IS NULL AND c.deleted_at IS NULL AND NOT c.archived "
        "AND coalesce(l.status, '') <> 'declined' ORDER BY l.id"
    )
    with store.read_raw() as raw:
        return list(dict.fromkeys(number for (number,) in raw.execute(sql, (campaign,))))
