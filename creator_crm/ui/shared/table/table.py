"""The list of one kind of record, as every page uses it: toolbar, filters, grid, footer, emptiness."""

from __future__ import annotations

import dataclasses
from array import array
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from creator_crm.compat import override
from creator_crm.domain.changes import Changes
from creator_crm.domain.conditions import Filter
from creator_crm.domain.query import Query
from creator_crm.ui.shared import buttons, text, theme
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.first_paint import AfterFirstPaint
from creator_crm.ui.shared.line_sign import LineSign
from creator_crm.ui.shared.table import columns
from creator_crm.ui.shared.table.columns import ColumnChooser
from creator_crm.ui.shared.table.deeds import Deeds
from creator_crm.ui.shared.table.empty import Empty
from creator_crm.ui.shared.table.filter_bar import FilterBar
from creator_crm.ui.shared.table.formatting import right_aligned
from creator_crm.ui.shared.table.grid import Grid
from creator_crm.ui.shared.table.look import Look
from creator_crm.ui.shared.table.model import PAGE, RecordModel
from creator_crm.ui.shared.table.relations import may_follow, moves, related
from creator_crm.ui.shared.table.source import Run, Source, at_once
from creator_crm.ui.shared.table.views import SavedViews, View, ViewsButton
from creator_crm.ui.shared.text import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

WHOLE_LIST_AFTER_MS = 30  # its first rows are looked at first
Ids = array  # of signed 64-bit integers


