"""The No post yet tab: who has the parcel and has not posted, for how long, and what to do next when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from creator_crm.compat import override
from creator_crm.domain.values.money import exponent
from creator_crm.ui.seeding.parcel_panel import ParcelPanel
from creator_crm.ui.shared import buttons, theme
from creator_crm.ui.shared.context import Context
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.filter_chips import FilterChips
from creator_crm.ui.shared.layouts import fill_page, page_head, side_by_side
from creator_crm.ui.shared.line_list import Line, LineList
from creator_crm.ui.shared.table.empty import Empty
from creator_crm.ui.shared.text import counted, isolate, money, tr
from creator_crm.ui.shared.text import day as day_text
from creator_crm.ui.shared.views_page import ReadTab

if TYPE_CHECKING:
    from creator_crm.services.waiting import Waiting

CONCERNS = ("shipment", "shipment_item", "deliverable", "creator", "message", "setting", "campaign")
STATES = {
    "now": "Remind now",
    "over": "Time is up",
    "planned": "Reminder planned",
    "later": "Not yet",
    "ghosted": "Given up on",
}
AT_LEAST = (0, 7, 14, 30, 90)
SORTS: tuple[tuple[str, Callable[[Waiting, str], tuple[Any, ...]]], ...] = (
    ("Longest wait first", lambda w, _: (-w.days, w.name, w.shipment.id)),
    ("Next step first", lambda w, _: (w.next_on, -w.days, w.shipment.id)),
    ("Most expensive first", lambda w, _: (-max(w.cost.values(), default=0), -w.days, w.shipment.id)),
    ("By creator", lambda w, _: (w.name.casefold(), -w.days, w.shipment.id)),
    ("By campaign", lambda w, campaign: (not campaign, campaign.casefold(), -w.days, w.shipment.id)),
)


class NoPostTab(ReadTab):
    """Delivered parcels without a post, the longest wait first, with the parcel beside."""

    concerns = CONCERNS

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self._workspace = context, context.workspace
        self._waiting: Sequence[Waiting] = ()
        self._shown: list[Waiting] = []
        self._campaigns: dict[int, str] = {}
        self._only: tuple[str, Sequence[int]] | None = None
        self.list = LineList(tr("Delivered, no post yet"), self)
        self.list.allow_many()
        self.count = plain_label("", "muted", wrap=True, parent=self)
        self.chips = FilterChips(self)
        self.at_least, self.order = QComboBox(self), QComboBox(self)
        self.only_button = buttons.button(tr("Show all"), "x", "quiet", self)
        self.nothing = Empty(self)
        self.stack = QStackedWidget(self)
        self.panel = ParcelPanel(context, self)
        self.panel.close_button.hide()
        self.panel.failed.connect(lambda sentence: context.tell(sentence, "error"))
        self._build()
        self._connect()

    # What the page asks --------------------------------------------------------------------------------

    def selected(self) -> list[int]:
        """The parcels of the selected lines."""
        return [self._shown[place].shipment.id for place in self.list.places]

    def show_only(self, name: str, parcels: Sequence[int]) -> None:
        """Show these parcels alone, those given up on too, until all are asked for; `name` says of what."""
        self._only = (name, parcels)
        self.chips.name = ""
        self.at_least.setCurrentIndex(0)
        self._read()

    # Inside --------------------------------------------------------------------------------------------

    @override
    def _read(self) -> None:
        these = self._only[1] if self._only else None
        self._waiting = self._workspace.waiting_for_post(campaign=self._campaign, these=these)
        numbers = {w.shipment.campaign for w in self._waiting if w.shipment.campaign}
        self._campaigns = self._workspace.titles("campaign", numbers)
        self.stack.setCurrentIndex(0 if self._waiting or self._only else 1)
        for shown in (self.count, self.chips, self.at_least, self.order, *self.buttons.values()):
            shown.setVisible(bool(self._waiting))
        self.only_button.setVisible(self._only is not None)
        self._tell()
        self._show()

    def _tell(self) -> None:
        """How many there are, what they cost together, and how many of each state."""
        costs: Counter[str] = Counter()
        for waiting in self._waiting:
            costs.update(waiting.cost)
        told = [counted(len(self._waiting), "parcel without a post", "parcels without a post")]
        if costs:
            sums = [money(amount, code, exponent(code)) for code, amount in costs.most_common()]
            told.append(tr("{sum} in products and postage").format(sum=" + ".join(sums)))
        if self._only and self._only[0]:
            told.insert(0, isolate(self._only[0]))
        self.count.setText(" · ".join(told))
        today = date.today().isoformat()
        states = Counter(state_of(waiting, today) for waiting in self._waiting)
        every = [("", tr("Everything"), len(self._waiting))]
        self.chips.show_counts([*every, *((name, tr(label), states[name]) for name, label in STATES.items())])

    def _show(self) -> None:
        today, least, state = date.today().isoformat(), self.at_least.currentData(), self.chips.name
        key = SORTS[self.order.currentIndex()][1]
        fitting = [w for w in self._waiting if w.days >= least and state in ("", state_of(w, today))]
        self._shown = sorted(fitting, key=lambda w: key(w, self._campaign_of(w)))
        self.list.show_lines([_line(w, self._campaign_of(w), today) for w in self._shown])
        self._on_picked()

    def _campaign_of(self, waiting: Waiting) -> str:
        return self._campaigns.get(waiting.shipment.campaign or 0, "")

    def _show_all(self) -> None:
        self._only = None
        self._read()

    def _on_chosen(self, place: int) -> None:
        self.panel.show_row(self._shown[place].shipment.id if 0 <= place < len(self._shown) else 0)

    def _on_picked(self) -> None:
        chosen = [self._shown[place] for place in self.list.places]
        self.buttons["seeding.extend"].setEnabled(any(waiting.can_extend for waiting in chosen))
        for name in ("seeding.nudge", "seeding.give_up"):
            self.buttons[name].setEnabled(bool(chosen))
        label = tr("Remind") if len(chosen) < 2 else tr("Remind {n}").format(n=len(chosen))
        self.buttons["seeding.nudge"].setText(f"{buttons.GAP}{label}")
        if self.isVisible():
            self._context.selection_moved(len(chosen))

    def _connect(self) -> None:
        self.list.chosen.connect(self._on_chosen)
        self.list.picked.connect(self._on_picked)
        self.list.opened.connect(lambda _: self._context.actions["seeding.nudge"].trigger())
        self.chips.chosen.connect(lambda _: self._show())
        self.at_least.currentIndexChanged.connect(lambda _: self._show())
        self.order.currentIndexChanged.connect(lambda _: self._show())
        self.only_button.clicked.connect(self._show_all)
        self.nothing.button.clicked.connect(self._context.actions["seeding.send"].trigger)

    def _build(self) -> None:
        head = page_head(tr("Delivered, no post yet"), self.only_button)
        actions = self._context.actions
        self.buttons: dict[str, QPushButton] = {}
        kinds: tuple[tuple[str, buttons.Kind], ...] = (
            ("seeding.clocks", "quiet"),
            ("seeding.give_up", ""),
            ("seeding.extend", ""),
            ("seeding.nudge", "primary"),
        )
        for name, kind in kinds:
            self.buttons[name] = buttons.action_button(actions, name, kind, self)
            head.addWidget(self.buttons[name])
        self.at_least.setAccessibleName(tr("Waiting at least"))
        for days in AT_LEAST:
            label = tr("Any wait") if not days else tr("{n} days or more").format(n=days)
            self.at_least.addItem(label, days)
        self.order.setAccessibleName(tr("Order"))
        for label, _ in SORTS:
            self.order.addItem(tr(label))
        narrow = QHBoxLayout()
        narrow.setContentsMargins(0, 0, theme.L, 0)
        narrow.setSpacing(theme.S)
        narrow.addWidget(self.chips, 1)
        narrow.addWidget(self.at_least)
        narrow.addWidget(self.order)
        self.splitter = side_by_side(self._context, "seeding_no_post", self.list, self.panel, [620, 400])
        self.nothing.say(
            tr("Nobody owes you a post. Parcels come up here from the day they are delivered."),
            tr("New parcel"),
            "circle-check",
        )
        whole = QWidget(self)
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.M)
        column.addWidget(self.count)
        column.addLayout(narrow)
        column.addWidget(self.splitter, 1)
        self.stack.addWidget(whole)
        self.stack.addWidget(self.nothing)
        fill_page(self, head, self.stack)
        self.setFocusProxy(self.list)


def state_of(waiting: Waiting, today: str) -> str:
    """Which of STATES a parcel is in."""
    if waiting.shipment.ghosted_on is not None:
        return "ghosted"
    if waiting.planned_on:
        return "planned"
    if waiting.next_on > today:
        return "later"
    return "over" if waiting.is_last else "now"


def _line(waiting: Waiting, campaign: str, today: str) -> Line:
    parcel, nudges = waiting.shipment, waiting.shipment.nudges or 0
    days = counted(waiting.days, "day", "days")
    contents = isolate(parcel.contents or tr("the parcel"))
    told = [
        tr("{days} with {contents}").format(days=days, contents=contents),
        tr("not reminded yet")
        if not nudges
        else tr("reminded {n}").format(n=counted(nudges, "time", "times")),
        *([isolate(campaign)] if campaign else []),
    ]
    return Line(parcel.uid, waiting.name, " · ".join(told), *_chip(waiting, today))


def _chip(waiting: Waiting, today: str) -> tuple[str, str]:
    """(what comes next, its colour)."""
    state = state_of(waiting, today)
    if state == "now":
        return tr("Remind now"), "amber"
    if state == "over":
        return tr("Give up?"), "red"
    if state == "ghosted":
        return tr("Given up on"), "grey"
    on = day_text(date.fromisoformat(waiting.planned_on or waiting.next_on))
    if state == "planned":
        return tr("Planned for {day}").format(day=on), "teal"
    return (tr("Until {day}") if waiting.is_last else tr("Remind on {day}")).format(day=on), "grey"
