"""Two copies gave out one parcel number: each parcel ends with one of its own, whatever is wanted of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from edited import exported

from creator_crm.domain.merging import Side
from creator_crm.domain.query import Query
from creator_crm.services.workbook_back import Decisions, Review
from creator_crm.services.workspace import Workspace

SHOP = {"street": "Ring 1", "city": "Berlin", "country": "DE", "postcode": "10115"}


@pytest.fixture
def a(workspace: Workspace) -> Workspace:
    for name in ("Ana", "Bea"):
        workspace.add("creator", {"name": name}, {"address": [SHOP]})
    workspace.add("product", {"name": "Serum", "sku": "S1", "currency": "EUR"})
    workspace.receive("S1", 20, on="2026-03-01")
    return workspace


@pytest.fixture(params=[True, False], ids=["b gives way", "a gives way"])
def b(request: pytest.FixtureRequest, a: Workspace, tmp_path: Path) -> Iterator[Workspace]:
    """Another copy, in which Bea gets a parcel of the number that Ana's has here."""
    a.backup(tmp_path / "b.creatorcrm")
    with Workspace.open(tmp_path / "b.creatorcrm") as other:
        a.ship({"S1": 1}, [1])
        other.ship({"S1": 2}, [2])
        while (max(numbers(other)) > max(numbers(a))) is not request.param:
            other.undo()
            other.ship({"S1": 2}, [2])
        assert list(numbers(a).values()) == list(numbers(other).values())
        yield other


def numbers(workspace: Workspace) -> dict[str, str]:
    rows = workspace.rows("shipment", workspace.ids(Query("shipment")))
    return {row.uid: row.number for row in rows}


def looked_at(writer: Workspace, reader: Workspace) -> Review:
    return reader.review_workbook(exported(writer, writer.path.with_suffix(".xlsx")))


def send(writer: Workspace, reader: Workspace, decisions: Decisions | None = None) -> None:
    reader.apply_review(looked_at(writer, reader), decisions or Decisions())


def pairs(a: Workspace, b: Workspace, there: bool) -> tuple[Workspace, Workspace]:
    return (a, b) if there else (b, a)


WAYS = pytest.mark.parametrize("there", [True, False], ids=["from a to b", "from b to a"])


@WAYS
def test_both_parcels_stay_each_with_a_number_of_its_own(a: Workspace, b: Workspace, there: bool) -> None:
    (number,) = numbers(a).values()
    writer, reader = pairs(a, b, there)
    review = looked_at(writer, reader)
    (said,) = [said for said in review.left if "number" in said]
    assert said.startswith(f"Both copies gave the number {number} to a parcel: ")
    reader.apply_review(review, Decisions())
    send(reader, writer)
    assert numbers(a) == numbers(b)
    first, second = (numbers(a)[uid] for uid in sorted(numbers(a)))
    assert (first, second) == (number, f"{number}-{max(numbers(a))[:4]}")
    assert looked_at(a, b).changes_nothing and looked_at(b, a).changes_nothing
    assert a.row("product", 1).stock == b.row("product", 1).stock == 17


@WAYS
def test_a_number_that_gives_way_is_nothing_to_leave_out(a: Workspace, b: Workspace, there: bool) -> None:
    writer, reader = pairs(a, b, there)
    review = looked_at(writer, reader)
    refused = {(m.record, c.uid, c.field): Side.MINE for m in review.records for c in m.taken}
    assert not any(field == "number" for _, _, field in refused)
    reader.apply_review(review, Decisions(cells=refused))
    send(reader, writer)
    assert numbers(a) == numbers(b)
    assert len(set(numbers(a).values())) == 2


@WAYS
def test_no_number_gives_way_to_a_parcel_that_is_not_wanted(a: Workspace, b: Workspace, there: bool) -> None:
    writer, reader = pairs(a, b, there)
    kept = numbers(reader)
    review = looked_at(writer, reader)
    new = {(m.record, row.uid) for m in review.records for row in m.new}
    reader.apply_review(review, Decisions(skip=frozenset(new)))
    assert numbers(reader) == kept
    send(reader, writer)
    assert len(set(numbers(writer).values())) == 2
    assert reader.check() == writer.check() == []
