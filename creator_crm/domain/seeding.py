"""Seeding: the parcels that take products to creators, from draft to the post they lead to."""

from __future__ import annotations

from creator_crm.domain import fields as f
from creator_crm.domain.aliases import also
from creator_crm.domain.campaigns import CURRENCIES
from creator_crm.domain.creators import whose
from creator_crm.domain.fields import Choice, Derived, Row, record

SHIPMENT_STATUSES = (
    Choice("draft", "Draft", "grey"),
    Choice("approved", "Approved", "teal"),
    Choice("packed", "Packed", "amber"),
    Choice("shipped", "Shipped", "blue"),
    Choice("in_transit", "In transit", "violet"),
    Choice("delivered", "Delivered", "green"),
    Choice("returned", "Returned", "pink"),
    Choice("lost", "Lost", "red"),
)

PARCEL_KINDS = (
    Choice("gift", "Gift", "pink"),
    Choice("sample", "Sample ordered in the shop", "teal"),
    Choice("refundable_sample", "Refundable sample", "blue"),
    Choice("loan", "Loan", "amber"),
    Choice("replacement", "Replacement", "grey"),
)


@record(
    label="Parcel",
    plural="Parcels",
    key=("number",),
    title="creator",
    named=("number", "creator"),
    icon="truck",
    unique=(("number",),),
)
class Shipment(Row):
    """One parcel to one creator, with the address as it was on that day, from draft to the post."""

    number: str | None = f.identifier(
        "Number",
        searchable=True,
        shown=True,
        ordered=True,
        width=14,
        help="Your number of the parcel; carriers give it back with the tracking number.",
        aliases=also(
            """order number; order id; order reference; order - number; reference; shipment number; batch;
            auftragsnummer; bestellnummer"""
        ),
    )
    creator: int | None = whose()
    campaign: int | None = f.reference("Campaign", references="campaign", indexed=True, shown=True, width=20)
    status: str | None = f.choice(
        "Status",
        choices=SHIPMENT_STATUSES,
        default="draft",
        shown=True,
        indexed=True,
        ordered=True,
        width=12,
    )
    kind: str | None = f.choice("Kind", choices=PARCEL_KINDS, default="gift", width=16)
    contents: str | None = f.text(
        "Contents",
        derived=Derived("shipment_item", "shipment", "sku", pick="join"),
        searchable=True,
        shown=True,
        editable=False,
        width=18,
    )
    pieces: int | None = f.count(
        "Pieces",
        derived=Derived("shipment_item", "shipment", "quantity", pick="sum"),
        editable=False,
        width=8,
    )
    carrier: str | None = f.text(
        "Carrier",
        searchable=True,
        shown=True,
        width=14,
        aliases=also(
            """carrier - name; shipment - carrier; shipping provider name; shipping provider; courier;
            versanddienst; transportista; transporteur"""
        ),
    )
    service: str | None = f.text(
        "Service",
        width=16,
        aliases=also("shipment - service; service code; requested service; shipping method; delivery option"),
    )
    carrier_service: int | None = f.reference(
        "Carrier service",
        references="carrier_service",
        indexed=True,
        width=22,
        fills=("carrier", "service=name", "currency", "postage=price"),
        help="One of the services you use, with its usual price.",
    )
    tracking_number: str | None = f.identifier(
        "Tracking number",
        whole=True,
        searchable=True,
        shown=True,
        indexed=True,
        personal=True,
        width=22,
        aliases=also(
            """tracking; tracking id; tracking no; tracking code; shipment - tracking number; awb; parcel id;
            sendungsnummer; trackingnummer; número de seguimiento; numéro de suivi; เลขพัสดุ"""
        ),
    )
    currency: str | None = f.choice("Currency", choices=CURRENCIES, default="EUR", width=10)
    postage: int | None = f.money(
        "Postage",
        currency="currency",
        shown=True,
        width=11,
        aliases=also("cost; shipping cost; label cost; shipping fee; postage cost; porto; versandkosten"),
    )
    duties: int | None = f.money("Duties", currency="currency", width=11, aliases=also("customs duty costs"))
    customs_value: int | None = f.money(
        "Customs value", currency="currency", width=13, aliases=also("order value; declared value")
    )
    weight: int | None = f.count("Weight (g)", width=11)
    approved_on: str | None = f.day("Approved on", width=12)
    ship_by: str | None = f.day(
        "Ship by", shown=True, indexed=True, width=12, aliases=also("date - ship by date; ship before")
    )
    packed_on: str | None = f.day("Packed on", width=12)
    shipped_on: str | None = f.day(
        "Shipped on",
        shown=True,
        indexed=True,
        ordered=True,
        width=12,
        aliases=also(
            """ship date; shipped time; date - shipped date; shipped date; fulfilled at; fulfillment date;
            date shipped; versendet am; enviado el; expédié le"""
        ),
    )
    delivered_on: str | None = f.day(
        "Delivered on",
        shown=True,
        indexed=True,
        ordered=True,
        width=12,
        aliases=also("delivered time; delivery date; date delivered; zugestellt am; entregado el; livré le"),
    )
    scanned_on: str | None = f.day(
        "Last scan",
        width=12,
        help="The last day the carrier said anything about this parcel.",
        aliases=also("last update; last updated; last checkpoint; last event; last scanned"),
    )
    returned_on: str | None = f.day("Returned on", width=12)
    lost_on: str | None = f.day("Lost on", width=12)
    follows: int | None = f.reference(
        "Follows parcel",
        references="shipment",
        indexed=True,
        width=20,
        help="The parcel that this one replaces, or whose rest it brings.",
    )
    order_id: str | None = f.identifier(
        "Order in the shop",
        searchable=True,
        indexed=True,
        width=20,
        help="The number of the order with which a creator asked for a sample in your shop.",
        aliases=also("shop order; shop order id; sample order id; tiktok order id"),
    )
    no_post_expected: bool = f.flag(
        "No post expected",
        width=15,
        help="A present without strings: no nudges, and it counts for no post rate.",
    )
    posted_on: str | None = f.day(
        "Posted on",
        derived=Derived("deliverable", "shipment", "live_on", pick="min"),
        shown=True,
        editable=False,
        width=12,
        help="The day of the first post that shows what was in this parcel.",
    )
    posts: int | None = f.count(
        "Posts",
        derived=Derived("deliverable", "shipment", "live_on", pick="count"),
        editable=False,
        width=8,
    )
    nudges: int | None = f.count(
        "Nudges", default=0, width=8, help="How often the creator was reminded of the post."
    )
    nudged_on: str | None = f.day("Last nudge", width=12)
    extended_on: str | None = f.day(
        "More time since",
        width=14,
        help="The day on which the creator of a sample was given a week more to post; once.",
    )
    ghosted_on: str | None = f.day(
        "Given up on", indexed=True, width=12, help="The day you stopped waiting for a post."
    )
    recipient: str | None = f.text(
        "Recipient",
        personal=True,
        searchable=True,
        width=20,
        aliases=also("ship to - name; recipient name; shipping name; ship name; ship to; name"),
    )
    street: str | None = f.text(
        "Street",
        personal=True,
        width=26,
        aliases=also(
            """ship to - address 1; address line 1; recipient address line 1; shipping address1;
            shipping street; detail address; ship address1; address"""
        ),
    )
    street_2: str | None = f.text(
        "Street, 2nd line",
        personal=True,
        width=18,
        aliases=also("ship to - address 2; address line 2; recipient address line 2; shipping address2"),
    )
    city: str | None = f.text(
        "City",
        personal=True,
        width=16,
        aliases=also("ship to - city; shipping city; recipient town; ship city"),
    )
    region: str | None = f.text(
        "State or region",
        personal=True,
        width=14,
        aliases=also("ship to - state; shipping province; recipient county; ship state; state; province"),
    )
    postcode: str | None = f.identifier(
        "Postcode",
        personal=True,
        width=10,
        aliases=also(
            "ship to - postal code; shipping zip; recipient postcode; ship zipcode; zipcode; zip; plz"
        ),
    )
    country: str | None = f.country(
        "Country",
        width=12,
        aliases=also("ship to - country; shipping country; recipient country; ship country"),
    )
    phone: str | None = f.phone(
        "Phone",
        personal=True,
        width=16,
        aliases=also("ship to - phone; shipping phone; recipient mobile; phone #"),
    )
    gift_message: str | None = f.long_text(
        "Gift message",
        personal=True,
        width=30,
        help="What you say to the creator on the card or slip in the parcel.",
        aliases=also("gift - message; gift note; message to the recipient; card text"),
    )
    notes: str | None = f.long_text(
        "Notes",
        searchable=True,
        personal=True,
        width=30,
        help="For yourself; never printed.",
        aliases=also("note; delivery instruction; special instructions"),
    )


