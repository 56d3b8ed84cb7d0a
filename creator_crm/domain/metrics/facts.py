"""What metrics are worked out from: counts, and money in whole minor units of one currency."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import field
from operator import attrgetter
from types import MappingProxyType
from typing import Any

from creator_crm.domain.frozen import frozen

Known = int | None
"""A count that may not have been measured: None is unknown, 0 is none."""


@frozen
class Facts:
    """The facts of a creator, campaign, product, post or period; facts of parts add up to those of the whole.

    Money is in minor units of `currency`. `revenue` and `refunds` are goods before discounts and without
    postage, `charged` is what buyers paid for them; `goods_cost` is what the goods that stayed sold cost you.
    """

    currency: str = "EUR"

    fees: int = 0
    production: int = 0
    product_cost: int = 0  # of everything sent, lost parcels too
    postage: int = 0  # of every parcel, duties too, lost ones too
    commission: int = 0
    discounts: int = 0
    ads: int = 0
    tools: int = 0

    revenue: int = 0
    refunds: int = 0
    charged: int = 0
    goods_cost: Known = None
    orders: int = 0
    customers: Known = None
    new_customers: Known = None
    repeat_customers: Known = None
    revenue_by_creator: Mapping[int, int] = field(default_factory=lambda: MappingProxyType({}))

    clicks: Known = None
    views: Known = None
    likes: Known = None
    comments: Known = None
    shares: Known = None
    saves: Known = None

    parcels: int = 0
    creators_delivered: int = 0
    creators_posted: int = 0  # of those delivered
    posts_live: int = 0
    posts_due: int = 0  # whose due date has passed or that are live
    posts_on_time: int = 0
    angles: frozenset[tuple[str, str]] = frozenset()  # (hook, format) of live posts

    def __post_init__(self) -> None:
        # By their kinds, all at once: there are facts of every creator.
        kinds = {*map(type, _values(self)), *map(type, self.revenue_by_creator.values())}
        if any(issubclass(kind, float) for kind in kinds):
            floats = (n for n, v in zip(_NAMES, _values(self), strict=True) if isinstance(v, float))
            name = next(floats, "revenue_by_creator")
            raise TypeError(f"{name} is counted in whole numbers, never in floats: {getattr(self, name)!r}")

    @property
    def net_revenue(self) -> int:
        """Revenue less refunds."""
        return self.revenue - self.refunds

    @property
    def landed_cost(self) -> int:
        """Everything that was spent to get the posts and the orders, the cost of the goods sold apart."""
        return sum((self.fees, self.production, self.product_cost, self.postage)) + sum(
            (self.commission, self.discounts, self.ads, self.tools)
        )

    @property
    def sold_goods_cost(self) -> Known:
        """What the goods sold cost you: nothing when nothing was sold, None when it is not known."""
        return 0 if self.goods_cost is None and self.orders == 0 else self.goods_cost

    @property
    def profit(self) -> Known:
        """What is left of the net revenue after the goods sold and the landed cost, as far as it is known."""
        goods_cost = self.sold_goods_cost
        return None if goods_cost is None else self.net_revenue - goods_cost - self.landed_cost

    @property
    def engagements(self) -> Known:
        """Likes, comments, shares and saves together, as far as they were measured."""
        measured = [n for n in (self.likes, self.comments, self.shares, self.saves) if n is not None]
        return sum(measured) if measured else None

    def __add__(self, other: Facts) -> Facts:
        """The facts of both together, as long as they share no buyer, creator or parcel."""
        if self.currency != other.currency:
            raise ValueError(f"amounts in {self.currency} and {other.currency} cannot be added")
        both = {f.name: _added(f.name, self, other) for f in dataclasses.fields(self)}
        return Facts(**both)


_NAMES = tuple(f.name for f in dataclasses.fields(Facts))
_values = attrgetter(*_NAMES)
_MEASURED = frozenset({"clicks", "views", "likes", "comments", "shares", "saves"})


def _added(name: str, one: Facts, other: Facts) -> Any:
    a, b = getattr(one, name), getattr(other, name)
    if name == "currency":
        return a
    if name == "angles":
        return a | b
    if name == "revenue_by_creator":
        return MappingProxyType({key: a.get(key, 0) + b.get(key, 0) for key in {**a, **b}})
    if a is None or b is None:
        # Unmeasured posts are left out; an unknown cost or buyer makes the whole unknown if it sold.
        if name in _MEASURED:
            return b if a is None else a
        if a is b is None or not (_is_sure(a, one) and _is_sure(b, other)):
            return None
        return (a or 0) + (b or 0)
    return a + b


def _is_sure(value: Known, facts: Facts) -> bool:
    return value is not None or facts.orders == 0


def total(facts: Iterable[Facts]) -> Facts:
    """All the facts together; they must share one currency. No facts at all are empty ones."""
    every = list(facts)
    if not every:
        return Facts()
    whole = every[0]
    for more in every[1:]:
        whole = whole + more
    return whole


def by_currency(facts: Iterable[Facts]) -> Mapping[str, Facts]:
    """The facts of each currency together: amounts of several currencies are never added up."""
    groups: dict[str, Facts] = {}
    for one in facts:
        groups[one.currency] = groups[one.currency] + one if one.currency in groups else one
    return groups
