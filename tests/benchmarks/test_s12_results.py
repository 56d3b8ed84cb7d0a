"""S12: the figures and charts of 500,000 orders, beside raw SQL for the same sums, read in the best order."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest
from conftest import Race

from creator_crm.reporting.data import MoneyOverTime
from creator_crm.services.results import EVERYTHING
from creator_crm.services.workspace import Workspace
from creator_crm.store.engine import connect
from creator_crm.store.store import Store

# A program is made first where none is kept, and each pair takes as long as it takes.
pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(0)]

# The benchmark's orders have every amount, so the bare statements need no second choice.
_GROSS = "(o.subtotal + coalesce(o.discount, 0))"
_BACK = (
    f"CASE WHEN o.refunded IS NULL THEN (o.status = 'refunded') * {_GROSS} "
    f"WHEN o.refunded >= o.total THEN {_GROSS} ELSE {_GROSS} * o.refunded / o.total END"
)
_SOLD = f"count(*), sum({_GROSS}), sum({_BACK}), sum(o.subtotal), sum(o.discount), sum(o.lines = 0)"
_OURS = "o.deleted_at IS NULL AND NOT o.is_sample AND o.status NOT IN ('unpaid', 'cancelled') AND o.code > 0"
_LINES = (
    "sum(coalesce(l.commission_actual, l.commission_estimated)), "
    "sum(p.cost * l.quantity), sum(p.cost IS NULL)"
)
_OF = 'order_line l CROSS JOIN "order" o ON o.id = l."order" JOIN product p ON p.id = l.product'
_LEFT = "s.deleted_at IS NULL AND s.status IN ('shipped', 'in_transit', 'delivered', 'returned', 'lost')"
_POSTED = "EXISTS (SELECT 1 FROM deliverable d WHERE {} AND d.status <> 'cancelled')"
_ANSWERED = (
    f"s.delivered_on IS NOT NULL AND ({_POSTED.format('d.shipment = s.id AND d.live_on IS NOT NULL')} OR "
    + _POSTED.format("d.creator = s.creator AND d.live_on >= s.delivered_on AND +d.shipment IS NULL")
    + ")"
)
_AGREED = "status IN ('agreed', 'active', 'finished')"
_LIVE = "d.deleted_at IS NULL AND d.status = 'live'"
_WHEN = "INDEXED BY sums_order_when"
_DAY = "coalesce(o.ordered_on, substr(o.ordered_at, 1, 10), substr(o.created_at, 1, 10))"
_MONEY = "coalesce(o.currency, 'EUR')"

FLOOR = (
    # Once by whose code it was, once by day: orders, then their lines.
    (
        f'SELECT o.code, {_MONEY}, {_SOLD} FROM "order" o INDEXED BY sums_order_whose '
        f"WHERE {_OURS} GROUP BY o.creator, o.code, o.campaign, 2"
    ),
    f'SELECT {_DAY}, {_MONEY}, {_SOLD} FROM "order" o {_WHEN} WHERE {_OURS} GROUP BY 1, 2',
    f"SELECT o.code, o.currency, {_LINES} FROM {_OF} WHERE {_OURS} GROUP BY 1, 2",
    f"SELECT o.ordered_on, o.currency, {_LINES} FROM {_OF} WHERE {_OURS} GROUP BY 1, 2",
    (
        "SELECT money, count(*), sum(orders > 1), sum(new > 0) FROM (SELECT o.customer_key, "
        f"{_MONEY} AS money, count(*) AS orders, sum(o.customer = 'new') AS new FROM \"order\" o "
        f"INDEXED BY sums_order WHERE {_OURS} GROUP BY o.customer_key, 2) GROUP BY 1"
    ),
    *(
        f"SELECT {part}, count(*), sum(s.postage) FROM shipment s WHERE {_LEFT} GROUP BY 1"
        for part in ("s.creator", "s.shipped_on")
    ),
    *(
        f"SELECT {part}, sum(i.unit_cost * i.quantity) FROM shipment s JOIN shipment_item i "
        f"ON i.shipment = s.id WHERE {_LEFT} AND s.status <> 'returned' GROUP BY 1"
        for part in ("s.creator", "s.shipped_on")
    ),
    (
        "SELECT count(DISTINCT CASE WHEN s.delivered_on IS NOT NULL THEN s.creator END), "
        f"count(DISTINCT CASE WHEN {_ANSWERED} THEN s.creator END) FROM shipment s WHERE {_LEFT}"
    ),
    *(
        f"SELECT {part}, sum(fee) FROM collaboration WHERE {_AGREED} GROUP BY 1"
        for part in ("creator", "agreed_on")
    ),
    *(
        f"SELECT {part}, kind, sum(amount) FROM payment WHERE status <> 'cancelled' GROUP BY 1, 2"
        for part in ("creator", "coalesce(paid_on, due_on)")
    ),
    *(f"SELECT {part}, sum(amount) FROM ad_spend GROUP BY 1" for part in ("creator", "spent_on")),
    (
        f"SELECT count(*), sum(d.live_on <= d.due_on), sum(d.views), sum(d.likes), sum(d.comments), "
        f"sum(d.shares), sum(d.saves) FROM deliverable d WHERE {_LIVE}"
    ),
    (
        "SELECT sum(clicks) FROM (SELECT m.deliverable, clicks, max(measured_on) FROM post_metrics m "
        f"WHERE clicks IS NOT NULL GROUP BY 1) m JOIN deliverable d ON d.id = m.deliverable WHERE {_LIVE}"
    ),
    f"SELECT DISTINCT d.hook, d.format FROM deliverable d WHERE {_LIVE}",
    # The charts that are not of money: the funnel, views against orders, posts, punctuality.
    (
        f"SELECT count(DISTINCT s.creator), count(DISTINCT CASE WHEN {_ANSWERED} AND s.creator IN "
        f'(SELECT k.creator FROM "order" o JOIN code k ON k.id = o.code WHERE {_OURS}) THEN s.creator END) '
        f"FROM shipment s WHERE {_LEFT} AND NOT s.no_post_expected"
    ),
    (
        "SELECT d.id, d.creator, d.views, coalesce(n.orders, 0) FROM deliverable d LEFT JOIN (SELECT post, "
        "count(*) AS orders FROM (SELECT (SELECT d.id FROM deliverable d WHERE d.creator = k.creator AND "
        f'd.live_on <= o.ordered_on ORDER BY d.live_on DESC LIMIT 1) AS post FROM "order" o JOIN code k '
        f"ON k.id = o.code WHERE {_OURS} LIMIT -1) GROUP BY 1) n ON n.post = d.id WHERE {_LIVE} "
        "ORDER BY 3 DESC"
    ),
    f"SELECT d.live_on, d.creator FROM deliverable d WHERE {_LIVE} ORDER BY 1",
    (
        "SELECT coalesce(d.due_on, d.live_on), sum(d.status = 'live'), sum(d.live_on <= d.due_on) "
        "FROM deliverable d WHERE d.status <> 'cancelled' GROUP BY 1"
    ),
)


@pytest.fixture
def floor(program: Store) -> Iterator[sqlite3.Connection]:
    connection = connect(program.path, reader=True)
    yield connection
    connection.close()


def test_figures_and_charts_of_500_000_orders_cost_little_more_than_their_sums_in_raw_sql(
    race: Race, program: Store, floor: sqlite3.Connection
) -> None:
    workspace = Workspace(program)

    def ours() -> None:
        reading = workspace.reading(EVERYTHING)
        assert reading.facts
        for name in reading.names:
            reading.one(name)

    def raw() -> list[list[tuple[object, ...]]]:
        return [floor.execute(sql).fetchall() for sql in FLOOR]

    # The floor is no floor unless it adds up the same.
    facts = workspace.facts(EVERYTHING)["EUR"]
    mine = [row for row in raw()[0] if row[1] == "EUR"]
    assert sum(row[2] for row in mine) == facts.orders > 200_000  # type: ignore[misc]
    assert sum(row[3] for row in mine) == facts.revenue  # type: ignore[misc]
    chart = workspace.chart("revenue")
    assert isinstance(chart, MoneyOverTime)
    assert sum(revenue for _, revenue, _ in chart.days) == facts.net_revenue
    race.run("S12", "Results, 500,000 orders, all campaigns, all time", ours, raw, 1.5, pairs=5)
    race.check()
