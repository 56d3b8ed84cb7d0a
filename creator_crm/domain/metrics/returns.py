"""What the program cost and what came back: landed cost, ROAS, profit, CAC, refunds, break-even."""

from __future__ import annotations

from creator_crm.domain.metrics.facts import Facts
from creator_crm.domain.metrics.metric import (
    COUNT,
    SHARE,
    TIMES,
    Figure,
    Input,
    Metric,
    amount,
    count,
    divided,
    money,
)

_NO_ORDERS = "no orders yet"
_NO_COST = "nothing was spent yet"
_NO_GOODS_COST = "what the goods sold cost is not known; fill in the cost of the products"


def _landed(facts: Facts) -> Input:
    return money("landed cost", facts.landed_cost, facts.currency)


def _net(facts: Facts) -> Input:
    return money("net revenue", facts.net_revenue, facts.currency)


_LANDED_COST = Figure(
    "landed_cost",
    "Landed cost",
    "fees + production + product cost + postage + commission + discounts + ads + tools",
    "codingace.net, total cost of an influencer campaign",
)


def landed_cost(facts: Facts) -> Metric:
    """Fee + production + gifting + shipping + affiliate payout + discount + ad spend + tools (codingace.net).

    Product and postage of every parcel that left, lost and ghosted ones too.
    """
    parts = (
        ("fees", facts.fees),
        ("production", facts.production),
        ("product cost", facts.product_cost),
        ("postage", facts.postage),
        ("commission", facts.commission),
        ("discounts", facts.discounts),
        ("ads", facts.ads),
        ("tools", facts.tools),
    )
    inputs = (money(name, minor, facts.currency) for name, minor in parts)
    return _LANDED_COST(amount(facts.landed_cost, facts.currency), facts.currency, *inputs)


_REVENUE = Figure(
    "revenue", "Net revenue", "revenue before discounts − refunds", "codingace.net, net revenue"
)


def revenue(facts: Facts) -> Metric:
    """Gross revenue − refunds (codingace.net); both before discounts, which are a cost here."""
    inputs = (
        money("revenue before discounts", facts.revenue, facts.currency),
        money("refunds", facts.refunds, facts.currency),
    )
    return _REVENUE(amount(facts.net_revenue, facts.currency), facts.currency, *inputs)


_ROAS = Figure("roas", "ROAS", "net revenue ÷ landed cost", "codingace.net; modash.io, revenue against spend")


def roas(facts: Facts) -> Metric:
    """Net revenue ÷ total cost (codingace.net; modash.io)."""
    return _ROAS.ratio(_net(facts), _landed(facts), TIMES, none=_NO_COST)


_PROFIT = Figure(
    "profit",
    "Profit",
    "net revenue × margin − landed cost, where net revenue × margin = net revenue − cost of the goods sold",
    "calclet.com, profit after margin and spend",
)


def _profit_inputs(facts: Facts) -> tuple[Input, ...]:
    cost = facts.sold_goods_cost
    goods = (
        Input("cost of the goods sold", None, facts.currency)
        if cost is None
        else money("cost of the goods sold", cost, facts.currency)
    )
    return (_net(facts), goods, _landed(facts))


def profit(facts: Facts) -> Metric:
    """Sales × margin − spend (calclet.com), the numerator of its profit ROI."""
    left, inputs = facts.profit, _profit_inputs(facts)
    if left is None:
        return _PROFIT.undefined(_NO_GOODS_COST, facts.currency, *inputs)
    return _PROFIT(amount(left, facts.currency), facts.currency, *inputs)


_PROFIT_ROI = Figure("profit_roi", "Profit ROI", "profit ÷ landed cost", "calclet.com, profit ROI")


def profit_roi(facts: Facts) -> Metric:
    """(sales × margin − spend) ÷ spend (calclet.com)."""
    earned = profit(facts)
    left = Input("profit", earned.value, facts.currency)
    return _PROFIT_ROI.ratio(left, _landed(facts), SHARE, unknown=earned.why_undefined, none=_NO_COST)


_MARGIN = Figure(
    "margin", "Margin", "(net revenue − cost of the goods sold) ÷ net revenue", "the usual definition"
)


def margin(facts: Facts) -> Metric:
    """What is left of the net revenue after the cost of the goods sold, as a share (usual definition)."""
    net, cost = facts.net_revenue, facts.sold_goods_cost
    inputs = _profit_inputs(facts)[:2]
    if cost is None:
        return _MARGIN.undefined(_NO_GOODS_COST, SHARE, *inputs)
    if net == 0:
        return _MARGIN.undefined("no revenue yet", SHARE, *inputs)
    return _MARGIN(divided(amount(net - cost, facts.currency), amount(net, facts.currency)), SHARE, *inputs)


_CAC = Figure("cac", "CAC", "landed cost ÷ new customers", "the usual definition, discussed by conjura.com")


def cac(facts: Facts) -> Metric:
    """Total acquisition cost ÷ new customers (the usual definition; conjura.com)."""
    return _CAC.ratio(
        _landed(facts),
        count("new customers", facts.new_customers),
        facts.currency,
        unknown="it is not known which customers are new",
        none="no new customers yet",
    )


_CPA = Figure("cpa", "Cost per order", "landed cost ÷ orders", "codingace.net, CPA")


def cpa(facts: Facts) -> Metric:
    """Total cost ÷ attributed orders (codingace.net)."""
    return _CPA.ratio(_landed(facts), count("orders", facts.orders), facts.currency, none=_NO_ORDERS)


_AOV = Figure("aov", "Average order", "charged for goods ÷ orders", "the usual definition")


def aov(facts: Facts) -> Metric:
    """What buyers paid for goods, discounts taken off and refunds left in, ÷ orders (usual definition)."""
    charged = money("charged for goods", facts.charged, facts.currency)
    return _AOV.ratio(charged, count("orders", facts.orders), facts.currency, none=_NO_ORDERS)


_REFUND_RATE = Figure(
    "refund_rate", "Refund rate", "refunds ÷ revenue before discounts", "seller programs: GMV refunded ÷ GMV"
)


def refund_rate(facts: Facts) -> Metric:
    """Refunded part of the revenue, by value (GMV refunded ÷ GMV, as public seller programs reckon it)."""
    refunds = money("refunds", facts.refunds, facts.currency)
    gross = money("revenue before discounts", facts.revenue, facts.currency)
    return _REFUND_RATE.ratio(refunds, gross, SHARE, none="no revenue yet")


_BREAK_EVEN = Figure(
    "break_even_orders",
    "Orders to break even",
    "landed cost ÷ what an order leaves after the cost of its goods",
    "agentskills.market, break-even with the contribution of an order",
)


def break_even_orders(facts: Facts) -> Metric:
    """Investment ÷ contribution per order (agentskills.market), not rounded up."""
    cost = facts.sold_goods_cost
    if cost is None:
        return _BREAK_EVEN.undefined(_NO_GOODS_COST, COUNT, _landed(facts))
    left = money("left after the cost of goods", facts.net_revenue - cost, facts.currency)
    inputs = (_landed(facts), left, count("orders", facts.orders))
    if facts.orders == 0:
        return _BREAK_EVEN.undefined(_NO_ORDERS, COUNT, *inputs)
    if facts.net_revenue <= cost:
        return _BREAK_EVEN.undefined("an order leaves nothing after the cost of its goods", COUNT, *inputs)
    needed = divided(facts.landed_cost * facts.orders, facts.net_revenue - cost)
    return _BREAK_EVEN(needed, COUNT, *inputs)
