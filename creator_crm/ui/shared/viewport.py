"""The ground that a scroll area draws on, made by us.

Asked for the one that Qt made, PySide builds all classes of widgets to tell which it is.
"""

from __future__ import annotations

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QAbstractScrollArea, QWidget


def give_ground(area: QAbstractScrollArea, *, filled: bool = True) -> None:
    """Give an area a viewport like Qt's own; one that is not filled lets through what is behind."""
    ground = QWidget(area)
    ground.setObjectName("qt_scrollarea_viewport")
    if filled:
        ground.setBackgroundRole(QPalette.ColorRole.Base)
        ground.setAutoFillBackground(True)
    area.setViewport(ground)
