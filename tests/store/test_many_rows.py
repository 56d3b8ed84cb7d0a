"""Rows by the hundred in one change set: the same rows, figures and search as one by one, and undo too."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from creator_crm.domain.errors import UserError
from creator_crm.domain.fields import Value
from creator_crm.store.check import check
from creator_crm.store.store import Store
from creator_crm.store.text_search import everywhere

PARCELS = 120


@pytest.fixture
def serum(store: Store) -> int:
    with store.change("Stock") as unit:
        product = unit.add("product", {"name": "Serum", "sku": "S-1"})
        unit.add("stock_movement", {"product": product, "quantity": 500, "moved_on": "2026-01-01"})
    return product


def add_parcels(store: Store, product: int, count: int = PARCELS) -> range:
    with store.change("Send") as unit:
        person = unit.add("creator", {"name": "Ana"})
        unit.add("address", {"creator": person, "street": "Rue 1", "city": "Lyon"})
        odd: dict[str, Value] = {"notes": "for the studio"}
        parcels = unit.add_many(
            "shipment",
            [{"creator": person, "status": "approved", **(odd if n % 3 == 0 else {})} for n in range(count)],
        )
        unit.add_many("shipment_item", [{"shipment": n, "product": product, "quantity": 2} for n in parcels])
    return parcels


def test_many_rows_pass_the_same_door_as_one(store: Store, serum: int) -> None:
    parcels = add_parcels(store, serum)
    with store.read_raw() as raw:
        rows = raw.execute(
            "SELECT id, number, street, approved_on IS NOT NULL, contents, pieces, notes FROM shipment"
        )
        found = rows.fetchall()
        assert raw.execute("SELECT stock FROM product").fetchone() == (500 - 2 * PARCELS,)
    assert [row[0] for row in found] == list(parcels)
    assert [row[1][-4:] for row in found] == [f"{n:04}" for n in range(1, PARCELS + 1)]
    assert {row[2:6] for row in found} == {("Rue 1", 1, "S-1", 2)}
    assert [bool(row[6]) for row in found[:4]] == [True, False, False, True]
    assert check(store) == []


def test_what_derives_from_many_rows_is_found_by_search_and_undone(
    store: Store, serum: int, dump: Callable[[Path], object]
) -> None:
    before = dump(store.path)
    parcels = add_parcels(store, serum)
    found = {hit.id for hit in everywhere(store, "S-1") if hit.record == "shipment"}
    assert found <= set(parcels) and found
    store.undo()
    assert dump(store.path) == before
    assert not [hit for hit in everywhere(store, "S-1") if hit.record == "shipment"]
    store.redo()
    assert check(store) == []


def test_many_parcels_that_want_too_much_are_refused_and_nothing_is_left(store: Store, serum: int) -> None:
    with pytest.raises(UserError, match="600 of “Serum” are needed and 500 are left"):
        add_parcels(store, serum, 300)
    with store.read_raw() as raw:
        assert raw.execute("SELECT count(*) FROM shipment").fetchone() == (0,)
    assert check(store) == []
