"""The Products tab: what is sent and what is left of it, with variants and the ledger behind the stock."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from creator_crm.compat import override
from creator_crm.domain.fields import Row
from creator_crm.domain.products import Product
from creator_crm.ui.shared import buttons, theme
from creator_crm.ui.shared.context import Context
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.form.sections import Section
from creator_crm.ui.shared.panel.group import Group
from creator_crm.ui.shared.panel.panel import RecordPanel
from creator_crm.ui.shared.panel.parts import PartsList
from creator_crm.ui.shared.records_view import RecordsView, Shape
from creator_crm.ui.shared.text import number, tr

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
    whole=True,
)
LEDGER = Shape(
    record="stock_movement",
    title="Ledger",
    sort="-moved_on",
    empty=(
        "Nothing has come in or gone out yet. Note what you received; parcels book themselves.",
        "Receive stock",
        "seeding.receive",
    ),
    head=("seeding.receive",),
    whole=True,
    adds="seeding.receive",
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


def ledger_view(context: Context) -> RecordsView:
    """The tab of the ledger; a line is added by saying what came in or was counted."""
    return RecordsView(context, LEDGER)


class ProductPanel(RecordPanel):
    """The record panel of a product, with its stock above the tabs."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        source = self._workspace = context.workspace
        super().__init__(source, "product", parent, chips=("category",), caption=("sku",), sections=SECTIONS)
        self.stock = plain_label("", wrap=True, parent=self)
        self.receive_button = buttons.button(tr("Receive stock"), "download", "", self)
        self.receive_button.clicked.connect(context.actions["seeding.receive"].trigger)
        row = QHBoxLayout()
        row.setContentsMargins(theme.M, 0, theme.M, 0)
        row.addWidget(self.stock, 1)
        row.addWidget(self.receive_button)
        self.put_above(row)
        variants = PartsList(source, "variant", "product", names=("name", "sku", "stock", "price"))
        movements = PartsList(
            source, "stock_movement", "product", names=("moved_on", "kind", "quantity", "reason")
        )
        movements.add_button.hide()  # the ledger is written by parcels, and by saying what came in
        movements.remove_button.hide()
        on_order = PartsList(
            source,
            "incoming_stock",
            "product",
            names=("expected_on", "quantity", "variant", "arrived_on", "supplier", "unit_cost"),
        )
        self.add_tab(tr("Variants"), variants)
        for part in (movements, on_order):
            part.failed.connect(self.failed)
        stock = {tr("Movements"): movements, tr("On order"): on_order}
        self.add_tab(tr("Stock"), Group(tr("Stock"), stock, self))

    @override
    def _show_header(self, row: Row | None) -> None:
        super()._show_header(row)
        if isinstance(row, Product) and "stock" in vars(self):
            self.stock.setText(self._what_there_is(row.id))

    def _what_there_is(self, product: int) -> str:
        one = self._workspace.standing_of(product, None)
        words = [tr("{n} available").format(n=number(one.available))]
        if one.reserved:
            told = tr("{n} on hand, {reserved} of them reserved")
            words.append(told.format(n=number(one.on_hand), reserved=number(one.reserved)))
        if one.on_order:
            words.append(tr("{n} on order").format(n=number(one.on_order)))
        if (level := one.kept.reorder_level) is not None:
            low = tr("at or below the {level} where you reorder")
            high = tr("you reorder at {level}")
            words.append((high if one.needs.state == "fine" else low).format(level=number(level)))
        return ", ".join(words)


def _panel(context: Context, parent: QWidget) -> RecordPanel:
    return ProductPanel(context, parent)
