"""Any kind of record without a page of its own, in a window over the main one: campaigns, tags, parts."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from creator_crm.domain.changes import Changes
from creator_crm.ui.shared.context import Context
from creator_crm.ui.shared.panel.panel import RecordPanel
from creator_crm.ui.shared.records_view import RecordsView, Shape
from creator_crm.ui.shared.text import tr

ACTIONS = ("list.add", "list.export", "edit.undo", "edit.redo")


class RecordsWindow(QDialog):
    """List on the left, the chosen record on the right; everything saves itself."""

    def __init__(self, context: Context, record: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        description = context.workspace.catalogue[record]
        self.setWindowTitle(tr(description.plural))
        self.resize(1080, 620)
        empty = tr("There are no {records} yet.").format(records=description.plural.lower())
        label = tr("Add {record}").format(record=description.label.lower())
        shape = Shape(record, description.plural, description.title, empty=(empty, label, "list.add"))
        self.view = RecordsView(context, shape, _campaign_panel if record == "campaign" else None)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.view)
        # The main window's shortcuts end at its edge.
        self.addActions([context.actions[name] for name in ACTIONS])
        context.changed.connect(self._on_changed)
        self.view.refresh(None)

    def set_campaign(self, campaign: str | None) -> None:
        """Show what belongs to one campaign, whose name the title then says, or everything."""
        plural = tr(self._context.workspace.catalogue[self.view.shape.record].plural)
        number = int(campaign or 0)
        name = self._context.workspace.titles("campaign", [number]).get(number, "") if number else ""
        self.setWindowTitle(f"{plural} – {name}" if name else plural)
        self.view.set_campaign(campaign)

    def show_record(self, number: int) -> None:
        self.view.show_record(number)

    def _on_changed(self, changes: Changes) -> None:
        self.view.refresh(changes)


def _campaign_panel(context: Context, parent: QWidget) -> RecordPanel:
    from creator_crm.ui.campaigns.panel import CampaignPanel

    return CampaignPanel(context, parent)
