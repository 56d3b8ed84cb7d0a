"""A small picture inside a line to type in: a glass to search with, a calendar to open."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit

from creator_crm.ui.shared import icons


class LineSign(QAction):
    """The picture, and what happens when it is clicked."""

    def __init__(self, line: QLineEdit, name: str, position: QLineEdit.ActionPosition) -> None:
        super().__init__(line)
        icons.put(self, name, "muted")
        line.addAction(self, position)
