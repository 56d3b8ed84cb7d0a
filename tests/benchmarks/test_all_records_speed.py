"""S4 for the other long lists: messages, shipments, deliverables, orders, beside what sqlite3 alone takes."""

from __future__ import annotations

import random
import sqlite3
from array import array
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest
from conftest import Race

from creator_crm.domain.filters import parse
from creator_crm.domain.query import Query
from creator_crm.store.codec import Stored
from creator_crm.store.engine import connect
from creator_crm.store.readers import lists
from creator_crm.store.store import Store

pytestmark = pytest.mark.benchmark

ROWS, PEOPLE, CAMPAIGNS = 100_000, 20_000, 12
COLUMNS = {
    "message": ("sent_at", "status", "body"),
    "shipment": ("shipped_on", "status", "tracking_number"),
    "deliverable": ("due_on", "status", "name"),
    "order": ("ordered_on", "status", "number"),
}
REQUIRED = {"message": ("direction", "out"), "order": ("shop", "shopify")}
STATUSES = {"message": "sent", "shipment": "delivered", "deliverable": "drafting", "order": "paid"}


@pytest.fixture(scope="module")
def full(big_folder: Path) -> Iterator[Store]:
    """So many rows of each long list, made once."""
    path = big_folder / "long-lists.creatorcrm"
    if not path.exists():
        made = Store.create(path, who="bench")
        _fill(made, random.Random(7))
        made.close()
    store = Store.open(path)
    yield store
    store.close()


def _fill(store: Store, rng: random.Random) -> None:
    with store.change("Make rows", bulk=True, origin="import") as unit:
        people = unit.add_rows("creator", ["name"], [[f"Name {rng.random():.12f}"] for _ in range(PEOPLE)])
        campaigns = unit.add_rows("campaign", ["name"], [[f"Push {n}"] for n in range(CAMPAIGNS)])
        for record, columns in COLUMNS.items():
            statuses = [c.value for c in store.catalogue[record].field("status").choices]
            settable = [s for s in statuses if s != "late"]
            rows: list[list[Stored]] = [
                [
                    rng.choice(people),
                    rng.choice(campaigns),
                    f"2026-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}",
                    rng.choice(settable),
                    f"{rng.random():.9f} {n}",
                ]
                for n in range(ROWS)
            ]
            more, value = REQUIRED.get(record, ("notes", None))
            unit.add_rows(record, ["creator", "campaign", *columns, more], [[*row, value] for row in rows])


@pytest.fixture(scope="module")
def floor(full: Store) -> Iterator[sqlite3.Connection]:
    connection = connect(full.path, reader=True)
    yield connection
    connection.close()


@pytest.mark.parametrize("record", COLUMNS)
def test_long_lists_of_every_page_cost_little_more_than_sqlite_alone(
    race: Race, full: Store, floor: sqlite3.Connection, record: str
) -> None:
    day, _, word = COLUMNS[record]
    table, living = f'"{record}" t', "t.deleted_at IS NULL"
    name = "(SELECT coalesce(c.name, c.handle) FROM creator c WHERE c.id = t.creator) COLLATE NOCASE"
    status = STATUSES[record]
    asked = parse(f"status = {status}", full.catalogue[record])
    lapses = "AND t.due_on >= date('now')" if record == "deliverable" else ""
    ways: dict[str, tuple[Query, str]] = {
        "as they came": (Query(record), f"{living} ORDER BY t.id"),
        f"by {day}": (Query(record, sort=(f"-{day}",)), f"{living} ORDER BY t.{day} DESC, t.id DESC"),
        f"by {word}": (Query(record, sort=(word,)), f"{living} ORDER BY t.{word} COLLATE NOCASE, t.id"),
        "by creator": (Query(record, sort=("creator",)), f"{living} ORDER BY {name}, t.id"),
        f"where status is {status}": (
            Query(record, asked),
            f"{living} AND t.status = '{status}' {lapses} ORDER BY t.id",
        ),
        "of one campaign": (Query(record, campaign=3), f"{living} AND t.campaign = 3 ORDER BY t.id"),
    }
    for way, (query, sql) in ways.items():
        plain = f"SELECT t.id FROM {table} WHERE {sql}"
        assert len(lists.ids(full, query)) == len(floor.execute(plain).fetchall())
        race.run(
            "S4",
            f"100,000 of {record}, {way}",
            lambda query=query: lists.ids(full, query),  # type: ignore[misc]
            lambda plain=plain: array("q", chain.from_iterable(floor.execute(plain))),  # type: ignore[misc]
            1.5,
        )
    race.check()
