"""The steps of one piece of content, those that make sense now, with when it is due in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from creator_crm.domain.statuses import DELIVERABLE
from creator_crm.ui.shared import buttons, theme
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.layouts import clear
from creator_crm.ui.shared.table.flow import Flow
from creator_crm.ui.shared.text import counted, day, tr

if TYPE_CHECKING:
    from creator_crm.domain.changes import Changes
    from creator_crm.services.workspace import Workspace

VERBS = {
    "planned": "Plan again",
    "drafting": "Draft begun",
    "draft_in": "Draft is in",
    "changes_asked": "Ask for changes",
    "approved": "Approve",
    "live": "Log its post…",
    "cancelled": "Cancel it",
}
FORWARD = {
    "planned": "draft_in",
    "drafting": "draft_in",
    "draft_in": "approved",
    "changes_asked": "draft_in",
    "approved": "live",
    "late": "live",
}
"""The usual next step."""


class ContentSteps(QWidget):
    """Buttons for the statuses that may follow; the usual next one stands out."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.when = plain_label("", "muted", wrap=True, parent=self)
        self._box = QWidget(self)
        self._row = Flow(self._box, theme.S)
        self.steps: dict[str, QPushButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.M, 0, theme.M, 0)
        column.setSpacing(theme.S)
        column.addWidget(self.when)
        column.addWidget(self._box)

    def show_content(self, row: Any) -> None:
        """Show what may happen to a deliverable now, None for none."""
        clear(self._row)
        status = (row.status or "planned") if row is not None else ""
        usual = FORWARD.get(status, "")
        following = DELIVERABLE.next(status) if status else ()
        ordered = sorted(following, key=lambda each: (each != usual, list(VERBS).index(each)))
        self.steps = {each: self._step(each, each == usual) for each in ordered}
        self.when.setText(timing(row, date.today()) if row is not None else "")
        self.when.setVisible(bool(self.when.text()))
        self.setVisible(row is not None)
        self._box.updateGeometry()

    def _step(self, status: str, usual: bool) -> QPushButton:
        made = buttons.button(tr(VERBS[status]), "", "primary" if usual else "", self._box)
        made.clicked.connect(partial(self.wanted.emit, status))
        self._row.addWidget(made)
        made.show()
        return made


def timing(row: Any, today: date) -> str:
    """When it is due, or how it came, in words: "4 days late", "Due in 3 days", "Live 2 days early"."""
    due = date.fromisoformat(row.due_on) if row.due_on else None
    live = date.fromisoformat(row.live_on) if row.live_on else None
    if row.status == "cancelled" or (due is None and live is None):
        return ""
    if live is not None:
        said = tr("Live since {day}").format(day=day(live))
        return said if due is None else f"{said}, {_distance(live, due, tr('on time'), tr('early'))}"
    assert due is not None
    if due == today:
        return tr("Due today")
    if due < today:
        late = counted((today - due).days, "day", "days")
        return tr("{days} late: it was due on {day}").format(days=late, day=day(due))
    left = counted((due - today).days, "day", "days")
    return tr("Due in {days}, on {day}").format(days=left, day=day(due))


def _distance(on: date, due: date, same: str, early: str) -> str:
    if on == due:
        return same
    days = counted(abs((on - due).days), "day", "days")
    return f"{days} {early}" if on < due else f"{days} {tr('late')}"


def advance(workspace: Workspace, chosen: Sequence[int], status: str) -> Changes:
    """Move content on to a status. Raises UserError."""
    changes = {number: {"status": status} for number in chosen}
    label = {"approved": tr("Approve"), "changes_asked": tr("Ask for changes")}.get(status, tr("Move on"))
    what = counted(len(changes), "piece of content", "pieces of content")
    return workspace.edit("deliverable", changes, f"{label}: {what}")
