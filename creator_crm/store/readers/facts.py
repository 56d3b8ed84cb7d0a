"""The facts that metrics are worked out from, added up by the database in a handful of statements.

The rules are those of `domain.metrics`: its `sales_facts`, `parcel_facts` and `post_facts` say the same row
by row, and tests hold both against each other to the cent. Orders count here when they came through the
program: a creator or a campaign is named on them, or on the code that was used.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any, Literal

from creator_crm.domain.metrics import Facts
from creator_crm.domain.metrics.program_facts import LEFT
from creator_crm.store.store import Store

By = Literal["", "creator", "campaign", "month", "day"]
Part = int | str | None
"""What a group is called: a creator's or campaign's number, "2026-11", "2026-11-22"; None for all or none."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Which part of the program is looked at: one campaign, one creator, the days from `since` to `until`."""

    campaign: int | None = None
    creator: int | None = None
    since: str | None = None
    until: str | None = None


EVERYTHING = Scope()


@dataclass(frozen=True, slots=True)
class Source:
    """Rows that facts are added up from, and the expressions that say whose, when and in which money."""

    tables: str
    living: str
    day: str
    creator: str
    campaign: str
    currency: str = "'EUR'"
    by_code: bool = False  # creator and campaign may stand on the order's code

    def where(self, scope: Scope) -> str:
        """The condition for the rows of `scope`, for named parameters (see `parameters`)."""
        parts = [self.living]
        for name in ("campaign", "creator"):
            if getattr(scope, name) is not None:
                parts.append(self._of(name, getattr(self, name)))
        if scope.since is not None:
            parts.append(f"{self.day} >= :since")
        if scope.until is not None:
            parts.append(f"{self.day} <= :until")
        return " AND ".join(parts)

    def _of(self, name: str, column: str) -> str:
        if not self.by_code:
            return f"{column} = :{name}"
        # The same as coalesce(o.name, c.name) = :name, in a form that finds its rows by two indexes.
        codes = f"SELECT id FROM code WHERE {name} = :{name} AND deleted_at IS NULL"
        return f"(o.{name} = :{name} OR (+o.{name} IS NULL AND o.code IN ({codes})))"

    def group(self, by: By) -> str:
        if not by:
            return "NULL"
        days = {"month": f"substr({self.day}, 1, 7)", "day": f"substr({self.day}, 1, 10)"}
        return days.get(by) or str(getattr(self, by))

    def sums(self, columns: str, scope: Scope, by: By, more: str = "") -> str:
        """SELECT part, currency, `more`, `columns`, grouped by all but `columns`."""
        keys = f"{self.group(by)} AS part, {self.currency} AS money{', ' if more else ''}{more}"
        count = 2 + bool(more)
        groups = ", ".join(str(n + 1) for n in range(count))
        return f"SELECT {keys}, {columns} FROM {self.tables} WHERE {self.where(scope)} GROUP BY {groups}"


def parameters(scope: Scope) -> dict[str, Any]:
    """What the named parameters of `Source.where` stand for."""
    return {
        "campaign": scope.campaign,
        "creator": scope.creator,
        "since": scope.since,
        "until": scope.until,
    }


def _first_day(alias: str, *names: str) -> str:
    """The first of the days that is known; a row always has the day it was entered on."""
    days = ", ".join(f"{alias}.{name}" for name in names)
    return f"coalesce({days}, substr({alias}.created_at, 1, 10))"


