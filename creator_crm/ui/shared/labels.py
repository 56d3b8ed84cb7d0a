"""Small pieces of text: one line that is cut off where it ends, a remark with its sign, a heading."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from creator_crm.compat import override
from creator_crm.ui.shared import theme
from creator_crm.ui.shared.dialogs import plain_label, tip
from creator_crm.ui.shared.icons import Ink, pixmap

Tone = Literal["muted", "warn", "danger", "ok"]
SIGNS: dict[Tone, str] = {
    "muted": "info",
    "warn": "triangle-alert",
    "danger": "circle-x",
    "ok": "circle-check",
}
SIGN = 16


class OneLine(QLabel):
    """Plain text on one line, cut where `cut` says; what does not fit is told by its tooltip."""

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        cut: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    ) -> None:
        super().__init__(parent)
        self._cut = cut
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.say(text)

    def say(self, text: str) -> None:
        self.setText(text)
        self._offer_the_rest()

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._offer_the_rest()

    def _offer_the_rest(self) -> None:
        whole = self.fontMetrics().horizontalAdvance(self.text()) <= self.width()
        self.setToolTip("" if whole else tip(self.text()))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        shown = self.fontMetrics().elidedText(self.text(), self._cut, self.width())
        painter.drawText(self.rect(), int(self.alignment() | Qt.AlignmentFlag.AlignVCenter), shown)


class Remark(QWidget):
    """A sentence with a sign before it: what matters is said by words, a sign and only then a colour."""

    def __init__(self, text: str = "", tone: Tone = "muted", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone: Tone = tone
        self.sign = plain_label(parent=self)
        self.sign.setFixedSize(SIGN, SIGN)
        self.label = plain_label("", wrap=True, parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.XS + 2)
        row.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.label, 1)
        theme.on_change(self._paint)
        self.say(text, tone)

    @property
    def text(self) -> str:
        return self.label.text()

    @property
    def tone(self) -> Tone:
        return self._tone

    def say(self, text: str, tone: Tone | None = None) -> None:
        """Show a sentence; "" takes no room."""
        self._tone = tone or self._tone
        self.label.setText(text)
        self.setVisible(bool(text))
        self._paint()

    def _paint(self) -> None:
        ink: Ink = self._tone
        self.sign.setPixmap(pixmap(SIGNS[self._tone], SIGN, ink, self.devicePixelRatioF()))
        colors = QPalette(self.label.palette())
        colors.setColor(QPalette.ColorRole.WindowText, theme.color(getattr(theme.tokens(), self._tone)))
        self.label.setPalette(colors)


def heading(text: str = "", parent: QWidget | None = None) -> QLabel:
    """The sentence that a step or a window opens with."""
    label = plain_label(text, wrap=True, parent=parent)
    label.setFont(theme.scaled(label.font(), 2, theme.SEMIBOLD))
    return label


class Labelled(QWidget):
    """A control with its words before it; they come and go together."""

    def __init__(self, control: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = plain_label(control.accessibleName(), "muted", parent=self)
        self.label.setBuddy(control)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, theme.S, 0)
        row.setSpacing(theme.S)
        row.addWidget(self.label)
        row.addWidget(control)
