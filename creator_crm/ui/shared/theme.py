"""The look as data: colour tokens for light and dark, what is made from them, and the fonts."""

from __future__ import annotations

import sys
import weakref
from collections.abc import Callable
from dataclasses import asdict
from functools import cache
from typing import Literal

import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from creator_crm.domain.frozen import immutable
from creator_crm.paths import data_dir

Mode = Literal["light", "dark", "system"]
Tone = Literal["grey", "blue", "violet", "amber", "green", "red", "teal", "pink"]

# The only distances between things, in device-independent pixels.
XS, S, M, L, XL, XXL = 4, 8, 12, 16, 24, 40
RADIUS = 6
FAMILY = "Inter"
MEDIUM, SEMIBOLD = QFont.Weight.Medium, QFont.Weight.DemiBold


@immutable
class Tokens:
    """Every colour of the window. `ink` colours are for text and icons, the others lie behind them."""

    name: Literal["light", "dark"]
    window: str  # rail, header, status strip
    surface: str  # pages, tables, fields
    raised: str  # menus, cards, notices
    border: str
    field_border: str  # around what can be typed into: at least 3:1 where it must be found
    text: str
    muted: str  # secondary text and placeholders
    disabled: str
    accent: str  # the one accent: filled buttons, focus, progress
    accent_hover: str
    accent_text: str  # on the accent
    accent_ink: str  # the accent as text or icon
    accent_soft: str  # behind the accent as text: the chosen page
    danger: str
    ok: str
    warn: str
    selection: str
    hover: str
    zebra: str
    scrim: str  # dims the window behind the command palette
    chips: dict[Tone, tuple[str, str]]  # tone: (background, text)


LIGHT = Tokens(
    name="light",
    window="#f6f6f8",
    surface="#ffffff",
    raised="#ffffff",
    border="#e4e4ea",
    field_border="#cfd0d9",
    text="#1c1d24",
    muted="#5f6170",
    disabled="#a5a7b4",
    accent="#5a58d6",
    accent_hover="#4a48c0",
    accent_text="#ffffff",
    accent_ink="#4644bd",
    accent_soft="#e6e6fa",
    danger="#b8232c",
    ok="#18733c",
    warn="#875300",
    selection="#e2e2fa",
    hover="#ececf1",
    zebra="#fafafc",
    scrim="#40181a24",
    chips={
        "grey": ("#e9eaee", "#4b4e5a"),
        "blue": ("#dfeafd", "#1d4fb8"),
        "violet": ("#e9e3fc", "#5b2fc0"),
        "amber": ("#fcecd0", "#7d4600"),
        "green": ("#d9f2e1", "#176338"),
        "red": ("#fbe0e0", "#a31a23"),
        "teal": ("#d5f1ef", "#0f5f5a"),
        "pink": ("#fbe0ee", "#a01f66"),
    },
)

DARK = Tokens(
    name="dark",
    window="#17181c",
    surface="#1d1e23",
    raised="#26272e",
    border="#303139",
    field_border="#454752",
    text="#ececf1",
    muted="#a3a5b4",
    disabled="#646673",
    accent="#6160dc",
    accent_hover="#7473e6",
    accent_text="#ffffff",
    accent_ink="#b0b0ff",
    accent_soft="#32325c",
    danger="#ff8f8f",
    ok="#7ad69b",
    warn="#f0bf6a",
    selection="#35355f",
    hover="#2a2b32",
    zebra="#212227",
    scrim="#99000000",
    chips={
        "grey": ("#34363f", "#c6c8d2"),
        "blue": ("#1e3257", "#9dc1fb"),
        "violet": ("#35285f", "#c5b1fb"),
        "amber": ("#46330f", "#f3c677"),
        "green": ("#173d28", "#86dca6"),
        "red": ("#4d2226", "#f7a6a6"),
        "teal": ("#133e3d", "#7fdad3"),
        "pink": ("#4a1f39", "#f4a6cf"),
    },
)

SCHEMES: dict[Mode, int] = {"system": 0, "light": 1, "dark": 2}  # Qt.ColorScheme: see dialogs.plain_label

_current: Tokens = LIGHT
_mode: Mode = "light"
_listeners: list[tuple[Callable[[], Callable[[], None] | None], QObject | None]] = []


def tokens() -> Tokens:
    """The colours in use now. Delegates read these at paint time, never the system's colour scheme."""
    return _current


@cache
def color(value: str) -> QColor:
    """One shared QColor per token value, because painting asks for the same few thousands of times."""
    return QColor(value)


def on_change(listener: Callable[[], None], owner: QObject | None = None) -> None:
    """Call `listener` after each change of look, while `owner` lives (else the object it is a method of).

    A bound method is held weakly: there is no need to unsubscribe.
    """
    bound = getattr(listener, "__self__", None) is not None
    held = weakref.WeakMethod(listener, _forget) if bound else lambda: listener
    _listeners.append((held, owner))


