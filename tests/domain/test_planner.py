"""The spike planner beside arithmetic where nothing is open, and log-normal quantiles where something is."""

from __future__ import annotations

from dataclasses import replace
from math import exp, log
from statistics import NormalDist

import pytest

from creator_crm.domain.errors import UserError
from creator_crm.domain.planner import (
    AHEAD,
    Plan,
    Range,
    arrived_share,
    every,
    history_range,
    outlook,
    to_come,
)

DAY = "2026-11-23"


def exact(value: float) -> Range:
    return Range(value, value)


def test_without_posts_it_is_a_division() -> None:
    found = outlook(Plan(DAY, daily=10, stock=100, lead_time_days=7))
    assert (found.median_on, found.cautious_on, found.order_by) == ("2026-12-02", "2026-12-02", "2026-11-25")
    assert found.left[:10] == (90, 80, 70, 60, 50, 40, 30, 20, 10, 0)
    assert [found.gone_by[n] for n in (8, 9)] == [0, 1]
    assert (found.needed, found.short) == (10 * AHEAD, 10 * AHEAD - 100)


def test_with_ranges_of_no_width_every_run_is_the_arithmetic() -> None:
    # One post of 1,000 views today, another in two days; half the views in 2 days; 2 % buy 1.5 pieces.
    plan = Plan(
        DAY,
        posts=(DAY, "2026-11-25"),
        views=exact(1000),
        conversion=exact(0.02),
        units=1.5,
        daily=2,
        stock=50,
        incoming=(("2026-11-27", 100),),
        half_life=2,
    )
    found = outlook(plan)
    for n in range(8):
        first, second = 1 - 0.5 ** ((n + 1) / 2), 1 - 0.5 ** ((n - 1) / 2) if n >= 2 else 0
        asked = 1000 * 0.02 * 1.5 * (first + second) + 2 * (n + 1)
        there = 50 + (100 if n >= 4 else 0)
        assert found.left[n] == pytest.approx(there - asked)
        assert found.left_low[n] == found.left[n] == found.left_high[n]
    # Up to day 3 they ask for 22.5 + 15 + 8 = 45.5 of 50. In the end for not quite 30 + 30, as the last view
    # never comes, which leaves a little more than 90 for 2 a day: 45 days and a part of the next.
    assert found.gone_by[3] == 0
    assert found.cautious_on == found.median_on == "2027-01-07"


def test_a_post_that_is_live_brings_the_rest_of_its_views_and_no_more() -> None:
    # Live for 3 of the 3 days that half of its views take: 600 so far, so 600 to come, 300 of them in 3 days.
    # One live for 6 days has three quarters: 1,500 so far, 500 to come. 1,100 in all, 1 % of them buy: 11.
    live = (("2026-11-20", 600), ("2026-11-17", 1_500))
    plan = Plan(DAY, conversion=exact(0.01), live=live, stock=100, half_life=3)
    assert to_come(plan) == pytest.approx(1_100)
    found = outlook(plan)
    assert (100 - found.left[2], 100 - found.left[5]) == pytest.approx((5.5, 8.25))
    assert found.needed == pytest.approx(11, abs=0.001)
    assert outlook(replace(plan, times=10)).needed == found.needed, "what if is asked of planned posts"
    assert to_come(replace(plan, half_life=0)) == 0
    assert to_come(replace(plan, live=((DAY, 100),))) == pytest.approx(100 / (1 - 0.5 ** (1 / 3)) - 100)


def test_stock_that_was_gone_once_was_gone_whatever_comes_later() -> None:
    found = outlook(Plan(DAY, daily=10, stock=30, incoming=(("2026-12-01", 1000),)))
    assert found.median_on == "2026-11-25"
    assert found.gone_by[-1] == 1
    assert found.left[8] > 0


def test_nothing_on_the_shelf_is_gone_today_and_what_suffices_never_is() -> None:
    assert outlook(Plan(DAY)).median_on == DAY
    found = outlook(Plan(DAY, daily=1, stock=1_000, lead_time_days=3))
    assert (found.median_on, found.cautious_on, found.order_by, found.chance, found.short) == (
        None,
        None,
        None,
        0,
        0,
    )


