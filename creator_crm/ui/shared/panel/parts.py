"""The parts of a record as a small table: accounts, addresses; edited, added, removed in place."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from creator_crm.domain.changes import Changes
from creator_crm.domain.errors import UserError
from creator_crm.domain.fields import Field, Value
from creator_crm.ui.shared import buttons, theme
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.form.add import AddRecord
from creator_crm.ui.shared.form.sections import Section
from creator_crm.ui.shared.table import columns
from creator_crm.ui.shared.table.grid import Grid
from creator_crm.ui.shared.table.model import RecordModel
from creator_crm.ui.shared.table.source import Source
from creator_crm.ui.shared.text import tr


class PartsList(QWidget):
    """The rows of `record` whose `owner` is the row shown; `names` are its columns, () the usual ones."""

    failed = Signal(str)

    def __init__(
        self,
        source: Source,
        record: str,
        owner: str,
        parent: QWidget | None = None,
        names: tuple[str, ...] = (),
        sections: Sequence[Section] | None = None,
    ) -> None:
        """`sections` group the fields of one part where all of them are shown."""
        super().__init__(parent)
        self._sections = sections
        self.source, self.record, self.owner = source, record, owner
        self.description = source.catalogue[record]
        self._id = 0
        self.model = RecordModel(source, record, self)
        self.model.write = self._write_cell
        self.grid = Grid(self.model, self)
        self.grid.setAccessibleName(tr(self.description.plural))
        label = self.description.label.lower()
        self.add_button = buttons.button(tr("Add {part}").format(part=label), "plus", "", self)
        self.open_button = buttons.icon_button(tr("All its fields"), "pencil", self)
        self.remove_button = buttons.icon_button(tr("Move to the trash"), "trash-2", self)
        plural = self.description.plural.lower()
        self.nothing = plain_label(tr("No {parts} yet.").format(parts=plural), "muted", True, self)
        self._build()
        shown = names or tuple(n for n, _ in columns.usual(self.grid) if n != owner)
        columns.arrange(self.grid, tuple((name, 0) for name in shown))

    def beside(self, button: QWidget) -> None:
        """Put a button of the panel's own beside the one that adds."""
        self._head.insertWidget(1, button)

    def show_row(self, id: int) -> None:
        """Show the parts of a row, 0 for none."""
        self._id = id
        rows = self.source.parts(self.record, id) if id else ()
        kept = self.grid.kept_selection()
        self.model.set_ids(array("q", (row.id for row in rows)))
        self.grid.restore_selection(kept)
        self.nothing.setVisible(not rows)
        self.grid.setVisible(bool(rows))
        self.add_button.setEnabled(id != 0)
        self._update()

    def refresh(self, changes: Changes | None) -> None:
        """Read again when one of these parts, or what follows from them, changed."""
        if self.grid.state() is not Grid.State.EditingState:
            self.show_row(self._id)

    def ask_for_new(self) -> AddRecord:
        """Open the dialog for another part."""
        dialog = AddRecord(self.source, self.record, self, known={self.owner: self._id})
        dialog.added.connect(lambda _id: self.show_row(self._id))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def open_current(self) -> None:
        """Show all fields of the part in front, its history and its files."""
        from creator_crm.ui.shared.panel.dialog import RecordDialog

        rows = self.grid.selected_rows()
        if rows:
            number = self.model.ids[rows[0]]
            dialog = RecordDialog(self.source, self.record, number, self, self._sections)
            dialog.finished.connect(lambda _: self.show_row(self._id))
            dialog.open()

    def remove_selected(self) -> None:
        """Move the selected parts to the trash, in one step to undo."""
        rows = self.grid.selected_rows()
        if rows:
            ids = [self.model.ids[row] for row in rows]
            self._try(lambda: self.source.trash(self.record, ids))
            self.show_row(self._id)

    def _build(self) -> None:
        row = self._head = QHBoxLayout()
        row.addWidget(self.add_button)
        row.addStretch(1)
        row.addWidget(self.open_button)
        row.addWidget(self.remove_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.M, theme.M, theme.M, theme.M)
        column.addLayout(row)
        column.addWidget(self.nothing)
        column.addWidget(self.grid, 1)
        column.addStretch(0)
        self.add_button.clicked.connect(self.ask_for_new)
        self.open_button.clicked.connect(self.open_current)
        self.remove_button.clicked.connect(self.remove_selected)
        self.grid.toggled.connect(self._toggle)
        self.grid.menu_wanted.connect(self._menu)
        self.grid.selectionModel().selectionChanged.connect(self._update)

    def _menu(self, where: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(_delete_on_close())
        index = self.grid.currentIndex()
        if self.grid.editable(index):
            menu.addAction(tr("Edit this cell"), lambda: self.grid.edit(index))
        menu.addAction(tr("All its fields"), self.open_current)
        menu.addAction(tr("Move to the trash"), self.remove_selected)
        menu.popup(where)

    def _write_cell(self, row: int, field: Field, value: Value, version: int | None = None) -> bool:
        id = self.model.ids[row]
        self.source.edit(self.record, {id: {field.name: value}}, versions={id: version} if version else None)
        self.model.touch([id])
        return True

    def _toggle(self, row: int, column: int) -> None:
        field, value = self.model.fields[column], self.model.value(row, column)
        self._try(lambda: self._write_cell(row, field, not value))

    def _try(self, work: Callable[[], object]) -> None:
        try:
            work()
        except UserError as refusal:
            self.failed.emit(str(refusal))

    def _update(self, *_: object) -> None:
        for button in (self.open_button, self.remove_button):
            button.setEnabled(bool(self.grid.stripes))


def _delete_on_close() -> Any:
    from PySide6.QtCore import Qt

    return Qt.WidgetAttribute.WA_DeleteOnClose
