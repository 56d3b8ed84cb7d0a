"""S4 on a whole program: every list of every page in its usual and other orders, beside sqlite3 alone."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterator
from itertools import chain

import pytest
from conftest import Race

from creator_crm.domain.query import Query
from creator_crm.store.engine import connect
from creator_crm.store.readers import lists
from creator_crm.store.store import Store

pytestmark = pytest.mark.benchmark

PAGES = {
    "Creators": {"creator": ("name", "-followers", "stage")},
    "Outreach": {"message": ("-sent_at", "-follow_up_on", "status")},
    "Seeding": {"shipment": ("-shipped_on", "-delivered_on", "status")},
    "Briefs": {"deliverable": ("due_on", "-live_on", "-views")},
    "Results": {
        "order": ("-ordered_on", "number", "-total", "status"),
        "payment": ("-due_on",),
        "code": ("-orders",),
    },
}


@pytest.fixture
def floor(program: Store) -> Iterator[sqlite3.Connection]:
    connection = connect(program.path, reader=True)
    yield connection
    connection.close()


@pytest.mark.parametrize("page", PAGES)
def test_every_list_of_a_page_costs_little_more_than_sqlite_alone(
    race: Race, program: Store, floor: sqlite3.Connection, page: str
) -> None:
    for record, sorts in PAGES[page].items():
        kept = "AND archived = 0" if record == "creator" else ""
        for sort in sorts:
            name, down = sort.lstrip("-"), " DESC" if sort.startswith("-") else ""
            order = f'"{name}"{down} NULLS LAST, id{down}'
            plain = f'SELECT id FROM "{record}" WHERE deleted_at IS NULL {kept} ORDER BY {order}'
            query = Query(record, sort=(sort,))
            race.run(
                "S4",
                f"{page}: all of {record} by {sort}",
                lambda query=query: lists.ids(program, query),  # type: ignore[misc]
                lambda plain=plain: array("q", chain.from_iterable(floor.execute(plain))),  # type: ignore[misc]
                1.5,
                pairs=5,
            )
            first = Query(record, sort=(sort,), limit=200)
            rows = lists.rows(program, record, lists.ids(program, first))
            assert len(rows) == 200
    race.check()
