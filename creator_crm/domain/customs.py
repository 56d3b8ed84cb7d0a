"""What customs ask of a parcel that leaves the country of its sender, and what of it is not known yet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from creator_crm.domain.frozen import immutable

FACTS = {
    "customs_code": "the customs code",
    "customs_description": "the customs description",
    "made_in": "the country it was made in",
}
"""What is asked of every product, by the field of the product that holds it."""


@immutable
class Lacking:
    """A fact that is missing, and whose it is: a product's name, or "" for the parcel itself."""

    product: str
    what: str


def lacking(parcel: Any, products: Iterable[Any]) -> tuple[Lacking, ...]:
    """What is missing on the form for customs; `products` are those in the parcel, each once."""
    found = [] if parcel.customs_value else [Lacking("", "the customs value")]
    for product in products:
        for field, what in FACTS.items():
            if not getattr(product, field, None):
                found.append(Lacking(str(product.name or product.sku or ""), what))
    return tuple(found)


def told(missing: Iterable[Lacking]) -> str:
    """One sentence of all that is missing: "Customs will ask for …", "" when nothing is."""
    by_product: dict[str, list[str]] = {}
    for one in missing:
        by_product.setdefault(one.product, []).append(one.what)
    parts = [_listed(what) + (f" of “{product}”" if product else "") for product, what in by_product.items()]
    return f"This parcel goes abroad and still lacks {'; '.join(parts)}." if parts else ""


def _listed(words: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))
