"""One field of many records, set in one step."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QComboBox, QDialog, QRadioButton, QVBoxLayout, QWidget

from creator_crm.domain.errors import UserError
from creator_crm.domain.fields import Field, Kind, Row, Value, value_of
from creator_crm.domain.values.refused import ValueRefused
from creator_crm.domain.values.tags import parse_tags
from creator_crm.ui.shared import buttons, text, theme
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.form.editors import say_invalid
from creator_crm.ui.shared.form.make import AnyEditor, editor_for
from creator_crm.ui.shared.form.question import ending
from creator_crm.ui.shared.layouts import clear
from creator_crm.ui.shared.table.source import Source
from creator_crm.ui.shared.text import tr

Write = Callable[[Sequence[Row], dict[int, dict[str, Value]]], None]  # the rows, what changes in them


class BulkEdit(QDialog):
    """Which field, which value; the button says how many records will change."""

    def __init__(
        self, source: Source, record: str, ids: Sequence[int], write: Write, parent: QWidget, first: str = ""
    ) -> None:
        super().__init__(parent)
        self._source, self._record, self._ids, self._write = source, record, list(ids), write
        description = source.catalogue[record]
        self.setMinimumWidth(400)
        counted = text.counted(len(self._ids), description.label.lower(), description.plural.lower())
        self.setWindowTitle(tr("Change {records}").format(records=counted))
        self.editor: AnyEditor
        self.field_box = QComboBox(self)
        self.field_box.setAccessibleName(tr("Field to change"))
        for field in description.visible:
            if field.editable and field.stored and field.kind is not Kind.DATA:
                self.field_box.addItem(tr(field.label), field)
                if field.name == first:
                    self.field_box.setCurrentIndex(self.field_box.count() - 1)
        self.add_tags = QRadioButton(tr("Add to the tags that are there"), self)
        self.replace_tags = QRadioButton(tr("Replace the tags that are there"), self)
        self.add_tags.setChecked(True)
        self.error = plain_label("", "error", wrap=True, parent=self)
        self.error.hide()
        self.apply_button = buttons.button(
            tr("Change {records}").format(records=counted), "", "primary", self
        )
        self.apply_button.setDefault(True)
        self._place = QVBoxLayout()
        self._build()
        self._on_field()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.L, theme.L, theme.L, theme.L)
        column.setSpacing(theme.S)
        column.addWidget(plain_label(tr("Field"), "muted", parent=self))
        column.addWidget(self.field_box)
        column.addWidget(
            plain_label(tr("New value; leave it empty to empty the field"), "muted", parent=self)
        )
        column.addLayout(self._place)
        column.addWidget(self.add_tags)
        column.addWidget(self.replace_tags)
        column.addWidget(self.error)
        column.addSpacing(theme.S)
        self.apply_button.clicked.connect(self.apply)
        self.field_box.currentIndexChanged.connect(self._on_field)
        column.addLayout(ending(self, self.apply_button))

    @property
    def field(self) -> Field:
        field: Field = self.field_box.currentData()
        return field

    def apply(self) -> None:
        """Write the value to all of them in one change set, or say in place why not."""
        try:
            rows = self._source.rows(self._record, self._ids)
            self._write(rows, self._changes(rows))
        except (ValueRefused, UserError) as refusal:
            say_invalid(self.editor, str(refusal))
            self.error.setText(str(refusal))
            self.error.show()
            return
        self.accept()

    def _changes(self, rows: Sequence[Row]) -> dict[int, dict[str, Value]]:
        changes: dict[int, dict[str, Value]] = {}
        for row in rows:
            value = self._value_for(row)
            if value != value_of(row, self.field):
                changes[row.id] = {self.field.name: value}
        return changes

    def _value_for(self, row: Row) -> Value:
        if self.field.kind is Kind.MONEY:
            self.editor.row = row  # the same amount, in each row's own currency
        value = self.editor.read()
        if self.field.kind is Kind.TAGS and self.add_tags.isChecked():
            held, added = value_of(row, self.field), value
            return (
                parse_tags((*held, *added)) if isinstance(held, tuple) and isinstance(added, tuple) else value
            )
        return value

    def _on_field(self) -> None:
        clear(self._place)
        self.editor = editor_for(self._source, self._record, self.field, self)
        self._place.addWidget(self.editor)
        tags = self.field.kind is Kind.TAGS
        self.add_tags.setVisible(tags)
        self.replace_tags.setVisible(tags)
        self.error.hide()
