"""The Today page: everything that is due, most urgent first, each with its one next step."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from creator_crm.domain.changes import Changes
from creator_crm.domain.due import DueItem
from creator_crm.ui.shared import buttons, theme
from creator_crm.ui.shared.context import Context
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.layouts import page_head
from creator_crm.ui.shared.line_list import Line, LineList, LinesOf
from creator_crm.ui.shared.table.empty import Empty
from creator_crm.ui.shared.text import day, number, tr
from creator_crm.ui.shared.views_page import Tab, ViewsPage

KINDS = {
    "answer": ("Answer", "Answers to give"),
    "send": ("Send it", "Messages to send"),
    "follow_up": ("Follow up", "Follow-ups"),
    "ship": ("Ship it", "Samples to ship"),
    "let_go": ("Do not send it", "Cancelled in the shop"),
    "stuck": ("Follow it", "Stuck parcels"),
    "nudge": ("Remind", "Delivered, no post"),
    "ghost": ("Close it", "Given up on"),
    "approve": ("Look at the draft", "Drafts to approve"),
    "post": ("See the post", "Posts expected"),
    "rights": ("Look at the rights", "Rights that end"),
    "spark_code": ("Renew the code", "Spark codes that end"),
    "payment": ("Pay", "Payments due"),
    "arrival": ("It is here", "Stock expected"),
    "reorder": ("Reorder", "Stock to reorder"),
    "weekly_review": ("Review the week", "Weekly review"),
}
CALM = "Nothing is due. What you plan, ship, promise or owe will turn up here on its day."


class TodayPart(QWidget):
    """The list of what is due, narrowed by kind if wanted; Enter or the button takes the next step."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("today")
        self._context = context
        self._items: list[DueItem] = []
        self._shown: list[DueItem] = []
        self._kind = ""
        self._campaign: int | None = None
        self.list = LineList(tr("What is due"), self)
        self.calm = Empty(self)
        self.calm.say(tr(CALM), "", "circle-check")
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.list)
        self.stack.addWidget(self.calm)
        self.when = plain_label("", "muted", parent=self)
        self.step_button = buttons.button(tr("Open"), "external-link", "primary", self)
        self.kinds = QButtonGroup(self)
        self.kinds.setExclusive(True)
        self._build()
        self.list.opened.connect(lambda _: self.take_step())
        self.list.chosen.connect(self._on_chosen)
        self.step_button.clicked.connect(self.take_step)

    # What the page asks ----------------------------------------------------------------------------------

    def refresh(self, changes: Changes | None) -> None:
        """Ask again what is due today."""
        today = date.today()
        self.when.setText(day(today))
        self._items = self._context.workspace.due(today.isoformat(), self._campaign)
        self._show_kinds()
        self._show_items()

    def set_campaign(self, campaign: str | None) -> None:
        chosen = int(campaign) if campaign else None
        if chosen != self._campaign:
            self._campaign = chosen
            self.refresh(None)

    def take_step(self) -> None:
        """Bring the record of the chosen line to the front, and start its one-click action if it has one."""
        place = self.list.place
        if not 0 <= place < len(self._shown):
            return
        item = self._shown[place]
        found = self._context.workspace.find(item.record, item.key)
        if found:
            self._context.show_record(item.record, found[0])
        if self._context.actions.knows(item.action):
            self._context.actions.trigger(item.action)

    # Inside ----------------------------------------------------------------------------------------------

    def _show_items(self) -> None:
        self._shown = [item for item in self._items if self._kind in ("", item.kind)]
        today = date.today()
        self.list.show_lines(LinesOf(self._shown, _id, partial(self._line, today)))
        self.stack.setCurrentWidget(self.list if self._shown else self.calm)
        self._on_chosen(self.list.place if self._shown else -1)

    def _line(self, today: date, item: DueItem) -> Line:
        due = date.fromisoformat(item.due_on)
        late = (today - due).days
        if late > 0:
            chip = tr("1 day late") if late == 1 else tr("{n} days late").format(n=number(late))
            tone = "red"
        else:
            chip, tone = (tr("today"), "amber") if late == 0 else (day(due), "grey")
        kind = tr(KINDS.get(item.kind, (item.kind, item.kind))[1])
        return Line(_id(item), item.why, kind, chip, tone)

    def _show_kinds(self) -> None:
        counts = Counter(item.kind for item in self._items)
        if self._kind not in counts:
            self._kind = ""
        for old in self.kinds.buttons():
            self.kinds.removeButton(old)
            self._chips.removeWidget(old)
            old.hide()
            old.deleteLater()
        labels = [("", tr("Everything"), len(self._items))]
        labels += [(kind, tr(names[1]), counts[kind]) for kind, names in KINDS.items() if counts[kind]]
        for kind, label, count in labels:
            chip = QPushButton(f"{label}  {number(count)}", self)
            chip.setAccessibleName(f"{label}: {number(count)}")
            chip.setProperty("kind", "filter")
            chip.setCheckable(True)
            chip.setChecked(kind == self._kind)
            chip.clicked.connect(partial(self._on_kind, kind))
            self.kinds.addButton(chip)
            self._chips.addWidget(chip)

    def _on_kind(self, kind: str) -> None:
        self._kind = kind
        self._show_items()

    def _on_chosen(self, place: int) -> None:
        chosen = self._shown[place] if 0 <= place < len(self._shown) else None
        self.step_button.setEnabled(chosen is not None)
        label = tr(KINDS.get(chosen.kind, ("Open", ""))[0]) if chosen else tr("Open")
        self.step_button.setText(f"{buttons.GAP}{label}")
        self.step_button.setAccessibleName(label)

    def _build(self) -> None:
        head = page_head(tr("Today"), self.when)
        head.setAlignment(self.when, Qt.AlignmentFlag.AlignBottom)
        head.addWidget(self.step_button)
        from creator_crm.ui.shared.table.flow import Flow

        chips = QWidget(self)
        self._chips = Flow(chips)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.L, theme.XL, theme.S)
        column.setSpacing(theme.M)
        column.addLayout(head)
        column.addWidget(chips)
        column.addWidget(self.stack, 1)


def _id(item: DueItem) -> str:
    return f"{item.kind}:{item.key}"


def today_page(context: Context) -> ViewsPage:
    """The page of the Today entry."""

    def make() -> QWidget:
        return TodayPart(context)

    return ViewsPage(context, "today", "Today", [Tab("today", "Today", make)])
