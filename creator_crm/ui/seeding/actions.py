"""What can be done on the Seeding page, declared once."""

from __future__ import annotations

from functools import partial

from creator_crm.ui.shared.actions import Action, Need

TABS = {
    "parcels": "Parcels",
    "no_post": "No post yet",
    "funnel": "Funnel",
    "products": "Products",
    "stock": "Stock",
    "ledger": "Ledger",
    "planner": "Planner",
}
RECORDS = ("shipment", "shipment_item", "product", "variant", "stock_movement", "incoming_stock")

_Seeding = partial(Action, menu="Seeding", page="seeding")
_Selected = partial(_Seeding, needs=Need.SELECTION, in_context_menu=True, group=20)

SEEDING = (
    _Seeding("seeding.send", "New parcel…", "Send a product to one or many creators", icon="truck", group=10),
    _Seeding(
        "seeding.receive", "Receive stock…", "Note what has come in of a product", icon="download", group=10
    ),
    _Seeding(
        "seeding.print",
        "Print…",
        "Packing slips, address labels, gift notes and the pick list, for the selected parcels or all ready",
        icon="printer",
        group=15,
        in_context_menu=True,
    ),
    _Seeding(
        "seeding.sender",
        "Sender address…",
        "The address that your parcels come from",
        icon="map-pin",
        group=40,
    ),
    _Seeding(
        "seeding.order_stock", "Order stock…", "Note what was ordered from a supplier", icon="store", group=10
    ),
    _Seeding("seeding.arrived", "Arrived…", "Note that stock on order is here", icon="package", group=10),
    _Seeding(
        "seeding.carrier_file",
        "Carrier file…",
        "A file for Pirate Ship, ShipStation, Shippo or Click & Drop, of the selected parcels or all ready",
        icon="file-down",
        group=15,
        in_context_menu=True,
    ),
    _Seeding(
        "seeding.look_at_numbers",
        "Look at tracking numbers…",
        "Whose numbers these are, and whether they can be right",
        icon="hash",
        group=40,
    ),
    _Selected("seeding.approve", "Approve", "Approve the parcels; their stock is reserved", icon="check"),
    _Selected("seeding.pack", "Packed", "Note that the parcels are packed", icon="package"),
    _Selected("seeding.ship", "Shipped", "Note that the parcels left today", icon="truck"),
    _Selected("seeding.deliver", "Delivered", "Note that the parcels arrived today", icon="circle-check"),
    _Selected("seeding.lost", "Lost", "Note that the parcels were lost on their way", icon="circle-x"),
    _Selected(
        "seeding.reship",
        "Send again",
        "Send what a lost or returned parcel held once more",
        icon="refresh-cw",
    ),
    _Selected(
        "seeding.let_go",
        "Do not send",
        "Put parcels that have not left into the trash; what they hold of the stock is free again",
        icon="trash-2",
    ),
    _Selected("seeding.split", "Split off…", "Send some of what is in the parcel later", icon="scissors"),
    _Selected("seeding.track", "Follow the parcel", "Open the carrier's page of the parcel", icon="globe"),
    _Selected("seeding.write", "Write…", "Write to the creator about the parcel", icon="send"),
    _Seeding(
        "seeding.stuck",
        "What is stuck",
        "Parcels that have not moved for too long, by where they hang",
        icon="triangle-alert",
        group=15,
    ),
    _Seeding(
        "seeding.patience", "When it is stuck…", "After how many days a parcel counts as stuck", group=40
    ),
    _Selected("seeding.nudge", "Remind…", "Remind the creators of their posts", icon="bell", group=30),
    _Selected(
        "seeding.extend",
        "7 days more",
        "Give the creators of samples a week longer, once",
        icon="clock",
        group=30,
    ),
    _Selected("seeding.give_up", "Stop waiting", "Note that no post will come", icon="eye-off", group=30),
    _Seeding(
        "seeding.clocks", "Time to post…", "How long creators have to post, by the kind of parcel", group=40
    ),
    _Seeding(
        "seeding.same_product",
        "The same product again…",
        "Within how many days you are told that a creator had a product already",
        group=40,
    ),
    _Seeding(
        "seeding.tiers",
        "Tiers of followers…",
        "From how many followers on a creator is in which tier",
        group=40,
    ),
)
STEPS = {
    "seeding.approve": "approved",
    "seeding.pack": "packed",
    "seeding.ship": "shipped",
    "seeding.deliver": "delivered",
    "seeding.lost": "lost",
}
