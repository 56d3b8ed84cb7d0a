"""The Stock tab: what there is of every product on a day, what it is worth, and what is on order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from creator_crm.compat import override
from creator_crm.domain.stock import LedgerLine, Standing, totals
from creator_crm.domain.stock_explained import FIGURES, LINES, ORDERS_APART
from creator_crm.domain.values.money import exponent
from creator_crm.domain.values.refused import ValueRefused
from creator_crm.ui.seeding.on_order_list import OnOrder
from creator_crm.ui.seeding.stock_explained import StockExplained
from creator_crm.ui.seeding.stock_model import COLUMNS, WHAT, StockModel
from creator_crm.ui.shared import buttons, theme
from creator_crm.ui.shared.context import Context
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.form.dates import DateEditor
from creator_crm.ui.shared.jobs import Progress
from creator_crm.ui.shared.layouts import fill_page, page_head
from creator_crm.ui.shared.rereading import Rereading
from creator_crm.ui.shared.table.empty import Empty
from creator_crm.ui.shared.table.plain import PlainTable
from creator_crm.ui.shared.text import counted, money, tr
from creator_crm.ui.shared.views_page import ReadTab

CONCERNS = ("product", "variant", "stock_movement", "incoming_stock", "shipment", "order", "order_line")


class StockTab(ReadTab):
    """Figures by article as of a day; each explains itself. Below, what is on order of the chosen one."""

    concerns = CONCERNS
    ledger_wanted = Signal(object, object)  # Standing, the kinds of movements
    products_wanted = Signal()
    shown = Signal()  # the figures on the screen are those of now

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("stock_tab")
        self._context, self._workspace = context, context.workspace
        self._reading = Rereading(context.jobs, self, self._read)
        self._wanted = 0  # the order to bring to the front once it is read
        self.on = DateEditor(self._workspace.catalogue["stock_movement"].field("moved_on"), self)
        self.on.setAccessibleName(tr("As of"))
        self.on.show_value(date.today().isoformat())
        self.today_button = buttons.button(tr("Today"), "", "quiet", self)
        self.today_button.hide()
        self.said = plain_label("", "muted", parent=self)
        self.model = StockModel(self)
        self.table = PlainTable(self.model, tr("Stock by product"), self)
        self.total = plain_label("", "", wrap=True, parent=self)
        self.apart = plain_label(tr(ORDERS_APART), "muted", wrap=True, parent=self)
        self.order = OnOrder(context, self)
        self.nothing = Empty(self)
        self.stack = QStackedWidget(self)
        self._build()
        self._connect()

    # What the page asks --------------------------------------------------------------------------------

    @property
    def chosen(self) -> Standing | None:
        """The article of the chosen line."""
        return self.model.article(self.table.currentIndex().row())

    def chosen_order(self) -> int:
        """The order chosen below, or the one that is about to be; 0 for none."""
        return self._wanted or self.order.chosen

    def show_order(self, number: int) -> None:
        """Bring the article to the front that an order is of."""
        self._wanted = number
        if not self._reading.running:
            self._choose_wanted()

    # What the user does --------------------------------------------------------------------------------

    def explain(self, row: int, name: str) -> None:
        """Open the formula, the inputs and the ledger lines of a figure."""
        one = self.model.article(row)
        if one is None or name not in FIGURES:
            return

        def read(_: Progress) -> tuple[int, list[LedgerLine]]:
            return self._workspace.ledger_behind(one, LINES[name]) if name in LINES else (0, [])

        self._context.jobs.run(
            tr("Reading the ledger"),
            read,
            done=partial(self._explain, one, name),
            owner=self,
            can_cancel=False,
        )

    # Inside --------------------------------------------------------------------------------------------

    @override
    def set_campaign(self, campaign: str | None) -> None:
        """Stock belongs to no campaign."""

    @override
    def _read(self) -> None:
        """Have everything read again; what changes meanwhile is read once, afterwards."""
        on = self._on
        self._reading.read(tr("Counting the stock"), lambda _: self._workspace.stock_on(on), self._take)

    @property
    def _on(self) -> str:
        try:
            typed = self.on.read()
        except ValueRefused:
            typed = None
        return typed if isinstance(typed, str) else date.today().isoformat()

    def _take(self, articles: Sequence[Standing]) -> None:
        chosen = self.chosen
        self.model.show(articles)
        self.stack.setCurrentIndex(0 if articles else 1)
        for widget in (self.on, self._as_of, *self.buttons.values()):
            widget.setVisible(bool(articles))
        places = [n for n, (one, _) in enumerate(self.model.lines) if chosen and _same(one, chosen)]
        if articles:
            self.table.setCurrentIndex(self.model.index(places[0] if places else 0, 0))
        self._show_chosen()
        self._tell_totals(articles)
        self._choose_wanted()
        self.shown.emit()

    def _tell_totals(self, articles: Sequence[Standing]) -> None:
        told = []
        for currency, (pieces, value, unknown) in totals(articles).items():
            line = tr("{pieces} on hand, worth {value}").format(
                pieces=counted(pieces, "piece", "pieces"), value=money(value, currency, exponent(currency))
            )
            if unknown:
                line += tr(" and {n} without a known cost").format(n=counted(unknown, "piece", "pieces"))
            told.append(line)
        order = sum(one.needs.is_pressing for one in articles)
        told += [tr("{n} to order").format(n=counted(order, "product", "products"))] if order else []
        self.total.setText("   ·   ".join(told))

    def _show_chosen(self) -> None:
        self.order.show_article(self.chosen)

    def _choose_wanted(self) -> None:
        row = self._workspace.row("incoming_stock", self._wanted) if self._wanted else None
        if row is None:
            return
        for place, (one, _) in enumerate(self.model.lines):
            if (one.kept.product, one.kept.variant) == (row.product, row.variant):
                self.table.setCurrentIndex(self.model.index(place, 0))
                self._show_chosen()
                self.order.choose(row.id)
                self._wanted = 0
                return

    def _explain(self, one: Standing, name: str, found: tuple[int, list[LedgerLine]]) -> None:
        for open_ in self.findChildren(StockExplained):
            if open_.isVisible():
                return
        dialog = StockExplained(name, one, *found, self)
        dialog.rows_wanted.connect(lambda _: self.ledger_wanted.emit(one, LINES.get(name, ())))
        dialog.open()

    def _on_clicked(self, index: QModelIndex) -> None:
        self.explain(index.row(), COLUMNS[index.column()][0])

    def _on_activated(self, index: QModelIndex) -> None:
        name = COLUMNS[index.column()][0]
        self.explain(index.row(), name if name in FIGURES else "available")

    def _on_day(self) -> None:
        try:
            self.on.read()
        except ValueRefused as refusal:
            self._say(str(refusal), "error")
            return
        self._say("")
        self.today_button.setVisible(self._on != date.today().isoformat())
        self._read()

    def _back_to_today(self) -> None:
        self.on.show_value(date.today().isoformat())
        self._on_day()

    def _say(self, sentence: str, role: str = "muted") -> None:
        self.said.setProperty("role", role)
        self.said.style().polish(self.said)
        self.said.setText(sentence)

    def _connect(self) -> None:
        self.on.committed.connect(self._on_day)
        self.today_button.clicked.connect(self._back_to_today)
        self.table.clicked.connect(self._on_clicked)
        self.table.activated.connect(self._on_activated)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_chosen())

    def _build(self) -> None:
        self._as_of = plain_label(tr("As of"), "muted")
        self.on.setFixedWidth(136)
        head = page_head(tr("Stock"), self._as_of, self.on, self.today_button, self.said)
        actions = self._context.actions
        kinds: tuple[tuple[str, buttons.Kind], ...] = (
            ("seeding.order_stock", ""),
            ("seeding.receive", "primary"),
        )
        self.buttons = {name: buttons.action_button(actions, name, kind, self) for name, kind in kinds}
        for button in self.buttons.values():
            head.addWidget(button)
        for section, (name, _, width) in enumerate(COLUMNS):
            self.table.setColumnWidth(section, width)
            if name == WHAT:
                self.table.horizontalHeader().setSectionResizeMode(
                    section, QHeaderView.ResizeMode.Interactive
                )
        self.table.setMinimumHeight(96)
        self.table.horizontalHeader().setStretchLastSection(True)
        above = QWidget(self)
        inside = QVBoxLayout(above)
        inside.setContentsMargins(0, 0, 0, theme.S)
        inside.setSpacing(theme.S)
        inside.addWidget(self.table, 1)
        inside.addWidget(self.total)
        inside.addWidget(self.apart)
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.setObjectName("seeding_stock")
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(above)
        self.splitter.addWidget(self.order)
        self.splitter.setSizes([420, 220])
        self._context.keep_splitter(self.splitter)
        self.nothing.say(
            tr("Nothing to count yet. Bring in your product list, or write the first product down."),
            tr("Add a product"),
            "package",
        )
        self.nothing.button.clicked.connect(self.products_wanted.emit)
        self.stack.addWidget(self.splitter)
        self.stack.addWidget(self.nothing)
        fill_page(self, head, self.stack)
        self.setFocusProxy(self.table)


def _same(one: Standing, other: Standing) -> bool:
    return (one.kept.product, one.kept.variant, not one.parts) == (
        other.kept.product,
        other.kept.variant,
        not other.parts,
    )
