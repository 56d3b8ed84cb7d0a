"""The daily work from the command line: what is due, parcels, tracking numbers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from creator_crm.services.workspace import Workspace

Cli = Callable[..., Any]


@pytest.fixture
def filled(path: Path) -> Path:
    with Workspace.create(path, who="Mara") as workspace:
        address = {"address": [{"street": "Hauptstr. 1", "city": "Berlin", "country": "DE"}]}
        workspace.add("creator", {"name": "Ana Blum", "handle": "ana.b"}, address)
        workspace.add("creator", {"name": "Bea", "handle": "bea"})
        workspace.add("campaign", {"name": "Spring"})
        workspace.add("product", {"name": "Glow Serum", "sku": "GLOW-30"})
        workspace.receive("GLOW-30", 5)
    return path


def test_a_batch_of_parcels_is_made_and_its_stock_reserved(filled: Path, cli: Cli) -> None:
    answer = cli("ship", "GLOW-30=2", "--to", "@ana.b,@bea,@ana.b", "--campaign", "Spring", "--json")
    assert answer.status == 0
    first, second = answer.json["shipments"]
    assert (first["status"], second["status"]) == ("approved", "draft")
    assert answer.json["notes"] == [
        "There is no address yet for Bea; ask for it and approve the parcel then."
    ]
    assert cli("show", "product", "GLOW-30", "--json").json["stock"] == 3
    (row,) = cli("list", "shipment", "--where", "status = approved", "--json").json["rows"]
    assert (row["id"], row["number"]) == (first["id"], first["number"])


def test_too_little_stock_is_said_and_nothing_is_made(filled: Path, cli: Cli) -> None:
    answer = cli("ship", "GLOW-30=6", "--to", "@ana.b")
    assert (answer.status, answer.out) == (1, "")
    assert "6 of “Glow Serum” are needed and 5 are left: 1 missing" in answer.err
    assert cli("ship", "GLOW-30", "--to", "@ana.b").status == 2
    assert cli("ship", "GLOW-30=1", "--to", "@nobody").status == 1
    assert cli("list", "shipment", "--json").json["total"] == 0


def test_what_is_due_is_told_as_the_contract_says(filled: Path, cli: Cli) -> None:
    cli("ship", "GLOW-30=1", "--to", "@ana.b")
    answer = cli("due", "--json")
    (item,) = answer.json["items"]
    assert list(item) == ["kind", "record", "key", "due_on", "why"]
    assert (item["kind"], item["record"]) == ("ship", "shipment")
    assert item["why"] == "The parcel for Ana Blum is approved and not yet packed."
    assert cli("show", "shipment", item["key"], "--json").json["id"] == item["key"]
    assert cli("due", "--campaign", "Spring", "--json").json == {"items": []}
    assert "1 due" in cli("due").out


def test_what_is_due_on_another_day_is_asked_for_by_that_day(filled: Path, cli: Cli) -> None:
    cli("add", "payment", "creator=@ana.b", "amount=50", "due_on=2026-12-20")
    assert cli("due", "--on", "2026-12-01", "--json").json["items"] == []
    (item,) = cli("due", "--on", "2026-12-18", "--json").json["items"]
    assert item["why"] == "50.00 EUR to Ana Blum, due in 2 days."
    wrong = cli("due", "--on", "someday")
    assert (wrong.status, "--on" in wrong.err) == (2, True)


def test_tracking_numbers_need_no_workspace(cli: Cli) -> None:
    answer = cli("tracking", "1Z5R89390357567127", "1Z5R89390357567128", "hello", "--json")
    good, bad, none = answer.json["numbers"]
    assert good == {
        "number": "1Z5R89390357567127",
        "carrier": "UPS",
        "valid": True,
        "url": "https://www.ups.com/track?tracknum=1Z5R89390357567127",
    }
    assert (bad["carrier"], bad["valid"], bad["url"]) == ("UPS", False, "")
    assert (none["carrier"], none["valid"]) == ("", False)
    assert "check digit does not hold" in cli("tracking", "1Z5R89390357567128").out


def test_a_stock_movement_is_of_today_when_no_day_is_named(filled: Path, cli: Cli) -> None:
    answer = cli("add", "stock_movement", "product=GLOW-30", "quantity=5", "--json")
    assert (answer.json["moved_on"], answer.json["quantity"]) == (date.today().isoformat(), 5)


def test_a_status_that_is_set_does_what_the_step_does_or_is_refused(filled: Path, cli: Cli) -> None:
    cli("add", "shipment", "number=P1", "creator=@bea")
    cli("add", "shipment_item", "shipment=P1", "sku=GLOW-30", "quantity=2")
    answer = cli("set", "shipment", "P1", "status=approved")
    assert (answer.status, answer.out) == (1, "")
    assert "There is no address yet for Bea" in answer.err
    cli("add", "address", "creator=@bea", "street=Rue 1", "city=Lyon")
    cli("ship", "GLOW-30=4", "--to", "@ana.b")
    answer = cli("set", "shipment", "P1", "status=approved")
    assert answer.status == 1 and "2 of “Glow Serum” are needed and 1 are left: 1 missing" in answer.err
    cli("add", "stock_movement", "product=GLOW-30", "quantity=3")
    assert cli("set", "shipment", "P1", "status=approved").status == 0
    assert cli("show", "shipment", "P1", "--json").json["street"] == "Rue 1"
    assert cli("show", "product", "GLOW-30", "--json").json["stock"] == 2


def test_records_answer_to_their_name_and_to_what_the_window_calls_them(filled: Path, cli: Cli) -> None:
    cli("ship", "GLOW-30=1", "--to", "@ana.b")
    for name in ("shipment", "shipments", "parcels"):
        assert cli("list", name, "--json").json["total"] == 1
    assert cli("list", "shipment").out.endswith("1 of 1 parcels\n")
