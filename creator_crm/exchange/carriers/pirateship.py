"""Pirate Ship: one line a parcel in any spreadsheet, whose columns are matched by name.

The header is that of a public encoder which Pirate Ship takes in, UTF-8 with its mark, CRLF; for parcels
abroad it is followed by what customs ask, to be matched on Pirate Ship's own page.
"""

from __future__ import annotations

from creator_crm.exchange.carriers.going import priced, weighed
from creator_crm.exchange.carriers.layout import Column, Layout, address_line, contents, joined

_LONG = 1_000  # no published length: lines are not wrapped

PIRATE_SHIP = Layout(
    name="pirateship",
    label="Pirate Ship",
    columns=(
        Column("Order ID", lambda p, _: p.number),
        Column("Name", lambda p, _: p.recipient),
        Column("Company", lambda p, _: ""),
        Column("Address", address_line(1, 2, _LONG)),
        Column("Address 2", address_line(2, 2, _LONG)),
        Column("City", lambda p, _: p.city),
        Column("State", lambda p, _: p.region),
        Column("Zipcode", lambda p, _: p.postcode),
        Column("Country", lambda p, _: p.country),
        Column("Email", lambda p, _: p.email),
        Column("Weight", lambda p, _: weighed(p.weight, "oz", 2)),
        Column("Weight Unit", lambda p, _: "oz" if p.weight else ""),
        Column("Items", lambda p, _: contents(p)),
    ),
    abroad=(
        Column("Phone", lambda p, _: p.phone),
        Column("Customs Description", lambda p, g: joined(p, g, "description") if p.abroad else ""),
        Column("Customs Value", lambda p, _: priced(p.worth, p.currency) if p.abroad else ""),
        Column("Customs Currency", lambda p, _: p.currency if p.abroad and p.worth else ""),
        Column("HS Code", lambda p, g: joined(p, g, "code") if p.abroad else ""),
        Column("Country of Origin", lambda p, g: joined(p, g, "origin") if p.abroad else ""),
    ),
    endings=(".csv", ".xlsx"),
    encoding="utf-8-sig",
    home="US",
    advice="On Pirate Ship choose Ship, Upload a Spreadsheet. Order ID comes back with the tracking number.",
)
