"""What the gaps of a message are filled with: creators, codes, parcels; and the variants of a template."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from creator_crm.store.readers.picked import THESE, by_number, picked
from creator_crm.store.store import Store


def variants(store: Store, template: int) -> list[Any]:
    """The template and those of the same name in other languages."""
    same = "t.id = ? OR (t.archived = 0 AND t.name = (SELECT name FROM template WHERE id = ?))"
    return picked(store, "template", same, [template, template])


def people(store: Store, creators: Iterable[int]) -> list[Any]:
    """The living creators among these."""
    return list(by_number(store, "creator", creators).values())


def campaign(store: Store, number: int | None) -> Any:
    """The campaign, None for all campaigns."""
    found = picked(store, "campaign", "t.id = ?", [number]) if number is not None else []
    return found[0] if found else None


def codes(store: Store, creators: Iterable[int], campaign: int | None) -> dict[int, Any]:
    """The code of each creator, of this campaign if it is named: active before planned, then the newest."""
    rows = picked(
        store,
        "code",
        f"t.creator IN {THESE} AND t.status IN ('active', 'planned') AND (? IS NULL OR t.campaign = ?)",
        [json.dumps(list(creators)), campaign, campaign],
        order="t.status = 'active', t.id",
    )
    return {row.creator: row for row in rows}


def parcels(store: Store, creators: Iterable[int], campaign: int | None) -> dict[int, Any]:
    """The newest parcel of each creator, in this campaign if it is named."""
    rows = picked(
        store,
        "shipment",
        f"t.creator IN {THESE} AND t.status NOT IN ('returned', 'lost') AND (? IS NULL OR t.campaign = ?)",
        [json.dumps(list(creators)), campaign, campaign],
    )
    return {row.creator: row for row in rows}
