"""The cards of one column of a board: a vector of ids, and texts made for the cards that are looked at."""

from __future__ import annotations

import re
from array import array
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from PySide6.QtCore import (
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    QStringListModel,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
)
from PySide6.QtWidgets import QApplication, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from creator_crm.compat import override
from creator_crm.domain.fields import Field, Row, value_of
from creator_crm.ui.shared import theme
from creator_crm.ui.shared.fitting import Fitting
from creator_crm.ui.shared.table.formatting import column_texts
from creator_crm.ui.shared.table.source import Source
from creator_crm.ui.shared.text import isolate

Index = QModelIndex | QPersistentModelIndex
Names = Mapping[str, Mapping[int, str]]  # by field, what the rows it refers to are called
MIME = "application/x-creator-crm-card"
PAGE = 20
PAGES_KEPT = 50
PADDING = 10
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufefc]")
MARGIN = 3  # between cards
_DISPLAY = Qt.ItemDataRole.DisplayRole
_ACCESSIBLE = Qt.ItemDataRole.AccessibleTextRole
_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled


class CardModel(QStringListModel):
    """Cards are read twenty at a time, about what a column shows: the title, then the rest.

    The strings below are all empty and only give the number of rows: a list view asks for it twice a card,
    and an answer from Python would cost a fifth of the whole board.
    """

    def __init__(self, source: Source, record: str, lines: Sequence[str], parent: QObject) -> None:
        super().__init__(parent)
        self._source, self._record = source, record
        self.fields = [source.catalogue[record].field(name) for name in lines]
        self.ids: array[int] = array("q")
        self._pages: OrderedDict[int, list[tuple[str, str]]] = OrderedDict()

    def set_ids(self, ids: array[int]) -> None:
        """Show these rows in this order."""
        self.ids = ids
        self._pages.clear()
        self.setStringList([""] * len(ids))  # resets the model

    def card(self, row: int) -> tuple[str, str]:
        """The title and the line under it."""
        number = row // PAGE
        page = self._pages.get(number)
        if page is None:
            page = self._pages[number] = self._read(number)
            if len(self._pages) > PAGES_KEPT:
                self._pages.popitem(last=False)
        return page[row % PAGE]

    def id_at(self, index: Index) -> int:
        return self.ids[index.row()] if index.isValid() and index.row() < len(self.ids) else 0

    def take(self, rows: Mapping[int, Row], names: Names) -> None:
        """Take over the first cards, which the board read for all columns at once."""
        if self.ids:
            self._pages[0] = self._cards([rows[id] for id in self.ids[:PAGE] if id in rows], 0, names)

    def _read(self, number: int) -> list[tuple[str, str]]:
        ids = self.ids[number * PAGE : (number + 1) * PAGE]
        rows = self._source.rows(self._record, ids)
        return self._cards(rows, number, names_in(self._source, self.fields, rows))

    def _cards(self, rows: Sequence[Row], number: int, names: Names) -> list[tuple[str, str]]:
        columns = [column_texts(field, rows, names.get(field.name, {})) for field in self.fields]
        cards = {row.id: _card(texts) for row, texts in zip(rows, zip(*columns, strict=True), strict=True)}
        return [cards.get(id, ("", "")) for id in self.ids[number * PAGE : (number + 1) * PAGE]]

    @override
    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        if role == _DISPLAY:
            return self.card(index.row())[0]
        if role == _ACCESSIBLE:
            return ", ".join(text for text in self.card(index.row()) if text)
        return None

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        return _FLAGS if index.isValid() else Qt.ItemFlag.NoItemFlags

    @override
    def mimeTypes(self) -> list[str]:
        return [MIME]

    @override
    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        data.setData(MIME, str(self.id_at(indexes[0])).encode())
        return data

    @override
    def supportedDragActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction


def names_in(source: Source, fields: Sequence[Field], rows: Iterable[Row]) -> Names:
    """What the rows referred to in these fields are called: one question for each field, not for each row."""
    held = list(rows)
    found = {}
    for field in fields:
        if field.references:
            numbers = {number for row in held if isinstance(number := value_of(row, field), int)}
            found[field.name] = source.titles(field.references, numbers)
    return found


