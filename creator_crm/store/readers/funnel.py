"""The seeding funnel as the database adds it up: parcels, the posts that answer them, the orders after those.

Which post answers a parcel is said in `sources`, as `domain.due.answers` says it of one parcel and one post.
An order counts once: for the parcel that its post names, else for the one that came last before the post.
"""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from creator_crm.domain.frozen import immutable
from creator_crm.domain.funnel import FunnelBy
from creator_crm.domain.scope import EVERYTHING, Part, Scope
from creator_crm.domain.tiers import Tier
from creator_crm.store.readers.sources import (
    GROSS,
    ORDERS,
    PARCELS,
    POST_OF_ORDER,
    POSTS,
    REACHED,
    REFUNDS,
    SINCE,
    WITH_IT,
    parameters,
    prepare,
)
from creator_crm.store.store import Store

WHOLE, GROUPS = 0, 1


class Counted(NamedTuple):
    """How many parcels of a group, and how many creators, came how far."""

    left: int
    lost: int
    returned: int
    creators_sent: int
    creators_delivered: int
    creators_posted: int
    parcels_sent: int
    parcels_delivered: int
    parcels_posted: int
    no_post: int
    ghosted: int


class Sold(NamedTuple):
    """What was ordered after the posts of a group in one currency, in minor units."""

    orders: int
    revenue: int
    refunds: int
    units: int


@immutable
class Sums:
    """Everything of the groups, by what they have in common.

    days: how often so many days passed between two steps, by step (0 sent to delivered, 1 delivered to
    posted, 2 posted to sold). cost: (goods, postage) by currency. sellers: (creators, parcels) that sold.
    """

    counted: dict[Part, Counted]
    posts: dict[Part, int]
    days: dict[tuple[Part, int], Counter[int]]
    cost: dict[Part, dict[str, tuple[int, int]]]
    sold: dict[Part, dict[str, Sold]]
    sellers: dict[Part, tuple[int, int]]


def sums(store: Store, scope: Scope, by: FunnelBy, tiers: Sequence[Tier]) -> dict[int, Sums]:
    """The sums of all parcels that left in `scope` (WHOLE), and apart by what `by` says (GROUPS).

    Three statements.
    """
    with store.read_raw() as raw:
        prepare(raw)
        return _Reading(raw, scope, by, tiers).read()


def sellers(store: Store, scope: Scope) -> int:
    """How many of the creators who posted for a parcel of `scope` sold something afterwards."""
    with store.read_raw() as raw:
        prepare(raw)
        return _Reading(raw, scope, "", ()).sellers()


def without_post(store: Store, scope: Scope, by: FunnelBy, part: Part, tiers: Sequence[Tier]) -> list[int]:
    """The parcels of one group that arrived and led to no post, the longest wait first."""
    with store.read_raw() as raw:
        prepare(raw)
        return _Reading(raw, scope, by, tiers).without_post(part)


def niches(store: Store) -> dict[str, str]:
    """How each niche is written, by its folded form."""
    with store.read_raw() as raw:
        return dict(
            raw.execute(
                f"SELECT {_NICHE}, min(trim(c.niche)) FROM creator c "
                "WHERE c.deleted_at IS NULL AND trim(c.niche) <> '' GROUP BY 1"
            )
        )


_NICHE = "nullif(lower(trim(c.niche)), '')"
_CREATOR = "LEFT JOIN creator c ON c.id = s.creator"
_GOODS = (
    "JOIN (SELECT DISTINCT shipment, product FROM shipment_item WHERE deleted_at IS NULL) g "
    "ON g.shipment = s.id"
)
_LIVING = "+d.deleted_at IS NULL AND coalesce(d.status, '') <> 'cancelled'"
_UNITS = (
    "(SELECT sum(max(0, coalesce(l.quantity, 0) - coalesce(l.returned, 0))) FROM order_line l "
    'WHERE l."order" = o.id AND +l.deleted_at IS NULL)'
)
# Of several parcels before a post that names none, the one that came last is its own.
_PARCEL_OF_POST = (
    "coalesce(d.shipment, (SELECT p.id FROM shipment p WHERE p.creator = d.creator AND p.deleted_at IS NULL "
    "AND +p.delivered_on <= d.live_on "
    "AND (d.campaign IS NULL OR p.campaign IS NULL OR p.campaign = d.campaign) "
    "ORDER BY +p.delivered_on DESC, p.id DESC LIMIT 1))"
)
_POSTED = "s.reached AND f.posted_on IS NOT NULL"
_UNANSWERED = "s.reached AND f.posted_on IS NULL"
_GHOSTED = f"{_UNANSWERED} AND s.ghosted_on IS NOT NULL"


