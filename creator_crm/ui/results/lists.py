"""The lists behind the figures: orders, codes, posts and payments, each with the panel that fits it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from creator_crm.domain.conditions import Condition, Op
from creator_crm.ui.results.panels import CodePanel, PaymentPanel
from creator_crm.ui.shared.context import Context
from creator_crm.ui.shared.form.sections import Section
from creator_crm.ui.shared.panel.panel import RecordPanel
from creator_crm.ui.shared.panel.parts import PartsList
from creator_crm.ui.shared.records_view import RecordsView, Shape
from creator_crm.ui.shared.table.look import Look
from creator_crm.ui.shared.text import tr

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

ORDERS = Shape(
    record="order",
    title="Orders",
    sort="-ordered_on",
    board="status",
    empty=(
        "No orders yet. Save them from Shopify, TikTok Shop or your own shop as a file and bring them in.",
        "Import orders",
        "results.import",
    ),
    head=("list.add", "results.import"),
    columns=("number", "ordered_on", "status", "total", "creator", "code", "shop", "refunded", "campaign"),
)
CODES = Shape(
    record="code",
    title="Codes",
    sort="-orders",
    board="status",
    empty=(
        "No code yet. A code of their own tells which orders a creator brought.",
        "Add a code",
        "list.add",
    ),
    actions=("results.leaked",),
    columns=("code", "creator", "status", "orders", "percent_off", "campaign", "ends_on", "link"),
)
POSTS = Shape(
    record="deliverable",
    title="Posts",
    sort="-live_on",
    empty=(
        "No post is live yet. Log one as soon as it is, or bring in a list of videos from TikTok.",
        "Import posts",
        "results.import_posts",
    ),
    actions=("results.open_post",),
    head=("results.import_posts",),
    columns=(
        "name",
        "creator",
        "live_on",
        "platform",
        "views",
        "likes",
        "comments",
        "shares",
        "saves",
        "hook",
    ),
    begins=Look(where=Condition("status", Op.IN, ("live",)), sort=("-live_on",)),
)
PAYMENTS = Shape(
    record="payment",
    title="Payments",
    sort="-due_on",
    board="status",
    empty=(
        "Nothing is owed or paid yet. Fees, commissions and bonuses go here.",
        "Add a payment",
        "list.add",
    ),
    actions=("results.pay",),
    cards=("creator", "amount", "kind", "due_on"),
    columns=("creator", "amount", "status", "due_on", "kind", "paid_on", "campaign", "invoice_number"),
)

_ORDER = (
    Section("", ("number", "shop", "ordered_on", "status", "is_sample")),
    Section("Whose it is", ("code", "creator", "campaign", "deliverable", "code_text", "landing")),
    Section("Money", ("currency", "subtotal", "discount", "shipping", "tax", "total", "refunded")),
    Section("Buyer", ("customer", "customer_key", "country")),
    Section("More", ("shop_status", "external_id", "cancelled_on", "notes")),
)
_POST = (
    Section("", ("name", "creator", "campaign", "live_on", "live_url")),
    Section("What it is", ("format", "platform", "hook", "funnel_stage", "product")),
    Section("Tracking", ("code", "link", "post_id")),
    Section("Notes", ("notes",)),
)


def orders_view(context: Context) -> RecordsView:
    """The tab of the orders."""
    return RecordsView(context, ORDERS, _order_panel)


def codes_view(context: Context) -> RecordsView:
    """The tab of the codes."""
    return RecordsView(context, CODES, CodePanel)


def payments_view(context: Context) -> RecordsView:
    """The tab of the payments."""
    return RecordsView(context, PAYMENTS, PaymentPanel)


def posts_view(context: Context) -> RecordsView:
    """The tab of the live posts; the filter can be taken away like any other."""
    return RecordsView(context, POSTS, _post_panel)


def _order_panel(context: Context, parent: QWidget) -> RecordPanel:
    source = context.workspace
    panel = RecordPanel(
        source,
        "order",
        parent,
        chips=("status", "shop"),
        caption=("ordered_on", "total", "pieces"),
        sections=_ORDER,
    )
    lines = PartsList(source, "order_line", "order", names=("name", "sku", "quantity", "total"))
    panel.add_tab(tr("Articles"), lines, 1)
    return panel


def _post_panel(context: Context, parent: QWidget) -> RecordPanel:
    source = context.workspace
    panel = RecordPanel(
        source,
        "deliverable",
        parent,
        chips=("status", "platform", "format"),
        caption=("live_on", "views", "likes"),
        sections=_POST,
    )
    names = ("measured_on", "views", "likes", "comments", "shares", "saves", "clicks")
    panel.add_tab(tr("Measured"), PartsList(source, "post_metrics", "deliverable", names=names), 1)
    return panel
