"""Seeding: the ledger follows the parcels, addresses are kept as on the day, and who owes a post is known."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from creator_crm.domain.errors import UserError
from creator_crm.domain.query import Query
from creator_crm.services.tracking import tracking_of
from creator_crm.services.workspace import Workspace


def day(days: int) -> str:
    return (date.today() + timedelta(days=days)).isoformat()


@pytest.fixture
def serum(workspace: Workspace) -> int:
    number = workspace.add(
        "product", {"name": "Glow Serum", "sku": "GLOW-30", "cost": 450, "currency": "EUR", "weight": 90}
    )
    workspace.receive("GLOW-30", 5)
    return number


@pytest.fixture
def ana(workspace: Workspace) -> int:
    values = {"name": "Ana Blum", "handle": "ana.b", "country": "DE"}
    address = {"street": "Hauptstr. 1", "postcode": "10115", "city": "Berlin"}
    return workspace.add("creator", values, {"address": [address]})


@pytest.fixture
def bea(workspace: Workspace) -> int:
    """A creator who has told no address yet."""
    return workspace.add("creator", {"name": "Bea", "handle": "bea"})


def stock(workspace: Workspace, product: int) -> int:
    return int(workspace.row("product", product).stock)


def ledger(workspace: Workspace) -> list[tuple[str, int]]:
    rows = workspace.rows("stock_movement", sorted(workspace.ids(Query("stock_movement"))))
    return [(row.kind, row.quantity) for row in rows]


def test_one_product_goes_to_many_in_one_step_that_reserves_its_stock(
    workspace: Workspace, serum: int, ana: int, bea: int
) -> None:
    campaign = workspace.add("campaign", {"name": "Spring"})
    made = workspace.ship({"glow-30": 2}, [ana, bea], campaign)
    first, second = workspace.rows("shipment", made.shipments)
    assert (first.status, first.recipient, first.street, first.country) == (
        "approved", "Ana Blum", "Hauptstr. 1", "DE",
    )  # fmt: skip
    assert (first.campaign, first.weight, first.contents, first.pieces) == (campaign, 180, "GLOW-30", 2)
    assert first.number and first.number != second.number
    (item,) = workspace.parts("shipment_item", first.id)
    assert (item.product, item.unit_cost, item.currency) == (serum, 450, "EUR")
    assert (second.status, second.id) == ("draft", made.without_address[0])
    assert made.notes == ("There is no address yet for Bea; ask for it and approve the parcel then.",)
    assert (stock(workspace, serum), ledger(workspace)) == (3, [("received", 5), ("reserved", -2)])
    assert workspace.change_sets()[0].label == "Send 2 × GLOW-30 to 2 creators"
    workspace.undo()
    assert (stock(workspace, serum), workspace.count(Query("shipment"))) == (5, 0)


def test_too_little_stock_is_refused_with_what_is_missing(workspace: Workspace, serum: int, ana: int) -> None:
    with pytest.raises(UserError, match="6 of “Glow Serum” are needed and 5 are left: 1 missing"):
        workspace.ship({"GLOW-30": 6}, [ana])
    with pytest.raises(UserError, match="no product called “NOPE”"):
        workspace.ship({"NOPE": 1}, [ana])
    with pytest.raises(UserError, match="at least one piece"):
        workspace.ship({"GLOW-30": 0}, [ana])
    with pytest.raises(UserError, match="who gets"):
        workspace.ship({"GLOW-30": 1}, [])
    workspace.trash("creator", [ana])
    with pytest.raises(UserError, match="not there any more"):
        workspace.ship({"GLOW-30": 1}, [ana])
    assert workspace.count(Query("shipment")) == 0


def test_an_address_that_changes_later_does_not_move_a_parcel(
    workspace: Workspace, serum: int, ana: int
) -> None:
    (number,) = workspace.ship({"GLOW-30": 1}, [ana]).shipments
    (address,) = workspace.parts("address", ana)
    workspace.edit("address", {address.id: {"street": "Elsewhere 2"}})
    assert workspace.row("shipment", number).street == "Hauptstr. 1"


def test_a_parcel_goes_step_by_step_and_the_ledger_with_it(
    workspace: Workspace, serum: int, ana: int
) -> None:
    (number,) = workspace.ship({"GLOW-30": 2}, [ana]).shipments
    workspace.advance([number], "packed", "2026-11-02")
    workspace.advance([number], "shipped", "2026-11-03")
    row = workspace.row("shipment", number)
    assert (row.status, row.packed_on, row.shipped_on) == ("shipped", "2026-11-02", "2026-11-03")
    assert ledger(workspace) == [("received", 5), ("reserved", -2), ("released", 2), ("shipped", -2)]
    workspace.advance([number], "returned", "2026-11-20")
    assert (stock(workspace, serum), workspace.row("shipment", number).returned_on) == (5, "2026-11-20")


def test_a_parcel_may_leap_and_the_steps_between_are_dated_too(
    workspace: Workspace, serum: int, ana: int
) -> None:
    (number,) = workspace.ship({"GLOW-30": 1}, [ana]).shipments
    workspace.advance([number], "delivered", "2026-11-05")
    row = workspace.row("shipment", number)
    assert (row.status, row.shipped_on, row.delivered_on) == ("delivered", "2026-11-05", "2026-11-05")
    assert stock(workspace, serum) == 4
    with pytest.raises(UserError, match="A parcel that was delivered cannot"):
        workspace.advance([number], "packed")
    assert workspace.row("shipment", number).status == "delivered"


def test_a_draft_takes_the_address_when_it_is_let_go_and_not_without_one(
    workspace: Workspace, serum: int, bea: int
) -> None:
    (number,) = workspace.ship({"GLOW-30": 1}, [bea]).shipments
    with pytest.raises(UserError, match="no address yet for Bea"):
        workspace.advance([number], "approved")
    workspace.add("address", {"creator": bea, "street": "Rue 1", "city": "Lyon", "country": "FR"})
    workspace.advance([number], "approved")
    row = workspace.row("shipment", number)
    assert (row.street, row.recipient, row.country, stock(workspace, serum)) == ("Rue 1", "Bea", "FR", 4)


def test_a_draft_is_not_let_go_when_its_stock_went_elsewhere(
    workspace: Workspace, serum: int, ana: int
) -> None:
    (draft,) = workspace.ship({"GLOW-30": 3}, [ana], approve=False).shipments
    workspace.ship({"GLOW-30": 4}, [ana])
    with pytest.raises(UserError, match="3 of “Glow Serum” are needed and 1 are left: 2 missing"):
        workspace.advance([draft], "approved")
    assert workspace.row("shipment", draft).status == "draft"


def test_many_parcels_are_moved_on_in_one_step(workspace: Workspace, serum: int, ana: int) -> None:
    made = [workspace.ship({"GLOW-30": 1}, [ana]).shipments[0] for _ in range(3)]
    workspace.advance([made[0]], "packed")
    workspace.advance(made, "shipped")
    assert {row.status for row in workspace.rows("shipment", made)} == {"shipped"}
    assert workspace.change_sets()[0].label == "3 parcels: Shipped"
    workspace.undo()
    assert [row.status for row in workspace.rows("shipment", made)] == ["packed", "approved", "approved"]
    assert stock(workspace, serum) == 2


def test_a_status_written_into_cells_does_all_that_the_step_does(
    workspace: Workspace, serum: int, ana: int
) -> None:
    """The grid, bulk edit, the board and `set` of the command line all write by `edit`."""
    drafts = [
        workspace.add("shipment", {"creator": ana}, {"shipment_item": [{"sku": "GLOW-30", "quantity": 2}]})
        for _ in range(2)
    ]
    (address,) = workspace.parts("address", ana)
    workspace.edit("address", {address.id: {"street": "Neue Str. 2"}})
    workspace.edit("shipment", {key: {"street": None} for key in drafts})
    workspace.edit("shipment", {key: {"status": "approved"} for key in drafts})
    rows = workspace.rows("shipment", drafts)
    assert {(r.status, r.street, r.approved_on) for r in rows} == {("approved", "Neue Str. 2", day(0))}
    assert stock(workspace, serum) == 1
    workspace.edit("shipment", {drafts[0]: {"status": "shipped", "shipped_on": "2026-11-05"}})
    assert ledger(workspace)[3:] == [("released", 2), ("shipped", -2)]
    workspace.undo()
    workspace.undo()
    assert {r.status for r in workspace.rows("shipment", drafts)} == {"draft"}
    assert (stock(workspace, serum), ledger(workspace)) == (5, [("received", 5)])


def test_a_status_written_into_cells_is_refused_whole_where_the_step_would_be(
    workspace: Workspace, serum: int, ana: int, bea: int
) -> None:
    (first,) = workspace.ship({"GLOW-30": 3}, [ana], approve=False).shipments
    (second,) = workspace.ship({"GLOW-30": 3}, [ana], approve=False).shipments
    with pytest.raises(UserError, match="6 of “Glow Serum” are needed and 5 are left: 1 missing"):
        workspace.edit("shipment", {key: {"status": "approved"} for key in [first, second]})
    (third,) = workspace.ship({"GLOW-30": 1}, [bea]).shipments
    with pytest.raises(UserError, match="no address yet for Bea"):
        workspace.edit("shipment", {key: {"status": "approved"} for key in [first, third]})
    assert {r.status for r in workspace.rows("shipment", [first, second, third])} == {"draft"}
    assert stock(workspace, serum) == 5


def test_many_parcels_take_as_many_questions_as_a_few(workspace: Workspace, serum: int, ana: int) -> None:
    workspace.receive("GLOW-30", 100)

    def asked(count: int, write: Callable[[list[int]], object]) -> int:
        made = [workspace.ship({"GLOW-30": 1}, [ana], approve=False).shipments[0] for _ in range(count)]
        seen: list[str] = []
        workspace.store._raw.set_trace_callback(seen.append)
        write(made)
        workspace.store._raw.set_trace_callback(None)
        return sum(text.startswith(("SELECT", "WITH")) for text in seen)

    for write in (
        lambda made: workspace.advance(made, "shipped"),
        lambda made: workspace.edit("shipment", {key: {"status": "approved"} for key in made}),
    ):
        assert asked(2, write) == asked(12, write)


def test_stock_is_received_counted_and_written_off_as_lines_of_a_ledger(
    workspace: Workspace, serum: int
) -> None:
    workspace.receive("GLOW-30", 10, on="2026-11-01", unit_cost=430)
    workspace.move_stock("GLOW-30", "lost", 2, reason="Broken")
    workspace.count_stock("GLOW-30", 12)
    assert ledger(workspace) == [("received", 5), ("received", 10), ("lost", -2), ("corrected", -1)]
    assert stock(workspace, serum) == 12
    with pytest.raises(UserError, match="cannot be received"):
        workspace.receive("GLOW-30", -1)
    with pytest.raises(UserError, match="Only parcels reserve"):
        workspace.move_stock("GLOW-30", "shipped", 1)


def test_a_variant_has_a_stock_of_its_own(workspace: Workspace, serum: int, ana: int) -> None:
    variant = workspace.add("variant", {"product": serum, "name": "Mini", "sku": "GLOW-10"})
    workspace.receive("GLOW-10", 2)
    with pytest.raises(UserError, match="3 of “Glow Serum · Mini” are needed and 2 are left"):
        workspace.ship({"GLOW-10": 3}, [ana])
    (number,) = workspace.ship({"GLOW-10": 1}, [ana]).shipments
    (item,) = workspace.parts("shipment_item", number)
    assert (item.product, item.variant, item.unit_cost) == (serum, variant, 450)
    assert workspace.row("variant", variant).stock == 1


def test_what_has_no_sku_is_named_by_its_short_id_or_its_name(workspace: Workspace, serum: int) -> None:
    variant = workspace.add("variant", {"product": serum, "name": "Mini"})
    workspace.receive(workspace.row("variant", variant).uid, 2)
    workspace.receive("Glow Serum", 1)
    assert (workspace.row("variant", variant).stock, stock(workspace, serum)) == (2, 8)


def test_a_tracking_number_tells_its_carrier_and_a_wrong_one_is_told(
    workspace: Workspace, serum: int, ana: int
) -> None:
    first, second = (workspace.ship({"GLOW-30": 1}, [ana]).shipments[0] for _ in range(2))
    odd = workspace.set_tracking({first: "1z 5r8 939 03 5756 7127", second: "1Z5R89390357567128"})
    row = workspace.row("shipment", first)
    assert (row.tracking_number, row.carrier) == ("1Z5R89390357567127", "UPS")
    tracking = tracking_of(row)
    assert tracking and tracking.url.endswith("1Z5R89390357567127")
    assert odd == ("The check digit of “1Z5R89390357567128” (UPS) does not hold; it was kept as it is.",)
    assert tracking_of(workspace.row("shipment", workspace.ship({"GLOW-30": 1}, [ana]).shipments[0])) is None


def test_a_number_that_excel_has_cut_never_takes_the_place_of_a_whole_one(
    workspace: Workspace, serum: int, ana: int
) -> None:
    (parcel,) = workspace.ship({"GLOW-30": 1}, [ana]).shipments
    workspace.set_tracking({parcel: "9405803699300124287899"})
    (odd,) = workspace.set_tracking({parcel: "9.40580E+21"})
    assert "Excel has cut this number" in odd and workspace.row("shipment", parcel).number in odd
    assert workspace.row("shipment", parcel).tracking_number == "9405803699300124287899"


def test_delivered_without_a_post_is_listed_with_the_days_until_nudge_and_end(
    workspace: Workspace, serum: int, ana: int, bea: int
) -> None:
    (number,) = workspace.ship({"GLOW-30": 1}, [ana]).shipments
    workspace.advance([number], "delivered", "2026-11-01")
    workspace.add("shipment", {"creator": bea, "status": "delivered", "delivered_on": "2026-11-05"})
    first, second = workspace.waiting_for_post("2026-11-10")
    assert (first.name, first.days, first.next_on, first.is_last) == ("Ana Blum", 9, "2026-11-08", False)
    assert (second.name, second.days) == ("Bea", 5)
    workspace.nudge([number], "2026-11-10")
    assert workspace.waiting_for_post("2026-11-10")[0].next_on == "2026-11-13"
    workspace.give_up([number], "2026-11-20")
    assert [w.name for w in workspace.waiting_for_post("2026-11-20")] == ["Bea"]
    workspace.add("deliverable", {"creator": bea, "status": "live", "live_on": "2026-11-19"})
    assert workspace.waiting_for_post("2026-11-20") == []


def test_a_lost_parcel_is_sent_again_to_where_its_creator_lives_now(
    workspace: Workspace, serum: int, ana: int
) -> None:
    (number,) = workspace.ship({"GLOW-30": 2}, [ana]).shipments
    with pytest.raises(UserError, match="Only a lost or returned parcel"):
        workspace.reship(number)
    workspace.advance([number], "lost")
    (address,) = workspace.parts("address", ana)
    workspace.edit("address", {address.id: {"street": "Neue Str. 2"}})
    (again,) = workspace.reship(number).shipments
    row = workspace.row("shipment", again)
    assert (row.kind, row.street, row.pieces, row.status) == ("replacement", "Neue Str. 2", 2, "approved")
    assert stock(workspace, serum) == 1


def test_five_hundred_parcels_are_one_step(workspace: Workspace, serum: int) -> None:
    workspace.receive("GLOW-30", 495)
    address = {"address": [{"street": "Hauptstr. 1", "city": "Berlin"}]}
    creators = [workspace.add("creator", {"name": f"Creator {n}"}, address) for n in range(500)]
    made = workspace.ship({"GLOW-30": 1}, creators)
    assert (len(made.shipments), stock(workspace, serum)) == (500, 0)
    assert len({row.number for row in workspace.rows("shipment", made.shipments)}) == 500
    workspace.undo()
    assert (stock(workspace, serum), workspace.count(Query("stock_movement"))) == (500, 2)
