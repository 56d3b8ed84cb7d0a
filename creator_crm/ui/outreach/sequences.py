"""The Sequences tab: a first message and what follows it, step by step."""

from __future__ import annotations

from creator_crm.ui.shared.context import Context
from creator_crm.ui.shared.form.sections import Section
from creator_crm.ui.shared.records_view import RecordsView, Shape
from creator_crm.ui.shared.table.look import Look

SECTIONS = (
    Section("", ("sequence", "position")),
    Section("What goes out", ("template", "channel")),
    Section("When", ("wait_days", "goes_on_after_reply")),
)
SHAPE = Shape(
    record="sequence_step",
    title="Sequences",
    sort="sequence",
    empty=(
        "A sequence is a first message and its follow-ups. Start it with many creators; an answer ends it.",
        "Add the first step",
        "list.add",
    ),
    head=("list.add", "outreach.plan"),
    columns=("sequence", "position", "template", "wait_days", "channel", "goes_on_after_reply"),
    begins=Look(sort=("sequence", "position")),
    chips=("channel",),
    caption=("template",),
    sections=SECTIONS,
)


def sequences_view(context: Context) -> RecordsView:
    """The tab of the sequences, the steps of each in their order."""
    return RecordsView(context, SHAPE)
