"""Page, charts and command line show the same figures, because all of them come from the same facts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from importlib import import_module
from pathlib import Path

import pytest
from small_brand import small_brand

from creator_crm.domain.errors import UserError
from creator_crm.domain.fields import Value
from creator_crm.domain.query import Query
from creator_crm.reporting.data import (
    MoneyOverTime,
    PostsOnTime,
    ProfitByCreator,
    SeedingFunnel,
    SpendByKind,
    ViewsAgainstOrders,
)
from creator_crm.services.results import Scope
from creator_crm.services.workspace import Workspace

TODAY = "2026-05-01"


def test_the_charts_of_the_small_brand_hold_what_was_worked_out_by_hand(workspace: Workspace) -> None:
    small_brand(workspace)
    charts = workspace.charts(today=TODAY)
    assert charts["revenue"] == MoneyOverTime(
        "EUR",
        (
            (date(2026, 3, 1), 0, 200_00),  # the fee, on the day it was agreed
            (date(2026, 3, 10), 0, 38_90),  # three serums and their postage
            (date(2026, 4, 1), 50_00, 11_00),  # half of 100.00 refunded; 6.00 commission and 5.00 discount
            (date(2026, 4, 10), 0, 30_00),  # ads
            (date(2026, 4, 12), 60_00, 0),
            (date(2026, 4, 20), 0, 50_00),  # the video
        ),
        ((date(2026, 3, 30), "Ana"),),
    )
    assert charts["profit"] == ProfitByCreator(
        "EUR",
        # Ana: 110.00 - 16.00 of goods - (200.00 + 50.00 + 30.00 + 6.00 + 5.00 + 13.00);
        # the others: a serum for 8.00 and its postage
        (("Cho", -12_90), ("Bea", -13_00), ("Ana", -210_00)),
    )
    assert charts["funnel"] == SeedingFunnel(sent=3, delivered=2, posted=1, sold=1)
    assert charts["reach"] == ViewsAgainstOrders((("Ana", 12_000, 2),))
    assert charts["spend"] == SpendByKind(
        "EUR",
        (date(2026, 3, 1), date(2026, 4, 1)),
        (
            ("Fees", (200_00, 0)),
            ("Production", (0, 50_00)),
            ("Product", (24_00, 0)),
            ("Postage", (14_90, 0)),
            ("Commission", (0, 6_00)),
            ("Discounts", (0, 5_00)),
            ("Ads", (0, 30_00)),
        ),
    )
    # Ana posted in the week in which it was due; Bea's post is missing in the next.
    assert charts["punctuality"] == PostsOnTime(((date(2026, 3, 30), 1, 0, 1),))


@pytest.mark.parametrize("scope", [Scope(), Scope(campaign=1), Scope(creator=1), Scope(since="2026-04-01")])
def test_charts_and_metrics_agree_to_the_cent(workspace: Workspace, scope: Scope) -> None:
    small_brand(workspace)
    found = {one.name: one.value for one in workspace.metrics(scope, today=TODAY)["EUR"]}
    charts = workspace.charts(scope, today=TODAY)
    money, spend, profit = charts["revenue"], charts["spend"], charts["profit"]
    assert isinstance(money, MoneyOverTime)
    assert isinstance(spend, SpendByKind)
    assert isinstance(profit, ProfitByCreator)
    assert Decimal(sum(day[1] for day in money.days)) / 100 == found["revenue"]
    assert Decimal(sum(day[2] for day in money.days)) / 100 == found["landed_cost"]
    assert Decimal(sum(sum(amounts) for _, amounts in spend.kinds)) / 100 == found["landed_cost"]
    assert Decimal(sum(amount for _, amount in profit.creators)) / 100 == found["profit"]


@pytest.mark.parametrize("scope", [Scope(), Scope(campaign=1), Scope(creator=1), Scope(since="2026-04-01")])
def test_figures_read_along_with_those_of_each_creator_are_the_same(
    workspace: Workspace, scope: Scope
) -> None:
    brand = small_brand(workspace)
    workspace.add("shipment", {"creator": brand.ana, "currency": "USD", "status": "shipped", "postage": 3_00})
    assert workspace.reading(scope, today=TODAY).facts == workspace.facts(scope, today=TODAY)


def test_orders_are_added_up_from_indexes_alone(workspace: Workspace) -> None:
    small_brand(workspace)
    asked: list[str] = []
    with workspace.store.read_raw() as raw:
        raw.set_trace_callback(asked.append)
    workspace.charts()
    with workspace.store.read_raw() as raw:
        raw.set_trace_callback(None)
        # By day they come in the order of the table as well, so that looking them up there costs little.
        of_orders = [sql for sql in asked if "INDEXED BY sums_order" in sql and "sums_order_when" not in sql]
        plans = [[row[3] for row in raw.execute(f"EXPLAIN QUERY PLAN {sql}")] for sql in of_orders]
    assert len(plans) == 5  # what was sold, of what lines, by whom, for which post, to how many
    for plan in plans:
        (orders,) = (step for step in plan if step.startswith("SCAN o "))
        assert "COVERING INDEX sums_order" in orders


def test_what_a_creator_sold_counts_in_the_funnel_whenever_it_was(workspace: Workspace) -> None:
    small_brand(workspace)
    march = Scope(since="2026-03-01", until="2026-03-31")  # all that was sold was sold in April
    assert workspace.facts(march, today=TODAY)["EUR"].orders == 0
    funnel = workspace.chart("funnel", march, today=TODAY)
    assert funnel == SeedingFunnel(sent=3, delivered=2, posted=1, sold=1)


def test_a_present_without_strings_is_no_step_of_the_funnel(workspace: Workspace) -> None:
    brand = small_brand(workspace)
    parcels = workspace.ids(Query("shipment"))
    workspace.edit("shipment", {number: {"no_post_expected": True} for number in parcels})
    assert workspace.chart("funnel", Scope(creator=brand.ana), today=TODAY) == SeedingFunnel(0, 0, 0, 0)


def test_a_creator_whose_goods_have_no_known_cost_is_in_no_chart_of_profit(workspace: Workspace) -> None:
    brand = small_brand(workspace)
    workspace.edit("product", {brand.product: {"cost": None}})
    profit = workspace.chart("profit", today=TODAY)
    assert isinstance(profit, ProfitByCreator)
    assert [name for name, _ in profit.creators] == ["Cho", "Bea"]


def test_an_order_counts_for_the_post_it_names_before_the_creators_newest_one(workspace: Workspace) -> None:
    brand = small_brand(workspace)
    later: dict[str, Value] = {"creator": brand.ana, "status": "live", "live_on": "2026-04-10"}
    newer = workspace.add("deliverable", later)
    workspace.add("post_metrics", {"deliverable": newer, "measured_on": "2026-04-20", "views": 500})
    assert workspace.chart("reach") == ViewsAgainstOrders((("Ana", 12_000, 1), ("Ana", 500, 1)))
    workspace.edit("order", {2: {"deliverable": brand.post}})
    assert workspace.chart("reach") == ViewsAgainstOrders((("Ana", 12_000, 2), ("Ana", 500, 0)))


def test_all_charts_are_saved_as_pictures_and_their_figures_in_one_workbook(
    workspace: Workspace, tmp_path: Path
) -> None:
    small_brand(workspace)
    steps: list[tuple[int, int]] = []
    folder = tmp_path / "charts"
    written = workspace.export_charts(folder, progress=lambda done, of: steps.append((done, of)))
    assert len(written) == 19
    assert all(path.stat().st_size > 1000 for path in written)
    assert steps[-1] == (18, 19)
    book = import_module("openpyxl").load_workbook(folder / "figures.xlsx")
    assert len(book.sheetnames) == 7
    metrics = {row[0]: row[1] for row in book["Metrics"].iter_rows(values_only=True)}
    assert metrics["Landed cost"] == "329.90 EUR"
    revenue = list(book["Revenue and cost"].iter_rows(values_only=True))
    assert sum(row[2] for row in revenue[1:]) == pytest.approx(329.90)


def test_a_folder_that_cannot_be_made_is_said_in_words(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(UserError, match="could not be made"):
        workspace.export_charts(tmp_path / "file" / "charts")
    with pytest.raises(UserError, match="There is no chart called “pie”; there are: revenue"):
        workspace.chart("pie")
