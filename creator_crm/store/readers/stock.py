"""What seeding asks: which article an SKU names and how much is left, where parcels go, what is in them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from creator_crm.domain.frozen import immutable
from creator_crm.domain.normal import folded
from creator_crm.store.readers.picked import THESE, by_number, picked
from creator_crm.store.store import Store


@immutable
class Article:
    """A product, or one variant of it, with what is left of it."""

    product: int
    variant: int | None
    name: str
    sku: str | None
    stock: int
    weight: int | None
    cost: int | None
    currency: str


_COLUMNS = """
    SELECT p.id, NULL, p.name, p.sku, coalesce(p.stock, 0), p.weight, p.cost, coalesce(p.currency, 'EUR')
    FROM product p WHERE p.deleted_at IS NULL AND {product}
    UNION ALL
    SELECT p.id, v.id, p.name || ' · ' || v.name, v.sku, coalesce(v.stock, 0), coalesce(v.weight, p.weight),
        coalesce(v.cost, p.cost), coalesce(iif(v.cost IS NULL, p.currency, v.currency), 'EUR')
    FROM variant v JOIN product p ON p.id = v.product
    WHERE v.deleted_at IS NULL AND p.deleted_at IS NULL AND {variant}
"""


def articles_by_sku(store: Store, skus: Iterable[str]) -> dict[str, Article]:
    """The articles with these SKUs, by the SKU as it was given."""
    keys = {sku: folded(sku) for sku in skus}
    these = json.dumps([key for key in keys.values() if key])
    found = _articles(store, f"p.sku_key IN {THESE}", f"v.sku_key IN {THESE}", [these, these])
    by_key = {folded(article.sku): article for article in found}
    return {sku: by_key[key] for sku, key in keys.items() if key in by_key}


def articles_by_number(store: Store, numbers: Iterable[tuple[int, int | None]]) -> list[Article]:
    """The articles of these (product, variant) numbers."""
    pairs = list(numbers)
    products = json.dumps([product for product, variant in pairs if variant is None])
    variants = json.dumps([variant for _, variant in pairs if variant is not None])
    return _articles(store, f"p.id IN {THESE}", f"v.id IN {THESE}", [products, variants])


def reserved(store: Store, article: Article) -> int:
    """How many pieces of an article on the shelf are set aside for parcels, and so not in its stock."""
    whose = "variant = :variant" if article.variant else "product = :product"
    sql = (
        "SELECT coalesce(-sum(quantity), 0) FROM stock_movement "
        f"WHERE deleted_at IS NULL AND kind IN ('reserved', 'released') AND {whose}"
    )
    with store.read_raw() as raw:
        found = raw.execute(sql, {"product": article.product, "variant": article.variant}).fetchone()
    return int(found[0])


def _articles(store: Store, product: str, variant: str, values: Sequence[str]) -> list[Article]:
    with store.read_raw() as raw:
        rows = raw.execute(_COLUMNS.format(product=product, variant=variant), values).fetchall()
    return [Article(*row) for row in rows]


def addresses(store: Store, creators: Iterable[int]) -> dict[int, Any]:
    """The address of each creator that a parcel can go to: their default one, else the newest."""
    rows = picked(
        store,
        "address",
        f"t.creator IN {THESE} AND t.street IS NOT NULL AND coalesce(t.city, t.postcode) IS NOT NULL",
        [json.dumps(list(creators))],
        order="t.is_default, t.id",
    )
    return {row.creator: row for row in rows}


def people(store: Store, creators: Iterable[int]) -> dict[int, Any]:
    """The living creators among these numbers."""
    return by_number(store, "creator", creators)


def shipments(store: Store, numbers: Iterable[int]) -> list[Any]:
    """The living parcels among these numbers."""
    return list(by_number(store, "shipment", numbers).values())


def items(store: Store, numbers: Iterable[int]) -> list[Any]:
    """What is in these parcels."""
    return picked(store, "shipment_item", f"t.shipment IN {THESE}", [json.dumps(list(numbers))])
