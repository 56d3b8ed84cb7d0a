"""Shipping programs' files from the command line."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from creator_crm.services.workspace import Workspace

Cli = Callable[..., Any]


@pytest.fixture
def filled(path: Path) -> Path:
    with Workspace.create(path, who="Mara") as workspace:
        address = {
            "address": [{"street": "1 Elm St", "city": "Boston", "postcode": "02110", "country": "US"}]
        }
        ana = workspace.add("creator", {"name": "Ana Blum", "handle": "ana.b"}, address)
        bea = workspace.add("creator", {"name": "Bea", "handle": "bea"})
        workspace.add("product", {"name": "Glow Serum", "sku": "GLOW-30", "weight": 120})
        workspace.receive("GLOW-30", 9)
        for number, creator in (("S-1", ana), ("S-2", ana), ("S-3", bea)):
            workspace.add("shipment", {"creator": creator, "number": number, "status": "approved"})
    return path


def test_a_file_holds_what_is_ready_and_says_who_is_left_out(filled: Path, cli: Cli, tmp_path: Path) -> None:
    out = tmp_path / "ship.csv"
    answer = cli("carrier", "pirateship", "--out", str(out), "--json")
    assert answer.status == 3
    assert answer.json["file"] == str(out) and answer.json["parcels"] == ["S-1", "S-2"]
    (left,) = answer.json["left_out"]
    assert left["number"] == "S-3" and "Its address lacks a street" in left["why"]
    with out.open(encoding="utf-8-sig", newline="") as file:
        assert [(r["Order ID"], r["Zipcode"]) for r in csv.DictReader(file)] == [
            ("S-1", "02110"),
            ("S-2", "02110"),
        ]


def test_an_expression_chooses_the_parcels(filled: Path, cli: Cli, tmp_path: Path) -> None:
    out = tmp_path / "ship.csv"
    answer = cli("carrier", "shippo", "--out", str(out), "--where", "number = S-2")
    assert (answer.status, "1 parcel is in" in answer.out) == (0, True)
    none = cli("carrier", "shippo", "--out", str(tmp_path / "no.csv"), "--where", "number = S-3")
    assert none.status == 1 and "No parcel is ready for Shippo" in none.err
    assert not (tmp_path / "no.csv").exists()
    assert cli("carrier", "dhl", "--out", str(out)).status == 2


def test_drafts_that_nobody_named_are_said_and_are_no_failure(filled: Path, cli: Cli, tmp_path: Path) -> None:
    for key in ("S-2", "S-3"):
        cli("set", "shipment", key, "status=draft")
    answer = cli("carrier", "royalmail", "--out", str(tmp_path / "a.csv"))
    assert answer.status == 0
    assert "S-2 is left out: It is still a draft; approve it first." in answer.out
