"""The table of a review: a name with its sign, the two sides with a mark at the chosen one, ticks."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QStyleOptionViewItem, QWidget

from creator_crm.compat import override
from creator_crm.domain.merging import Side
from creator_crm.ui.shared import theme
from creator_crm.ui.shared.fitting import Fitting
from creator_crm.ui.shared.icons import pixel_ratio, pixmap
from creator_crm.ui.shared.table.cells import PADDING
from creator_crm.ui.shared.table.padded import PaddedCells
from creator_crm.ui.shared.table.plain import PlainTable
from creator_crm.ui.shared.text import tr
from creator_crm.ui.workbook.lines import Section
from creator_crm.ui.workbook.model import ReviewModel

Index = QModelIndex | QPersistentModelIndex
MARK = 14  # the circle of a side
MARKED = PADDING + MARK + PADDING  # where its text begins; a click before that chooses
SIGN = 16
KEYS = {
    Qt.Key.Key_M: Side.MINE,
    Qt.Key.Key_1: Side.MINE,
    Qt.Key.Key_T: Side.THEIRS,
    Qt.Key.Key_2: Side.THEIRS,
}
UNDECIDING = (Qt.Key.Key_0, Qt.Key.Key_U, Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
PRESSING = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
_SELECT = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows


class ReviewTable(PlainTable):
    """M or 1 keeps yours, T or 2 takes theirs, U decides nothing; Space takes the side under the cursor."""

    current_moved = Signal(int)
    menu_wanted = Signal(object)  # QPoint, global

    def __init__(self, model: ReviewModel, parent: QWidget | None = None) -> None:
        super().__init__(model, tr("What the workbook brings"), parent)
        self.review = model
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self._plain = self.itemDelegate()
        self._named, self._sided = _Named(model, self), _Sided(model, self)
        self.selectionModel().currentChanged.connect(lambda now, _: self.current_moved.emit(now.row()))

    def show_section(self, row: int) -> None:
        """After the model shows another section: its delegates and widths, and the line to begin with."""
        for place, column in enumerate(self.review.columns):
            delegate = self._named if column.signed else self._sided if self._chooses(place) else self._plain
            self.setItemDelegateForColumn(place, delegate)
        self._share_width()
        if self.review.lines:
            first = next((at for at in range(len(self.review.columns)) if self._chooses(at)), 0)
            self.choose_row(min(max(row, 0), len(self.review.lines) - 1), first)
        else:
            self.current_moved.emit(-1)

    def choose_row(self, row: int, column: int | None = None) -> None:
        """Put the cursor on one line."""
        at = self.currentIndex().column() if column is None else column
        self.selectionModel().setCurrentIndex(self.review.index(row, max(at, 0)), _SELECT)

    def selected(self) -> list[int]:
        """The places of the selected lines, in order."""
        chosen: QItemSelection = self.selectionModel().selection()
        ranges = [chosen.at(place) for place in range(chosen.count())]
        return sorted({row for each in ranges for row in range(each.top(), each.bottom() + 1)})

    def decide(self, side: Side | None, rows: Sequence[int] | None = None) -> None:
        """Choose a side for the selected lines, or for `rows`."""
        if self.review.section is Section.BOTH:
            self.review.choose(self.selected() if rows is None else rows, side)

    def toggle(self) -> None:
        """Tick the selected lines, or untick them when all are ticked."""
        rows = self.selected()
        on = not all(self.review.choices.ticked(self.review.lines[row]) for row in rows)
        self.review.tick(rows, on)

    def _chooses(self, column: int) -> bool:
        return self.review.section is Section.BOTH and self.review.columns[column].side is not None

    # Keys and mouse ------------------------------------------------------------------------------------

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        held = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        if held or not self._press(key):
            super().keyPressEvent(event)

    @override
    def keyboardSearch(self, search: str) -> None:
        """Letters decide; they look for nothing."""

    def _press(self, key: Qt.Key) -> bool:
        """Whether the key was one of ours."""
        columns, current = self.review.columns, self.currentIndex()
        if not current.isValid():
            return False
        if self.review.section is Section.BOTH:
            if key in KEYS:
                self._decide_and_go_on(KEYS[key])
            elif key in UNDECIDING:
                self.decide(None)
            elif key in PRESSING and (side := columns[current.column()].side) is not None:
                self._decide_and_go_on(side)
            else:
                return False
            return True
        if key == Qt.Key.Key_Space and columns[0].ticks:
            self.toggle()
            return True
        return False

    def _decide_and_go_on(self, side: Side) -> None:
        """One line decided leads to the next; several stay selected."""
        rows = self.selected()
        self.decide(side)
        if len(rows) == 1 and rows[0] + 1 < len(self.review.lines):
            self.choose_row(rows[0] + 1)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        on_mark = index.isValid() and event.position().x() < self.visualRect(index).x() + MARKED
        if on_mark and self._chooses(index.column()) and event.button() == Qt.MouseButton.LeftButton:
            if index.row() not in self.selected():
                self.choose_row(index.row(), index.column())
            self.decide(self.review.columns[index.column()].side, [index.row()])
            self.setFocus()
            return
        super().mousePressEvent(event)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and self._chooses(index.column()):
            self.decide(self.review.columns[index.column()].side, [index.row()])
        else:
            super().mouseDoubleClickEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        where = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            where = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft())
        self.menu_wanted.emit(where)

    # Widths --------------------------------------------------------------------------------------------

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def _share_width(self) -> None:
        """Columns fill the table in the shares of their usual widths; none gets narrower than a word."""
        columns = self.review.columns
        room = self.viewport().width()
        fixed = sum(column.width for column in columns if column.width <= 70)
        shared = sum(column.width for column in columns if column.width > 70)
        left = room
        for place, column in enumerate(columns):
            wide = column.width
            if column.width > 70:
                wide = max(column.width * (room - fixed) // shared, 90)
            if place == len(columns) - 1:
                wide = max(left, 90)
            self.horizontalHeader().resizeSection(place, wide)
            left -= wide


class _Named(PaddedCells):
    """What the record is called, after the sign of its kind."""

    def __init__(self, model: ReviewModel, view: QWidget) -> None:
        super().__init__(view)
        self._model = model
        self._fit = Fitting(theme.scaled(QApplication.font(), 0, theme.MEDIUM))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.fill(painter, option, index)
        line, rect = self._model.lines[index.row()], option.rect.adjusted(PADDING, 0, -PADDING, 0)
        picture = pixmap(self._model.values.icon(line.record), SIGN, "muted", pixel_ratio(painter))
        painter.drawPixmap(rect.x(), rect.center().y() - SIGN // 2 + 1, picture)
        rect.setLeft(rect.left() + SIGN + PADDING)
        painter.setFont(self._fit.font)
        painter.setPen(theme.color(theme.tokens().text))
        shown = self._fit(str(index.data() or ""), rect.width())
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)


class _Sided(PaddedCells):
    """One side's value after a circle that is filled when this side was chosen."""

    def __init__(self, model: ReviewModel, view: ReviewTable) -> None:
        super().__init__(view)
        self._model, self._view = model, view
        self._fit = Fitting(QApplication.font())
        self._chosen = Fitting(theme.scaled(QApplication.font(), 0, theme.MEDIUM))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.fill(painter, option, index)
        look, model = theme.tokens(), self._model
        side = model.choices.side(model.lines[index.row()])
        chosen = side is not None and side is model.columns[index.column()].side
        rect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color(look.accent_soft))
            painter.drawRoundedRect(QRectF(rect).adjusted(1, 3, -3, -3), theme.RADIUS, theme.RADIUS)
        self._draw_mark(painter, rect, chosen, side is None)
        fit = self._chosen if chosen else self._fit
        painter.setFont(fit.font)
        ink = look.accent_ink if chosen else look.text if side is None else look.muted
        painter.setPen(theme.color(ink))
        room = rect.adjusted(MARKED, 0, -PADDING, 0)
        shown = fit(str(index.data() or ""), room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)
        self._draw_cursor(painter, option, index)
        painter.restore()

    def _draw_mark(self, painter: QPainter, rect: QRect, chosen: bool, open_: bool) -> None:
        look = theme.tokens()
        center = QPointF(rect.x() + PADDING + MARK / 2, rect.center().y() + 0.5)
        edge = look.accent if chosen else look.muted if open_ else look.field_border
        painter.setPen(QPen(theme.color(edge), 1.3))
        painter.setBrush(theme.color(look.accent if chosen else look.surface))
        painter.drawEllipse(center, MARK / 2 - 0.5, MARK / 2 - 0.5)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color(look.accent_text))
            painter.drawEllipse(center, 2.6, 2.6)

    def _draw_cursor(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Where Space would choose."""
        if self._view.hasFocus() and index == self._view.currentIndex():
            painter.setPen(QPen(theme.color(theme.tokens().accent), 1.2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(option.rect).adjusted(1, 3, -3, -3), theme.RADIUS, theme.RADIUS)
