"""One kind of record as every page shows it: heading, list or board, and the panel of the one in front."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from creator_crm.compat import override
from creator_crm.domain.changes import Changes
from creator_crm.domain.fields import Value
from creator_crm.domain.frozen import immutable
from creator_crm.ui.shared import buttons, theme
from creator_crm.ui.shared.context import Context
from creator_crm.ui.shared.dialogs import choose_new_file, plain_label
from creator_crm.ui.shared.jobs import Lane, Progress
from creator_crm.ui.shared.layouts import page_head
from creator_crm.ui.shared.list_actions import SELECTED
from creator_crm.ui.shared.table import columns
from creator_crm.ui.shared.table.look import Look
from creator_crm.ui.shared.table.table import RecordTable
from creator_crm.ui.shared.text import number, tr

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from creator_crm.ui.shared.board import RecordBoard
    from creator_crm.ui.shared.form.sections import Section
    from creator_crm.ui.shared.panel.panel import RecordPanel

SIDE_BY_SIDE = 840  # narrower than that, list and panel have no room beside each other
PAINTED_MS = 50  # a thread that reads makes one that paints wait at every cell
SHEETS = "Excel (*.xlsx);;CSV (*.csv)"
MakePanel = Callable[[Context, QWidget], "RecordPanel"]


@immutable
class Shape:
    """How a page shows its kind of record.

    board: the choice field whose values are the columns of the board, none when empty. empty: what an empty
    list says, with the label and the action of its one next step. actions: ids for the head of the context
    menu. head: actions shown as buttons beside the heading, the last one as the one to press. cards: the
    fields on a card of the board, the usual ones when empty; columns: those a list begins with. begins: what
    the list is filtered and ordered by at first, for who has chosen no view. adds: the action that makes a
    new row, where that is more than a form. chips, caption, sections: what the panel shows of a record, for
    those that have no panel of their own. whole: its rows belong to no campaign, so that all are shown
    whichever is chosen.
    """

    record: str
    title: str
    sort: str
    board: str = ""
    empty: tuple[str, str, str] = ("", "", "list.add")
    actions: tuple[str, ...] = ()
    head: tuple[str, ...] = ("list.add",)
    cards: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    begins: Look | None = None
    adds: str = ""
    chips: tuple[str, ...] = ()
    caption: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    whole: bool = False


class RecordsView(QWidget):
    """List and board on the left, the current record's panel on the right; the last two made when wanted."""

    def __init__(self, context: Context, shape: Shape, make_panel: MakePanel | None = None) -> None:
        super().__init__()
        self.setObjectName(f"{shape.record}_view")
        self.shape = shape
        self._context = context
        self._workspace = context.workspace
        self._make_panel = make_panel
        self._description = self._workspace.catalogue[shape.record]
        self.table = RecordTable(
            context.workspace, shape.record, self, beside=self._read_beside, sort=shape.sort
        )
        if shape.columns:
            columns.arrange(self.table.grid, tuple((name, 0) for name in shape.columns))
        self._opened = False
        self._build()
        self._connect()

    @cached_property
    def board(self) -> RecordBoard:
        """The values of one choice as columns of cards."""
        from creator_crm.ui.shared.board import RecordBoard

        shape = self.shape
        board = RecordBoard(self._workspace, shape.record, shape.board, self, lines=shape.cards)
        board.opened.connect(self.show_panel)
        board.failed.connect(lambda sentence: self._context.tell(sentence, "error"))
        self.views.addWidget(board)
        return board

    @cached_property
    def panel(self) -> RecordPanel:
        """One record in full, hidden until somebody asks for it."""
        from creator_crm.ui.shared.panel.panel import RecordPanel

        if self._make_panel:
            panel = self._make_panel(self._context, self)
        else:
            shape = self.shape
            panel = RecordPanel(
                self._workspace,
                shape.record,
                self,
                chips=shape.chips,
                caption=shape.caption,
                sections=shape.sections or None,
            )
        panel.failed.connect(lambda sentence: self._context.tell(sentence, "error"))
        panel.closed.connect(lambda: self.show_panel(0))
        panel.hide()
        self.splitter.addWidget(panel)
        self.splitter.setSizes([820, 380])
        self._context.keep_splitter(self.splitter)
        return panel

    @property
    def has_panel(self) -> bool:
        return "panel" in vars(self)

    # What pages ask ------------------------------------------------------------------------------------

    def selected(self) -> list[int]:
        """The selected records of list or board, whichever is in front."""
        in_list = self.views.currentWidget() is self.table
        return self.table.selected_ids() if in_list else self.board.selected_ids()

    def refresh(self, changes: Changes | None) -> None:
        """Take in what changed; the first call reads the list."""
        if not self._opened:
            self._opened = True
            self.table.open_first_view(self._usual())
            return
        self.table.refresh(changes)
        if "board" in vars(self):
            self.board.refresh(changes)
        if self.has_panel:
            self.panel.refresh(changes)

    def set_campaign(self, campaign: str | None) -> None:
        if self.shape.whole:
            self.every.setVisible(campaign is not None)
        else:
            self.scope(campaign=int(campaign) if campaign else None)

    def show_record(self, number: int) -> None:
        """Bring a record to the front, whatever the list was filtered by."""
        self.refresh(None) if not self._opened else None
        self.as_list()
        if not self.table.select(number):
            row = self._workspace.row(self.shape.record, number)
            aside = bool(getattr(row, "archived", False))
            self.scopes.setCurrentIndex(1 if aside else 0)
            self.table.clear_filter()
            if not self.table.select(number) and self.table.scope.campaign is not None:
                words = tr(
                    "The list shows one campaign, and this is not part of it: choose All campaigns above."
                )
                self._context.tell(words, "info")
        self.show_panel(number)

    def select(self, numbers: Iterable[int]) -> None:
        """Select those of these records that the list shows."""
        wanted = set(numbers)
        self.table.grid.select_rows(n for n, id in enumerate(self.table.model.ids) if id in wanted)

    def show_panel(self, number: int) -> None:
        """Show a record in the panel; 0 hides it."""
        if number or self.has_panel:
            self.panel.setVisible(number != 0)
            self._share_room()
            self.panel.show_row(number)

    def scenes(self) -> list[tuple[str, Callable[[], object]]]:
        """What the self-test looks at beyond the first sight."""
        found: list[tuple[str, Callable[[], object]]] = []
        if self.shape.board:
            found.append(("board", self.as_board))
        if self.table.count:
            first = self.table.model.ids[0]
            found.append(("panel", partial(self.show_record, first)))
            for name, show in getattr(self.panel, "scenes", list)():
                found.append((f"panel-{name}", partial(self._scene, first, show)))
        return found

    def _usual(self) -> Look | None:
        begins = self.shape.begins
        return begins and dataclasses.replace(begins, columns=tuple((name, 0) for name in self.shape.columns))

    def _read_beside(self, read: Callable[[], Any], done: Callable[[Any], object]) -> None:
        """Read a long list again on a thread of its own; the window goes on with the rows it has."""
        beside: dict[str, Any] = {"lane": Lane.FREE, "owner": self.table, "can_cancel": False}
        read_it = partial(
            self._context.jobs.run, tr("Reading the list"), lambda _: read(), done=done, **beside
        )
        QTimer.singleShot(PAINTED_MS, self.table, read_it)

    def _scene(self, number: int, show: Callable[[], object]) -> None:
        self.show_record(number)
        show()

    # What the user does --------------------------------------------------------------------------------

    def add(self) -> None:
        """Ask for a new record; its panel opens once it is there."""
        if self.shape.adds:
            self._context.actions.trigger(self.shape.adds)
            return
        from creator_crm.ui.shared.form.add import AddRecord

        dialog = AddRecord(self._workspace, self.shape.record, self, proposed=self.proposed())
        dialog.added.connect(self.show_record)
        dialog.exec()

    def proposed(self) -> dict[str, Value]:
        """What a new record begins with: the campaign that is chosen, so that the list shows it."""
        campaign = self.table.scope.campaign
        return {"campaign": campaign} if campaign and "campaign" in self._description.by_name else {}

    def edit(self) -> None:
        """Set one field of everything selected."""
        self.table.deeds.change_many()

    def archive(self) -> None:
        if "archived" in self._description.by_name:
            self._context.tell_done(self._workspace.archive(self.shape.record, self.selected()))

    def trash(self) -> None:
        self._context.tell_done(self._workspace.trash(self.shape.record, self.selected()))

    def restore(self) -> None:
        """Out of the trash, or out of the archive, whichever is shown."""
        chosen = self.selected()
        if self.table.scope.trashed:
            self._context.tell_done(self._workspace.restore(self.shape.record, chosen))
        elif "archived" in self._description.by_name:
            self._context.tell_done(self._workspace.archive(self.shape.record, chosen, archived=False))

    def export(self) -> None:
        """Send the list out as it is filtered and ordered now, with the columns shown."""
        proposal = self._workspace.path.with_name(f"{self.shape.title}.xlsx")
        path = choose_new_file(self, tr("Export this list"), proposal, SHEETS)
        if path is None:
            return
        query, columns = self.table.query(), [field.name for field in self.table.model.fields]

        def write(progress: Progress) -> int:
            from creator_crm.services.exports import export_list

            return export_list(self._workspace, query, path, columns, progress)

        self._context.jobs.run(tr("Exporting"), write, done=partial(self._exported, path), owner=self)

    def as_list(self) -> None:
        self._mark("list.as_list")
        self.views.setCurrentWidget(self.table)

    def as_board(self) -> None:
        if self.shape.board:
            self._mark("list.as_board")
            self.board.set_scope(self.table.query())
            self.views.setCurrentWidget(self.board)

    def _mark(self, way: str) -> None:
        """Show which way the records are looked at, however that was chosen."""
        if way in self._ways:
            self._ways[way].setChecked(True)

    def scope(self, **what: object) -> None:
        """Narrow list and board: campaign, archived, trashed."""
        scope = dataclasses.replace(self.table.scope, **what)  # type: ignore[arg-type]
        if not self._opened:
            self.table.scope = scope  # read with the first view
            return
        self.table.set_scope(scope)
        if "board" in vars(self):
            self.board.set_scope(scope)

    # Inside --------------------------------------------------------------------------------------------

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        """On a small screen the panel takes the place of the list; closing it brings the list back."""
        alone = self.has_panel and not self.panel.isHidden() and self.width() < SIDE_BY_SIDE
        if alone == self.left.isHidden():
            return
        self.left.setHidden(alone)
        (self.panel.form if alone else self.table.grid).setFocus()

    def _exported(self, path: Path, rows: int) -> None:
        plural = self._description.plural.lower()
        self._context.tell(f"{number(rows)} {plural} → {path}", "ok")

    def _build(self) -> None:
        self._ways: dict[str, QToolButton] = {}
        self.scopes = QComboBox(self)
        self.scopes.setAccessibleName(tr("Which of them"))
        archives = "archived" in self._description.by_name
        for label, narrowing in (
            (tr("Active list"), {"archived": False, "trashed": False}),
            (tr("With archive"), {"archived": True, "trashed": False}),
            (tr("Trash"), {"archived": True, "trashed": True}),
        ):
            if archives or not (narrowing["archived"] and not narrowing["trashed"]):
                self.scopes.addItem(label, narrowing)
        self.every = plain_label(tr("Those of all campaigns"), "muted", parent=self)
        self.every.hide()
        self.views = QStackedWidget(self)
        self.views.addWidget(self.table)
        self.left = QWidget(self)
        column = QVBoxLayout(self.left)
        column.setContentsMargins(theme.XL, theme.L, theme.L, theme.S)
        column.setSpacing(theme.M)
        column.addLayout(self._head())
        column.addWidget(self.views, 1)
        self.setFocusProxy(self.table.grid)  # F2 edits at once, wherever the user came from
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.splitter.setObjectName(self.shape.record)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.left)
        self.splitter.setStretchFactor(0, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.splitter)
        sentence, label, _ = self.shape.empty
        if sentence:
            self.table.say_when_empty(tr(sentence), tr(label), self._description.icon)

    def _head(self) -> QHBoxLayout:
        head = page_head(tr(self.shape.title), self.scopes, self.every)
        actions = self._context.actions
        if self.shape.board:
            for name, sign in (("list.as_list", "table-2"), ("list.as_board", "kanban")):
                tool = buttons.icon_button(actions[name].text(), sign, self)
                tool.setCheckable(True)
                tool.setAutoExclusive(True)
                tool.setChecked(name == "list.as_list")
                self._ways[name] = tool
                tool.clicked.connect(self.as_list if name == "list.as_list" else self.as_board)
                head.addWidget(tool)
            head.addSpacing(theme.S)
        for name in self.shape.head:
            head.addWidget(self._head_button(name, "primary" if name == self.shape.head[-1] else ""))
        return head

    def _head_button(self, name: str, kind: buttons.Kind) -> QWidget:
        actions = self._context.actions
        if name == "list.add":
            label = tr("Add {record}").format(record=self._description.label.lower())
            made = buttons.button(label, actions.sign(name), kind, self)
            made.clicked.connect(self.add)
        else:
            made = buttons.action_button(actions, name, kind, self)
        made.setEnabled(actions.allows(name))
        return made

    def _connect(self) -> None:
        table, actions = self.table, self._context.actions
        table.set_actions([actions[name] for name in (*self.shape.actions, *SELECTED)])
        # A row gets the keyboard when the list does; the panel opens only when somebody asks for it.
        table.grid.clicked.connect(lambda _: self.show_panel(table.current_id))
        table.opened.connect(self.show_panel)
        table.current_changed.connect(self._on_current)
        table.selection_changed.connect(lambda: self._context.selection_moved(len(self.selected())))
        next_step = self.shape.empty[2]
        table.add_wanted.connect(self.add if next_step == "list.add" else actions[next_step].trigger)
        table.failed.connect(lambda sentence: self._context.tell(sentence, "error"))
        table.done.connect(lambda _: self._context.tell_done(self._workspace.store.last_changes))
        self.scopes.currentIndexChanged.connect(lambda _: self.scope(**self.scopes.currentData()))

    def _on_current(self, current: int) -> None:
        if self.has_panel and not self.panel.isHidden():
            self.panel.show_row(current)
