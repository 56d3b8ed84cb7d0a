"""What to do with parcels that were just made: look at them, print their paper, write the carrier's file."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from creator_crm.ui.shared import buttons, theme
from creator_crm.ui.shared.context import Context
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.form.question import column_of
from creator_crm.ui.shared.records_view import RecordsView
from creator_crm.ui.shared.text import counted, tr

STEPS = ("seeding.print", "seeding.carrier_file")


class NextSteps(QDialog):
    """Offers what makes sense now; whichever is chosen, the new parcels are the selected ones."""

    def __init__(
        self, context: Context, parent: QWidget, parcels: Sequence[int], notes: Sequence[str] = ()
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Parcels made"))
        self._context, self._parcels = context, tuple(parcels)
        column = column_of(self, theme.S)
        said = tr("{parcels} made. What next?").format(parcels=counted(len(parcels), "parcel", "parcels"))
        column.addWidget(plain_label(said, "section"))
        for note in notes:
            column.addWidget(plain_label(note, "muted", wrap=True))
        column.addSpacing(theme.S)
        self.buttons: dict[str, QPushButton] = {}
        for name in STEPS:
            if context.actions.knows(name):
                made = buttons.button(context.actions[name].text(), context.actions.sign(name), "", self)
                made.clicked.connect(lambda _=False, action=name: self._go(action))
                self.buttons[name] = made
                column.addWidget(made)
        self.show_button = buttons.button(tr("Show them"), "truck", "", self)
        self.show_button.clicked.connect(lambda: self._go(""))
        self.done_button = buttons.button(tr("Done"), "check", "primary", self)
        self.done_button.clicked.connect(self.accept)
        column.addWidget(self.show_button)
        column.addWidget(self.done_button)
        self.setMinimumWidth(340)
        self.done_button.setFocus()

    def _go(self, action: str) -> None:
        self.accept()
        select_parcels(self._context, self._parcels)
        if action:
            self._context.actions.trigger(action)


def select_parcels(context: Context, parcels: Sequence[int]) -> None:
    """Bring parcels to the front, all of them selected."""
    context.show_record("shipment", parcels[0])
    for view in context.window.findChildren(RecordsView):
        if view.shape.record == "shipment" and view.isVisible():
            view.select(parcels)
