"""The text of gift notes, with a menu of what can be filled in and the way back to the usual text."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPlainTextEdit, QVBoxLayout, QWidget

from creator_crm.services.slips import GIFT_NOTE, NOTE_GAPS
from creator_crm.ui.shared import buttons, theme
from creator_crm.ui.shared.text import tr
from creator_crm.ui.writing.gaps import Marks

FIRST = (
    "creator.first_name",
    "creator.name",
    "products",
    "message",
    "code",
    "campaign.name",
    "brand",
    "owner",
    "me",
)


class NoteText(QWidget):
    """Writes one text for all notes."""

    changed = Signal()

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = QPlainTextEdit(text, self)
        self.editor.setTabChangesFocus(True)
        self.editor.setMinimumHeight(110)
        self._marks = Marks(self.editor.document())
        self.field_button = buttons.button(tr("Insert field"), "plus", "quiet", self)
        self.usual_button = buttons.button(tr("Usual text"), "undo-2", "quiet", self)
        row = QHBoxLayout()
        row.addWidget(self.field_button)
        row.addWidget(self.usual_button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.XS)
        column.addWidget(self.editor, 1)
        column.addLayout(row)
        self.editor.textChanged.connect(self._on_changed)
        self.field_button.clicked.connect(self._offer_fields)
        self.usual_button.clicked.connect(lambda: self.editor.setPlainText(GIFT_NOTE))
        self.usual_button.setEnabled(text != GIFT_NOTE)

    @property
    def text(self) -> str:
        return self.editor.toPlainText()

    def insert(self, field: str) -> None:
        """Put a field in where the cursor stands."""
        self.editor.insertPlainText(f"{{{{ {field} }}}}")
        self.editor.setFocus()

    def _on_changed(self) -> None:
        self.usual_button.setEnabled(self.text != GIFT_NOTE)
        self.changed.emit()

    def _offer_fields(self) -> None:
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        for field in FIRST:
            menu.addAction(tr(NOTE_GAPS[field]), partial(self.insert, field))
        menu.popup(self.field_button.mapToGlobal(self.field_button.rect().bottomLeft()))
