"""The next steps of a parcel as buttons with a day, and its tracking number with the way to its carrier."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from creator_crm.domain.statuses import SHIPMENT
from creator_crm.domain.values.refused import ValueRefused
from creator_crm.services.tracking import tracking_of
from creator_crm.ui.shared import buttons, theme
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.form.dates import DateEditor
from creator_crm.ui.shared.layouts import clear
from creator_crm.ui.shared.table.flow import Flow
from creator_crm.ui.shared.table.source import Source
from creator_crm.ui.shared.text import isolate, tr

VERBS = {
    "draft": "Back to draft",
    "approved": "Approve",
    "packed": "Packed",
    "shipped": "Shipped",
    "in_transit": "In transit",
    "delivered": "Delivered",
    "returned": "Came back",
    "lost": "Lost",
}
BACK = {("packed", "approved"): "Not packed yet"}  # where the verb of the status would mislead
FORWARD = ("approved", "packed", "shipped", "delivered")


class Steps(QWidget):
    """Offers only the steps that make sense now; the usual next one stands out."""

    wanted = Signal(str, str)  # status, day
    track_wanted = Signal()
    again_wanted = Signal()
    letting_go_wanted = Signal()

    def __init__(self, source: Source, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.on = DateEditor(source.catalogue["shipment"].field("shipped_on"), self)
        self.on.setAccessibleName(tr("On"))
        self.on.setMaximumWidth(130)
        self._box = QWidget(self)
        self._row = Flow(self._box, theme.S)
        self.steps: dict[str, QPushButton] = {}
        self.tracking = plain_label("", "muted", wrap=True, parent=self)
        self.track_button = buttons.button(tr("Follow"), "external-link", "quiet", self)
        self.track_button.clicked.connect(self.track_wanted)
        self.again_button = buttons.button(tr("Send again"), "refresh-cw", "primary", self)
        self.again_button.clicked.connect(self.again_wanted)
        self.let_go_button = buttons.button(tr("Do not send"), "trash-2", "primary", self)
        self.let_go_button.clicked.connect(self.letting_go_wanted)
        self._day = QWidget(self)
        line = QHBoxLayout(self._day)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(plain_label(tr("On"), "muted"))
        line.addWidget(self.on)
        line.addStretch(1)
        follow = QHBoxLayout()
        follow.addWidget(self.tracking, 1)
        follow.addWidget(self.track_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.M, 0, theme.M, 0)
        column.setSpacing(theme.S)
        for button in (self.again_button, self.let_go_button):
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._box)
        column.addWidget(self._day)
        column.addLayout(follow)

    def show_parcel(self, row: Any, *, called_off: bool = False) -> None:
        """Show the steps of a parcel, None for no parcel; not to send it is the usual one when the shop has
        cancelled its order.
        """
        clear(self._row)
        held = (row.status or "draft") if row is not None else ""
        following = SHIPMENT.next(held) if held else ()
        onward = [s for s in FORWARD if s in following and not SHIPMENT.goes_back(held, s)]
        usual = onward[0] if onward and not called_off else ""
        self.steps = {status: self._step(held, status, usual) for status in _ordered(following, usual)}
        self.on.show_value(date.today().isoformat())
        self.again_button.setVisible(row is not None and row.status in ("lost", "returned"))
        self.let_go_button.setVisible(called_off)
        self._box.setVisible(bool(following))
        self._day.setVisible(bool(following))
        self.setVisible(row is not None)
        self._box.updateGeometry()
        self._tell_tracking(row)

    def _step(self, held: str, status: str, usual: str) -> QPushButton:
        made = buttons.button(
            tr(BACK.get((held, status), VERBS[status])), "", "primary" if status == usual else "", self._box
        )
        made.clicked.connect(partial(self._on_step, status))
        self._row.addWidget(made)
        made.show()
        return made

    def _on_step(self, status: str) -> None:
        try:
            on = self.on.read()
        except ValueRefused:
            on = None
        self.wanted.emit(status, on if isinstance(on, str) else date.today().isoformat())

    def _tell_tracking(self, row: Any) -> None:
        found = tracking_of(row) if row is not None else None
        self.tracking.setVisible(found is not None)
        self.track_button.setVisible(bool(found and found.url))
        if found is None:
            return
        carrier = row.carrier or found.carrier
        if found.cut:
            words = tr("{number}: Excel has cut this number; take it from the carrier once more.")
        elif not found.carrier:
            words = tr("{number}: no carrier's number looks like this.")
        elif not found.valid:
            words = tr("{number}: not a {carrier} number as written; a digit seems wrong.")
        else:
            words = "{carrier} · {number}"
        self.tracking.setText(words.format(number=isolate(found.number), carrier=carrier))


def _ordered(following: Sequence[str], usual: str) -> list[str]:
    """The usual step first, then the others in the order of a parcel's life."""
    return sorted(following, key=lambda status: (status != usual, list(VERBS).index(status)))
