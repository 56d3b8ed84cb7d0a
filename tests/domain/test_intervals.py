"""Rates of few cases: their interval as statsmodels gives it, and the middle of what was counted."""

from __future__ import annotations

from decimal import Decimal

import pytest

from creator_crm.domain.intervals import median, wilson
from creator_crm.domain.metrics import Facts, explain, metric

# statsmodels 0.15: proportion_confint(hits, cases, method="wilson"), six decimals
STATSMODELS = {
    (0, 1): ("0.000000", "0.793451"),
    (1, 1): ("0.206549", "1.000000"),
    (3, 5): ("0.230724", "0.882379"),
    (1, 3): ("0.061492", "0.792340"),
    (0, 12): ("0.000000", "0.242494"),
    (12, 12): ("0.757506", "1.000000"),
    (10, 20): ("0.299298", "0.700702"),
    (11, 22): ("0.307221", "0.692779"),
    (7, 41): ("0.085253", "0.312626"),
    (120, 400): ("0.257168", "0.346637"),
    (2500, 10000): ("0.241610", "0.258582"),
    (199999, 200000): ("0.999972", "0.999999"),
}


@pytest.mark.parametrize(("hits", "cases"), STATSMODELS)
def test_an_interval_is_that_of_statsmodels(hits: int, cases: int) -> None:
    assert [str(end) for end in wilson(hits, cases)] == list(STATSMODELS[hits, cases])


def test_no_case_or_more_hits_than_cases_is_no_rate() -> None:
    for hits, cases in ((0, 0), (3, 2), (-1, 4)):
        with pytest.raises(ValueError, match="is no rate"):
            wilson(hits, cases)


def test_three_of_five_say_nothing_yet_and_eleven_of_twenty_two_do() -> None:
    few = metric("post_rate", Facts(creators_posted=3, creators_delivered=5))
    assert (few.low, few.high, few.is_sure) == (Decimal("0.230724"), Decimal("0.882379"), False)
    assert "not enough data yet" in "\n".join(explain(few))
    assert metric("post_rate", Facts(creators_posted=11, creators_delivered=22)).is_sure
    assert metric("aov", Facts(charged=10, orders=2)).is_sure, "what is no rate is not estimated"


def test_the_middle_of_counted_values() -> None:
    assert median({}) is None
    assert median({4: 1}) == 4
    assert median({3: 2, 9: 1}) == 3
    assert median({3: 1, 4: 1}) == Decimal("3.5")
    assert median({10: 1, 1: 1, 2: 2}) == 2
    assert median({5: 0, 8: 1}) == 8
