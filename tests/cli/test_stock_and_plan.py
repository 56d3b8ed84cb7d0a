"""Stock at a date and the spike planner from the command line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from creator_crm.domain.stock_explained import ORDERS_APART
from creator_crm.services.workspace import Workspace

Cli = Callable[..., Any]
TODAY = date.today()


def day(days: int) -> str:
    return (TODAY + timedelta(days=days)).isoformat()


@pytest.fixture
def filled(path: Path) -> Path:
    with Workspace.create(path, who="Mara") as workspace:
        number = workspace.add(
            "product",
            {"name": "Glow Serum", "sku": "GLOW", "cost": 450, "reorder_level": 40, "lead_time_days": 21},
        )
        workspace.add("variant", {"product": number, "name": "Mini", "sku": "GLOW-S"})
        workspace.receive("GLOW", 10, on=day(-9), unit_cost=400)
        workspace.receive("GLOW", 2, on=day(-3), unit_cost=520)
        workspace.order_stock("GLOW", 20, expected_on=day(12))
        workspace.add("campaign", {"name": "Spring"})
    return path


def test_stock_is_told_by_article_with_money_as_text_and_no_nulls(filled: Path, cli: Cli) -> None:
    answer = cli("stock", "--json")
    assert answer.status == 0
    whole, mini, rest = answer.json["articles"]
    assert {name: whole[name] for name in ("sku", "on_hand", "reserved", "available", "incoming")} == {
        "sku": "GLOW", "on_hand": 12, "reserved": 0, "available": 12, "incoming": 20,
    }  # fmt: skip
    assert (whole["average_cost"], whole["value"], whole["currency"]) == ("4.20", "50.40", "EUR")
    assert (whole["reorder"], whole["reorder_at"]) == ("order", 40)
    assert (mini["part_of"], rest["part_of"], mini["on_hand"], rest["on_hand"]) == ("GLOW", "GLOW", 0, 12)
    assert "part_of" not in whole
    assert None not in [value for row in answer.json["articles"] for value in row.values()]
    assert cli("show", "product", whole["id"], "--json").json["sku"] == "GLOW"
    assert "50.40 EUR" in cli("stock").out
    assert cli("stock").out.endswith(f"{ORDERS_APART}\n")


def test_stock_of_one_article_on_a_day_is_explained(filled: Path, cli: Cli) -> None:
    answer = cli("stock", "GLOW", "--on", day(-5))
    assert "On hand = received + returned + corrected + shipped + lost" in answer.out
    assert "= 40.00 EUR" in answer.out
    assert cli("stock", "GLOW", "--on", day(-5), "--json").json["articles"][0]["value"] == "40.00"
    assert "Order now: 12 left, 20 on order" in cli("stock", "GLOW").out
    assert cli("stock", "NONE").status == 1
    assert cli("stock", "--on", "yesterday").status == 2


def test_a_plan_is_played_through_as_asked_and_the_same_each_time(filled: Path, cli: Cli) -> None:
    asked = ("plan", "GLOW", "--posts", "2", "--views", "1K-20K", "--conversion", "0.1%-1%", "--json")
    answer = cli(*asked)
    assert answer.status == 0
    inputs = answer.json["inputs"]
    assert (inputs["posts"], inputs["stock"]) == ([day(0), day(7)], 12)
    assert (inputs["views"], inputs["conversion"]) == (
        {"p10": "1000", "p90": "20000"}, {"p10": "0.001", "p90": "0.01"},
    )  # fmt: skip
    assert inputs["incoming"] == [{"expected_on": day(12), "pieces": 20}]
    assert cli(*asked).json == answer.json
    assert answer.json["runs_out"]["worst_tenth"] <= answer.json["runs_out"]["median"]
    ten = cli(*asked, "--times", "10").json
    assert float(ten["needed"]["p50"]) == pytest.approx(10 * float(answer.json["needed"]["p50"]), rel=0.001)
    assert cli(*asked, "--from", day(3)).json["inputs"]["posts"] == [day(3), day(10)]
    assert cli(*asked, "--seed", "2").json["needed"] != answer.json["needed"]


def test_a_plan_without_width_is_arithmetic_and_says_when_to_order(filled: Path, cli: Cli) -> None:
    with Workspace.open(filled) as workspace:
        workspace.add("variant", {"product": 1, "name": "Maxi", "sku": "MAXI"})
        workspace.receive("MAXI", 100)
    told = cli("plan", "MAXI", "--posts", "1", "--views", "1000", "--conversion", "20%", "--json").json
    # 200 orders in the end; half of them in the first three days: 100 pieces are gone on the third.
    assert told["runs_out"] == {"median": day(2), "worst_tenth": day(2), "order_by": day(-19)}
    said = cli("plan", "MAXI", "--posts", "1", "--views", "1000", "--conversion", "20%").out
    assert "order today" in said and "as set here" in said


def test_posts_that_are_live_are_told_with_what_they_still_bring(filled: Path, cli: Cli) -> None:
    with Workspace.open(filled) as workspace:
        ana = workspace.add("creator", {"name": "Ana"})
        live = {"creator": ana, "product": 1, "status": "live", "live_on": day(-3)}
        post = workspace.add("deliverable", live)
        workspace.add("post_metrics", {"deliverable": post, "measured_on": day(0), "views": 1_500})
    told = cli("plan", "GLOW", "--json").json
    assert told["inputs"]["live"] == [{"live_on": day(-3), "views": 1_500}]
    assert "live already: 1 post, 1,500 views still to come" in cli("plan", "GLOW").out


def test_what_cannot_be_planned_is_said_in_a_sentence(filled: Path, cli: Cli) -> None:
    assert "is not a range" in cli("plan", "GLOW", "--views", "1-2-3").err
    assert cli("plan", "GLOW", "--views", "many").status == 2
    answer = cli("plan", "GLOW", "--views", "9K-2K")
    assert (answer.status, answer.out) == (1, "")
    assert "from a smaller number to a larger one" in answer.err
    assert cli("plan", "GLOW", "--campaign", "Spring").status == 0
