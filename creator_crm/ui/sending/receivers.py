"""Who gets something: a list of creators to add to and take from, with what becomes of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from creator_crm.domain.values.refused import ValueRefused
from creator_crm.ui.sending.receiver_cells import FATE, Fate, ReceiverCells
from creator_crm.ui.shared import buttons, theme
from creator_crm.ui.shared.form.references import ReferenceEditor
from creator_crm.ui.shared.table.source import Source
from creator_crm.ui.shared.text import number as written
from creator_crm.ui.shared.text import tr

NUMBER = Qt.ItemDataRole.UserRole


class Receivers(QWidget):
    """Creators in the order they were added; nobody twice."""

    changed = Signal()

    def __init__(self, source: Source, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._numbers: dict[int, None] = {}
        self.list = QListWidget(self)
        self.list.setAccessibleName(tr("Who gets a parcel"))
        self.list.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)
        self.list.setItemDelegate(ReceiverCells(self.list))
        self.list.setMinimumHeight(110)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.who = ReferenceEditor(source.catalogue["shipment"].field("creator"), source, self)
        self.who.setAccessibleName(tr("Add a creator"))
        self.remove_button = buttons.button(tr("Take out"), "x", "quiet", self)
        self.remove_button.setEnabled(False)
        self.shown = QComboBox(self)
        self.shown.setAccessibleName(tr("Which of them are listed"))
        self.shown.hide()
        self._lay_out()
        self.who.edited.connect(self._on_typed)
        self.remove_button.clicked.connect(self.remove_selected)
        self.shown.currentIndexChanged.connect(self._on_shown)
        self.list.itemSelectionChanged.connect(
            lambda: self.remove_button.setEnabled(bool(self.list.selectedItems()))
        )

    @property
    def numbers(self) -> list[int]:
        """The creators chosen."""
        return list(self._numbers)

    def beside(self, more: QWidget) -> None:
        """Another way to add creators, beside the line to type a name in."""
        self._head.addWidget(more)

    def add(self, creators: Iterable[int]) -> None:
        """Put creators on the list."""
        new = [number for number in dict.fromkeys(creators) if number not in self._numbers]
        names = self._source.titles("creator", new)
        self.list.setUpdatesEnabled(False)
        for number in new:
            item = QListWidgetItem(names.get(number, ""))
            item.setData(NUMBER, number)
            self.list.addItem(item)
        self.list.setUpdatesEnabled(True)
        self._numbers |= dict.fromkeys(new)
        if new:
            self.changed.emit()

    def remove_selected(self) -> None:
        """Take the chosen ones off the list again."""
        for item in self.list.selectedItems():
            self._numbers.pop(int(item.data(NUMBER)), None)
            self.list.takeItem(self.list.row(item))
        self.changed.emit()

    def tell(self, fates: Mapping[int, Fate], groups: Sequence[tuple[str, frozenset[int]]] = ()) -> None:
        """Say what becomes of each; `groups` can be looked at by themselves: what they are called, and who
        they are.
        """
        for place in range(self.list.count()):
            item = self.list.item(place)
            fate = fates.get(int(item.data(NUMBER)))
            if item.data(FATE) != fate:
                item.setData(FATE, fate)
                said = ", ".join(t for t in (item.text(), *((fate.chip, fate.text) if fate else ())) if t)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, said)
                item.setToolTip(fate.text if fate else "")
        self._offer(groups)

    def _offer(self, groups: Sequence[tuple[str, frozenset[int]]]) -> None:
        before = str(self.shown.currentText()).rpartition(" ")[0]
        self.shown.blockSignals(True)
        self.shown.clear()
        self.shown.addItem(f"{tr('All')} {written(len(self._numbers))}", None)
        for label, members in groups:
            if members:
                self.shown.addItem(f"{label} {written(len(members))}", members)
                if label == before:
                    self.shown.setCurrentIndex(self.shown.count() - 1)
        self.shown.blockSignals(False)
        self.shown.setVisible(self.shown.count() > 1)
        self._on_shown()

    def _on_shown(self) -> None:
        members = self.shown.currentData()
        for place in range(self.list.count()):
            item = self.list.item(place)
            item.setHidden(members is not None and item.data(NUMBER) not in members)

    def _on_typed(self) -> None:
        try:
            found = self.who.read()
        except ValueRefused:
            return  # a name half typed
        if isinstance(found, int):
            self.add([found])
            self.who.show_value(None)

    def _lay_out(self) -> None:
        self._head = QHBoxLayout()
        self._head.setSpacing(theme.S)
        self._head.addWidget(self.who, 1)
        frame = QFrame(self)
        frame.setObjectName("card")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(theme.XS, theme.XS, theme.XS, theme.XS)
        inside.addWidget(self.list)
        foot = QHBoxLayout()
        foot.addWidget(self.remove_button)
        foot.addStretch(1)
        foot.addWidget(self.shown)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S)
        column.addLayout(self._head)
        column.addWidget(frame, 1)
        column.addLayout(foot)