@record(
    label="Carrier service",
    plural="Carrier services",
    key=("carrier", "name"),
    title="name",
    named=("carrier", "name"),
    icon="truck",
)
class CarrierService(Row):
    """One way of sending that the brand uses: whose, what it costs, and how long it usually takes."""

    carrier: str | None = f.text("Carrier", required=True, searchable=True, shown=True, width=16)
    name: str | None = f.text("Service", required=True, searchable=True, shown=True, width=22)
    code: str | None = f.identifier(
        "Service code", shown=True, width=14, help="As the carrier's own program calls the service."
    )
    abroad: bool = f.flag("Abroad", shown=True, width=9)
    currency: str | None = f.choice("Currency", choices=CURRENCIES, default="EUR", width=10)
    price: int | None = f.money("Price", currency="currency", shown=True, width=11)
    package: str | None = f.text("Package type", width=16, help="As the carrier's own program calls it.")
    length: float | None = f.number("Length (cm)", width=11)
    width: float | None = f.number("Width (cm)", width=11)
    height: float | None = f.number("Height (cm)", width=11)
    box_weight: int | None = f.count("Weight of the box (g)", width=17)
    usual_days: int | None = f.count(
        "Usual days", shown=True, width=11, help="Until a parcel is usually there."
    )
    stuck_after_days: int | None = f.count(
        "Stuck after days", shown=True, width=15, help="Days without a scan until a parcel counts as stuck."
    )
    archived: bool = f.flag("Archived", width=10)
    notes: str | None = f.long_text("Notes", searchable=True, width=30)


