"""Parcels for many from the command line: who gets one, which variant, and what would happen before."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from creator_crm.domain.conditions import Condition, Op
from creator_crm.services.views import view_text
from creator_crm.services.workspace import Workspace

Cli = Callable[..., Any]
HOME = {"address": [{"street": "Hauptstr. 1", "city": "Berlin", "postcode": "10115", "country": "DE"}]}


@pytest.fixture
def filled(path: Path) -> Path:
    """Ana (agreed, M), Bea (agreed, XXL), Cleo (agreed, opted out), Dora (prospect, S); tees in S and M."""
    with Workspace.create(path, who="Mara") as workspace:
        size = workspace.add_custom_field("creator", "Size").name
        for name, stage, says in (
            ("Ana", "agreed", "M"),
            ("Bea", "agreed", "XXL"),
            ("Dora", "prospect", "s"),
        ):
            handle = name.lower()
            workspace.add("creator", {"name": name, "handle": handle, "stage": stage, size: says}, HOME)
        workspace.add("creator", {"name": "Cleo", "handle": "cleo", "stage": "agreed", "opted_out": True})
        tee = workspace.add("product", {"name": "Tee", "sku": "TEE"})
        for name in ("S", "M"):
            workspace.add("variant", {"product": tee, "name": name, "sku": f"TEE-{name}"})
            workspace.receive(f"TEE-{name}", 3)
        campaign = workspace.add("campaign", {"name": "Spring"})
        for handle, status in (("@ana", "agreed"), ("@bea", "declined")):
            (creator,) = workspace.find("creator", handle)
            workspace.add("collaboration", {"creator": creator, "campaign": campaign, "status": status})
        agreed = Condition("stage", Op.IS, "agreed")
        workspace.save_view("creator", "Agreed", view_text(workspace.catalogue["creator"], agreed))
    return path


def told(answer: Any) -> dict[str, tuple[str, str]]:
    return {one["name"]: (one["outcome"], one["why"]) for one in answer.json["receivers"]}


@pytest.mark.parametrize("who", [("--stage", "Agreed"), ("--view", "agreed"), ("--where", "stage = agreed")])
def test_who_gets_a_parcel_is_said_by_stage_view_or_expression(
    filled: Path, cli: Cli, who: tuple[str, str]
) -> None:
    answer = cli(
        "ship", "TEE=1", *who, "--variant-from", "Size", "--fallback", "TEE-S", "--dry-run", "--json"
    )
    assert answer.status == 3
    assert told(answer) == {
        "Ana": ("ready", ""),
        "Bea": ("ready", ""),
        "Cleo": ("left_out", "Cleo asked not to be written to."),
    }
    items = {one["name"]: one["items"] for one in answer.json["receivers"]}
    assert items["Ana"] == [{"sku": "TEE-M", "quantity": 1}]
    assert items["Bea"] == [{"sku": "TEE-S", "quantity": 1}]
    warnings = {one["name"]: one["warnings"] for one in answer.json["receivers"]}
    assert warnings["Bea"] == ["Size “XXL” is no variant of “Tee”; gets “Tee · S”."]
    assert answer.json["stock"] == [
        {"sku": "TEE-M", "name": "Tee · M", "before": 3, "needed": 1, "later": 0, "after": 2},
        {"sku": "TEE-S", "name": "Tee · S", "before": 3, "needed": 1, "later": 0, "after": 2},
    ]
    assert cli("list", "shipment", "--json").json["total"] == 0


def test_a_campaign_alone_means_those_who_take_part_in_it(filled: Path, cli: Cli) -> None:
    answer = cli("ship", "TEE-M=1", "--campaign", "Spring", "--json")
    assert answer.status == 0
    (row,) = cli("list", "shipment", "--json").json["rows"]
    assert (row["contents"], row["status"]) == ("TEE-M", "approved")
    assert cli("show", "campaign", "Spring", "--json").json["id"] == row["campaign"]
    assert cli("show", "creator", "@ana", "--json").json["id"] == row["creator"]


def test_nothing_is_made_while_one_of_them_can_get_none_unless_they_are_left_out(
    filled: Path, cli: Cli
) -> None:
    refused = cli("ship", "TEE=1", "--stage", "agreed", "--variant-from", "Size")
    assert (refused.status, refused.out) == (1, "")
    assert "Cleo asked not to be written to. Nothing was made." in refused.err
    refused = cli("ship", "TEE=1", "--to", "@ana,@bea", "--variant-from", "size")
    assert "Bea: Size “XXL” is no variant of “Tee”. Nothing was made." in refused.err
    made = cli("ship", "TEE=1", "--stage", "agreed", "--variant-from", "Size", "--leave-out", "--json")
    assert (made.status, len(made.json["shipments"])) == (3, 1)
    assert [one["why"] for one in made.json["left_out"]] == [
        "Size “XXL” is no variant of “Tee”.",
        "Cleo asked not to be written to.",
    ]


def test_the_first_come_are_served_and_the_others_left_out(filled: Path, cli: Cli) -> None:
    answer = cli("ship", "TEE-S=2", "--to", "@ana,@bea,@dora", "--dry-run", "--json")
    assert told(answer)["Bea"] == ("left_out", "Not enough of “Tee · S” is left.")
    (level,) = answer.json["stock"]
    assert (level["before"], level["needed"], level["after"]) == (3, 6, -3)
    words = cli("ship", "TEE-S=2", "--to", "@ana,@bea,@dora", "--dry-run").out
    assert "1 parcel, 0 drafts, 2 left out. Nothing was made." in words


def test_whose_parcel_and_what_it_carries_is_said_once_for_all(filled: Path, cli: Cli) -> None:
    service = ("carrier_service", "carrier=DHL", "name=Parcel 2 kg", "price=5.49", "currency=EUR")
    assert cli("add", *service).status == 0
    answer = cli(
        "ship", "TEE-M=1", "--to", "@ana", "--service", "DHL:Parcel 2 kg", "--ship-by", "2026-12-01",
        "--message", "Enjoy!",
    )  # fmt: skip
    assert answer.status == 0
    (row,) = cli("list", "shipment", "--json").json["rows"]
    assert (row["carrier"], row["service"], row["postage"]) == ("DHL", "Parcel 2 kg", "5.49")
    assert (row["ship_by"], row["gift_message"]) == ("2026-12-01", "Enjoy!")


@pytest.mark.parametrize(
    ("words", "status", "sentence"),
    [
        (("TEE-M=1",), 2, "Say who gets a parcel"),
        (("TEE-M=1", "--stage", "friends"), 2, "There is no stage “friends”"),
        (("TEE-M=1", "--view", "None such"), 1, "There is no saved view “None such”"),
        (("TEE-M=1", "--to", "@ana", "--stage", "agreed"), 2, "not allowed with"),
        (("TEE-M=1", "--to", "@ana", "--fallback", "TEE-S"), 2, "--fallback is for --variant-from"),
        (("TEE=1", "--to", "@ana", "--variant-from", "Shoe"), 1, "Creators have no field “Shoe”"),
        (("TEE-M=1", "--to", "@ana", "--variant-from", "Size"), 1, "None of these products has variants"),
        (("TEE-M=1", "--where", "stage = declined"), 1, "Say who gets the parcel"),
    ],
)
def test_what_cannot_be_meant_is_said_and_nothing_made(
    filled: Path, cli: Cli, words: tuple[str, ...], status: int, sentence: str
) -> None:
    answer = cli("ship", *words)
    assert answer.status == status
    assert sentence in " ".join(answer.err.split())
    assert cli("list", "shipment", "--json").json["total"] == 0


def test_an_address_that_a_carrier_stumbles_over_is_told_beforehand(filled: Path, cli: Cli) -> None:
    with Workspace.open(filled) as workspace:
        (creator,) = workspace.find("creator", "@ana")
        (address,) = workspace.parts("address", creator)
        workspace.edit("address", {address.id: {"postcode": "1011"}})
    answer = cli("ship", "TEE-M=1", "--to", "@ana", "--dry-run", "--json")
    assert answer.status == 0
    (one,) = answer.json["receivers"]
    assert one["warnings"] == ["The postcode does not look like one of Germany (5 digits)."]