ORDERS = Source(
    '"order" o LEFT JOIN code c ON c.id = o.code AND c.deleted_at IS NULL',
    "+o.deleted_at IS NULL AND NOT o.is_sample AND coalesce(o.status, '') NOT IN ('unpaid', 'cancelled') AND "
    "coalesce(o.creator, o.campaign, c.creator, c.campaign) IS NOT NULL",
    day="coalesce(o.ordered_on, substr(o.ordered_at, 1, 10), substr(o.created_at, 1, 10))",
    creator="coalesce(o.creator, c.creator)",
    campaign="coalesce(o.campaign, c.campaign)",
    currency="coalesce(o.currency, 'EUR')",
    by_code=True,
)
LINES = replace(
    ORDERS,
    tables=f'{ORDERS.tables} JOIN order_line l ON l."order" = o.id LEFT JOIN product p ON p.id = l.product',
    living=f"{ORDERS.living} AND +l.deleted_at IS NULL",
)
_LEFT = ", ".join(f"'{status}'" for status in sorted(LEFT))
PARCELS = Source(
    "shipment s",
    f"s.deleted_at IS NULL AND s.status IN ({_LEFT})",
    _first_day("s", "shipped_on", "delivered_on", "lost_on", "returned_on"),
    "s.creator",
    "s.campaign",
    "coalesce(s.currency, 'EUR')",
)
ITEMS = replace(
    PARCELS,
    tables="shipment s JOIN shipment_item i ON i.shipment = s.id",
    living=f"{PARCELS.living} AND s.status <> 'returned' AND i.deleted_at IS NULL",
    currency="coalesce(i.currency, s.currency, 'EUR')",
)
POSTS = Source(
    "deliverable d",
    "d.deleted_at IS NULL AND coalesce(d.status, '') <> 'cancelled'",
    _first_day("d", "live_on", "due_on"),
    "d.creator",
    "d.campaign",
)
LIVE = "(coalesce(d.status, '') = 'live' OR d.live_on IS NOT NULL)"
PAYMENTS = Source(
    "payment y LEFT JOIN deliverable d ON d.id = y.deliverable",
    "y.deleted_at IS NULL AND coalesce(y.status, '') <> 'cancelled'",
    _first_day("y", "paid_on", "due_on"),
    "coalesce(y.creator, d.creator)",
    "coalesce(y.campaign, d.campaign)",
    "coalesce(y.currency, 'EUR')",
)
ADS = Source(
    "ad_spend a LEFT JOIN deliverable d ON d.id = a.deliverable",
    "a.deleted_at IS NULL",
    _first_day("a", "spent_on"),
    "coalesce(a.creator, d.creator)",
    "coalesce(a.campaign, d.campaign)",
    "coalesce(a.currency, 'EUR')",
)

# Fees: what was agreed for a collaboration, else for its pieces; billed when that is more (`agreed_fee`).
_PROMISED = "('agreed', 'active', 'finished')"
_FEES = f"""(
    SELECT creator, campaign, money, max(coalesce(sum(agreed), sum(piece)), sum(billed)) AS fee,
        coalesce(min(agreed_on), min(day)) AS day
    FROM (
        SELECT k.creator, k.campaign, coalesce(k.currency, 'EUR') AS money, k.fee AS agreed, 0 AS piece,
            0 AS billed, k.agreed_on, substr(k.created_at, 1, 10) AS day
        FROM collaboration k
        WHERE k.deleted_at IS NULL AND k.fee IS NOT NULL AND k.status IN {_PROMISED}
        UNION ALL
        SELECT d.creator, d.campaign, coalesce(d.currency, 'EUR'), NULL, d.fee, 0, NULL, {POSTS.day}
        FROM deliverable d WHERE {POSTS.living} AND d.fee IS NOT NULL
        UNION ALL
        SELECT {PAYMENTS.creator}, {PAYMENTS.campaign}, {PAYMENTS.currency}, NULL, 0, y.amount, NULL,
            {PAYMENTS.day}
        FROM {PAYMENTS.tables} WHERE {PAYMENTS.living} AND y.kind = 'fee'
    )
    GROUP BY creator, campaign, money
) f"""
FEES = Source(_FEES, "f.fee <> 0", "f.day", "f.creator", "f.campaign", "f.money")

_PAID_FOR: Mapping[str, str] = MappingProxyType(
    {"commission": "commission", "bonus": "commission", "tools": "tools"}
)  # every other kind but fees is a cost of production

# The money of an order, as `domain.metrics.sales.sale` reckons it.
_CHARGED = "coalesce(o.subtotal, max(0, coalesce(o.total, 0) - coalesce(o.shipping, 0) - coalesce(o.tax, 0)))"
_PAID = f"coalesce(o.total, {_CHARGED})"


