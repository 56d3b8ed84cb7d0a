"""Promises kept and broken: ghosted parcels lower the reliability, parcels that still wait do not."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from creator_crm.domain.deliverables import Deliverable
from creator_crm.domain.reliability import reliability
from creator_crm.domain.seeding import Shipment

TODAY = "2026-11-22"
PARCEL = Shipment(id=1, creator=4, campaign=2, status="delivered", delivered_on="2026-11-02")
POST = Deliverable(
    id=1, creator=4, campaign=2, shipment=1, status="live", live_on="2026-11-09", due_on="2026-11-10"
)
GHOSTED = replace(PARCEL, id=2, delivered_on="2026-10-01", ghosted_on="2026-10-20")


def test_a_parcel_given_up_on_lowers_the_reliability_and_the_explanation_says_so() -> None:
    before, after = reliability([PARCEL], [POST], TODAY), reliability([PARCEL, GHOSTED], [POST], TODAY)
    assert before.value == 1  # a post for the parcel, and on time: 2 of 2
    assert after.value == Decimal("0.666667")  # 2 of 3
    lines = {one.name: one.value for one in after.inputs}
    assert lines["parcels given up on"] == 1
    assert (lines["promises kept"], lines["promises that came due"]) == (2, 3)
    assert not after.is_sure, "three promises say little yet"


def test_a_late_post_is_half_a_promise_kept_and_a_missing_one_none() -> None:
    late = replace(POST, live_on="2026-11-12")
    missing = Deliverable(id=2, creator=4, status="planned", due_on="2026-11-01")
    assert reliability([PARCEL], [late], TODAY).value == Decimal("0.5")
    assert reliability([], [missing], TODAY).value == 0


def test_what_is_undecided_was_never_promised_or_has_not_arrived_does_not_count() -> None:
    parcels = [
        PARCEL,  # still waits
        replace(GHOSTED, no_post_expected=True),
        replace(GHOSTED, status="lost", delivered_on=None),
    ]
    found = reliability(parcels, [], TODAY)
    assert (found.value, found.why_undefined) == (None, "nothing was promised yet")


def test_a_post_after_giving_up_makes_it_good() -> None:
    again = replace(GHOSTED, id=1)
    assert reliability([again], [replace(POST, due_on=None)], TODAY).value == 1
