"""A store with one creator, ten pieces of one product, and a parcel for them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from creator_crm.domain.fields import Value
from creator_crm.domain.query import Query
from creator_crm.store.check import check
from creator_crm.store.readers import lists
from creator_crm.store.store import Store


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    opened = Store.create(path)
    yield opened
    assert check(opened) == []
    opened.close()


def add(store: Store, record: str, **values: Value) -> int:
    with store.change("Add") as unit:
        return unit.add(record, values)


def put(store: Store, record: str, row: int, **values: Value) -> None:
    with store.change("Change") as unit:
        unit.set(record, row, values)


def row(store: Store, record: str, number: int) -> Any:
    return lists.row(store, record, number)


def ledger(store: Store) -> list[tuple[str, int, str]]:
    rows = lists.rows(store, "stock_movement", lists.ids(store, Query("stock_movement")))
    return [(m.kind, m.quantity, m.moved_on) for m in rows]


@pytest.fixture
def ana(store: Store) -> int:
    number = add(store, "creator", name="Ana")
    add(store, "address", creator=number, street="Hauptstr. 1", city="Berlin", country="DE")
    return number


@pytest.fixture
def serum(store: Store) -> int:
    number = add(store, "product", name="Glow serum", sku="GS-30", cost=450, currency="USD")
    add(store, "stock_movement", product=number, kind="received", quantity=10, moved_on="2026-01-02")
    return number


@pytest.fixture
def parcel(store: Store, ana: int, serum: int) -> int:
    with store.change("Send a parcel") as unit:
        number = unit.add("shipment", {"creator": ana})
        unit.add("shipment_item", {"shipment": number, "sku": "gs-30", "quantity": 2})
    return number
