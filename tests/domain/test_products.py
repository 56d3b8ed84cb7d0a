"""The stock ledger: what is taken away counts below zero, so that the sum of all lines is the stock."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creator_crm.domain.products import MOVEMENTS, signed
from creator_crm.domain.statuses import SHIPMENT, bookings


@pytest.mark.parametrize(
    ("kind", "quantity"),
    [("received", 5), ("reserved", -5), ("released", 5), ("shipped", -5), ("returned", 5), ("lost", -5)],
)
def test_the_kind_of_a_movement_decides_its_sign_whatever_was_typed(kind: str, quantity: int) -> None:
    assert signed(kind, 5) == signed(kind, -5) == quantity


def test_a_correction_goes_either_way() -> None:
    assert (signed("corrected", 3), signed("corrected", -3)) == (3, -3)


@given(st.lists(st.tuples(st.sampled_from([None, *(s.value for s in SHIPMENT.statuses)]), st.integers(0, 9))))
def test_whatever_happens_to_a_parcel_the_ledger_says_what_it_holds(
    way: list[tuple[str | None, int]],
) -> None:
    kinds = {choice.value for choice in MOVEMENTS}
    ledger: list[tuple[str, int]] = []
    for status, pieces in way:
        reserved = sum(n for kind, n in ledger if kind in ("reserved", "released"))
        gone = sum(n for kind, n in ledger if kind in ("shipped", "returned"))
        for kind, quantity in bookings(status, pieces, reserved, gone):
            assert kind in kinds and quantity == signed(kind, quantity)
            ledger.append((kind, quantity))
        stays_here = status in (None, "draft", "returned")
        assert sum(n for _, n in ledger) == (0 if stays_here else -pieces)


def test_a_parcel_that_was_reserved_shipped_and_came_back_leaves_the_stock_as_it_was() -> None:
    assert bookings("approved", 3, 0, 0) == (("reserved", -3),)
    assert bookings("packed", 3, -3, 0) == ()
    assert bookings("shipped", 3, -3, 0) == (("released", 3), ("shipped", -3))
    assert bookings("lost", 3, 0, -3) == ()
    assert bookings("returned", 3, 0, -3) == (("returned", 3),)
