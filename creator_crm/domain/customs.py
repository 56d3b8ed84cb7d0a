"""What customs ask of a parcel that leaves the country of its sender, and what of it is not known yet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from creator_crm.domain.frozen import immutable

FACTS = {
    "customs_code": "code",
    "customs_description": "description",
    "made_in": "country of origin",
}
"""What is asked of every product, by the field of the product that holds it."""


@immutable
class Lacking:
    """A fact that is missing, and whose it is: a product's name, or "" for the parcel itself."""

    product: str
    what: str


def lacking(parcel: Any, products: Iterable[Any]) -> tuple[Lacking, ...]:
    """What is missing on the form for customs; `products` are those in the parcel, each once."""
    found = [] if parcel.customs_value else [Lacking("", "value")]
    for product in products:
        for field, what in FACTS.items():
            if not getattr(product, field, None):
                found.append(Lacking(str(product.name or product.sku or ""), what))
    return tuple(found)


def told(missing: Iterable[Lacking]) -> str:
    """One sentence of all that is missing, products that lack the same together; "" when nothing is."""
    by_product: dict[str, list[str]] = {}
    for one in missing:
        by_product.setdefault(one.product, []).append(one.what)
    alike: dict[tuple[str, ...], list[str]] = {}
    for product, what in by_product.items():
        alike.setdefault(tuple(what), []).append(f"“{product}”" if product else "")
    parts = [
        f"the {_listed(list(what))} of {_listed(products)}" if any(products) else f"its {_listed(list(what))}"
        for what, products in alike.items()
    ]
    return f"For customs this parcel still lacks {'; '.join(parts)}." if parts else ""


def _listed(words: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))
