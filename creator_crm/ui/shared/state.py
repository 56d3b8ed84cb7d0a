"""What the window remembers between two starts (size, page, splitters), never anybody's data."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from PySide6.QtWidgets import QSplitter, QWidget

SMALLEST = (760, 480)


class State:
    """A dictionary in a file. A missing, damaged or unwritable file only means that nothing is remembered."""

    def __init__(self, path: Path | None) -> None:
        """`path` None keeps everything in memory (tests, self-test)."""
        self._path = path
        self._values: dict[str, Any] = {}
        self._dirty = False
        if path is not None:
            import json

            try:
                read = json.loads(path.read_text(encoding="utf-8"))
            except (OSError, ValueError):
                read = {}
            if isinstance(read, dict):
                self._values = read

    def text(self, key: str, default: str = "") -> str:
        value = self._values.get(key)
        return value if isinstance(value, str) else default

    def numbers(self, key: str) -> list[int]:
        """A list of whole numbers, empty when there is none to trust."""
        value = self._values.get(key)
        good = isinstance(value, list) and all(type(each) is int for each in value)
        return list(value) if good and value else []

    def texts(self, key: str) -> list[str]:
        value = self._values.get(key)
        good = isinstance(value, list) and all(isinstance(each, str) for each in value)
        return list(value) if good and value else []

    def flag(self, key: str, default: bool = False) -> bool:
        value = self._values.get(key)
        return value if isinstance(value, bool) else default

    def remember(self, key: str, value: str | bool | list[int] | list[str]) -> None:
        if self._values.get(key) != value:
            self._values[key] = value
            self._dirty = True

    def save(self) -> None:
        """Write the file beside its place and move it there; a full disk loses only the window's size."""
        if self._path is None or not self._dirty:
            return
        import json

        beside = self._path.with_name(self._path.name + ".new")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            beside.write_text(json.dumps(self._values, indent=1), encoding="utf-8")
            os.replace(beside, self._path)  # noqa: PTH105 (replaces on Windows too)
            self._dirty = False
        except OSError:
            with suppress(OSError):
                beside.unlink(missing_ok=True)


def state_file() -> Path:
    """Where this user's window state lies."""
    from platformdirs import user_config_path

    return user_config_path("creator-crm", appauthor=False) / "window.json"


def clamped(wanted: QRect, screens: list[QRect]) -> QRect:
    """`wanted` moved and shrunk onto the screen it overlaps most: a screen may be gone since last time."""

    def shared(screen: QRect) -> int:
        common = screen.intersected(wanted)
        return max(common.width(), 0) * max(common.height(), 0)

    screen = max(screens, key=shared)
    width = min(max(wanted.width(), SMALLEST[0]), screen.width())
    height = min(max(wanted.height(), SMALLEST[1]), screen.height())
    left = min(max(wanted.left(), screen.left()), screen.left() + screen.width() - width)
    top = min(max(wanted.top(), screen.top()), screen.top() + screen.height() - height)
    return QRect(left, top, width, height)


def restore_place(window: QWidget, state: State, first_size: tuple[int, int]) -> None:
    """Put the window where it was left, or in the middle of the first screen."""
    screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
    kept = state.numbers("window")
    first = QRect(QPoint(), QSize(*first_size))
    first.moveCenter(screens[0].center())
    window.setGeometry(clamped(QRect(*kept) if len(kept) == 4 else first, screens))
    if state.flag("maximized"):
        from PySide6.QtCore import Qt

        window.setWindowState(Qt.WindowState.WindowMaximized)


def remember_place(window: QWidget, state: State) -> None:
    """Note where the window is, as it would be when not maximized."""
    frame = window.normalGeometry()
    state.remember("window", [frame.x(), frame.y(), frame.width(), frame.height()])
    state.remember("maximized", window.isMaximized())


def keep_splitter(splitter: QSplitter, state: State) -> None:
    """Restore a splitter by its objectName, and remember it from now on."""
    key = f"splitter.{splitter.objectName()}"
    if sizes := state.numbers(key):
        splitter.setSizes(sizes)
    splitter.splitterMoved.connect(lambda *_: state.remember(key, splitter.sizes()))
