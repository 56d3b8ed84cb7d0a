"""One creator in full: details, what happened, the profile, the campaigns with their terms, and the rest."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from creator_crm.ui.creators.collaborations import CampaignsTab
from creator_crm.ui.creators.figures import FiguresTab
from creator_crm.ui.creators.timeline import TimelineTab
from creator_crm.ui.creators.vetting import FitTab, VettingList
from creator_crm.ui.shared.context import Context
from creator_crm.ui.shared.form.sections import Section
from creator_crm.ui.shared.panel.group import Group
from creator_crm.ui.shared.panel.panel import RecordPanel
from creator_crm.ui.shared.panel.parts import PartsList
from creator_crm.ui.shared.text import tr

SECTIONS = (
    Section("Person", ("name", "stage", "owner", "niche", "tone", "tags", "notes")),
    Section("Contact", ("email", "phone", "country", "language", "agent_name", "agent_email", "opted_out")),
    Section("More", ("audience_country", "source", "external_id", "archived")),
)
NARROWEST = 340  # its five tabs side by side


class CreatorPanel(RecordPanel):
    """The record panel of a creator, with their accounts and all that hangs on them."""

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
        accounts = PartsList(source, "account", "creator", names=("platform", "handle", "followers", "link"))
        profile = {
            tr("Accounts"): accounts,
            tr("Figures"): FiguresTab(source),
            tr("Vetting"): VettingList(context),
            tr("Fit"): FitTab(context),
        }
        more = {
            tr("Addresses"): PartsList(source, "address", "creator"),
            tr("Files"): self.attachments,
            tr("History"): self.history,
        }
        self.add_tab(tr("Timeline"), TimelineTab(context))
        self.profile = self.group_tabs(tr("Profile"), profile)
        self.campaigns = CampaignsTab(context)
        self.add_tab(tr("Campaigns"), self.campaigns, self.tabs.count())
        self.more = self.group_tabs(tr("More"), more)
        self.setMinimumWidth(NARROWEST)

    def scenes(self) -> list[tuple[str, Callable[[], object]]]:
        """What the self-test looks at: every tab, and everything behind it."""
        found: list[tuple[str, Callable[[], object]]] = []
        for place in range(1, self.tabs.count()):
            tab, name = self.tabs.widget(place), self.tabs.tabText(place).lower()
            if not isinstance(tab, Group):
                found.append((name, partial(self.tabs.setCurrentIndex, place)))
                continue
            for part in range(tab.bar.count()):
                found.append((tab.bar.tabText(part).lower(), partial(self._show_part, place, tab, part)))
        return found

    def _show_part(self, place: int, group: Group, part: int) -> None:
        self.tabs.setCurrentIndex(place)
        group.show_part(part)