def _split(whole: str, kept: str, part: str) -> str:
    """`whole` for an order wholly refunded, `kept` for one not at all, `part` for the others."""
    return (
        f"CASE WHEN o.refunded IS NULL THEN CASE WHEN o.status = 'refunded' THEN {whole} ELSE {kept} END "
        f"WHEN o.refunded <= 0 OR {_PAID} <= 0 THEN {kept} "
        f"WHEN o.refunded >= {_PAID} THEN {whole} ELSE {part} END"
    )


def _back(amount: str) -> str:
    """The part of `amount` that a refund took back."""
    return _split(amount, "0", f"part_of({amount}, o.refunded, {_PAID})")


_GROSS = f"({_CHARGED} + coalesce(o.discount, 0))"
REFUNDS = _back(_GROSS)
NET = f"({_GROSS} - {REFUNDS})"
_SALES = (
    f"count(*), sum({_GROSS}), sum({REFUNDS}), sum({_CHARGED}), "
    f"sum(coalesce(o.discount, 0) - {_back('coalesce(o.discount, 0)')}), sum(coalesce(o.lines, 0) = 0)"
)

_COMMISSION = " + ".join(
    f"CASE WHEN l.{fact} IS NOT NULL AND (l.{fact} > 0 OR l.commission_status = 'settled') "
    f"THEN l.{fact} ELSE coalesce(l.{guess}, 0) END"
    for guess, fact in (
        ("commission_estimated", "commission_actual"),
        ("ads_commission_estimated", "ads_commission_actual"),
        ("bonus_estimated", "bonus_actual"),
    )
)
_UNIT = "CASE WHEN coalesce(p.currency, 'EUR') = coalesce(o.currency, 'EUR') THEN p.cost END"
_PIECES = f"({_UNIT}) * coalesce(l.quantity, 0)"
_GOODS = (
    f"CASE WHEN l.returned IS NOT NULL THEN ({_UNIT}) * max(0, coalesce(l.quantity, 0) - l.returned) "
    f"ELSE {_split('0 * p.cost', _PIECES, f'part_of({_PIECES}, {_PAID} - o.refunded, {_PAID})')} END"
)
_OF_LINES = (
    f"sum(CASE WHEN l.commission_status = 'ineligible' THEN 0 ELSE {_COMMISSION} END), "
    f"sum({_GOODS}), sum(({_UNIT}) IS NULL)"
)

_ANSWERED = (
    "EXISTS (SELECT 1 FROM deliverable d WHERE d.creator = s.creator AND d.deleted_at IS NULL "
    "AND d.live_on IS NOT NULL AND coalesce(d.status, '') <> 'cancelled' AND (d.shipment = s.id OR "
    "(d.shipment IS NULL AND d.live_on >= s.delivered_on "
    "AND (d.campaign IS NULL OR s.campaign IS NULL OR d.campaign = s.campaign))))"
)
REACHED = "(s.delivered_on IS NOT NULL AND NOT s.no_post_expected)"
MOVED = f"({REACHED} AND {_ANSWERED})"


def prepare(raw: sqlite3.Connection) -> None:
    """Give a connection what the sums call: exact parts of whole amounts, which SQL rounds otherwise."""
    raw.create_function("part_of", 3, _part_of, deterministic=True)


def _part_of(amount: int | None, part: int, whole: int) -> int | None:
    """amount x part / whole to the minor unit, halves to even."""
    if amount is None:
        return None
    quotient, rest = divmod(amount * part, whole)
    return quotient + (2 * rest > whole or (2 * rest == whole and quotient % 2))


