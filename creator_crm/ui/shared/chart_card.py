"""The card beside a value of a chart, and the mark on the value; painted over the picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen

from creator_crm.ui.shared import theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from creator_crm.reporting.chart import Spots

AWAY = 14  # pixels between the value and its card
DOT = 4.5
WIDEST = 320


class Card:
    """One value in words: its first line stands out, the others follow; nothing when `index` is None."""

    def __init__(self) -> None:
        self.index: int | None = None
        self.words = ""
        self._lines: list[str] = []
        self._box, self._guide, self._dots = QRectF(), QLineF(), list[QPointF]()

    def hide(self) -> None:
        self.index, self.words = None, ""

    def show(self, index: int, words: str, spots: Spots, over: QWidget) -> None:
        """Make the card for one value, placed so that it lies within `over`."""
        self.index, self.words = index, words
        plain, strong = QFontMetricsF(over.font()), QFontMetricsF(_strong(over))
        self._lines = [
            (strong if n == 0 else plain).elidedText(line, Qt.TextElideMode.ElideRight, WIDEST)
            for n, line in enumerate(words.split("\n"))
        ]
        x = float(spots.x[index])
        self._dots = [QPointF(x, float(y)) for y in spots.y[index]]
        _, top, _, bottom = spots.area
        self._guide = QLineF(x, top, x, bottom) if spots.along == "x" else QLineF()
        widths = [(strong if n == 0 else plain).horizontalAdvance(line) for n, line in enumerate(self._lines)]
        width, height = max(widths) + 2 * theme.M, (plain.height() + 3) * len(self._lines) + 2 * theme.S - 3
        where = x + AWAY
        if where + width > over.width() - 4:
            where = max(4.0, x - AWAY - width)
        highest = min(dot.y() for dot in self._dots)
        down = min(max(highest - height / 2, 4.0), over.height() - height - 4)
        self._box = QRectF(where, down, width, height)

    def area(self) -> QRectF:
        """What must be painted again when the card comes or goes."""
        if self.index is None:
            return QRectF()
        whole = self._box
        for dot in self._dots:
            whole = whole.united(QRectF(dot.x() - 8, dot.y() - 8, 16, 16))
        if not self._guide.isNull():
            whole = whole.united(QRectF(self._guide.p1(), self._guide.p2()).adjusted(-2, -2, 2, 2))
        return whole.adjusted(-2, -2, 2, 2)

    def paint(self, painter: QPainter, over: QRect) -> None:
        if self.index is None:
            return
        tokens = theme.tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._guide.isNull():
            painter.setPen(QPen(theme.color(tokens.muted), 1, Qt.PenStyle.DotLine))
            painter.drawLine(self._guide)
        painter.setPen(QPen(theme.color(tokens.surface), 2))
        painter.setBrush(theme.color(tokens.accent_ink))
        for dot in self._dots:
            painter.drawEllipse(dot, DOT, DOT)
        painter.setPen(QPen(theme.color(tokens.field_border), 1))
        painter.setBrush(theme.color(tokens.raised))
        painter.drawRoundedRect(self._box, theme.RADIUS, theme.RADIUS)
        self._write(painter, tokens)

    def _write(self, painter: QPainter, tokens: theme.Tokens) -> None:
        step = (self._box.height() - 2 * theme.S + 3) / len(self._lines)
        inside = self._box.adjusted(theme.M, theme.S, -theme.M, 0)
        font = painter.font()
        for n, line in enumerate(self._lines):
            font.setWeight(theme.SEMIBOLD if n == 0 else QFont.Weight.Normal)
            painter.setFont(font)
            painter.setPen(theme.color(tokens.text if n == 0 else tokens.muted))
            row = QRectF(inside.left(), inside.top() + n * step, inside.width() + 2, step - 3)
            painter.drawText(row, int(Qt.AlignmentFlag.AlignVCenter), line)


def _strong(over: QWidget) -> QFont:
    font = QFont(over.font())
    font.setWeight(theme.SEMIBOLD)
    return font
