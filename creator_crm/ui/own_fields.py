"""The fields that people add to creators and other records: see them, add one, rename it, take it away."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QInputDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from creator_crm.domain.errors import UserError
from creator_crm.domain.workspace import CUSTOM_KINDS
from creator_crm.ui.shared import buttons, theme
from creator_crm.ui.shared.context import Context
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.text import tr

RECORDS = ("creator", "account", "address", "campaign", "collaboration")
_NAME = Qt.ItemDataRole.UserRole


class OwnFields(QDialog):
    """The user's own fields of one kind of record at a time."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Your own fields"))
        self.resize(560, 460)
        self._workspace = context.workspace
        self.record = QComboBox(self)
        self.record.setAccessibleName(tr("Kind of record"))
        for name in RECORDS:
            self.record.addItem(tr(self._workspace.catalogue[name].plural), name)
        self.list = QListWidget(self)
        self.list.setAccessibleName(tr("Your own fields"))
        self.add_button = buttons.button(tr("Add field"), "plus", "primary", self)
        self.rename_button = buttons.button(tr("Rename"), "pencil", "", self)
        self.remove_button = buttons.button(tr("Remove"), "trash-2", "", self)
        self.error = plain_label("", "error", wrap=True, parent=self)
        self.error.hide()
        self._build()
        self.record.currentIndexChanged.connect(self._fill)
        self.list.currentItemChanged.connect(self._update)
        self.add_button.clicked.connect(self.add)
        self.rename_button.clicked.connect(self.rename)
        self.remove_button.clicked.connect(self.remove)
        self._fill()

    def add(self) -> None:
        """Ask for a label and a kind, and add the field."""
        asked = NewField(self)
        if asked.exec() == QDialog.DialogCode.Accepted:
            self._try(
                lambda: self._workspace.add_custom_field(
                    self._chosen_record,
                    asked.label.text(),
                    str(asked.kind.currentData()),
                    options=asked.options.text().split(","),
                    help=asked.help.text(),
                    personal=asked.personal.isChecked(),
                )
            )

    def rename(self) -> None:
        item = self.list.currentItem()
        if item is None:
            return
        label, given = QInputDialog.getText(
            self, tr("Rename"), tr("New label"), QLineEdit.EchoMode.Normal, item.text().partition("  ·  ")[0]
        )
        if given:
            name = str(item.data(_NAME))
            self._try(lambda: self._workspace.rename_custom_field(self._chosen_record, name, label))

    def remove(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            name = str(item.data(_NAME))
            self._try(lambda: self._workspace.remove_custom_field(self._chosen_record, name))

    @property
    def _chosen_record(self) -> str:
        return str(self.record.currentData())

    def _try(self, work: object) -> None:
        assert callable(work)
        try:
            work()
        except UserError as error:
            self.error.setText(str(error))
            self.error.show()
        else:
            self.error.hide()
        self._fill()

    def _fill(self) -> None:
        kinds = {choice.value: choice.label for choice in CUSTOM_KINDS}
        self.list.clear()
        for field in self._workspace.custom_fields(self._chosen_record):
            item = QListWidgetItem(f"{field.label}  ·  {tr(kinds.get(field.kind or '', ''))}")
            item.setData(_NAME, field.name)
            self.list.addItem(item)
        self._update()

    def _update(self) -> None:
        chosen = self.list.currentItem() is not None
        self.rename_button.setEnabled(chosen)
        self.remove_button.setEnabled(chosen)

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        for button in (self.add_button, self.rename_button, self.remove_button):
            row.addWidget(button)
        row.addStretch(1)
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, parent=self)
        close.rejected.connect(self.reject)
        hint = tr("A field of your own works everywhere: in lists, forms, filters, imports and exports.")
        column = QVBoxLayout(self)
        column.setSpacing(theme.M)
        column.addWidget(plain_label(hint, "muted", wrap=True))
        for widget in (self.record, self.list, self.error):
            column.addWidget(widget)
        column.addLayout(row)
        column.addWidget(close)


class NewField(QDialog):
    """What a new field is called and what it holds."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Add field"))
        self.setMinimumWidth(420)
        self.label, self.options, self.help = QLineEdit(self), QLineEdit(self), QLineEdit(self)
        self.options.setPlaceholderText(tr("small, medium, large"))
        self.kind = QComboBox(self)
        for choice in CUSTOM_KINDS:
            self.kind.addItem(tr(choice.label), choice.value)
        self.personal = QCheckBox(tr("Personal data: left out of redacted files"), self)
        form = QFormLayout()
        form.setSpacing(theme.S)
        for text, widget in (
            (tr("Label"), self.label),
            (tr("Kind"), self.kind),
            (tr("Choices, by comma"), self.options),
            (tr("Help"), self.help),
        ):
            widget.setAccessibleName(text)
            form.addRow(text, widget)
        buttons_ = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, parent=self
        )
        buttons_.accepted.connect(self.accept)
        buttons_.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setSpacing(theme.M)
        column.addLayout(form)
        column.addWidget(self.personal)
        column.addWidget(buttons_)
        self.kind.currentIndexChanged.connect(self._update)
        self._update()

    def _update(self) -> None:
        self.options.setEnabled(self.kind.currentData() == "choice")
