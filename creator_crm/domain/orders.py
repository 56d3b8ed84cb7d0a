"""Codes, and the orders of all shops: several lines an order, each order counted once."""

from __future__ import annotations

from creator_crm.domain import fields as f
from creator_crm.domain.aliases import also
from creator_crm.domain.campaigns import CURRENCIES
from creator_crm.domain.fields import Choice, Derived, Row, record

CODE_KINDS = (
    Choice("discount_code", "Discount code", "green"),
    Choice("link", "Link", "blue"),
    Choice("code_and_link", "Code and link", "teal"),
    Choice("affiliate", "Affiliate", "pink"),
)

CODE_STATUSES = (
    Choice("planned", "Planned", "grey"),
    Choice("active", "Active", "green"),
    Choice("paused", "Paused", "amber"),
    Choice("leaked", "Leaked", "red"),
    Choice("ended", "Ended", "teal"),
)

SHOPS = (
    Choice("tiktok_shop", "TikTok Shop", "pink"),
    Choice("shopify", "Shopify", "green"),
    Choice("woocommerce", "WooCommerce", "violet"),
    Choice("amazon", "Amazon", "amber"),
    Choice("etsy", "Etsy", "red"),
    Choice("other", "Other", "grey"),
)

ORDER_STATUSES = (
    Choice("unpaid", "Unpaid", "grey"),
    Choice("paid", "Paid", "blue"),
    Choice("shipped", "Shipped", "violet"),
    Choice("completed", "Completed", "green"),
    Choice("refunded", "Refunded", "amber"),
    Choice("cancelled", "Cancelled", "red"),
)

COMMISSION_STATUSES = (
    Choice("pending", "Estimated", "amber"),
    Choice("settled", "Settled", "green"),
    Choice("ineligible", "Ineligible", "red"),
    Choice("frozen", "Frozen", "blue"),
)

CUSTOMERS = (Choice("new", "New", "green"), Choice("returning", "Returning", "blue"))


@record(label="Code", plural="Codes", key=("code",), title="code", icon="qr-code", unique=(("code_key",),))
class Code(Row):
    """A discount code or tracked link of a creator in a campaign: it tells that an order came from them."""

    code: str | None = f.identifier(
        "Code",
        required=True,
        searchable=True,
        shown=True,
        ordered=True,
        width=16,
        aliases=also("discount code; coupon; coupon code; promo code; voucher; discount name; gutscheincode"),
    )
    code_key: str | None = f.text("Code, folded", folds="code", hidden=True, editable=False)
    creator: int | None = f.reference("Creator", references="creator", indexed=True, shown=True, width=22)
    campaign: int | None = f.reference("Campaign", references="campaign", indexed=True, shown=True, width=20)
    product: int | None = f.reference("Product", references="product", indexed=True, width=22)
    kind: str | None = f.choice("Kind", choices=CODE_KINDS, default="discount_code", shown=True, width=14)
    status: str | None = f.choice(
        "Status", choices=CODE_STATUSES, default="active", shown=True, indexed=True, width=10
    )
    percent_off: int | None = f.percent(
        "Discount", shown=True, width=10, aliases=also("percent off; discount %")
    )
    currency: str | None = f.choice("Currency", choices=CURRENCIES, default="EUR", width=10)
    amount_off: int | None = f.money("Discount, amount", currency="currency", width=15)
    commission: int | None = f.percent("Commission", width=12, aliases=also("commission rate"))
    link: str | None = f.url(
        "Link", searchable=True, shown=True, width=30, aliases=also("tracking link; url")
    )
    utm_source: str | None = f.text("utm_source", width=12)
    utm_medium: str | None = f.text("utm_medium", width=12)
    utm_campaign: str | None = f.text("utm_campaign", width=16)
    utm_term: str | None = f.text("utm_term", width=16)
    utm_content: str | None = f.text("utm_content", width=16)
    starts_on: str | None = f.day("Starts on", width=12, aliases=also("start date; valid from"))
    ends_on: str | None = f.day(
        "Ends on", shown=True, indexed=True, width=12, aliases=also("end date; valid until")
    )
    leaked_on: str | None = f.day("Leaked on", width=12, help="First seen where it does not belong.")
    orders: int | None = f.count(
        "Orders",
        derived=Derived("order", "code", "number", pick="count"),
        shown=True,
        editable=False,
        width=9,
    )
    notes: str | None = f.long_text("Notes", searchable=True, width=30)


