"""Everything that happened with one creator, newest first: messages, parcels, posts, orders, changes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from creator_crm.ui.shared import buttons, theme
from creator_crm.ui.shared.context import Context
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.line_list import Line, LineList
from creator_crm.ui.shared.text import day, moment, tr

if TYPE_CHECKING:
    from creator_crm.services.timeline import TimelineEvent

PAGE = 60
KINDS = {
    "message": ("Message", "blue"),
    "parcel": ("Parcel", "amber"),
    "deliverable": ("Post", "pink"),
    "order": ("Order", "green"),
    "payment": ("Payment", "violet"),
    "change": ("Change", "grey"),
}


class TimelineTab(QWidget):
    """One list of events; a line opens what it is about."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._creator = 0
        self._events: list[TimelineEvent] = []
        self.list = LineList(tr("What happened"), self)
        self.nothing = plain_label(tr("Nothing has happened yet."), "muted", True, self)
        self.more_button = buttons.button(tr("Earlier"), "chevron-down", "quiet", self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.S, 0, theme.S)
        column.addWidget(self.nothing)
        column.addWidget(self.list, 1)
        column.addWidget(self.more_button)
        self.list.opened.connect(self._open)
        self.more_button.clicked.connect(self._read_more)

    def show_row(self, id: int) -> None:
        """Show what happened with a creator, 0 for none."""
        self._creator, self._events = id, []
        self._read_more()

    def _read_more(self) -> None:
        workspace = self._context.workspace
        if self._creator:
            self._events += workspace.timeline(self._creator, PAGE, len(self._events))
        length = workspace.timeline_length(self._creator) if self._creator else 0
        self.more_button.setVisible(length > len(self._events))
        self.nothing.setVisible(not self._events)
        self.list.setVisible(bool(self._events))
        self.list.show_lines([_line(place, event) for place, event in enumerate(self._events)])

    def _open(self, place: int) -> None:
        event = self._events[place]
        if event.kind != "change":
            self._context.show_record(event.record, event.number)


def _line(place: int, event: TimelineEvent) -> Line:
    label, tone = KINDS.get(event.kind, (event.kind.replace("_", " ").capitalize(), "grey"))
    at = moment(event.at) if "T" in event.at else day(date.fromisoformat(event.at))
    told = [at, event.who, event.text.replace("\n", "; ")]
    return Line(str(place), event.title, "  ·  ".join(part for part in told if part), tr(label), tone)
