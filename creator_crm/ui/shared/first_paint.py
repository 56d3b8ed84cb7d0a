"""What waits until the window is on the screen, and what a key does not wait for.

Nothing here looks on with an event filter before that: the first event a filter of ours is given makes PySide
build its fifty classes of events.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from creator_crm.compat import override

if TYPE_CHECKING:
    from PySide6.QtCore import SignalInstance


class AfterFirstPaint(QObject):
    """Calls back once something is on the screen, so that nobody waits in front of nothing."""

    AT_THE_LATEST_MS = 2_000  # a window that opens minimised is not painted at all

    def __init__(
        self, owner: QObject, painted: SignalInstance, then: Callable[[], object], pause_ms: int = 0
    ) -> None:
        """`painted` is sent by whatever is waited for, from inside its painting."""
        super().__init__(owner)
        self._painted, self._then, self._pause_ms = painted, then, pause_ms
        self._late = QTimer(self, singleShot=True, interval=self.AT_THE_LATEST_MS)
        self._late.timeout.connect(self._call)
        self._late.start()
        self._waits = True
        painted.connect(self._on_painted)

    def now(self) -> None:
        """Call back at once, if that was not done yet."""
        if self._waits:
            self._call()

    def _on_painted(self) -> None:
        self._painted.disconnect(self._on_painted)
        self._late.start(self._pause_ms)  # after this frame, not inside it

    def _call(self) -> None:
        self._waits = False
        self._late.stop()
        self.deleteLater()
        self._then()


class BeforeFirstKey(QObject):
    """Calls back when the first key is pressed in the window, before anybody asks which shortcut it is."""

    def __init__(self, window: QWidget, painted: SignalInstance, then: Callable[[], object]) -> None:
        super().__init__(window)
        self._window, self._painted, self._then = window, painted, then
        painted.connect(self._on_painted)

    def _on_painted(self) -> None:
        self._painted.disconnect(self._on_painted)
        self._window.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            self._window.removeEventFilter(self)
            self.deleteLater()
            self._then()
        return False
