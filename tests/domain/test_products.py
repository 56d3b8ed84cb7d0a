"""The stock ledger: what is taken away counts below zero, so that the sum of all lines is the stock."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creator_crm.domain.products import MOVEMENTS, signed
from creator_crm.domain.statuses import SHIPMENT, stock_bookings


@pytest.mark.parametrize(
    ("kind", "quantity"),
    [("received", 5), ("reserved", -5), ("released", 5), ("shipped", -5), ("returned", 5), ("lost", -5)],
)
def test_the_kind_of_a_movement_decides_its_sign_whatever_was_typed(kind: str, quantity: int) -> None:
    assert signed(kind, 5) == signed(kind, -5) == quantity


def test_a_correction_goes_either_way() -> None:
    assert (signed("corrected", 3), signed("corrected", -3)) == (3, -3)


def test_every_booking_of_a_parcel_is_a_kind_of_movement() -> None:
    kinds = {choice.value for choice in MOVEMENTS}
    values = [None, *(s.value for s in SHIPMENT.statuses)]
    for before in values:
        for after in values[1:]:
            assert set(stock_bookings(before, str(after))) <= kinds


@given(st.integers(1, 1000), st.integers(1, 100))
def test_a_parcel_that_was_reserved_shipped_and_came_back_leaves_the_stock_as_it_was(
    received: int, sent: int
) -> None:
    ledger = [signed("received", received)]
    way = [None, "draft", "approved", "packed", "shipped", "delivered", "returned"]
    stock = []
    for before, after in pairwise(way):
        ledger += [signed(kind, sent) for kind in stock_bookings(before, str(after))]
        stock.append(sum(ledger))
    gone = received - sent
    assert stock == [received, gone, gone, gone, gone, received]
