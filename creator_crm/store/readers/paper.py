"""What is printed about parcels: which are ready to go, what is in them, and the creators' links."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from creator_crm.domain.frozen import immutable
from creator_crm.store.readers.picked import THESE, by_number, picked
from creator_crm.store.store import Store


@immutable
class Printed:
    """Rows by number: parcels in the order they are printed, and whatever they refer to."""

    parcels: list[Any]
    items: dict[int, list[Any]]
    creators: dict[int, Any]
    campaigns: dict[int, Any]
    products: dict[int, Any]
    variants: dict[int, Any]
    codes: dict[int, list[Any]]


def printed(store: Store, numbers: Iterable[int] | None) -> Printed:
    """Everything that paper says of these parcels, None for all that are approved or packed.

    Seven statements for any number of parcels. Codes are by creator, the one to prefer last.
    """
    if numbers is None:
        parcels = picked(store, "shipment", "t.status IN ('approved', 'packed')", order="t.number, t.id")
    else:
        order = {number: place for place, number in enumerate(numbers)}
        found = by_number(store, "shipment", order)
        parcels = sorted(found.values(), key=lambda row: order[row.id])
    items: dict[int, list[Any]] = {}
    these = json.dumps([row.id for row in parcels])
    for item in picked(store, "shipment_item", f"t.shipment IN {THESE}", [these]):
        items.setdefault(item.shipment, []).append(item)
    every = [item for held in items.values() for item in held]
    return Printed(
        parcels,
        items,
        by_number(store, "creator", {row.creator for row in parcels}),
        by_number(store, "campaign", {row.campaign for row in parcels if row.campaign}),
        by_number(store, "product", {item.product for item in every if item.product}),
        by_number(store, "variant", {item.variant for item in every if item.variant}),
        _codes(store, {row.creator for row in parcels}),
    )


def _codes(store: Store, creators: Iterable[int]) -> dict[int, list[Any]]:
    rows = picked(
        store,
        "code",
        f"t.creator IN {THESE} AND t.status IN ('active', 'planned')",
        [json.dumps(list(creators))],
        order="t.status = 'active', t.id",
    )
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.creator, []).append(row)
    return found