class _Reading:
    """The statements for one scope, each run once."""

    def __init__(self, raw: sqlite3.Connection, scope: Scope, by: FunnelBy, tiers: Sequence[Tier]) -> None:
        self.raw, self.scope, self.values = raw, scope, parameters(scope)
        # A parcel may hold several products; whatever else there is it has one of.
        self.part, join = ("g.product", _GOODS) if by == "product" else ("s.part", "")
        self.parcels = f"parcel s {join}"
        groups = [(GROUPS, self.part, self.parcels)] if by else []
        self.views = [(WHOLE, "NULL", "parcel s"), *groups]
        self.own_part, self.own_join = {
            "campaign": ("s.campaign", ""),
            "creator": ("s.creator", ""),
            "niche": (_NICHE, _CREATOR),
            "tier": (_tier(tiers), _CREATOR),
        }.get(by, ("NULL", ""))

    def read(self) -> dict[int, Sums]:
        """The sums of the whole (WHOLE) and, where `by` says what, those of the groups (GROUPS)."""
        made = {
            view: Sums({}, {}, defaultdict(Counter), defaultdict(dict), defaultdict(dict), {})
            for view, _, _ in self.views
        }
        for what, view, part, *numbers in self._steps():
            if what == "counted":
                made[view].counted[part] = Counted(*numbers)
            elif what == "posts":
                made[view].posts[part] = numbers[0]
            else:
                made[view].days[part, int(what)][max(0, numbers[0])] += numbers[1]
        for what, view, part, money, *numbers in self._sales():
            if what == "sold":
                made[view].sold[part][money] = Sold(*numbers)
            elif what == "sellers":
                made[view].sellers[part] = (numbers[0], numbers[1])
            else:
                made[view].days[part, 2][numbers[0]] += numbers[1]
        for view, part, money, goods, postage in self._cost():
            made[view].cost[part][money] = (goods, postage)
        return made

    def without_post(self, part: Part) -> list[int]:
        found: Iterable[tuple[int]] = self.raw.execute(
            f"{self._with_answers()} SELECT s.id FROM {self.parcels} "
            f"LEFT JOIN first f ON f.parcel = s.id WHERE {_UNANSWERED} AND {self.part} IS :part "
            "ORDER BY s.delivered_on, s.id",
            {**self.values, "part": part},
        )
        return [number for (number,) in found]

    def sellers(self) -> int:
        """How many creators sold something after a post that answers one of the parcels."""
        ((count,),) = self.raw.execute(
            f"{self._with_sales(self._with_parcels(), '0')} SELECT count(DISTINCT s.creator) "
            "FROM parcel s JOIN sale b ON b.parcel = s.id AND s.reached",
            self.values,
        )
        return int(count)

    # Inside ----------------------------------------------------------------------------------------

    def _each(self, *selects: str) -> str:
        """These statements for the whole and for the groups, as one: what they share is worked out once."""
        return " UNION ALL ".join(
            select.format(view=view, part=part, parcels=parcels)
            for view, part, parcels in self.views
            for select in selects
        )

    def _steps(self) -> Iterator[tuple[Any, ...]]:
        """("counted", view, part, *Counted), ("posts", …, count), ("0" or "1", …, days, parcels)."""
        people = ", ".join(
            f"count(DISTINCT CASE WHEN {step} THEN s.creator END)"
            for step in ("NOT s.no_post_expected", "s.reached", _POSTED)
        )
        counts = ", ".join(
            f"total({step})"
            for step in ("NOT s.no_post_expected", "s.reached", _POSTED, _UNANSWERED, _GHOSTED)
        )
        ends = "total(s.status = 'lost'), total(s.status = 'returned')"
        way = "julianday(s.delivered_on) - julianday(s.shipped_on) AS days"
        wait = "julianday(f.posted_on) - julianday(s.delivered_on) AS days"
        blank = ", ".join(["0"] * (len(Counted._fields) - 2))
        of = "FROM {parcels} LEFT JOIN first f ON f.parcel = s.id"
        each = self._each(
            f"SELECT 'counted', {{view}}, {{part}}, count(*), {ends}, {people}, {counts} {of} GROUP BY 3",
            f"SELECT 'posts', {{view}}, {{part}}, count(DISTINCT a.post), 0, {blank} "
            "FROM {parcels} JOIN answer a ON a.parcel = s.id GROUP BY 3",
            f"SELECT '0', {{view}}, {{part}}, {way}, count(*), {blank} {of} "
            "WHERE s.reached AND days IS NOT NULL GROUP BY 3, 4",
            f"SELECT '1', {{view}}, {{part}}, {wait}, count(*), {blank} {of} "
            f"WHERE {_POSTED} AND days IS NOT NULL GROUP BY 3, 4",
        )
        for row in self.raw.execute(f"{self._with_answers()} {each}", self.values):
            yield (*row[:3], *(int(n) for n in row[3:]))

    def _sales(self) -> Iterator[tuple[Any, ...]]:
        """("sold", view, part, money, *Sold), ("sellers", …, "", people, parcels), ("2", …, "", days, n)."""
        of = "FROM {parcels} JOIN sale b ON b.parcel = s.id AND s.reached"
        first = (
            "SELECT b.parcel, min(b.day) AS day, f.posted_on FROM sale b JOIN first f ON f.parcel = b.parcel "
            "GROUP BY 1"
        )
        each = self._each(
            "SELECT 'sold', {view}, {part}, b.money, sum(b.orders), sum(b.gross), sum(b.back), "
            f"coalesce(sum(b.units), 0) {of} GROUP BY 3, 4",
            "SELECT 'sellers', {view}, {part}, '', count(DISTINCT s.creator), "
            f"count(DISTINCT s.id), 0, 0 {of} GROUP BY 3",
            "SELECT '2', {view}, {part}, '', "
            "max(0, CAST(julianday(b.day) - julianday(b.posted_on) AS INTEGER)) AS days, count(*), 0, 0 "
            f"FROM {{parcels}} JOIN ({first}) b ON b.parcel = s.id AND s.reached GROUP BY 3, 5",
        )
        sales = self._with_sales(self._with_answers(), _UNITS)
        yield from self.raw.execute(f"{sales} {each}", self.values)

    def _cost(self) -> Iterator[tuple[Any, ...]]:
        """(view, part, money, goods, postage): what whole parcels held and cost to send."""
        pieces = "sum(coalesce(i.unit_cost, 0) * coalesce(i.quantity, 0))"
        each = self._each(
            "SELECT {view} AS view, {part} AS part, s.money AS money, 0 AS goods, sum(s.postage) AS postage "
            "FROM {parcels} GROUP BY 2, 3",
            f"SELECT {{view}}, {{part}}, coalesce(i.currency, s.money), {pieces}, 0 "
            "FROM {parcels} JOIN shipment_item i ON i.shipment = s.id AND i.deleted_at IS NULL "
            "WHERE s.status <> 'returned' GROUP BY 2, 3",
        )
        sums = f"SELECT view, part, money, sum(goods), sum(postage) FROM ({each}) GROUP BY 1, 2, 3"
        yield from self.raw.execute(f"{self._with_parcels()} {sums}", self.values)

    def _with_parcels(self) -> str:
        return (
            f"WITH parcel AS MATERIALIZED (SELECT {self.own_part} AS part, s.id, s.creator, s.campaign, "
            "s.status, s.shipped_on, s.delivered_on, s.ghosted_on, s.no_post_expected, "
            f"{REACHED} AS reached, {PARCELS.currency} AS money, "
            "coalesce(s.postage, 0) + coalesce(s.duties, 0) AS postage "
            f"FROM {PARCELS.tables} {self.own_join} WHERE {PARCELS.where(self.scope)})"
        )

    def _with_sales(self, parcels: str, units: str) -> str:
        # With a limit SQLite looks the post up once an order, not again for each comparison of groups.
        orders = (
            f"SELECT {POST_OF_ORDER} AS post, {ORDERS.currency} AS money, {GROSS} AS gross, "
            f"{REFUNDS} AS back, {ORDERS.day} AS day, {units} AS units "
            f"FROM {ORDERS.ordered(EVERYTHING, 'sums_order_whose')} WHERE {ORDERS.living} "
            f"AND {ORDERS.creator} IN (SELECT creator FROM parcel) LIMIT -1"
        )
        return (
            f"{parcels}, bought AS MATERIALIZED (SELECT post, money, count(*) AS orders, "
            f"sum(gross) AS gross, sum(back) AS back, sum(units) AS units, min(day) AS day FROM ({orders}) "
            "WHERE post IS NOT NULL GROUP BY 1, 2), "
            f"sale AS MATERIALIZED (SELECT {_PARCEL_OF_POST} AS parcel, b.* FROM bought b "
            f"JOIN deliverable d ON d.id = b.post WHERE {POSTS.living})"
        )

    def _with_answers(self) -> str:
        posts = "SELECT s.id AS parcel, d.id AS post, d.live_on FROM parcel s CROSS JOIN deliverable d"
        return (
            f"{self._with_parcels()}, answer AS MATERIALIZED ({posts} WHERE {WITH_IT} AND {_LIVING} "
            f"UNION ALL {posts} WHERE {SINCE} AND {_LIVING}), "
            "first AS MATERIALIZED (SELECT parcel, min(live_on) AS posted_on FROM answer GROUP BY 1)"
        )


def _tier(tiers: Sequence[Tier]) -> str:
    """The name of the highest tier that a creator reaches; names are the user's own, so they are quoted."""
    steps = " ".join(
        f"WHEN c.followers >= {int(tier.least)} THEN {_text(tier.name)}"
        for tier in sorted(tiers, key=lambda tier: -tier.least)
    )
    return f"CASE {steps} END" if steps else "NULL"


def _text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
