"""The Parcels tab: every parcel as a list, as a board of statuses, and those that are stuck on their way."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from creator_crm.compat import override
from creator_crm.ui.seeding.actions import STEPS
from creator_crm.ui.shared import buttons
from creator_crm.ui.shared.context import Context
from creator_crm.ui.shared.records_view import RecordsView, Shape

if TYPE_CHECKING:
    from creator_crm.domain.changes import Changes
    from creator_crm.ui.seeding.stuck import StuckMap
    from creator_crm.ui.shared.panel.panel import RecordPanel

CONCERNS = ("shipment", "creator", "carrier_service", "setting")
STUCK = "seeding.stuck"

SHAPE = Shape(
    record="shipment",
    title="Parcels",
    sort="-number",
    board="status",
    empty=(
        "No parcel yet. Choose a product and who gets it; each address is kept as it is today.",
        "New parcel",
        "seeding.send",
    ),
    actions=(
        *STEPS,
        "seeding.reship",
        "seeding.let_go",
        "seeding.print",
        "seeding.carrier_file",
        "seeding.track",
        "seeding.write",
    ),
    head=("seeding.send",),
    cards=("creator", "contents", "number"),
    adds="seeding.send",
)


class ParcelsView(RecordsView):
    """List and board as of every record, and a map of what is stuck."""

    @cached_property
    def stuck(self) -> StuckMap:
        """Made when somebody asks for it."""
        from creator_crm.ui.seeding.stuck import StuckMap

        made = StuckMap(self._context, self)
        made.opened.connect(self.show_panel)
        made.moved.connect(self._follow)
        self.views.addWidget(made)
        return made

    def as_stuck(self) -> None:
        """Show what is stuck."""
        self._mark(STUCK)
        self.views.setCurrentWidget(self.stuck)
        self._read_stuck()
        self._follow(self.stuck.chosen)
        self.stuck.setFocus()

    @override
    def as_list(self) -> None:
        was_stuck = self._is_stuck
        super().as_list()
        if was_stuck:
            self._follow(self.table.current_id)

    @override
    def as_board(self) -> None:
        was_stuck = self._is_stuck
        super().as_board()
        if was_stuck:
            self._follow(next(iter(self.board.selected_ids()), 0))

    @override
    def selected(self) -> list[int]:
        return self.stuck.selected() if self._is_stuck else super().selected()

    @override
    def refresh(self, changes: Changes | None) -> None:
        super().refresh(changes)
        if self._is_stuck and (changes is None or changes.touches(*CONCERNS)):
            self._read_stuck()
            # One that was just moved on stays in front, so that it can be sent again; one that is gone can't.
            if self.has_panel and self.panel.form.row is None:
                self._follow(self.stuck.chosen)

    @override
    def scope(self, **what: object) -> None:
        super().scope(**what)
        if self._is_stuck:
            self._read_stuck()
            self._follow(self.stuck.chosen)

    @override
    def scenes(self) -> list[tuple[str, Callable[[], object]]]:
        return [*super().scenes(), ("stuck", self.as_stuck)]

    # Inside --------------------------------------------------------------------------------------------

    @property
    def _is_stuck(self) -> bool:
        return "stuck" in vars(self) and self.views.currentWidget() is self.stuck

    def _follow(self, parcel: int) -> None:
        """Show in the panel, if it is open, the parcel that is chosen now; 0 for none."""
        if self.has_panel and not self.panel.isHidden() and self.panel.id != parcel:
            self.panel.show_row(parcel)

    def _read_stuck(self) -> None:
        self.stuck.show_stuck(self._workspace.stuck(campaign=self.table.scope.campaign))
        self._context.selection_moved(len(self.selected()))

    @override
    def _head(self) -> QHBoxLayout:
        head = super()._head()
        action = self._context.actions[STUCK]
        tool = buttons.icon_button(action.text(), self._context.actions.sign(STUCK), self)
        tool.setCheckable(True)
        tool.setAutoExclusive(True)
        tool.clicked.connect(self.as_stuck)
        self._ways[STUCK] = tool
        head.insertWidget(head.indexOf(self._ways["list.as_board"]) + 1, tool)
        return head


def parcels_view(context: Context) -> ParcelsView:
    """The tab of the parcels."""
    return ParcelsView(context, SHAPE, _panel)


def _panel(context: Context, parent: QWidget) -> RecordPanel:
    from creator_crm.ui.seeding.parcel_panel import ParcelPanel

    return ParcelPanel(context, parent)
