"""Royal Mail Click & Drop: one line a parcel at home, abroad one for each article with what customs ask.

Lengths and forms: help.parcel.royalmail.com, “Order Import spreadsheet field specifications”; the columns of
parcels at home stand as a public converter writes them, and are matched in Click & Drop.
"""

from __future__ import annotations

import re

from creator_crm.domain.values.places import country_name
from creator_crm.domain.values.refused import ValueRefused
from creator_crm.exchange.carriers.going import Going, Goods, each, priced, weighed
from creator_crm.exchange.carriers.layout import Column, Layout, address_line

_LINE = 100
_DIGITS = 11  # “CSV imports currently only support a numeric string of 11 or lower characters”


def _day(iso: str) -> str:
    """DD/MM/YY."""
    return f"{iso[8:10]}/{iso[5:7]}/{iso[2:4]}" if len(iso) >= 10 else ""


def _phone(parcel: Going) -> str:
    """A British number as it is dialled at home, others with their +."""
    number = re.sub(r"[^\d+]", "", parcel.phone)
    return f"0{number.removeprefix('+44')}" if number.startswith("+44") else number


def _length(centimetres: float | None) -> str:
    return f"{centimetres:g}" if centimetres else ""


def _sku(goods: Goods | None) -> str:
    """Not one that the import would damage: the name tells the article as well."""
    sku = goods.sku if goods else ""
    return "" if sku.isdecimal() and len(sku) > _DIGITS else sku


def _country(code: str) -> str:
    """The name in English; a code that has none here stays what it is."""
    try:
        return country_name(code) if code else ""
    except ValueRefused:
        return code


def _worth(parcel: Going) -> str:
    """In pounds at home, where no column says the currency."""
    return priced(parcel.worth, parcel.currency) if parcel.abroad or parcel.currency == "GBP" else ""


def _of(parcel: Going, goods: Goods | None, name: str) -> str:
    return str(getattr(goods, name) or "") if goods and parcel.abroad else ""


ROYAL_MAIL = Layout(
    name="royalmail",
    label="Click & Drop",
    columns=(
        Column("Order reference", lambda p, _: p.number, "The number", limit=40, digits=_DIGITS),
        Column("Order date", lambda p, _: _day(p.day)),
        Column("Recipient name", lambda p, _: p.recipient, "The recipient", limit=200, latin=True),
        Column("Recipient email", lambda p, _: p.email, "The e-mail", limit=100),
        Column("Recipient mobile", lambda p, _: _phone(p), "The phone number", limit=25, digits=_DIGITS),
        Column("Recipient address line 1", address_line(1, 3, _LINE), "The street", limit=_LINE),
        Column("Recipient address line 2", address_line(2, 3, _LINE), "The street", limit=_LINE),
        Column("Recipient address line 3", address_line(3, 3, _LINE), "The street", limit=_LINE),
        Column("Recipient town", lambda p, _: p.city, "The city", limit=100),
        Column("Recipient county", lambda p, _: p.region, "The state or region", limit=100),
        Column("Recipient postcode", lambda p, _: p.postcode, "The postcode", limit=20),
        Column("Recipient country", lambda p, _: _country(p.country)),
        Column("Weight", lambda p, _: weighed(p.weight, "kg", 3)),
        Column("Length", lambda p, _: _length(p.length)),
        Column("Width", lambda p, _: _length(p.width)),
        Column("Depth", lambda p, _: _length(p.height)),
        Column("Order value", lambda p, _: _worth(p), "The customs value", limit=6),
        Column("Service code", lambda p, _: p.service, "The service", limit=100),
    ),
    abroad=(
        Column("Currency code", lambda p, _: p.currency if p.abroad and p.worth else ""),
        Column("Product SKU", lambda p, g: _sku(g) if p.abroad else "", "The SKU", limit=100),
        Column("Product name", lambda p, g: _of(p, g, "name"), "The name of the product"),
        Column("Quantity", lambda p, g: _of(p, g, "quantity")),
        Column("Unit price", lambda p, g: each(g, p.currency) if g and p.abroad else ""),
        Column("Product weight", lambda p, g: weighed(g.weight, "kg", 3) if g and p.abroad else ""),
        Column("Customs description", lambda p, g: _of(p, g, "description")),
        Column("Product customs code", lambda p, g: _of(p, g, "code"), "The customs code", limit=10),
        Column("Country of origin", lambda p, g: _country(_of(p, g, "origin"))),
    ),
    home="GB",
    by_goods=lambda parcel: parcel.abroad,
    advice="In Click & Drop choose Import orders; match the columns once under Settings, Import settings.",
)
