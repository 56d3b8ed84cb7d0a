"""The right editor for each kind of field, the same in the table, the form and the filter bar."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QIcon, QPixmap
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from creator_crm.compat import override
from creator_crm.domain.fields import Field, Kind, Row, Value
from creator_crm.domain.values.places import country_codes, country_name, language_name
from creator_crm.ui.shared import theme
from creator_crm.ui.shared.form.offers import Completions, Offers, offer_items
from creator_crm.ui.shared.form.typing import as_typed, read_typed
from creator_crm.ui.shared.text import tr

LANGUAGES = [
    "en",
    "es",
    "fr",
    "de",
    "it",
    "pt",
    "nl",
    "sv",
    "da",
    "nb",
    "fi",
    "pl",
    "cs",
    "el",
    "tr",
    "ru",
    "uk",
    "ar",
    "he",
    "hi",
    "bn",
    "ur",
    "fa",
    "id",
    "ms",
    "th",
    "vi",
    "ko",
    "ja",
    "zh",
    "ro",
    "hu",
    "bg",
    "hr",
    "sk",
    "sl",
    "sr",
]


class Editor(Protocol):
    """What table and form know of an editor; each one is a QWidget too."""

    field: Field
    row: Row | None  # what the value belongs to: its currency decides how money is read
    edited: Signal  # typed in
    committed: Signal  # Enter, a choice, or left after typing

    def show_value(self, value: Value) -> None: ...

    def read(self) -> Value:
        """The normal-form value of what stands there; raises ValueRefused."""
        ...


class LineEditor(QLineEdit):
    """One line of text, read by the field's kind; completes from what others wrote."""

    edited = Signal()
    committed = Signal()

    def __init__(self, field: Field, parent: QWidget | None = None, completions: Completions | None = None):
        super().__init__(parent)
        self.field = field
        self.row: Row | None = None
        self._dirty = False
        self.setAccessibleName(tr(field.label))
        self.textEdited.connect(self._on_edited)
        self.editingFinished.connect(self._on_finished)
        self.offers = Offers(self, completions, field.kind is Kind.TAGS) if completions else None

    def show_value(self, value: Value) -> None:
        self.setText(as_typed(self.field, value, self.row))
        self._show_beginning()
        self._dirty = False

    def read(self) -> Value:
        return read_typed(self.field, self.text(), self.row)

    def _on_edited(self) -> None:
        self._dirty = True
        self.edited.emit()

    def _on_finished(self) -> None:
        self._show_beginning()
        if self._dirty:
            self._dirty = False
            self.committed.emit()

    def _show_beginning(self) -> None:
        """A text too long for its line is read from the first word, unless somebody is writing at its end."""
        if not self.hasFocus():
            self.setCursorPosition(0)


class LongTextEditor(QPlainTextEdit):
    """Several lines; Tab leaves, Ctrl+Enter finishes."""

    edited = Signal()
    committed = Signal()

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.row: Row | None = None
        self._shown = ""
        self.setAccessibleName(tr(field.label))
        self.setTabChangesFocus(True)
        self.textChanged.connect(self._on_changed)

    def show_value(self, value: Value) -> None:
        self._shown = str(value or "")
        self.setPlainText(self._shown)

    def read(self) -> Value:
        return read_typed(self.field, self.toPlainText(), self.row)

    def _on_changed(self) -> None:
        if self.toPlainText() != self._shown:
            self.edited.emit()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self.toPlainText() != self._shown:
            self._shown = self.toPlainText()
            self.committed.emit()

    @override
    def sizeHint(self) -> QSize:
        return QSize(240, 96)


