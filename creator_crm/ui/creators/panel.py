"""One creator in full: details, accounts, figures over time, addresses, campaigns, history, files."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from creator_crm.ui.creators.figures import FiguresTab
from creator_crm.ui.creators.timeline import TimelineTab
from creator_crm.ui.shared.context import Context
from creator_crm.ui.shared.form.sections import Section
from creator_crm.ui.shared.panel.panel import RecordPanel
from creator_crm.ui.shared.panel.parts import PartsList
from creator_crm.ui.shared.text import tr

SECTIONS = (
    Section("Person", ("name", "stage", "owner", "niche", "tone", "tags", "notes")),
    Section("Contact", ("email", "phone", "country", "language", "agent_name", "agent_email", "opted_out")),
    Section("More", ("audience_country", "source", "external_id", "archived")),
)


class CreatorPanel(RecordPanel):
    """The record panel of a creator, with her accounts and all that hangs on them."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        source = context.workspace
        custom = tuple(field.name for field in source.catalogue["creator"].custom)
        sections = [*SECTIONS, Section("Your fields", custom)] if custom else list(SECTIONS)
        super().__init__(
            source,
            "creator",
            parent,
            chips=("stage", "platform"),
            caption=("handle", "followers", "country"),
            sections=sections,
        )
        self._parts: dict[str, QWidget] = {
            tr("Timeline"): TimelineTab(context),
            tr("Accounts"): PartsList(
                source, "account", "creator", names=("platform", "handle", "followers", "link")
            ),
            tr("Figures"): FiguresTab(source),
            tr("Addresses"): PartsList(source, "address", "creator"),
            tr("Campaigns"): PartsList(
                source, "collaboration", "creator", names=("campaign", "status", "fee", "currency")
            ),
        }
        for label, tab in self._parts.items():
            self.add_tab(label, tab)
