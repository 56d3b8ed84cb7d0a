"""Several things of a record behind one tab of its panel, one at a time, chosen by a row of small tabs."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from creator_crm.ui.shared import theme

LOWEST = 160


class Group(QWidget):
    """Parts with a `show_row(id)`, by their labels; each is read when it is looked at."""

    def __init__(self, name: str, parts: Mapping[str, QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._id = 0
        self._parts = tuple(parts.values())
        self._stale: set[QWidget] = set()
        self.bar = QTabBar(self)
        self.bar.setObjectName("segments")
        self.bar.setAccessibleName(name)
        self.bar.setExpanding(False)
        self.bar.setDrawBase(False)
        self.bar.setUsesScrollButtons(False)
        self.stack = QStackedWidget(self)
        self.stack.setMinimumHeight(LOWEST)  # whatever the tallest part wants
        for label, part in parts.items():
            self.bar.addTab(label)
            self.stack.addWidget(part)
        row = QHBoxLayout()
        row.setContentsMargins(theme.M, theme.M, theme.M, 0)
        row.addWidget(self.bar)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self.stack, 1)
        self.bar.currentChanged.connect(self.show_part)

    def show_row(self, id: int) -> None:
        """Show a record, 0 for none."""
        self._id = id
        self._stale = set(self._parts)
        self.show_part(self.bar.currentIndex())

    def show_part(self, place: int) -> None:
        """Bring the part at this place to the front."""
        self.bar.setCurrentIndex(place)
        self.stack.setCurrentIndex(place)
        part = self.stack.currentWidget()
        if part in self._stale:
            self._stale.discard(part)
            part.show_row(self._id)  # type: ignore[attr-defined]