def _card(texts: Sequence[str]) -> tuple[str, str]:
    """The first text there is, and the others in a line, those that run to the left kept apart."""
    held = [text for text in texts if text]
    rest = [
        isolate(text) if not text.isascii() and _RIGHT_TO_LEFT.search(text) else text for text in held[1:]
    ]
    return (held[0] if held else "—", " · ".join(rest))


class CardCells(QStyledItemDelegate):
    """Draws a card: title and one line, on the raised colour; the chosen one with the accent around it."""

    def __init__(self, model: CardModel, view: CardView) -> None:
        super().__init__(view)
        self._model, self._view = model, view
        self._title, self._more = _fonts()
        self.high = self._title.height + self._more.height + 2 * PADDING + 2 * MARGIN

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = theme.tokens()
        rect: QRect = option.rect
        row = index.row()
        chosen = row == self._view.chosen_row
        painter.drawPixmap(rect.topLeft(), _ground(rect.size(), chosen, self._view.ratio))
        title, more = self._model.card(row)
        x, y, width = rect.x() + PADDING + 2, rect.y() + MARGIN + PADDING, rect.width() - 2 * PADDING - 4
        painter.setPen(theme.color(look.text))
        painter.setFont(self._title.font)
        painter.drawText(x, y + self._title.ascent, self._title(title, width))
        if more:
            painter.setPen(theme.color(look.muted))
            painter.setFont(self._more.font)
            painter.drawText(x, y + self._title.height + self._more.ascent, self._more(more, width))

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(160, self.high)


@cache
def _fonts() -> tuple[Fitting, Fitting]:
    """The fonts of a card: of the title, and of the line under it."""
    base = QApplication.font()
    return Fitting(theme.scaled(base, 0, theme.MEDIUM)), Fitting(theme.scaled(base, -1))


def _ground(size: QSize, chosen: bool, ratio: float) -> QPixmap:
    """The card without its text: drawn once for each width, because smooth corners cost more than words."""
    return _drawn_ground(size.width(), size.height(), chosen, ratio, theme.tokens().name)


@lru_cache(maxsize=32)
def _drawn_ground(width: int, height: int, chosen: bool, ratio: float, _look: str) -> QPixmap:
    look = theme.tokens()
    picture = QPixmap(round(width * ratio), round(height * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(theme.color(look.accent if chosen else look.border))
    painter.setBrush(theme.color(look.selection if chosen else look.raised))
    painter.drawRoundedRect(
        QRectF(0, 0, width, height).adjusted(2.5, MARGIN + 0.5, -2.5, -MARGIN - 0.5), 7, 7
    )
    painter.end()
    return picture


class CardView(QListView):
    """One column of cards; Alt+Left and Alt+Right move the card, Left and Right the keyboard."""

    dropped = Signal(int)  # a card came from elsewhere
    moved = Signal(int, int)  # id, columns to the right
    stepped = Signal(int)  # columns to the right
    opened = Signal(int)

    def __init__(self, model: CardModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.cards = model
        self.chosen_row = -1
        self.ratio = 1.0
        self.setModel(model)
        self.setItemDelegate(CardCells(model, self))
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(False)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setProperty("kind", "cards")
        self.selectionModel().selectionChanged.connect(self._on_chosen)
        model.modelReset.connect(self._on_chosen)
        self.activated.connect(lambda index: self.opened.emit(model.id_at(index)))

    def _on_chosen(self, *_: object) -> None:
        chosen = self.selectionModel().selectedIndexes()
        self.chosen_row = chosen[0].row() if chosen else -1

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        self.ratio = self.devicePixelRatioF()
        super().paintEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        step = steps.get(Qt.Key(event.key()), 0) * (-1 if self.isRightToLeft() else 1)
        id = self.cards.id_at(self.currentIndex())
        if step and event.modifiers() & Qt.KeyboardModifier.AltModifier and id:
            self.moved.emit(id, step)
        elif step:
            self.stepped.emit(step)
        else:
            super().keyPressEvent(event)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._judge(event)

    @override
    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._judge(event)

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        data = bytes(event.mimeData().data(MIME).data())
        if data.isdigit():
            event.acceptProposedAction()
            self.dropped.emit(int(data))

    def _judge(self, event: QDragMoveEvent) -> None:
        if event.mimeData().hasFormat(MIME):
            event.acceptProposedAction()
        else:
            event.ignore()
