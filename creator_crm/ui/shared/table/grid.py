"""The grid itself: backgrounds a row at a time, spreadsheet keys, editors that stay open over a refusal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QHeaderView, QTableView, QWidget

from creator_crm.compat import override
from creator_crm.domain.fields import Kind
from creator_crm.ui.shared import theme
from creator_crm.ui.shared.table.cells import ROW_HEIGHT, TagCells, cells_for
from creator_crm.ui.shared.table.editing import Refusal, editing_keys
from creator_crm.ui.shared.table.formatting import characters
from creator_crm.ui.shared.table.model import RecordModel
from creator_crm.ui.shared.viewport import give_ground

Hint = QAbstractItemDelegate.EndEditHint
MOST_RANGES = 5000  # more scattered rows than these are let go when the order changes
_SELECT = QItemSelectionModel.SelectionFlag.Select
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Grid(QTableView):
    """Shows a RecordModel. Cells are selected like in a spreadsheet; what is selected is remembered by id."""

    opened = Signal(int)  # a record is to be looked at
    menu_wanted = Signal(object)  # QPoint, global
    copy_wanted = Signal(bool)  # with headers
    paste_wanted = Signal()
    clear_wanted = Signal()
    painted = Signal()
    editor_closed = Signal(bool)  # whether by Enter
    toggled = Signal(int, int)  # row, column of a yes-or-no cell

    def __init__(self, model: RecordModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        give_ground(self)
        self.records = model
        self.stripes: list[tuple[int, int, int, int]] = []  # selected ranges: top, bottom, left, right
        self._edited = (0, -1, -1)  # id, row and column of the cell that was opened last
        self.setModel(model)
        self._set_up()
        self.refusal = Refusal(self.viewport())
        self.give_delegates()
        self.selectionModel().selectionChanged.connect(self._on_selected)
        self.selectionModel().currentChanged.connect(lambda *_: self.viewport().update())
        model.modelReset.connect(self._on_selected)

    def _set_up(self) -> None:
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)  # Tab leaves the table; while editing it goes to the next cell
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.verticalHeader().setMinimumSectionSize(ROW_HEIGHT)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalScrollBar().setSingleStep(ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setSectionsMovable(True)
        header.setSectionsClickable(True)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(48)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        editing_keys(self)

    def give_delegates(self) -> None:
        """A delegate for each column by its kind, after the columns were made or changed."""
        for column, field in enumerate(self.records.fields):
            old = self.itemDelegateForColumn(column)
            cells = cells_for(self.records, field, self)
            cells.refused = self._on_refused
            self.setItemDelegateForColumn(column, cells)
            if old is not None and old is not self.itemDelegate():
                old.deleteLater()

    def colour_tags(self, tones: dict[str, str]) -> None:
        """Draw each tag in its own tone, grey where none is known."""
        for column in range(len(self.records.fields)):
            cells = self.itemDelegateForColumn(column)
            if isinstance(cells, TagCells):
                cells.tones = tones

    def usual_width(self, column: int) -> int:
        """Pixels for a column nobody resized: wide enough for its heading too."""
        field = self.records.fields[column]
        metrics = self.fontMetrics()
        heading = self.horizontalHeader().fontMetrics().horizontalAdvance(field.label)
        return max(metrics.averageCharWidth() * characters(field) + 20, heading + 34)

    # Selection --------------------------------------------------------------------------------------

    def selected_rows(self) -> list[int]:
        """The rows that have a selected cell, in order."""
        if len(self.stripes) == 1:
            top, bottom, *_ = self.stripes[0]
            return list(range(top, bottom + 1))
        rows: set[int] = set()
        for top, bottom, *_ in self.stripes:
            rows.update(range(top, bottom + 1))
        return sorted(rows)

    def kept_selection(self) -> tuple[int, int, list[tuple[int, int, set[int]]], bool]:
        """The current id and column, the selected ids by column range, and whether every row is selected."""
        ids = self.records.ids
        current = self.currentIndex()
        at = ids[current.row()] if current.isValid() and current.row() < len(ids) else 0
        by_columns: dict[tuple[int, int], set[int]] = {}
        for top, bottom, left, right in self.stripes:
            by_columns.setdefault((left, right), set()).update(ids[top : bottom + 1])
        everything = len(self.stripes) == 1 and self.stripes[0][:2] == (0, len(ids) - 1) and len(ids) > 1
        return at, current.column(), [(*columns, held) for columns, held in by_columns.items()], everything

    def restore_selection(self, kept: tuple[int, int, list[tuple[int, int, set[int]]], bool]) -> None:
        """Select the same records again, wherever they are now."""
        at, column, held, everything = kept
        ids = self.records.ids
        chosen = QItemSelection()
        for left, right, wanted in held:
            runs = (
                [(0, len(ids) - 1)]
                if everything and len(ids)
                else list(_runs(_places(ids, wanted)))[:MOST_RANGES]
            )
            for top, bottom in runs:
                chosen.append(
                    QItemSelectionRange(self.records.index(top, left), self.records.index(bottom, right))
                )
        self.selectionModel().select(chosen, _SELECT)
        try:
            place = ids.index(at)
        except ValueError:
            return
        self.selectionModel().setCurrentIndex(
            self.records.index(place, max(column, 0)), QItemSelectionModel.SelectionFlag.NoUpdate
        )

    def _on_selected(self, *_: object) -> None:
        self.stripes = [
            (r.top(), r.bottom(), r.left(), r.right()) for r in _ranges(self.selectionModel().selection())
        ]
        self.viewport().update()

    # Painting ---------------------------------------------------------------------------------------

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        self._paint_rows(painter, event.rect())
        painter.end()
        super().paintEvent(event)
        current = self.currentIndex()
        if current.isValid() and self.hasFocus():
            rect = QRectF(self.visualRect(current))
            painter = QPainter(self.viewport())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(theme.color(theme.tokens().accent))
            painter.drawRoundedRect(rect.adjusted(1.0, 1.0, -1.5, -1.5), 4, 4)
            painter.end()
        self.painted.emit()

    def _paint_rows(self, painter: QPainter, area: QRect) -> None:
        """Zebra, chosen rows, selected cells: a few rectangles instead of one for each cell."""
        look = theme.tokens()
        first, last = self.rowAt(area.top()), self.rowAt(area.bottom())
        if first < 0:
            return
        last = len(self.records.ids) - 1 if last < 0 else last
        width = min(self.horizontalHeader().length(), self.viewport().width())
        left = self.viewport().width() - width if self.isRightToLeft() else 0
        top = self.rowViewportPosition(first)
        zebra = theme.color(look.zebra)
        for row in range(first + 1 - first % 2, last + 1, 2):
            painter.fillRect(left, top + (row - first) * ROW_HEIGHT, width, ROW_HEIGHT, zebra)
        if not self.stripes:
            return
        chosen, hover = theme.color(look.selection), theme.color(look.hover)
        header = self.horizontalHeader()
        shown = [s for s in self.stripes if s[1] >= first and s[0] <= last]
        for begin, end, *_ in shown:
            begin, end = max(begin, first), min(end, last)
            y, high = top + (begin - first) * ROW_HEIGHT, (end - begin + 1) * ROW_HEIGHT
            painter.fillRect(left, y, width, high, hover)
        for begin, end, leftmost, rightmost in shown:
            begin, end = max(begin, first), min(end, last)
            y, high = top + (begin - first) * ROW_HEIGHT, (end - begin + 1) * ROW_HEIGHT
            for column in range(leftmost, rightmost + 1):
                if wide := header.sectionSize(column):
                    painter.fillRect(header.sectionViewportPosition(column), y, wide, high, chosen)

    # Editing ----------------------------------------------------------------------------------------

    def editable(self, index: QModelIndex | QPersistentModelIndex) -> bool:
        return index.isValid() and bool(self.records.flags(index) & Qt.ItemFlag.ItemIsEditable)

    @override
    def edit(self, index: QModelIndex | QPersistentModelIndex, *how: object) -> bool:  # type: ignore[override]
        if not how:
            self._edited = self._cell(index)
            super().edit(index)
            return True
        if index.isValid() and self.records.fields[index.column()].kind is Kind.FLAG:
            return False
        started = bool(super().edit(index, *how))
        if started:
            self._edited = self._cell(index)
        return started

    @override
    def closeEditor(self, editor: QWidget, hint: Hint) -> None:
        """Stay open over a refused text, unless the user gives up with Escape."""
        if editor.property("invalid") and hint != Hint.RevertModelCache:
            QTimer.singleShot(0, editor, editor.setFocus)
            return
        self.refusal.hide()
        was_here = (here := self.window().focusWidget()) is not None and (
            here is editor or editor.isAncestorOf(here)
        )
        entered = hint == Hint.SubmitModelCache and self._cell(self.currentIndex()) == self._edited
        super().closeEditor(editor, hint)
        if was_here and not self.hasFocus():
            self.setFocus()  # Qt does so only in a window that is active at this moment
        self.editor_closed.emit(entered)
        if entered:
            self._go_on(*self._edited)

    def _go_on(self, id: int, row: int, column: int) -> None:
        """After Enter: down to the next row; a row that went elsewhere is followed, for one that is gone the
        row in its place is taken, so that the next key never meets no row at all."""
        ids = self.records.ids
        if row < len(ids) and ids[row] == id:
            row = min(row + 1, len(ids) - 1)
        elif self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())
            return
        self.setCurrentIndex(self.records.index(min(row, len(ids) - 1), column))

    def _cell(self, index: QModelIndex | QPersistentModelIndex) -> tuple[int, int, int]:
        known = index.isValid() and index.row() < len(self.records.ids)
        return self.records.ids[index.row()] if known else 0, index.row(), index.column()

    def _on_refused(self, editor: QWidget, sentence: str) -> None:
        self.refusal.show_at(editor, sentence)

    # Keys and mouse ---------------------------------------------------------------------------------

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        from PySide6.QtGui import QKeySequence  # not for a start: it takes longer to make than the rows

        current = self.currentIndex()
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.matches(QKeySequence.StandardKey.Copy) or (
            control and shift and event.key() == Qt.Key.Key_C
        ):
            self.copy_wanted.emit(shift)
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste_wanted.emit()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and not control:
            self.clear_wanted.emit()
        elif event.key() == Qt.Key.Key_Space and shift:
            self.select_rows(self.selected_rows())
        elif event.key() == Qt.Key.Key_Space or event.key() in _ENTER:
            self._enter(current, event.key() in _ENTER and not control)
        else:
            super().keyPressEvent(event)

    def _enter(self, index: QModelIndex, edits: bool) -> None:
        """Enter edits what it can; Space and Ctrl+Enter look at the record; both toggle a yes-or-no cell."""
        if not index.isValid():
            return
        if self.editable(index) and self.records.fields[index.column()].kind is Kind.FLAG:
            self.toggled.emit(index.row(), index.column())
        elif edits and self.editable(index):
            self.edit(index, QAbstractItemView.EditTrigger.EditKeyPressed, QEvent(QEvent.Type.None_))
        else:
            self.opened.emit(self.records.ids[index.row()])

    def select_rows(self, rows: Iterable[int]) -> None:
        """Select every cell of these rows."""
        last = self.records.columnCount() - 1
        chosen = QItemSelection()
        for top, bottom in _runs(sorted(rows)):
            chosen.append(QItemSelectionRange(self.records.index(top, 0), self.records.index(bottom, last)))
        self.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and not self.editable(index):
            self.opened.emit(self.records.ids[index.row()])
        elif index.isValid() and self.records.fields[index.column()].kind is Kind.FLAG:
            self.toggled.emit(index.row(), index.column())
        else:
            super().mouseDoubleClickEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the selection; the key opens it beside the current cell."""
        where = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            where = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft())
        self.menu_wanted.emit(where)


def _ranges(selection: QItemSelection) -> Iterator[QItemSelectionRange]:
    return (selection.at(place) for place in range(selection.count()))


def _places(ids: Iterable[int], wanted: set[int]) -> list[int]:
    return [place for place, id in enumerate(ids) if id in wanted] if wanted else []


def _runs(places: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Neighbouring places as (first, last)."""
    begin = end = -2
    for place in places:
        if place != end + 1:
            if begin >= 0:
                yield begin, end
            begin = place
        end = place
    if begin >= 0:
        yield begin, end
