"""How long creators have to post: gifts by reminders, TikTok's samples by its own days and one extension."""

from __future__ import annotations

from dataclasses import replace

import pytest

from creator_crm.domain.clocks import Clocks, next_nudge
from creator_crm.domain.seeding import Shipment

GIFT = Shipment(id=1, uid="A1", status="delivered", delivered_on="2026-11-01")
SAMPLE = replace(GIFT, kind="sample")
USUAL = Clocks()


@pytest.mark.parametrize(
    ("nudges", "last", "expected"),
    [
        (0, None, ("2026-11-08", False)),
        (1, "2026-11-08", ("2026-11-11", False)),
        (1, "2026-11-12", ("2026-11-15", False)),  # a late one moves the next
        (2, "2026-11-11", ("2026-11-15", False)),
        (3, "2026-11-15", ("2026-11-18", True)),
        (3, "2026-11-25", ("2026-11-28", True)),
    ],
)
def test_a_gift_is_asked_about_on_day_7_10_and_14_and_given_up_three_days_after_the_last(
    nudges: int, last: str | None, expected: tuple[str, bool]
) -> None:
    parcel = replace(GIFT, nudges=nudges, nudged_on=last)
    assert next_nudge(parcel, USUAL, "2026-11-30") == expected


@pytest.mark.parametrize(
    ("nudges", "last", "today", "expected"),
    [
        (0, None, "2026-11-02", ("2026-11-08", False)),
        (1, "2026-11-08", "2026-11-09", ("2026-11-13", False)),
        (1, "2026-11-10", "2026-11-11", ("2026-11-15", True)),  # the next would come after the end
        (2, "2026-11-13", "2026-11-14", ("2026-11-15", True)),
        (0, None, "2026-11-15", ("2026-11-15", True)),  # the time is up, reminded or not
    ],
)
def test_a_free_sample_has_14_days(
    nudges: int, last: str | None, today: str, expected: tuple[str, bool]
) -> None:
    assert next_nudge(replace(SAMPLE, nudges=nudges, nudged_on=last), USUAL, today) == expected


def test_a_sample_can_be_given_seven_days_more_once_and_a_gift_cannot() -> None:
    longer = replace(SAMPLE, extended_on="2026-11-09")
    parcel = replace(longer, nudges=1, nudged_on="2026-11-10")
    assert next_nudge(parcel, USUAL, "2026-11-15") == ("2026-11-20", False)
    assert next_nudge(replace(parcel, nudges=2, nudged_on="2026-11-20"), USUAL, "2026-11-20") == (
        "2026-11-22",
        True,
    )
    assert (USUAL.can_extend(SAMPLE), USUAL.can_extend(longer), USUAL.can_extend(GIFT)) == (
        True,
        False,
        False,
    )


def test_a_refundable_sample_has_90_days_by_itself() -> None:
    assert next_nudge(replace(SAMPLE, kind="refundable_sample"), USUAL, "2026-11-20") == ("2026-12-01", False)


def test_a_refundable_sample_has_90_days_where_samples_are_set_so() -> None:
    clocks = Clocks(by_kind={"sample": "tiktok_refundable"})
    assert next_nudge(SAMPLE, clocks, "2026-11-20") == ("2026-12-01", False)
    assert next_nudge(SAMPLE, clocks, "2027-01-30") == ("2027-01-30", True)
    assert clocks.first == 7, "a gift asks first"


def test_the_days_of_a_gift_are_the_brands_own() -> None:
    clocks = Clocks(gifted=replace(USUAL.gifted, nudge_days=(2, 30)))
    assert next_nudge(GIFT, clocks) == ("2026-11-03", False)
    assert clocks.first == 2
