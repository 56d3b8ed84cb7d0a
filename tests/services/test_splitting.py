"""A parcel in two: what goes later, what follows what, and the stock of both."""

from __future__ import annotations

import pytest
from stored import rows

from creator_crm.domain.errors import UserError
from creator_crm.services.workspace import Workspace


@pytest.fixture
def parcel(workspace: Workspace) -> int:
    """Three serums and a balm to Ana, approved, of ten each; a serum weighs 50 g, a balm 20 g."""
    home = {"address": [{"street": "Rue 1", "city": "Lyon", "country": "FR"}]}
    ana = workspace.add("creator", {"name": "Ana"}, home)
    workspace.add("product", {"name": "Serum", "sku": "S-1", "weight": 50, "cost": 400})
    workspace.add("product", {"name": "Balm", "sku": "B-1", "weight": 20})
    for sku in ("S-1", "B-1"):
        workspace.receive(sku, 10)
    campaign = workspace.add("campaign", {"name": "Spring"})
    (number,) = workspace.ship({"S-1": 3, "B-1": 1}, [ana], campaign).shipments
    return number


def stock(workspace: Workspace) -> list[tuple[int, ...]]:
    return list(rows(workspace, "product", "stock"))


def test_what_goes_later_is_in_a_parcel_that_follows_and_the_stock_is_the_same(
    workspace: Workspace, parcel: int
) -> None:
    new = workspace.split_off(parcel, {1: 2, 2: 1})
    columns = "id, follows, status, campaign, street, weight, contents, pieces"
    assert rows(workspace, "shipment", columns) == [
        (parcel, None, "approved", 1, "Rue 1", 50, "S-1", 1),
        (new, parcel, "approved", 1, "Rue 1", 120, "S-1 B-1", 3),
    ]
    assert rows(workspace, "shipment_item", "shipment, quantity, unit_cost") == [
        (parcel, 1, 400), (new, 2, 400), (new, 1, None),
    ]  # fmt: skip
    assert stock(workspace) == [(7,), (9,)]
    assert workspace.change_sets()[0].label.startswith("Send 3 pieces of S-")
    workspace.undo()
    assert rows(workspace, "shipment", "id, weight, pieces") == [(parcel, 170, 4)]
    assert stock(workspace) == [(7,), (9,)]


def test_what_was_forgotten_in_a_parcel_that_has_left_is_reserved_again(
    workspace: Workspace, parcel: int
) -> None:
    workspace.advance([parcel], "shipped")
    new = workspace.split_off(parcel, {1: 1})
    assert stock(workspace) == [(7,), (9,)]
    of_the_first = f"sum(quantity) FILTER (WHERE shipment = {parcel} AND product = 1)"
    assert rows(workspace, "stock_movement", of_the_first) == [(-2,)]
    workspace.advance([new], "shipped")
    assert stock(workspace) == [(7,), (9,)]


def test_a_draft_is_split_into_drafts(workspace: Workspace, parcel: int) -> None:
    workspace.advance([parcel], "draft")
    workspace.split_off(parcel, {1: 1})
    assert rows(workspace, "shipment", "status") == [("draft",), ("draft",)]
    assert stock(workspace) == [(10,), (10,)]


@pytest.mark.parametrize(
    ("pieces", "sentence"),
    [
        ({}, "Say which pieces go later"),
        ({1: 0}, "Say which pieces go later"),
        ({1: 4}, "not that many pieces"),
        ({9: 1}, "not that many pieces"),
        ({1: 3, 2: 1}, "At least one piece must stay"),
    ],
)
def test_a_split_that_makes_no_sense_changes_nothing(
    workspace: Workspace, parcel: int, pieces: dict[int, int], sentence: str
) -> None:
    with pytest.raises(UserError, match=sentence):
        workspace.split_off(parcel, pieces)
    assert len(rows(workspace, "shipment", "id")) == 1


def test_a_parcel_that_was_lost_is_not_split_and_what_replaces_it_follows_it(
    workspace: Workspace, parcel: int
) -> None:
    workspace.advance([parcel], "lost")
    with pytest.raises(UserError, match="sent again whole"):
        workspace.split_off(parcel, {1: 1})
    (new,) = workspace.reship(parcel).shipments
    assert rows(workspace, "shipment", "id, follows, kind") == [
        (parcel, None, "gift"),
        (new, parcel, "replacement"),
    ]
