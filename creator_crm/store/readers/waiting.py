"""What is asked of parcels that wait: reminders planned for them, what they cost, templates that fit."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from creator_crm.store.readers.picked import THESE, picked
from creator_crm.store.store import Store


def planned(store: Store, parcels: Iterable[int]) -> dict[int, str]:
    """The day for which a message about each of these parcels is planned, the first one of several."""
    with store.read_raw() as raw:
        return dict(
            raw.execute(
                "SELECT m.shipment, min(coalesce(m.send_on, substr(m.created_at, 1, 10))) FROM message m "
                f"WHERE m.shipment IN {THESE} AND m.status IN ('planned', 'drafted') "
                "AND m.deleted_at IS NULL GROUP BY 1",
                (json.dumps(list(parcels)),),
            )
        )


def costs(store: Store, parcels: Iterable[int]) -> dict[int, dict[str, int]]:
    """What each of these parcels cost, by currency: products, postage and duties."""
    these = json.dumps(list(parcels))
    found: dict[int, dict[str, int]] = defaultdict(dict)
    with store.read_raw() as raw:
        rows = raw.execute(
            "SELECT id, money, sum(amount) FROM ("
            "SELECT s.id, coalesce(s.currency, 'EUR') AS money, "
            "coalesce(s.postage, 0) + coalesce(s.duties, 0) AS amount FROM shipment s "
            f"WHERE s.id IN {THESE} UNION ALL "
            "SELECT s.id, coalesce(i.currency, s.currency, 'EUR'), "
            "coalesce(i.unit_cost, 0) * coalesce(i.quantity, 0) FROM shipment_item i "
            f"JOIN shipment s ON s.id = i.shipment WHERE i.shipment IN {THESE} AND i.deleted_at IS NULL) "
            "GROUP BY 1, 2 HAVING sum(amount) > 0",
            (these, these),
        ).fetchall()
    for parcel, money, amount in rows:
        found[parcel][money] = amount
    return dict(found)


def templates(store: Store, numbers: Sequence[int] | None = None) -> list[Any]:
    """The templates that ask for a post, by name; or these, whatever they are for."""
    if numbers is not None:
        return picked(store, "template", f"t.id IN {THESE}", [json.dumps(list(numbers))])
    return picked(store, "template", "t.purpose = 'nudge' AND t.archived = 0", order="t.name, t.id")
