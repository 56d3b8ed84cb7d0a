"""What to know before writing to a creator: in words, with a sign."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from creator_crm.ui.shared import theme
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.icons import pixmap


class AdviceLine(QWidget):
    """What to know before writing, in words with a sign; out of sight when there is nothing."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._sign = plain_label(parent=self)
        self.text = plain_label("", wrap=True, parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, theme.XS, 0, theme.XS)
        row.setSpacing(theme.S)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.text, 1)
        self._blocked = False
        self.hide()
        theme.on_change(self._paint)

    def say(self, blocked: str, warnings: tuple[str, ...]) -> None:
        self._blocked = bool(blocked)
        self.text.setText("\n".join((blocked, *warnings) if blocked else warnings))
        self.setVisible(bool(self.text.text()))
        self._paint()

    def _paint(self) -> None:
        ratio = self.devicePixelRatioF()
        blocked, warned = pixmap("circle-x", 18, "danger", ratio), pixmap("triangle-alert", 18, "warn", ratio)
        self._sign.setPixmap(blocked if self._blocked else warned)
