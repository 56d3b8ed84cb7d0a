"""The Queue tab: who is due and why, the most urgent first, with everything needed to write beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from creator_crm.compat import override
from creator_crm.domain.errors import UserError
from creator_crm.ui.shared import buttons
from creator_crm.ui.shared.context import Context
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.first_paint import AfterFirstPaint
from creator_crm.ui.shared.layouts import fill_page, page_head, side_by_side
from creator_crm.ui.shared.line_list import Line, LineList
from creator_crm.ui.shared.table.empty import Empty
from creator_crm.ui.shared.text import counted, tr
from creator_crm.ui.shared.views_page import ReadTab
from creator_crm.ui.shared.when import how_urgent

if TYPE_CHECKING:
    from creator_crm.domain.changes import Changes
    from creator_crm.domain.due import DueItem
    from creator_crm.ui.writing.writer import MessageWriter

CONCERNS = ("message", "creator", "template", "setting", "account")
PURPOSES = {"follow_up": "follow_up", "send": "first_message"}
WRITER_AFTER_MS = 15  # who is due is on the screen first
LATER = (("Tomorrow", 1), ("In 3 days", 3), ("In a week", 7), ("In two weeks", 14))


class QueueTab(ReadTab):
    """The list of who is due at the left, the writer for the one chosen at the right."""

    concerns = CONCERNS

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self._workspace = context, context.workspace
        self._items: Sequence[DueItem] = ()
        self._messages: list[Any] = []
        self._shown = ""
        self.list = LineList(tr("Who is due"), self)
        self.right = QWidget(self)
        self.count = plain_label("", "muted", parent=self)
        self.later_button = buttons.button(tr("Later"), "clock", "", self.right)
        self.done_button = buttons.button(tr("No follow-up"), "x", "quiet", self.right)
        for waiting in (self.later_button, self.done_button):
            waiting.hide()
        self.nothing = Empty(self)
        self.stack = QStackedWidget(self)
        self._build()
        self._connect()
        AfterFirstPaint(self, self.list.painted, lambda: self.writer, WRITER_AFTER_MS)

    @cached_property
    def writer(self) -> MessageWriter:
        """Everything needed to write to the one chosen; most of what there is to make here."""
        from creator_crm.ui.writing.writer import MessageWriter

        writer = MessageWriter(self._context, self.right)
        for button in (self.done_button, self.later_button):
            writer.head.insertWidget(1, button)
            button.show()
        inside = QVBoxLayout(self.right)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(writer)
        self._bring(writer, self.list.place)
        return writer

    # What the page asks --------------------------------------------------------------------------------

    def selected(self) -> list[int]:
        """The message that the chosen line is about."""
        return [self._messages[self.list.place].id] if self.list.place >= 0 else []

    def scenes(self) -> list[tuple[str, Callable[[], object]]]:
        if not self._items:
            return []
        return [("reply", partial(self.writer.modes.setCurrentIndex, 1))]

    # What the user does --------------------------------------------------------------------------------

    def put_off(self, days: int) -> None:
        """Have the chosen one come back in so many days."""
        place = self.list.place
        if place < 0:
            return
        item, message = self._items[place], self._messages[place]
        on = (date.today() + timedelta(days=days)).isoformat()
        if item.kind == "send":
            label = tr("Put off a message")
            self._try(lambda: self._workspace.edit("message", {message.id: {"send_on": on}}, label))
        else:
            self._try(lambda: self._workspace.set_follow_up([message.id], on))

    def dismiss(self) -> None:
        """Take the chosen one off the list for good: nobody waits for an answer any more."""
        place = self.list.place
        if place < 0:
            return
        item, message = self._items[place], self._messages[place]
        if item.kind == "follow_up":
            self._try(lambda: self._workspace.set_follow_up([message.id], None))
            return
        status, label = (
            ("answered", tr("Needs no answer"))
            if item.kind == "answer"
            else ("skipped", tr("Skip a message"))
        )
        self._try(lambda: self._workspace.edit("message", {message.id: {"status": status}}, label))

    # Inside --------------------------------------------------------------------------------------------

    @override
    def _read(self) -> None:
        items = self._workspace.queue(campaign=self._campaign)
        numbers = self._workspace.due_rows(items)
        held: list[Any] = list(self._workspace.rows("message", list(numbers.values())))
        rows = {row.id: row for row in held}
        pairs = [
            (item, rows[number]) for item in items if (number := numbers.get((item.record, item.key))) in rows
        ]
        self._items, self._messages = [item for item, _ in pairs], [row for _, row in pairs]
        names = self._workspace.titles("creator", {row.creator for row in self._messages})
        today = date.today().isoformat()
        lines = [
            Line(item.key, names.get(row.creator, ""), item.why, *how_urgent(item.due_on, today))
            for item, row in pairs
        ]
        self.stack.setCurrentIndex(0 if lines else 1)
        late = sum(item.due_on < today for item in self._items)
        told = counted(len(lines), "creator is due", "creators are due")
        self.count.setText(f"{told} · {counted(late, 'late', 'late')}" if late else told)
        self.count.setVisible(bool(lines))
        self.list.show_lines(lines)

    def _on_chosen(self, place: int) -> None:
        if "writer" in vars(self):
            self._bring(self.writer, place)

    def _bring(self, writer: MessageWriter, place: int) -> None:
        """Have the chosen one in the writer; what is being typed to them stays."""
        item = self._items[place] if 0 <= place < len(self._items) else None
        if item is None:
            self._shown = ""
            return
        message = self._messages[place]
        if self._shown == item.key:
            writer.refresh()
            return
        self._shown = item.key
        answers = item.kind == "answer"
        self.done_button.setText(f"{buttons.GAP}{_dismissal(item.kind)}")
        self.done_button.setAccessibleName(_dismissal(item.kind))
        self.later_button.setVisible(not answers)
        writer.write_to(
            message.creator,
            campaign=message.campaign,
            purpose=PURPOSES.get(item.kind, ""),
            planned=message.id if item.kind == "send" else 0,
            channel=message.channel or "",
        )
        if answers:
            writer.composer.template.setCurrentIndex(0)  # nobody answers a question with a template

    def _try(self, work: Callable[[], Changes]) -> None:
        try:
            self._context.tell_done(work())
        except UserError as refusal:
            self._context.tell(str(refusal), "error")

    def _offer_later(self) -> None:
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        for label, days in LATER:
            menu.addAction(tr(label), partial(self.put_off, days))
        menu.popup(self.later_button.mapToGlobal(self.later_button.rect().bottomLeft()))

    def _connect(self) -> None:
        self.list.chosen.connect(self._on_chosen)
        self.list.opened.connect(lambda _: self.writer.begin())
        self.later_button.clicked.connect(self._offer_later)
        self.done_button.clicked.connect(self.dismiss)
        self.nothing.button.clicked.connect(self._context.actions["outreach.write"].trigger)

    def _build(self) -> None:
        head = page_head(tr("Who to write to"), self.count)
        actions = self._context.actions
        head.addWidget(buttons.action_button(actions, "outreach.log_reply", "", self))
        head.addWidget(buttons.action_button(actions, "outreach.write", "primary", self))
        self.splitter = side_by_side(self._context, "outreach_queue", self.list, self.right, [480, 560])
        self.nothing.say(
            tr("Nobody is due. Follow-ups, answers and planned messages come up here on their day."),
            tr("Write to a creator"),
            "send",
        )
        self.stack.addWidget(self.splitter)
        self.stack.addWidget(self.nothing)
        fill_page(self, head, self.stack)
        self.setFocusProxy(self.list)


def _dismissal(kind: str) -> str:
    """What taking a line off the list means for its kind."""
    return {"answer": tr("Needs no answer"), "send": tr("Skip this message")}.get(kind, tr("No follow-up"))
