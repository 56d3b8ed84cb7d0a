"""Stock on order: noting what was ordered, and what of it has arrived."""

from __future__ import annotations

from abc import abstractmethod
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QLineEdit, QWidget

from creator_crm.compat import override
from creator_crm.domain.errors import UserError
from creator_crm.domain.values.refused import ValueRefused
from creator_crm.ui.seeding.cost_line import CostLine
from creator_crm.ui.sending.dialog import offered
from creator_crm.ui.shared import buttons
from creator_crm.ui.shared.context import Context
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.form.dates import DateEditor
from creator_crm.ui.shared.form.number_box import NumberBox
from creator_crm.ui.shared.form.question import fill
from creator_crm.ui.shared.text import number, tr

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLayout, QPushButton

MOST = 1_000_000
WIDTH = 460


class _Asks(QDialog):
    """A dialog of a few lines that writes one thing down, or says in place why not."""

    def __init__(self, context: Context, title: str, label: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._context, self._workspace = context, context.workspace
        self.error = plain_label("", "error", wrap=True, parent=self)
        self.error.hide()
        self.note_button: QPushButton = buttons.button(label, "check", "primary", self)
        self.note_button.setDefault(True)
        self.note_button.clicked.connect(self.note)

    def note(self) -> None:
        """Write it down and close, or say in place why not."""
        try:
            self._write()
        except (UserError, ValueRefused) as refusal:
            self.error.setText(str(refusal))
            self.error.show()
            return
        self._context.tell_done(self._workspace.store.last_changes)
        self.accept()

    @abstractmethod
    def _write(self) -> None:
        """Write down what was typed. Raises UserError and ValueRefused."""

    def _fill(self, *rows: tuple[str, QWidget | QLayout, QWidget]) -> None:
        fill(self, rows, self.error, self.note_button, WIDTH)

    def _day(self, field: str, on: str | None) -> DateEditor:
        made = DateEditor(self._workspace.catalogue["incoming_stock"].field(field), self)
        if on:
            made.show_value(on)
        return made


class OrderDialog(_Asks):
    """What was ordered from whom, when it is expected and what it costs."""

    def __init__(
        self, context: Context, parent: QWidget, product: int = 0, variant: int | None = None
    ) -> None:
        super().__init__(context, tr("Order stock"), tr("Note the order"), parent)
        self._offered = offered(self._workspace)
        self.what = QComboBox(self)
        for place, one in enumerate(self._offered):
            self.what.addItem(one.name, place)
        places = [
            n for n, one in enumerate(self._offered) if (one.product, one.variant) == (product, variant)
        ]
        places += [n for n, one in enumerate(self._offered) if one.product == product]
        self.what.setCurrentIndex(places[0] if places else 0)
        self.pieces = NumberBox(1, MOST, self)
        self.pieces.setValue(100)
        self.ordered = self._day("ordered_on", date.today().isoformat())
        self.expected = self._day("expected_on", None)
        self.supplier = QLineEdit(self)
        self.cost = CostLine(self._workspace, self)
        self._fill(
            (tr("Product"), self.what, self.what),
            (tr("Pieces"), self.pieces, self.pieces),
            (tr("Ordered on"), self.ordered, self.ordered),
            (tr("Expected on"), self.expected, self.expected),
            (tr("Supplier"), self.supplier, self.supplier),
            (tr("Cost of one"), self.cost, self.cost),
        )
        self.what.currentIndexChanged.connect(self._on_what)
        self._on_what()

    @override
    def _write(self) -> None:
        place = self.what.currentData()
        if not isinstance(place, int):
            raise UserError(tr("Add a product first."))
        ordered, expected = self.ordered.read(), self.expected.read()
        self._workspace.order_stock(
            self._offered[place].key,
            self.pieces.value(),
            ordered_on=ordered if isinstance(ordered, str) else None,
            expected_on=expected if isinstance(expected, str) else None,
            supplier=self.supplier.text().strip(),
            unit_cost=self.cost.read(),
        )

    def _on_what(self) -> None:
        place = self.what.currentData()
        self.note_button.setEnabled(isinstance(place, int))
        if not isinstance(place, int):
            self.error.setText(tr("Add a product first."))
            self.error.show()
            return
        one = self._offered[place]
        self.cost.show_article(one.product, one.variant)
        days = self._workspace.row("product", one.product).lead_time_days
        hint = tr("{n} days from the order") if days is not None else tr("when it should be here")
        self.expected.setPlaceholderText(hint.format(n=number(days or 0)))


class ArrivedDialog(_Asks):
    """How much of an order has come, and when; the rest stays on order."""

    def __init__(self, context: Context, parent: QWidget, order: int) -> None:
        super().__init__(context, tr("Stock has arrived"), tr("It is here"), parent)
        self._order: Any = self._workspace.row("incoming_stock", order)
        article = self._workspace.titles("product", [self._order.product])[self._order.product]
        if self._order.variant:
            name = self._workspace.titles("variant", [self._order.variant])[self._order.variant]
            article = name if name.startswith(article) else f"{article} · {name}"
        what = plain_label(article, wrap=True)
        self.pieces = NumberBox(1, MOST, self)
        self.pieces.setValue(self._order.quantity)
        self.rest = plain_label("", "muted", parent=self)
        self.on = self._day("arrived_on", date.today().isoformat())
        many = QHBoxLayout()
        many.addWidget(self.pieces)
        many.addWidget(self.rest, 1)
        self._fill(
            (tr("Product"), what, what),
            (tr("Pieces"), many, self.pieces),
            (tr("On"), self.on, self.on),
        )
        self.pieces.valueChanged.connect(self._tell_rest)
        self._tell_rest()

    @override
    def _write(self) -> None:
        on = self.on.read()
        day = on if isinstance(on, str) else None
        self._workspace.arrived([self._order.id], on=day, pieces=self.pieces.value())

    def _tell_rest(self) -> None:
        rest = self._order.quantity - self.pieces.value()
        told = tr("of {n}; {rest} stay on order") if rest > 0 else tr("of {n} on order")
        self.rest.setText(told.format(n=number(self._order.quantity), rest=number(rest)))
