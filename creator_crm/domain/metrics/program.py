"""How well the program runs: posts for parcels, posts on time, different angles, and what lasts."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

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
    rounded,
)

_POST_RATE = Figure(
    "post_rate",
    "Post rate",
    "creators who posted ÷ creators who got their parcel",
    "seeding guides (seedlane.app)",
)


def post_rate(facts: Facts) -> Metric:
    """Creators who posted ÷ creators delivered (seeding guides); ghosted ones stay below the line."""
    return _POST_RATE.rate(
        count("creators who posted", facts.creators_posted),
        count("creators who got their parcel", facts.creators_delivered),
        none="no parcel has arrived yet",
    )


_PER_POST = Figure(
    "cost_per_live_post",
    "Cost per live post",
    "(product cost + postage of all parcels) ÷ all live posts",
    "an idea of seedlane.app; every live post counts, with or without a parcel; the funnel of seeding has "
    "the cost of those from parcels",
)


def cost_per_live_post(facts: Facts) -> Metric:
    """(cost of goods + shipping of all parcels, ghosted and lost ones too) ÷ live posts (seedlane.app).

    Every live post counts; `domain.funnel.cost_per_parcel_post` counts those that answer a parcel.
    """
    sent = money("product cost and postage", facts.product_cost + facts.postage, facts.currency)
    return _PER_POST.ratio(
        sent, count("all live posts", facts.posts_live), facts.currency, none="no live posts yet"
    )


_VOLUME = Figure("content_volume", "Live posts", "live posts", "framework of four phases: activation")


def content_volume(facts: Facts) -> Metric:
    """How many posts went live; none is a number too."""
    return _VOLUME(Decimal(facts.posts_live), COUNT, count("live posts", facts.posts_live))


_ON_TIME = Figure(
    "on_time_launches",
    "Posts on time",
    "posts live by their due date ÷ posts live or due by now",
    "framework of four phases: activation",
)


def on_time_launches(facts: Facts) -> Metric:
    """Posts live by their due date ÷ posts that are live or should be (our definition)."""
    return _ON_TIME.ratio(
        count("posts live by their due date", facts.posts_on_time),
        count("posts live or due by now", facts.posts_due),
        SHARE,
        none="no post was due yet",
    )


_DIVERSITY = Figure(
    "creative_diversity",
    "Different angles",
    "different pairs of hook and format among live posts",
    "framework of four phases: activation",
)


def creative_diversity(facts: Facts) -> Metric:
    """How many different pairs of hook and format were tried in live posts (our definition)."""
    posts = count("live posts", facts.posts_live)
    if facts.posts_live == 0:
        return _DIVERSITY.undefined("no live posts yet", COUNT, posts)
    return _DIVERSITY(Decimal(len(facts.angles)), COUNT, count("pairs", len(facts.angles)), posts)


_LTV = Figure(
    "ltv",
    "Lifetime value",
    "average order × orders per customer × lifespan × margin",
    "growthegy.com; saz.ca; the observed span as frontiervisionsmarketing.com advises",
)


def ltv(facts: Facts, lifespan: Decimal = Decimal(1)) -> Metric:
    """AOV × purchase frequency × lifespan × gross margin (growthegy.com; saz.ca).

    `lifespan` counts in spans of the facts: 1 takes only what was seen, the honest value; with the facts of a
    year it is LTV12. Orders cancel out, so it is charged ÷ customers × lifespan × margin, rounded once.
    """
    cost = facts.goods_cost
    inputs = (
        money("charged for goods", facts.charged, facts.currency),
        money("net revenue", facts.net_revenue, facts.currency),
        Input(
            "cost of the goods sold", None if cost is None else amount(cost, facts.currency), facts.currency
        ),
        count("customers", facts.customers),
        Input("lifespan", lifespan, TIMES),
    )
    if facts.customers is None:
        return _LTV.undefined("the orders do not say who bought", facts.currency, *inputs)
    if facts.customers == 0:
        return _LTV.undefined("no customers yet", facts.currency, *inputs)
    if cost is None:
        return _LTV.undefined("what the goods sold cost is not known", facts.currency, *inputs)
    if facts.net_revenue == 0:
        return _LTV.undefined("no revenue yet", facts.currency, *inputs)
    margin = Fraction(facts.net_revenue - cost, facts.net_revenue)
    value = Fraction(amount(facts.charged, facts.currency)) / facts.customers * Fraction(lifespan) * margin
    return _LTV(rounded(value), facts.currency, *inputs)


_REPEAT = Figure(
    "repeat_purchases",
    "Repeat purchases",
    "customers with several orders ÷ customers",
    "the usual definition",
)


def repeat_purchases(facts: Facts) -> Metric:
    """Customers with more than one order ÷ customers (the usual definition)."""
    return _REPEAT.ratio(
        count("customers with several orders", facts.repeat_customers),
        count("customers", facts.customers),
        SHARE,
        unknown="the orders do not say who bought",
        none="no customers yet",
    )


_DEPTH = Figure(
    "portfolio_depth",
    "Portfolio depth",
    "1 ÷ sum of squared shares of revenue by creator",
    "inverse Herfindahl index, the usual measure of concentration",
)


def portfolio_depth(facts: Facts) -> Metric:
    """As many equally strong creators would spread the revenue in the same way: 1 ÷ Σ share² (Herfindahl).

    5 creators with equal sales give 5; one who sells nearly everything gives nearly 1.
    """
    sales = [minor for minor in facts.revenue_by_creator.values() if minor > 0]
    inputs = (
        money("revenue of creators", sum(sales), facts.currency),
        count("creators who sold", len(sales)),
    )
    if not sales:
        return _DEPTH.undefined("no creator has sold anything yet", COUNT, *inputs)
    squares = sum(minor * minor for minor in sales)
    return _DEPTH(divided(sum(sales) ** 2, squares), COUNT, *inputs)
