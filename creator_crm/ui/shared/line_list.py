"""A list of things to do: who in bold, why beneath, how urgent as a chip; drawn, so that long ones scroll."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QListView, QStyledItemDelegate, QWidget

from creator_crm.compat import override
from creator_crm.ui.shared import theme
from creator_crm.ui.shared.chips import CHIP_HEIGHT, chip, chip_font
from creator_crm.ui.shared.dialogs import tip
from creator_crm.ui.shared.fitting import Fitting
from creator_crm.ui.shared.icons import pixel_ratio

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QStyleOptionViewItem

Index = QModelIndex | QPersistentModelIndex
PADDING = 12
GAP = 2
WIDEST_CHIP = 150
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Line:
    """One thing in the list. `id` tells it from the others, also after the list was read again."""

    id: str
    title: str
    text: str
    chip: str = ""
    tone: str = "grey"


class LinesOf(Sequence[Line], Generic[T]):
    """Lines of many things, each made when it is first seen; `id` tells a thing from the others."""

    def __init__(self, things: Sequence[T], id: Callable[[T], str], line: Callable[[T], Line]) -> None:
        self._things, self._id, self._line = things, id, line
        self._made: dict[int, Line] = {}

    @property
    def ids(self) -> list[str]:
        """The ids of all lines."""
        return [self._id(thing) for thing in self._things]

    @override
    def __len__(self) -> int:
        return len(self._things)

    @overload
    def __getitem__(self, place: int) -> Line: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Line]: ...
    @override
    def __getitem__(self, place: int | slice) -> Line | Sequence[Line]:
        if isinstance(place, slice):
            return LinesOf(self._things[place], self._id, self._line)
        if place not in self._made:
            self._made[place] = self._line(self._things[place])
        return self._made[place]


class LineModel(QAbstractListModel):
    """The lines as a list view asks for them."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.lines: Sequence[Line] = ()

    def show(self, lines: Sequence[Line]) -> None:
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    @override
    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return line.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(line.text) if line.text else None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(text for text in (line.title, line.chip, line.text) if text)
        return None


class LineCells(QStyledItemDelegate):
    """Draws one line of the list."""

    def __init__(self, model: LineModel, view: QListView) -> None:
        super().__init__(view)
        self._model, self._view = model, view
        self.many = False
        font = QApplication.font()
        self._title, self._text = Fitting(theme.scaled(font, 0, theme.MEDIUM)), Fitting(font)
        self._chip_font = chip_font()
        self.high = self._title.height + self._text.height + 2 * PADDING + GAP

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, line, rect = theme.tokens(), self._model.lines[index.row()], option.rect
        current = index.row() == self._view.currentIndex().row()
        chosen = self._view.selectionModel().isSelected(index) if self.many else current
        if chosen or (self._view.underMouse() and _is_hovered(option)):
            painter.fillRect(rect, theme.color(look.selection if chosen else look.hover))
        if current and self._view.hasFocus():
            bar = QRect(rect.x(), rect.y(), 3, rect.height())
            if self._view.isRightToLeft():
                bar.moveRight(rect.right())
            painter.fillRect(bar, theme.color(look.accent))
        painter.setPen(theme.color(look.border))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        inside = rect.adjusted(PADDING, PADDING, -PADDING, -PADDING)
        taken = self._draw_chip(painter, inside, line) if line.chip else 0
        painter.setPen(theme.color(look.text))
        self._write(painter, inside, self._title, line.title, 0, taken)
        painter.setPen(theme.color(look.muted))
        self._write(painter, inside, self._text, line.text, self._title.height + GAP, 0)

    def _draw_chip(self, painter: QPainter, inside: QRect, line: Line) -> int:
        ratio = pixel_ratio(painter)
        picture = chip(line.chip, line.tone, ratio, self._chip_font, WIDEST_CHIP)
        width = round(picture.width() / ratio)
        x = inside.x() if self._view.isRightToLeft() else inside.right() + 1 - width
        painter.drawPixmap(x, inside.y() + (self._title.height - CHIP_HEIGHT) // 2, picture)
        return width + theme.S

    def _write(self, painter: QPainter, room: QRect, font: Fitting, text: str, down: int, taken: int) -> None:
        shown = font(text, room.width() - taken)
        x = room.right() + 1 - font.width(shown) if self._view.isRightToLeft() else room.x()
        painter.setFont(font.font)
        painter.drawText(x, room.y() + down + font.ascent, shown)

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, self.high)


def _is_hovered(option: QStyleOptionViewItem) -> bool:
    from PySide6.QtWidgets import QStyle  # nearly a thousand members of enums, not for the first frame

    return bool(option.state & QStyle.StateFlag.State_MouseOver)


class LineList(QListView):
    """Shows lines; the chosen ones keep the choice when the list is read again."""

    chosen = Signal(int)  # the place of the line, -1 for none
    picked = Signal()  # others are selected, where many can be
    opened = Signal(int)
    painted = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """`name` is what a screen reader calls the list."""
        super().__init__(parent)
        self.lines = LineModel(self)
        self.setModel(self.lines)
        self._cells = LineCells(self.lines, self)
        self.setItemDelegate(self._cells)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(name)
        self.selectionModel().currentChanged.connect(lambda now, _: self.chosen.emit(now.row()))
        self.activated.connect(lambda index: self.opened.emit(index.row()))

    def allow_many(self) -> None:
        """Let several lines be selected, with Shift, Ctrl and Ctrl+A as everywhere."""
        self._cells.many = True
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.selectionModel().selectionChanged.connect(lambda *_: self.picked.emit())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self.painted.emit()

    @property
    def place(self) -> int:
        """The place of the chosen line, -1 for none."""
        return self.currentIndex().row()

    @property
    def places(self) -> list[int]:
        """The places of all selected lines, from the first to the last."""
        return sorted(index.row() for index in self.selectionModel().selectedRows())

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these; the line chosen before stays chosen, else the one that took its place."""
        before = self.place
        kept = self.lines.lines[before].id if 0 <= before < len(self.lines.lines) else ""
        selected = {self.lines.lines[place].id for place in self.places} if self._cells.many else set()
        bar = self.verticalScrollBar().value()
        self.lines.show(lines)
        if not lines:
            self.chosen.emit(-1)
            return
        ids = lines.ids if isinstance(lines, LinesOf) else [line.id for line in lines]
        places = {id: place for place, id in enumerate(ids)}
        self.choose(places.get(kept, min(max(before, 0), len(lines) - 1)))
        if len(selected) > 1:
            self._select([places[line] for line in selected if line in places])
        self.verticalScrollBar().setValue(bar)

    def choose(self, place: int) -> None:
        """Choose the line at `place`."""
        self.setCurrentIndex(self.lines.index(place, 0))

    def _select(self, places: Sequence[int]) -> None:
        wanted = QItemSelection()
        for place in places:
            index = self.lines.index(place, 0)
            wanted.append(QItemSelectionRange(index, index))
        self.selectionModel().select(wanted, QItemSelectionModel.SelectionFlag.Select)
