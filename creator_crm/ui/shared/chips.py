"""Chips: a word on the colours of its tone, for tables, boards and lists; each drawn once."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from creator_crm.ui.shared import theme

CHIP_HEIGHT = 20
CHIP_PADDING = 9
MOST_KEPT = 4096

_CENTER = int(Qt.AlignmentFlag.AlignCenter)
_ELIDE = Qt.TextElideMode.ElideRight
_TRANSPARENT = Qt.GlobalColor.transparent

_chips: dict[tuple[str, str, float, str, int], QPixmap] = {}


def chip(label: str, tone: str, ratio: float, font: QFont, widest: int = 0) -> QPixmap:
    """A chip as a picture, drawn once: `label` on the tone's colours, elided to `widest` logical pixels."""
    look = theme.tokens()
    key = (label, tone, ratio, look.name, widest)
    picture = _chips.get(key)
    if picture is None:
        if len(_chips) > MOST_KEPT:
            _chips.clear()
        picture = _chips[key] = _drawn_chip(label, tone, ratio, font, widest)
    return picture


def _drawn_chip(label: str, tone: str, ratio: float, font: QFont, widest: int) -> QPixmap:
    behind, ink = theme.tokens().chips.get(tone, theme.tokens().chips["grey"])  # type: ignore[call-overload]
    metrics = QFontMetrics(font)
    width = metrics.horizontalAdvance(label) + 2 * CHIP_PADDING
    if widest and width > widest:
        label = metrics.elidedText(label, _ELIDE, widest - 2 * CHIP_PADDING)
        width = min(width, max(widest, CHIP_HEIGHT))
    picture = QPixmap(round(width * ratio), round(CHIP_HEIGHT * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(_TRANSPARENT)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(behind))
    painter.drawRoundedRect(QRectF(0, 0, width, CHIP_HEIGHT), CHIP_HEIGHT / 2, CHIP_HEIGHT / 2)
    painter.setFont(font)
    painter.setPen(theme.color(ink))
    painter.drawText(QRect(0, 0, width, CHIP_HEIGHT), _CENTER, label)
    painter.end()
    return picture


def chip_font() -> QFont:
    return theme.scaled(QApplication.font(), -0.75, theme.MEDIUM)
