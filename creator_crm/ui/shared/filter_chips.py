"""A row of chips that narrow a list: what there is of each kind, and one of them chosen."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from creator_crm.ui.shared.table.flow import Flow
from creator_crm.ui.shared.text import number


class FilterChips(QWidget):
    """The first chip stands for everything; a chip of nothing is not shown."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = ""
        self.chips: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        self._row = Flow(self)

    def show_counts(self, counts: Sequence[tuple[str, str, int]]) -> None:
        """(name, label, how many) of each, everything first under the name ""."""
        left = [one for one in counts if one[2] or not one[0]]
        if self.name not in {name for name, _, _ in left}:
            self.name = ""
        for name in [name for name in self.chips if name not in {one[0] for one in left}]:
            gone = self.chips.pop(name)
            self._group.removeButton(gone)
            self._row.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for name, label, count in left:
            chip = self.chips.get(name) or self._made(name)
            chip.setText(f"{label}  {number(count)}")
            chip.setAccessibleName(f"{label}: {number(count)}")
            chip.setChecked(name == self.name)

    def _made(self, name: str) -> QPushButton:
        chip = QPushButton(self)
        chip.setProperty("kind", "filter")
        chip.setCheckable(True)
        chip.clicked.connect(partial(self._choose, name))
        self._group.addButton(chip)
        self._row.addWidget(chip)
        chip.show()
        self.chips[name] = chip
        return chip

    def _choose(self, name: str) -> None:
        self.name = name
        self.chosen.emit(name)
