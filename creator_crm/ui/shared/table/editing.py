"""Edit a cell in place: the right editor over it, the refusal under it, nothing typed ever lost."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QLabel, QLineEdit, QStyledItemDelegate, QWidget

from creator_crm.compat import override
from creator_crm.domain.errors import UserError
from creator_crm.domain.fields import Kind, value_of
from creator_crm.domain.values.refused import ValueRefused
from creator_crm.ui.shared import theme
from creator_crm.ui.shared.form.editors import (
    ChoiceEditor,
    FlagEditor,
    LineEditor,
    LongTextEditor,
    PlaceEditor,
    say_invalid,
)
from creator_crm.ui.shared.form.make import AnyEditor, editor_for
from creator_crm.ui.shared.table.model import RecordModel
from creator_crm.ui.shared.table.seen import ChangedMeanwhile, still_seen

Index = QModelIndex | QPersistentModelIndex
_NO_HINT = QStyledItemDelegate.EndEditHint.NoHint
_SUBMIT = QStyledItemDelegate.EndEditHint.SubmitModelCache
LONG_TEXT_SIZE = (320, 150)


class Refusal(QLabel):
    """The sentence under an editor whose text was refused."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self._host = host
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", "error")
        self.setContentsMargins(theme.S, theme.XS, theme.S, theme.XS)
        self.setWordWrap(True)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_at(self, editor: QWidget, sentence: str) -> None:
        """Stand under the editor, or above it where there is no room."""
        self.setText(sentence)
        host = self._host
        widest = min(380, host.width() - 2 * theme.S)
        wanted = self.fontMetrics().boundingRect(
            QRect(0, 0, widest - 2 * theme.M, 999), int(Qt.TextFlag.TextWordWrap), sentence
        )
        self.resize(wanted.width() + 2 * theme.M, wanted.height() + 2 * theme.S)
        corner = editor.geometry().bottomLeft() + QPoint(0, 3)
        if corner.y() + self.height() > host.height():
            corner.setY(editor.y() - self.height() - 3)
        corner.setX(max(theme.XS, min(corner.x(), host.width() - self.width() - theme.XS)))
        self.move(corner)
        self.show()
        self.raise_()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.color(look.danger))
        painter.setBrush(theme.color(look.raised))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), theme.RADIUS, theme.RADIUS)
        painter.end()
        super().paintEvent(event)


class EditedCells(QStyledItemDelegate):
    """The editing half of a column's delegate; the drawing half is in `cells`."""

    _model: RecordModel
    refused: Callable[[QWidget, str], None] | None = None

    @override
    def createEditor(self, parent: QWidget, option: object, index: Index) -> QWidget:
        field = self._model.fields[index.column()]
        editor = editor_for(self._model.source, self._model.record, field, parent)
        editor.setAutoFillBackground(True)
        editor.edited.connect(lambda: say_invalid(editor, "") if editor.property("invalid") else None)
        if isinstance(editor, ChoiceEditor | FlagEditor):
            editor.committed.connect(lambda: self._finish(editor))
        if isinstance(editor, ChoiceEditor):
            QTimer.singleShot(0, editor, editor.showPopup)
        if isinstance(editor, LineEditor | PlaceEditor) and editor.offers:
            editor.offers.chosen.connect(partial(self._on_chosen, editor))
        return editor

    @override
    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if editor.property("filled"):  # a refresh behind the editor must not take back what was typed
            return
        editor.setProperty("filled", True)
        kind: AnyEditor = editor  # type: ignore[assignment]
        kind.row = self._model.row(index.row())
        kind.show_value(self._model.value(index.row(), index.column()))
        line = kind.lineEdit() if isinstance(kind, PlaceEditor) else kind
        if isinstance(line, QLineEdit | LongTextEditor):
            line.selectAll()

    @override
    def setModelData(self, editor: QWidget, model: object, index: Index) -> None:
        kind: AnyEditor = editor  # type: ignore[assignment]
        try:
            self._save(kind, index.row())
            say_invalid(editor, "")
        except (ValueRefused, UserError) as refusal:
            if isinstance(refusal, ChangedMeanwhile):
                kind.row = refusal.row  # now it is seen, and entering once more is a decision
            say_invalid(editor, str(refusal))
            if self.refused:
                self.refused(editor, str(refusal))

    def _save(self, editor: AnyEditor, row: int) -> None:
        model, field, value = self._model, editor.field, editor.read()
        seen = value_of(editor.row, field) if editor.row is not None else None
        if value != seen and model.write:
            now = still_seen(model.source, model.record, model.ids[row], field, seen)
            model.write(row, field, value, now.version)

    @override
    def updateEditorGeometry(self, editor: QWidget, option: object, index: Index) -> None:
        rect: QRect = option.rect  # type: ignore[attr-defined]
        if isinstance(editor, LongTextEditor):
            wide, high = LONG_TEXT_SIZE
            room = option.widget.viewport().rect()  # type: ignore[attr-defined]
            box = QRect(rect.x(), rect.y(), max(rect.width(), wide), high)
            box.moveBottom(min(box.bottom(), room.bottom() - 2))
            box.moveRight(min(box.right(), room.right() - 2))
            editor.setGeometry(box)
            return
        width = max(rect.width(), 120 if self._model.fields[index.column()].kind is Kind.DATE else 90)
        editor.setGeometry(QRect(rect.x(), rect.y() + 1, width, rect.height() - 2))

    @override
    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Enter saves at once: Qt puts that off, and keys pressed meanwhile would land in the old cell.

        In a long text Enter makes a new line, and Ctrl+Enter ends it.
        """
        pressed = _enter(event)
        if pressed is None or not isinstance(editor, QWidget):
            return super().eventFilter(editor, event)
        if (
            isinstance(editor, LongTextEditor)
            and not pressed.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            return False
        self._finish(editor, _SUBMIT)
        return True

    def _on_chosen(self, editor: QWidget, by_enter: bool) -> None:
        if by_enter:
            self._finish(editor, _SUBMIT)

    def _finish(self, editor: QWidget, hint: QStyledItemDelegate.EndEditHint = _NO_HINT) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, hint)


def _enter(event: QEvent) -> QKeyEvent | None:
    """The event, if it is Enter being pressed."""
    if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
        return event if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) else None
    return None


def editing_keys(view: QAbstractItemView) -> None:
    """How a cell is opened: F2, double click, or just typing."""
    trigger = QAbstractItemView.EditTrigger
    view.setEditTriggers(trigger.EditKeyPressed | trigger.AnyKeyPressed | trigger.DoubleClicked)
