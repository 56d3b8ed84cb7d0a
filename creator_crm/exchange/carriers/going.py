"""A parcel as shipping programs ask for it, and the units they want its weight and value in."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from creator_crm.domain.frozen import immutable
from creator_crm.domain.values.money import format_plain

_GRAMS = {"g": Decimal(1), "kg": Decimal(1000), "oz": Decimal("28.349523125"), "lb": Decimal("453.59237")}


@immutable
class Goods:
    """Some pieces of one article; `worth` is that of all of them in minor units, `weight` of one in grams."""

    sku: str
    name: str
    quantity: int
    worth: int | None = None
    weight: int | None = None
    description: str = ""
    code: str = ""
    origin: str = ""  # two letters


@immutable
class Going:
    """A parcel on its way to a carrier: weight in grams, worth in minor units, measures in cm.

    abroad: it leaves its sender's country, so that customs want to know what is in it.
    """

    number: str
    day: str  # on which it was approved, ISO 8601
    recipient: str
    street: str
    street_2: str
    city: str
    region: str
    postcode: str
    country: str  # two letters
    goods: tuple[Goods, ...]
    email: str = ""
    phone: str = ""
    notes: str = ""
    weight: int | None = None
    worth: int | None = None
    currency: str = ""
    service: str = ""
    package: str = ""
    length: float | None = None
    width: float | None = None
    height: float | None = None
    ship_by: str = ""
    abroad: bool = False


def weighed(grams: int | None, unit: str, decimals: int) -> str:
    """A weight as plain digits in a unit, half up; "" for none: 250 g is "8.82" oz."""
    if not grams:
        return ""
    return str((grams / _GRAMS[unit]).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))


def priced(minor: int | None, currency: str) -> str:
    """An amount as plain digits, "" for none."""
    return format_plain(minor, currency) if minor and currency else ""


def each(goods: Goods, currency: str) -> str:
    """What one piece is worth, half up to the smallest unit of the currency."""
    if not goods.worth or not currency:
        return ""
    one = (Decimal(goods.worth) / max(goods.quantity, 1)).quantize(Decimal(1), ROUND_HALF_UP)
    return format_plain(int(one), currency)
