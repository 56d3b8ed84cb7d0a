"""The seeding funnel: of who was sent a parcel, who got it, who posted, who sold; and what a post cost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from decimal import Decimal
from types import MappingProxyType
from typing import Literal

from creator_crm.domain.frozen import frozen, immutable
from creator_crm.domain.metrics import Facts, Metric, post_rate
from creator_crm.domain.metrics.metric import COUNT, Figure, count, money
from creator_crm.domain.scope import Part

FunnelBy = Literal["", "campaign", "product", "tier", "niche", "creator"]
BY: tuple[FunnelBy, ...] = ("campaign", "product", "tier", "niche", "creator")


@immutable
class Steps:
    """How many came how far; each is among those before. Presents without strings are in none."""

    sent: int = 0
    delivered: int = 0
    posted: int = 0
    sold: int = 0


@frozen
class Group:
    """The funnel of some parcels. `part` is what they have in common, `name` what that is called.

    creators, parcels: the steps counted in creators, and in parcels. left: all parcels that left the house,
    presents among them. no_post: parcels that arrived and led to no post though one was hoped for; ghosted:
    those of them that somebody gave up on. days: the median of days from sent to delivered, delivered to
    posted, posted to sold; None where nobody came so far. facts: by currency, what all parcels cost, the live
    posts that answer them, and what was ordered after those; the main currency first. units: pieces in these.
    """

    part: Part = None
    name: str = ""
    creators: Steps = Steps()
    parcels: Steps = Steps()
    left: int = 0
    lost: int = 0
    returned: int = 0
    no_post: int = 0
    ghosted: int = 0
    posts: int = 0
    units: int = 0
    days: tuple[Decimal | None, Decimal | None, Decimal | None] = (None, None, None)
    facts: Mapping[str, Facts] = field(default_factory=lambda: MappingProxyType({"EUR": Facts()}))

    @property
    def main(self) -> Facts:
        """The facts in the currency in which most was turned over."""
        return next(iter(self.facts.values()))


_SOURCE = "funnel of seeding: sent, delivered, posted, sold"
_ARRIVED = Figure("arrival_rate", "Arrived", "creators who got their parcel ÷ creators sent one", _SOURCE)
_SOLD = Figure("sale_rate", "Sold", "creators with orders after their post ÷ creators who posted", _SOURCE)
_OF_PARCELS = Figure(
    "post_rate",
    "Post rate",
    "parcels that led to a post ÷ parcels that arrived",
    "seeding guides (seedlane.app)",
)
_PARCELS_ARRIVED = Figure("arrival_rate", "Arrived", "parcels that arrived ÷ parcels sent", _SOURCE)
_PARCELS_SOLD = Figure(
    "sale_rate", "Sold", "parcels whose post was followed by orders ÷ parcels that led to a post", _SOURCE
)
_SENT = Figure("sent", "Sent to", "creators who were sent a parcel", _SOURCE)
_NO_POST = Figure(
    "no_post", "No post", "parcels that arrived and led to no post", "the “delivered, no post” board"
)
_LOST = Figure("lost", "Lost", "parcels that were lost", _SOURCE)
_PER_POST = Figure(
    "cost_per_parcel_post",
    "Cost per post from parcels",
    "(product cost + postage of these parcels) ÷ live posts that answer them",
    "an idea of seedlane.app; lost and unanswered parcels cost too, and posts without a parcel do not count",
)
_REVENUE = Figure(
    "revenue_after_posts",
    "Sold after posts",
    "goods ordered after the posts, less refunds",
    "an order counts for the post it names, else for the creator's newest one up to that day",
)


def arrival_rate(group: Group) -> Metric:
    """Creators who got their parcel ÷ creators who were sent one; lost and returned ones stay below."""
    steps = group.creators
    return _ARRIVED.rate(
        count("creators who got their parcel", steps.delivered),
        count("creators who were sent one", steps.sent),
        none="no parcel has left yet",
    )


def sale_rate(group: Group) -> Metric:
    """Creators with orders after their post ÷ creators who posted."""
    steps = group.creators
    return _SOLD.rate(
        count("creators with orders after their post", steps.sold),
        count("creators who posted", steps.posted),
        none="nobody has posted yet",
    )


def rates(group: Group, *, of_parcels: bool = False) -> tuple[Metric, Metric, Metric]:
    """Arrival, post and sale rate of a group; of its parcels where all belong to one creator."""
    if not of_parcels:
        return arrival_rate(group), post_rate(group.main), sale_rate(group)
    steps = group.parcels
    names = ("parcels sent", "parcels that arrived", "parcels that led to a post", "posts followed by orders")
    numbers = (steps.sent, steps.delivered, steps.posted, steps.sold)
    sent, arrived, posted, sold = (count(name, n) for name, n in zip(names, numbers, strict=True))
    return (
        _PARCELS_ARRIVED.rate(arrived, sent, none="no parcel has left yet"),
        _OF_PARCELS.rate(posted, arrived, none="no parcel has arrived yet"),
        _PARCELS_SOLD.rate(sold, posted, none="no parcel has led to a post yet"),
    )


def figures(group: Group) -> tuple[Metric, ...]:
    """The figures of a funnel that are shown above it; money in its main currency."""
    arrived, posted, sold = rates(group)
    facts = group.main
    sent, missing = count("creators", group.creators.sent), count("parcels", group.no_post)
    return (
        _SENT(Decimal(group.creators.sent), COUNT, sent, count("parcels that left", group.left)),
        arrived,
        posted,
        sold,
        _NO_POST(Decimal(group.no_post), COUNT, missing, count("given up on", group.ghosted)),
        _LOST(Decimal(group.lost), COUNT, count("parcels", group.lost), count("came back", group.returned)),
        cost_per_parcel_post(facts),
        revenue_after_posts(group),
    )


def cost_per_parcel_post(facts: Facts) -> Metric:
    """What the parcels of a group cost, lost and ghosted ones too ÷ the live posts that answer them.

    `facts` are those of a group; `metrics.cost_per_live_post` is of all live posts.
    """
    spent = money(
        "product cost and postage of these parcels", facts.product_cost + facts.postage, facts.currency
    )
    posts = count("live posts that answer them", facts.posts_live)
    return _PER_POST.ratio(spent, posts, facts.currency, none="no post answers these parcels yet")


def revenue_after_posts(group: Group) -> Metric:
    """Net revenue of the orders that are put down to the posts which answer these parcels."""
    facts = group.main
    worth = money("goods ordered", facts.revenue, facts.currency)
    back = money("refunds", facts.refunds, facts.currency)
    pieces, orders = count("pieces", group.units), count("orders", facts.orders)
    if worth.value is None or back.value is None:  # amounts are always known
        raise TypeError("an amount without a value")
    return _REVENUE(worth.value - back.value, facts.currency, worth, back, orders, pieces)
