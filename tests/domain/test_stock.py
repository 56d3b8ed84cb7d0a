"""Stock at a date, worked by hand day by day, beside a replay that moves piece by piece."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from creator_crm.domain import stock
from creator_crm.domain.reordering import Incoming, need
from creator_crm.domain.stock import (
    Kept,
    Moved,
    average_cost,
    pace_since,
    together,
    totals,
)


def stands(kept: Kept, on: str, days: Sequence[Moved], *, sold: int = 0, sent: int = 0) -> stock.Standing:
    names = (*stock.ON_SHELF, *stock.HELD, "with_cost", "paid")
    whole = Moved(on, **{name: sum(getattr(day, name) for day in days) for name in names})
    return stock.standing(kept, whole, days, (), sold, sent)


SERUM = Kept(1, None, "Glow serum", "GS-30", "EUR", cost=450)

# Worked by hand. Money in cents; the cost of the receipt of the 15th is not known: 4.50 of the product.
#  day         what moved                               on hand  reserved  average                       value
HAND = [
    (Moved("2026-01-02", received=10, with_cost=10, paid=4000), 10, 0, Fraction(400), 4000),
    (Moved("2026-01-05", reserved=-4), 10, 4, Fraction(400), 4000),
    (Moved("2026-01-06", released=4, shipped=-4), 6, 0, Fraction(400), 2400),
    (Moved("2026-01-09", received=6, with_cost=6, paid=3600), 12, 0, Fraction(500), 6000),
    (Moved("2026-01-10", lost=-1), 11, 0, Fraction(500), 5500),
    (Moved("2026-01-12", returned=2), 13, 0, Fraction(500), 6500),
    (Moved("2026-01-15", received=7), 20, 0, Fraction("482.5"), 9650),
    (Moved("2026-01-20", corrected=-3, reserved=-5), 17, 5, Fraction("482.5"), 8202),
]


@pytest.mark.parametrize("last", range(len(HAND)))
def test_every_day_of_a_ledger_is_as_worked_by_hand(last: int) -> None:
    days = [day for day, *_ in HAND[: last + 1]]
    _, on_hand, reserved, average, value = HAND[last]
    found = stands(SERUM, days[-1].on, days)
    assert (found.on_hand, found.reserved, found.available) == (on_hand, reserved, on_hand - reserved)
    assert (found.average.cost, found.value) == (average, value)
    assert found.average.assumed == (7 if last >= 6 else 0), "what had no cost of its own is told"


def test_the_order_in_which_lines_were_written_changes_nothing() -> None:
    days = [day for day, *_ in HAND]
    assert average_cost(reversed(days), 450) == average_cost(days, 450)


def test_what_came_in_on_a_day_counts_before_what_left_on_it() -> None:
    day = Moved("2026-01-03", received=10, with_cost=10, paid=6000, shipped=-10)
    found = stands(SERUM, day.on, [Moved("2026-01-02", received=10, with_cost=10, paid=4000), day])
    assert (found.on_hand, found.average.cost, found.value) == (10, Fraction(500), 5000)


def test_without_any_cost_there_is_no_value_and_with_nothing_there_it_is_nothing() -> None:
    unknown = replace(SERUM, cost=None)
    assert stands(unknown, "2026-01-02", [Moved("2026-01-02", received=3)]).value is None
    assert stands(unknown, "2026-01-02", []).value == 0
    later = Moved("2026-01-03", received=1, with_cost=1, paid=700)
    found = stands(unknown, "2026-01-03", [Moved("2026-01-02", received=3), later])
    assert (found.average.cost, found.value) == (Fraction(700), 2800), "the first known cost stands for all"


def test_pieces_counted_before_the_first_receipt_weigh_in_at_the_cost_of_the_product() -> None:
    days = [Moved("2026-01-02", corrected=10), Moved("2026-01-03", received=10, with_cost=10, paid=5500)]
    assert average_cost(days, 450).cost == 500


@settings(max_examples=200)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 12),
            st.sampled_from(("paid", "unpaid", "returned", "corrected", "shipped", "lost")),
            st.integers(1, 30),
            st.integers(1, 5_000),
        ),
        max_size=25,
    )
)
def test_the_average_is_that_of_a_replay_piece_by_piece(moves: list[tuple[int, str, int, int]]) -> None:
    """The shelf as a list of pieces that each bear the same cost; receipts of a day before all else."""
    lines = sorted(((day, kind not in ("paid", "unpaid"), kind, n, cost) for day, kind, n, cost in moves))
    shelf: list[Fraction] = []
    days: dict[int, Moved] = {}
    for place, (day, _, kind, n, cost) in enumerate(lines):
        n = min(n, len(shelf)) if kind in ("shipped", "lost") else n
        at = shelf[0] if shelf else None
        if at is None and place and kind in ("returned", "corrected"):
            continue  # what an empty shelf was worth is not for this replay to know
        if kind in ("shipped", "lost"):
            del shelf[:n]
        else:
            price = Fraction(cost if kind == "paid" else 450) if "paid" in kind else at or Fraction(450)
            shelf += [price] * n
            shelf = [sum(shelf, Fraction(0)) / len(shelf)] * len(shelf)
        before = days.get(day, Moved(str(date(2026, 1, 1) + timedelta(day))))
        change = {"received": before.received + n} if "paid" in kind else {}
        if kind == "paid":
            change |= {"with_cost": before.with_cost + n, "paid": before.paid + n * cost}
        elif kind in ("shipped", "lost"):
            change = {kind: getattr(before, kind) - n}
        elif kind != "unpaid":
            change = {kind: getattr(before, kind) + n}
        days[day] = replace(before, **change)  # type: ignore[arg-type]
    found = stands(SERUM, "2026-12-31", list(days.values()))
    assert found.on_hand == len(shelf)
    if shelf:
        assert found.average.cost is not None
        assert abs(found.average.cost - shelf[0]) < Fraction(1, 1000), "kept in millionths of a cent"


def test_a_product_is_the_sum_of_its_variants_and_currencies_are_never_added_up() -> None:
    mini = stands(Kept(1, 1, "Mini", currency="EUR"), "2026-01-09", [Moved("2026-01-02", 4, 4, 800)], sold=28)
    maxi = stands(
        Kept(1, 2, "Maxi", currency="EUR"), "2026-01-09", [Moved("2026-01-02", 6, 6, 3000, reserved=-1)]
    )
    whole = together(SERUM, [mini, maxi])
    assert (whole.on_hand, whole.reserved, whole.available) == (10, 1, 9)
    assert (whole.average.cost, whole.value) == (Fraction(380), 3800)
    assert (whole.per_day, whole.days_left) == (Fraction(1), 9)
    abroad = stands(Kept(1, 3, "Abroad", currency="USD"), "2026-01-09", [Moved("2026-01-02", 2, 2, 1000)])
    mixed = together(SERUM, [mini, abroad])
    assert (mixed.currency, mixed.value, mixed.average.cost) == ("", None, None)
    assert totals([mixed, maxi]) == {"EUR": (10, 3800, 0), "USD": (2, 1000, 0)}


LEVEL_40 = {"level": 40, "lead_time_days": 21, "days_left": None, "on": "2026-01-01"}


@pytest.mark.parametrize(
    ("available", "incoming", "told", "state"),
    [
        (41, [], LEVEL_40, "fine"),
        (40, [], LEVEL_40, "order"),
        (12, [Incoming(28, "2026-01-09")], LEVEL_40, "order"),
        (12, [Incoming(29, "2026-01-09")], LEVEL_40, "coming"),
        (12, [Incoming(29, "2026-01-09")], {**LEVEL_40, "days_left": 7}, "late"),
        (12, [Incoming(29, "2026-01-09")], {**LEVEL_40, "days_left": 8}, "coming"),
        (12, [], {**LEVEL_40, "level": None}, ""),
        (12, [], {**LEVEL_40, "level": None, "days_left": 21}, "order"),
        (12, [], {**LEVEL_40, "level": None, "days_left": 22}, "fine"),
        (12, [Incoming(12, "2026-01-05")], {**LEVEL_40, "level": None, "days_left": 11}, "fine"),
        (0, [], {**LEVEL_40, "level": None, "days_left": 0}, "order"),
    ],
)
def test_what_is_on_its_way_counts_unless_it_comes_too_late(
    available: int, incoming: list[Incoming], told: dict[str, int | str | None], state: str
) -> None:
    assert need(available, incoming, **told).state == state  # type: ignore[arg-type]


def test_the_pace_is_that_of_four_whole_weeks() -> None:
    found = stands(SERUM, "2026-03-01", [Moved("2026-01-02", received=30)], sold=10, sent=4)
    assert (found.per_day, found.days_left) == (Fraction(1, 2), 60)
    assert stands(SERUM, "2026-03-01", []).days_left is None
    assert pace_since("2026-03-01") == "2026-02-02"
