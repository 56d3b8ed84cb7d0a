"""The table of verdicts: each a chip with its word, the rest plain text."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyleOptionViewItem,
    QWidget,
)

from creator_crm.compat import override
from creator_crm.ui.imports.verdicts import REASON, VERDICT, WORDS, VerdictModel
from creator_crm.ui.shared import theme
from creator_crm.ui.shared.chips import CHIP_HEIGHT, CHIP_PADDING, chip, chip_font
from creator_crm.ui.shared.icons import pixel_ratio
from creator_crm.ui.shared.table.cells import PADDING
from creator_crm.ui.shared.table.padded import PaddedCells
from creator_crm.ui.shared.table.plain import PlainTable
from creator_crm.ui.shared.text import tr

Index = QModelIndex | QPersistentModelIndex
WIDEST = 230
MEASURED = 60


class VerdictTable(PlainTable):
    """Rows of one height, scrolled by pixels; Up and Down walk through them."""

    def __init__(self, model: VerdictModel, parent: QWidget | None = None) -> None:
        super().__init__(model, tr("The rows as they will become"), parent)
        self.verdicts = model
        self._wanted: dict[int, int] = {}
        self.setItemDelegateForColumn(VERDICT, _VerdictChip(model, self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)

    def set_widths(self) -> None:
        """Columns as wide as their heading and the first rows need, none wider than a glance."""
        self._wanted = {}
        model, header = self.verdicts, self.horizontalHeader()
        metrics, heading = QFontMetrics(theme.tabular(self.font())), header.fontMetrics()
        rows = range(min(model.rowCount(), MEASURED))
        for section in range(model.columnCount()):
            texts = [str(model.index(row, section).data() or "") for row in rows]
            title = heading.horizontalAdvance(str(model.headerData(section, Qt.Orientation.Horizontal)))
            wanted = max([title, *(metrics.horizontalAdvance(text) for text in texts)])
            room = CHIP_PADDING if section == VERDICT else 0
            self._wanted[section] = wanted + 2 * (PADDING + room) + theme.S
            header.resizeSection(section, min(self._wanted[section], WIDEST))
        self._give_the_rest_to_the_reason()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_the_rest_to_the_reason()

    def _give_the_rest_to_the_reason(self) -> None:
        """Where the values leave room, the reason is read whole."""
        header = self.horizontalHeader()
        if REASON not in self._wanted:
            return
        others = header.length() - header.sectionSize(REASON)
        room = max(self.viewport().width() - others, min(self._wanted[REASON], WIDEST))
        header.resizeSection(REASON, min(self._wanted[REASON], room))


class _VerdictChip(PaddedCells):
    """The verdict as a chip."""

    def __init__(self, model: VerdictModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._font = chip_font()

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.fill(painter, option, index)
        rect = option.rect
        word, tone = WORDS[self._model.verdict(index.row()).action]
        picture = chip(tr(word), tone, pixel_ratio(painter), self._font)
        painter.drawPixmap(rect.x() + PADDING, rect.y() + (rect.height() - CHIP_HEIGHT) // 2, picture)
