"""The Briefs page: briefs in versions, the content made after them, the days it is timed by, its rights."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from creator_crm.ui.briefs.actions import STEPS, TABS
from creator_crm.ui.shared.context import Context
from creator_crm.ui.shared.text import tr
from creator_crm.ui.shared.views_page import Tab, ViewsPage

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class BriefsPage(ViewsPage):
    """Its tabs, and the actions that mean a brief or a piece of content on one of them."""

    def __init__(self, context: Context) -> None:
        def briefs() -> QWidget:
            from creator_crm.ui.briefs.briefs import briefs_view

            return briefs_view(context)

        def content() -> QWidget:
            from creator_crm.ui.briefs.content import content_view

            return content_view(context)

        def dates() -> QWidget:
            from creator_crm.ui.briefs.dates import dates_view

            return dates_view(context)

        def assets() -> QWidget:
            from creator_crm.ui.briefs.assets import assets_view

            return assets_view(context)

        tabs = [
            Tab("briefs", TABS["briefs"], briefs, ("brief",)),
            Tab("content", TABS["content"], content, ("deliverable",)),
            Tab("dates", TABS["dates"], dates, ("calendar_event",)),
            Tab("assets", TABS["assets"], assets, ("asset",)),
        ]
        super().__init__(context, "briefs", "Briefs", tabs)
        context.actions.bind(
            {
                "briefs.plan": self.plan,
                "briefs.log_post": self.log_post,
                "briefs.keep": self.keep,
                "briefs.export": self.export,
                "briefs.hand_out": self.hand_out,
                "briefs.go_live": self.go_live,
                "briefs.read": lambda: self._do("deliverable", context.workspace.acknowledge),
                "briefs.open_post": self.open_post,
                **{name: partial(self.advance, status) for name, status in STEPS.items()},
            }
        )

    # What the user does --------------------------------------------------------------------------------

    def plan(self) -> None:
        """Ask who posts what until when; the chosen brief is taken for it."""
        from creator_crm.ui.briefs.plan import PlanDialog

        brief = self._chosen("brief")
        dialog = PlanDialog(self._context, self.widget, self._scope, brief[0] if brief else 0)
        dialog.planned.connect(lambda _: self.show_tab("content"))
        dialog.open()

    def log_post(self, deliverable: int = 0) -> None:
        """Ask for the link of a post that is live."""
        from creator_crm.ui.briefs.log_post import LogPostDialog

        LogPostDialog(self._context, self.widget, deliverable, self._scope).open()

    def go_live(self) -> None:
        for chosen in self._chosen("deliverable")[:1]:
            self.log_post(chosen)

    def keep(self) -> None:
        """Keep the chosen brief as it is now."""
        from creator_crm.ui.briefs.versions import keep_version

        for brief in self._chosen("brief")[:1]:
            keep_version(self._context, brief)

    def export(self) -> None:
        from creator_crm.ui.briefs.export import ExportDialog

        for brief in self._chosen("brief")[:1]:
            ExportDialog(self._context, self.widget, brief).open()

    def hand_out(self) -> None:
        """Note that everybody who works after the chosen brief was given it as it is now."""
        from creator_crm.ui.briefs.holders import hand_out

        for brief in self._chosen("brief")[:1]:
            hand_out(self._context, brief)

    def advance(self, status: str) -> None:
        """Move the chosen content on to a status."""
        from creator_crm.ui.briefs.steps import advance

        self._do("deliverable", lambda chosen: advance(self._context.workspace, chosen, status))

    def open_post(self) -> None:
        for chosen in self._chosen("deliverable")[:1]:
            link = self._context.workspace.row("deliverable", chosen).live_url
            self._follow(link, tr("There is no link to this post yet; log it once it is live."))
