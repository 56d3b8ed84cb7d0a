"""Short notices above the status strip: what was done, with Undo; what went wrong. Never modal."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from creator_crm.compat import override
from creator_crm.ui.shared import buttons, theme
from creator_crm.ui.shared.icons import Ink, pixmap
from creator_crm.ui.shared.text import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QEnterEvent

Kind = Literal["ok", "info", "warn", "error"]
ICONS: dict[Kind, tuple[str, Ink]] = {
    "ok": ("circle-check", "ok"),
    "info": ("info", "accent_ink"),
    "warn": ("triangle-alert", "warn"),
    "error": ("circle-x", "danger"),
}
STAYS_MS = 8_000
MOST = 3
WIDEST = 560


class Notices(QObject):
    """Stacks at most three notices at the lower left of `host`, over the table, not the record panel."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self._host = host
        self._shown: list[Notice] = []
        host.installEventFilter(self)

    def show(
        self,
        text: str,
        kind: Kind = "info",
        button: str = "",
        on_button: Callable[[], object] | None = None,
        stays_ms: int | None = None,
        about: str = "",
    ) -> Notice:
        """Say `text`. Errors stay until closed; `button` ("Undo") runs `on_button` once.

        What was said before with the same words, or `about` the same, gives way to it.
        """
        stays = (0 if kind == "error" else STAYS_MS) if stays_ms is None else stays_ms
        for old in self.visible:
            if old.accessibleName() == text or (about and old.about == about):
                old.leave()
        notice = Notice(self._host, text, kind, button, on_button, stays)
        notice.about = about
        notice.destroyed.connect(self._place)
        self._shown.append(notice)
        for old in self.visible[:-MOST]:
            old.leave()
        notice.show()
        self._place()
        _announce(notice, text)
        return notice

    @property
    def visible(self) -> list[Notice]:
        return [notice for notice in self._shown if not notice.gone]

    def bring_to_front(self) -> None:
        """After something else was put into the host."""
        self._place()

    def clear(self) -> None:
        for notice in self.visible:
            notice.leave()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _place(self) -> None:
        self._shown = self.visible
        bottom = self._host.height() - theme.L
        for notice in reversed(self._shown):
            notice.setMaximumWidth(min(WIDEST, self._host.width() - 2 * theme.L))
            notice.adjustSize()
            bottom -= notice.height()
            notice.move(theme.L, bottom)
            notice.raise_()
            bottom -= theme.S


class Notice(QFrame):
    """One notice; the clock stands still while the mouse or the keyboard is on it."""

    def __init__(
        self,
        host: QWidget,
        text: str,
        kind: Kind,
        button: str,
        on_button: Callable[[], object] | None,
        stays_ms: int,
    ) -> None:
        super().__init__(host)
        self.setObjectName("notice")
        self.setAccessibleName(text)
        self.gone = False
        self.about = ""
        self._on_button = on_button
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.leave)
        self._stays = stays_ms
        self._build(text, kind, button)
        if stays_ms:
            self._timer.start(stays_ms)

    def _build(self, text: str, kind: Kind, button: str) -> None:
        sign = QLabel(self)
        sign.setPixmap(pixmap(ICONS[kind][0], 18, ICONS[kind][1], self.devicePixelRatioF()))
        self.label = QLabel(self)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setText(text)
        self.label.setWordWrap(self.label.sizeHint().width() > WIDEST - 160)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.M, theme.S, theme.S, theme.S)
        row.setSpacing(theme.S)
        row.addWidget(
            sign, 0, Qt.AlignmentFlag.AlignTop if self.label.wordWrap() else Qt.AlignmentFlag.AlignVCenter
        )
        row.addWidget(self.label, 1)
        self.button = buttons.button(button, "", "quiet", self)
        self.button.setVisible(bool(button))
        self.button.clicked.connect(self._press)
        self.close_button = buttons.icon_button(tr("Close this notice"), "x", self)
        self.close_button.clicked.connect(self.leave)
        row.addWidget(self.button)
        row.addWidget(self.close_button)
        from PySide6.QtGui import QColor
        from PySide6.QtWidgets import QGraphicsDropShadowEffect

        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(24)
        shadow.setOffset(0, 4)
        shadow.setColor(QColor(0, 0, 0, 50))
        self.setGraphicsEffect(shadow)

    def leave(self) -> None:
        """Go away, and never come back."""
        if not self.gone:
            self.gone = True
            self._timer.stop()
            self.hide()
            self.deleteLater()

    def _press(self) -> None:
        on_button, self._on_button = self._on_button, None
        self.leave()
        if on_button:
            on_button()

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        self._timer.stop()
        super().enterEvent(event)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        if self._stays and not self.gone:
            self._timer.start(self._stays)
        super().leaveEvent(event)


def _announce(notice: Notice, text: str) -> None:
    """Have a screen reader say it, since the focus stays where it is."""
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(notice, text))
