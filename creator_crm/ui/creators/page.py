"""The Creators page: everybody in the program as a list or as a board of stages, and one of them in full."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from creator_crm.domain.changes import Changes
from creator_crm.ui.shared import buttons, theme
from creator_crm.ui.shared.context import Context
from creator_crm.ui.shared.dialogs import choose_new_file, open_link, plain_label
from creator_crm.ui.shared.jobs import Progress
from creator_crm.ui.shared.table.table import RecordTable
from creator_crm.ui.shared.text import counted, tr

if TYPE_CHECKING:
    from creator_crm.ui.creators.panel import CreatorPanel
    from creator_crm.ui.shared.board import RecordBoard

RECORD = "creator"
SHEETS = "Excel (*.xlsx);;CSV (*.csv)"
EMPTY = "Nobody is here yet. Bring in the list you have, or write the first creator down."


class CreatorsPage:
    """List and board on the left, the current creator's panel on the right; the last two made when wanted."""

    def __init__(self, context: Context) -> None:
        self.title = tr("Creators")
        self._context = context
        self._workspace = context.workspace
        self.widget = QWidget()
        self.table = RecordTable(context.workspace, RECORD, self.widget, sort="name")
        self._opened = False
        self._build()
        self._connect()

    @cached_property
    def board(self) -> RecordBoard:
        """The stages as columns of cards."""
        from creator_crm.ui.shared.board import RecordBoard

        board = RecordBoard(self._workspace, RECORD, "stage", self.widget)
        board.opened.connect(self._show_panel)
        board.failed.connect(lambda sentence: self._context.tell(sentence, "error"))
        self.views.addWidget(board)
        return board

    @cached_property
    def panel(self) -> CreatorPanel:
        """One creator in full, hidden until somebody asks for her."""
        from creator_crm.ui.creators.panel import CreatorPanel

        panel = CreatorPanel(self._context, self.widget)
        self.splitter.addWidget(panel)
        self.splitter.setSizes([820, 380])
        self._context.keep_splitter(self.splitter)
        return panel

    @property
    def _made(self) -> tuple[RecordBoard | CreatorPanel, ...]:
        """Those of board and panel that were wanted so far."""
        return tuple(vars(self)[name] for name in ("board", "panel") if name in vars(self))

    # What the window asks ------------------------------------------------------------------------------

    @property
    def selection(self) -> Sequence[str]:
        return [str(number) for number in self._selected()]

    def refresh(self, changes: Changes | None) -> None:
        if not self._opened:
            self._opened = True
            self.table.open_first_view()
            return
        self.table.refresh(changes)
        for part in self._made:
            part.refresh(changes)

    def set_campaign(self, campaign: str | None) -> None:
        self._scope(campaign=int(campaign) if campaign else None)

    def show_record(self, record: str, number: int) -> None:
        """Bring a creator to the front, or the one that an account, address or collaboration is about."""
        while record != RECORD:
            row = self._workspace.row(record, number)
            owner = self._workspace.catalogue[record].owner
            if row is None or owner is None:
                return
            record, number = owner.references, getattr(row, owner.name)
        self._as_list()
        if not self.table.select(number):
            self.scopes.setCurrentIndex(0)
            self.table.clear_filter()
            self.table.select(number)
        self.panel.show_creator(number)

    def scenes(self) -> list[tuple[str, Callable[[], object]]]:
        """What the self-test looks at beyond the first sight."""
        found: list[tuple[str, Callable[[], object]]] = [("board", self._as_board)]
        if self.table.count:
            found.append(("panel", partial(self.show_record, RECORD, self.table.model.ids[0])))
        return found

    # What the user does --------------------------------------------------------------------------------

    def add(self) -> None:
        """Ask for a new creator; her panel opens once she is there."""
        from creator_crm.ui.creators.dialogs import ask_new_creator

        number = ask_new_creator(self._workspace, self.widget)
        if number:
            self.show_record(RECORD, number)

    def join_campaign(self) -> None:
        from creator_crm.ui.creators.dialogs import ask_campaign

        numbers = self._selected()
        campaign = ask_campaign(self._workspace, len(numbers), self.widget) if numbers else None
        if campaign:
            self._context.tell_done(self._workspace.join_campaign(campaign, numbers))

    def archive(self) -> None:
        self._context.tell_done(self._workspace.archive(RECORD, self._selected()))

    def trash(self) -> None:
        self._context.tell_done(self._workspace.trash(RECORD, self._selected()))

    def restore(self) -> None:
        """Out of the trash, or out of the archive, whichever is shown."""
        numbers = self._selected()
        if self.table.scope.trashed:
            self._context.tell_done(self._workspace.restore(RECORD, numbers))
        else:
            self._context.tell_done(self._workspace.archive(RECORD, numbers, archived=False))

    def open_profile(self) -> None:
        link = self._workspace.profile_link(self.table.current_id)
        if not link or not open_link(link):
            self._context.tell(tr("There is no profile link for her yet; put it on her account."), "info")

    def export(self) -> None:
        """Send the list out as it is filtered and ordered now, with the columns shown."""
        proposal = self._workspace.path.with_name(f"{tr('Creators')}.xlsx")
        path = choose_new_file(self.widget, tr("Export this list"), proposal, SHEETS)
        if path is None:
            return
        query, columns = self.table.query(), [field.name for field in self.table.model.fields]

        def write(progress: Progress) -> int:
            from creator_crm.services.exports import export_list

            return export_list(self._workspace, query, path, columns, progress)

        self._context.jobs.run(
            tr("Exporting creators"), write, done=partial(self._exported, path), owner=self.widget
        )

    def _exported(self, path: Path, rows: int) -> None:
        self._context.tell(f"{counted(rows, 'creator', 'creators')} → {path}", "ok")

    # Parts ---------------------------------------------------------------------------------------------

    def _build(self) -> None:
        heading = plain_label(self.title)
        heading.setFont(theme.scaled(heading.font(), 7, theme.SEMIBOLD))
        self.scopes = QComboBox(self.widget)
        self.scopes.setAccessibleName(tr("Which creators"))
        for label in (tr("Active list"), tr("With archive"), tr("Trash")):
            self.scopes.addItem(label)
        self.views = QStackedWidget(self.widget)
        self.views.addWidget(self.table)
        head = QHBoxLayout()
        head.setSpacing(theme.S)
        head.addWidget(heading)
        head.addSpacing(theme.M)
        head.addWidget(self.scopes)
        head.addStretch(1)
        for name, sign in (("creators.as_list", "table-2"), ("creators.as_board", "kanban")):
            head.addWidget(self._tool(name, sign))
        head.addSpacing(theme.S)
        importing = buttons.button(tr("Import"), "upload", "", self.widget)
        importing.clicked.connect(self._context.actions["file.import"].trigger)
        adding = buttons.button(tr("Add creator"), "user-plus", "primary", self.widget)
        adding.clicked.connect(self.add)
        head.addWidget(importing)
        head.addWidget(adding)
        left = QWidget(self.widget)
        column = QVBoxLayout(left)
        column.setContentsMargins(theme.XL, theme.L, theme.L, theme.S)
        column.setSpacing(theme.M)
        column.addLayout(head)
        column.addWidget(self.views, 1)
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self.widget)
        self.splitter.setObjectName("creators")
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(left)
        self.splitter.setStretchFactor(0, 1)
        whole = QVBoxLayout(self.widget)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.splitter)
        self.table.say_when_empty(tr(EMPTY), tr("Import your list"), "users")

    def _tool(self, action: str, sign: str) -> QWidget:
        button = buttons.icon_button(self._context.actions[action].text(), sign, self.widget)
        button.clicked.connect(self._context.actions[action].trigger)
        return button

    def _connect(self) -> None:
        actions = self._context.actions
        actions.bind(
            {
                "creators.add": self.add,
                "creators.edit": self.table.deeds.change_many,
                "creators.open_profile": self.open_profile,
                "creators.join": self.join_campaign,
                "creators.archive": self.archive,
                "creators.trash": self.trash,
                "creators.restore": self.restore,
                "creators.export": self.export,
                "creators.as_list": self._as_list,
                "creators.as_board": self._as_board,
            }
        )
        names = ("open_profile", "join", "archive", "trash", "restore")
        self.table.set_actions([actions[f"creators.{name}"] for name in names])
        # A row gets the keyboard when the list does; the panel opens only when somebody asks for it.
        self.table.grid.clicked.connect(lambda _: self._show_panel(self.table.current_id))
        self.table.opened.connect(self._show_panel)
        self.table.current_changed.connect(self._on_current)
        self.table.selection_changed.connect(self._on_selection)
        self.table.add_wanted.connect(self._context.actions["file.import"].trigger)
        self.table.failed.connect(lambda sentence: self._context.tell(sentence, "error"))
        self.table.done.connect(lambda _: self._context.tell_done(self._workspace.store.last_changes))
        self.scopes.currentIndexChanged.connect(self._on_scope)

    def _selected(self) -> list[int]:
        return (
            self.table.selected_ids()
            if self.views.currentWidget() is self.table
            else self.board.selected_ids()
        )

    def _on_current(self, number: int) -> None:
        if "panel" in vars(self) and not self.panel.isHidden():
            self.panel.show_creator(number)

    def _show_panel(self, number: int) -> None:
        self.panel.show_creator(number)

    def _on_selection(self) -> None:
        self._context.selection_moved(len(self._selected()))

    def _on_scope(self, index: int) -> None:
        self._scope(archived=index > 0, trashed=index == 2)

    def _scope(self, **what: object) -> None:
        scope = dataclasses.replace(self.table.scope, **what)  # type: ignore[arg-type]
        if not self._opened:
            self.table.scope = scope  # read with the first view
            return
        self.table.set_scope(scope)
        if "board" in vars(self):
            self.board.set_scope(scope)

    def _as_list(self) -> None:
        self.views.setCurrentWidget(self.table)

    def _as_board(self) -> None:
        self.board.set_scope(self.table.query())
        self.views.setCurrentWidget(self.board)
