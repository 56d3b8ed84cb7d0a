"""Any kind of record as a list with its panel, in a window of its own: campaigns, tags, collaborations."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from creator_crm.domain.changes import Changes
from creator_crm.ui.shared import buttons, theme
from creator_crm.ui.shared.context import Context
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.form.add import AddRecord
from creator_crm.ui.shared.panel.panel import RecordPanel
from creator_crm.ui.shared.table.table import RecordTable
from creator_crm.ui.shared.text import tr


class RecordsWindow(QDialog):
    """List on the left, the chosen record on the right; everything saves itself."""

    def __init__(self, context: Context, record: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context, self._record = context, record
        workspace = context.workspace
        description = workspace.catalogue[record]
        self.setWindowTitle(tr(description.plural))
        self.resize(1080, 620)
        self.table = RecordTable(workspace, record, self, sort=description.title)
        self.panel = RecordPanel(workspace, record, self)
        self.panel.hide()
        label = description.label.lower()
        self.add_button = buttons.button(tr("Add {record}").format(record=label), "plus", "primary", self)
        self.trash_button = buttons.button(tr("Move to trash"), "trash-2", "", self)
        self._build(tr(description.plural))
        self._connect()
        self.table.say_when_empty(
            tr("There are no {records} yet.").format(records=description.plural.lower()),
            tr("Add {record}").format(record=label),
        )
        self.table.reload()

    def show_record(self, number: int) -> None:
        self.table.select(number)
        self._show(number)

    def refresh(self, changes: Changes | None) -> None:
        self.table.refresh(changes)
        self.panel.refresh(changes)

    def _build(self, title: str) -> None:
        heading = plain_label(title)
        heading.setFont(theme.scaled(heading.font(), 5, theme.SEMIBOLD))
        head = QHBoxLayout()
        head.addWidget(heading)
        head.addStretch(1)
        head.addWidget(self.trash_button)
        head.addWidget(self.add_button)
        left = QWidget(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(theme.L, theme.L, theme.L, theme.S)
        column.setSpacing(theme.M)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        splitter = QSplitter(Qt.Orientation.Horizontal, self)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(left)
        splitter.addWidget(self.panel)
        splitter.setStretchFactor(0, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(splitter)

    def _connect(self) -> None:
        table, context = self.table, self._context
        table.grid.clicked.connect(lambda _: self._show(table.current_id))
        table.opened.connect(self._show)
        table.current_changed.connect(self._on_current)
        table.add_wanted.connect(self.add)
        self.add_button.clicked.connect(self.add)
        self.trash_button.clicked.connect(self.trash)
        self.panel.closed.connect(self.panel.hide)
        for failed in (table.failed, self.panel.failed):
            failed.connect(lambda sentence: context.tell(sentence, "error"))
        context.changed.connect(self.refresh)

    def add(self) -> None:
        """Ask for a new record of this kind, and show it."""
        dialog = AddRecord(self._context.workspace, self._record, self)
        dialog.added.connect(self.show_record)
        dialog.exec()

    def trash(self) -> None:
        chosen = self.table.selected_ids()
        if chosen:
            self._context.tell_done(self._context.workspace.trash(self._record, chosen))

    def _on_current(self, number: int) -> None:
        if not self.panel.isHidden():
            self._show(number)

    def _show(self, number: int) -> None:
        self.panel.setVisible(number != 0)
        self.panel.show_row(number)
