"""How a batch leaves the stock: what is there of each article, what it needs, what is left."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from creator_crm.domain.batches import Level
from creator_crm.ui.shared import theme
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.labels import OneLine
from creator_crm.ui.shared.text import number, tr

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Levels(QWidget):
    """A line for each article; what is not enough is said in words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.M)
        self._grid.setVerticalSpacing(theme.XS)
        self._grid.setColumnStretch(0, 1)
        for column, heading in enumerate((tr("Article"), tr("In stock"), tr("Needed"), tr("Then left"))):
            label = plain_label(heading, "muted", parent=self)
            label.setAlignment(_RIGHT if column else Qt.AlignmentFlag.AlignLeft)
            self._grid.addWidget(label, 0, column)
        self._lines: list[list[QLabel]] = []
        self.hide()

    @property
    def texts(self) -> list[tuple[str, ...]]:
        """What stands there, line by line."""
        return [tuple(label.text() for label in line) for line in self._lines]

    def show_levels(self, levels: Sequence[Level]) -> None:
        while len(self._lines) > len(levels):
            for label in self._lines.pop():
                label.hide()
                label.deleteLater()
        while len(self._lines) < len(levels):
            self._add_line()
        for line, level in zip(self._lines, levels, strict=True):
            name, before, needed, left = line
            assert isinstance(name, OneLine)
            name.say(level.name)
            before.setText(number(level.before))
            more = tr("{needed} + {later} later") if level.later else "{needed}"
            needed.setText(more.format(needed=number(level.needed), later=number(level.later)))
            short = level.after < 0
            left.setText(
                tr("{count} too few").format(count=number(-level.after)) if short else number(level.after)
            )
            left.setProperty("role", "error" if short else "")
            left.style().unpolish(left)
            left.style().polish(left)
        self.setVisible(bool(levels))

    def _add_line(self) -> None:
        name = OneLine("", self, Qt.TextElideMode.ElideMiddle)  # variants differ at the end
        numbers = [plain_label("", parent=self) for _ in range(3)]
        row = self._grid.rowCount()
        self._grid.addWidget(name, row, 0)
        for column, label in enumerate(numbers, 1):
            label.setAlignment(_RIGHT)
            self._grid.addWidget(label, row, column)
        self._lines.append([name, *numbers])
