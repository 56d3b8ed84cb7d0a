"""What can be done on the Outreach page, declared once."""

from __future__ import annotations

from functools import partial

from creator_crm.ui.shared.actions import Action, Need

RECORDS = ("message", "template", "sequence_step")
TABS = {"queue": "Queue", "messages": "Messages", "templates": "Templates", "sequences": "Sequences"}

_Outreach = partial(Action, menu="Outreach", page="outreach", group=10)
_Selected = partial(_Outreach, needs=Need.SELECTION, in_context_menu=True, group=20)

OUTREACH = (
    _Outreach("outreach.write", "Write to a creator…", "Choose whom to write to", icon="send"),
    _Outreach(
        "outreach.log_reply", "Log a reply…", "Note what a creator wrote to you", icon="message-square"
    ),
    _Outreach(
        "outreach.plan",
        "Plan messages…",
        "Start a sequence, or plan one message, for many creators",
        icon="list-checks",
    ),
    _Selected("outreach.send", "Write this message…", "Write the message that was planned", icon="send"),
    _Selected("outreach.answer", "Answer…", "Answer what came in", icon="send"),
    _Selected("outreach.follow_up", "Follow up…", "Write once more", icon="clock"),
)
