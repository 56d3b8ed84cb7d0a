"""Draws who gets something: the name, what becomes of them as a chip, and why in a second line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtWidgets import QApplication, QListWidget, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from creator_crm.compat import override
from creator_crm.ui.shared import theme
from creator_crm.ui.shared.chips import CHIP_HEIGHT, chip, chip_font
from creator_crm.ui.shared.fitting import Fitting
from creator_crm.ui.shared.icons import pixel_ratio

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

FATE = Qt.ItemDataRole.UserRole + 1
_ACROSS, _DOWN, _WIDEST_CHIP = 8, 6, 110


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of one of them: a word with its colour, and why."""

    chip: str = ""
    tone: str = "grey"
    text: str = ""


class ReceiverCells(QStyledItemDelegate):
    """One line for each, two for those of whom there is something to say."""

    def __init__(self, view: QListWidget) -> None:
        super().__init__(view)
        self._view = view
        font = QApplication.font()
        self._name, self._why = Fitting(font), Fitting(theme.scaled(font, -0.5))
        self._chip_font = chip_font()

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        fate = index.data(FATE)
        high = max(self._name.height, CHIP_HEIGHT) + 2 * _DOWN
        return QSize(120, high + (self._why.height if fate and fate.text else 0))

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        look, rect = theme.tokens(), option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.color(look.selection))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.color(look.hover))
        inside = rect.adjusted(_ACROSS, _DOWN, -_ACROSS, -_DOWN)
        fate: Fate | None = index.data(FATE)
        first = QRect(inside.x(), inside.y(), inside.width(), max(self._name.height, CHIP_HEIGHT))
        taken = self._draw_chip(painter, first, fate) if fate and fate.chip else 0
        painter.setPen(theme.color(look.text))
        self._write(painter, first, self._name, str(index.data() or ""), taken)
        if fate and fate.text:
            second = QRect(inside.x(), first.bottom() + 1, inside.width(), self._why.height)
            painter.setPen(theme.color(look.muted))
            self._write(painter, second, self._why, fate.text, 0)

    def _draw_chip(self, painter: QPainter, room: QRect, fate: Fate) -> int:
        ratio = pixel_ratio(painter)
        picture = chip(fate.chip, fate.tone, ratio, self._chip_font, _WIDEST_CHIP)
        width = round(picture.width() / ratio)
        x = room.x() if self._view.isRightToLeft() else room.right() + 1 - width
        painter.drawPixmap(x, room.y() + (room.height() - CHIP_HEIGHT) // 2, picture)
        return width + theme.S

    def _write(self, painter: QPainter, room: QRect, font: Fitting, text: str, taken: int) -> None:
        shown = font(text, room.width() - taken)
        x = room.right() + 1 - font.width(shown) if self._view.isRightToLeft() else room.x()
        painter.setFont(font.font)
        painter.drawText(x, font.baseline(room.y(), room.height()), shown)
