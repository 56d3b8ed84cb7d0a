"""The No post yet tab: who has the parcel and has not posted, for how long, and what to do next when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton, QStackedWidget

from creator_crm.compat import override
from creator_crm.ui.seeding.parcel_panel import ParcelPanel
from creator_crm.ui.shared import buttons
from creator_crm.ui.shared.context import Context
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.layouts import fill_page, page_head, side_by_side
from creator_crm.ui.shared.line_list import Line, LineList
from creator_crm.ui.shared.table.empty import Empty
from creator_crm.ui.shared.text import counted, isolate, tr
from creator_crm.ui.shared.text import day as day_text
from creator_crm.ui.shared.views_page import ReadTab

if TYPE_CHECKING:
    from creator_crm.services.waiting import Waiting

CONCERNS = ("shipment", "shipment_item", "deliverable", "creator", "setting")


class NoPostTab(ReadTab):
    """Delivered parcels without a post, the longest wait first, with the parcel beside."""

    concerns = CONCERNS

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self._workspace = context, context.workspace
        self._waiting: Sequence[Waiting] = ()
        self.list = LineList(tr("Delivered, no post yet"), self)
        self.count = plain_label("", "muted", parent=self)
        self.nothing = Empty(self)
        self.stack = QStackedWidget(self)
        self.panel = ParcelPanel(context, self)
        self.panel.close_button.hide()
        self.panel.failed.connect(lambda sentence: context.tell(sentence, "error"))
        self._build()
        self.list.chosen.connect(self._on_chosen)
        self.list.opened.connect(lambda _: context.actions["seeding.nudge"].trigger())

    # What the page asks --------------------------------------------------------------------------------

    def selected(self) -> list[int]:
        """The parcel of the chosen line."""
        return [self._waiting[self.list.place].shipment.id] if self.list.place >= 0 else []

    # Inside --------------------------------------------------------------------------------------------

    @override
    def _read(self) -> None:
        self._waiting = self._workspace.waiting_for_post(campaign=self._campaign)
        today = date.today().isoformat()
        self.stack.setCurrentIndex(0 if self._waiting else 1)
        due = sum(waiting.next_on <= today for waiting in self._waiting)
        told = counted(len(self._waiting), "parcel without a post", "parcels without a post")
        self.count.setText(f"{told} · {counted(due, 'due today', 'due today')}" if due else told)
        for shown in (self.count, *self.buttons.values()):
            shown.setVisible(bool(self._waiting))
        self.list.show_lines([_line(waiting, today) for waiting in self._waiting])
        self._context.selection_moved(len(self.selected()))

    def _on_chosen(self, place: int) -> None:
        self.panel.show_row(self._waiting[place].shipment.id if 0 <= place < len(self._waiting) else 0)
        if self.isVisible():
            self._context.selection_moved(len(self.selected()))

    def _build(self) -> None:
        head = page_head(tr("Delivered, no post yet"), self.count)
        actions = self._context.actions
        self.buttons: dict[str, QPushButton] = {}
        kinds: tuple[tuple[str, buttons.Kind], ...] = (("seeding.give_up", ""), ("seeding.nudge", "primary"))
        for name, kind in kinds:
            self.buttons[name] = buttons.action_button(actions, name, kind, self)
            head.addWidget(self.buttons[name])
        self.splitter = side_by_side(self._context, "seeding_no_post", self.list, self.panel, [620, 400])
        self.nothing.say(
            tr("Nobody owes you a post. Parcels come up here from the day they are delivered."),
            tr("New parcel"),
            "circle-check",
        )
        self.nothing.button.clicked.connect(actions["seeding.send"].trigger)
        self.stack.addWidget(self.splitter)
        self.stack.addWidget(self.nothing)
        fill_page(self, head, self.stack)
        self.setFocusProxy(self.list)


def _line(waiting: Waiting, today: str) -> Line:
    parcel = waiting.shipment
    nudges = parcel.nudges or 0
    days = counted(waiting.days, "day", "days")
    told = [
        tr("{days} with {contents}").format(days=days, contents=isolate(parcel.contents or tr("the parcel"))),
        tr("not reminded yet")
        if not nudges
        else tr("reminded {n}").format(n=counted(nudges, "time", "times")),
    ]
    if waiting.next_on <= today:
        chip, tone = (tr("Give up?"), "red") if waiting.is_last else (tr("Nudge now"), "amber")
    else:
        on = day_text(date.fromisoformat(waiting.next_on))
        chip, tone = (tr("Until {day}") if waiting.is_last else tr("Nudge on {day}")).format(day=on), "grey"
    return Line(parcel.uid, waiting.name, " · ".join(told), chip, tone)
