"""The Results page: the figures and charts of a period, and the orders, codes, posts and payments behind."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from creator_crm.domain.conditions import All, Condition, Op
from creator_crm.ui.results.actions import TABS
from creator_crm.ui.shared.context import Context
from creator_crm.ui.shared.text import tr
from creator_crm.ui.shared.views_page import Tab, ViewsPage

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from creator_crm.domain.conditions import Filter
    from creator_crm.ui.results.overview import OverviewTab
    from creator_crm.ui.shared.period import Period

SHOWN_IN = {"order": ("orders", "ordered_on"), "deliverable": ("posts", "live_on")}


class ResultsPage(ViewsPage):
    """Its tabs, and the actions that mean a row on one of them."""

    def __init__(self, context: Context) -> None:
        def overview() -> QWidget:
            from creator_crm.ui.results.overview import OverviewTab

            made = OverviewTab(context)
            made.rows_wanted.connect(lambda record: self.show_rows(record, made.periods.period))
            return made

        def orders() -> QWidget:
            from creator_crm.ui.results.lists import orders_view

            return orders_view(context)

        def codes() -> QWidget:
            from creator_crm.ui.results.lists import codes_view

            return codes_view(context)

        def posts() -> QWidget:
            from creator_crm.ui.results.lists import posts_view

            return posts_view(context)

        def payments() -> QWidget:
            from creator_crm.ui.results.lists import payments_view

            return payments_view(context)

        def beside(name: str) -> QWidget:
            from creator_crm.ui.results import evidence

            return evidence.evidence_view(context, getattr(evidence, name))

        def decisions() -> QWidget:
            from creator_crm.ui.results.evidence import DecisionsView

            return DecisionsView(context)

        tabs = [
            Tab("overview", TABS["overview"], overview),
            Tab("orders", TABS["orders"], orders, ("order",)),
            Tab("codes", TABS["codes"], codes, ("code",)),
            Tab("posts", TABS["posts"], posts, ("deliverable",)),
            Tab("payments", TABS["payments"], payments, ("payment",)),
            Tab("spend", TABS["spend"], partial(beside, "SPEND"), ("ad_spend",)),
            Tab("site_days", TABS["site_days"], partial(beside, "SITE_DAYS"), ("site_day",)),
            Tab("survey", TABS["survey"], partial(beside, "SURVEY"), ("survey_answer",)),
            Tab("experiments", TABS["experiments"], partial(beside, "EXPERIMENTS"), ("experiment",)),
            Tab("decisions", TABS["decisions"], decisions, ("weekly_decision",)),
        ]
        super().__init__(context, "results", "Results", tabs)
        context.actions.bind(
            {
                "results.import": lambda: context.actions.trigger("file.import"),
                "results.import_posts": lambda: context.actions.trigger("file.import"),
                "results.save_charts": self.save_charts,
                "results.pay": self.pay,
                "results.open_post": self.open_post,
                "results.leaked": self.mark_leaked,
                "results.review": self.review,
            }
        )

    # What the user does --------------------------------------------------------------------------------

    def pay(self) -> None:
        """Note that the chosen payments were made today."""
        from creator_crm.ui.results.panels import pay

        self._do("payment", lambda chosen: pay(self._context, chosen))

    def review(self) -> None:
        """Decide what becomes of a post or a creator this week."""
        self.show_tab("decisions")
        if self.view is not None:
            self.view.add()

    def mark_leaked(self) -> None:
        """Note that the chosen codes are out in the open."""
        workspace = self._context.workspace
        leaked = {"status": "leaked", "leaked_on": date.today().isoformat()}
        self._do(
            "code", lambda chosen: workspace.edit("code", dict.fromkeys(chosen, leaked), tr("Mark as leaked"))
        )

    def open_post(self) -> None:
        for post in self._chosen("deliverable")[:1]:
            link = self._context.workspace.row("deliverable", post).live_url
            self._follow(link, tr("There is no link to this post yet; put it on the post."))

    def save_charts(self) -> None:
        self.show_tab("overview")
        self._overview.save_all()

    def show_rows(self, record: str, period: Period) -> None:
        """Show the rows of a period that a figure counted."""
        if record not in SHOWN_IN:
            self._context.actions.page_wanted.emit("seeding")
            return
        tab, day = SHOWN_IN[record]
        self.show_tab(tab)
        parts: list[Filter] = []
        if period.since and period.until:
            parts.append(Condition(day, Op.BETWEEN, (period.since, period.until)))
        if record == "deliverable":
            parts.append(Condition("status", Op.IN, ("live",)))
        if self.view is not None:
            self.view.table.filter_by(All(tuple(parts)) if parts else None)

    # Inside --------------------------------------------------------------------------------------------

    @property
    def _overview(self) -> OverviewTab:
        from creator_crm.ui.results.overview import OverviewTab

        part = self._parts["overview"]
        assert isinstance(part, OverviewTab)
        return part
