"""Sending a part of a parcel later: which pieces go into a second one that follows it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QScrollArea, QSpinBox, QWidget

from creator_crm.domain.errors import UserError
from creator_crm.ui.shared import buttons, theme
from creator_crm.ui.shared.context import Context
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.form.question import column_of, ending
from creator_crm.ui.shared.labels import OneLine
from creator_crm.ui.shared.text import counted, number, tr


class SplitDialog(QDialog):
    """A line for each item of the parcel: how many of it go later."""

    def __init__(self, context: Context, parent: QWidget, parcel: int) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context, self._workspace, self._parcel = context, context.workspace, parcel
        called = self._workspace.titles("shipment", [parcel]).get(parcel, "")
        self.setWindowTitle(tr("Split off from {parcel}").format(parcel=called))
        self._items: list[Any] = list(self._workspace.parts("shipment_item", parcel))
        self.boxes: dict[int, QSpinBox] = {}
        self.summary = plain_label("", "muted", wrap=True, parent=self)
        self.error = plain_label("", "error", wrap=True, parent=self)
        self.error.hide()
        self.split_button = buttons.button(tr("Split off"), "scissors", "primary", self)
        self._build()
        self.split_button.clicked.connect(self.split)
        self._update()

    def split(self) -> None:
        """Make the second parcel and close, or say in place why not."""
        try:
            made = self._workspace.split_off(self._parcel, self._later)
        except UserError as refusal:
            self.error.setText(str(refusal))
            self.error.show()
            return
        self._context.tell_done(self._workspace.store.last_changes)
        self.accept()
        self._context.show_record("shipment", made)

    @property
    def _later(self) -> dict[int, int]:
        return {item: box.value() for item, box in self.boxes.items() if box.value()}

    def _update(self) -> None:
        later = sum(self._later.values())
        stays = sum(item.quantity or 0 for item in self._items) - later
        self.split_button.setEnabled(later > 0 and stays > 0)
        self.error.hide()
        if stays <= 0:
            self.summary.setText(tr("At least one piece stays in this parcel."))
        elif later:
            said = tr("{later} go in a second parcel, {stays} stay.")
            self.summary.setText(said.format(later=counted(later, "piece", "pieces"), stays=number(stays)))
        else:
            self.summary.setText(tr("Say how many of each go later."))

    def _build(self) -> None:
        goods = self._workspace.titles("product", {i.product for i in self._items if i.product})
        variants = self._workspace.titles("variant", {i.variant for i in self._items if i.variant})
        inside = QWidget(self)
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, theme.S, 0)
        grid.setSpacing(theme.S)
        grid.setColumnStretch(0, 1)
        for place, heading in enumerate((tr("Item"), tr("In the parcel"), tr("Go later"))):
            grid.addWidget(plain_label(heading, "muted", parent=inside), 0, place)
        for row, item in enumerate(self._items, 1):
            names = [goods.get(item.product) or item.sku or "", variants.get(item.variant) or ""]
            name = " · ".join(dict.fromkeys(text for text in names if text))
            box = QSpinBox(inside)
            box.setRange(0, item.quantity or 0)
            box.setAlignment(Qt.AlignmentFlag.AlignCenter)
            box.setFixedWidth(90)
            box.setAccessibleName(tr("How many of {item} go later").format(item=name))
            box.valueChanged.connect(self._update)
            self.boxes[item.id] = box
            grid.addWidget(OneLine(name, inside, Qt.TextElideMode.ElideMiddle), row, 0)
            grid.addWidget(plain_label(number(item.quantity or 0), parent=inside), row, 1)
            grid.addWidget(box, row, 2)
        grid.setRowStretch(len(self._items) + 1, 1)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        column = column_of(self, theme.S)
        column.addWidget(scroll, 1)
        column.addWidget(self.error)
        column.addLayout(ending(self, self.split_button, self.summary))
        self.resize(520, min(190 + 44 * len(self._items), 440))
