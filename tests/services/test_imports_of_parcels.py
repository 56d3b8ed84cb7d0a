"""Carriers' lists: each line finds its parcel or is refused with the reason, and what it says moves it on."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from stored import rows

from creator_crm.services import imports
from creator_crm.services.imports import Rehearsal
from creator_crm.services.workspace import Workspace

Rehearse = Callable[..., Rehearsal]


@pytest.fixture
def creator(workspace: Workspace) -> int:
    return workspace.add("creator", {"name": "Jade Park"})


def taken(workspace: Workspace, path: Path, folder: Path) -> Rehearsal:
    copy = Path(shutil.copy(path, folder / path.name))
    found = imports.recognise(copy, workspace.catalogue)
    return imports.rehearse(workspace.store, found, imports.propose(workspace.store, found))


def test_a_carriers_list_brings_tracking_numbers_and_statuses(
    workspace: Workspace, creator: int, shared_data: Path, tmp_path: Path
) -> None:
    for number in ("CT-1042", "CT-1043", "CT-1044"):
        workspace.add("shipment", {"creator": creator, "number": number, "status": "packed"})
    path = shared_data / "C_shipping" / "shipments_trackr_sample.csv"
    rehearsal = taken(workspace, path, tmp_path)
    assert rehearsal.counts["updated"] == 3
    imports.write(rehearsal)
    assert rows(workspace, "shipment", "number, tracking_number, carrier, status, shipped_on") == [
        ("CT-1042", "1Z999AA10123456784", "UPS", "in_transit", "2026-08-14"),
        ("CT-1043", "9400111899223197428490", "USPS", "in_transit", "2026-08-14"),
        ("CT-1044", "7712345678", "DHL Express", "delivered", "2026-08-15"),
    ]
    assert imports.write(taken(workspace, path, tmp_path)).change_set is None


def test_an_import_of_parcels_that_had_left_already_says_what_it_set_right_in_the_stock(
    workspace: Workspace, rehearse: Rehearse, creator: int
) -> None:
    serum = workspace.add("product", {"name": "Serum", "sku": "S-1"})
    for number, pieces in (("P-1", 2), ("P-2", 1)):
        workspace.add(
            "shipment",
            {"creator": creator, "number": number, "status": "draft"},
            {"shipment_item": [{"product": serum, "quantity": pieces}]},
        )
    header = "Number,Creator,Status,Shipped on\n"
    gone = rehearse(
        f"{header}P-1,Jade Park,Shipped,2026-03-01\nP-2,Jade Park,Shipped,2026-03-02\n", shape="shipment"
    )
    (said,) = imports.write(gone).remarks
    assert said == (
        "3 pieces had left before being counted here; the stock has a line “Sent before it was counted here” "
        "for that."
    )
    assert rows(workspace, "stock_movement", "sum(quantity)") == [(0,)]
    assert imports.write(rehearse("Handle\n@bo\n")).remarks == ()


def test_parcels_nobody_knows_are_refused_with_the_reason(
    workspace: Workspace, shared_data: Path, tmp_path: Path
) -> None:
    rehearsal = taken(workspace, shared_data / "C_shipping" / "shipments_trackr_sample.csv", tmp_path)
    assert rehearsal.counts["rejected"] == 3
    assert "No parcel here has this number" in rehearsal.verdicts()[0].reason


PIRATE = "Created Date,Recipient,Email,Tracking Number,Cost,Status,Label Size,Ship Date,Zone,Package Type,"
PIRATE += "Tracking Status,Carrier,Service,Order ID,Zipcode,Tracking Date\n"


def pirate(
    recipient: str, order: str, status: str = "Delivered", zipcode: str = "", scanned: str = ""
) -> str:
    return (
        f"2026-05-01,{recipient},,9400111899223197428490,4.20,Purchased,4x6,2026-05-02,3,Parcel,{status},USPS,"
        f"Ground,{order},{zipcode},{scanned}\n"
    )


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [("02110", "02110-1234"), ("02110", "2110"), ("LE1 6RN", "le16rn"), ("110-0006", "1100006")],
)
def test_a_parcel_is_found_by_name_and_postcode_where_the_number_is_the_carriers(
    workspace: Workspace, rehearse: Rehearse, creator: int, ours: str, theirs: str
) -> None:
    values = {"creator": creator, "number": "S-1", "status": "packed", "currency": "USD", "postcode": ours}
    workspace.add("shipment", values)
    line = pirate("JADE PARK", "PS-77", zipcode=theirs, scanned="2026-05-05")
    imports.write(rehearse(PIRATE + line, name="pirate.csv"))
    columns = "number, tracking_number, postage, status, shipped_on, delivered_on, scanned_on, postcode"
    assert rows(workspace, "shipment", columns) == [
        ("S-1", "9400111899223197428490", 420, "delivered", "2026-05-02", "2026-05-05", "2026-05-05", ours)
    ]


def test_a_name_alone_tells_no_parcel(workspace: Workspace, rehearse: Rehearse, creator: int) -> None:
    values = {"creator": creator, "number": "S-1", "recipient": "Jade Park", "postcode": "02110"}
    workspace.add("shipment", values)
    alone = rehearse(PIRATE + pirate("Jade Park", ""), name="p.csv")
    assert alone.counts["rejected"] == 1
    assert alone.verdicts()[0].reason == (
        "“Jade Park” is the recipient of parcel S-1, which is not told by a name alone. "
        "Put the number of the parcel into the list."
    )
    elsewhere = rehearse(PIRATE + pirate("Jade Park", "", zipcode="90210"), name="p.csv")
    assert "parcel S-1, which goes to another postcode" in elsewhere.verdicts()[0].reason


def test_two_open_parcels_to_one_name_and_postcode_are_both_named(
    workspace: Workspace, rehearse: Rehearse, creator: int
) -> None:
    for number in ("S-1", "S-2"):
        workspace.add("shipment", {"creator": creator, "number": number, "postcode": "02110"})
    both = rehearse(PIRATE + pirate("Jade Park", "", zipcode="02110"), name="p.csv")
    assert both.counts["rejected"] == 1
    assert both.problems[0].reason == (
        "2 parcels go to “Jade Park” at 02110: S-1 and S-2. Put the number of the parcel into the list."
    )


def test_the_number_goes_before_name_and_postcode(
    workspace: Workspace, rehearse: Rehearse, creator: int
) -> None:
    for number in ("S-1", "S-2"):
        workspace.add("shipment", {"creator": creator, "number": number, "postcode": "02110"})
    imports.write(rehearse(PIRATE + pirate("Jade Park", "S-2", zipcode="02110"), name="p.csv"))
    assert rows(workspace, "shipment", "number, tracking_number") == [
        ("S-1", None),
        ("S-2", "9400111899223197428490"),
    ]


@pytest.mark.parametrize(
    ("export", "said"),
    [
        (
            "Pirate Ship shipment export",
            {
                "Created Date": "2026-11-01", "Recipient": "Jade Park", "Cost": "4.20", "Status": "Purchased",
                "Label Size": "4x6", "Ship Date": "2026-11-02", "Zone": "3", "Tracking Status": "Delivered",
                "Tracking Date": "2026-11-05", "Address Line 1": "OTHER ST", "Zipcode": "02110-1234",
                "Carrier": "USPS", "Service": "Ground Advantage", "Order Value": "99.00",
            },
        ),
        (
            "AliExpress/DSers tracking import",
            {"AliExpress order number": "8190000000000001", "Carrier": "USPS"},
        ),
    ],
)  # fmt: skip
def test_the_exports_that_carriers_are_known_to_write_come_in_by_their_whole_header(
    workspace: Workspace,
    rehearse: Rehearse,
    creator: int,
    shared_data: Path,
    export: str,
    said: dict[str, str],
) -> None:
    known = json.loads((shared_data / "B_shop" / "export_header_lines.json").read_text(encoding="utf-8"))
    header = next(entry["header"] for entry in known if entry["format"].startswith(export))
    whole = "9405803699300124287899"
    ours = {"Order ID": "S-1", "Order number": "S-1", "Tracking Number": whole, "Tracking number": whole}
    line = ",".join({**ours, **said}.get(name, "") for name in header.split(","))
    values = {
        "creator": creator,
        "number": "S-1",
        "status": "packed",
        "street": "1 Elm St",
        "currency": "USD",
    }
    workspace.add("shipment", values)
    rehearsal = rehearse(f"{header}\n{line}\n", name="carrier.csv")
    assert (rehearsal.proposal.shape, rehearsal.problems) == ("shipment", [])
    imports.write(rehearsal)
    (row,) = rows(workspace, "shipment", "tracking_number, carrier, street, postage, delivered_on")
    assert row[:3] == (whole, "USPS", "1 Elm St")
    assert row[3:] == ((420, "2026-11-05") if "Cost" in said else (None, None))


def test_a_tracking_number_that_another_parcel_has_is_refused_with_its_number(
    workspace: Workspace, rehearse: Rehearse, creator: int
) -> None:
    whole = "9405803699300124287899"
    workspace.add("shipment", {"creator": creator, "number": "S-1", "status": "packed"})
    workspace.add("shipment", {"creator": creator, "number": "S-2", "tracking_number": whole})
    refused = rehearse(f"Order Number,Tracking Number\nS-1,{whole}\n")
    assert refused.counts["rejected"] == 1
    assert "is that of parcel S-2 already" in refused.verdicts()[0].reason


def test_two_numbers_for_one_parcel_are_refused_by_name_and_told_by_reference(
    workspace: Workspace, rehearse: Rehearse, creator: int
) -> None:
    workspace.add("shipment", {"creator": creator, "number": "S-1", "status": "packed", "postcode": "02110"})
    first, second = "9405803699300124287899", "9361289878700317633795"
    header = "Ship To - Name,Ship To - Postal Code,Shipment - Tracking Number,Order - Number\n"
    by_name = rehearse(f"{header}Jade Park,02110,{first},\nJade Park,02110,{second},\n")
    assert by_name.counts["rejected"] == 2
    assert "Lines 2 and 3 have different tracking numbers and could mean" in by_name.verdicts()[0].reason
    told = rehearse(f"{header},,{first},S-1\n,,{second},S-1\n")
    assert "for one parcel; it can keep only one" in told.problems[0].reason
    imports.write(told)
    assert rows(workspace, "shipment", "tracking_number") == [(second,)]


def test_a_number_in_the_trash_is_no_other_parcel_of_that_name(
    workspace: Workspace, rehearse: Rehearse, creator: int
) -> None:
    for number in ("S-1", "S-2"):
        workspace.add("shipment", {"creator": creator, "number": number, "postcode": "02110"})
    workspace.trash("shipment", [1])
    gone = rehearse(PIRATE + pirate("Jade Park", "S-1", zipcode="02110"), name="p.csv")
    assert gone.counts["skipped"] == 1
    assert "in the trash" in gone.verdicts()[0].reason


@pytest.mark.parametrize("cut", ["9.40011E+21", "9400111899223190000000"])
def test_a_number_that_excel_has_cut_is_refused_and_the_parcel_keeps_its_own(
    workspace: Workspace, rehearse: Rehearse, creator: int, cut: str
) -> None:
    whole = "9400111899223197428490"
    values = {"creator": creator, "number": "S-1", "status": "shipped", "tracking_number": whole}
    workspace.add("shipment", values)
    rehearsal = rehearse(f"Order Number,Tracking Number,Carrier,Status\nS-1,{cut},USPS,In transit\n")
    (problem,) = rehearsal.problems
    assert (problem.value, "Excel has cut this number" in problem.reason) == (cut, True)
    imports.write(rehearsal)
    assert rows(workspace, "shipment", "tracking_number, status") == [(whole, "in_transit")]


def test_what_a_carrier_says_moves_the_parcel_and_tells_the_last_scan(
    workspace: Workspace, rehearse: Rehearse, creator: int
) -> None:
    for number, status in (("S-1", "packed"), ("S-2", "shipped"), ("S-3", "in_transit"), ("S-4", "shipped")):
        workspace.add("shipment", {"creator": creator, "number": number, "status": status})
    lines = [
        ("S-1", "Exception", "2026-05-03"),
        ("S-2", "Out for delivery", "2026-05-04"),
        ("S-3", "Delivered", "2026-05-05"),
        ("S-4", "Return to sender", "2026-05-06"),
    ]
    text = PIRATE + "".join(pirate("", n, status, scanned=day) for n, status, day in lines)
    imports.write(rehearse(text.replace("9400111899223197428490", ""), name="p.csv"))
    assert rows(workspace, "shipment", "number, status, scanned_on, delivered_on") == [
        ("S-1", "in_transit", "2026-05-03", None),
        ("S-2", "in_transit", "2026-05-04", None),
        ("S-3", "delivered", "2026-05-05", "2026-05-05"),
        ("S-4", "returned", "2026-05-06", None),
    ]
    older = rehearse(PIRATE + pirate("", "S-2", "In transit", scanned="2026-05-01"), name="older.csv")
    imports.write(older)
    assert workspace.row("shipment", 2).scanned_on == "2026-05-04"


@pytest.mark.parametrize(
    ("header", "line"),
    [
        ("Order Number,Tracking Number,Carrier", "S-1,{n},USPS"),
        ("Order - Number,Ship To - Name,Shipment - Tracking Number,Carrier - Name", "S-1,,{n},USPS"),
        ("Order reference,Tracking number,Service code", "S-1,{n},TPN24"),
        ("Order ID,Tracking Number,Recipient,Carrier,Zone,Label Size", "S-1,{n},Jade,USPS,3,4x6"),
        ("Order number,AliExpress order number,Tracking number,Carrier", "S-1,819,{n},USPS"),
        ("Number;Tracking number", "S-1;{n}"),
        ("Order reference;Sendungsnummer", "S-1;{n}"),
        ("Reference\tTracking no\tCourier", "S-1\t{n}\tUSPS"),
    ],
)
def test_any_sheet_with_our_reference_and_a_tracking_number_comes_in(
    workspace: Workspace, rehearse: Rehearse, creator: int, header: str, line: str
) -> None:
    workspace.add("shipment", {"creator": creator, "number": "S-1", "status": "packed"})
    whole = "9405803699300124287899"
    rehearsal = rehearse(f"{header}\n{line.format(n=whole)}\n", name="back.csv")
    assert rehearsal.proposal.shape == "shipment"
    imports.write(rehearsal)
    assert rows(workspace, "shipment", "tracking_number, carrier") == [(whole, "USPS")]


def test_blanks_are_taken_out_and_a_wrong_check_digit_is_told(
    workspace: Workspace, rehearse: Rehearse, creator: int
) -> None:
    for number in ("S-1", "S-2", "S-3"):
        values = {"creator": creator, "number": number, "carrier": "My courier" if number == "S-3" else None}
        workspace.add("shipment", values)
    text = "Order Number,Tracking Number,Ship Date\nS-1,9405 8036 9930 0124 2878 99,\n"
    rehearsal = rehearse(f"{text}S-2,1Z5R89390357567128,\nS-3,1Z5R89390357567127,\n", name="back.csv")
    (problem,) = rehearsal.problems
    assert problem.reason == "The check digit of this UPS number does not hold; it is kept as it is."
    imports.write(rehearsal)
    assert rows(workspace, "shipment", "tracking_number, carrier") == [
        ("9405803699300124287899", "USPS"),
        ("1Z5R89390357567128", None),
        ("1Z5R89390357567127", "My courier"),
    ]


def test_an_older_list_takes_no_parcel_back(workspace: Workspace, rehearse: Rehearse, creator: int) -> None:
    workspace.add("shipment", {"creator": creator, "number": "S-1", "status": "delivered"})
    older = rehearse(PIRATE + pirate("", "S-1", "In Transit"), name="p.csv")
    assert "Its status stays" in older.verdicts()[0].reason
    imports.write(older)
    assert rows(workspace, "shipment", "status, tracking_number") == [("delivered", "9400111899223197428490")]
