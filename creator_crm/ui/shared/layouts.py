"""How the parts of a page are put together: its head, two halves, what scrolls, and how it is emptied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLayout, QSplitter, QVBoxLayout, QWidget

from creator_crm.ui.shared import theme
from creator_crm.ui.shared.context import Context
from creator_crm.ui.shared.dialogs import plain_label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QScrollArea


def page_head(title: str, *beside: QWidget) -> QHBoxLayout:
    """The title of a page and what stands beside it; buttons are added at the other end."""
    heading = plain_label(title)
    heading.setFont(theme.scaled(heading.font(), 7, theme.SEMIBOLD))
    head = QHBoxLayout()
    head.setSpacing(theme.S)
    head.addWidget(heading)
    head.addSpacing(theme.M)
    for part in beside:
        head.addWidget(part)
    head.addStretch(1)
    return head


def fill_page(page: QWidget, head: QHBoxLayout, body: QWidget) -> None:
    """Head above, body below; the body goes to the right edge and to the lower one."""
    head.setContentsMargins(0, 0, theme.L, 0)
    column = QVBoxLayout(page)
    column.setContentsMargins(theme.XL, theme.L, 0, 0)
    column.setSpacing(theme.M)
    column.addLayout(head)
    column.addWidget(body, 1)


def side_by_side(context: Context, name: str, left: QWidget, right: QWidget, sizes: list[int]) -> QSplitter:
    """Two halves whose shares the user sets; they are remembered under `name`."""
    splitter = QSplitter(Qt.Orientation.Horizontal)
    splitter.setObjectName(name)
    splitter.setChildrenCollapsible(False)
    splitter.addWidget(left)
    splitter.addWidget(right)
    splitter.setSizes(sizes)
    context.keep_splitter(splitter)
    return splitter


def scrolled(body: QWidget, name: str, parent: QWidget | None = None) -> QScrollArea:
    """`body` with a scroll bar where it is too long; the page behind shows through."""
    from PySide6.QtWidgets import QFrame, QScrollArea

    area = QScrollArea(parent)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setAccessibleName(name)
    area.setWidget(body)
    body.setAutoFillBackground(False)
    area.viewport().setAutoFillBackground(False)
    return area


def scrolling(name: str, spacing: int, parent: QWidget) -> tuple[QScrollArea, QVBoxLayout]:
    """The body of a page that scrolls as a whole, and the column to fill from above."""
    body = QWidget()
    column = QVBoxLayout(body)
    column.setContentsMargins(0, 0, theme.L, theme.XL)
    column.setSpacing(spacing)
    return scrolled(body, name, parent), column


def clear(layout: QLayout) -> None:
    """Take every widget out of a layout for good."""
    while item := layout.takeAt(0):
        old = item.widget()
        if old is not None:
            old.hide()
            old.deleteLater()