def facts(
    store: Store,
    scope: Scope = EVERYTHING,
    by: By = "",
    *,
    today: str | None = None,
    buyers: bool = True,
) -> dict[Part, dict[str, Facts]]:
    """The facts of `scope`, apart for each creator, campaign, month or day, by currency, the main one first.

    Posts count in the main currency of their part: that in which most was turned over. Without `buyers`, who
    bought stays unknown, which spares the longest statement. Every part of a day, month or campaign adds up
    to the whole, buyers and creators reached apart: they may be in several.
    """
    with store.read_raw() as raw:
        prepare(raw)
        reading = _Reading(raw, scope, by, today or date.today().isoformat())
        found = _Sums()
        reading.sales(found)
        if buyers:
            reading.buyers(found)
        reading.costs(found)
        reading.parcels(found)
        return found.with_posts(reading.posts(), reading.usual_currency(), whole=not by)


class _Sums:
    """Sums by part and currency, under the names of the fields of Facts."""

    def __init__(self) -> None:
        self._of: dict[tuple[Part, str], dict[str, Any]] = defaultdict(dict)

    def __getitem__(self, key: tuple[Part, str]) -> dict[str, Any]:
        return self._of[key]

    def add(self, part: Part, currency: str, **amounts: int | None) -> None:
        held = self._of[part, currency]
        for name, amount in amounts.items():
            held[name] = held.get(name, 0) + (amount or 0)

    def with_posts(
        self, posts: Mapping[Part, Mapping[str, Any]], usual: str, *, whole: bool
    ) -> dict[Part, dict[str, Facts]]:
        made: dict[Part, dict[str, Facts]] = defaultdict(dict)
        for (part, currency), values in self._of.items():
            made[part][currency] = Facts(currency=currency, **values)
        for part in {*made, *posts, *([None] if whole else [])}:
            ordered = sorted(made[part].values(), key=_turnover)
            main = ordered[0] if ordered else Facts(currency=usual)
            main = replace(main, **posts.get(part, {}))
            made[part] = {one.currency: one for one in (main, *ordered[1:])}
        return dict(made)


def _turnover(facts: Facts) -> tuple[int, str]:
    return -(facts.landed_cost + facts.revenue), facts.currency