@record(
    label="Parcel item",
    plural="Parcel items",
    key=("shipment", "sku"),
    title="sku",
    named=("product", "sku"),
    icon="gift",
)
class ShipmentItem(Row):
    """One product in one parcel, with what it cost on that day."""

    shipment: int | None = f.reference(
        "Parcel",
        aliases=("shipment",),
        references="shipment",
        owned=True,
        required=True,
        indexed=True,
        shown=True,
        width=20,
    )
    product: int | None = f.reference(
        "Product",
        references="product",
        indexed=True,
        shown=True,
        width=26,
        fills=("sku", "unit_cost=cost"),
    )
    variant: int | None = f.reference(
        "Variant",
        references="variant",
        indexed=True,
        shown=True,
        width=18,
        fills=("product", "sku", "unit_cost=cost"),
    )
    sku: str | None = f.identifier(
        "SKU", searchable=True, shown=True, width=14, aliases=also("item - sku; seller sku; item sku")
    )
    quantity: int | None = f.count(
        "Quantity", required=True, default=1, shown=True, width=10, aliases=also("qty; item - qty; items")
    )
    currency: str | None = f.choice("Currency", choices=CURRENCIES, default="EUR", width=10)
    unit_cost: int | None = f.money(
        "Cost of one", currency="currency", shown=True, width=12, help="As it was on the day of shipping."
    )
