"""S4 on a whole program: every list of every page in its usual and other orders, beside sqlite3 alone."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterator
from itertools import chain

import pytest
from conftest import Race

from creator_crm.domain.fields import Field, Kind
from creator_crm.domain.query import Query
from creator_crm.store.engine import connect
from creator_crm.store.readers import lists
from creator_crm.store.store import Store

pytestmark = pytest.mark.benchmark

PAGES = {
    "Creators": {"creator": ("name", "-followers", "stage")},
    "Outreach": {"message": ("-sent_at", "-follow_up_on", "status", "creator")},
    "Seeding": {"shipment": ("-shipped_on", "-delivered_on", "status", "creator")},
    "Briefs": {"deliverable": ("due_on", "-live_on", "-views", "creator")},
    "Results": {
        "order": ("-ordered_on", "number", "-total", "status", "creator", "code"),
        "payment": ("-due_on", "creator"),
        "code": ("-orders",),
    },
}
CALLED = {"creator": "coalesce(r.name, r.handle)", "code": "r.code"}
NUMBERS = (Kind.COUNT, Kind.MONEY)
FIRST = 200
NO_WAIT = 1e-3  # seconds


@pytest.fixture
def floor(program: Store) -> Iterator[sqlite3.Connection]:
    connection = connect(program.path, reader=True)
    yield connection
    connection.close()


def in_order(field: Field, record: str, living: str, down: str) -> tuple[str, str]:
    """(all of a list, its first rows by the shortest way), with the names of what is referred to joined."""
    rows = f'"{record}" t'
    walked = rows
    if field.references:
        held = f"{CALLED[field.references]} COLLATE NOCASE"
        walked = f'"{field.references}" r CROSS JOIN {rows} ON t."{field.name}" = r.id'
        rows += f' LEFT JOIN "{field.references}" r ON r.id = t."{field.name}"'
    elif field.kind is Kind.CHOICE:
        places = " ".join(f"WHEN '{c.value}' THEN {n}" for n, c in enumerate(field.choices))
        held = f'CASE t."{field.name}" {places} END'
    else:
        held = f't."{field.name}"' + ("" if field.kind in NUMBERS else " COLLATE NOCASE")
    order = f"WHERE {living} ORDER BY {held}{down} NULLS LAST, t.id{down}"
    return f"SELECT t.id FROM {rows} {order}", f"SELECT t.id FROM {walked} {order} LIMIT {FIRST}"


@pytest.mark.parametrize("page", PAGES)
def test_every_list_of_a_page_costs_little_more_than_sqlite_alone(
    race: Race, program: Store, floor: sqlite3.Connection, page: str
) -> None:
    def bare(sql: str) -> array[int]:
        return array("q", chain.from_iterable(floor.execute(sql)))

    for record, sorts in PAGES[page].items():
        living = "t.deleted_at IS NULL" + (" AND t.archived = 0" if record == "creator" else "")
        for sort in sorts:
            field = program.catalogue[record].field(sort.lstrip("-"))
            every, beginning = in_order(field, record, living, " DESC" if sort.startswith("-") else "")
            for what, query, sql in (
                ("all", Query(record, sort=(sort,)), every),
                ("first", Query(record, sort=(sort,), limit=FIRST), beginning),
            ):
                assert lists.ids(program, query) == bare(sql), (what, sort)
                race.run(
                    "S4",
                    f"{page}: {what} of {record} by {sort}",
                    lambda query=query: lists.ids(program, query),  # type: ignore[misc]
                    lambda sql=sql: bare(sql),  # type: ignore[misc]
                    1.5,
                    pairs=5,
                    nothing=NO_WAIT,
                )
    race.check()


def test_every_record_in_no_order_costs_little_more_than_sqlite_alone(
    race: Race, program: Store, floor: sqlite3.Connection
) -> None:
    for record, description in program.catalogue.items():
        kept = " AND archived = 0" if "archived" in description.by_name else ""
        sql = f'SELECT id FROM "{record}" WHERE deleted_at IS NULL{kept} ORDER BY id'
        query = Query(record)
        if len(lists.ids(program, query)) < FIRST:
            continue
        race.run(
            "S4",
            f"all of {record} as they came",
            lambda query=query: lists.ids(program, query),  # type: ignore[misc]
            lambda sql=sql: array("q", chain.from_iterable(floor.execute(sql))),  # type: ignore[misc]
            1.5,
            pairs=5,
            nothing=NO_WAIT,
        )
    race.check()
