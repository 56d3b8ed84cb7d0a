"""Noting what a creator answered: by which way, what it means, in which words."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from creator_crm.ui.shared import buttons, theme
from creator_crm.ui.shared.form.editors import ChoiceEditor
from creator_crm.ui.shared.table.source import Source
from creator_crm.ui.shared.text import tr


class ReplyForm(QWidget):
    """What a creator wrote. `logged` is emitted when it shall be kept; nothing is kept by itself."""

    logged = Signal()
    opted_out = Signal()

    def __init__(self, source: Source, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        message = source.catalogue["message"]
        self.channel = ChoiceEditor(message.field("channel"), self, empty=False)
        self.outcome = ChoiceEditor(message.field("outcome"), self, empty=True)
        self.outcome.setItemText(0, tr("What does it mean?"))
        self.body = QPlainTextEdit(self)
        self.body.setAccessibleName(tr("What the creator wrote"))
        self.body.setPlaceholderText(tr("Paste what the creator wrote"))
        self.body.setTabChangesFocus(True)
        self.log_button = buttons.button(tr("Log reply"), "check", "primary", self)
        self.log_button.clicked.connect(self.logged)
        self.opt_out_button = buttons.button(tr("Wants no messages"), "eye-off", "quiet", self)
        self.opt_out_button.clicked.connect(self.opted_out)
        head = QHBoxLayout()
        head.addWidget(self.channel, 1)
        head.addWidget(self.outcome, 1)
        end = QHBoxLayout()
        end.addWidget(self.opt_out_button)
        end.addStretch(1)
        end.addWidget(self.log_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.S, 0, 0)
        column.setSpacing(theme.S)
        column.addLayout(head)
        column.addWidget(self.body, 1)
        column.addLayout(end)

    def clear(self, channel: str) -> None:
        """Start over, for an answer that came by `channel`."""
        self.channel.show_value(channel)
        self.outcome.show_value(None)
        self.body.clear()