class RecordTable(QWidget):
    """Shows, sorts, filters and edits the rows of one record. `current_changed` gives an id, 0 for none."""

    current_changed = Signal(int)
    selection_changed = Signal()
    opened = Signal(int)
    history_wanted = Signal(int)
    add_wanted = Signal()  # the button of the empty list
    failed = Signal(str)  # a sentence for a notice
    done = Signal(str)  # what was done, for a notice with Undo

    def __init__(
        self,
        source: Source,
        record: str,
        parent: QWidget | None = None,
        *,
        run: Run = at_once,
        beside: Run = at_once,  # what many changes bring: nobody waits for it, and the list may be long
        sort: str = "",
    ) -> None:
        super().__init__(parent)
        self.source, self.record = source, record
        self.description = source.catalogue[record]
        self.look = Look(sort=(sort,) if sort else ())
        self.scope = Query(record)  # what the page narrows the list to: campaign, trash, archive
        self._run, self._beside = run, beside
        self._ticket = 0
        self._reading_beside = False
        self._first_screen = False
        self._current = 0
        self._late: list[Changes | None] = []
        self.model = RecordModel(source, record, self)
        self.grid = Grid(self.model, self)
        self.deeds = Deeds(self)
        self._build()
        self._connect()
        columns.arrange(self.grid, ())
        self._show_sort()

    # For pages --------------------------------------------------------------------------------------

    @property
    def current_id(self) -> int:
        """The row with the keyboard, 0 for none."""
        return self._current

    @property
    def editing(self) -> bool:
        """Whether an editor is open over a cell."""
        return self.grid.state() is Grid.State.EditingState

    @property
    def count(self) -> int:
        """How many rows the list shows."""
        return len(self.model.ids)

    def selected_ids(self) -> list[int]:
        """The selected rows in the order shown; the current one when nothing else is."""
        rows = self.grid.selected_rows()
        return [self.model.ids[row] for row in rows] if rows else [self._current] * bool(self._current)

    def select(self, id: int) -> bool:
        """Make a row the current one and bring it into view; False when the list does not show it."""
        if self._reading_beside:
            self.reload()
        try:
            place = self.model.ids.index(id)
        except ValueError:
            return False
        index = self.model.index(place, max(self.grid.currentIndex().column(), self._first_column()))
        self.grid.setCurrentIndex(index)
        self.grid.scrollTo(index)
        return True

    def set_actions(self, actions: Sequence[QAction]) -> None:
        """What the page adds to the head of the context menu."""
        self.deeds.page_actions = tuple(actions)

    def add_to_toolbar(self, widget: QWidget) -> None:
        """Put a widget of the page at the right end of the toolbar."""
        self._toolbar.addWidget(widget)

    def say_when_empty(self, sentence: str, button: str = "", sign: str = "") -> None:
        """What an empty list says, and its one next step (`add_wanted`)."""
        self.nothing.say(sentence, button, sign or self.description.icon)

    def set_scope(self, scope: Query) -> None:
        """Narrow the list to a campaign, the trash, the archive; filter and order stay the user's."""
        if scope != self.scope:
            self.scope = scope
            self.reload()

    def show_look(self, look: Look, view: View | None = None) -> None:
        """Show a filter, order and columns, such as those of a saved view."""
        self.look = look
        self.views_button.name(view)
        self.search_box.blockSignals(True)
        self.search_box.setText(look.search)
        self.search_box.blockSignals(False)
        self.filters.show_filter(look.where)
        columns.arrange(self.grid, look.columns)
        self._show_sort()
        self.reload(to_top=True)

    def current_look(self) -> Look:
        """The look as it stands, with the columns as the user left them."""
        return dataclasses.replace(self.look, columns=columns.shown(self.grid))

    def open_first_view(self, usual: Look | None = None) -> None:
        """Load the list with the view the user wants to begin with, else the usual one, else everything."""
        first = next((view for view in self.views.all() if view.first), None)
        self._first_screen = True
        if first:
            self.show_look(Look.from_json(first.look, self.description), first)
        elif usual:
            self.show_look(usual)
        else:
            self.reload()

    def filter_by(self, where: Filter | None) -> None:
        """Replace the filter, for a page's own shortcuts such as "Mine only"."""
        self.filters.show_filter(where)
        self._on_filter(where)

    # Loading ----------------------------------------------------------------------------------------

    def query(self) -> Query:
        """The question the list asks now."""
        look = self.look
        return dataclasses.replace(self.scope, where=look.where, search=look.search.strip(), sort=look.sort)

    def reload(self, to_top: bool = False, beside: bool = False) -> None:
        """Ask for the ids again; a later question makes an earlier answer worthless."""
        self._ticket += 1
        self._reading_beside = beside
        ticket, query = self._ticket, self.query()
        if self._first_screen:
            # The first rows are on the screen before the numbers of a long list are all there.
            self._first_screen = False
            self._arrived(ticket, self.source.ids(dataclasses.replace(query, limit=PAGE)), to_top)
            if self.count == PAGE:
                self.footer.clear()
                AfterFirstPaint(self, self.grid.painted, self.reload, WHOLE_LIST_AFTER_MS)
            return
        run = self._beside if beside else self._run
        run(lambda: self.source.ids(query), lambda ids: self._arrived(ticket, ids, to_top))

    def refresh(self, changes: Changes | None) -> None:
        """Take in what changed elsewhere, as cheaply as is right; None means everything."""
        if self.deeds.writing or self.editing:
            self._late += [] if changes in self._late else [changes]
            return
        if changes is None or self.source.catalogue[self.record] is not self.description:
            self._redescribe()
            return
        if changes.touches(*related(self.source.catalogue, self.record), "tag"):
            self._colour_tags()
            self.reload(beside=may_follow(changes, self.model))
        elif changes.touches(self.record) and not self._touched_in_place(changes.rows[self.record]):
            self.reload(beside=may_follow(changes, self.model))

    def _touched_in_place(self, ids: frozenset[int]) -> bool:
        """Read the touched rows again where they are; False when they may belong elsewhere now."""
        before = self.model.loaded(ids)
        if len(before) < len(ids):
            return False
        after = {row.id: row for row in self.source.rows(self.record, list(ids))}
        if any(moves(self.description, self.look, row, after.get(id)) for id, row in before.items()):
            return False
        self.model.touch(ids)
        self.grid.viewport().update()
        if self._current in ids:
            self.current_changed.emit(self._current)
        return True

    def _arrived(self, ticket: int, ids: Ids[int], to_top: bool) -> None:
        if ticket != self._ticket:
            return
        self._reading_beside = False
        if self.editing and not to_top:  # the answer came while somebody types: it is asked for again later
            self._late.append(None)
            return
        kept = self.grid.kept_selection()
        place = self.grid.verticalScrollBar().value()
        self.model.set_ids(ids)
        self.grid.restore_selection(kept)
        self.grid.verticalScrollBar().setValue(0 if to_top else place)
        self._tell_current()
        self._tell_selection()
        self._show_state()

    def _redescribe(self) -> None:
        if self.source.catalogue[self.record] is not self.description:
            kept = columns.shown(self.grid)
            self.description = self.source.catalogue[self.record]
            self.model.redescribe()
            self.grid.give_delegates()
            self.filters.describe(self.description)
            columns.arrange(self.grid, kept)
        self._colour_tags()
        self.reload()

    def apply_late(self) -> None:
        """Take in what was heard while a cell was edited or written."""
        late, self._late = self._late, []
        for changes in late:
            self.refresh(changes)

    def _colour_tags(self) -> None:
        if "tag" not in self.source.catalogue:
            return
        rows: Any = self.source.rows("tag", self.source.ids(Query("tag")))
        self.grid.colour_tags({row.name: row.tone or "grey" for row in rows if row.name})

    def _on_editor_closed(self, entered: bool) -> None:
        """At once before the next key; but rows must not move under a mouse that is just pressed."""
        self.apply_late() if entered else QTimer.singleShot(0, self, self.apply_late)

    # What the user does -----------------------------------------------------------------------------

    def _on_search(self, typed: str) -> None:
        self.look = dataclasses.replace(self.look, search=typed)
        self.reload(to_top=True)

    def _on_filter(self, where: Filter | None) -> None:
        self.look = dataclasses.replace(self.look, where=where)
        self.reload(to_top=True)

    def _on_heading(self, column: int) -> None:
        """One way (numbers: the largest first), the other way, then the usual order again."""
        field = self.model.fields[column]
        ways = [f"-{field.name}", field.name] if right_aligned(field) else [field.name, f"-{field.name}"]
        now = self.look.sort[0] if self.look.sort else ""
        after = {ways[0]: (ways[1],), ways[1]: ()}.get(now, (ways[0],))
        self.look = dataclasses.replace(self.look, sort=after)
        self._show_sort()
        self.reload(to_top=True)

    def sort_by(self, name: str, descending: bool = False) -> None:
        """Order the list by a field."""
        self.look = dataclasses.replace(self.look, sort=(("-" if descending else "") + name,))
        self._show_sort()
        self.reload(to_top=True)

    def _on_view(self, view: View | None) -> None:
        self.show_look(Look.from_json(view.look, self.description) if view else Look(), view)

    def clear_filter(self) -> None:
        """Show everything again, in the order and with the columns as they are."""
        self.search_box.clear()
        self.filter_by(None)

    # Parts ------------------------------------------------------------------------------------------

    def _build(self) -> None:
        d = self.description
        self.search_box = QLineEdit(self)
        self.search_box.setPlaceholderText(tr("Search {records}").format(records=d.plural.lower()))
        self.search_box.setAccessibleName(self.search_box.placeholderText())
        self.search_box.setClearButtonEnabled(True)
        LineSign(self.search_box, "search", QLineEdit.ActionPosition.LeadingPosition)
        self.search_box.setFixedWidth(230)
        self.filter_button = buttons.button(tr("Filter"), "list-filter", "", self)
        self.columns_button = buttons.icon_button(tr("Choose columns"), "columns-3", self)
        self.views = SavedViews(self.source, self.record)
        everything = tr("All {records}").format(records=d.plural.lower())
        self.views_button = ViewsButton(
            self.views, everything, self.current_look, self._on_view, self.failed.emit, self
        )
        self.filters = FilterBar(self.source, d, self)
        self.chooser = ColumnChooser(self)
        self.nothing = Empty(self)
        self.no_match = Empty(self)
        self.say_when_empty(tr("There are no {records} yet.").format(records=d.plural.lower()))
        self.no_match.say(tr("Nothing matches this filter."), tr("Clear"), "list-filter")
        self.stack = QStackedWidget(self)
        for widget in (self.grid, self.nothing, self.no_match):
            self.stack.addWidget(widget)
        self.footer = plain_label("", "muted", parent=self)
        self.grid.setAccessibleName(tr(d.plural))
        self._lay_out()

    def _lay_out(self) -> None:
        self.toolbar = QWidget(self)
        self._toolbar = QHBoxLayout(self.toolbar)
        self._toolbar.setContentsMargins(0, 0, 0, 0)
        self._toolbar.setSpacing(theme.S)
        for widget in (self.search_box, self.filter_button, self.views_button):
            self._toolbar.addWidget(widget)
        self._toolbar.addStretch(1)
        self._toolbar.addWidget(self.columns_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S)
        column.addWidget(self.toolbar)
        column.addWidget(self.filters)
        column.addWidget(self.stack, 1)
        column.addWidget(self.footer)

    def _connect(self) -> None:
        grid = self.grid
        self.search_box.textChanged.connect(self._on_search)
        self.filter_button.clicked.connect(lambda: self.filters.ask(self.filter_button))
        self.filters.changed.connect(self._on_filter)
        self.columns_button.clicked.connect(lambda: self.chooser.ask(self.columns_button, grid))
        self.chooser.chosen.connect(lambda chosen: columns.arrange(grid, chosen))
        self.nothing.button.clicked.connect(self.add_wanted)
        self.no_match.button.clicked.connect(self.clear_filter)
        grid.horizontalHeader().sectionClicked.connect(self._on_heading)
        grid.horizontalHeader().sectionDoubleClicked.connect(lambda column: columns.fit(grid, column))
        grid.horizontalHeader().customContextMenuRequested.connect(self.deeds.header_menu)
        grid.selectionModel().currentChanged.connect(self._tell_current)
        grid.selectionModel().selectionChanged.connect(self._tell_selection)
        grid.editor_closed.connect(self._on_editor_closed)
        grid.opened.connect(self.opened)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        from PySide6.QtGui import QKeySequence  # not for a start: it takes longer to make than the rows

        if event.matches(QKeySequence.StandardKey.Find):
            self.search_box.setFocus()
        else:
            super().keyPressEvent(event)

    def _show_sort(self) -> None:
        first = self.look.sort[0] if self.look.sort else ""
        column = self.model.column_of.get(first.removeprefix("-"), -1)
        self.model.mark_sort(column, "↓" if first.startswith("-") else "↑")

    def _show_state(self) -> None:
        narrowed = bool(self.look.search.strip() or self.look.where is not None)
        shown = self.grid if self.count else self.no_match if narrowed else self.nothing
        self.stack.setCurrentWidget(shown)
        self._show_footer()

    def _show_footer(self) -> None:
        words = text.counted(self.count, self.description.label.lower(), self.description.plural.lower())
        chosen = sum(s[1] - s[0] + 1 for s in self.grid.stripes)
        if chosen > 1:
            words += " · " + tr("{count} selected").format(count=text.number(len(self.grid.selected_rows())))
        self.footer.setText(words if self.count else "")

    def _tell_current(self, *_: object) -> None:
        index = self.grid.currentIndex()
        now = self.model.ids[index.row()] if index.isValid() else 0
        if now != self._current:
            self._current = now
            self.current_changed.emit(now)

    def _tell_selection(self, *_: object) -> None:
        self._show_footer()
        self.selection_changed.emit()

    def _first_column(self) -> int:
        return self.grid.horizontalHeader().logicalIndexAt(0) if self.count else 0
