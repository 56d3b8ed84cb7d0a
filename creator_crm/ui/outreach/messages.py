"""The Messages tab: every message to or from a creator, as a list or a board of statuses."""

from __future__ import annotations

from creator_crm.ui.shared.context import Context
from creator_crm.ui.shared.form.sections import Section
from creator_crm.ui.shared.records_view import RecordsView, Shape

SECTIONS = (
    Section("", ("subject", "body")),
    Section("How it went", ("direction", "channel", "status", "outcome")),
    Section("When", ("send_on", "follow_up_on")),
    Section("Belongs to", ("campaign", "template", "sequence_step", "author")),
)
SHAPE = Shape(
    record="message",
    title="Messages",
    sort="-sent_at",
    board="status",
    empty=(
        "No message yet. Choose a creator, let a template fill itself in, and log what you sent.",
        "Write to a creator",
        "outreach.write",
    ),
    actions=("outreach.follow_up",),
    head=("outreach.log_reply", "outreach.write"),
    cards=("creator", "sent_at", "body"),
    adds="outreach.write",
    chips=("status", "direction", "channel", "outcome"),
    caption=("sent_at",),
    sections=SECTIONS,
)


def messages_view(context: Context) -> RecordsView:
    """The tab of the messages."""
    return RecordsView(context, SHAPE)
