"""What waits until the window is on the screen, and what a key does not wait for."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from creator_crm.compat import override


class AfterFirstPaint(QObject):
    """Calls back once the window is on the screen, so that nobody waits in front of nothing."""

    AT_THE_LATEST_MS = 2_000  # a window that opens minimised is not painted at all

    def __init__(self, window: QWidget, then: Callable[[], object], pause_ms: int = 0) -> None:
        super().__init__(window)
        self._window, self._then, self._pause_ms = window, then, pause_ms
        window.installEventFilter(self)
        self._late = QTimer(self, singleShot=True, interval=self.AT_THE_LATEST_MS)
        self._late.timeout.connect(self._call)
        self._late.start()
        self._waits = True

    def now(self) -> None:
        """Call back at once, if that was not done yet."""
        if self._waits:
            self._late.stop()
            self._call()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._window.removeEventFilter(self)
            self._late.start(self._pause_ms)  # after this frame, not inside it
        return False

    def _call(self) -> None:
        self._waits = False
        self._window.removeEventFilter(self)
        self.deleteLater()
        self._then()


class BeforeFirstKey(QObject):
    """Calls back when the first key is pressed in the window, before anybody asks which shortcut it is."""

    def __init__(self, window: QWidget, then: Callable[[], object]) -> None:
        super().__init__(window)
        self._window, self._then = window, then
        window.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            self._window.removeEventFilter(self)
            self.deleteLater()
            self._then()
        return False
