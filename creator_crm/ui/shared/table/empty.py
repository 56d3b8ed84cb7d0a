"""What stands where a list would be when there is nothing to list: one sentence and one next step."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from creator_crm.ui.shared import buttons, theme
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.icons import pixmap

WIDTH = 420


class Empty(QWidget):
    """An icon, a sentence, a button."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sign = ""
        self._picture = plain_label(parent=self)
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._picture.setFixedSize(56, 56)
        self._picture.setObjectName("emblem")
        self.sentence = plain_label("", "muted", wrap=True, parent=self)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.sentence.setFixedWidth(WIDTH)
        self.button = buttons.button("", parent=self)
        column = QVBoxLayout(self)
        column.setSpacing(theme.M)
        column.addStretch(2)
        for part in (self._picture, self.sentence, self.button):
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        theme.on_change(self._paint)

    def say(self, sentence: str, button: str, sign: str) -> None:
        """The sentence, the button's label ("" for no button) and the icon above them."""
        self._sign = sign
        self.sentence.setText(sentence)
        self.sentence.ensurePolished()
        self.sentence.setMinimumHeight(self.sentence.heightForWidth(WIDTH))
        self.button.setText(button)
        self.button.setAccessibleName(button or sentence)
        self.button.setVisible(bool(button))
        self._paint()

    def _paint(self) -> None:
        if self._sign and shiboken6.isValid(self):
            self._picture.setPixmap(pixmap(self._sign, 26, "accent_ink", self.devicePixelRatioF()))
