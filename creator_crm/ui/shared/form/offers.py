"""The list of offers under a line while somebody writes: part of its window, so that no key goes elsewhere.

A list in a window of its own, as QCompleter has it, takes the keyboard for as long as it is there, and keys
pressed while it comes and goes are lost.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QLineEdit, QListWidget, QListWidgetItem

from creator_crm.compat import override
from creator_crm.ui.shared.text import tr

Completions = Callable[[str], list[str]]
MOST_SEEN = 10
WIDEST = 420
_STEPS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: MOST_SEEN,
    Qt.Key.Key_PageUp: -MOST_SEEN,
}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_MOVED = (QEvent.Type.Move, QEvent.Type.Resize)


class Offers(QObject):
    """Offers `completions` of what is typed in `line`; of the last tag when it takes `several`."""

    chosen = Signal(bool)  # whether by Enter

    def __init__(self, line: QLineEdit, completions: Completions, several: bool = False) -> None:
        super().__init__(line)
        self._line, self._completions, self._several = line, completions, several
        self._typed = ""
        self._taking = False
        self.list: QListWidget | None = None  # made when there is something to offer
        line.textEdited.connect(self._on_typed)

    @property
    def shown(self) -> bool:
        return self.list is not None and self.list.isVisible()

    def hide(self) -> None:
        if self.list is not None:
            self.list.hide()

    def _on_typed(self, text: str) -> None:
        if self._taking:
            return
        self._typed = text
        typed = text.rpartition(",")[2].strip() if self._several else text
        if found := self._completions(typed) if typed else []:
            self._show(found)
        else:
            self.hide()

    def _show(self, found: list[str]) -> None:
        host = self._line.window()
        if self.list is None:
            self.list = _list()
            self.list.itemPressed.connect(self._on_pressed)
            self._line.destroyed.connect(self.list.deleteLater)
        if self.list.parentWidget() is not host:
            self.list.setParent(host)
        self.list.clear()
        self.list.addItems(found)
        self.list.setCurrentRow(-1)
        self._place(self.list)
        if not self.list.isVisible():
            self._line.installEventFilter(self)  # again each time: it must hear of a key before all others
        self.list.show()
        self.list.raise_()

    def _place(self, offers: QListWidget) -> None:
        """Under the line, or above it where there is more room."""
        line, host = self._line, self._line.window()
        top = line.mapTo(host, QPoint(0, 0))
        rows = min(offers.count(), MOST_SEEN)
        high = rows * offers.sizeHintForRow(0) + 2 * offers.frameWidth()
        wide = min(max(line.width(), offers.sizeHintForColumn(0) + 36), WIDEST, host.width())
        below, above = host.height() - top.y() - line.height() - 4, top.y() - 4
        if high <= below or below >= above:
            high = min(high, below)
            y = top.y() + line.height() + 2
        else:
            high = min(high, above)
            y = top.y() - high - 2
        offers.setGeometry(QRect(max(0, min(top.x(), host.width() - wide)), y, wide, high))

    def _go(self, steps: int) -> None:
        """Mark another offer and show it in the line; past either end stands again what was typed."""
        assert self.list is not None
        count, at = self.list.count(), self.list.currentRow()
        one = abs(steps) == 1
        at = (at + 1 + steps) % (count + 1) - 1 if one else max(0, min(at + steps, count - 1))
        self.list.setCurrentRow(at)
        item = self.list.currentItem() if at >= 0 else None
        if item is None:
            self._say(self._typed)
        else:
            self.list.scrollToItem(item)
            self._take(item.text())

    def _take(self, offer: str) -> None:
        before = self._typed.rpartition(",")[0].strip() if self._several else ""
        self._say(f"{before}, {offer}" if before else offer)

    def _say(self, text: str) -> None:
        self._taking = True
        self._line.setText(text)
        self._line.textEdited.emit(text)
        self._taking = False

    def _on_pressed(self, item: QListWidgetItem) -> None:
        self._take(item.text())
        self.hide()
        self.chosen.emit(False)

    @override
    def eventFilter(self, line: QObject, event: QEvent) -> bool:
        if not self.shown or self.list is None:
            return False
        kind = event.type()
        if isinstance(event, QKeyEvent) and kind in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride):
            return self._on_key(event, pressed=kind == QEvent.Type.KeyPress)
        if kind in (QEvent.Type.FocusOut, QEvent.Type.Hide):
            self.hide()
        elif kind in _MOVED:
            self._place(self.list)
        return False

    def _on_key(self, event: QKeyEvent, pressed: bool) -> bool:
        """Take the keys that are for the list, before they are anybody's shortcut."""
        assert self.list is not None
        step = _STEPS.get(Qt.Key(event.key()))
        marked = self.list.currentRow() >= 0
        if step is None and event.key() != Qt.Key.Key_Escape and not (marked and event.key() in _ENTER):
            if pressed and event.key() in (*_ENTER, Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                self.hide()
            return False
        event.accept()
        if not pressed:
            return True
        if step is not None:
            self._go(step)
            return True
        self.hide()
        if event.key() == Qt.Key.Key_Escape:
            self._say(self._typed)
        else:
            self.chosen.emit(True)
        return True


def offer_items(box: QComboBox) -> Offers:
    """Let a combo box be written in: its items that hold what was typed are offered, and taken by Enter."""
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    line = box.lineEdit()
    assert line is not None
    box.setCompleter(None)  # type: ignore[arg-type]

    def holding(typed: str) -> list[str]:
        texts = (box.itemText(place) for place in range(box.count()))
        return [text for text in texts if typed.casefold() in text.casefold()]

    def take(_by_enter: bool) -> None:
        place = box.findText(line.text(), Qt.MatchFlag.MatchFixedString)
        box.setCurrentIndex(place)
        box.activated.emit(place)

    offers = Offers(line, holding)
    offers.chosen.connect(take)
    return offers


def _list() -> QListWidget:
    offers = QListWidget()
    offers.setObjectName("offers")
    offers.setAccessibleName(tr("Offers for what was typed"))
    offers.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    offers.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    offers.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    offers.setUniformItemSizes(True)
    offers.hide()
    return offers
