"""The thin line at the top of the wizard that says which step this is, and which come before and after."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from creator_crm.compat import override
from creator_crm.ui.shared import theme
from creator_crm.ui.shared.icons import pixmap
from creator_crm.ui.shared.text import tr

LINE = 3
SIGN = 14


class StepLine(QWidget):
    """A segment a step: filled up to the current one, with its name below."""

    def __init__(self, titles: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.titles = tuple(titles)
        self._current = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_current(0)

    @property
    def current(self) -> int:
        return self._current

    def set_current(self, step: int) -> None:
        self._current = step
        say = tr("Step {number} of {all}: {title}")
        self.setAccessibleName(say.format(number=step + 1, all=len(self.titles), title=self.titles[step]))
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(480, self.fontMetrics().height() + LINE + theme.S)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = theme.tokens()
        width = (self.width() - theme.S * (len(self.titles) - 1)) / len(self.titles)
        for step, title in enumerate(self.titles):
            place = step if self.layoutDirection() == Qt.LayoutDirection.LeftToRight else -1 - step
            left = (place % len(self.titles)) * (width + theme.S)
            reached = step <= self._current
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color(look.accent if reached else look.border))
            painter.drawRoundedRect(QRectF(left, 0, width, LINE), LINE / 2, LINE / 2)
            self._name(
                painter, QRectF(left, LINE + theme.S, width, self.height() - LINE - theme.S), step, title
            )

    def _name(self, painter: QPainter, room: QRectF, step: int, title: str) -> None:
        look = theme.tokens()
        now = step == self._current
        font = theme.scaled(self.font(), 0, theme.SEMIBOLD if now else theme.MEDIUM)
        if step < self._current:
            tick = pixmap("check", SIGN, "accent_ink", self.devicePixelRatioF())
            painter.drawPixmap(int(room.left()), int(room.center().y() - SIGN / 2), tick)
            room.setLeft(room.left() + SIGN + theme.XS)
        text = title if step < self._current else f"{step + 1}  {title}"
        painter.setFont(font)
        painter.setPen(theme.color(look.text if now else look.muted))
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
