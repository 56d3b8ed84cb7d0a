"""The Creators page: everybody in the program, who is in which campaign, who was vetted, whom we look for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from creator_crm.compat import override
from creator_crm.ui.creators.actions import TABS
from creator_crm.ui.shared.context import Context
from creator_crm.ui.shared.records_view import RecordsView, Shape
from creator_crm.ui.shared.text import tr
from creator_crm.ui.shared.views_page import Tab, ViewsPage

if TYPE_CHECKING:
    from creator_crm.ui.shared.panel.panel import RecordPanel

SHAPE = Shape(
    record="creator",
    title="Creators",
    sort="name",
    board="stage",
    empty=(
        "Nobody is here yet. Bring in the list you have, or write the first creator down.",
        "Import your list",
        "file.import",
    ),
    actions=(
        *("creators.write", "creators.plan", "creators.ship"),
        *("creators.open_profile", "creators.join"),
    ),
    head=("file.import", "list.add"),
)


class CreatorsView(RecordsView):
    """The list of creators; a new one is asked for with an account."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, SHAPE, _panel)

    @override
    def add(self) -> None:
        """Ask for a new creator with an account; the panel opens once they are there."""
        from creator_crm.ui.creators.dialogs import ask_new_creator

        number = ask_new_creator(self._workspace, self, self.table.scope.campaign)
        if number:
            self.show_record(number)


class CreatorsPage(ViewsPage):
    """Its tabs, and the actions that mean the creators chosen on whichever of them."""

    def __init__(self, context: Context) -> None:
        def creators() -> QWidget:
            return CreatorsView(context)

        def collaborations() -> QWidget:
            from creator_crm.ui.creators.collaborations import collaborations_view

            return collaborations_view(context)

        def vetting() -> QWidget:
            from creator_crm.ui.creators.vetting import VettingView

            return VettingView(context)

        def profiles() -> QWidget:
            from creator_crm.ui.creators.vetting import profiles_view

            return profiles_view(context)

        tabs = [
            Tab("creator", TABS["creator"], creators),
            Tab("collaborations", TABS["collaborations"], collaborations, ("collaboration",)),
            Tab("vetting", TABS["vetting"], vetting),
            Tab("profiles", TABS["profiles"], profiles, ("ideal_profile",)),
        ]
        super().__init__(context, "creators", "Creators", tabs)
        context.actions.bind(
            {
                "creators.open_profile": self.open_profile,
                "creators.join": self.join_campaign,
                "creators.write": self.write,
                "creators.plan": self.plan,
                "creators.ship": self.ship,
            }
        )

    # What the user does --------------------------------------------------------------------------------

    def join_campaign(self) -> None:
        from creator_crm.ui.creators.dialogs import ask_campaign

        chosen, workspace = self._creators(), self._context.workspace
        campaign = ask_campaign(workspace, len(chosen), self.widget) if chosen else None
        if campaign:
            self._context.tell_done(workspace.join_campaign(campaign, chosen))

    def write(self) -> None:
        from creator_crm.ui.writing.dialog import WriteDialog

        for number in self._creators()[:1]:
            WriteDialog(self._context, self.widget, number, campaign=self._scope).open()

    def plan(self) -> None:
        """Put messages to the chosen creators on the list of their days."""
        from creator_crm.ui.writing.plan import PlanMessagesDialog

        PlanMessagesDialog(self._context, self.widget, self._creators(), self._scope).open()

    def ship(self) -> None:
        from creator_crm.ui.sending.dialog import SendDialog

        SendDialog(self._context, self.widget, self._creators(), self._scope).open()

    def open_profile(self) -> None:
        for number in self._creators()[:1]:
            link = self._context.workspace.profile_link(number)
            self._follow(link, tr("There is no profile link for this creator yet; put it on the account."))

    # Inside --------------------------------------------------------------------------------------------

    def _creators(self) -> list[int]:
        """The creators chosen, or those that the chosen rows are about."""
        view = self.view
        if view is None or view.shape.record == "creator":
            return view.selected() if view else []
        rows = self._context.workspace.rows(view.shape.record, view.selected())
        found = (getattr(row, "creator", None) for row in rows)
        return list(dict.fromkeys(number for number in found if number))


def _panel(context: Context, parent: QWidget) -> RecordPanel:
    from creator_crm.ui.creators.panel import CreatorPanel

    return CreatorPanel(context, parent)
