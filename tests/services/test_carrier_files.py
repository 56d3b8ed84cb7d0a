"""Which parcels go into a shipping program's file, who is left out and why, and what is lacking."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from creator_crm.domain.errors import UserError
from creator_crm.services import imports
from creator_crm.services.carrier_plan import programs
from creator_crm.services.imports import Rehearsal
from creator_crm.services.workspace import Workspace

HOME = {"street": "Hauptstr. 1", "city": "Dresden", "postcode": "01067", "country": "DE"}


@pytest.fixture
def serum(workspace: Workspace) -> int:
    values = {"name": "Glow Serum", "sku": "GLOW-30", "weight": 120, "cost": 610, "currency": "EUR"}
    number = workspace.add("product", values)
    workspace.receive("GLOW-30", 50)
    return number


@pytest.fixture
def ana(workspace: Workspace) -> int:
    person = {"name": "Ana Blum", "email": "ana@example.com", "phone": "+4915123456789"}
    return workspace.add("creator", person, {"address": [HOME]})


def parcel(workspace: Workspace, creator: int, serum: int, **values: Any) -> int:
    told = {"creator": creator, "status": "approved", **values}
    return workspace.add("shipment", told, {"shipment_item": [{"product": serum, "quantity": 2}]})


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_approved_and_packed_parcels_go_and_the_others_are_named_with_the_reason(
    workspace: Workspace, serum: int, ana: int, tmp_path: Path
) -> None:
    nobody = workspace.add("creator", {"name": "Bea"})
    ready = parcel(workspace, ana, serum, number="S-1")
    packed = parcel(workspace, ana, serum, number="S-2", status="packed")
    parcel(workspace, ana, serum, number="S-3", status="draft")
    parcel(workspace, ana, serum, number="S-4", tracking_number="1Z5R89390357567127")
    parcel(workspace, nobody, serum, number="S-5")
    gone = parcel(workspace, ana, serum, number="S-6", status="shipped")
    file = workspace.carrier_file("shippo")
    assert (file.parcels, file.numbers) == ((ready, packed), ("S-1", "S-2"))
    assert [(one.number, one.why) for one in file.left_out] == [
        ("S-4", "It has a tracking number already, so there is a label for it."),
        (
            "S-5",
            "Its address lacks a street and a city or postcode and a country; write it on the parcel.",
        ),
        ("S-3", "It is still a draft; approve it first."),
    ]
    workspace.write_carrier_file(file, tmp_path / "out.csv")
    assert [row["Order Number"] for row in rows(tmp_path / "out.csv")] == ["S-1", "S-2"]
    assert workspace.carrier_file("shippo", [gone]).left_out[0].why == "It has left already."


def test_no_label_is_bought_for_a_sample_that_the_shop_has_cancelled_unless_somebody_says_so(
    workspace: Workspace, serum: int, ana: int
) -> None:
    sample = parcel(workspace, ana, serum, number="S-1", order_id="5764614130387857")
    cancelled = {"number": "5764614130387857", "shop": "tiktok_shop", "status": "cancelled"}
    workspace.add("order", {**cancelled, "is_sample": True})
    file = workspace.carrier_file("shippo")
    assert file.parcels == ()
    assert [(one.number, one.why) for one in file.left_out] == [
        ("S-1", "The shop has cancelled its sample order; take the order off the parcel to send it anyway."),
    ]
    workspace.edit("shipment", {sample: {"order_id": None}}, "A present after all")
    assert workspace.carrier_file("shippo").parcels == (sample,)


def test_the_file_says_of_a_parcel_what_the_parcel_and_its_service_say(
    workspace: Workspace, serum: int, ana: int, tmp_path: Path
) -> None:
    service = workspace.add(
        "carrier_service",
        {"carrier": "Royal Mail", "name": "Tracked 24", "code": "TPN24", "box_weight": 40, "length": 20.0},
    )
    number = parcel(workspace, ana, serum, number="S-1", carrier_service=service, recipient="Ana B.")
    workspace.write_carrier_file(workspace.carrier_file("royalmail", [number]), tmp_path / "out.csv")
    (row,) = rows(tmp_path / "out.csv")
    assert (row["Recipient name"], row["Recipient email"]) == ("Ana B.", "ana@example.com")
    assert (row["Recipient postcode"], row["Recipient mobile"]) == ("01067", "+4915123456789")
    assert (row["Service code"], row["Length"]) == ("TPN24", "20")
    assert row["Weight"] == "0.280", "two of 120 g and a box of 40 g"
    workspace.edit("shipment", {number: {"weight": 300}})
    assert workspace.carrier_file("royalmail", [number]).going[0].weight == 300, "as it was weighed"


def test_abroad_is_another_country_than_the_senders_but_not_within_the_union(
    workspace: Workspace, serum: int, ana: int
) -> None:
    number = parcel(workspace, ana, serum, customs_value=2500)
    assert workspace.carrier_file("royalmail", [number]).going[0].abroad
    assert workspace.carrier_file("pirateship", [number]).going[0].abroad
    assert not workspace.carrier_file("shippo", [number]).going[0].abroad, "nobody knows from where"
    workspace.set_setting("sender_country", "FR")
    assert not workspace.carrier_file("royalmail", [number]).going[0].abroad
    workspace.set_setting("sender_country", "US")
    file = workspace.carrier_file("shipstation", [number])
    assert file.going[0].abroad
    (lacking,) = file.remarks
    assert lacking.startswith(f"{file.numbers[0]}: ") and "Glow Serum" in lacking
    workspace.edit(
        "product",
        {serum: {"customs_code": "330499", "customs_description": "Face serum", "made_in": "KR"}},
    )
    assert workspace.carrier_file("shipstation", [number]).remarks == ()


def test_the_customs_value_is_shared_among_the_articles_by_what_they_cost(
    workspace: Workspace, serum: int, ana: int
) -> None:
    mist = workspace.add("product", {"name": "Mist", "sku": "MIST", "cost": 305, "currency": "EUR"})
    workspace.receive("MIST", 9)
    items = [{"product": serum, "quantity": 2}, {"product": mist, "quantity": 1}]
    number = workspace.add("shipment", {"creator": ana, "status": "approved"}, {"shipment_item": items})
    (cost,) = workspace.carrier_file("shippo", [number]).going
    assert ([goods.worth for goods in cost.goods], cost.worth) == ([1220, 305], 1525)
    workspace.edit("shipment", {number: {"customs_value": 1000}})
    (told,) = workspace.carrier_file("shippo", [number]).going
    assert [goods.worth for goods in told.goods] == [800, 200]


def test_a_file_of_nobody_is_not_written_and_says_why(
    workspace: Workspace, serum: int, ana: int, tmp_path: Path
) -> None:
    parcel(workspace, ana, serum, number="S-3", status="draft")
    path = tmp_path / "out.csv"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(UserError, match=r"nothing was written\. S-3: It is still a draft"):
        workspace.write_carrier_file(workspace.carrier_file("shippo"), path)
    assert path.read_text(encoding="utf-8") == "mine"
    with pytest.raises(UserError, match="There is no file for “dhl”; there are: pirateship, shipstation"):
        workspace.carrier_file("dhl")
    assert set(programs()) == {"pirateship", "shipstation", "shippo", "royalmail"}


def test_parcels_without_a_weight_are_named_once(workspace: Workspace, ana: int) -> None:
    card = workspace.add("product", {"name": "Card", "sku": "CARD"})
    workspace.receive("CARD", 20)
    numbers = [parcel(workspace, ana, card, number=f"S-{n}") for n in range(1, 8)]
    (remark,) = workspace.carrier_file("shippo", numbers).remarks
    assert remark == (
        "No weight is known of S-1, S-2, S-3, S-4, S-5 and 2 more; add it in Shippo, or to the products."
    )


def test_what_went_out_comes_back_with_its_tracking_numbers(
    workspace: Workspace, serum: int, ana: int, tmp_path: Path, rehearse: Callable[..., Rehearsal]
) -> None:
    numbers = [parcel(workspace, ana, serum, number=f"S-{n}") for n in (1, 2)]
    workspace.write_carrier_file(workspace.carrier_file("pirateship"), tmp_path / "out.csv")
    out = rows(tmp_path / "out.csv")
    header = (
        "Created Date,Recipient,Tracking Number,Cost,Zone,Ship Date,Tracking Status,Carrier,Zipcode,Order ID"
    )
    labels = ("9405803699300124287899", "9361289878700317633795")
    told = "4.20,3,2026-11-02,In Transit,USPS"
    lines = [
        f"2026-11-01,{row['Name']},{label},{told},{row['Zipcode']},{row['Order ID']}"
        for row, label in zip(out, labels, strict=True)
    ]
    imports.write(rehearse("\n".join([header, *lines, ""]), name="shipments.csv"))
    back = [workspace.row("shipment", number) for number in numbers]
    assert [row.tracking_number for row in back] == [*labels]
    assert {(row.status, row.shipped_on, row.carrier) for row in back} == {
        ("in_transit", "2026-11-02", "USPS")
    }
    assert workspace.carrier_file("pirateship").parcels == ()
