"""Shippo: its default template, a line for each article; only number, day and article on the further ones.

The template has no columns for customs, as another converter states too; they are filled in on its page.
"""

from __future__ import annotations

from creator_crm.exchange.carriers.going import Goods, each, priced, weighed
from creator_crm.exchange.carriers.layout import Column, Layout, address_line

_LONG = 1_000  # no published length: lines are not wrapped
_ON_EVERY_LINE = frozenset(
    {"Order Number", "Order Date", "Item Title", "SKU", "Quantity", "Item Price", "Item Weight",
     "Item Weight Unit"}
)  # fmt: skip


def _of(goods: Goods | None, name: str) -> str:
    return str(getattr(goods, name) or "") if goods else ""


SHIPPO = Layout(
    name="shippo",
    label="Shippo",
    columns=(
        Column("Order Number", lambda p, _: p.number),
        Column("Order Date", lambda p, _: p.day[:10]),
        Column("Recipient Name", lambda p, _: p.recipient),
        Column("Email", lambda p, _: p.email),
        Column("Phone", lambda p, _: p.phone),
        Column("Company", lambda p, _: ""),
        Column("Street Line 1", address_line(1, 2, _LONG)),
        Column("Street Line 2", address_line(2, 2, _LONG)),
        Column("City", lambda p, _: p.city),
        Column("State/Province", lambda p, _: p.region),
        Column("Zip/Postal Code", lambda p, _: p.postcode),
        Column("Country", lambda p, _: p.country),
        Column("Item Title", lambda _, g: _of(g, "name")),
        Column("SKU", lambda _, g: _of(g, "sku")),
        Column("Quantity", lambda _, g: _of(g, "quantity")),
        Column("Item Price", lambda p, g: each(g, p.currency) if g else ""),
        Column("Item Weight", lambda _, g: weighed(g.weight, "lb", 4) if g else ""),
        Column("Item Weight Unit", lambda _, g: "lb" if g and g.weight else ""),
        Column("Order Amount", lambda p, _: priced(p.worth, p.currency)),
        Column("Order Currency", lambda p, _: p.currency if p.worth else ""),
        Column("Order Weight", lambda p, _: weighed(p.weight, "lb", 4)),
        Column("Order Weight Unit", lambda p, _: "lb" if p.weight else ""),
    ),
    by_goods=lambda _: True,
    repeated=_ON_EVERY_LINE,
    advice="In Shippo choose Orders, Upload CSV. It takes no customs facts from files; add them there.",
)
