"""The six charts as cards, each drawn when it is seen, each saved by its own menu."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy, QWidget

from creator_crm.compat import override
from creator_crm.ui.shared import buttons, theme
from creator_crm.ui.shared.canvas import ChartCanvas
from creator_crm.ui.shared.context import Context
from creator_crm.ui.shared.text import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from creator_crm.reporting import ChartData

HIGH = 340
TWO_FROM = 700  # pixels of width


class ChartFrame(QFrame):
    """A card with one chart; its menu copies and saves the picture or the figures."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("chart")
        self.canvas = ChartCanvas(context.jobs, context.tell, self)
        self.canvas.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.canvas.setFixedHeight(HIGH)
        self.menu_button = buttons.icon_button(tr("Save or copy this chart"), "ellipsis", self)
        self.menu_button.clicked.connect(self.open_menu)
        # One cell for both: the button lies on the free corner of the chart.
        inside = QGridLayout(self)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.canvas, 0, 0)
        inside.addWidget(self.menu_button, 0, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
        self.menu_button.raise_()

    def show_data(self, data: ChartData) -> None:
        self.canvas.show_data(data)

    def open_menu(self) -> None:
        """Offer to copy or save the chart, below the button."""
        if self.canvas.data is not None:
            menu = self.canvas.made_menu()
            menu.popup(self.menu_button.mapToGlobal(QPoint(0, self.menu_button.height())))


class ChartGrid(QWidget):
    """The charts side by side, or below each other where there is less room."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.frames: dict[str, ChartFrame] = {}
        self._in_row = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.M)

    def show_charts(self, charts: Mapping[str, ChartData]) -> None:
        """Draw this data; a chart stays the same widget as long as it has the same name."""
        for name, data in charts.items():
            if name not in self.frames:
                self.frames[name] = ChartFrame(self._context, self)
            self.frames[name].show_data(data)
        self._arrange()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._wanted() != self._in_row:
            self._arrange()

    def _wanted(self) -> int:
        return 2 if self.width() >= TWO_FROM else 1

    def _arrange(self) -> None:
        self._in_row = self._wanted()
        for place, frame in enumerate(self.frames.values()):
            self._grid.addWidget(frame, place // self._in_row, place % self._in_row)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, self._in_row - 1)
