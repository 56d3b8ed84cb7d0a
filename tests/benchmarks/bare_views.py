"""The floors of the screen: plain Qt views over plain Qt models, as bare as they can be."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, QStringListModel, Qt
from PySide6.QtGui import QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QListView,
    QStyledItemDelegate,
    QTableView,
    QWidget,
)


def bare_table(cells: Sequence[Sequence[str]], widths: Sequence[int], right: frozenset[int]) -> QTableView:
    """A QTableView over a QStandardItemModel with these cells and the default delegate."""
    model = QStandardItemModel(len(cells), len(widths))
    for row, texts in enumerate(cells):
        for column, text in enumerate(texts):
            item = QStandardItem(text)
            if column in right:
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            model.setItem(row, column, item)
    view = QTableView()
    model.setParent(view)
    view.setModel(model)
    view.setShowGrid(False)
    view.setWordWrap(False)
    view.setAlternatingRowColors(True)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.verticalHeader().hide()
    view.verticalHeader().setDefaultSectionSize(34)
    view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    for column, width in enumerate(widths):
        view.setColumnWidth(column, width)
    return view


class BareCards(QStyledItemDelegate):
    """A rounded rectangle and two lines of text."""

    def paint(self, painter: QPainter, option: object, index: object) -> None:
        rect: QRect = option.rect  # type: ignore[attr-defined]
        painter.drawRoundedRect(rect.adjusted(2, 3, -3, -4), 7, 7)
        title, more = index.data().split("\n")  # type: ignore[attr-defined]
        painter.drawText(rect.adjusted(12, 10, -12, -28), Qt.AlignmentFlag.AlignLeft, title)
        painter.drawText(rect.adjusted(12, 30, -12, -8), Qt.AlignmentFlag.AlignLeft, more)

    def sizeHint(self, option: object, index: object) -> QSize:
        return QSize(160, 56)


def bare_board(columns: Sequence[Sequence[str]]) -> QWidget:
    """List views side by side, a delegate drawing each card."""
    board = QWidget()
    row = QHBoxLayout(board)
    for cards in columns:
        view = QListView()
        view.setModel(QStringListModel(list(cards), view))
        view.setItemDelegate(BareCards(view))
        view.setUniformItemSizes(True)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setFixedWidth(236)
        row.addWidget(view)
    return board