class _Reading:
    """The statements for one scope, each run once."""

    def __init__(self, raw: sqlite3.Connection, scope: Scope, by: By, today: str) -> None:
        self.raw, self.scope, self.by = raw, scope, by
        self.values = {**parameters(scope), "today": today}

    def _run(self, source: Source, columns: str, more: str = "") -> Iterable[tuple[Any, ...]]:
        return self.raw.execute(source.sums(columns, self.scope, self.by, more), self.values)

    def sales(self, found: _Sums) -> None:
        """Revenue, refunds, discounts and orders; what the goods cost and the commission on them."""
        bare: set[tuple[Part, str]] = set()
        for part, money, creator, orders, gross, back, charged, discount, no_lines in self._run(
            ORDERS, _SALES, f"{ORDERS.creator} AS whose"
        ):
            found.add(
                part,
                money,
                orders=orders,
                revenue=gross,
                refunds=back,
                charged=charged,
                discounts=discount,
                goods_cost=0,
            )
            if creator is not None:
                by_creator = found[part, money].setdefault("revenue_by_creator", {})
                by_creator[creator] = by_creator.get(creator, 0) + gross - back
            if no_lines:
                bare.add((part, money))
        for part, money, commission, goods, unknown in self._run(LINES, _OF_LINES):
            found.add(part, money, commission=commission, goods_cost=goods)
            if unknown:
                bare.add((part, money))
        for key in bare:
            found[key]["goods_cost"] = None

    def buyers(self, found: _Sums) -> None:
        """Who bought, how often, and for the first time: known only if every order tells."""
        inner = ORDERS.sums(
            "count(*) AS orders, sum(o.customer = 'new') AS new, sum(o.customer IS NULL) AS unsorted",
            self.scope,
            self.by,
            "o.customer_key AS buyer",
        )
        for part, money, customers, repeated, new, anonymous, unsorted in self.raw.execute(
            "SELECT part, money, count(buyer), sum(buyer IS NOT NULL AND orders > 1), "
            "sum(CASE WHEN buyer IS NULL THEN new ELSE new > 0 END), sum(buyer IS NULL), sum(unsorted) "
            f"FROM ({inner}) GROUP BY 1, 2",
            self.values,
        ):
            found[part, money].update(
                customers=None if anonymous else customers,
                repeat_customers=None if anonymous else repeated,
                new_customers=None if unsorted else new,
            )

    def costs(self, found: _Sums) -> None:
        """Fees, ads, and what else was billed; due or paid, a cost is a cost."""
        for part, money, fees in self._run(FEES, "sum(f.fee)"):
            found.add(part, money, fees=fees)
        for part, money, amount in self._run(ADS, "sum(a.amount)"):
            found.add(part, money, ads=amount)
        for part, money, kind, amount in self._run(PAYMENTS, "sum(y.amount)", "y.kind AS kind"):
            if kind != "fee":
                found.add(part, money, **{_PAID_FOR.get(kind, "production"): amount})

    def parcels(self, found: _Sums) -> None:
        """What was sent, what that cost, and how many creators it reached and moved to post."""
        columns = (
            "count(*), sum(coalesce(s.postage, 0) + coalesce(s.duties, 0)), "
            f"count(DISTINCT CASE WHEN {REACHED} THEN s.creator END), "
            f"count(DISTINCT CASE WHEN {MOVED} THEN s.creator END)"
        )
        for part, money, count, postage, reached, moved in self._run(PARCELS, columns):
            found.add(
                part, money, parcels=count, postage=postage, creators_delivered=reached, creators_posted=moved
            )
        for part, money, goods in self._run(ITEMS, "sum(coalesce(i.unit_cost, 0) * coalesce(i.quantity, 0))"):
            found.add(part, money, product_cost=goods)

    def posts(self) -> dict[Part, dict[str, Any]]:
        """What posts reached by their latest figures, and how many were on time."""
        missed = f"(NOT {LIVE} AND d.due_on < :today)"
        on_time = f"({LIVE} AND (d.due_on IS NULL OR coalesce(d.live_on, d.due_on) <= d.due_on))"
        measured = ("views", "likes", "comments", "shares", "saves")
        columns = f"sum({LIVE}), sum({LIVE} OR coalesce({missed}, 0)), sum({on_time}), " + ", ".join(
            f"sum(CASE WHEN {LIVE} THEN d.{name} END)" for name in measured
        )
        names = ("posts_live", "posts_due", "posts_on_time", *measured)
        found = {part: dict(zip(names, sums, strict=True)) for part, _, *sums in self._run(POSTS, columns)}
        for part, clicks in self._clicks():
            found[part]["clicks"] = clicks
        angles = f"SELECT DISTINCT {POSTS.group(self.by)}, d.hook, d.format FROM deliverable d WHERE "
        for part, hook, form in self.raw.execute(
            f"{angles} {POSTS.where(self.scope)} AND {LIVE}", self.values
        ):
            pair = ((hook or "").casefold(), form or "")
            found[part]["angles"] = found[part].get("angles", frozenset()) | {pair}
        return found

    def _clicks(self) -> Iterator[tuple[Part, int]]:
        """Of each live post, the clicks in its latest snapshot that has any."""
        latest = (
            "(SELECT deliverable, clicks, max(measured_on) FROM post_metrics "
            "WHERE clicks IS NOT NULL AND deleted_at IS NULL GROUP BY deliverable) m"
        )
        measured = replace(POSTS, tables=f"deliverable d JOIN {latest} ON m.deliverable = d.id")
        for part, _, clicks in self._run(
            replace(measured, living=f"{POSTS.living} AND {LIVE}"), "sum(m.clicks)"
        ):
            yield part, clicks

    def usual_currency(self) -> str:
        """The currency of the campaign, or of most campaigns: in it nothing is counted as nothing."""
        found = self.raw.execute(
            "SELECT currency FROM campaign WHERE deleted_at IS NULL AND currency IS NOT NULL "
            "AND (:campaign IS NULL OR id = :campaign) GROUP BY currency ORDER BY count(*) DESC, currency",
            self.values,
        ).fetchone()
        return str(found[0]) if found else "EUR"
