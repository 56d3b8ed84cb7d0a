"""The Creators page: everybody in the program as a list or as a board of stages, and one of them in full."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from creator_crm.compat import override
from creator_crm.ui.shared.context import Context
from creator_crm.ui.shared.dialogs import open_link
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
    actions=("creators.write", "creators.ship", "creators.open_profile", "creators.join"),
    head=("file.import", "list.add"),
)


class CreatorsView(RecordsView):
    """The list of creators, with what can be done with creators alone."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, SHAPE, _panel)
        context.actions.bind(
            {
                "creators.open_profile": self.open_profile,
                "creators.join": self.join_campaign,
                "creators.write": self.write,
                "creators.ship": self.ship,
            }
        )

    @override
    def add(self) -> None:
        """Ask for a new creator with her account; her panel opens once she is there."""
        from creator_crm.ui.creators.dialogs import ask_new_creator

        number = ask_new_creator(self._workspace, self)
        if number:
            self.show_record(number)

    def join_campaign(self) -> None:
        from creator_crm.ui.creators.dialogs import ask_campaign

        chosen = self.selected()
        campaign = ask_campaign(self._workspace, len(chosen), self) if chosen else None
        if campaign:
            self._context.tell_done(self._workspace.join_campaign(campaign, chosen))

    def write(self) -> None:
        from creator_crm.ui.writing.dialog import WriteDialog

        for number in self.selected()[:1]:
            WriteDialog(self._context, self, number, campaign=self.table.scope.campaign).open()

    def ship(self) -> None:
        from creator_crm.ui.sending.dialog import SendDialog

        SendDialog(self._context, self, self.selected(), self.table.scope.campaign).open()

    def open_profile(self) -> None:
        link = self._workspace.profile_link(self.table.current_id)
        if not link or not open_link(link):
            self._context.tell(tr("There is no profile link for her yet; put it on her account."), "info")


def creators_page(context: Context) -> ViewsPage:
    """The page of the Creators tab."""

    def make() -> QWidget:
        return CreatorsView(context)

    return ViewsPage(context, "creators", "Creators", [Tab("creator", "Creators", make)])


def _panel(context: Context, parent: QWidget) -> RecordPanel:
    from creator_crm.ui.creators.panel import CreatorPanel

    return CreatorPanel(context, parent)
