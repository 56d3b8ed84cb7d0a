"""S20: stock with 200,000 parcels, and a spike plan, beside the bare sums they are made of."""

from __future__ import annotations

import sqlite3
from datetime import date, timedelta

import pytest
from conftest import Race

from creator_crm.services.workspace import Workspace
from creator_crm.store.engine import connect
from creator_crm.store.store import Store

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(0)]

_DAY = "coalesce(o.ordered_on, substr(o.ordered_at, 1, 10), substr(o.created_at, 1, 10))"
_MOVED = (
    "SELECT +product, variant, moved_on, kind, sum(quantity), sum(quantity * unit_cost) "
    "FROM stock_movement NOT INDEXED WHERE deleted_at IS NULL GROUP BY 1, 2, 3, 4"
)
_SOLD = (
    'SELECT l.product, l.variant, sum(l.quantity) FROM "order" o INDEXED BY sums_order_when '
    f'CROSS JOIN order_line l ON l."order" = o.id WHERE {_DAY} >= ? AND NOT o.is_sample GROUP BY 1, 2'
)
_VIEWS = "SELECT live_on, views FROM deliverable WHERE live_on >= ? AND views > 0 AND deleted_at IS NULL"
_ORDERS = (
    f'SELECT substr({_DAY}, 1, 7), count(*) FROM "order" o INDEXED BY sums_order_when WHERE {_DAY} >= ? '
    "AND coalesce(o.creator, o.campaign, o.code) > 0 GROUP BY 1"
)


def test_stock_of_every_article_is_told_about_as_fast_as_it_is_summed(program: Store, race: Race) -> None:
    workspace = Workspace(program)
    bare = connect(program.path, reader=True)
    month = (date.today() - timedelta(days=27)).isoformat()
    year = (date.today() - timedelta(days=365)).isoformat()
    product = workspace.stock_on()[0].kept.product

    def summed() -> None:
        _fetch(bare, _MOVED)
        _fetch(bare, _SOLD, month)

    def planned() -> None:
        _fetch(
            bare,
            _MOVED.replace("NOT INDEXED", "INDEXED BY ix_stock_movement_product").replace(
                "WHERE", f"WHERE product = {product} AND"
            ),
        )
        _fetch(bare, _SOLD, month)
        _fetch(bare, _VIEWS, year)
        _fetch(bare, _ORDERS, year)

    race.run("S20", "stock of all articles, 200,000 parcels", workspace.stock_on, summed, 1.5)
    race.run("S20", "a spike plan from the posts of a year", lambda: workspace.plan(product), planned, 2.0)
    bare.close()
    race.check()


def _fetch(raw: sqlite3.Connection, sql: str, *values: str) -> list[tuple[object, ...]]:
    return raw.execute(sql, values).fetchall()
