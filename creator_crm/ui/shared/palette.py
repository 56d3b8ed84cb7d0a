"""Ctrl+K: one box that finds a command or a record, used with the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from creator_crm.compat import override
from creator_crm.ui.shared import theme
from creator_crm.ui.shared.actions import Action, Actions
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.icons import pixel_ratio, pixmap
from creator_crm.ui.shared.line_sign import LineSign
from creator_crm.ui.shared.text import tr

MOST_COMMANDS, MOST_HITS = 8, 40
SURE = 4  # letters of a command's name, before which a record of that name comes first
GOOD_ENOUGH = 65  # of 100: below that rapidfuzz guesses
SIGN = 16
IN_HELP = 80  # a word of the explanation: better than a slip, worse than the name
RECORDS_AFTER_MS = 40  # a fast typist's next key: providers are asked once they pause
ROW_HEIGHT, CARD_WIDTH = 40, 620
HIT = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Hit:
    """One line of the result; `open` is what Enter does."""

    kind: str
    title: str
    subtitle: str
    icon: str
    open: Callable[[], object]


class Provider(Protocol):
    """Finds records. It is asked on the main thread and must answer within a frame."""

    def search(self, text: str) -> Sequence[Hit]: ...


class Palette(QWidget):
    """The search box and its results, over a dimmed window."""

    def __init__(self, window: QWidget, actions: Actions, providers: Sequence[Provider]) -> None:
        """`providers` is read at each search, so it may grow and shrink with the open workspace."""
        super().__init__(window)
        self.setObjectName("palette")
        self._window, self._actions = window, actions
        self._providers = providers
        self._before: QWidget | None = None
        self._build()
        self.hide()
        window.installEventFilter(self)

    def _build(self) -> None:
        self.card = QFrame(self)
        self.card.setObjectName("palette_card")
        self.box = QLineEdit(self.card)
        self.box.setPlaceholderText(tr("Find a creator, a handle, a code, or a command"))
        self.box.setAccessibleName(tr("Search everything"))
        self.box.setFont(theme.scaled(self.font(), 2))
        LineSign(self.box, "search", QLineEdit.ActionPosition.LeadingPosition)
        self.box.installEventFilter(self)
        self.model = _Hits(self)
        self.list = QListView(self.card)
        self.list.setModel(self.model)
        self.list.setItemDelegate(_HitDelegate(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(tr("Results"))
        self.empty = plain_label(tr("Nothing found. Try fewer letters."), "muted")
        self.empty.setContentsMargins(theme.S, theme.M, theme.S, theme.M)
        column = QVBoxLayout(self.card)
        column.setContentsMargins(theme.S, theme.S, theme.S, theme.S)
        column.setSpacing(theme.S)
        for part in (self.box, self.list, self.empty):
            column.addWidget(part)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(RECORDS_AFTER_MS)
        self._pause.timeout.connect(self._ask_providers)
        self.box.textChanged.connect(self._on_text)
        self.list.clicked.connect(self._open)

    def open(self, text: str = "") -> None:
        self._before = self.window().focusWidget()
        self.setGeometry(self._window.rect())
        self.box.setText(text)
        self._on_text(text)
        self.show()
        self.raise_()
        self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def leave(self) -> None:
        self._pause.stop()
        self.hide()
        self.model.show([])
        if self._before is not None and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.PopupFocusReason)
        self._before = None

    def _on_text(self, text: str) -> None:
        self._show(self._commands(text.strip()))
        if text.strip():
            self._pause.start()
        else:
            self._pause.stop()

    def _ask_providers(self) -> None:
        text = self.box.text().strip()
        records = [hit for provider in self._providers for hit in provider.search(text)]
        if records:
            commands = self._commands(text)
            called = [hit for hit in commands if _is_called(hit.title, text)]
            others = [hit for hit in commands if hit not in called]
            self._show((called + records + others)[:MOST_HITS])

    def _commands(self, text: str) -> list[Hit]:
        usable = [a for a in self._actions if a.in_palette and self._actions[a.id].isEnabled()]
        if not text:
            return [self._command(action) for action in usable][:MOST_HITS]
        ranked = sorted(((_score(text, action), -place) for place, action in enumerate(usable)), reverse=True)
        return [
            self._command(usable[-place]) for score, place in ranked[:MOST_COMMANDS] if score >= GOOD_ENOUGH
        ]

    def _command(self, action: Action) -> Hit:
        keys = self._actions[action.id].shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        run = self._actions[action.id].trigger
        return Hit(
            "command",
            self._actions[action.id].text(),
            keys or tr(action.menu.split("/")[0] or action.help),
            action.icon,
            run,
        )

    def _show(self, hits: list[Hit]) -> None:
        self.model.show(hits)
        self.list.setVisible(bool(hits))
        self.empty.setVisible(not hits)
        if hits:
            self.list.setCurrentIndex(self.model.index(0))
        self._place(len(hits))

    def _place(self, rows: int) -> None:
        margin = 2 * theme.L
        room = self.height() - 2 * theme.XXL - 64
        self.list.setFixedHeight(max(ROW_HEIGHT, min(rows * ROW_HEIGHT, 9 * ROW_HEIGHT, room)))
        width = min(CARD_WIDTH, self.width() - margin)
        self.card.setFixedWidth(width)
        self.card.adjustSize()
        self.card.move((self.width() - width) // 2, min(theme.XXL * 2, self.height() // 8))

    def _open(self, index: QModelIndex) -> None:
        hit = self.model.hit(index)
        self.leave()
        if hit is not None:
            hit.open()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.box and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._on_key(event.key())
        if watched is self.box and event.type() == QEvent.Type.FocusOut and self.isVisible():
            # Only a click elsewhere or another window takes the focus away; Tab is handled above.
            QTimer.singleShot(0, self, self._leave_if_unfocused)
        if watched is self._window and event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._window.rect())
            self._place(self.model.rowCount())
        return False

    def _leave_if_unfocused(self) -> None:
        if self.isVisible() and self.window().isActiveWindow() and not self.box.hasFocus():
            self.leave()

    def _on_key(self, key: int) -> bool:
        rows, current = self.model.rowCount(), self.list.currentIndex().row()
        page = max(1, self.list.height() // ROW_HEIGHT)
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Tab: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Backtab: -1,
            Qt.Key.Key_PageDown: page,
            Qt.Key.Key_PageUp: -page,
        }
        if key == Qt.Key.Key_Escape:
            self.leave()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.list.currentIndex())
        elif key in steps:
            step = steps[Qt.Key(key)]
            to = (current + step) % rows if abs(step) == 1 and rows else min(max(current + step, 0), rows - 1)
            self.list.setCurrentIndex(self.model.index(to))
        else:
            return False
        return True

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.card.geometry().contains(event.position().toPoint()):
            self.leave()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color(theme.tokens().scrim))
        painter.end()


def _is_called(title: str, text: str) -> bool:
    """Whether what was typed is the name itself, or so much of it that nothing else is meant."""
    name, typed = title.removesuffix("…").casefold(), text.casefold()
    return name == typed or (len(typed) >= SURE and name.startswith(typed))


def _score(text: str, action: Action) -> float:
    """How well `text` names the action, of 100, slips allowed; its explanation counts word by word."""
    from rapidfuzz import fuzz, utils

    if all(word in tr(action.help).casefold() for word in text.casefold().split()):
        return max(IN_HELP, fuzz.WRatio(text, tr(action.label), processor=utils.default_process))
    return fuzz.WRatio(text, tr(action.label), processor=utils.default_process)


class _Hits(QAbstractListModel):
    """The hits now shown."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._hits: list[Hit] = []

    def show(self, hits: list[Hit]) -> None:
        self.beginResetModel()
        self._hits = hits
        self.endResetModel()

    def hit(self, index: QModelIndex) -> Hit | None:
        return self._hits[index.row()] if index.isValid() else None

    @override
    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._hits)

    @override
    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        hit = self._hits[index.row()]
        if role == HIT:
            return hit
        if role == Qt.ItemDataRole.DisplayRole:
            return hit.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{hit.title}, {hit.subtitle}"
        return None


