"""A small line of dated figures, drawn at once: no chart library is loaded for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from creator_crm.compat import override
from creator_crm.ui.shared import theme
from creator_crm.ui.shared.text import day as day_text
from creator_crm.ui.shared.text import number, tr

Point = tuple[str, float]
HEIGHT, LOWEST = 132, 72  # on a small screen it gives way to the rows


class Trend(QWidget):
    """Points by day, joined by a line, with the first and the last of them in figures."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label, self._unit = "", ""
        self._points: list[tuple[date, float]] = []
        self.setMinimumHeight(LOWEST)
        self.setMaximumHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        theme.on_change(self._repaint, self)

    def show_points(self, label: str, points: Sequence[Point], unit: str = "") -> None:
        """Draw (ISO day, figure) pairs in the order of their days."""
        self._label, self._unit = label, unit
        self._points = [(date.fromisoformat(day), value) for day, value in points]
        self.setAccessibleName(label)
        self.setAccessibleDescription(self._in_words())
        self.setToolTip("")
        self.update()

    def _repaint(self) -> None:
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(260, HEIGHT)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = theme.tokens()
        metrics = painter.fontMetrics()
        area = QRectF(self.rect()).adjusted(2, metrics.height() + 6, -2, -metrics.height() - 6)
        painter.setPen(theme.color(look.muted))
        if len(self._points) < 2:
            text = tr("A line is drawn from two snapshots on.")
            painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), text)
            return
        low, high = min(v for _, v in self._points), max(v for _, v in self._points)
        first, last = self._points[0], self._points[-1]
        right = int(Qt.AlignmentFlag.AlignRight)
        painter.drawText(self.rect(), 0, self._figure(first[1]))
        painter.drawText(self.rect(), right, self._figure(last[1]))
        bottom = int(Qt.AlignmentFlag.AlignBottom)
        painter.drawText(self.rect(), bottom, day_text(first[0]))
        painter.drawText(self.rect(), bottom | right, day_text(last[0]))
        painter.setPen(QPen(theme.color(look.border), 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        self._draw_line(painter, area, low, high)

    def _draw_line(self, painter: QPainter, area: QRectF, low: float, high: float) -> None:
        start, span = self._points[0][0], max((self._points[-1][0] - self._points[0][0]).days, 1)
        height = high - low or 1.0
        spots = [
            QPointF(
                area.left() + area.width() * (day - start).days / span,
                area.bottom() - 4 - (area.height() - 8) * (value - low) / height,
            )
            for day, value in self._points
        ]
        path = QPainterPath(spots[0])
        for spot in spots[1:]:
            path.lineTo(spot)
        accent = theme.color(theme.tokens().accent)
        painter.setPen(QPen(accent, 2))
        painter.drawPath(path)
        painter.setBrush(accent)
        for spot in spots:
            painter.drawEllipse(spot, 2.5, 2.5)

    def _figure(self, value: float) -> str:
        return f"{number(value, 1)} %" if self._unit else number(round(value))

    def _in_words(self) -> str:
        if not self._points:
            return tr("No figures yet.")
        (first, before), (last, now) = self._points[0], self._points[-1]
        return f"{day_text(first)}: {self._figure(before)}, {day_text(last)}: {self._figure(now)}"