@record(
    label="Order",
    plural="Orders",
    key=("shop", "number"),
    title="number",
    icon="store",
    unique=(("shop", "number"),),
)
class Order(Row):
    """One order of one buyer, whatever number of lines it has; counted once."""

    number: str | None = f.identifier(
        "Order number",
        required=True,
        searchable=True,
        shown=True,
        ordered=True,
        width=21,
        aliases=also(
            """order id; order number; order no; order name; name; order - number; amazon-order-id; order-id;
            order_id; bestellnummer; auftragsnummer; número de pedido; numéro de commande; id pesanan;
            หมายเลขคำสั่งซื้อ; 订单号; 注文番号"""
        ),
    )
    shop: str | None = f.choice(
        "Shop",
        choices=SHOPS,
        required=True,
        default="shopify",
        shown=True,
        width=13,
        aliases=("sales channel",),
    )
    external_id: str | None = f.identifier("ID in the shop", indexed=True, width=20, aliases=("id",))
    ordered_on: str | None = f.day(
        "Ordered on",
        shown=True,
        indexed=True,
        ordered=True,
        width=12,
        help="The day as the shop counts it.",
        aliases=also(
            """created at; created time; time created; order date; order_date; date - order date; sale date;
            purchase-date; paid at; paid time; datum; bestelldatum; fecha; date de commande; วันที่สั่งซื้อ"""
        ),
    )
    ordered_at: str | None = f.moment("Ordered at", width=17)
    status: str | None = f.choice(
        "Status",
        choices=ORDER_STATUSES,
        default="paid",
        shown=True,
        indexed=True,
        ordered=True,
        width=12,
    )
    shop_status: str | None = f.text(
        "Status in the shop",
        width=18,
        help="In the shop's own words.",
        aliases=also("order status; order_status; financial status; order substatus; delivery status"),
    )
    is_sample: bool = f.flag("Sample", indexed=True, width=9, help="A sample for a creator is no sale.")
    creator: int | None = f.reference(
        "Creator", references="creator", indexed=True, ordered=True, shown=True, width=22
    )
    campaign: int | None = f.reference("Campaign", references="campaign", indexed=True, shown=True, width=20)
    code: int | None = f.reference(
        "Code",
        references="code",
        indexed=True,
        ordered=True,
        shown=True,
        width=14,
        fills=("creator", "campaign"),
    )
    deliverable: int | None = f.reference(
        "Post", references="deliverable", indexed=True, width=24, fills=("creator", "campaign")
    )
    code_text: str | None = f.text(
        "Codes used",
        searchable=True,
        width=16,
        help="As the shop wrote them; there may be several.",
        aliases=also("discount code; coupon code; discount name; promotion-ids"),
    )
    currency: str | None = f.choice(
        "Currency",
        choices=CURRENCIES,
        default="EUR",
        width=10,
        aliases=also("order currency; order_currency; währung; moneda; devise; สกุลเงิน"),
    )
    subtotal: int | None = f.money(
        "Goods",
        currency="currency",
        width=12,
        help="What the goods cost the buyer, the discount taken off, without postage.",
        aliases=also("subtotal; sku subtotal after discount; cart base amount; item total; payment amount"),
    )
    discount: int | None = f.money(
        "Discount", currency="currency", shown=True, width=11, aliases=also("discount amount; discount total")
    )
    shipping: int | None = f.money(
        "Postage paid",
        currency="currency",
        width=12,
        aliases=also("shipping; shipping fee after discount; shipping total; order shipping"),
    )
    tax: int | None = f.money(
        "Tax", currency="currency", width=11, aliases=also("taxes; tax total; order sales tax; sales tax")
    )
    total: int | None = f.money(
        "Total",
        currency="currency",
        shown=True,
        ordered=True,
        width=12,
        aliases=also(
            """order amount; order total; order_total; amount - order total; gmv; gesamtbetrag; importe total;
            montant total"""
        ),
    )
    refunded: int | None = f.money(
        "Refunded",
        currency="currency",
        shown=True,
        width=11,
        aliases=also("refunded amount; order refund amount; refund amount"),
    )
    lines: int | None = f.count(
        "Lines", derived=Derived("order_line", "order", "line", pick="count"), editable=False, width=7
    )
    pieces: int | None = f.count(
        "Pieces", derived=Derived("order_line", "order", "quantity", pick="sum"), editable=False, width=8
    )
    customer: str | None = f.choice(
        "Customer is", choices=CUSTOMERS, width=12, help="New, or has bought from you before."
    )
    customer_key: str | None = f.identifier(
        "Customer",
        personal=True,
        indexed=True,
        width=22,
        help="What the shop knows the buyer by: an e-mail or a customer number.",
        aliases=also(
            "email; buyer username; customer id; customer_id; billing_email; kundenemail; buyer-email"
        ),
    )
    country: str | None = f.country(
        "Country", width=12, aliases=also("shipping country; ship country; shipping_country; ship-country")
    )
    landing: str | None = f.text(
        "Came by", searchable=True, width=22, help="The link or source the shop noted.", aliases=("source",)
    )
    cancelled_on: str | None = f.day("Cancelled on", width=12, aliases=also("cancelled at; cancelled time"))
    notes: str | None = f.long_text(
        "Notes", searchable=True, personal=True, width=30, aliases=("seller note",)
    )


