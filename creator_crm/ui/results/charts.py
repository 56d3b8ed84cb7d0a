"""The six charts as cards, each drawn when it is seen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QWidget

from creator_crm.compat import override
from creator_crm.ui.shared import theme
from creator_crm.ui.shared.chart_frame import ChartFrame
from creator_crm.ui.shared.context import Context

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from creator_crm.reporting import ChartData

TWO_FROM = 700  # pixels of width


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
