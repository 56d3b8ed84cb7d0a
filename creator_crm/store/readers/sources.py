"""Where facts are added up from: which rows count, whose they are, when, and the money of an order in SQL.

The rules are those of `domain.metrics`; each expression says in SQL what a function there says of one row.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace
from typing import Any

from creator_crm.domain.metrics.program_facts import LEFT
from creator_crm.domain.scope import By, Scope


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

    def ordered(self, scope: Scope, index: str) -> str:
        """The tables, orders read in the order of an index where nothing narrows them down to a few."""
        if scope.campaign is not None or scope.creator is not None:
            return self.tables
        if scope.since is not None or scope.until is not None:
            index = "sums_order_when"
        return self.tables.replace('"order" o', f'"order" o INDEXED BY {index}', 1)

    def group(self, by: By) -> str:
        if not by:
            return "NULL"
        days = {"month": f"substr({self.day}, 1, 7)", "day": f"substr({self.day}, 1, 10)"}
        return days.get(by) or str(getattr(self, by))

    def sums(self, columns: str, scope: Scope, by: By, more: str = "") -> str:
        """SELECT part, currency, `more`, `columns`, grouped by all but `columns`."""
        keys = f"{self.group(by)} AS part, {self.currency} AS money{', ' if more else ''}{more}"
        count = 2 + bool(more)
        # By what is the same everywhere SQLite would sort all rows for nothing.
        constant = {1: not by, 2: self.currency.startswith("'")}
        groups = ", ".join(str(n) for n in range(1, count + 1) if not constant.get(n))
        of = f"SELECT {keys}, {columns} FROM {self.tables} WHERE {self.where(scope)}"
        return f"{of} GROUP BY {groups}" if groups else of


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


_CODE = "LEFT JOIN code c ON c.id = o.code AND c.deleted_at IS NULL"
ORDERS = Source(
    f'"order" o {_CODE}',
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


GROSS = f"({_CHARGED} + coalesce(o.discount, 0))"
REFUNDS = _back(GROSS)
NET = f"({GROSS} - {REFUNDS})"
SALES = (
    f"count(*), sum({GROSS}), sum({REFUNDS}), sum({_CHARGED}), "
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
OF_LINES = (
    f"sum(CASE WHEN l.commission_status = 'ineligible' THEN 0 ELSE {_COMMISSION} END), "
    f"sum({_GOODS}), sum(({_UNIT}) IS NULL)"
)

# A post of this parcel, or its creator's since that is of no other: each is found by an index of its own.
_POSTED = (
    "EXISTS (SELECT 1 FROM deliverable d WHERE +d.deleted_at IS NULL "
    "AND coalesce(d.status, '') <> 'cancelled' AND {})"
)
WITH_IT = "d.shipment = s.id AND +d.creator = s.creator AND d.live_on IS NOT NULL"
SINCE = (
    "d.creator = s.creator AND d.live_on >= s.delivered_on AND +d.shipment IS NULL "
    "AND (d.campaign IS NULL OR s.campaign IS NULL OR +d.campaign = s.campaign)"
)
_ANSWERED = f"{_POSTED.format(WITH_IT)} OR {_POSTED.format(SINCE)}"
REACHED = "(s.delivered_on IS NOT NULL AND NOT s.no_post_expected)"
MOVED = f"({REACHED} AND ({_ANSWERED}))"

# The post that an order is put down to: the one it names, else the creator's newest up to that day that is of
# no other campaign.
_COMPATIBLE = f"(d.campaign IS NULL OR {ORDERS.campaign} IS NULL OR +d.campaign = {ORDERS.campaign})"
POST_OF_ORDER = (
    f"coalesce(o.deliverable, (SELECT d.id FROM deliverable d WHERE d.creator = {ORDERS.creator} "
    f"AND {POSTS.living} AND d.live_on <= {ORDERS.day} AND {_COMPATIBLE} "
    "ORDER BY d.live_on DESC, d.id DESC LIMIT 1))"
)


def prepare(raw: sqlite3.Connection) -> None:
    """Give a connection what the sums call: exact parts of whole amounts, which SQL rounds otherwise."""
    raw.create_function("part_of", 3, _part_of, deterministic=True)


def _part_of(amount: int | None, part: int, whole: int) -> int | None:
    """amount x part / whole to the minor unit, halves to even."""
    if amount is None:
        return None
    quotient, rest = divmod(amount * part, whole)
    return quotient + (2 * rest > whole or (2 * rest == whole and quotient % 2))
