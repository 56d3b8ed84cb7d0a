"""What was said so far with one creator, the newest at the end: theirs at the left, ours at the right."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from creator_crm.compat import override
from creator_crm.domain.outreach import CHANNELS, MESSAGE_STATUSES, OUTCOMES
from creator_crm.ui.shared import theme
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.table.formatting import moment
from creator_crm.ui.shared.text import day, isolate, tr
from creator_crm.ui.shared.viewport import give_ground

MOST = 30
LONGEST = 1_200
_CHANNELS = {c.value: c.label for c in CHANNELS}
_STATUSES = {c.value: c.label for c in MESSAGE_STATUSES}
_OUTCOMES = {c.value: c.label for c in OUTCOMES}


class Conversation(QScrollArea):
    """The last messages with a creator as bubbles."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(tr("Conversation"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumHeight(90)
        give_ground(self, filled=False)

    def show_messages(self, messages: Sequence[Any]) -> None:
        """Show these message rows in order of time."""
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(theme.L, theme.S, theme.L, theme.S)
        column.setSpacing(theme.S)
        if len(messages) > MOST:
            older = tr("{count} earlier messages are on the Messages tab.")
            column.addWidget(plain_label(older.format(count=len(messages) - MOST), "muted", wrap=True))
        column.addStretch(1)
        for message in messages[-MOST:]:
            column.addLayout(_bubble(message))
        if not messages:
            column.addWidget(
                plain_label(tr("Nothing was said yet. This is the first message."), "muted", True)
            )
            column.addStretch(1)
        self.setWidget(body)
        body.setAutoFillBackground(False)  # the page behind shows through
        QTimer.singleShot(0, self, self._to_the_end)

    def _to_the_end(self) -> None:
        bar = self.verticalScrollBar()
        bar.setValue(bar.maximum())


class Bubble(QWidget):
    """The ground of one message; theirs and ours differ in colour and side."""

    def __init__(self, theirs: bool) -> None:
        super().__init__()
        self._theirs = theirs
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(look.hover if self._theirs else look.accent_soft))
        painter.drawRoundedRect(QRectF(self.rect()), 10, 10)
        painter.end()


def _bubble(message: Any) -> QHBoxLayout:
    theirs = message.direction == "in"
    bubble = Bubble(theirs)
    inside = QVBoxLayout(bubble)
    inside.setContentsMargins(theme.M, theme.S, theme.M, theme.S)
    inside.setSpacing(2)
    body = (message.body or message.subject or _without_text(message)).strip()
    text = plain_label(body if len(body) <= LONGEST else body[:LONGEST].rstrip() + "…", wrap=True)
    text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    under = plain_label(_told(message, theirs), "muted", wrap=True)
    under.setFont(theme.scaled(under.font(), -1))
    inside.addWidget(text)
    inside.addWidget(under)
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(bubble, 5)
    row.insertStretch(1 if theirs else 0, 1)
    return row


def _without_text(message: Any) -> str:
    if message.sent_at is None and message.send_on:
        return tr("To be written on {day}").format(day=day(date.fromisoformat(message.send_on)))
    return tr("(no text was kept)")


def _told(message: Any, theirs: bool) -> str:
    """ "From creator · TikTok DM · 11/20/2026 14:05 · Interested" under a bubble."""
    when = moment(message.sent_at) if message.sent_at else tr(_STATUSES.get(message.status or "", "Planned"))
    told = [
        tr("From creator") if theirs else isolate(message.author) if message.author else tr("From us"),
        tr(_CHANNELS.get(message.channel or "", "")),
        when,
        tr(_OUTCOMES.get(message.outcome or "", "")),
    ]
    return " · ".join(part for part in told if part)
