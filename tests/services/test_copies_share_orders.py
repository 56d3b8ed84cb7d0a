"""An order of stock that arrives in part: whoever notes it, and in whatever order copies tell, it adds up."""

from __future__ import annotations

import random

import pytest
from two_copies import bring, send, written

from creator_crm.domain.merging import Side
from creator_crm.domain.query import Query
from creator_crm.services.workbook_back import Decisions
from creator_crm.services.workspace import Workspace

ORDERED = 100
WHOLE: tuple[str, ...] = ()
PARTS = (WHOLE, ("incoming_stock",), ("stock_movement",), ("incoming_stock", "stock_movement"))


@pytest.fixture
def a(workspace: Workspace) -> Workspace:
    workspace.add("product", {"name": "Serum", "sku": "S1", "currency": "EUR"})
    workspace.order_stock("S1", ORDERED, ordered_on="2026-02-01", expected_on="2026-03-01")
    return workspace


def stands(workspace: Workspace) -> tuple[int, int]:
    """(on the shelf, still on order)"""
    (one,) = workspace.stock_on("2026-12-31")
    return one.on_hand, one.on_order


def arrive(workspace: Workspace, *pieces: int | None) -> None:
    """Note deliveries, one after the other, of what is on order; None for all of it."""
    for came in pieces:
        (order,) = [
            row.id
            for row in workspace.rows("incoming_stock", workspace.ids(Query("incoming_stock")))
            if not row.arrived_on
        ]
        workspace.arrived([order], on="2026-03-01", pieces=came)


def agreed(a: Workspace, b: Workspace) -> tuple[int, int]:
    """Both tell each other everything until nothing is new; how it stands then, in both."""
    send(a, b, prefer=Side.THEIRS)
    send(b, a, prefer=Side.THEIRS)
    send(a, b)
    assert stands(a) == stands(b)
    assert send(a, b).changes_nothing
    assert send(b, a).changes_nothing
    assert a.check() == b.check() == []
    return stands(a)


def test_a_part_that_one_copy_notes_arrives_in_the_other(a: Workspace, b: Workspace) -> None:
    arrive(a, 30)
    send(a, b)
    assert stands(b) == (30, 70)
    arrive(b, 50)
    send(b, a)
    assert stands(a) == (80, 20)
    assert agreed(a, b) == (80, 20)


def test_the_same_part_noted_in_both_copies_arrived_once(a: Workspace, b: Workspace) -> None:
    for workspace in (a, b):
        arrive(workspace, 30)
    for writer, reader in ((a, b), (b, a)):
        assert not send(writer, reader).conflicts
        assert stands(reader) == (30, 70)
    assert agreed(a, b) == (30, 70)


NOTED = [
    ((30,), (40,)),
    ((None,), (30,)),
    ((30, None), (None,)),
    ((30, 20), (50,)),
    ((30, 20), (30, 40)),
    ((120,), (30,)),
]


@pytest.mark.parametrize("side", list(Side))
@pytest.mark.parametrize(("by_a", "by_b"), NOTED, ids=str)
def test_what_both_noted_differently_is_asked_and_adds_up_as_it_was_decided(
    a: Workspace, b: Workspace, by_a: tuple[int | None, ...], by_b: tuple[int | None, ...], side: Side
) -> None:
    arrive(a, *by_a)
    arrive(b, *by_b)
    theirs, mine = stands(a), stands(b)
    books = written(a), written(b)
    assert bring(b, books[0], side).conflicts
    assert sum(stands(b)) == sum(theirs if side is Side.THEIRS else mine)
    if len(by_a) == len(by_b) == 1:
        assert stands(b) == (theirs if side is Side.THEIRS else mine)
    decided = stands(b)
    assert not send(b, a).conflicts
    assert stands(a) == decided
    assert agreed(a, b) == decided


@pytest.mark.parametrize("sides", [(x, y) for x in Side for y in Side], ids=str)
def test_workbooks_that_cross_end_in_one_of_the_two(
    a: Workspace, b: Workspace, sides: tuple[Side, Side]
) -> None:
    arrive(a, None)
    arrive(b, 30)
    books = written(a), written(b)
    bring(b, books[0], sides[0])
    bring(a, books[1], sides[1])
    for workspace in (a, b):
        assert stands(workspace) in ((100, 0), (30, 70))
    assert agreed(a, b) in ((100, 0), (30, 70))


def test_an_answer_for_the_ledger_alone_is_followed_by_what_is_on_order(a: Workspace, b: Workspace) -> None:
    arrive(a, 30)
    arrive(b, 40)
    review = b.review_workbook(written(a))
    (line,) = [c for m in review.records if m.record == "stock_movement" for c in m.conflicts]
    b.apply_review(review, Decisions(cells={("stock_movement", line.uid, line.field): Side.THEIRS}))
    assert stands(b) == (30, 70)
    assert agreed(a, b) == (30, 70)


def test_what_is_cancelled_of_the_rest_stays_cancelled(a: Workspace, b: Workspace) -> None:
    arrive(a, 30)
    send(a, b)
    rest = max(a.ids(Query("incoming_stock")))
    a.trash("incoming_stock", [rest])
    b.edit("incoming_stock", {1: {"notes": "came by ship"}})
    send(a, b)
    assert stands(b) == (30, 0)
    assert agreed(a, b) == (30, 0)


# A rest that a merge of the orders alone put into the trash is told anew under another id: counted twice.
KNOWN = {34: [pytest.mark.xfail(reason="the rest of an order that was in the trash gets another id")]}
MORE = [pytest.param(seed, marks=[pytest.mark.torture, *KNOWN.get(seed, [])]) for seed in range(2, 42)]


@pytest.mark.parametrize("seed", [0, 1, *MORE])
def test_orders_add_up_whatever_both_noted_and_told(a: Workspace, b: Workspace, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(3):
        for workspace in (a, b):
            if chance.random() < 0.7 and stands(workspace)[1]:
                arrive(workspace, chance.randint(1, stands(workspace)[1]))
        writer, reader = chance.choice([(a, b), (b, a)])
        side = chance.choice(list(Side))
        send(writer, reader, *chance.choice(PARTS), prefer=side)
    shelf, ordered = agreed(a, b)
    assert ordered == max(ORDERED - shelf, 0)  # more may have come than was ordered
