"""The cards of one column of a board: a vector of ids, and texts made for the cards that are looked at."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QApplication, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from creator_crm.compat import override
from creator_crm.domain.fields import value_of
from creator_crm.ui.shared import theme
from creator_crm.ui.shared.table.formatting import display
from creator_crm.ui.shared.table.source import Source
from creator_crm.ui.shared.text import isolate

Index = QModelIndex | QPersistentModelIndex
MIME = "application/x-creator-crm-card"
PAGE = 50
PAGES_KEPT = 20
PADDING = 10
MARGIN = 3  # between cards
_DISPLAY = Qt.ItemDataRole.DisplayRole
_ACCESSIBLE = Qt.ItemDataRole.AccessibleTextRole
_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled
_NOWHERE = QModelIndex()
_LINE = int(Qt.TextFlag.TextSingleLine) | int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
_ANTIALIASED = QPainter.RenderHint.Antialiasing
_ELIDE = Qt.TextElideMode.ElideRight


class CardModel(QAbstractListModel):
    """Cards are read fifty at a time; the title first, then what else is known."""

    def __init__(self, source: Source, record: str, lines: Sequence[str], parent: QObject) -> None:
        super().__init__(parent)
        self._source, self._record = source, record
        self._fields = [source.catalogue[record].field(name) for name in lines]
        self.ids: array[int] = array("q")
        self._pages: OrderedDict[int, list[tuple[str, str]]] = OrderedDict()

    def set_ids(self, ids: array[int]) -> None:
        """Show these rows in this order."""
        self.beginResetModel()
        self.ids = ids
        self._pages.clear()
        self.endResetModel()

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

    def _read(self, number: int) -> list[tuple[str, str]]:
        ids = self.ids[number * PAGE : (number + 1) * PAGE]
        cards = {}
        for row in self._source.rows(self._record, ids):
            texts = [display(field, value_of(row, field)) for field in self._fields]
            title = next((text for text in texts if text), "—")
            rest = [isolate(text) for text in texts if text and text is not title]
            cards[row.id] = (title, " · ".join(rest))
        return [cards.get(id, ("", "")) for id in ids]

    @override
    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.ids)

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


class CardCells(QStyledItemDelegate):
    """Draws a card: title and one line, on the raised colour; the chosen one with the accent around it."""

    def __init__(self, model: CardModel, view: CardView) -> None:
        super().__init__(view)
        self._model, self._view = model, view
        self._font = theme.scaled(QApplication.font(), 0, theme.MEDIUM)
        self._small = theme.scaled(QApplication.font(), -1)
        self._metrics, self._small_metrics = QFontMetrics(self._font), QFontMetrics(self._small)
        self._elided: dict[tuple[str, int], str] = {}
        self.high = self._metrics.height() + self._small_metrics.height() + 2 * PADDING + 2 * MARGIN

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = theme.tokens()
        rect: QRect = option.rect
        row = index.row()
        painter.setRenderHint(_ANTIALIASED)
        chosen = row == self._view.chosen_row
        painter.setPen(theme.color(look.accent if chosen else look.border))
        painter.setBrush(theme.color(look.selection if chosen else look.raised))
        painter.drawRoundedRect(QRectF(rect).adjusted(2.5, MARGIN + 0.5, -2.5, -MARGIN - 0.5), 7, 7)
        title, more = self._model.card(row)
        x, y, width = rect.x() + PADDING + 2, rect.y() + MARGIN + PADDING, rect.width() - 2 * PADDING - 4
        painter.setPen(theme.color(look.text))
        painter.setFont(self._font)
        high = self._metrics.height()
        painter.drawText(x, y, width, high, _LINE, self._fitted(title, width, self._metrics))
        if more:
            painter.setPen(theme.color(look.muted))
            painter.setFont(self._small)
            fitted = self._fitted(more, width, self._small_metrics)
            painter.drawText(x, y + high, width, self._small_metrics.height(), _LINE, fitted)

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(160, self.high)

    def _fitted(self, text: str, width: int, metrics: QFontMetrics) -> str:
        shown = self._elided.get((text, width))
        if shown is None:
            if len(self._elided) > 4096:
                self._elided.clear()
            shown = self._elided[text, width] = metrics.elidedText(text, _ELIDE, width)
        return shown


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
        self.activated.connect(lambda index: self.opened.emit(model.id_at(index)))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        chosen = self.selectionModel().selectedIndexes()
        self.chosen_row = chosen[0].row() if chosen else -1
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
