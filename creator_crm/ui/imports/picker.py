"""Choosing what a column becomes: a box that opens a list to search in, grouped by record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from creator_crm.compat import override
from creator_crm.ui.imports.targets import Target, matching
from creator_crm.ui.shared import theme
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.text import isolate, tr

_PATH = Qt.ItemDataRole.UserRole
_OPENING_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_F4)
_MOVING_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
WIDTH, HEIGHT = 320, 380


class TargetBox(QComboBox):
    """Looks like any choice; opening it asks for the one searchable list that all columns share."""

    wanted = Signal(str)  # the letters typed to open it

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the wheel scrolls the page, it changes no column
        self.path = ""

    def show_target(self, target: Target) -> None:
        with QSignalBlocker(self):
            self.clear()
            self.addItem(target.spoken)
        self.path = target.path

    @override
    def showPopup(self) -> None:
        self.wanted.emit("")

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        typed = event.text()
        if event.key() in _OPENING_KEYS:
            self.wanted.emit("")
        elif typed.isalnum() and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
            self.wanted.emit(typed)
        else:
            event.ignore()


class TargetPicker(QFrame):
    """The list: typing narrows it, the arrows move, Enter chooses, Escape leaves everything as it was."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("card")
        self._targets: Sequence[Target] = ()
        self._notes: Mapping[str, str] = {}
        self.line = QLineEdit(self)
        self.line.setPlaceholderText(tr("Find a field"))
        self.line.setAccessibleName(tr("Find a field"))
        self.list = QListWidget(self)
        self.list.setAccessibleName(tr("What the column becomes"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.nothing = plain_label(tr("No field is called that. “New field” makes one."), "muted", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.S, theme.S, theme.S, theme.S)
        column.setSpacing(theme.S)
        for part in (self.line, self.nothing, self.list):
            column.addWidget(part)
        self.line.installEventFilter(self)
        self.line.textChanged.connect(self._fill)
        self.list.itemClicked.connect(self._take)

    def ask(
        self,
        under: QWidget,
        targets: Sequence[Target],
        chosen: str,
        notes: Mapping[str, str],
        typed: str = "",
    ) -> None:
        """Open below `under`; `notes` are said beside a target ("from “Subs”"), `chosen` is marked."""
        self._targets, self._notes = targets, notes
        with QSignalBlocker(self.line):
            self.line.setText(typed)
        self._fill(typed, chosen)
        self.resize(max(WIDTH, under.width()), HEIGHT)
        self.move(self._place(under))
        self.show()
        self.line.setFocus()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in _MOVING_KEYS:
                QApplication.sendEvent(self.list, event)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take(self.list.currentItem())
                return True
        return super().eventFilter(watched, event)

    def _place(self, under: QWidget) -> QPoint:
        """Below the box, or above it where the screen ends."""
        corner = under.mapToGlobal(QPoint(0, under.height() + 2))
        screen = under.screen().availableGeometry()
        if corner.y() + HEIGHT > screen.bottom():
            corner.setY(max(screen.top(), corner.y() - HEIGHT - under.height() - 4))
        corner.setX(max(screen.left(), min(corner.x(), screen.right() - self.width())))
        return corner

    def _fill(self, typed: str, chosen: str = "") -> None:
        self.list.clear()
        found = matching(self._targets, typed)
        group = ""
        for target in found:
            if not typed and target.group != group:
                group = target.group
                heading = QListWidgetItem(group, self.list)
                heading.setFlags(Qt.ItemFlag.NoItemFlags)
                heading.setFont(theme.scaled(self.font(), -0.5, theme.SEMIBOLD))
            text = target.spoken if typed else target.label
            if note := self._notes.get(target.path):
                text = f"{text}  ·  {isolate(note)}"
            item = QListWidgetItem(text, self.list)
            item.setData(_PATH, target.path)
            if target.path == chosen and (chosen or not typed):
                self.list.setCurrentItem(item)
        self.nothing.setVisible(not found)
        self.list.setVisible(bool(found))
        if typed and found:
            self.list.setCurrentRow(0)
        elif self.list.currentItem() is not None:
            self.list.scrollToItem(self.list.currentItem(), QListWidget.ScrollHint.PositionAtCenter)

    def _take(self, item: QListWidgetItem | None) -> None:
        if item is None or not item.flags() & Qt.ItemFlag.ItemIsSelectable:
            return
        self.hide()
        self.chosen.emit(str(item.data(_PATH)))
