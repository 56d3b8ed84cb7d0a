"""One field of a form: its label, its editor, under it a sentence when what was typed is refused or odd."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget

from creator_crm.domain.fields import Field, Kind, Row, Value
from creator_crm.domain.values.refused import ValueRefused
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.form.editors import LongTextEditor, say_invalid
from creator_crm.ui.shared.form.make import editor_for
from creator_crm.ui.shared.table.source import Source
from creator_crm.ui.shared.text import tr

LABEL_WIDTH = 124
NARROW = 160  # a long choice is cut rather than push the form out of its panel


class FieldLine(QObject):
    """Keeps what was typed until it is taken: a refusal never empties an editor."""

    edited = Signal()
    committed = Signal()

    def __init__(self, source: Source, record: str, field: Field, parent: QWidget) -> None:
        super().__init__(parent)
        self.field = field
        self.shown: Value = field.empty
        self.pending = False  # typed in, and not taken yet
        self.undecided = False  # refused, and not to be saved before it is entered once more
        self.editor = editor_for(source, record, field, parent)
        self.editor.setObjectName(field.name)
        label = tr(field.label) + (" *" if field.required else "")
        self.label = plain_label(label, "muted", wrap=True, parent=parent)
        self.label.setFixedWidth(LABEL_WIDTH)
        self.label.setBuddy(self.editor)
        self.error = plain_label("", "error", wrap=True, parent=parent)
        self.error.hide()
        self.note: QLabel | None = None  # what is odd about it; made when there is something to say
        if field.help:
            self.label.setToolTip(tr(field.help))
            self.editor.setToolTip(tr(field.help))
            self.editor.setAccessibleDescription(tr(field.help))
            if isinstance(self.editor, QLineEdit) and not self.editor.placeholderText():
                self.editor.setPlaceholderText(tr(field.help))
        if field.required:
            self.editor.setAccessibleName(tr("{field}, required").format(field=tr(field.label)))
        self.editor.edited.connect(self._on_edited)
        self.editor.committed.connect(self._on_committed)
        if isinstance(self.editor, QLineEdit):
            self.editor.returnPressed.connect(self._on_enter)

    def put(self, grid: QGridLayout, place: int) -> int:
        """Stand in a two-column grid from row `place` on; returns the next free row."""
        high = isinstance(self.editor, LongTextEditor)
        at = Qt.AlignmentFlag.AlignTop if high else Qt.AlignmentFlag.AlignVCenter
        self.label.setContentsMargins(0, 6 if high else 0, 0, 0)
        if self.editor.minimumSizeHint().width() > NARROW:
            self.editor.setMinimumWidth(NARROW)
        grid.addWidget(self.label, place, 0, at)
        grid.addWidget(self.editor, place, 1)
        grid.addWidget(self.error, place + 1, 1)
        grid.setRowMinimumHeight(place + 1, 0)
        self._grid, self._below = grid, place + 1
        return place + 2

    def show_value(self, value: Value, row: Row | None) -> None:
        """Show what the row holds."""
        self.editor.row = row
        self.editor.show_value(value)
        self.shown = value
        self.pending = self.undecided = False
        self.refuse("")

    def read(self) -> Value:
        """The value that stands there; raises ValueRefused, for an empty required one too."""
        value = self.editor.read()
        if self.field.required and value in (None, ()):
            raise ValueRefused(tr("{field} is needed.").format(field=tr(self.field.label)))
        return value

    def check(self) -> bool:
        """Whether the value can be taken; says in place why not."""
        try:
            self.read()
        except ValueRefused as refusal:
            self.refuse(str(refusal))
            return False
        self.refuse("")
        return True

    def refuse(self, sentence: str) -> None:
        """Show the sentence under the editor; "" takes it away."""
        if bool(sentence) != bool(self.editor.property("invalid")):
            say_invalid(self.editor, sentence)
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))
        if self.note is not None:
            self.note.setVisible(bool(self.note.text()) and not sentence)

    def remark(self, sentence: str) -> None:
        """Show quietly what is odd about what stands there, unless it is refused; "" takes it away."""
        if self.note is None:
            if not sentence:
                return
            self.note = plain_label("", "muted", wrap=True, parent=self.editor.parentWidget())
            self._grid.addWidget(self.note, self._below, 1)
        if self.note.text() != sentence:
            self.note.setText(sentence)
            self.editor.setAccessibleDescription(sentence or tr(self.field.help))
        self.note.setVisible(bool(sentence) and not self.error.text())

    def contest(self, value: Value, sentence: str) -> None:
        """The row holds `value` meanwhile; what was typed stays, and is taken when entered once more."""
        self.shown = value
        self.pending = self.undecided = True
        self.refuse(sentence)

    def draft(self) -> str | None:
        """The typed text that was not taken, None when there is none or it cannot be kept as text."""
        line = self.editor
        if not self.pending or self.field.kind is Kind.CHOICE:
            return None
        return line.text() if isinstance(line, QLineEdit) else None

    def restore(self, typed: str) -> None:
        """Put back a text that was refused, with its reason."""
        if isinstance(self.editor, QLineEdit):
            self.editor.setText(typed)
            self.pending = self.undecided = True
            self.check()

    def _on_committed(self) -> None:
        self.undecided = False
        self.committed.emit()

    def _on_enter(self) -> None:
        if self.undecided:
            self._on_committed()

    def _on_edited(self) -> None:
        self.pending = True
        if self.error.isVisibleTo(self.editor.window()):
            self.check()
        self.edited.emit()
