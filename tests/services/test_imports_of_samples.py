"""Sample orders of TikTok Shop: each becomes one parcel, once, whoever exports it how often."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from stored import one, rows

from creator_crm.domain.errors import UserError
from creator_crm.services import imports
from creator_crm.services.imports import Action, Rehearsal
from creator_crm.services.workspace import Workspace

Rehearse = Callable[..., Rehearsal]

# The columns of the American export, in its order; what no test needs is left out.
HEADER = (
    "Order ID,Order Status,Order Substatus,SKU ID,Seller SKU,Product Name,Quantity,"
    "SKU Subtotal After Discount,Order Amount,Created Time,Paid Time,Shipped Time,Delivered Time,"
    "Fulfillment Type,Tracking ID,"
    "Shipping Provider Name,Buyer Username,Recipient,Country,State,City,Zipcode,Detail Address,"
    "Payment Method\n"
)
HOME = "Jade Park,United States,California,Los Angeles,90001,12 Palm Street Apt 4"
MASKED = "J*** P***,United States,California,L***,9****,1* P***"


def line(
    number: str,
    buyer: str = "jade.park",
    sku: str = "S-1",
    pieces: int = 1,
    *,
    status: str = "To ship,Awaiting shipment",
    amount: str = "0.00",
    paid_by: str = "",
    sent: str = "",
    got: str = "",
    track: str = "",
    home: str = MASKED,
) -> str:
    """One line of the export, with the TAB behind long numbers and dates that TikTok puts there."""
    carrier = "USPS" if track else ""
    return (
        f"{number}\t,{status},1729384756473829105\t,{sku},Serum,{pieces},{amount},{amount},"
        f"05/04/2026 10:00:00\t,,{sent},{got},Seller Shipping,{track}\t,{carrier},{buyer},{home},{paid_by}\n"
    )


A, B, C, D = (f"57646141303878575{n}" for n in (3, 4, 5, 6))
TWENTY = "57646141303878575712"  # twenty digits: no number of a computer holds them


@pytest.fixture
def jade(workspace: Workspace) -> int:
    return workspace.add(
        "creator",
        {"name": "Jade Park", "handle": "jade.park", "platform": "tiktok"},
        {"address": [{"street": "Palm 12", "city": "Los Angeles", "country": "US"}]},
    )


@pytest.fixture
def serum(workspace: Workspace) -> int:
    number = workspace.add("product", {"name": "Serum", "sku": "S-1"})
    workspace.receive("S-1", 10, on="2026-01-01")
    return number


def parcels(workspace: Workspace, columns: str) -> list[tuple[Any, ...]]:
    return list(rows(workspace, "shipment", columns))


def test_a_sample_order_becomes_a_parcel_with_its_number_items_and_dates(
    workspace: Workspace, rehearse: Rehearse, jade: int, serum: int
) -> None:
    sent = line(
        TWENTY,
        status="Shipped,In transit",
        sent="06/04/2026 09:00:00",
        track="9400111899223197428490",
        home=HOME,
    )
    sold = line(A, "buyer1", amount="24.00", paid_by="Visa", home=HOME)
    rehearsal = rehearse(HEADER + sold + sent + line(TWENTY, sku="B-1", pieces=2, home=HOME), name="o.csv")
    assert "1 sample order becomes a parcel." in rehearsal.notes
    assert rehearsal.verdicts()[1].reason == "A sample: becomes a parcel. New order."
    imports.write(rehearsal)
    assert parcels(workspace, "order_id, kind, status, shipped_on, tracking_number, carrier, creator") == [
        (TWENTY, "sample", "in_transit", "2026-04-06", "9400111899223197428490", "USPS", jade)
    ]
    assert parcels(workspace, "recipient, street, city, region, postcode, country") == [
        ("Jade Park", "12 Palm Street Apt 4", "Los Angeles", "California", "90001", "US")
    ]
    assert rows(workspace, "shipment_item", "product, sku, quantity") == [(serum, "S-1", 1), (None, "B-1", 2)]
    assert rows(workspace, "product", "stock") == [(9,)]
    assert rows(workspace, "order", "number, is_sample, creator") == [(A, 0, None), (TWENTY, 1, jade)]
    assert workspace.store.catalogue["shipment"].field("order_id").searchable


def test_no_sample_is_a_sale(workspace: Workspace, rehearse: Rehearse, jade: int) -> None:
    imports.write(rehearse(HEADER + line(A), name="o.csv"))
    assert rows(workspace, "order", "creator") == [(jade,)]
    (aov,) = [one for one in workspace.metrics()["EUR"] if one.name == "aov"]
    assert (aov.value, aov.why_undefined) == (None, "no orders yet")


def test_the_same_file_and_one_that_overlaps_make_no_second_parcel(
    workspace: Workspace, rehearse: Rehearse, jade: int
) -> None:
    imports.write(rehearse(HEADER + line(A) + line(B), name="april.csv"))
    again = rehearse(HEADER + line(A) + line(B), name="april.csv")
    assert again.writes_nothing
    assert imports.write(again).change_set is None
    overlapping = rehearse(HEADER + line(B) + line(C), name="may.csv")
    assert "1 sample order becomes a parcel." in overlapping.notes
    assert (overlapping.counts["created"], overlapping.counts["unchanged"]) == (1, 1)
    assert imports.write(overlapping).remarks == ("1 sample order became a parcel.",)
    assert parcels(workspace, "order_id") == [(A,), (B,), (C,)]
    workspace.undo()
    assert parcels(workspace, "order_id") == [(A,), (B,)]


def test_a_parcel_that_was_thrown_away_is_not_made_again(
    workspace: Workspace, rehearse: Rehearse, jade: int
) -> None:
    imports.write(rehearse(HEADER + line(A), name="april.csv"))
    workspace.trash("shipment", [1])
    later = rehearse(HEADER + line(A) + line(B), name="may.csv")
    assert "A sample, but no parcel: its parcel is in the trash." in later.verdicts()[0].reason
    imports.write(later)
    assert rows(workspace, "shipment", "count(*)") == [(1,)]


def test_a_later_export_moves_the_parcel_on_and_never_back(
    workspace: Workspace, rehearse: Rehearse, jade: int, serum: int
) -> None:
    imports.write(rehearse(HEADER + line(A), name="1.csv"))
    assert parcels(workspace, "status, tracking_number") == [("approved", None)]
    workspace.advance([1], "packed")
    waiting = rehearse(HEADER + line(A) + line(B), name="2.csv")
    assert waiting.verdicts()[0].action is Action.UNCHANGED
    there = line(
        A, status="Completed,Delivered", sent="06/04/2026 09:00:00", got="09/04/2026 11:00:00", track="Z1"
    )
    later = rehearse(HEADER + there, name="3.csv")
    assert "its parcel" in later.verdicts()[0].reason
    imports.write(later)
    columns = "status, shipped_on, delivered_on, tracking_number"
    assert parcels(workspace, columns) == [("delivered", "2026-04-06", "2026-04-09", "Z1")]
    assert rows(workspace, "product", "stock") == [(9,)]
    imports.write(rehearse(HEADER + line(A) + line(C), name="4.csv"))
    assert parcels(workspace, columns)[0] == ("delivered", "2026-04-06", "2026-04-09", "Z1")


def test_a_handle_nobody_knows_becomes_a_creator_and_two_samples_have_one(
    workspace: Workspace, rehearse: Rehearse
) -> None:
    rehearsal = rehearse(HEADER + line(A, "New.One") + line(B, "new.one"), name="o.csv")
    assert (
        "2 sample orders become parcels, 2 of them for creators who are new here: @New.One."
        in rehearsal.notes
    )
    assert "A sample: becomes a parcel for @New.One, who is new here." in rehearsal.verdicts()[0].reason
    imports.write(rehearsal)
    assert rows(workspace, "creator", "handle, platform") == [("New.One", "tiktok")]
    assert parcels(workspace, "creator") == rows(workspace, "order", "creator") == [(1,), (1,)]
    again = rehearse(HEADER + line(A, "New.One") + line(B, "new.one") + "\n", name="again.csv")
    assert again.writes_nothing
    workspace.undo()
    assert rows(workspace, "creator", "id") == rows(workspace, "shipment", "id") == []


@pytest.mark.parametrize(
    ("buyer", "why"),
    [
        ("ja***rk", "The buyer's name is masked, so it cannot be told whose sample it is."),
        ("", "The line names no buyer."),
        ("gone", "@gone is in the trash; take the creator out of there first."),
    ],
)
def test_whose_sample_it_is_is_never_guessed(
    workspace: Workspace, rehearse: Rehearse, jade: int, buyer: str, why: str
) -> None:
    workspace.trash("creator", [workspace.add("creator", {"handle": "gone", "platform": "tiktok"})])
    rehearsal = rehearse(HEADER + line(A, buyer), name="o.csv")
    assert [(p.value, p.reason, p.rejected) for p in rehearsal.problems] == [(buyer, why, False)]
    assert any(note.startswith("1 sample order becomes no parcel") for note in rehearsal.notes)
    imports.write(rehearsal)
    assert rows(workspace, "order", "number, is_sample") == [(A, 1)]
    assert parcels(workspace, "id") == []


def test_cancelled_samples_become_none_and_those_that_came_back_are_returned(
    workspace: Workspace, rehearse: Rehearse, jade: int, serum: int
) -> None:
    gone = line(A, status="Cancelled,Cancelled")
    back = line(B, status="Cancelled,Returned", sent="06/04/2026 09:00:00", track="Z1")
    rehearsal = rehearse(HEADER + gone + back, name="o.csv")
    assert "1 sample order becomes no parcel: it was cancelled before it left." in rehearsal.notes
    assert not rehearsal.problems
    imports.write(rehearsal)
    assert parcels(workspace, "order_id, status") == [(B, "returned")]
    assert rows(workspace, "product", "stock") == [(10,)]


def test_a_sample_cancelled_after_its_parcel_was_made_is_told_and_nothing_is_removed(
    workspace: Workspace, rehearse: Rehearse, jade: int, serum: int
) -> None:
    imports.write(rehearse(HEADER + line(A) + line(B) + line(C) + line(D), name="april.csv"))
    workspace.advance([2], "packed")
    workspace.advance([3], "shipped")
    gone = "".join(line(number, status="Cancelled,Cancelled") for number in (A, B, C))
    rehearsal = rehearse(HEADER + gone + line(D), name="may.csv")
    one, two, three, _ = [name for (name,) in parcels(workspace, "number")]
    waiting = (
        f"2 sample orders were cancelled in the shop, and their parcels are still here: {one}, {two}. "
        "Nothing is removed; Today asks whether they should be sent."
    )
    left = f"1 sample order was cancelled in the shop, but its parcel has left already: {three}."
    assert [note for note in rehearsal.notes if "cancelled" in note] == [waiting, left]
    assert [verdict.reason.partition(" Changes")[0] for verdict in rehearsal.verdicts()][:3] == [
        f"A sample that was cancelled: its parcel {one} is still here.",
        f"A sample that was cancelled: its parcel {two} is still here.",
        f"A sample that was cancelled: its parcel {three} has left already.",
    ]
    assert imports.write(rehearsal).remarks == (waiting, left)
    assert parcels(workspace, "status") == [("approved",), ("packed",), ("shipped",), ("approved",)]
    due = [(item.kind, item.why, item.action) for item in workspace.due() if item.record == "shipment"]
    called_off = "The sample order of Jade Park was cancelled, and its parcel is here."
    assert due == [
        ("let_go", called_off, "seeding.let_go"),
        ("let_go", called_off, "seeding.let_go"),
        ("ship", "The parcel for Jade Park is approved and not yet packed.", "seeding.pack"),
    ]


def test_letting_parcels_go_frees_their_stock_in_one_step_and_one_that_left_is_refused(
    workspace: Workspace, rehearse: Rehearse, jade: int, serum: int
) -> None:
    imports.write(rehearse(HEADER + line(A, pieces=2) + line(B), name="april.csv"))
    gone = "".join(line(number, status="Cancelled,Cancelled") for number in (A, B))
    imports.write(rehearse(HEADER + gone, name="may.csv"))
    assert rows(workspace, "product", "stock") == [(7,)]
    workspace.let_go([1, 2])
    assert (parcels(workspace, "id"), rows(workspace, "product", "stock")) == ([], [(10,)])
    assert not [item for item in workspace.due() if item.record == "shipment"]
    workspace.undo()
    assert (len(parcels(workspace, "id")), rows(workspace, "product", "stock")) == (2, [(7,)])
    workspace.advance([2], "shipped")
    with pytest.raises(UserError, match=r"-0002 has left already\. Nothing was changed\."):
        workspace.let_go([1, 2])
    assert len(parcels(workspace, "id")) == 2


def test_a_cancelled_sale_calls_off_no_parcel(
    workspace: Workspace, rehearse: Rehearse, jade: int, serum: int
) -> None:
    """Somebody may write the number of a sale on a parcel; only a sample order asks for one."""
    imports.write(rehearse(HEADER + line(A), name="april.csv"))
    workspace.edit("order", {1: {"is_sample": False, "status": "cancelled"}}, "A sale")
    assert [item.kind for item in workspace.due() if item.record == "shipment"] == ["ship"]


def test_a_sample_that_is_still_to_be_sent_reserves_its_stock_or_stays_a_draft(
    workspace: Workspace, rehearse: Rehearse, jade: int, serum: int
) -> None:
    rehearsal = rehearse(HEADER + line(A, pieces=8) + line(B, pieces=3), name="o.csv")
    assert rehearsal.verdicts()[1].reason.startswith(
        "A sample: becomes a parcel, a draft until there is stock."
    )
    imports.write(rehearsal)
    assert parcels(workspace, "status, street") == [("approved", "Palm 12"), ("draft", None)]
    assert rows(workspace, "product", "stock") == [(2,)]


def test_numbers_that_a_spreadsheet_has_cut_are_refused_with_the_reason(
    workspace: Workspace, rehearse: Rehearse, jade: int
) -> None:
    written_short = rehearse(HEADER + line("5.76461E+17") + line(A), name="excel.csv")
    assert written_short.counts["rejected"] == 1
    assert "Excel has cut this number" in " ".join(p.reason for p in written_short.problems)
    imports.write(written_short)
    ends = [f"576461413038785{n:03}"[:15] + "000" for n in range(3)]
    zeros = rehearse(HEADER + "".join(line(number) for number in ends), name="calc.csv")
    assert zeros.counts["rejected"] == 3
    assert zeros.problems[0].reason.startswith("The last digits of this order number have become zeros")
    assert parcels(workspace, "order_id") == [(A,)]


@pytest.mark.parametrize(
    ("name", "orders"),
    [
        # Read by hand: the Thai orders were all paid on delivery (COD) and cost 238, 67 and 67; the other
        # file has no column for how an order was paid. So neither holds a sample.
        ("tiktok_shop_orders_thai_bom_tabs.csv", 3),
        ("tiktok_orders_blank_first_line.csv", 4),
    ],
)
def test_the_orders_of_the_world_hold_no_samples_and_none_is_made_up(
    workspace: Workspace, shared_data: Path, tmp_path: Path, name: str, orders: int
) -> None:
    copy = Path(shutil.copy(shared_data / "B_shop" / name, tmp_path / name))
    found = imports.recognise(copy, workspace.catalogue)
    rehearsal = imports.rehearse(workspace.store, found, imports.propose(workspace.store, found))
    assert not [note for note in rehearsal.notes if "sample" in note]
    imports.write(rehearsal)
    assert rows(workspace, "order", "count(*), sum(is_sample)") == [(orders, 0)]
    assert parcels(workspace, "id") == rows(workspace, "creator", "id") == []


def test_the_thai_file_with_one_order_made_a_sample_gives_just_that_one(
    workspace: Workspace, shared_data: Path, tmp_path: Path
) -> None:
    """The real file, as it is but for the amount and payment of its two-line order."""
    text = (shared_data / "B_shop" / "tiktok_shop_orders_thai_bom_tabs.csv").read_text(encoding="utf-8")
    head, *lines = text.splitlines(keepends=True)
    made = [
        one.replace(",38,238,", ",0,0,").replace(",COD,", ",,") if "0000001" in one else one for one in lines
    ]
    path = tmp_path / "thai.csv"
    path.write_text(head + "".join(made), encoding="utf-8")
    found = imports.recognise(path, workspace.catalogue)
    imports.write(imports.rehearse(workspace.store, found, imports.propose(workspace.store, found)))
    assert one(workspace, "shipment", "order_id, status, tracking_number") == (
        "583870900000000001", "shipped", "TH123",
    )  # fmt: skip
    assert rows(workspace, "shipment_item", "sku, quantity") == [("SKU-001", 2), ("SKU-002", 1)]
    assert rows(workspace, "creator", "handle") == [("buyer1",)]
    again = imports.recognise(path, workspace.catalogue)
    assert imports.rehearse(workspace.store, again, imports.propose(workspace.store, again)).writes_nothing
