"""How cells are drawn: plain text, chips for choices and tags, a tick for yes."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QHelpEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from creator_crm.compat import override
from creator_crm.domain.fields import Field, Kind
from creator_crm.ui.shared.chips import CHIP_HEIGHT, CHIP_PADDING, chip, chip_font
from creator_crm.ui.shared.dialogs import escaped
from creator_crm.ui.shared.fitting import Fitting
from creator_crm.ui.shared.icons import pixel_ratio, pixmap
from creator_crm.ui.shared.table.editing import EditedCells
from creator_crm.ui.shared.table.formatting import display, right_aligned
from creator_crm.ui.shared.table.model import RecordModel

Index = QModelIndex | QPersistentModelIndex

ROW_HEIGHT = 34
PADDING = 8
GAP = 4

_LINE = int(Qt.TextFlag.TextSingleLine) | int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute)
_LEFT = _LINE | int(Qt.AlignmentFlag.AlignLeft)
_BY_TEXT = Qt.LayoutDirection.LayoutDirectionAuto


class Cells(EditedCells):
    """Draws the cells of one column as text; what lies behind and around them is the grid's."""

    def __init__(self, model: RecordModel, field: Field, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self.field = field
        self._font = model.figures() if right_aligned(field) else QApplication.font()
        self._fitted = Fitting(self._font)
        self._metrics = self._fitted.metrics
        self._mirrored = QApplication.isRightToLeft()
        self._at_right = right_aligned(field) != self._mirrored

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if text := self._model.text(index.row(), index.column()):
            self.draw(painter, option.rect, text)

    def draw(self, painter: QPainter, rect: QRect, text: str) -> None:
        width = rect.width() - 2 * PADDING
        shown = self._fitted(text, width)
        x = rect.x() + PADDING
        if self._at_right:
            x += width - self._fitted.width(shown)
        if self._mirrored:
            painter.setLayoutDirection(_BY_TEXT)  # "@ana" keeps its sign in front in a mirrored window
        painter.setFont(self._font)
        painter.drawText(x, self._fitted.baseline(rect.y(), rect.height()), shown)

    def _start(self, rect: QRect, width: int) -> int:
        """Where a picture of that width begins: at the side that reading begins."""
        return rect.right() + 1 - PADDING - width if self._mirrored else rect.x() + PADDING

    def wanted_width(self, text: str) -> int:
        """How wide a cell must be to show `text` whole."""
        return self._metrics.horizontalAdvance(text) + 2 * PADDING

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self.wanted_width(self._model.text(index.row(), index.column())), ROW_HEIGHT)

    @override
    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """What does not fit is told by a tooltip, as plain text."""
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return super().helpEvent(event, view, option, index)
        value = self._model.value(index.row(), index.column())
        text = self._model.text(index.row(), index.column())
        whole = value if self.field.kind is Kind.LONG_TEXT and isinstance(value, str) else text
        if not text or self.wanted_width(whole) <= option.rect.width():
            QToolTip.hideText()
            return True
        QToolTip.showText(event.globalPos(), as_plain(whole[:2000]), view)
        return True


class ChipCells(Cells):
    """Choices as chips: the colour helps the eye, the word says it."""

    def __init__(self, model: RecordModel, field: Field, parent: QWidget) -> None:
        super().__init__(model, field, parent)
        self._font = chip_font()
        self._metrics = QFontMetrics(self._font)
        self._tones = {display(field, c.value): c.tone for c in field.choices}

    @override
    def draw(self, painter: QPainter, rect: QRect, text: str) -> None:
        ratio = pixel_ratio(painter)
        picture = chip(text, self._tones.get(text, "grey"), ratio, self._font, rect.width() - 2 * PADDING)
        x = self._start(rect, round(picture.width() / ratio))
        painter.drawPixmap(x, rect.y() + (rect.height() - CHIP_HEIGHT) // 2, picture)

    @override
    def wanted_width(self, text: str) -> int:
        return self._metrics.horizontalAdvance(text) + 2 * (PADDING + CHIP_PADDING)


class TagCells(ChipCells):
    """Tags as small chips, as many as fit; "+2" says how many more there are."""

    tones: Mapping[str, str] = {}

    @override
    def draw(self, painter: QPainter, rect: QRect, text: str) -> None:
        ratio = pixel_ratio(painter)
        x, right = rect.x() + PADDING, rect.right() - PADDING
        y = rect.y() + (rect.height() - CHIP_HEIGHT) // 2
        tags = text.split(", ")
        for place, tag in enumerate(tags):
            last = place == len(tags) - 1
            room = right - x - (0 if last else 28)
            picture = chip(tag, self.tones.get(tag, "grey"), ratio, self._font, 0)
            width = round(picture.width() / ratio)
            if width > room and (place or not last):
                if place or room < 40:
                    painter.setFont(self._font)
                    painter.drawText(x, rect.y(), right - x, rect.height(), _LEFT, f"+{len(tags) - place}")
                    return
                picture = chip(tag, self.tones.get(tag, "grey"), ratio, self._font, room)
                width = round(picture.width() / ratio)
            elif width > room:
                picture = chip(tag, self.tones.get(tag, "grey"), ratio, self._font, room)
            painter.drawPixmap(x, y, picture)
            x += width + GAP

    @override
    def wanted_width(self, text: str) -> int:
        tags = text.split(", ")
        chips = sum(self._metrics.horizontalAdvance(tag) + 2 * CHIP_PADDING for tag in tags)
        return chips + GAP * (len(tags) - 1) + 2 * PADDING


class TickCells(Cells):
    """Yes as a tick, no as nothing."""

    @override
    def draw(self, painter: QPainter, rect: QRect, text: str) -> None:
        tick = pixmap("check", 16, "accent_ink", pixel_ratio(painter))
        painter.drawPixmap(self._start(rect, 16), rect.y() + (rect.height() - 16) // 2, tick)


def cells_for(model: RecordModel, field: Field, parent: QWidget) -> Cells:
    """The delegate that draws a field's kind."""
    kinds = {Kind.CHOICE: ChipCells, Kind.TAGS: TagCells, Kind.FLAG: TickCells}
    plain = field.kind is Kind.CHOICE and all(c.label == c.value for c in field.choices)
    return Cells(model, field, parent) if plain else kinds.get(field.kind, Cells)(model, field, parent)


def as_plain(text: str) -> str:
    """`text` as a tooltip that shows it letter by letter, whatever tags it holds."""
    return f"<p style='white-space:pre-wrap'>{escaped(text)}</p>"
