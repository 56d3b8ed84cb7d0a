"""What lines of a list point at without naming it: the creator behind a handle, the post behind a number."""

from __future__ import annotations

import re

from creator_crm.domain.fields import Value
from creator_crm.domain.normal import folded
from creator_crm.domain.values.handles import fold_handle
from creator_crm.exchange.rehearsal import Parsed
from creator_crm.exchange.settling.orders import SAMPLES
from creator_crm.services.importing.lookups import by_number, fill
from creator_crm.services.importing.naming import Named
from creator_crm.services.importing.parcels import link_parcels
from creator_crm.store.readers import matching


def link(raw: matching.Raw, shape: str, parsed: Parsed, named: Named) -> None:
    """Complete a list in place with the rows its lines point at."""
    if shape == "orders":
        _orders(raw, parsed)
    elif shape == "posts":
        _posts_by_link(raw, parsed, named)
    elif shape == "shipment":
        link_parcels(raw, parsed, named)
    elif shape == "product":
        _products_without_sku(raw, parsed, named)


def _orders(raw: matching.Raw, parsed: Parsed) -> None:
    samples, buyers = parsed.column(SAMPLES), parsed.column("order.customer_key")
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
    fill(parsed, "order.creator", (people.get(key) for key in keys))
    fill(parsed, "order.code", _codes(raw, parsed.column("order.code_text")))
    posts = parsed.column("order_line.content_id")
    known = by_number(raw, "deliverable", "post_id", posts)
    fill(parsed, "order.deliverable", (known.get(post) for post in posts))
    for own, record, column in (
        ("sku_id", "variant", "platform_id"),
        ("product_number", "product", "platform_id"),
    ):
        numbers = parsed.column(f"order_line.{own}")
        rows = by_number(raw, record, column, numbers)
        fill(parsed, f"order_line.{record}", (rows.get(number) for number in numbers))


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


def _posts_by_link(raw: matching.Raw, parsed: Parsed, named: Named) -> None:
    links = parsed.column("deliverable.live_url")
    rows = by_number(raw, "deliverable", "live_url", links)
    for i, text in enumerate(links):
        if text in rows:
            named.rows.setdefault(i, rows[text])


def _products_without_sku(raw: matching.Raw, parsed: Parsed, named: Named) -> None:
    skus, names = parsed.column("product.sku"), parsed.column("product.name")
    rows = by_number(raw, "product", "name", [n for n, sku in zip(names, skus, strict=True) if not sku])
    for i, name in enumerate(names):
        if not skus[i] and name in rows:
            named.rows.setdefault(i, rows[name])
