"""A file that can't be imported: one sentence why, and the way to another one."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from creator_crm.ui.shared import theme
from creator_crm.ui.shared.buttons import button
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.icons import pixmap
from creator_crm.ui.shared.text import tr

WIDTH = 520


class Refusal(QWidget):
    """Stands where the first step would be."""

    another_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sign = plain_label(parent=self)
        self.sign.setFixedSize(72, 72)
        self.sign.setObjectName("emblem")
        self.sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.title = plain_label(tr("This file can't be imported"), parent=self)
        self.title.setFont(theme.scaled(self.font(), 5, theme.SEMIBOLD))
        self.sentence = plain_label("", wrap=True, parent=self)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.sentence.setFixedWidth(WIDTH)
        self.another = button(tr("Choose another file…"), "folder-open", "", self)
        self.another.clicked.connect(self.another_wanted)
        column = QVBoxLayout(self)
        column.setSpacing(theme.M)
        column.addStretch(2)
        for part in (self.sign, self.title, self.sentence, self.another):
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        theme.on_change(self._paint)
        self._paint()

    def say(self, sentence: str) -> None:
        self.sentence.setText(sentence)
        self.sentence.ensurePolished()
        self.sentence.setMinimumHeight(
            self.sentence.heightForWidth(WIDTH)
        )  # a centred label does not wrap by itself
        self.another.setFocus()

    def _paint(self) -> None:
        self.sign.setPixmap(pixmap("triangle-alert", 32, "warn", self.devicePixelRatioF()))