def test_demand_has_the_quantiles_of_the_log_normal_that_the_ranges_say() -> None:
    """Views times conversion is log-normal again: the logarithms' middles and variances add up."""
    views, conversion = Range(10_000, 200_000), Range(0.002, 0.01)
    found = outlook(Plan(DAY, (DAY,), views, conversion, stock=1, half_life=0))
    z = NormalDist().inv_cdf(0.9)
    middle = (log(10_000) + log(200_000) + log(0.002) + log(0.01)) / 2
    spread = ((log(20) / (2 * z)) ** 2 + (log(5) / (2 * z)) ** 2) ** 0.5
    asked = [1 - found.left_low[0], 1 - found.left[0], 1 - found.left_high[0]]
    expected = [exp(middle + spread * side * z) for side in (-1, 0, 1)]
    assert asked == pytest.approx(expected, rel=0.05)


def test_the_chance_to_run_out_is_that_of_the_log_normal_too() -> None:
    views = Range(10_000, 200_000)
    for share in (0.1, 0.5, 0.9):
        stock = round(views.at(share) * 0.01)
        found = outlook(Plan(DAY, (DAY,), views, exact(0.01), stock=stock, half_life=0))
        assert found.gone_by[0] == pytest.approx(1 - share, abs=0.015)
    assert (views.at(0.1), views.at(0.9)) == pytest.approx((10_000, 200_000))
    assert views.middle == pytest.approx((10_000 * 200_000) ** 0.5)


def test_ten_posts_spread_less_than_one_that_is_ten_times_as_large() -> None:
    many = outlook(Plan(DAY, (DAY,) * 10, Range(1_000, 100_000), exact(0.01), stock=1, half_life=0))
    one = outlook(Plan(DAY, (DAY,), Range(1_000, 100_000), exact(0.01), stock=1, half_life=0, times=10))
    assert many.needed_high / many.needed < one.needed_high / one.needed


def test_the_same_seed_gives_the_same_to_the_last_digit_and_another_nearly_the_same() -> None:
    plan = Plan(DAY, (DAY, "2026-11-30"), Range(5_000, 80_000), Range(0.002, 0.02), 1.2, 3, 400)
    assert outlook(plan) == outlook(plan)
    other = outlook(replace(plan, seed=2))
    assert other != outlook(plan)
    assert other.needed == pytest.approx(outlook(plan).needed, rel=0.05)


def test_ten_times_the_views_is_ten_times_the_orders_and_not_the_sales_of_every_day() -> None:
    plan = Plan(DAY, (DAY,), exact(1_000), exact(0.01), daily=1, stock=20, half_life=0)
    assert outlook(plan).left[0] == pytest.approx(20 - 10 - 1)
    assert outlook(replace(plan, times=10)).left[0] == pytest.approx(20 - 100 - 1)


def test_views_come_by_halves() -> None:
    assert [arrived_share(days, 3) for days in (0, 3, 6, 9)] == [0, 0.5, 0.75, 0.875]
    assert arrived_share(1, 0) == 1


def test_conversion_is_never_more_than_everybody() -> None:
    found = outlook(Plan(DAY, (DAY,), exact(100), Range(0.5, 1), stock=1, half_life=0))
    assert 1 - found.left_high[0] <= 100


@pytest.mark.parametrize(
    "views", [Range(10, 5), Range(-1, 5), Range(0, 5), Range(float("nan"), 5), Range(1, float("inf"))]
)
def test_a_range_that_is_none_is_refused_in_words(views: Range) -> None:
    with pytest.raises(UserError, match="The range of views"):
        outlook(Plan(DAY, (DAY,), views))


def test_other_nonsense_is_refused_in_words() -> None:
    with pytest.raises(UserError, match="100 % at most"):
        outlook(Plan(DAY, conversion=Range(0.5, 2)))
    with pytest.raises(UserError, match="sales a day cannot be -1"):
        outlook(Plan(DAY, daily=-1))


def test_posts_are_spread_over_the_days_and_ranges_taken_from_what_was_measured() -> None:
    assert every(4, DAY, 8) == (DAY, "2026-11-25", "2026-11-27", "2026-11-29")
    assert every(0, DAY, 8) == ()
    assert history_range([5, 1, 2, 3, 4, 0]) == Range(1.4, 4.6)
    assert history_range([1, 2, 3, 4]) is None
