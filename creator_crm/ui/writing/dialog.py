"""The message writer in a window of its own, for pages that have no room for it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from creator_crm.ui.shared.context import Context
from creator_crm.ui.shared.text import tr
from creator_crm.ui.writing.who import WhoPicker
from creator_crm.ui.writing.writer import MessageWriter


class WriteDialog(QDialog):
    """Writes to one creator, or notes a reply; asks who it is if nobody said. Closes once logged."""

    def __init__(self, context: Context, parent: QWidget, creator: int = 0, **how: Any) -> None:
        """`how` as in `MessageWriter.write_to`."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Log a reply") if how.get("replied") else tr("Write to a creator"))
        self.resize(580, 700)
        self._how = how
        self.who = WhoPicker(context.workspace, self)
        self.writer = MessageWriter(context, self)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.who)
        self.stack.addWidget(self.writer)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)  # Enter chooses and writes; it must never copy or log
        self.who.chosen.connect(self.show_creator)
        self.writer.logged.connect(self.accept)
        self.writer.record_button.clicked.connect(self.reject)
        if creator:
            self.show_creator(creator)
        else:
            self.who.setFocus()

    def show_creator(self, creator: int) -> None:
        """Write to this one."""
        self.stack.setCurrentWidget(self.writer)
        self.writer.write_to(creator, **self._how)
        self.writer.begin()
