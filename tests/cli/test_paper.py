"""What is printed for parcels, by command and without a display."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from creator_crm.services.workspace import Workspace

Cli = Any
pytestmark = pytest.mark.usefixtures("parcels")


@pytest.fixture
def parcels(path: Path) -> None:
    """Two approved parcels to Bonn and Austin, and a creator without an address."""
    bonn = {"street": "Am Markt 1", "city": "Bonn", "postcode": "53111", "country": "DE"}
    with Workspace.create(path) as workspace:
        people = [
            workspace.add(
                "creator", {"name": "Ana Blum"}, {"account": [{"handle": "ana"}], "address": [bonn]}
            ),
            workspace.add("creator", {"name": "Bea Sommer"}, {"address": [{**bonn, "street": "Gasse 2"}]}),
        ]
        workspace.add("product", {"name": "Glow serum", "sku": "GLOW", "link": "https://luma.example/serum"})
        workspace.receive("GLOW", 10)
        workspace.ship({"GLOW": 1}, people)


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(
    ("kind", "pages"), [("packing-slips", 2), ("labels", 1), ("gift-notes", 1), ("pick-list", 1)]
)
def test_each_paper_is_written_for_all_that_are_ready(
    cli: Cli, tmp_path: Path, kind: str, pages: int
) -> None:
    done = cli("report", kind, "--out", tmp_path / "out.pdf", "--json")
    assert done.status == 0, done.err
    assert (done.json["report"], done.json["pages"], done.json["problems"]) == (kind, pages, [])
    assert len(done.json["parcels"]) == 2
    content = (tmp_path / "out.pdf").read_bytes()
    assert content.startswith(b"%PDF-")
    assert content.count(b"/Type /Page\n") == pages


@pytest.mark.usefixtures("qapp")
def test_labels_have_a_size_a_first_place_and_the_parcels_that_are_named(cli: Cli, tmp_path: Path) -> None:
    number = cli("list", "shipment", "--json").json["rows"][0]["number"]
    out = tmp_path / "labels.pdf"
    done = cli("report", "labels", number, "--out", out, "--size", "l7163", "--start", "14", "--json")
    assert (done.status, done.json["pages"], len(done.json["parcels"])) == (0, 1, 1)
    both = cli("report", "labels", "--out", out, "--size", "L7163", "--start", "14", "--json")
    assert both.json["pages"] == 2
    assert cli("report", "labels", "--out", out).out.startswith("Address labels for 2 parcels are in ")


@pytest.mark.usefixtures("qapp")
def test_an_address_that_is_missing_is_told_with_the_status(cli: Cli, tmp_path: Path) -> None:
    cli("add", "creator", "name=Cleo Haus", "handle=cleo")
    cli("ship", "GLOW=1", "--to", "@cleo")
    number = cli("list", "shipment", "--where", "status = draft", "--json").json["rows"][0]["number"]
    done = cli("report", "labels", number, "--out", tmp_path / "labels.pdf")
    assert done.status == 3
    assert "There is no address yet for Cleo Haus" in done.out


def test_what_cannot_be_printed_is_refused_in_one_sentence(cli: Cli, tmp_path: Path) -> None:
    assert "end the name in .pdf" in cli("report", "labels", "--out", tmp_path / "labels.docx").err
    assert (
        "Choose from: avery-l7160" in cli("report", "labels", "--out", tmp_path / "a.pdf", "--size", "X9").err
    )
    assert cli("report", "labels", "--out", tmp_path / "a.pdf", "--start", "22").status == 2
    assert "No parcel is called" in cli("report", "labels", "nobody", "--out", tmp_path / "a.pdf").err
    assert "There are: brief, packing-slips" in cli("report", "poster", "--out", tmp_path / "a.pdf").err
    assert not list(tmp_path.glob("*.pdf"))


def test_it_works_where_there_is_no_display(path: Path, tmp_path: Path) -> None:
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("QT_", "DISPLAY"))}
    words = ["-w", str(path), "report", "gift-notes", "--out", str(tmp_path / "notes.pdf")]
    done = subprocess.run(
        [sys.executable, "-m", "creator_crm", *words], env=bare, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "notes.pdf").stat().st_size > 5_000
