"""The groups of the funnel as a table asks for them: how many came how far, how surely, and what it cost."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QObject

from creator_crm.compat import override
from creator_crm.domain.funnel import Group, cost_per_parcel_post, rates, revenue_after_posts
from creator_crm.domain.metrics import Metric
from creator_crm.ui.shared import theme
from creator_crm.ui.shared.dialogs import tip
from creator_crm.ui.shared.figure_text import DASH, interval_text, value_text
from creator_crm.ui.shared.table.told import ToldCells
from creator_crm.ui.shared.text import number, percent, tr

NAME, SENT, NO_POST, LOST, DAYS, UNITS = "name", "sent", "no_post", "lost", "days", "units"
RATES = ("arrival_rate", "post_rate", "sale_rate")

COLUMNS = (
    (NAME, "", 148),
    (SENT, "Sent to", 66),
    ("arrival_rate", "Delivered", 96),
    ("post_rate", "Posted", 192),
    ("sale_rate", "Sold", 84),
    (NO_POST, "No post", 72),
    (LOST, "Lost", 52),
    (DAYS, "Median days", 104),
    ("cost_per_parcel_post", "Cost per post", 110),
    ("revenue_after_posts", "Sold after posts", 118),
    (UNITS, "Pieces", 60),
)
_HELP = {
    SENT: "Creators who were sent a parcel; presents without strings are left out",
    "arrival_rate": "Of those who were sent one",
    "post_rate": "Of those who got it, and between what the rate really lies, 19 times of 20",
    "sale_rate": "Of those who posted: who had orders after the post",
    NO_POST: "Parcels that arrived and led to no post, those given up on too; click to see them",
    DAYS: "Half of them took no longer: from sent to delivered, to the post, to the first order",
    "cost_per_parcel_post": "What these parcels cost, lost and ghosted ones too ÷ posts that answer them",
    "revenue_after_posts": "Everything ordered after the posts, less refunds",
    UNITS: "Pieces in these orders, whatever the product",
}


class FunnelModel(ToldCells):
    """Shows groups of one kind, the largest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(COLUMNS, (NAME,), _HELP, parent)
        self.groups: Sequence[Group] = ()
        self._of_parcels, self._heading = False, ""
        self._figures: dict[int, dict[str, Metric]] = {}

    def show(self, groups: Sequence[Group], heading: str, *, of_parcels: bool) -> None:
        """of_parcels: count steps in parcels, as where every group is one creator."""
        self.beginResetModel()
        self.groups, self._heading, self._of_parcels = groups, heading, of_parcels
        self._figures = {}
        self.endResetModel()

    def figure(self, row: int, name: str) -> Metric | None:
        """The figure in a cell, None where there is only a number."""
        return self._worked_out(row).get(name)

    @override
    def count(self) -> int:
        return len(self.groups)

    @override
    def heading(self, name: str, heading: str) -> str:
        if name == NAME:
            return self._heading
        return tr("Parcels") if name == SENT and self._of_parcels else tr(heading)

    def _worked_out(self, row: int) -> dict[str, Metric]:
        if row not in self._figures:
            group = self.groups[row]
            every = (
                *rates(group, of_parcels=self._of_parcels),
                cost_per_parcel_post(group.main),
                revenue_after_posts(group),
            )
            self._figures[row] = {one.name: one for one in every}
        return self._figures[row]

    @override
    def text(self, row: int, name: str) -> str:
        group = self.groups[row]
        if name in RATES:
            return self._rate(group, name, self._worked_out(row)[name])
        figure = self._worked_out(row).get(name)
        if figure is not None:
            return value_text(figure.value, figure.unit, short=name == "revenue_after_posts")
        steps = group.parcels if self._of_parcels else group.creators
        if name == DAYS:
            return " · ".join(_days(days) for days in group.days)
        if name == NAME:
            return group.name
        return number(steps.sent if name == SENT else getattr(group, name))

    def _rate(self, group: Group, name: str, rate: Metric) -> str:
        steps = group.parcels if self._of_parcels else group.creators
        count = number(getattr(steps, dict(zip(RATES, ("delivered", "posted", "sold"), strict=True))[name]))
        if rate.value is None:
            return count
        if name != "post_rate":
            return f"{count}  ·  {percent(rate.value, 0)}" if rate.is_sure else count
        if not rate.is_sure:
            return f"{count}  ·  {interval_text(rate, short=True)}"
        return f"{count}  ·  {percent(rate.value, 0)} ({interval_text(rate, short=True)})"

    @override
    def ink(self, row: int, name: str) -> Any:
        tokens = theme.tokens()
        if name == NO_POST and self.groups[row].no_post:
            return theme.color(tokens.accent_ink)
        rate = self._worked_out(row).get(name)
        return theme.color(tokens.muted) if rate is not None and not rate.is_sure else None

    @override
    def tip(self, row: int, name: str) -> str | None:
        if name == NAME:
            return tip(self.groups[row].name)
        if name == NO_POST and self.groups[row].ghosted:
            return tip(tr("{n} of them given up on").format(n=number(self.groups[row].ghosted)))
        rate = self._worked_out(row).get(name)
        return tip(interval_text(rate)) if rate is not None and interval_text(rate) else None


def _days(days: Decimal | None) -> str:
    return DASH if days is None else number(days, 0 if days == int(days) else 1)
