"""The Sequences tab: a first message and what follows it, step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from creator_crm.compat import override
from creator_crm.ui.shared.context import Context
from creator_crm.ui.shared.form.sections import Section
from creator_crm.ui.shared.panel.panel import RecordPanel
from creator_crm.ui.shared.records_view import RecordsView, Shape
from creator_crm.ui.shared.table.look import Look

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from creator_crm.domain.changes import Changes

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
)
SECTIONS = (
    Section("", ("sequence", "position")),
    Section("What goes out", ("template", "channel")),
    Section("When", ("wait_days", "goes_on_after_reply")),
)


class SequencesView(RecordsView):
    """The steps of every sequence in their order."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, SHAPE, _panel)

    @override
    def refresh(self, changes: Changes | None) -> None:
        first = not self._opened
        super().refresh(changes)
        if first and not any(view.first for view in self.table.views.all()):
            columns = tuple((name, 0) for name in SHAPE.columns)
            self.table.show_look(Look(sort=("sequence", "position"), columns=columns))


def _panel(context: Context, parent: QWidget) -> RecordPanel:
    return RecordPanel(
        context.workspace,
        "sequence_step",
        parent,
        chips=("channel",),
        caption=("template",),
        sections=SECTIONS,
    )
