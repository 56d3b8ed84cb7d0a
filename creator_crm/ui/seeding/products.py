"""The Products tab: what is sent and what is left of it, with variants and the ledger behind the stock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from creator_crm.compat import override
from creator_crm.ui.shared.context import Context
from creator_crm.ui.shared.form.sections import Section
from creator_crm.ui.shared.panel.panel import RecordPanel
from creator_crm.ui.shared.panel.parts import PartsList
from creator_crm.ui.shared.records_view import RecordsView, Shape
from creator_crm.ui.shared.text import tr

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

PRODUCTS = Shape(
    record="product",
    title="Products",
    sort="name",
    empty=(
        "Nothing to send yet. Bring in your product list, or write the first product down.",
        "Add a product",
        "list.add",
    ),
    actions=("seeding.receive",),
    head=("seeding.receive", "list.add"),
)
STOCK = Shape(
    record="stock_movement",
    title="Stock",
    sort="-moved_on",
    empty=(
        "Nothing has come in or gone out yet. Note what you received; parcels book themselves.",
        "Receive stock",
        "seeding.receive",
    ),
    head=("seeding.receive",),
)
SECTIONS = (
    Section("", ("name", "sku", "category", "link", "picture")),
    Section("Stock", ("reorder_level", "lead_time_days", "weight")),
    Section("Money", ("price", "cost", "currency")),
    Section("More", ("barcode", "platform_id", "customs_code", "made_in", "notes", "archived")),
)


def products_view(context: Context) -> RecordsView:
    """The tab of the products."""
    return RecordsView(context, PRODUCTS, _panel)


class StockView(RecordsView):
    """The ledger; a line is added by saying what came in or was counted."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, STOCK)

    @override
    def add(self) -> None:
        self._context.actions.trigger("seeding.receive")


def _panel(context: Context, parent: QWidget) -> RecordPanel:
    source = context.workspace
    panel = RecordPanel(
        source, "product", parent, chips=("category",), caption=("sku", "price", "stock"), sections=SECTIONS
    )
    variants = PartsList(source, "variant", "product", names=("name", "sku", "stock", "price"))
    movements = PartsList(
        source, "stock_movement", "product", names=("moved_on", "kind", "quantity", "reason")
    )
    panel.add_tab(tr("Variants"), variants)
    panel.add_tab(tr("Movements"), movements)
    return panel
