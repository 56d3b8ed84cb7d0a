"""What the spike planner starts from: views of posts, orders through creators, posts still planned."""

from __future__ import annotations

from typing import Any

from creator_crm.domain.scope import Scope
from creator_crm.store.readers.sources import LIVE, ORDERS, POSTS, parameters
from creator_crm.store.store import Store

_OF_PRODUCT = "d.product = :product"
_HAS_PRODUCT = (
    'EXISTS (SELECT 1 FROM order_line l WHERE l."order" = o.id AND l.product = :product '
    "AND l.deleted_at IS NULL)"
)


def planned_posts(store: Store, since: str, product: int, campaign: int | None) -> list[str]:
    """The days by which posts were or are due that are not live, from `since` on.

    Those of a campaign, or those that show the product in any of them. What a campaign plans without a
    product counts too: it may show this one.
    """
    where = f"(d.product IS NULL OR {_OF_PRODUCT}) AND d.campaign = :campaign" if campaign else _OF_PRODUCT
    sql = (
        f"SELECT d.due_on FROM deliverable d WHERE {POSTS.living} AND NOT {LIVE} AND d.due_on >= :since "
        f"AND {where} ORDER BY 1"
    )
    return [day for (day,) in _all(store, sql, since=since, product=product, campaign=campaign)]


def live_posts(
    store: Store, since: str, on: str, product: int, campaign: int | None
) -> list[tuple[str, int]]:
    """(day, views) of the posts that went live between two days and show the product, or may show it."""
    where = f"({_OF_PRODUCT} OR d.product IS NULL AND d.campaign = :campaign)" if campaign else _OF_PRODUCT
    sql = (
        f"SELECT d.live_on, d.views FROM deliverable d WHERE {POSTS.living} AND d.views > 0 "
        f"AND d.live_on BETWEEN :since AND :on AND {where} ORDER BY 1, d.id"
    )
    return _all(store, sql, since=since, on=on, product=product, campaign=campaign)


def views(store: Store, since: str, product: int | None = None) -> list[tuple[str, int]]:
    """(day, views) of the live posts since a day: all, or those that show a product."""
    where = f"{POSTS.living} AND d.live_on >= :since AND d.views > 0"
    where += f" AND {_OF_PRODUCT}" if product else ""
    sql = f"SELECT d.live_on, d.views FROM deliverable d WHERE {where}"
    return [(day, seen) for day, seen in _all(store, sql, since=since, product=product)]


def orders(store: Store, since: str, product: int | None = None) -> dict[str, int]:
    """Orders that came through creators, by month; all, or those with a product in them."""
    scope = Scope(since=since)
    sql = (
        f"SELECT substr({ORDERS.day}, 1, 7), count(*) FROM {ORDERS.ordered(scope, '')} "
        f"WHERE {ORDERS.where(scope)}{f' AND {_HAS_PRODUCT}' if product else ''} GROUP BY 1"
    )
    return dict(_all(store, sql, **{**parameters(scope), "product": product}))


def sold_through_creators(store: Store, since: str, on: str, product: int, variant: int | None) -> int:
    """Pieces of an article in the orders that `orders` counts, of those between two days, less what came
    back.
    """
    scope = Scope(since=since, until=on)
    sql = (
        "SELECT coalesce(sum(coalesce(l.quantity, 1) - coalesce(l.returned, 0)), 0) "
        f'FROM {ORDERS.ordered(scope, "")} JOIN order_line l ON l."order" = o.id '
        f"WHERE {ORDERS.where(scope)} AND +l.deleted_at IS NULL AND +l.product = :product"
        f"{' AND l.variant = :variant' if variant else ''}"
    )
    ((pieces,),) = _all(store, sql, **{**parameters(scope), "product": product, "variant": variant})
    return int(pieces)


def _all(store: Store, sql: str, **values: Any) -> list[Any]:
    with store.read_raw() as raw:
        return raw.execute(sql, values).fetchall()
