"""Noting what came in of a product, or what lies on the shelf after counting."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QSpinBox,
    QWidget,
)

from creator_crm.domain.errors import UserError
from creator_crm.domain.values.refused import ValueRefused
from creator_crm.ui.seeding.cost_line import CostLine
from creator_crm.ui.sending.contents import Offered
from creator_crm.ui.sending.dialog import offered
from creator_crm.ui.shared import buttons
from creator_crm.ui.shared.context import Context
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.form.dates import DateEditor
from creator_crm.ui.shared.form.question import fill
from creator_crm.ui.shared.text import number, tr

KINDS = (("received", "Came in"), ("counted", "Counted on the shelf"), ("lost", "Lost or broken"))


class ReceiveDialog(QDialog):
    """One line of the stock ledger. What is on hand before and after stands beside the quantity."""

    def __init__(
        self, context: Context, parent: QWidget, product: int = 0, variant: int | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Receive stock"))
        self._context, self._workspace = context, context.workspace
        self._offered = offered(self._workspace)
        movement = self._workspace.catalogue["stock_movement"]
        self.what = QComboBox(self)
        for place, one in enumerate(self._offered):
            self.what.addItem(one.name, place)
        places = [
            n for n, one in enumerate(self._offered) if (one.product, one.variant) == (product, variant)
        ]
        self.what.setCurrentIndex(places[0] if places else 0)
        self.kind = QComboBox(self)
        for value, label in KINDS:
            self.kind.addItem(tr(label), value)
        self.quantity = QSpinBox(self)
        self.quantity.setRange(0, 1_000_000)
        self.quantity.setValue(1)
        self.quantity.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.quantity.setMinimumWidth(110)
        self.after = plain_label("", "muted", parent=self)
        self.on = DateEditor(movement.field("moved_on"), self)
        self.on.show_value(date.today().isoformat())
        self.cost = CostLine(self._workspace, self)
        self.reason = QLineEdit(self)
        self.reason.setPlaceholderText(tr("Delivery note, supplier, …"))
        self.error = plain_label("", "error", wrap=True, parent=self)
        self.error.hide()
        self.note_button = buttons.button(tr("Note it"), "check", "primary", self)
        self.note_button.setDefault(True)
        self._build()
        for signal in (
            self.what.currentIndexChanged,
            self.kind.currentIndexChanged,
            self.quantity.valueChanged,
        ):
            signal.connect(self._tell_after)
        self.note_button.clicked.connect(self.note)
        self._tell_after()

    def note(self) -> None:
        """Write it down and close, or say in place why not."""
        chosen, kind, count = self._chosen, self.kind.currentData(), self.quantity.value()
        if chosen is None:
            return
        try:
            on, reason = self.on.read(), self.reason.text().strip()
            day = on if isinstance(on, str) else None
            if kind == "counted":
                done = self._workspace.count_stock(chosen.key, count, on=day, reason=reason)
            else:
                cost = self.cost.read() if kind == "received" else None
                done = self._workspace.move_stock(
                    chosen.key, kind, count, on=day, unit_cost=cost, reason=reason
                )
        except (UserError, ValueRefused) as refusal:
            self.error.setText(str(refusal))
            self.error.show()
            return
        self._context.tell_done(done)
        self.accept()

    @property
    def _chosen(self) -> Offered | None:
        place = self.what.currentData()
        return self._offered[place] if isinstance(place, int) else None

    def _tell_after(self) -> None:
        chosen = self._chosen
        self.note_button.setEnabled(chosen is not None)
        if chosen is None:
            self.after.setText(tr("Add a product first."))
            return
        count, kind = self.quantity.value(), self.kind.currentData()
        one = self._workspace.standing_of(chosen.product, chosen.variant)
        after = {"received": one.on_hand + count, "counted": count, "lost": one.on_hand - count}[kind]
        told = tr("{before} on hand, {reserved} of them reserved; then {after}")
        if not one.reserved:
            told = tr("{before} on hand, then {after}")
        self.after.setText(
            told.format(before=number(one.on_hand), reserved=number(one.reserved), after=number(after))
        )
        self.cost.show_article(chosen.product, chosen.variant)
        self.cost.setEnabled(kind == "received")

    def _build(self) -> None:
        many = QHBoxLayout()
        many.addWidget(self.quantity)
        many.addWidget(self.after, 1)
        rows: tuple[tuple[str, QWidget | QHBoxLayout, QWidget], ...] = (
            (tr("Product"), self.what, self.what),
            (tr("What happened"), self.kind, self.kind),
            (tr("Pieces"), many, self.quantity),
            (tr("On"), self.on, self.on),
            (tr("Cost of one"), self.cost, self.cost),
            (tr("Reason"), self.reason, self.reason),
        )
        fill(self, rows, self.error, self.note_button, 460)
