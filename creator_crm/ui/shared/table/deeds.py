"""What the user does to cells of a table: edit, toggle, clear, copy, paste, change many; and the menus."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu

from creator_crm.domain.conditions import Condition, Op, operators
from creator_crm.domain.errors import UserError
from creator_crm.domain.fields import Field, Kind, Row, Value
from creator_crm.ui.shared import icons, text
from creator_crm.ui.shared.icons import icon
from creator_crm.ui.shared.table import cell_work, clipboard, columns
from creator_crm.ui.shared.table.seen import still_seen, versions_as_seen
from creator_crm.ui.shared.text import tr

if TYPE_CHECKING:
    from creator_crm.ui.shared.table.table import RecordTable

_DELETE = Qt.WidgetAttribute.WA_DeleteOnClose


class Deeds(QObject):
    """Belongs to one table; every write goes through `write` and is one step to undo."""

    def __init__(self, table: RecordTable) -> None:
        super().__init__(table)
        self._table = table
        self.writing = False
        self.page_actions: tuple[QAction, ...] = ()
        grid = table.grid
        table.model.write = self._write_cell
        grid.toggled.connect(self.toggle)
        grid.clear_wanted.connect(self.clear)
        grid.copy_wanted.connect(self.copy)
        grid.paste_wanted.connect(self.paste)
        grid.menu_wanted.connect(self.cell_menu)

    # Writing ----------------------------------------------------------------------------------------

    def write(
        self,
        changes: Mapping[int, Mapping[str, Value]],
        versions: Mapping[int, int] | None = None,
        label: str = "",
    ) -> None:
        """Write cells in one step; raises UserError. The table takes the result in afterwards."""
        table = self._table
        if changes:
            with self._hold():
                table.refresh(table.source.edit(table.record, changes, label, versions))
            if not self._table.editing:
                QTimer.singleShot(0, self, self._table.apply_late)

    @contextmanager
    def _hold(self) -> Iterator[None]:
        """Whoever hears of the write meanwhile must not rebuild the table under the open editor."""
        self.writing = True
        try:
            yield
        finally:
            self.writing = False

    def _try(self, work: Callable[[], object]) -> None:
        try:
            work()
        except UserError as refusal:
            self._table.failed.emit(str(refusal))

    def _write_cell(self, row: int, field: Field, value: Value, version: int) -> bool:
        id = self._table.model.ids[row]
        self.write({id: {field.name: value}}, {id: version})
        return True

    def toggle(self, row: int, column: int) -> None:
        """Turn a yes-or-no cell over."""
        model = self._table.model
        field, value = model.fields[column], model.value(row, column)
        self._try(lambda: self._write_cell(row, field, not value, self._as_seen(row, field)))

    def _as_seen(self, row: int, field: Field) -> int:
        model = self._table.model
        return still_seen(
            model.source, model.record, model.ids[row], field, model.value(row, model.column_of[field.name])
        ).version

    def clear(self) -> None:
        """Empty the selected cells."""
        self._try(self._clear)

    def _clear(self) -> None:
        table = self._table
        rows = table.source.rows(table.record, table.selected_ids())
        changes = cell_work.cleared(self._selected_fields(), rows)
        self.write(changes, self._versions(rows, changes), self._label("Empty", changes))

    def _versions(self, rows: Sequence[Row], changes: Mapping[int, Mapping[str, Value]]) -> dict[int, int]:
        """The versions that changes were made from; refused, and shown anew, where the screen was behind."""
        model = self._table.model
        try:
            return versions_as_seen(model.loaded(changes), rows, changes, model.fields)
        except UserError:
            model.touch(changes)
            raise

    def change_many(self) -> None:
        """Open the dialog that sets one field of all selected rows."""
        table = self._table
        if ids := table.selected_ids():
            fields = self._selected_fields()
            from creator_crm.ui.shared.table.bulk_edit import BulkEdit

            dialog = BulkEdit(
                table.source, table.record, ids, self._change, table, fields[0].name if fields else ""
            )
            dialog.setAttribute(_DELETE)
            dialog.open()

    def _change(self, rows: Sequence[Row], changes: Mapping[int, Mapping[str, Value]]) -> None:
        self.write(changes, self._versions(rows, changes))

    # Clipboard --------------------------------------------------------------------------------------

    def copy(self, headers: bool = False) -> None:
        """Put the selected cells on the clipboard, as a spreadsheet takes them."""
        table = self._table
        fields = self._selected_fields()
        if ids := table.selected_ids():
            copied = cell_work.as_text(table.source, table.record, ids, fields, headers)
            QGuiApplication.clipboard().setText(copied)

    def paste(self) -> None:
        """Fill cells from the clipboard: all of it, or nothing and the reasons."""
        pasted = QGuiApplication.clipboard().text()
        if pasted:
            self._try(lambda: self._paste(pasted))

    def _paste(self, pasted: str) -> None:
        table = self._table
        rows, fields = table.grid.selected_rows(), self._selected_fields()
        if not rows or not fields:
            return
        block = clipboard.tiled(clipboard.split(pasted), len(rows), len(fields))
        if len(block) > len(rows) or len(rows) == 1:
            ids = table.model.ids[rows[0] :]
        else:
            ids = table.model.ids[rows[0] : 0]
            ids.extend(table.model.ids[row] for row in rows)
        shown = self._shown_fields()
        target = shown[shown.index(fields[0]) :]
        plan = cell_work.plan_paste(table.source, table.record, ids, target, block)
        if plan.refused:
            from creator_crm.ui.shared.table.refused_cells import RefusedCells

            dialog = RefusedCells(plan.refused, sum(len(line) for line in block), table)
            dialog.setAttribute(_DELETE)
            dialog.open()
            return
        versions = self._versions(plan.rows, plan.changes)
        self.write(plan.changes, versions, self._label("Paste", plan.changes))
        if plan.changes:
            table.done.emit(tr("Pasted {cells}.").format(cells=text.counted(plan.cells, "cell", "cells")))

    def _selected_fields(self) -> list[Field]:
        """The fields of the selected columns, as they stand from left to right."""
        chosen = {c for _, _, left, right in self._table.grid.stripes for c in range(left, right + 1)}
        fields = self._table.model.fields
        return [f for f in self._shown_fields() if fields.index(f) in chosen]

    def _shown_fields(self) -> list[Field]:
        by_name = self._table.description.by_name
        return [by_name[name] for name, _ in columns.shown(self._table.grid)]

    def _label(self, verb: str, changes: Mapping[int, Mapping[str, Value]]) -> str:
        d = self._table.description
        cells = sum(len(values) for values in changes.values())
        return cell_work.cells_label(verb, cells, len(changes), d.plural, d.label)

    # Menus ------------------------------------------------------------------------------------------

    def cell_menu(self, where: QPoint) -> None:
        """The menu of the selection: the page's actions, then what can be done with cells."""
        menu = self.made_menu()
        menu.popup(where)

    def made_menu(self) -> QMenu:
        table, grid = self._table, self._table.grid
        menu = _menu(table)
        index = grid.currentIndex()
        icons.keep(self.page_actions)
        menu.addActions(list(self.page_actions))
        menu.addSeparator()
        if grid.editable(index):
            menu.addAction(icon("pencil"), tr("Edit this cell") + "\tF2", partial(grid.edit, index))
        count = len(grid.selected_rows())
        if count > 1:
            d = table.description
            many = text.counted(count, d.label.lower(), d.plural.lower())
            menu.addAction(
                icon("list-checks"), tr("Change {records}…").format(records=many), self.change_many
            )
        menu.addAction(icon("copy"), tr("Copy") + "\tCtrl+C", self.copy)
        menu.addAction(tr("Copy with headings") + "\tCtrl+Shift+C", partial(self.copy, True))
        menu.addAction(icon("clipboard-paste"), tr("Paste") + "\tCtrl+V", self.paste)
        if index.isValid():
            menu.addSeparator()
            self._add_filter(menu, index.row(), index.column())
            menu.addAction(
                icon("history"),
                tr("History"),
                partial(table.history_wanted.emit, table.model.ids[index.row()]),
            )
        return menu

    def _add_filter(self, menu: QMenu, row: int, column: int) -> None:
        table = self._table
        field, value = table.model.fields[column], table.model.value(row, column)
        wanted = same_value(field, value)
        if wanted is None:
            return
        shown = table.model.text(row, column)
        words = tr("Show only {field}: {value}").format(
            field=tr(field.label), value=shown[:40] or tr("empty")
        )
        menu.addAction(icon("list-filter"), words.replace("&", "&&"), partial(table.filters.add, wanted))

    def header_menu(self, where: QPoint) -> None:
        """The menu of a column's heading."""
        table = self._table
        header = table.grid.horizontalHeader()
        column = header.logicalIndexAt(where)
        if column < 0:
            return
        name = table.model.fields[column].name
        menu = _menu(table)
        menu.addAction(icon("arrow-up"), tr("Smallest or A first"), partial(table.sort_by, name))
        menu.addAction(icon("arrow-down"), tr("Largest or Z first"), partial(table.sort_by, name, True))
        menu.addSeparator()
        menu.addAction(tr("Fit the width"), partial(columns.fit, table.grid, column))
        if len(columns.shown(table.grid)) > 1:
            menu.addAction(icon("eye-off"), tr("Hide this column"), partial(self._hide, name))
        menu.addAction(icon("columns-3"), tr("Choose columns…"), table.columns_button.click)
        menu.popup(header.mapToGlobal(where))

    def _hide(self, name: str) -> None:
        grid = self._table.grid
        columns.arrange(grid, tuple(c for c in columns.shown(grid) if c[0] != name))


def same_value(field: Field, value: Value) -> Condition | None:
    """The filter for rows that hold the same; None where that makes no sense."""
    ops = operators(field.kind)
    if value in (None, ()) or value is False:
        return Condition(field.name, Op.NOT_SET)
    if field.kind is Kind.TAGS and isinstance(value, tuple):
        return Condition(field.name, Op.IN, value)
    if field.kind is Kind.CHOICE:
        return Condition(field.name, Op.IN, (value,))
    if field.kind is Kind.MOMENT:
        return Condition(field.name, Op.IS, str(value)[:10])
    if field.kind in (Kind.MONEY, Kind.LONG_TEXT, Kind.DATA) or Op.IS not in ops:
        return None
    return Condition(field.name, Op.IS, value)


def _menu(parent: RecordTable) -> QMenu:
    menu = QMenu(parent)
    menu.setAttribute(_DELETE)
    return menu
