"""Cells whose text stands under the text of their heading."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QBrush, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from creator_crm.compat import override
from creator_crm.ui.shared import theme

Index = QModelIndex | QPersistentModelIndex
BESIDE = 5  # with the 3 pixels that the style leaves, as much as a heading has


class PaddedCells(QStyledItemDelegate):
    """Draws what lies behind the cell to its edges, and the text further in."""

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.fill(painter, option, index)
        inner = QStyleOptionViewItem(option)
        inner.rect = option.rect.adjusted(BESIDE, 0, -BESIDE, 0)
        inner.state &= ~(QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_HasFocus)
        super().paint(painter, inner, index)

    def fill(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The selection, or the colour that the model gives the cell."""
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, theme.color(theme.tokens().selection))
        elif behind := index.data(Qt.ItemDataRole.BackgroundRole):
            painter.fillRect(option.rect, behind)

    @override
    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        option.backgroundBrush = QBrush()

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        wanted = super().sizeHint(option, index)
        return QSize(wanted.width() + 2 * BESIDE, wanted.height())