class _HitDelegate(QStyledItemDelegate):
    """Icon, title, and the subtitle or shortcut at the right, letter by letter."""

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        hit, look = index.data(HIT), theme.tokens()
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color(look.selection))
            painter.drawRoundedRect(area, theme.RADIUS, theme.RADIUS)
        if hit.icon:
            sign = pixmap(hit.icon, SIGN, "muted", pixel_ratio(painter))
            painter.drawPixmap(area.left() + theme.M, area.center().y() - SIGN // 2, sign)
        inside = area.adjusted(theme.XXL, 0, -theme.M, 0)
        metrics = QFontMetrics(painter.font())
        aside = metrics.elidedText(hit.subtitle, Qt.TextElideMode.ElideRight, inside.width() // 2)
        left = inside.adjusted(0, 0, -metrics.horizontalAdvance(aside) - theme.M, 0)
        title = metrics.elidedText(hit.title, Qt.TextElideMode.ElideRight, left.width())
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(theme.color(look.text))
        painter.drawText(left, middle | Qt.AlignmentFlag.AlignLeft, title)
        painter.setPen(theme.color(look.muted))
        painter.drawText(inside, middle | Qt.AlignmentFlag.AlignRight, aside)
        painter.restore()

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(CARD_WIDTH, ROW_HEIGHT)
