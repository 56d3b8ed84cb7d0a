"""The filters of a list as chips: click one to change it, its cross to remove it; all of them hold."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from creator_crm.domain.conditions import All, Condition, Filter
from creator_crm.domain.fields import Description
from creator_crm.ui.shared import buttons
from creator_crm.ui.shared.table.asking import sentence
from creator_crm.ui.shared.table.flow import Flow
from creator_crm.ui.shared.table.look import parts_of
from creator_crm.ui.shared.table.source import Source
from creator_crm.ui.shared.text import tr

if TYPE_CHECKING:
    from creator_crm.ui.shared.table.filter_popup import FilterPopup

WIDEST_CHIP = 340


class FilterBar(QWidget):
    """Hidden while there is no filter; `changed` gives the whole filter, or None."""

    changed = Signal(object)

    def __init__(self, source: Source, description: Description[Any], parent: QWidget) -> None:
        super().__init__(parent)
        self._source, self._description = source, description
        self.parts: tuple[Filter, ...] = ()
        self._place = -1
        self._flow = Flow(self)
        self._popup: FilterPopup | None = None
        self.clear_button = buttons.button(tr("Clear filters"), "", "quiet", self)
        self.clear_button.clicked.connect(lambda: self._set(()))
        self.clear_button.hide()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.hide()

    @property
    def where(self) -> Filter | None:
        """What all the chips mean together."""
        return None if not self.parts else self.parts[0] if len(self.parts) == 1 else All(self.parts)

    def show_filter(self, where: Filter | None) -> None:
        """Show these filters without telling anybody."""
        self.parts = parts_of(where)
        self._rebuild()

    def ask(self, under: QWidget, place: int = -1) -> None:
        """Open the popup for a new filter, or for the chip at `place`."""
        if self._popup is None:
            from creator_crm.ui.shared.table.filter_popup import FilterPopup

            self._popup = FilterPopup(self._source, self._description, self)
            self._popup.applied.connect(self._on_applied)
        self._place = place
        part = self.parts[place] if place >= 0 else None
        self._popup.ask(under, part if isinstance(part, Condition) else None)

    def add(self, condition: Condition) -> None:
        """Narrow the list further; the same filter twice is one."""
        if condition not in self.parts:
            self._set((*self.parts, condition))

    def describe(self, description: Description[Any]) -> None:
        """The record has other fields now."""
        self._description = description
        if self._popup is not None:
            self._popup.deleteLater()
            self._popup = None

    def _on_applied(self, condition: Condition) -> None:
        parts = list(self.parts)
        if 0 <= self._place < len(parts):
            parts[self._place] = condition
        else:
            parts.append(condition)
        self._set(tuple(parts))

    def _remove(self, place: int) -> None:
        self._set(self.parts[:place] + self.parts[place + 1 :])

    def _set(self, parts: tuple[Filter, ...]) -> None:
        self.parts = parts
        self._rebuild()
        self.changed.emit(self.where)

    def _rebuild(self) -> None:
        while item := self._flow.takeAt(0):
            widget = item.widget()
            if widget is not None and widget is not self.clear_button:
                widget.hide()
                widget.deleteLater()
        for place, part in enumerate(self.parts):
            self._flow.addWidget(self._chip(place, part))
        self._flow.addWidget(self.clear_button)
        self.clear_button.setVisible(bool(self.parts))
        self.setVisible(bool(self.parts))
        self.updateGeometry()

    def _chip(self, place: int, part: Filter) -> QFrame:
        words = sentence(part, self._description, self._source)
        chip = QFrame(self)
        chip.setObjectName("filter_chip")
        label = QPushButton(chip)
        label.setProperty("kind", "chip")
        label.setText(
            label.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, WIDEST_CHIP).replace("&", "&&")
        )
        label.setAccessibleName(tr("Change the filter: {words}").format(words=words))
        label.clicked.connect(partial(self.ask, label, place))
        label.setEnabled(isinstance(part, Condition))
        cross = buttons.icon_button(tr("Remove the filter: {words}").format(words=words), "x", chip, 14)
        cross.setFixedSize(22, 22)
        cross.clicked.connect(partial(self._remove, place))
        row = QHBoxLayout(chip)
        row.setContentsMargins(2, 1, 3, 1)
        row.setSpacing(0)
        row.addWidget(label)
        row.addWidget(cross)
        return chip
