"""What lines of a list point at without naming it: the creator behind a handle, the post behind a number."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from creator_crm.domain.fields import Value
from creator_crm.domain.normal import folded
from creator_crm.domain.values.handles import fold_handle
from creator_crm.domain.values.texts import fold
from creator_crm.exchange.rehearsal import Parsed
from creator_crm.exchange.settling.words import parcel_status
from creator_crm.services.importing.naming import Named
from creator_crm.store.readers import matching


def link(raw: matching.Raw, shape: str, parsed: Parsed, named: Named) -> None:
    """Complete a list in place with the rows its lines point at."""
    if shape == "orders":
        _orders(raw, parsed)
    elif shape == "posts":
        _posts_by_link(raw, parsed, named)
    elif shape == "shipment":
        _parcels(raw, parsed, named)
    elif shape == "product":
        _products_without_sku(raw, parsed, named)


def _orders(raw: matching.Raw, parsed: Parsed) -> None:
    samples, buyers = parsed.column("order.is_sample"), parsed.column("order.customer_key")
    if any(samples):  # creators who are new will stand there
        parsed.values.setdefault("order.creator", [None] * len(parsed.lines))
    handles = list(parsed.column("order_line.creator_handle"))
    for i, sample in enumerate(samples):
        if sample and not handles[i]:
            handles[i] = buyers[i]  # who buys a sample is the creator
    keys = [fold_handle(str(handle)) if handle else "" for handle in handles]
    accounts = matching.accounts_by_handle(raw, {key for key in keys if key})
    people = {
        key: found.pop()
        for key, of_key in accounts.items()
        if len(found := {a.creator for a in of_key if not a.trashed and a.platform in ("tiktok", "other")})
        == 1
    }
    _fill(parsed, "order.creator", (people.get(key) for key in keys))
    _fill(parsed, "order.code", _codes(raw, parsed.column("order.code_text")))
    posts = parsed.column("order_line.content_id")
    known = _by_number(raw, "deliverable", "post_id", posts)
    _fill(parsed, "order.deliverable", (known.get(post) for post in posts))
    for own, record, column in (
        ("sku_id", "variant", "platform_id"),
        ("product_number", "product", "platform_id"),
    ):
        numbers = parsed.column(f"order_line.{own}")
        rows = _by_number(raw, record, column, numbers)
        _fill(parsed, f"order_line.{record}", (rows.get(number) for number in numbers))


def _codes(raw: matching.Raw, texts: list[Value]) -> list[Value]:
    """The code that a cell names: as a whole ("FREE BAG"), else the first known one of several."""
    several = {
        text: [folded(text), *(folded(part) for part in re.split(r"[,;|]", text) if part.strip())]
        for text in {str(text) for text in texts if text}
    }
    keys = {key for of_text in several.values() for key in of_text if key}
    rows = matching.rows_by_column(raw, "code", "code_key", keys, [])
    found = {
        text: next((rows[key][0][0] for key in of_text if key in rows), None)
        for text, of_text in several.items()
    }
    return [found.get(str(text)) if text else None for text in texts]


def _by_number(raw: matching.Raw, record: str, column: str, numbers: Iterable[Value]) -> dict[Any, int]:
    rows = matching.rows_by_column(raw, record, column, {str(n) for n in numbers if n}, [])
    return {number: found[0][0] for number, found in rows.items() if len(found) == 1}


def _fill(parsed: Parsed, target: str, found: Iterable[Value]) -> None:
    held = parsed.values.get(target)
    column = [own or new for own, new in zip(held or [None] * len(parsed), found, strict=True)]
    if any(column):
        parsed.values[target] = column


def _posts_by_link(raw: matching.Raw, parsed: Parsed, named: Named) -> None:
    links = parsed.column("deliverable.live_url")
    rows = _by_number(raw, "deliverable", "live_url", links)
    for i, text in enumerate(links):
        if text in rows:
            named.rows.setdefault(i, rows[text])


def _products_without_sku(raw: matching.Raw, parsed: Parsed, named: Named) -> None:
    skus, names = parsed.column("product.sku"), parsed.column("product.name")
    rows = _by_number(raw, "product", "name", [n for n, sku in zip(names, skus, strict=True) if not sku])
    for i, name in enumerate(names):
        if not skus[i] and name in rows:
            named.rows.setdefault(i, rows[name])


def _parcels(raw: matching.Raw, parsed: Parsed, named: Named) -> None:
    """Parcels by their number, else by the tracking number, else by the one open parcel to that recipient."""
    said = parsed.column("shipment.carrier_status")
    _fill(parsed, "shipment.status", (parcel_status(str(text)) or None if text else None for text in said))
    if "shipment.shipped_on" in parsed.values and "shipment.status" not in parsed.values:
        gone = parsed.values["shipment.shipped_on"]
        parsed.values["shipment.status"] = ["shipped" if day else None for day in gone]
    numbers, tracking = parsed.column("shipment.number"), parsed.column("shipment.tracking_number")
    by_number = _by_number(raw, "shipment", "number", numbers)
    by_tracking = _by_number(raw, "shipment", "tracking_number", tracking)
    names = [fold(str(name)) if name else "" for name in parsed.column("shipment.recipient")]
    open_ = _open_parcels(raw) if any(names) else {}
    for i, name in enumerate(names):
        waiting = open_.get(name, [])
        row = by_number.get(numbers[i]) or by_tracking.get(tracking[i])
        if row is None and len(waiting) == 1 and not (numbers[i] and "shipment.creator" in parsed.values):
            row = waiting[0]
        if row is not None:
            named.rows.setdefault(i, row)


def _open_parcels(raw: matching.Raw) -> dict[str, list[int]]:
    """The parcels without a tracking number by the name they go to."""
    found: dict[str, list[int]] = {}
    for number, recipient, name in matching.parcels_without_tracking(raw):
        found.setdefault(fold(recipient or name or ""), []).append(number)
    return found
