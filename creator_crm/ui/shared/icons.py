"""The bundled Lucide icons, drawn in the colour of the text beside them at any size."""

from __future__ import annotations

from functools import cache
from typing import Literal

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from creator_crm.compat import override
from creator_crm.paths import data_dir
from creator_crm.ui.shared import theme

Ink = Literal["text", "muted", "accent_ink", "accent_text", "danger", "ok", "warn"]


@cache
def icon(name: str, ink: Ink = "text") -> QIcon:
    """The icon `name` ("users"); it follows the theme by itself. FileNotFoundError for an unknown one."""
    path = data_dir("resources") / "icons" / f"{name}.svg"
    if not path.is_file():
        raise FileNotFoundError(f"There is no icon called {name}.")
    return QIcon(_TintedEngine(name, ink))


def pixmap(name: str, size: int, ink: Ink = "text", ratio: float = 1.0) -> QPixmap:
    """The icon as a picture of `size` logical pixels, for labels and delegates."""
    return _drawn(name, getattr(theme.tokens(), ink), round(size * ratio), ratio)


@cache
def _source(name: str) -> bytes:
    return (data_dir("resources") / "icons" / f"{name}.svg").read_bytes()


@cache
def _drawn(name: str, tint: str, pixels: int, ratio: float) -> QPixmap:
    picture = QPixmap(pixels, pixels)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    svg = _source(name).replace(b"currentColor", tint.encode())
    QSvgRenderer(QByteArray(svg)).render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


def pixel_ratio(painter: QPainter) -> float:
    """Device pixels in a logical one; `painter.device()` would need a wrapper for what C++ owns."""
    return abs(painter.deviceTransform().m11()) or 1.0


class _TintedEngine(QIconEngine):
    """Draws one Lucide file in the colour that the current theme gives to its mode and state."""

    def __init__(self, name: str, ink: Ink) -> None:
        super().__init__()
        self._name, self._ink = name, ink

    def _tint(self, mode: QIcon.Mode, state: QIcon.State) -> str:
        look = theme.tokens()
        if mode == QIcon.Mode.Disabled:
            return look.disabled
        if state == QIcon.State.On:
            return look.accent_ink
        return str(getattr(look, self._ink))

    @override
    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        ratio = pixel_ratio(painter)
        side = min(rect.width(), rect.height())
        corner = rect.topLeft() + QPoint((rect.width() - side) // 2, (rect.height() - side) // 2)
        painter.drawPixmap(corner, _drawn(self._name, self._tint(mode, state), round(side * ratio), ratio))

    @override
    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return _drawn(self._name, self._tint(mode, state), min(size.width(), size.height()), 1.0)

    @override
    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        side = round(min(size.width(), size.height()) * scale)
        return _drawn(self._name, self._tint(mode, state), side, scale)

    @override
    def clone(self) -> QIconEngine:
        return _TintedEngine(self._name, self._ink)