class ChoiceEditor(QComboBox):
    """A list of the described choices, each with its colour beside its word."""

    edited = Signal()
    committed = Signal()

    def __init__(self, field: Field, parent: QWidget | None = None, empty: bool | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.row: Row | None = None
        self.setAccessibleName(tr(field.label))
        if not field.required if empty is None else empty:
            self.addItem("—", None)
        for choice in field.choices:
            self.addItem(_dot(choice.tone), tr(choice.label), choice.value)
        theme.on_change(self._recolour)
        self.setMaxVisibleItems(16)
        self.activated.connect(self._on_activated)

    def _recolour(self) -> None:
        for choice in self.field.choices:
            self.setItemIcon(self.findData(choice.value), _dot(choice.tone))

    def show_value(self, value: Value) -> None:
        place = self.findData(value)
        if place < 0 and value is not None:  # a choice that is no longer offered must not be lost
            self.addItem(str(value), value)
            place = self.count() - 1
        self.setCurrentIndex(place)

    def read(self) -> Value:
        value = self.currentData()
        return value if isinstance(value, str) else None

    def _on_activated(self) -> None:
        self.edited.emit()
        self.committed.emit()

    @override
    def wheelEvent(self, event: object) -> None:
        """Scrolling a form must not change a stage on the way."""
        event.ignore()  # type: ignore[attr-defined]


class PlaceEditor(QComboBox):
    """Countries or languages by name: type any part of it, in any language that is known, or the code."""

    edited = Signal()
    committed = Signal()

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.row: Row | None = None
        self._dirty = False
        self.setAccessibleName(tr(field.label))
        country = field.kind is Kind.COUNTRY
        codes = country_codes() if country else sorted(LANGUAGES, key=language_name)
        self.addItem("", None)
        for code in codes:
            self.addItem(country_name(code) if country else language_name(code), code)
        self.setMaxVisibleItems(12)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        line = self._line = QLineEdit(self)
        self.setLineEdit(line)
        self.offers = offer_items(self)
        line.setAccessibleName(tr(field.label))
        line.textEdited.connect(self._on_edited)
        line.editingFinished.connect(self._on_finished)
        self.activated.connect(self._on_activated)

    def show_value(self, value: Value) -> None:
        place = self.findData(value) if value else 0
        self.setCurrentIndex(place)
        if place < 0:
            self.setEditText(str(value))
        if not self._line.hasFocus():
            self._line.setCursorPosition(0)
        self._dirty = False

    def read(self) -> Value:
        typed = self.currentText().strip()
        place = self.findText(typed, Qt.MatchFlag.MatchFixedString)
        if place >= 0:
            value = self.itemData(place)
            return value if isinstance(value, str) else None
        return read_typed(self.field, typed)

    def setText(
        self, text: str
    ) -> None:  # as a QLineEdit has it: the table starts an editor with a typed letter
        self.setEditText(text)

    def _on_edited(self) -> None:
        self._dirty = True
        self.edited.emit()

    def _on_activated(self) -> None:
        self._dirty = False
        self.edited.emit()
        self.committed.emit()

    def _on_finished(self) -> None:
        if self._dirty:
            self._dirty = False
            self.committed.emit()

    @override
    def wheelEvent(self, event: object) -> None:
        event.ignore()  # type: ignore[attr-defined]


class FlagEditor(QCheckBox):
    """Yes or no."""

    edited = Signal()
    committed = Signal()

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.row: Row | None = None
        self.setAccessibleName(tr(field.label))
        self.clicked.connect(self._on_clicked)

    def show_value(self, value: Value) -> None:
        self.setChecked(bool(value))

    def read(self) -> Value:
        return self.isChecked()

    def _on_clicked(self) -> None:
        self.edited.emit()
        self.committed.emit()


def say_invalid(editor: QWidget, sentence: str) -> None:
    """Mark an editor as refused, for the eye and for a screen reader; "" lifts that."""
    editor.setProperty("invalid", bool(sentence))
    editor.setAccessibleDescription(sentence)
    editor.style().unpolish(editor)
    editor.style().polish(editor)


def _dot(tone: str) -> QIcon:
    """A dot in the ink of a chip."""
    from PySide6.QtGui import QPainter

    _behind, ink = theme.tokens().chips.get(tone, theme.tokens().chips["grey"])  # type: ignore[call-overload]
    picture = QPixmap(24, 24)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(ink))
    painter.drawEllipse(4, 4, 14, 14)
    painter.end()
    picture.setDevicePixelRatio(2)
    return QIcon(picture)
