"""What the wizard shows while it works: what it is doing, how far it is, and a button to stop."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from creator_crm.ui.shared import theme
from creator_crm.ui.shared.buttons import button
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.text import tr


class BusyPane(QWidget):
    """A bar in the middle of the page; `stop_wanted` when the user has had enough."""

    stop_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = plain_label(parent=self)
        self.label.setFont(theme.scaled(self.font(), 1, theme.MEDIUM))
        self.detail = plain_label("", "muted", parent=self)
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(360)
        self.bar.setAccessibleName(tr("Progress"))
        self.stop = button(tr("Stop"), "", "quiet", self)
        self.stop.clicked.connect(self._on_stop)
        column = QVBoxLayout(self)
        column.setSpacing(theme.M)
        column.addStretch(2)
        for part in (self.label, self.bar, self.detail, self.stop):
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def begin(self, sentence: str) -> None:
        self.label.setText(sentence)
        self.detail.setText("")
        self.bar.setRange(0, 0)
        self.stop.setEnabled(True)

    def move_to(self, done: int, total: int, text: str) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.detail.setText(text)

    def _on_stop(self) -> None:
        self.stop.setEnabled(False)
        self.label.setText(tr("Stopping…"))
        self.stop_wanted.emit()
