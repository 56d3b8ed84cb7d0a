"""What a campaign is to reach beside what it has reached, and the targets themselves to be set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from creator_crm.domain.fields import Field
from creator_crm.ui.shared import theme
from creator_crm.ui.shared.context import Context
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.line_list import Line, LineList
from creator_crm.ui.shared.panel.parts import PartsList
from creator_crm.ui.shared.text import percent, tr

if TYPE_CHECKING:
    from creator_crm.domain.changes import Changes
    from creator_crm.domain.metrics.targets import Standing

LINE = 58
MOST = 6


class TargetsTab(QWidget):
    """A line for each target with the figure of the Results page beside it; beneath, the targets to edit."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._workspace = context.workspace
        self._id = 0
        self.reached = LineList(tr("Target beside what is reached"), self)
        self.nothing = plain_label(
            tr("No target yet. Say what this campaign is to reach, and see here how far it has come."),
            "muted",
            wrap=True,
            parent=self,
        )
        self.nothing.setContentsMargins(theme.M, theme.M, theme.M, 0)
        self.parts = PartsList(
            context.workspace, "campaign_target", "campaign", self, names=("metric", "value", "notes")
        )
        self.parts.nothing.setText("")
        self.parts.failed.connect(lambda sentence: context.tell(sentence, "error"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.S, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.nothing)
        column.addWidget(self.reached)
        column.addWidget(self.parts, 1)

    def show_row(self, id: int) -> None:
        """Show the targets of campaign `id`, 0 for none."""
        self._id = id
        self.parts.show_row(id)
        self._reckon()

    def refresh(self, changes: Changes | None) -> None:
        self.parts.refresh(changes)
        self._reckon()

    def _reckon(self) -> None:
        found = self._workspace.targets(self._id) if self._id else []
        names = self._workspace.catalogue["campaign_target"].field("metric")
        self.reached.show_lines([line(one, tr(_label(names, one.metric.name))) for one in found])
        self.reached.setVisible(bool(found))
        self.reached.setFixedHeight(LINE * min(len(found), MOST) + 2)
        self.nothing.setVisible(bool(self._id) and not found)


def line(standing: Standing, label: str) -> Line:
    """One target: what is reached of what, and whether it is."""
    from creator_crm.ui.shared.figure_text import value_text

    metric = standing.metric
    target = value_text(standing.target, metric.unit, short=True)
    if metric.value is None:
        told = tr("{target} wanted; no value yet: {why}").format(target=target, why=tr(metric.why_undefined))
        return Line(metric.name, label, told, tr("No value yet"), "grey")
    reached = value_text(metric.value, metric.unit, short=True)
    words = tr("{reached}, at most {target}") if standing.at_most else tr("{reached} of {target}")
    told = words.format(reached=reached, target=target)
    if standing.at_most:
        chip = tr("Kept") if standing.kept else tr("Passed")
        return Line(metric.name, label, told, chip, "green" if standing.kept else "red")
    if standing.kept:
        return Line(metric.name, label, told, tr("Reached"), "green")
    share = percent(standing.share, 0) if standing.share is not None else tr("Not yet")
    return Line(metric.name, label, told, share, "amber")


def _label(field: Field, name: str) -> str:
    choice = field.choice(name)
    return str(choice.label).removesuffix(", at most").removesuffix(" (%)") if choice else name
