"""Batches of parcels before they are made: who is ready, who only gets a draft, who is warned of and why."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from stored import rows

from creator_crm.domain.batches import Candidate, Wanted, planned
from creator_crm.domain.errors import Cancelled, UserError
from creator_crm.services.batches import Batch, Content
from creator_crm.services.workspace import Workspace

HOME = {"address": [{"street": "Rue 1", "city": "Lyon", "postcode": "69001"}]}


def ago(days: int) -> str:
    return (date.today() - timedelta(days=days)).isoformat()


@pytest.fixture
def people(workspace: Workspace) -> list[int]:
    """Three who have an address in France and one who has none; a hundred serums."""
    workspace.add("product", {"name": "Serum", "sku": "S-1", "cost": 400, "weight": 50})
    workspace.receive("S-1", 100)
    found = [
        workspace.add("creator", {"name": name, "country": "FR"}, HOME) for name in ("Ana", "Bea", "Cleo")
    ]
    return [*found, workspace.add("creator", {"handle": "dora"})]


def serum(people: list[int], count: int = 1) -> Batch:
    return Batch((Content("S-1", count),), tuple(people))


def test_a_preview_makes_nothing_and_says_what_making_would_do(
    workspace: Workspace, people: list[int]
) -> None:
    preview = workspace.preview_batch(serum(people, 2))
    assert [(one.name, one.outcome) for one in preview.receivers] == [
        ("Ana", "ready"), ("Bea", "ready"), ("Cleo", "ready"), ("@dora", "draft"),
    ]  # fmt: skip
    (level,) = preview.levels
    assert (level.before, level.needed, level.later, level.after) == (100, 6, 2, 94)
    assert rows(workspace, "shipment", "id") == []
    workspace.make_batch(serum(people, 2))
    assert rows(workspace, "shipment", "status") == [("approved",)] * 3 + [("draft",)]
    assert rows(workspace, "product", "stock") == [(94,)]


def test_who_had_the_same_lately_or_has_a_parcel_on_the_way_is_warned_of(
    workspace: Workspace, people: list[int]
) -> None:
    ana, bea, cleo, _ = people
    first, second = workspace.make_batch(serum([ana, bea])).shipments
    workspace.advance([first], "delivered", ago(12))
    workspace.advance([second], "delivered", ago(100))
    workspace.make_batch(serum([cleo]))
    warned = {one.name: one.warnings for one in workspace.preview_batch(serum(people)).receivers}
    assert warned["Ana"] == ("Got “Serum” 12 days ago.",)
    assert warned["Bea"] == ()
    assert warned["Cleo"] == (f"Parcel S-{date.today().year}-0003 is still to be sent.",)


def test_a_batch_that_is_stopped_leaves_nothing(workspace: Workspace, people: list[int]) -> None:
    seen: list[tuple[int, int | None]] = []

    def stop(done: int, total: int | None) -> None:
        seen.append((done, total))
        if done == total:
            raise Cancelled

    with pytest.raises(Cancelled):
        workspace.make_batch(serum(people), progress=stop)
    assert seen == [(0, 4), (4, 4)]
    assert rows(workspace, "shipment", "id") == []
    assert rows(workspace, "product", "stock") == [(100,)]


def test_nobody_left_is_refused_with_the_reason(workspace: Workspace, people: list[int]) -> None:
    workspace.edit("creator", {people[0]: {"opted_out": True}})
    with pytest.raises(UserError, match=r"Nobody is left .* Ana asked not to be written to"):
        workspace.make_batch(serum(people[:1]), leave_out=True)


def test_a_batch_asks_the_same_number_of_questions_for_two_as_for_a_hundred(
    workspace: Workspace, people: list[int]
) -> None:
    many = [workspace.add("creator", {"name": f"C {n}"}, HOME) for n in range(100)]
    asked: list[int] = []
    for some in (people[:2], many):
        said: list[str] = []
        with workspace.store.read_raw() as raw:
            raw.set_trace_callback(said.append)
        workspace.preview_batch(serum(some))
        with workspace.store.read_raw() as raw:
            raw.set_trace_callback(None)
        asked.append(len(said))
    assert 0 < asked[0] == asked[1]


def test_a_variant_takes_from_its_product_too() -> None:
    """Two in the variant, but only one in the product: a count without a variant took it."""
    candidates = [Candidate(1, "Ana"), Candidate(2, "Bea")]
    stock = {(1, None): 1, (1, 7): 2}
    names = {(1, None): "Tee", (1, 7): "Tee · S"}
    preview = planned(candidates, [Wanted(1, 7, 1)], stock, names)
    assert [one.outcome for one in preview.receivers] == ["ready", "left_out"]
    assert preview.receivers[1].why == "Not enough of “Tee” is left."
