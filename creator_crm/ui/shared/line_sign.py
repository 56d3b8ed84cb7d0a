"""A small picture inside a line to type in: a glass to search with, a calendar to open."""

from __future__ import annotations

import shiboken6
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QLineEdit

from creator_crm.ui.shared import theme
from creator_crm.ui.shared.icons import pixmap

SIZE = 16


class LineSign(QAction):
    """Made of pictures, not of our icon engine: a line paints its icons through the engine, and under
    PySide6 6.11 that path (`QIcon.paint` into Python) crashes now and then."""

    def __init__(self, line: QLineEdit, name: str, position: QLineEdit.ActionPosition) -> None:
        super().__init__(line)
        self._name = name
        self._paint()
        line.addAction(self, position)
        theme.on_change(self._paint)

    def _paint(self) -> None:
        if shiboken6.isValid(self):
            sign = QIcon()
            for ratio in (1.0, 1.5, 2.0, 3.0):
                sign.addPixmap(pixmap(self._name, SIZE, "muted", ratio))
            self.setIcon(sign)
