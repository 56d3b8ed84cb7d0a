"""Who gets a parcel: a list of creators to add to and take from, with where each parcel would go."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from creator_crm.domain.values.refused import ValueRefused
from creator_crm.ui.shared import buttons, theme
from creator_crm.ui.shared.form.references import ReferenceEditor
from creator_crm.ui.shared.table.source import Source
from creator_crm.ui.shared.text import tr

NUMBER = Qt.ItemDataRole.UserRole


class Receivers(QWidget):
    """Creators in the order they were added; nobody twice."""

    changed = Signal()

    def __init__(self, source: Source, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self.list = QListWidget(self)
        self.list.setAccessibleName(tr("Who gets a parcel"))
        self.list.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)
        self.list.setMinimumHeight(110)
        self.who = ReferenceEditor(source.catalogue["shipment"].field("creator"), source, self)
        self.who.setAccessibleName(tr("Add a creator"))
        self.remove_button = buttons.button(tr("Take out"), "x", "quiet", self)
        self.remove_button.setEnabled(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S)
        column.addWidget(self.who)
        frame = QFrame(self)
        frame.setObjectName("card")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(theme.XS, theme.XS, theme.XS, theme.XS)
        inside.addWidget(self.list)
        column.addWidget(frame, 1)
        column.addWidget(self.remove_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.who.edited.connect(self._on_typed)
        self.remove_button.clicked.connect(self.remove_selected)
        self.list.itemSelectionChanged.connect(
            lambda: self.remove_button.setEnabled(bool(self.list.selectedItems()))
        )

    @property
    def numbers(self) -> list[int]:
        """The creators chosen."""
        return [int(self.list.item(place).data(NUMBER)) for place in range(self.list.count())]

    def add(self, creators: Sequence[int]) -> None:
        """Put creators on the list."""
        new = [number for number in dict.fromkeys(creators) if number not in set(self.numbers)]
        names = self._source.titles("creator", new)
        for number in new:
            item = QListWidgetItem(names.get(number, ""))
            item.setData(NUMBER, number)
            self.list.addItem(item)
        if new:
            self.changed.emit()

    def remove_selected(self) -> None:
        """Take the chosen ones off the list again."""
        for item in self.list.selectedItems():
            self.list.takeItem(self.list.row(item))
        self.changed.emit()

    def _on_typed(self) -> None:
        try:
            found = self.who.read()
        except ValueRefused:
            return  # a name half typed
        if isinstance(found, int):
            self.add([found])
            self.who.show_value(None)