def _commission(label: str, aliases: str) -> int | None:
    made: int | None = f.money(label, currency="currency", width=16, aliases=also(aliases))
    return made


@record(
    label="Order line",
    plural="Order lines",
    key=("order", "line"),
    title="name",
    named=("order", "name"),
    icon="hash",
    unique=(("order", "line"),),
)
class OrderLine(Row):
    """One article of an order, with the affiliate commission on it, estimated and settled."""

    order: int | None = f.reference(
        "Order", references="order", owned=True, required=True, indexed=True, shown=True, width=21
    )
    line: str | None = f.identifier(
        "Line", required=True, width=21, help="SKU ID and post ID where the file has them, else its place."
    )
    name: str | None = f.text(
        "Article",
        searchable=True,
        shown=True,
        width=28,
        aliases=also("lineitem name; product name; item name; item - name; product-name; ชื่อสินค้า"),
    )
    product: int | None = f.reference("Product", references="product", indexed=True, shown=True, width=24)
    variant: int | None = f.reference(
        "Variant", references="variant", indexed=True, width=18, fills=("product",)
    )
    sku: str | None = f.identifier(
        "SKU", searchable=True, shown=True, width=14, aliases=also("seller sku; lineitem sku; item - sku")
    )
    sku_id: str | None = f.identifier("SKU ID", indexed=True, width=20, aliases=("id ของ sku",))
    quantity: int | None = f.count(
        "Quantity",
        default=1,
        shown=True,
        width=10,
        aliases=also("lineitem quantity; qty; item - qty; items sold; สินค้าที่ขายได้"),
    )
    returned: int | None = f.count(
        "Returned", width=10, aliases=also("sku quantity of return; items refunded; สินค้าที่มีการคืนเงิน")
    )
    currency: str | None = f.choice("Currency", choices=CURRENCIES, default="EUR", width=10)
    unit_price: int | None = f.money(
        "Price of one",
        currency="currency",
        shown=True,
        width=12,
        aliases=also("lineitem price; sku unit original price; price; item price; item-price; ราคา"),
    )
    discount: int | None = f.money(
        "Discount", currency="currency", width=11, aliases=also("lineitem discount; sku seller discount")
    )
    total: int | None = f.money(
        "Total",
        currency="currency",
        shown=True,
        width=12,
        aliases=also("sku subtotal after discount; payment amount; item total"),
    )
    creator_handle: str | None = f.handle(
        "Creator named",
        personal=True,
        searchable=True,
        shown=True,
        indexed=True,
        width=20,
        help="As the platform wrote the name; the proof of whose sale it is.",
        aliases=also("creator username; creator name; creator"),
    )
    content_id: str | None = f.identifier(
        "Post ID", indexed=True, width=21, aliases=also("content id; video id; รหัสเนื้อหา")
    )
    content_type: str | None = f.text("Kind of post", width=14, aliases=also("content type; ประเภทเนื้อหา"))
    commission_status: str | None = f.choice(
        "Commission is", choices=COMMISSION_STATUSES, shown=True, width=14
    )
    commission_rate: int | None = f.percent(
        "Commission rate", width=15, aliases=("standard commission rate",)
    )
    commission_estimated: int | None = _commission(
        "Commission, estimated", "est. standard commission payment; est. standard commission; est. commission"
    )
    commission_actual: int | None = _commission(
        "Commission, settled", "actual commission payment; standard commission"
    )
    ads_commission_estimated: int | None = _commission(
        "Shop Ads commission, estimated", "est. shop ads commission payment; est. shop ads commission"
    )
    ads_commission_actual: int | None = _commission(
        "Shop Ads commission, settled", "actual shop ads commission payment; shop ads commission"
    )
    bonus_estimated: int | None = _commission("Bonus, estimated", "est. co-funded creator bonus; est. bonus")
    bonus_actual: int | None = _commission("Bonus, settled", "actual co-funded creator bonus; bonus")
    settled_on: str | None = f.day(
        "Settled on", width=12, aliases=also("time commission paid; commission settlement date")
    )
