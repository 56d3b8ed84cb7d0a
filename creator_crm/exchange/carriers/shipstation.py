"""ShipStation: a line for each article, matched in its wizard; lines of one order number make one order.

Headings are the wizard's own “Group - Field” names. Lengths: ShipStation's help, “ODBC Data Mapping”. An
order number that is there already is updated, so a file sent twice makes no second order.
"""

from __future__ import annotations

from creator_crm.exchange.carriers.going import Going, Goods, each, priced, weighed
from creator_crm.exchange.carriers.layout import Column, Layout, address_line

_LONG = 1_000  # no published length: lines are not wrapped


def _day(iso: str) -> str:
    """MM/DD/YYYY, as its files say days."""
    year, _, rest = iso[:10].partition("-")
    return f"{rest.replace('-', '/')}/{year}" if rest else ""


def _of(goods: Goods | None, name: str) -> str:
    return str(getattr(goods, name) or "") if goods else ""


def _customs(parcel: Going, goods: Goods | None, name: str) -> str:
    return _of(goods, name) if parcel.abroad else ""


SHIPSTATION = Layout(
    name="shipstation",
    label="ShipStation",
    columns=(
        Column("Order - Number", lambda p, _: p.number, "The number", limit=50),
        Column("Date - Order Date", lambda p, _: _day(p.day)),
        Column("Date - Ship By Date", lambda p, _: _day(p.ship_by)),
        Column("Ship To - Name", lambda p, _: p.recipient),
        Column("Ship To - Company", lambda p, _: ""),
        Column("Ship To - Address 1", address_line(1, 3, _LONG)),
        Column("Ship To - Address 2", address_line(2, 3, _LONG)),
        Column("Ship To - Address 3", address_line(3, 3, _LONG)),
        Column("Ship To - City", lambda p, _: p.city),
        Column("Ship To - State", lambda p, _: p.region),
        Column("Ship To - Postal Code", lambda p, _: p.postcode),
        Column("Ship To - Country", lambda p, _: p.country),
        Column("Ship To - Phone", lambda p, _: p.phone),
        Column("Customer - Email", lambda p, _: p.email),
        Column("Item - SKU", lambda _, g: _of(g, "sku"), "The SKU", limit=50),
        Column("Item - Name", lambda _, g: _of(g, "name"), "The name of the product", limit=200),
        Column("Item - Qty", lambda _, g: _of(g, "quantity")),
        Column("Item - Price", lambda p, g: each(g, p.currency) if g else ""),
        Column("Item - Weight (oz)", lambda _, g: weighed(g.weight, "oz", 2) if g else ""),
        Column("Order - Weight (oz)", lambda p, _: weighed(p.weight, "oz", 2)),
        Column("Amount - Order Total", lambda p, _: priced(p.worth, p.currency)),
        Column("Shipment - Service", lambda p, _: p.service),
        Column("Notes - Internal", lambda p, _: p.notes, "The note", limit=1000),
    ),
    abroad=(
        Column("Customs - Description", lambda p, g: _customs(p, g, "description")),
        Column("Customs - Value", lambda p, g: priced(g.worth, p.currency) if g and p.abroad else ""),
        Column("Customs - Quantity", lambda p, g: _customs(p, g, "quantity")),
        Column("Customs - Tariff No.", lambda p, g: _customs(p, g, "code"), "The customs code", limit=30),
        Column("Customs - Country", lambda p, g: _customs(p, g, "origin")),
    ),
    by_goods=lambda _: True,
    advice="In ShipStation choose Orders, Import Orders, and match the columns once; it remembers them.",
)
