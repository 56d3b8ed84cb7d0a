"""Stock adds up: whatever two copies send and receive, in whatever order and parts they tell of it."""

from __future__ import annotations

import random

import pytest
from edited import edited, exported
from two_copies import bring, send, written

from creator_crm.domain.errors import UserError
from creator_crm.domain.merging import Side
from creator_crm.services.workbook_back import Decisions
from creator_crm.services.workspace import Workspace

PARCELS = ("shipment", "shipment_item")
HOLD = "NOT s.status IN ('draft', 'returned')"


@pytest.fixture
def a(workspace: Workspace) -> Workspace:
    for name in ("Ana", "Bea", "Cho"):
        address = {"country": "DE", "street": "Ring 1", "city": "Berlin", "postcode": "10115"}
        workspace.add("creator", {"name": name}, {"address": [address]})
    workspace.add("product", {"name": "Serum", "sku": "S1", "currency": "EUR"})
    workspace.receive("S1", 200, on="2026-03-01")
    workspace.ship({"S1": 3}, [1, 2, 3])
    return workspace


def stock(workspace: Workspace) -> int:
    pieces: int = workspace.row("product", 1).stock
    return pieces


def due(workspace: Workspace) -> int:
    """What should be left: all that came in, less what is in parcels that hold some."""
    with workspace.store.read_raw() as raw:
        return int(
            raw.execute(
                "SELECT (SELECT sum(quantity) FROM stock_movement WHERE kind = 'received' "
                "AND deleted_at IS NULL) - (SELECT coalesce(sum(i.quantity), 0) FROM shipment_item i "
                f"JOIN shipment s ON s.id = i.shipment WHERE {HOLD} AND s.deleted_at IS NULL "
                "AND i.deleted_at IS NULL)"
            ).fetchone()[0]
        )


def settled(a: Workspace, b: Workspace) -> None:
    """Both tell each other everything, until nothing is new; then they agree on what is left."""
    send(a, b, prefer=Side.THEIRS)
    send(b, a, prefer=Side.THEIRS)
    send(a, b)
    assert (stock(a), stock(b)) == (due(a), due(a))
    assert due(a) == due(b)
    assert send(a, b).changes_nothing
    assert send(b, a).changes_nothing
    assert a.check() == b.check() == []


@pytest.mark.parametrize(
    "parts",
    [[PARCELS], [PARCELS, ()], [("shipment",), PARCELS], [("stock_movement",)], [(), PARCELS]],
    ids=str,
)
def test_parcels_told_in_parts_are_booked_once(
    a: Workspace, b: Workspace, parts: list[tuple[str, ...]]
) -> None:
    a.ship({"S1": 2}, [1, 2])
    a.advance([1, 4], "shipped", "2026-03-05")
    for records in parts:
        review = send(a, b, *records)
        assert not review.missing
    assert not send(a, b, *parts[-1]).missing
    settled(a, b)
    assert stock(a) == 200 - 9 - 4


def test_a_parcel_that_both_sent_off_left_once(a: Workspace, b: Workspace) -> None:
    a.advance([1, 2], "shipped", "2026-03-05")
    b.advance([1, 2], "delivered", "2026-03-05")
    b.advance([3], "returned", "2026-03-05")
    settled(a, b)
    assert stock(a) == 200 - 6


def test_what_is_typed_of_a_parcel_is_booked_without_the_sheet_of_stock(a: Workspace, b: Workspace) -> None:
    a.ship({"S1": 2}, [1])
    book = exported(a, a.path.with_suffix(".xlsx"), records=PARCELS)
    with edited(book) as their:
        their.put("Parcels", ("Creator", "Bea"), "Status", "Returned")
    for reader in (a, b):
        reader.apply_review(reader.review_workbook(book), Decisions())
    settled(a, b)
    assert stock(a) == 200 - 6 - 2


def act(workspace: Workspace, chance: random.Random) -> None:
    """Receive some, send a parcel, or move some parcel on."""
    what = chance.randrange(4)
    if what == 0:
        workspace.receive("S1", chance.randint(1, 9), on="2026-03-04")
    elif what == 1:
        workspace.ship({"S1": chance.randint(1, 4)}, [chance.randint(1, 3)])
    else:
        status = chance.choice(["packed", "shipped", "delivered", "returned", "lost"])
        try:
            workspace.advance([chance.randint(1, 4)], status, "2026-03-06")
        except UserError:
            return  # no step that this parcel can take


def exchange_at_random(a: Workspace, b: Workspace, chance: random.Random) -> None:
    for _ in range(chance.randint(1, 3)):
        for workspace in (a, b):
            for _ in range(chance.randint(0, 4)):
                act(workspace, chance)
        parts: list[tuple[str, ...]] = [(), PARCELS, ("shipment",), (*PARCELS, "stock_movement")]
        how = chance.random()
        if how < 0.6:
            writer, reader = chance.choice([(a, b), (b, a)])
            send(writer, reader, *chance.choice(parts))
        elif how < 0.8:  # their workbooks cross
            books = [written(workspace, *chance.choice(parts)) for workspace in (a, b)]
            bring(b, books[0], Side.THEIRS)
            bring(a, books[1])
    settled(a, b)


MORE = [pytest.param(seed, marks=pytest.mark.torture) for seed in range(2, 42)]


@pytest.mark.parametrize("seed", [0, 1, *MORE])
def test_stock_adds_up_whatever_both_did_and_told(a: Workspace, b: Workspace, seed: int) -> None:
    exchange_at_random(a, b, random.Random(seed))
