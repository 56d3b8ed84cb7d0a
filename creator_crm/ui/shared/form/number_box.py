"""A whole number between two bounds, typed or stepped."""

from __future__ import annotations

from PySide6.QtWidgets import QSpinBox, QWidget

from creator_crm.ui.shared import theme


class NumberBox(QSpinBox):
    """Keeps its figures off its border: the style sheet's padding does not reach the line inside."""

    def __init__(self, low: int, high: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(low, high)
        self.lineEdit().setTextMargins(theme.S, 0, theme.S, 0)
