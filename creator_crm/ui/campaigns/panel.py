"""One campaign in full: its goal, dates and money, its targets, who is in it, which products it is about."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from creator_crm.domain.changes import Changes
from creator_crm.domain.query import Query
from creator_crm.ui.campaigns.targets import TargetsTab
from creator_crm.ui.shared import theme
from creator_crm.ui.shared.context import Context
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.panel.panel import RecordPanel
from creator_crm.ui.shared.panel.parts import PartsList
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


class ProductsTab(QWidget):
    """The products a campaign is about, and those that its parcels, briefs, posts and codes name."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.chosen = PartsList(
            context.workspace, "campaign_product", "campaign", self, names=("product", "notes")
        )
        self.chosen.failed.connect(lambda sentence: context.tell(sentence, "error"))
        self.named = InCampaign(context, "product", "name", self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.chosen, 1)
        heading = plain_label(
            tr("With those that its parcels, briefs and posts name"), "section", parent=self
        )
        heading.setContentsMargins(theme.M, 0, theme.M, 0)
        column.addWidget(heading)
        column.addWidget(self.named, 1)

    def show_row(self, id: int) -> None:
        self.chosen.show_row(id)
        self.named.show_row(id)

    def refresh(self, changes: Changes | None) -> None:
        self.chosen.refresh(changes)
        self.named.table.refresh(changes)


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
        self.targets = TargetsTab(context, self)
        self.products = ProductsTab(context, self)
        self.add_tab(tr("Targets"), self.targets)
        self.add_tab(tr("Creators"), InCampaign(context, "collaboration", "creator", self))
        self.add_tab(tr("Products"), self.products)
