"""One campaign in full: its goal, dates and money, who is in it, and which products it shows."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from creator_crm.domain.query import Query
from creator_crm.ui.shared import theme
from creator_crm.ui.shared.context import Context
from creator_crm.ui.shared.panel.panel import RecordPanel
from creator_crm.ui.shared.table.table import RecordTable
from creator_crm.ui.shared.text import tr


class InCampaign(QWidget):
    """The rows of one kind that belong to the campaign shown; opening one brings it to the front."""

    def __init__(self, context: Context, record: str, sort: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._record = record
        self.table = RecordTable(context.workspace, record, self, sort=sort)
        self.table.toolbar.hide()  # a panel is too narrow for it; the page of the records has it all
        self.table.opened.connect(lambda number: context.show_record(record, number))
        self.table.failed.connect(lambda sentence: context.tell(sentence, "error"))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.M, theme.M, theme.M, 0)
        column.addWidget(self.table)

    def show_row(self, id: int) -> None:
        """Show what belongs to campaign `id`, 0 for none."""
        self.table.scope = Query(self._record, campaign=id or -1)
        self.table.reload()


class CampaignPanel(RecordPanel):
    """The record panel of a campaign."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(
            context.workspace,
            "campaign",
            parent,
            chips=("phase", "goal"),
            caption=("starts_on", "ends_on", "budget"),
        )
        self.add_tab(tr("Creators"), InCampaign(context, "collaboration", "creator", self))
        self.add_tab(tr("Products"), InCampaign(context, "product", "name", self))
