"""A form for any record, made from its description; in a panel it saves each field as it is left."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from creator_crm.domain.changes import Changes
from creator_crm.domain.errors import UserError
from creator_crm.domain.fields import Kind, Row, Value, value_of
from creator_crm.ui.shared import theme
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.form.line import FieldLine
from creator_crm.ui.shared.form.sections import Section, usual_sections
from creator_crm.ui.shared.table.seen import ChangedMeanwhile, still_seen
from creator_crm.ui.shared.table.source import Source
from creator_crm.ui.shared.text import tr


class RecordForm(QWidget):
    """Shows one row, or a new one. Errors stand under their field; nothing typed is lost to them."""

    changed = Signal()  # something was typed
    saved = Signal(object)  # Changes, after a field saved itself

    def __init__(
        self,
        source: Source,
        record: str,
        parent: QWidget | None = None,
        *,
        sections: Sequence[Section] | None = None,
        saves: bool = False,
    ) -> None:
        """`saves` writes each field when it is left, as one step to undo."""
        super().__init__(parent)
        self.source, self.record, self._saves = source, record, saves
        self.description = source.catalogue[record]
        self.row: Row | None = None
        self.lines: dict[str, FieldLine] = {}
        self._drafts: dict[tuple[int, str], str] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.M)
        self._column.addStretch(1)
        for section in sections if sections is not None else usual_sections(self.description):
            self.add_section(section)
        self.set_row(None)

    def add_section(self, section: Section) -> None:
        """Put another group of fields at the end."""
        only = self.description.field(section.names[0]).label if len(section.names) == 1 else ""
        if section.label and section.label != only:
            heading = plain_label(tr(section.label), "section", parent=self)
            heading.setContentsMargins(0, theme.S, 0, 0)
            self._column.insertWidget(self._column.count() - 1, heading)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.S)
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(1, 1)
        place = 0
        for name in section.names:
            line = FieldLine(self.source, self.record, self.description.field(name), self)
            line.edited.connect(self._on_edited)
            line.committed.connect(lambda name=name: self._on_committed(name))
            self.lines[name] = line
            line.show_value(self._held(name), self.row)
            place = line.put(grid, place)
        self._column.insertLayout(self._column.count() - 1, grid)
        self._put_in_tab_order()

    # What it shows ----------------------------------------------------------------------------------

    def set_row(self, row: Row | None) -> None:
        """Show a row, or an empty form with the described defaults.

        The same row again updates only what nobody is typing in; what was refused comes back with its row.
        """
        same = row is not None and self.row is not None and row.id == self.row.id
        if not same:
            self.flush()
            self._keep_drafts()
        self.row = row
        for name, line in self.lines.items():
            if same and line.pending:
                line.editor.row = row
            elif not same or self._held(name) != line.shown or line.field.kind is Kind.MONEY:
                line.show_value(self._held(name), row)
        if row is not None and not same:
            for (id, name), typed in list(self._drafts.items()):
                if id == row.id and name in self.lines:
                    del self._drafts[id, name]
                    self.lines[name].restore(typed)
        self._remark()

    def values(self) -> dict[str, Value]:
        """What differs from the row, or from a new row's defaults; raises ValueRefused."""
        return {name: value for name, line in self.lines.items() if (value := line.read()) != line.shown}

    def check(self) -> bool:
        """Whether every field can be taken; says under each why not and goes to the first."""
        self._pass_currency()
        bad = [line for line in self.lines.values() if not line.check()]
        if bad:
            bad[0].editor.setFocus(Qt.FocusReason.OtherFocusReason)
        return not bad

    def flush(self) -> None:
        """Save what was typed and not left yet."""
        for name, line in self.lines.items():
            if line.pending and self._saves and not line.undecided:
                self._save(name)

    def focus_first(self) -> None:
        """Put the keyboard into the first field."""
        if self.lines:
            next(iter(self.lines.values())).editor.setFocus(Qt.FocusReason.OtherFocusReason)

    # Saving -----------------------------------------------------------------------------------------

    def _on_edited(self) -> None:
        self._remark()
        self.changed.emit()

    def _remark(self) -> None:
        """Say quietly what is odd about an address, in a form that has one."""
        if "postcode" in self.lines and "country" in self.lines:
            from creator_crm.ui.shared.form.address_remarks import remark

            remark(self.lines, is_new=self.row is None)

    def _on_committed(self, name: str) -> None:
        if self._saves:
            self._save(name)
        elif self.lines[name].pending:
            self._pass_currency()
            self.lines[name].check()

    def _save(self, name: str) -> None:
        line, row = self.lines[name], self.row
        if row is None or not line.check():
            return
        value = line.read()
        if value == line.shown:
            line.pending = False
            return
        before, line.shown, line.pending = line.shown, value, False
        try:
            now = still_seen(self.source, self.record, row.id, line.field, before)
            versions = {row.id: now.version}
            changes = self.source.edit(self.record, {row.id: {name: value}}, versions=versions)
        except ChangedMeanwhile as refusal:
            line.contest(value_of(refusal.row, line.field), str(refusal))
            return
        except UserError as refusal:
            line.shown, line.pending = before, True
            line.refuse(str(refusal))
            return
        self._tell(changes)

    def _tell(self, changes: Changes) -> None:
        if self.row is not None:
            fresh = self.source.rows(self.record, [self.row.id])
            if fresh:
                self.set_row(fresh[0])
        self.saved.emit(changes)

    def _held(self, name: str) -> Value:
        field = self.description.field(name)
        if self.row is not None:
            return value_of(self.row, field)
        return field.default if field.default is not None else field.empty

    def _keep_drafts(self) -> None:
        if self.row is not None:
            for name, line in self.lines.items():
                typed = line.draft()
                if typed is not None:
                    self._drafts[self.row.id, name] = typed

    def _pass_currency(self) -> None:
        """Money is read in the currency chosen beside it, else the usual one, also before it is saved."""
        for line in self.lines.values():
            currency = line.field.currency
            if line.field.kind is Kind.MONEY and currency:
                beside = self.lines.get(currency)
                code = beside.editor.read() if beside else self._held(currency)
                known: Mapping[str, Any] = {currency: code}
                line.editor.row = dataclasses.replace(self.row or self.description.row(), **known)

    def _put_in_tab_order(self) -> None:
        editors = [line.editor for line in self.lines.values()]
        for first, second in pairwise(editors):
            QWidget.setTabOrder(first, second)
