"""Sending a product to one or many creators: who, what, for which campaign; one step to undo."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QPushButton,
    QWidget,
)

from creator_crm.domain.errors import UserError
from creator_crm.domain.query import Query
from creator_crm.domain.values.refused import ValueRefused
from creator_crm.ui.sending.contents import Contents, Offered
from creator_crm.ui.sending.receivers import Receivers
from creator_crm.ui.shared import buttons, theme
from creator_crm.ui.shared.context import Context
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.form.dates import DateEditor
from creator_crm.ui.shared.form.editors import ChoiceEditor
from creator_crm.ui.shared.form.question import column_of, ending, fill_with_records, lines
from creator_crm.ui.shared.text import counted, tr


class SendDialog(QDialog):
    """Asks for everything a parcel needs; `sent` gives the numbers of the parcels that were made."""

    sent = Signal(object)  # tuple[int, ...]

    def __init__(
        self, context: Context, parent: QWidget, creators: Sequence[int] = (), campaign: int | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Send a product"))
        self._context, self._workspace = context, context.workspace
        shipment = self._workspace.catalogue["shipment"]
        self.people = Receivers(self._workspace, self)
        self.contents = Contents(self)
        self.campaign = QComboBox(self)
        self.campaign.setAccessibleName(tr("Campaign"))
        self.kind = ChoiceEditor(shipment.field("kind"), self, empty=False)
        self.kind.show_value("gift")
        self.ship_by = DateEditor(shipment.field("ship_by"), self)
        self.summary = plain_label("", "muted", wrap=True, parent=self)
        self.error = plain_label("", "error", wrap=True, parent=self)
        self.error.hide()
        self.send_button = buttons.button("", "truck", "primary", self)
        self._build()
        self._connect()
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)  # Enter chooses a creator; it must not send
        fill_with_records(self.campaign, self._workspace, "campaign", tr("No campaign"), campaign or 0)
        self.contents.offer(offered(self._workspace))
        self.people.add(creators)
        self._update()
        (self.contents.lines[0].what if creators and self.contents.lines else self.people.who).setFocus()

    def send(self) -> None:
        """Make the parcels and close, or say in place why not."""
        try:
            done = self._workspace.ship(
                {what.key: count for what, count in self.contents.chosen},
                self.people.numbers,
                self.campaign.currentData() or None,
                kind=str(self.kind.read()),
                ship_by=_day(self.ship_by.read()),
            )
        except (UserError, ValueRefused) as refusal:
            self.error.setText(str(refusal))
            self.error.show()
            return
        self._context.tell_done(done.changes)
        for note in done.notes:
            self._context.tell(note, "warn")
        self.sent.emit(done.shipments)
        self.accept()

    # Inside --------------------------------------------------------------------------------------------

    def _update(self) -> None:
        count, chosen = len(self.people.numbers), self.contents.chosen
        self.contents.set_parcels(max(count, 1))
        self.error.hide()
        label = counted(count, "parcel", "parcels")
        self.send_button.setText(f"{buttons.GAP}{tr('Make {parcels}').format(parcels=label)}")
        self.send_button.setAccessibleName(tr("Make {parcels}").format(parcels=label))
        self.send_button.setEnabled(bool(count and chosen))
        if not self.contents.lines:
            self.summary.setText(tr("There is no product yet. Add one on the Products tab of Seeding first."))
        elif not count:
            self.summary.setText(tr("Choose who gets a parcel."))
        else:
            pieces = counted(count * sum(quantity for _, quantity in chosen), "piece", "pieces")
            said = tr("{pieces} leave the stock at once; who has no address yet gets a draft.")
            self.summary.setText(said.format(pieces=pieces))

    def _connect(self) -> None:
        self.people.changed.connect(self._update)
        self.contents.changed.connect(self._update)
        self.send_button.clicked.connect(self.send)

    def _build(self) -> None:
        form = lines((tr("Campaign"), self.campaign), (tr("Kind"), self.kind), (tr("Ship by"), self.ship_by))
        column = column_of(self, theme.S)
        for heading, part, stretch in (
            (tr("Who gets a parcel"), self.people, 1),
            (tr("What is in each"), self.contents, 0),
        ):
            column.addWidget(plain_label(heading, "section"))
            column.addWidget(part, stretch)
            column.addSpacing(theme.S)
        column.addLayout(form)
        column.addSpacing(theme.S)
        column.addWidget(self.error)
        column.addLayout(ending(self, self.send_button, self.summary))
        self.resize(600, 600)


def offered(workspace: Any) -> list[Offered]:
    """Everything that can be sent: products, and under each its variants that have an SKU."""
    products = workspace.rows("product", workspace.ids(Query("product", sort=("name",))))
    variants: dict[int, list[Any]] = {}
    for variant in workspace.rows("variant", workspace.ids(Query("variant", sort=("name",)))):
        if variant.sku:
            variants.setdefault(variant.product, []).append(variant)
    found = []
    for product in products:
        key = product.sku or product.uid
        found.append(Offered(product.name or "", product.id, None, product.stock or 0, key))
        found += [
            Offered(f"{product.name} · {v.name}", product.id, v.id, v.stock or 0, v.sku)
            for v in variants.get(product.id, ())
        ]
    return found


def _day(value: object) -> str | None:
    return value if isinstance(value, str) else None
