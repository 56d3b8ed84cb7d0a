"""Metrics, charts and documents by the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from small_brand import small_brand

from creator_crm.services.workspace import Workspace

Cli = Any


@pytest.fixture
def brand(path: Path) -> None:
    """The small brand, with a brief."""
    with Workspace.create(path) as workspace:
        made = small_brand(workspace)
        workspace.add(
            "brief", {"name": "Launch", "campaign": made.campaign, "objective": "Sell 100 bottles · 日本語"}
        )


@pytest.mark.usefixtures("brand")
def test_metrics_are_the_figures_of_the_page_with_formula_and_inputs(cli: Cli, path: Path) -> None:
    found = {one["name"]: one for one in cli("metrics", "--campaign", "Spring", "--json").json["metrics"]}
    assert (found["landed_cost"]["value"], found["landed_cost"]["unit"]) == ("329.90", "EUR")
    assert found["revenue"] == {
        "name": "revenue",
        "label": "Net revenue",
        "value": "110.00",
        "unit": "EUR",
        "currency": "EUR",
        "formula": "revenue before discounts − refunds",
        "inputs": [
            {"name": "revenue before discounts", "value": "160.00", "unit": "EUR"},
            {"name": "refunds", "value": "50.00", "unit": "EUR"},
        ],
        "source": "codingace.net, net revenue",
        "why": "",
    }
    with Workspace.open(path) as workspace:
        page = {one.name: one.value for one in workspace.metrics()["EUR"]}
    assert {name: one["value"] for name, one in found.items()} == {
        name: None if value is None else format(value, "f") for name, value in page.items()
    }


@pytest.mark.usefixtures("brand")
def test_a_metric_without_a_value_is_null_and_says_why(cli: Cli) -> None:
    (one,) = cli("metrics", "--explain", "roas", "--until", "2020-01-01", "--json").json["metrics"]
    assert (one["value"], one["why"]) == (None, "nothing was spent yet")
    told = cli("metrics", "--until", "2020-01-01").out
    assert "nothing was spent yet" in told


@pytest.mark.usefixtures("brand")
def test_explain_tells_how_a_figure_was_worked_out(cli: Cli) -> None:
    told = cli("metrics", "--explain", "aov")
    assert told.out.splitlines()[:4] == [
        "Average order = charged for goods ÷ orders",
        "  charged for goods: 150.00 EUR",
        "  orders: 2",
        "  = 75.00 EUR",
    ]
    refused = cli("metrics", "--explain", "karma")
    assert refused.status == 1
    assert "There is no metric called “karma”" in refused.err
    assert cli("metrics", "--since", "yesterday").status == 2
    assert cli("metrics", "--campaign", "Winter").status == 1


@pytest.mark.usefixtures("brand")
def test_charts_go_to_a_folder_as_pictures_and_one_workbook(cli: Cli, tmp_path: Path) -> None:
    files = cli("charts", tmp_path / "out", "--campaign", "Spring", "--json").json["files"]
    names = {Path(file).name for file in files}
    assert {"revenue.png", "profit.svg", "funnel.pdf", "figures.xlsx"} <= names
    assert len(names) == 19
    assert all(Path(file).is_file() for file in files)


@pytest.mark.usefixtures("brand", "qapp")
def test_a_brief_is_printed_to_pdf_and_markdown(cli: Cli, tmp_path: Path) -> None:
    printed = cli("report", "brief", "Launch", "--out", tmp_path / "launch.pdf", "--creator", "@ana")
    assert printed.status == 0
    content = (tmp_path / "launch.pdf").read_bytes()
    assert content.startswith(b"%PDF-1.")
    assert content.rstrip().endswith(b"%%EOF")
    assert b"/Title" in content
    assert cli("report", "brief", "Launch", "--out", tmp_path / "launch.md", "--creator", "@ana").status == 0
    assert "ANA10" in (tmp_path / "launch.md").read_text(encoding="utf-8")


@pytest.mark.usefixtures("brand")
def test_a_document_that_cannot_be_made_is_refused_in_one_sentence(cli: Cli, tmp_path: Path) -> None:
    later = cli("report", "brief", "Launch", "--out", tmp_path / "launch.docx")
    assert later.status == 1
    assert "cannot be written as .docx yet" in later.err
    assert cli("report", "weekly", "--out", tmp_path / "week.pdf").status == 1
    assert cli("report", "brief", "--out", tmp_path / "launch.md").status == 2
    assert cli("report", "brief", "Nothing", "--out", tmp_path / "launch.md").status == 1
    assert not list(tmp_path.glob("launch*"))


@pytest.mark.usefixtures("brand")
def test_the_funnel_is_told_as_one_object_and_as_a_table(cli: Cli) -> None:
    found = cli("funnel", "--by", "campaign", "--json").json
    assert found["creators"] == {"sent": 3, "delivered": 2, "posted": 1, "sold": 1}
    assert found["median_days"] == {
        "sent_to_delivered": "4",
        "delivered_to_posted": "16",
        "posted_to_sold": "2",
    }
    (spring,) = found["groups"]
    assert (found["by"], spring["name"], spring["no_post"]) == ("campaign", "Spring", 1)
    assert spring["money"] == [
        {
            "currency": "EUR",
            "cost": "38.90",
            "orders": 2,
            "revenue": "110.00",
            "cost_per_parcel_post": "38.900000",
        }
    ]
    told = cli("funnel", "--by", "creator", "--since", "2026-01-01").out
    assert "not enough data yet" in told
    assert "Sent to sold counts parcels" in told
    assert cli("funnel", "--by", "weather").status == 2
    assert cli("funnel", "--campaign", "Winter").status == 1
