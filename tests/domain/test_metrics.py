"""Metrics against a campaign worked out by hand, line by line, and against exact fractions."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creator_crm.domain import metrics
from creator_crm.domain.errors import UserError
from creator_crm.domain.metrics import METRICS, Facts, by_currency, explain, metric, reckon, total

# A spring campaign in euros, all money in cents.
SPRING = Facts(
    currency="EUR",
    fees=500_00,
    production=100_00,
    product_cost=240_00,  # 20 parcels with a serum of 12.00 each
    postage=98_00,  # 20 x 4.90
    commission=120_50,
    discounts=61_50,
    ads=150_00,
    tools=30_00,
    revenue=2_500_00,
    refunds=100_00,
    charged=2_430_00,
    goods_cost=960_00,
    orders=60,
    customers=50,
    new_customers=40,
    repeat_customers=8,
    revenue_by_creator=MappingProxyType({1: 1_200_00, 2: 600_00, 3: 600_00}),
    clicks=2_400,
    views=180_000,
    likes=9_000,
    comments=600,
    shares=300,
    saves=900,
    parcels=20,
    creators_delivered=18,
    creators_posted=12,
    posts_live=15,
    posts_due=16,
    posts_on_time=12,
    angles=frozenset({("skin in a week", "review"), ("skin in a week", "routine"), ("dupe?", "review")}),
)

# landed cost: 500.00 + 100.00 + 240.00 + 98.00 + 120.50 + 61.50 + 150.00 + 30.00 = 1300.00
# net revenue: 2500.00 - 100.00 = 2400.00
# left after goods: 2400.00 - 960.00 = 1440.00, which is a margin of 1440 / 2400 = 60 %
WORKED = {
    "landed_cost": "1300.00",
    "revenue": "2400.00",
    "roas": "1.846154",  # 2400 / 1300 = 1.8461538...
    "profit": "140.00",  # 2400.00 x 60 % - 1300.00 = 1440.00 - 1300.00
    "profit_roi": "0.107692",  # 140 / 1300 = 0.1076923...
    "margin": "0.600000",
    "cac": "32.500000",  # 1300 / 40 new customers
    "cpa": "21.666667",  # 1300 / 60 orders
    "aov": "40.500000",  # 2430 / 60
    "refund_rate": "0.040000",  # 100 / 2500
    "break_even_orders": "54.166667",  # an order leaves 1440 / 60 = 24.00; 1300 / 24
    "cpm": "7.222222",  # 1300 / 180,000 x 1,000
    "cpe": "0.120370",  # 1300 / (9000 + 600 + 300 + 900 = 10,800)
    "engagement_rate": "0.060000",  # 10,800 / 180,000
    "engagement_quality": "0.006667",  # (900 saves + 300 shares) / 180,000
    "conversion_rate": "0.025000",  # 60 / 2,400
    "post_rate": "0.666667",  # 12 / 18
    "cost_per_live_post": "22.533333",  # (240.00 + 98.00) / 15
    "content_volume": "15",
    "on_time_launches": "0.750000",  # 12 / 16
    "creative_diversity": "3",
    "ltv": "29.160000",  # 40.50 an order x 60/50 orders a customer x 60 % = 40.50 x 1.2 x 0.6
    "repeat_purchases": "0.160000",  # 8 / 50
    "portfolio_depth": "2.666667",  # shares 1/2, 1/4, 1/4: 1 / (1/4 + 1/16 + 1/16) = 8/3
}


@pytest.mark.parametrize("name", METRICS)
def test_a_campaign_worked_out_by_hand(name: str) -> None:
    assert str(metric(name, SPRING).value) == WORKED[name]


def exactly(f: Facts) -> dict[str, Fraction | None]:
    """All metrics once more, in exact fractions of whole currency units, sharing no code with the program."""

    def over(a: int | None, b: int | None, times: Fraction = Fraction(1)) -> Fraction | None:
        return None if a is None or not b else Fraction(a, b) * times

    cents = Fraction(1, {"EUR": 100, "JPY": 1, "KWD": 1000}[f.currency])
    cost = f.fees + f.production + f.product_cost + f.postage + f.commission + f.discounts + f.ads + f.tools
    net = f.revenue - f.refunds
    goods = 0 if f.goods_cost is None and f.orders == 0 else f.goods_cost
    parts = [n for n in (f.likes, f.comments, f.shares, f.saves) if n is not None]
    engaged = sum(parts) if parts else None
    deep = [n for n in (f.saves, f.shares) if n is not None]
    sales = [n for n in f.revenue_by_creator.values() if n > 0]
    left = None if goods is None else net - goods
    ltv = None
    if f.customers and f.goods_cost is not None and net:
        ltv = Fraction(f.charged, f.customers) * Fraction(net - f.goods_cost, net) * cents
    return {
        "landed_cost": cost * cents,
        "revenue": net * cents,
        "roas": over(net, cost),
        "profit": None if left is None else (left - cost) * cents,
        "profit_roi": None if left is None else over(left - cost, cost),
        "margin": over(left, net),
        "cac": over(cost, f.new_customers, cents),
        "cpa": over(cost, f.orders, cents),
        "aov": over(f.charged, f.orders, cents),
        "refund_rate": over(f.refunds, f.revenue),
        "break_even_orders": over(cost * f.orders, left) if f.orders and left and left > 0 else None,
        "cpm": over(cost, f.views, cents * 1000),
        "cpe": over(cost, engaged, cents),
        "engagement_rate": over(engaged, f.views),
        "engagement_quality": over(sum(deep) if deep else None, f.views),
        "conversion_rate": over(f.orders, f.clicks),
        "post_rate": over(f.creators_posted, f.creators_delivered),
        "cost_per_live_post": over(f.product_cost + f.postage, f.posts_live, cents),
        "content_volume": Fraction(f.posts_live),
        "on_time_launches": over(f.posts_on_time, f.posts_due),
        "creative_diversity": Fraction(len(f.angles)) if f.posts_live else None,
        "ltv": ltv,
        "repeat_purchases": over(f.repeat_customers, f.customers),
        "portfolio_depth": over(sum(sales) ** 2, sum(n * n for n in sales)),
    }


amounts = st.integers(0, 10**12)
counts = st.integers(0, 10**9)
known = st.none() | counts
MONEY = ("fees", "production", "product_cost", "postage", "commission", "discounts", "ads", "tools")
SALES = ("revenue", "refunds", "charged")
COUNTED = (
    *("orders", "parcels", "creators_delivered", "creators_posted", "posts_live", "posts_due"),
    "posts_on_time",
)
PERHAPS = (
    *("customers", "new_customers", "repeat_customers"),
    *("clicks", "views", "likes", "comments", "shares", "saves"),
)


def facts(*currencies: str) -> Any:
    return st.builds(
        Facts,
        currency=st.sampled_from(currencies or ("EUR", "JPY", "KWD")),
        goods_cost=st.none() | amounts,
        revenue_by_creator=st.dictionaries(st.integers(1, 9), amounts, max_size=6),
        angles=st.frozensets(st.tuples(st.sampled_from("abc"), st.sampled_from("xy")), max_size=6),
        **dict.fromkeys((*MONEY, *SALES), amounts),
        **dict.fromkeys(COUNTED, counts),
        **dict.fromkeys(PERHAPS, known),
    )


@given(facts())
def test_every_metric_is_the_exact_fraction_rounded_once(given_facts: Facts) -> None:
    wanted = exactly(given_facts)
    assert set(wanted) == set(METRICS)
    for one in reckon(given_facts):
        exact = wanted[one.name]
        if exact is None:
            assert one.value is None and one.why_undefined
            continue
        assert one.value is not None and not one.why_undefined
        # Sums of money are exact; what was divided lies within half a millionth.
        assert abs(Fraction(one.value) - exact) <= Fraction(1, 2_000_000)
        if one.name in ("landed_cost", "revenue", "profit"):
            assert Fraction(one.value) == exact


@given(facts())
def test_a_metric_that_cannot_be_worked_out_says_why_and_is_never_nought_or_infinite(
    given_facts: Facts,
) -> None:
    for one in reckon(given_facts):
        lines = explain(one)
        assert lines[0] == f"{one.label} = {one.formula}"
        assert lines[-1].startswith("Source: ") and len(lines[-1]) > len("Source: .")
        if one.value is None:
            assert f"No value: {one.why_undefined}." in lines[-2]
        else:
            assert one.value.is_finite()
            assert any(line.startswith("  = ") for line in lines)


AMOUNT_LIKE = {
    "landed_cost",
    "revenue",
    "profit",
    "cac",
    "cpa",
    "aov",
    "cpm",
    "cpe",
    "cost_per_live_post",
    "ltv",
}


@given(facts("EUR"), st.integers(2, 50))
def test_prices_in_other_coins_change_amounts_in_proportion_and_ratios_not_at_all(f: Facts, k: int) -> None:
    dearer = Facts(
        currency=f.currency,
        goods_cost=None if f.goods_cost is None else f.goods_cost * k,
        revenue_by_creator={creator: minor * k for creator, minor in f.revenue_by_creator.items()},
        angles=f.angles,
        **{name: getattr(f, name) * k for name in (*MONEY, *SALES)},
        **{name: getattr(f, name) for name in (*COUNTED, *PERHAPS)},
    )
    for before, after in zip(reckon(f), reckon(dearer), strict=True):
        if before.value is None or after.value is None:
            assert before.value is after.value
            assert before.why_undefined == after.why_undefined
        elif before.name in AMOUNT_LIKE:
            assert abs(before.value * k - after.value) <= Decimal(k) / 1_000_000
        else:
            assert before.value == after.value


@given(st.lists(facts("EUR"), min_size=1, max_size=4))
def test_costs_revenue_and_profit_of_parts_add_up_to_those_of_the_whole(parts: list[Facts]) -> None:
    whole = total(parts)
    for name in ("landed_cost", "revenue", "content_volume"):
        assert metric(name, whole).value == sum(metric(name, part).value or 0 for part in parts)
    profits = [metric("profit", part).value for part in parts]
    if None not in profits:
        assert metric("profit", whole).value == sum(p or 0 for p in profits)
    if any(part.goods_cost is None and part.orders for part in parts):
        assert metric("profit", whole).value is None


@given(facts("EUR"), facts("EUR"), facts("EUR"))
def test_it_does_not_matter_in_which_order_facts_are_added(a: Facts, b: Facts, c: Facts) -> None:
    assert a + b == b + a
    assert reckon((a + b) + c) == reckon(a + (b + c))


def test_amounts_of_two_currencies_are_never_added_up() -> None:
    euros, dollars = Facts(currency="EUR", fees=100), Facts(currency="USD", fees=100)
    with pytest.raises(ValueError, match="EUR and USD"):
        euros + dollars
    assert by_currency([euros, dollars, euros]) == {
        "EUR": Facts(currency="EUR", fees=200),
        "USD": dollars,
    }


def test_money_is_never_a_float() -> None:
    with pytest.raises(TypeError, match="fees is counted in whole numbers"):
        Facts(fees=12.5)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="revenue_by_creator"):
        Facts(revenue_by_creator={1: 0.5})  # type: ignore[dict-item]
    assert all(one.value is None or isinstance(one.value, Decimal) for one in reckon(SPRING))


def test_nothing_done_yet_leaves_dashes_with_reasons_and_true_noughts() -> None:
    told = {one.name: one.value if one.value is not None else one.why_undefined for one in reckon(Facts())}
    assert told == {
        "landed_cost": Decimal("0.00"),
        "revenue": Decimal("0.00"),
        "roas": "nothing was spent yet",
        "profit": Decimal("0.00"),
        "profit_roi": "nothing was spent yet",
        "margin": "no revenue yet",
        "cac": "it is not known which customers are new",
        "cpa": "no orders yet",
        "aov": "no orders yet",
        "refund_rate": "no revenue yet",
        "break_even_orders": "no orders yet",
        "cpm": "the posts have no figures yet",
        "cpe": "the posts have no figures yet",
        "engagement_rate": "the posts have no figures yet",
        "engagement_quality": "the posts have no figures yet",
        "conversion_rate": "clicks were not measured",
        "post_rate": "no parcel has arrived yet",
        "cost_per_live_post": "no live posts yet",
        "content_volume": Decimal(0),
        "on_time_launches": "no post was due yet",
        "creative_diversity": "no live posts yet",
        "ltv": "the orders do not say who bought",
        "repeat_purchases": "the orders do not say who bought",
        "portfolio_depth": "no creator has sold anything yet",
    }


def test_a_creator_who_cost_money_and_sold_nothing_has_a_loss_and_a_roas_of_nought() -> None:
    ghosted = Facts(product_cost=12_00, postage=4_90)
    assert metric("profit", ghosted).value == Decimal("-16.90")
    assert metric("roas", ghosted).value == 0
    assert metric("profit_roi", ghosted).value == -1


@pytest.mark.parametrize(("currency", "shown"), [("EUR", "1234.56"), ("JPY", "123456"), ("KWD", "123.456")])
def test_each_currency_has_its_own_decimals(currency: str, shown: str) -> None:
    assert str(metric("landed_cost", Facts(currency=currency, fees=123456)).value) == shown


def test_five_equal_creators_are_a_portfolio_five_deep_and_one_star_is_nearly_one() -> None:
    def depth(sold: dict[int, int]) -> Decimal | None:
        return metric("portfolio_depth", Facts(revenue_by_creator=sold)).value

    assert depth(dict.fromkeys(range(5), 10000)) == 5
    # 9,600 of 10,000 and four times 100: 1 / (0.96^2 + 4 x 0.01^2) = 1 / 0.922 = 1.084599
    assert depth({1: 9_600, 2: 100, 3: 100, 4: 100, 5: 100}) == Decimal("1.084599")


def test_a_figure_is_explained_from_its_formula_to_its_source() -> None:
    assert explain(metric("roas", SPRING)) == [
        "ROAS = net revenue ÷ landed cost",
        "  net revenue: 2400.00 EUR",
        "  landed cost: 1300.00 EUR",
        "  = 1.846154 times",
        "Source: codingace.net; modash.io, revenue against spend.",
    ]
    assert explain(metric("conversion_rate", Facts(orders=3))) == [
        "Conversion = orders ÷ clicks",
        "  orders: 3",
        "  clicks: not known",
        "  No value: clicks were not measured.",
        "Source: codingace.net, with clicks below the line.",
    ]
    assert "  = 66.6667 %" in explain(metric("post_rate", SPRING))
    assert "  = 0.12037 EUR" in explain(metric("cpe", SPRING))
    assert "  = 32.50 EUR" in explain(metric("cac", SPRING))


def test_a_lifespan_of_two_spans_doubles_the_lifetime_value() -> None:
    assert metrics.ltv(SPRING, Decimal(2)).value == Decimal("58.320000")


def test_a_metric_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(UserError, match="no metric called “emv”; there are: landed_cost, revenue, roas"):
        metric("emv", SPRING)