def _forget(gone: Callable[[], object]) -> None:
    """An editor made for one cell must not be remembered until the theme changes."""
    _listeners[:] = [entry for entry in _listeners if entry[0] is not gone]


def application(program: str = "creator-crm") -> QApplication:
    """The one QApplication, told its style here: setStyle() hands back a QStyle, a class that costs 8 ms."""
    running = QApplication.instance()
    return running if isinstance(running, QApplication) else QApplication([program, "-style", "fusion"])


def apply(app: QApplication, mode: Mode) -> None:
    """Dress the whole application in `mode`; "system" follows the desktop from now on."""
    global _current, _mode
    hints = QGuiApplication.styleHints()
    if not app.property("dressed"):
        app.setProperty("dressed", True)
        app.setFont(_load_fonts(app.font()))
        hints.colorSchemeChanged.connect(lambda: _follow(app))
        app.screenAdded.connect(lambda _screen: _tell())  # a finer one needs finer pictures
    _mode = mode
    # Only for what Qt does not draw, title bars and native dialogs; the rest is painted from the tokens.
    hints.setProperty("colorScheme", SCHEMES[mode])
    _dress(app, DARK if mode == "dark" or (mode == "system" and _desktop_is_dark()) else LIGHT)


def mode() -> Mode:
    return _mode


def tabular(font: QFont) -> QFont:
    """`font` with figures of one width, so that numbers stand under each other."""
    figures = QFont(font)
    figures.setFeature(QFont.Tag("tnum"), 1)
    return figures


def scaled(font: QFont, points: float, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """`font` made `points` larger (or smaller), for headings and captions."""
    other = QFont(font)
    other.setPointSizeF(font.pointSizeF() + points)
    other.setWeight(weight)
    return other


def palette_of(look: Tokens) -> QPalette:
    """The complete QPalette: Fusion reads every role, so none is left to the desktop."""
    role = QPalette.ColorRole
    colors = {
        role.Window: look.window,
        role.WindowText: look.text,
        role.Base: look.surface,
        role.AlternateBase: look.zebra,
        role.Text: look.text,
        role.PlaceholderText: look.muted,
        role.Button: look.raised,
        role.ButtonText: look.text,
        role.BrightText: look.danger,
        role.ToolTipBase: look.raised,
        role.ToolTipText: look.text,
        role.Highlight: look.selection,
        role.HighlightedText: look.text,
        role.Link: look.accent_ink,
        role.LinkVisited: look.accent_ink,
        role.Accent: look.accent,
        role.Light: look.raised,
        role.Midlight: look.hover,
        role.Mid: look.border,
        role.Dark: look.field_border,
        role.Shadow: look.border,
    }
    palette = QPalette()
    for which, value in colors.items():
        palette.setColor(which, QColor(value))
    for which in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(look.disabled))
    return palette


def style_sheet(look: Tokens) -> str:
    """resources/styles/app.qss with each `$token` replaced by its colour."""
    folder = data_dir("resources") / "styles"
    sheet = (folder / "app.qss").read_text(encoding="utf-8")
    values = {name: value for name, value in asdict(look).items() if isinstance(value, str)}
    values |= {"radius": f"{RADIUS}px", "images": folder.as_posix()}
    for name in sorted(values, key=len, reverse=True):
        sheet = sheet.replace(f"${name}", values[name])
    return sheet


def _dress(app: QApplication, look: Tokens) -> None:
    global _current
    if _current is look and app.styleSheet():
        return
    _current = look
    app.setPalette(palette_of(look))
    app.setStyleSheet(style_sheet(look))
    _tell()


def _tell() -> None:
    for entry in list(_listeners):
        held, owner = entry
        listener = held()
        about = owner or getattr(listener, "__self__", None)
        if listener is None or (isinstance(about, QObject) and not shiboken6.isValid(about)):
            _listeners.remove(entry)
        else:
            listener()


def _follow(app: QApplication) -> None:
    if _mode == "system":
        _dress(app, DARK if _desktop_is_dark() else LIGHT)


def _desktop_is_dark() -> bool:
    app = QApplication.instance()
    if isinstance(app, QApplication) and not app.styleSheet():  # its colours still are the desktop's
        return app.palette().color(QPalette.ColorRole.Window).lightness() < 128
    from PySide6.QtCore import Qt

    return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark


def _load_fonts(default: QFont) -> QFont:
    folder = data_dir("resources") / "fonts"
    for weight in ("Regular", "Medium", "SemiBold"):
        QFontDatabase.addApplicationFont(str(folder / f"Inter-{weight}.ttf"))
    # The second family carries the scripts Inter does not draw (Japanese, Arabic, …).
    font = QFont([FAMILY, default.family()])
    font.setPointSizeF(13 if sys.platform == "darwin" else 10)
    return font
