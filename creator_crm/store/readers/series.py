"""What the lists and charts of results show beside the facts: codes, money owed, posts, the funnel."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from creator_crm.domain.scope import EVERYTHING, Scope
from creator_crm.store.readers.sources import (
    LIVE,
    NET,
    ORDERS,
    PARCELS,
    PAYMENTS,
    POST_OF_ORDER,
    POSTS,
    parameters,
    prepare,
)
from creator_crm.store.store import Store


@dataclass(frozen=True, slots=True)
class CodeResult:
    """What one code brought in one currency: net revenue and the discounts given, in minor units."""

    code: int
    currency: str
    orders: int = 0
    revenue: int = 0
    discount: int = 0


@dataclass(frozen=True, slots=True)
class Owed:
    """Payments of one currency in minor units; what is overdue is not in `due` as well."""

    due: int = 0
    overdue: int = 0
    paid: int = 0


class PostReach(NamedTuple):
    """A live post that was measured: how far it was seen and how many orders it brought."""

    post: int
    creator: int
    views: int
    orders: int


def codes(store: Store, scope: Scope = EVERYTHING) -> list[CodeResult]:
    """The codes of the scope with the sales in which they were used, the strongest first."""
    # Also codes of nobody in particular: what a general discount sold is seen, though it is in no facts.
    used = replace(ORDERS, living=ORDERS.living.rpartition(" AND ")[0])
    sums = f"count(*) AS orders, sum({NET}) AS net, sum(coalesce(o.discount, 0)) AS discount"
    inside = " AND ".join(
        f"k.{name} = :{name}" for name in ("campaign", "creator") if getattr(scope, name) is not None
    )
    sales = used.sums(sums, replace(scope, campaign=None, creator=None), "", "o.code AS code")
    found = _all(
        store,
        "SELECT k.id, coalesce(s.money, k.currency, 'EUR'), coalesce(s.orders, 0), coalesce(s.net, 0), "
        f"coalesce(s.discount, 0) FROM code k LEFT JOIN ({sales}) s ON s.code = k.id "
        f"WHERE k.deleted_at IS NULL {'AND ' + inside if inside else ''} ORDER BY 4 DESC, 3 DESC, k.id",
        scope,
    )
    return [CodeResult(*row) for row in found]


def owed(store: Store, scope: Scope = EVERYTHING, today: str | None = None) -> dict[str, Owed]:
    """What is due, overdue and paid by currency."""
    columns = (
        "sum(CASE WHEN y.status = 'paid' THEN 0 WHEN y.due_on < :today THEN 0 ELSE y.amount END), "
        "sum(CASE WHEN y.status <> 'paid' AND y.due_on < :today THEN y.amount ELSE 0 END), "
        "sum(CASE WHEN y.status = 'paid' THEN y.amount ELSE 0 END)"
    )
    living = "y.deleted_at IS NULL AND y.status IN ('due', 'overdue', 'paid')"
    source = replace(PAYMENTS, living=living)
    return {
        money: Owed(*amounts)
        for _, money, *amounts in _all(store, source.sums(columns, scope, ""), scope, today)
    }


def sent_to(store: Store, scope: Scope = EVERYTHING) -> int:
    """How many creators were sent a parcel; presents without strings are left out, as of the post rate."""
    where = f"{PARCELS.where(scope)} AND NOT s.no_post_expected"
    ((sent,),) = _all(store, f"SELECT count(DISTINCT s.creator) FROM {PARCELS.tables} WHERE {where}", scope)
    return int(sent)


def posts(store: Store, scope: Scope = EVERYTHING) -> list[tuple[str, int]]:
    """(day, creator) of each live post that has a day, in their order."""
    where = f"{POSTS.where(scope)} AND d.live_on IS NOT NULL"
    return _all(
        store, f"SELECT d.live_on, d.creator FROM {POSTS.tables} WHERE {where} ORDER BY 1, d.id", scope
    )


def reach(store: Store, scope: Scope = EVERYTHING) -> list[PostReach]:
    """The live posts with their latest views and the orders they brought.

    An order that names its post counts there; any other counts for the creator's newest post up to that day.
    """
    # With a limit SQLite looks the post up once an order, not again for each comparison of groups.
    orders = (
        f"SELECT post, count(*) AS orders FROM (SELECT {POST_OF_ORDER} AS post "
        f"FROM {ORDERS.ordered(scope, 'sums_order_whose')} WHERE {ORDERS.where(scope)} LIMIT -1) GROUP BY 1"
    )
    # Joined here: SQLite would go through all the sums for each post.
    brought = dict(_all(store, orders, scope))
    where = f"{POSTS.where(scope)} AND {LIVE} AND d.views IS NOT NULL"
    posts = f"SELECT d.id, d.creator, d.views FROM {POSTS.tables} WHERE {where} ORDER BY d.views DESC, d.id"
    return [
        PostReach(post, creator, views, brought.get(post, 0))
        for post, creator, views in _all(store, posts, scope)
    ]


def punctuality(
    store: Store, scope: Scope = EVERYTHING, today: str | None = None
) -> list[tuple[str, int, int, int]]:
    """(day, on time, late, missing) of posts that were due; one without a due date was due when it came."""
    on_time = "d.due_on IS NULL OR coalesce(d.live_on, d.due_on) <= d.due_on"
    return _all(
        store,
        f"SELECT coalesce(d.due_on, {POSTS.day}), sum({LIVE} AND ({on_time})), "
        f"sum({LIVE} AND NOT ({on_time})), sum(NOT {LIVE}) FROM {POSTS.tables} "
        f"WHERE {POSTS.where(scope)} AND ({LIVE} OR d.due_on < :today) GROUP BY 1 ORDER BY 1",
        scope,
        today,
    )


def _all(store: Store, sql: str, scope: Scope, today: str | None = None) -> list[Any]:
    values = {**parameters(scope), "today": today or date.today().isoformat()}
    with store.read_raw() as raw:
        prepare(raw)
        return raw.execute(sql, values).fetchall()
