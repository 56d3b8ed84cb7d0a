"""Who has which version of a brief, and who has read it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from creator_crm.domain.errors import UserError
from creator_crm.ui.shared import buttons, theme
from creator_crm.ui.shared.context import Context
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.line_list import Line, LineList
from creator_crm.ui.shared.table.formatting import display
from creator_crm.ui.shared.text import counted, day, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from creator_crm.services.briefs import Holder


class HoldersTab(QWidget):
    """The content made after a brief: whose it is, the version they have, and how far it came."""

    failed = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._workspace = context, context.workspace
        self._brief = 0
        self._holders: Sequence[Holder] = ()
        self.said = plain_label("", "muted", wrap=True, parent=self)
        self.give_button = buttons.button(tr("Give to all"), "users", "", self)
        self.list = LineList(tr("Who has this brief"), self)
        row = QHBoxLayout()
        row.addWidget(self.said, 1)
        row.addWidget(self.give_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.M, theme.M, theme.M, theme.M)
        column.addLayout(row)
        column.addWidget(self.list, 1)
        self.give_button.clicked.connect(self._give)
        self.list.opened.connect(
            lambda place: context.show_record("deliverable", self._holders[place].deliverable)
        )

    def show_row(self, id: int) -> None:
        """Show who has a brief, 0 for none."""
        self._brief = id
        self._holders = self._workspace.holders(id) if id else ()
        names = self._workspace.titles("creator", {holder.creator for holder in self._holders})
        numbers = [holder.deliverable for holder in self._holders]
        rows: dict[int, Any] = {row.id: row for row in self._workspace.rows("deliverable", numbers)}
        status = self._workspace.catalogue["deliverable"].field("status")
        lines = []
        for holder in self._holders:
            held = rows[holder.deliverable].status
            choice = status.choice(held)
            chip, tone = display(status, held), choice.tone if choice else "grey"
            name = names.get(holder.creator, "")
            done = held in ("live", "cancelled")
            lines.append(Line(str(holder.deliverable), name, _has(holder, done), chip, tone))
        self.list.show_lines(lines)
        self.list.setVisible(bool(lines))
        waiting = without_latest(self._workspace, id) if id else []
        self.give_button.setVisible(bool(waiting))
        if not lines:
            self.said.setText(tr("No content is planned after this brief yet."))
        elif waiting:
            lacking = counted(len(waiting), "creator has", "creators have")
            self.said.setText(tr("{lacking} not been given the brief as it is now.").format(lacking=lacking))
        else:
            self.said.setText(tr("Everybody still at work has the latest version."))

    def _give(self) -> None:
        hand_out(self._context, self._brief)
        self.show_row(self._brief)


def without_latest(workspace: Any, brief: int) -> list[int]:
    """The unfinished content whose creators do not have the brief as it is now."""
    kept = workspace.versions(brief)
    latest = kept[0].number if kept and not workspace.has_changed(brief) else None
    lacking = [h.deliverable for h in workspace.holders(brief) if latest is None or h.version != latest]
    rows = workspace.rows("deliverable", lacking)
    return [row.id for row in rows if row.status not in ("live", "cancelled") and not row.live_on]


def hand_out(context: Context, brief: int) -> None:
    """Note that everybody who works after this brief was given it as it is now."""
    waiting = without_latest(context.workspace, brief)
    if not waiting:
        nobody = not context.workspace.holders(brief)
        said = "No content is planned after this brief yet; plan it first." if nobody else ""
        context.tell(tr(said or "Everybody has the latest version."), "info")
        return
    try:
        context.tell_done(context.workspace.hand_out(brief, waiting))
    except UserError as refusal:
        context.tell(str(refusal), "error")


def _has(holder: Holder, done: bool) -> str:
    if holder.version is None:
        return tr("No version noted") if done else tr("Not handed out yet")
    version = tr("Has version {number}").format(number=holder.version)
    if not holder.acknowledged_on:
        return f"{version} · {tr('not read yet, as far as you know')}"
    read = day(date.fromisoformat(holder.acknowledged_on))
    return f"{version} · {tr('read on {day}').format(day=read)}"
