"""The spike planner's questions: what is planned, what the past says, and what was set for it before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from creator_crm.domain.errors import UserError
from creator_crm.domain.frozen import immutable
from creator_crm.services.stock_figures import StockFigures
from creator_crm.store.readers import lookup

# What reckons is loaded when somebody asks: the window opens without it.
if TYPE_CHECKING:
    from creator_crm.domain.planner import Asked, Outlook, Plan, Range
    from creator_crm.domain.stock import Standing

PAST_DAYS = 365  # of posts and orders that ranges are taken from
LATE_DAYS = 30  # a post that is later than that is not waited for
LEAST_POSTS, LEAST_MONTHS = 5, 5


@immutable
class Planned:
    """A plan with all its inputs, where each of them comes from in words, and what comes of it."""

    standing: Standing
    asked: Asked
    plan: Plan
    sources: Mapping[str, str]
    outlook: Outlook


class Planning(StockFigures):
    """What the Planner tab and the verb `plan` ask."""

    def article(self, item: str, on: str | None = None) -> Standing:
        """How the one article that an SKU, a short id or a name means stands. Raises UserError."""
        found = self._articles([item])[item]
        return self.standing_of(found.product, found.variant, on)

    def standing_of(self, product: int, variant: int | None, on: str | None = None) -> Standing:
        """How a product stands, or one variant of it. Raises UserError when it is gone."""
        for whole in self.stock_on(on, product):
            for one in (whole, *whole.parts):
                if one.kept.variant == variant:
                    return one
        raise UserError("This product is not there any more. Nothing was changed; choose another.")

    def plan(
        self,
        product: int,
        variant: int | None = None,
        campaign: int | None = None,
        asked: Asked | None = None,
    ) -> Planned:
        """Play through what the planned posts do to the stock of an article.

        asked: what somebody set; without it what was kept for the article and campaign, else nothing is set.
        Raises UserError for what cannot be meant.
        """
        from creator_crm.domain.planner import outlook

        standing = self.standing_of(product, variant)
        wanted = asked or self.plan_kept(product, variant, campaign)
        plan, sources = self._filled(standing, campaign, wanted)
        return Planned(standing, wanted, plan, sources, outlook(plan))

    def plan_kept(self, product: int, variant: int | None, campaign: int | None) -> Asked:
        """What was kept for an article and campaign; nothing set where nothing was."""
        from creator_crm.domain.planner import from_json

        return from_json(self.setting(self._plan_name(product, variant, campaign)))

    def keep_plan(self, product: int, variant: int | None, campaign: int | None, asked: Asked) -> None:
        """Keep what was set, so that it comes back; one step to undo."""
        from creator_crm.domain.planner import as_json

        name = lookup.titles(self.store, "product", [product]).get(product, "a product")
        self.set_setting(
            self._plan_name(product, variant, campaign), as_json(asked), f"Plan the stock of {name}"
        )

    # Inside ----------------------------------------------------------------------------------------

    def _plan_name(self, product: int, variant: int | None, campaign: int | None) -> str:
        record, number = ("variant", variant) if variant else ("product", product)
        article = lookup.uids(self.store, record, [number]).get(number, "")
        scope = lookup.uids(self.store, "campaign", [campaign]).get(campaign, "") if campaign else "all"
        return f"stock_plan:{article}:{scope}"

    def _filled(
        self, standing: Standing, campaign: int | None, asked: Asked
    ) -> tuple[Plan, Mapping[str, str]]:
        from creator_crm.domain.planner import Plan, every

        today, kept = standing.on, standing.kept
        posts, of_posts = self._posts(kept.product, campaign, today)
        if asked.posts is not None:
            posts, of_posts = every(asked.posts, asked.first_on or today, asked.over_days), "as set here"
        views, of_views, conversion, of_conversion = self._past(kept.product, today, asked)
        live, daily = self._lately(standing, campaign)
        daily = daily if asked.daily is None else asked.daily
        lead = kept.lead_time_days if asked.lead_time_days is None else asked.lead_time_days
        plan = Plan(
            start=today,
            posts=tuple(posts),
            views=views,
            conversion=conversion,
            units=asked.units,
            daily=daily,
            live=tuple(live),
            stock=max(standing.available, 0),
            incoming=tuple((one.expected_on, one.pieces) for one in standing.incoming if one.expected_on),
            lead_time_days=lead,
            half_life=asked.half_life,
            times=asked.times,
            seed=asked.seed,
        )
        return plan, {
            "posts": of_posts,
            "views": of_views,
            "conversion": of_conversion,
            "daily": "sold without creators, and sent, in the last 28 days"
            if asked.daily is None
            else "as set here",
            "lead_time_days": "of the product" if asked.lead_time_days is None else "as set here",
        }

    def _lately(self, standing: Standing, campaign: int | None) -> tuple[Sequence[tuple[str, int]], float]:
        """The posts of the last weeks with their views, and what went out a day without any post.

        What creators sold is in the conversion of posts, planned ones and these: were it in the pace of every
        day too, it would count twice.
        """
        from creator_crm.domain.stock import RATE_DAYS, pace_since
        from creator_crm.store.readers import planning

        since, today, kept = pace_since(standing.on), standing.on, standing.kept
        sold = planning.sold_through_creators(self.store, since, today, kept.product, kept.variant)
        live = planning.live_posts(self.store, since, today, kept.product, campaign)
        return live, max(standing.sold - sold + standing.sent, 0) / RATE_DAYS

    def _posts(self, product: int, campaign: int | None, today: str) -> tuple[Sequence[str], str]:
        from creator_crm.store.readers import planning

        since = (date.fromisoformat(today) - timedelta(days=LATE_DAYS)).isoformat()
        found = planning.planned_posts(self.store, since, product, campaign)
        return found, "planned in this campaign" if campaign else "planned with this product"

    def _past(self, product: int, today: str, asked: Asked) -> tuple[Range, str, Range, str]:
        """Views and conversion with where they come from: as set, else the past year, else a guess."""
        from creator_crm.domain.planner import CONVERSION, VIEWS, Range, history_range
        from creator_crm.store.readers import planning

        if asked.views is not None and asked.conversion is not None:
            return asked.views, "as set here", asked.conversion, "as set here"
        since = (date.fromisoformat(today) - timedelta(days=PAST_DAYS)).isoformat()
        seen = planning.views(self.store, since, product)
        only: int | None = product
        if len(seen) < LEAST_POSTS:
            seen, only = planning.views(self.store, since), None
        told = "with this product " if only else ""
        views = history_range([views for _, views in seen], LEAST_POSTS)
        of_views = (
            f"your {len(seen):,} posts {told}of the last year" if views else "a guess: too few posts yet"
        )
        if asked.views is not None:
            views, of_views = asked.views, "as set here"
        conversion, of_conversion = asked.conversion, "as set here"
        if conversion is None:
            conversion = _by_month(seen, planning.orders(self.store, since, only))
            of_conversion = f"orders through creators {told}for each view, month by month"
        if conversion is None:
            conversion, of_conversion = Range(*CONVERSION), "a guess: too few orders through creators yet"
        return views or Range(*VIEWS), of_views, conversion, of_conversion


def _by_month(seen: Sequence[tuple[str, int]], orders: Mapping[str, int]) -> Range | None:
    """Orders for each view of the posts of a month: the range over the months, None for too few of them."""
    from creator_crm.domain.planner import history_range

    views: Counter[str] = Counter()
    for day, count in seen:
        views[day[:7]] += count
    rates = [min(orders.get(month, 0) / count, 1.0) for month, count in views.items()]
    return history_range(rates, LEAST_MONTHS)
