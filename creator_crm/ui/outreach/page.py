"""The Outreach page: who is due and why, every message, and the templates and sequences behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from creator_crm.ui.outreach.actions import TABS
from creator_crm.ui.shared.context import Context
from creator_crm.ui.shared.views_page import Tab, ViewsPage

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class OutreachPage(ViewsPage):
    """Its tabs, and the actions that mean somebody on one of them."""

    def __init__(self, context: Context) -> None:
        def queue() -> QWidget:
            from creator_crm.ui.outreach.queue import QueueTab

            return QueueTab(context)

        def messages() -> QWidget:
            from creator_crm.ui.outreach.messages import messages_view

            return messages_view(context)

        def templates() -> QWidget:
            from creator_crm.ui.outreach.templates import templates_view

            return templates_view(context)

        def sequences() -> QWidget:
            from creator_crm.ui.outreach.sequences import sequences_view

            return sequences_view(context)

        tabs = [
            Tab("queue", TABS["queue"], queue),
            Tab("messages", TABS["messages"], messages, ("message",)),
            Tab("templates", TABS["templates"], templates, ("template",)),
            Tab("sequences", TABS["sequences"], sequences, ("sequence_step",)),
        ]
        super().__init__(context, "outreach", "Outreach", tabs)
        context.actions.bind(
            {
                "outreach.write": lambda: self._choose_and_write(replied=False),
                "outreach.log_reply": lambda: self._choose_and_write(replied=True),
                "outreach.send": self._write,
                "outreach.answer": self._write,
                "outreach.follow_up": self._write,
                "outreach.plan": self.plan,
            }
        )

    def plan(self) -> None:
        """Ask who is written to, with which sequence or template, and from when on."""
        from creator_crm.ui.writing.plan import PlanMessagesDialog

        PlanMessagesDialog(self._context, self.widget, campaign=self._scope).open()

    def _choose_and_write(self, *, replied: bool) -> None:
        from creator_crm.ui.writing.dialog import WriteDialog

        WriteDialog(self._context, self.widget, replied=replied, campaign=self._scope).open()

    def _write(self) -> None:
        """Write about what is chosen: in the queue beside it, elsewhere in a window."""
        from creator_crm.ui.outreach.queue import QueueTab
        from creator_crm.ui.writing.dialog import WriteDialog

        if isinstance(self.part, QueueTab):
            self.part.writer.begin()
            return
        chosen = self._chosen("message")
        message = self._context.workspace.row("message", chosen[0]) if chosen else None
        if message is not None:
            planned = message.id if message.status in ("planned", "drafted") else 0
            how = {"campaign": message.campaign, "planned": planned, "channel": message.channel or ""}
            WriteDialog(self._context, self.widget, message.creator, **how).open()
