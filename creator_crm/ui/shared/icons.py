"""The bundled Lucide icons, drawn in the colour of the text beside them at any size.

An icon holds finished pictures and nothing of Python: Qt called into an icon engine written here while it
painted, and that crashed now and then. So an icon cannot follow the theme by itself; `put` sees to that.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Literal, NamedTuple
from weakref import WeakKeyDictionary

import shiboken6
from PySide6.QtCore import QByteArray, QObject, QRectF
from PySide6.QtGui import QAction, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton

from creator_crm.paths import data_dir
from creator_crm.ui.shared import theme

Ink = Literal["text", "muted", "accent_ink", "accent_text", "danger", "ok", "warn"]
SIZE = 16


class _Sign(NamedTuple):
    name: str
    ink: Ink
    size: int


_worn: WeakKeyDictionary[QObject, _Sign] = WeakKeyDictionary()
_promised: WeakKeyDictionary[QAction, _Sign] = WeakKeyDictionary()


def icon(name: str, ink: Ink = "text", size: int = SIZE) -> QIcon:
    """The icon `name` ("users") in today's colours, sharp at `size` logical pixels.

    For what is shown and gone, as a menu made for one click; the rest is `put`. FileNotFoundError for an
    unknown one.
    """
    return _icon(name, ink, size, theme.tokens().name, _finest())


def put(target: QAbstractButton | QAction, name: str, ink: Ink = "text", size: int = SIZE) -> None:
    """Let `target` wear the icon `name`, now and in the colours of each later theme."""
    _worn[target] = _Sign(name, ink, size)
    target.setIcon(icon(name, ink, size))


def promise(action: QAction, name: str) -> None:
    """Have `action` wear the icon `name` once `keep` is told that somebody will see it."""
    _promised[action] = _Sign(name, "text", SIZE)


def keep(actions: Iterable[QAction]) -> None:
    """Draw what these actions were promised, because they are about to be shown."""
    for action in actions:
        sign = _promised.pop(action, None)
        if sign is not None:
            put(action, *sign)


def pixmap(name: str, size: int, ink: Ink = "text", ratio: float = 1.0) -> QPixmap:
    """The icon as a picture of `size` logical pixels, for labels and delegates."""
    return _drawn(name, getattr(theme.tokens(), ink), round(size * ratio), ratio)


def pixel_ratio(painter: QPainter) -> float:
    """Device pixels in a logical one; `painter.device()` would need a wrapper for what C++ owns."""
    return abs(painter.deviceTransform().m11()) or 1.0


def redraw() -> None:
    """Give every button and action its icon anew: the theme changed, or a screen was plugged in."""
    for target, sign in list(_worn.items()):
        if shiboken6.isValid(target):
            target.setIcon(icon(*sign))  # type: ignore[attr-defined]
        else:
            del _worn[target]


theme.on_change(redraw)


def _finest() -> float:
    """The finest pixel ratio of all screens: coarser ones take the same picture made smaller."""
    app = QGuiApplication.instance()
    return app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0


@cache
def _icon(name: str, ink: Ink, size: int, _look: str, finest: float) -> QIcon:
    look = theme.tokens()
    made = QIcon()
    for ratio in _ratios(finest):
        for tint, mode, state in (
            (getattr(look, ink), QIcon.Mode.Normal, QIcon.State.Off),
            (getattr(look, ink), QIcon.Mode.Selected, QIcon.State.Off),
            (look.accent_ink, QIcon.Mode.Normal, QIcon.State.On),
            (look.disabled, QIcon.Mode.Disabled, QIcon.State.Off),
            (look.disabled, QIcon.Mode.Disabled, QIcon.State.On),
        ):
            made.addPixmap(_drawn(name, tint, round(size * ratio), ratio), mode, state)
    return made


def _ratios(finest: float) -> Sequence[float]:
    return (1.0,) if finest == 1.0 else (1.0, finest)


@cache
def _drawn(name: str, tint: str, pixels: int, ratio: float) -> QPixmap:
    """One colour where the shape is, because most of the time goes into the shape."""
    shape, picture = _shape(name, pixels), _clear(pixels)
    picture.fill(theme.color(tint))
    painter = QPainter(picture)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationIn)
    painter.drawPixmap(0, 0, shape)
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


@cache
def _shape(name: str, pixels: int) -> QPixmap:
    path = data_dir("resources") / "icons" / f"{name}.svg"
    if not path.is_file():
        raise FileNotFoundError(f"There is no icon called {name}.")
    picture = _clear(pixels)
    painter = QPainter(picture)
    svg = path.read_bytes().replace(b"currentColor", b"#000000")
    QSvgRenderer(QByteArray(svg)).render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    return picture


def _clear(pixels: int) -> QPixmap:
    """A picture that can be seen through, all of it for now."""
    picture = QPixmap(pixels, pixels)
    picture.fill(theme.color("#00000000"))
    return picture
