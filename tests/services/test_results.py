"""The figures of a small brand, each worked out by hand beside it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from small_brand import small_brand

from creator_crm.domain.errors import UserError
from creator_crm.domain.fields import Value
from creator_crm.services.results import EVERYTHING, Scope
from creator_crm.services.workspace import Workspace
from creator_crm.store.readers.series import CodeResult, Owed

TODAY = "2026-05-01"


def values(workspace: Workspace, scope: Scope = EVERYTHING) -> dict[str, Decimal | None]:
    return {one.name: one.value for one in workspace.metrics(scope, today=TODAY)["EUR"]}


def test_the_figures_are_those_worked_out_by_hand(workspace: Workspace) -> None:
    small_brand(workspace)
    found = values(workspace)
    # 200.00 fee + 50.00 video + 24.00 serums + 14.90 postage + 6.00 commission + 5.00 discount + 30.00 ads
    assert found["landed_cost"] == Decimal("329.90")
    # 100.00 + 60.00 before discounts, half of the 100.00 refunded: 45.00 of the 90.00 that were charged
    assert found["revenue"] == Decimal("110.00")
    assert found["roas"] == round(Decimal("110.00") / Decimal("329.90"), 6)
    # two serums stayed sold at 8.00 each: 110.00 - 16.00 - 329.90
    assert found["profit"] == Decimal("-235.90")
    assert found["cac"] == Decimal("164.95")  # two new customers
    assert found["aov"] == Decimal("75")  # (90.00 + 60.00) / 2
    assert found["conversion_rate"] == Decimal("0.05")  # 2 orders of the latest 40 clicks
    assert found["post_rate"] == Decimal("0.5")  # Ana posted, Bea did not, Cho never got hers
    assert found["cost_per_live_post"] == Decimal("38.90")  # 24.00 + 14.90, the lost parcel too
    assert found["on_time_launches"] == Decimal("0.5")  # Bea's was due by now
    assert found["cpm"] == round(Decimal("329.90") / 12, 6)


def test_an_order_that_nobody_of_the_program_brought_is_in_no_figure(workspace: Workspace) -> None:
    brand = small_brand(workspace)
    assert workspace.facts()["EUR"].orders == 2
    workspace.edit("order", {3: {"creator": brand.bea}})
    assert workspace.facts()["EUR"].orders == 3


def test_a_campaign_a_creator_and_a_period_narrow_the_figures(workspace: Workspace) -> None:
    brand = small_brand(workspace)
    assert values(workspace, Scope(campaign=brand.campaign)) == values(workspace)
    lost = workspace.facts(Scope(creator=brand.cho))["EUR"]
    assert (lost.product_cost, lost.postage, lost.revenue) == (8_00, 4_90, 0)
    april = workspace.facts(Scope(since="2026-04-01", until="2026-04-30"), today=TODAY)["EUR"]
    # The fee was agreed and the parcels left in March; the video, the ads and the sales are of April.
    assert (april.fees, april.postage, april.production, april.ads) == (0, 0, 50_00, 30_00)
    assert (april.orders, april.net_revenue) == (2, 110_00)
    march = workspace.facts(Scope(until="2026-03-31"), today=TODAY)["EUR"]
    assert march.landed_cost + april.landed_cost == 329_90


def test_a_figure_that_cannot_be_worked_out_says_why(workspace: Workspace) -> None:
    (roas,) = workspace.explain("roas").values()
    assert roas.value is None
    assert roas.why_undefined == "nothing was spent yet"
    with pytest.raises(UserError, match="There is no metric called “karma”; there are: landed_cost"):
        workspace.explain("karma")


def test_amounts_of_two_currencies_stay_apart_and_the_larger_comes_first(workspace: Workspace) -> None:
    brand = small_brand(workspace)
    dollars: dict[str, Value] = {
        "number": "9",
        "currency": "USD",
        "creator": brand.ana,
        "subtotal": 20_00,
        "status": "paid",
    }
    workspace.add("order", dollars)
    found = workspace.facts()
    assert list(found) == ["EUR", "USD"]
    assert (found["EUR"].orders, found["USD"].orders) == (2, 1)
    assert (found["EUR"].posts_live, found["USD"].posts_live) == (1, 0)


def test_an_empty_workspace_has_facts_that_say_nothing_happened(workspace: Workspace) -> None:
    workspace.add("campaign", {"name": "Abroad", "currency": "USD"})
    (currency,) = workspace.facts()
    assert currency == "USD"
    assert workspace.facts()["USD"].landed_cost == 0


def test_what_is_owed_is_due_overdue_or_paid_and_never_two_of_them(workspace: Workspace) -> None:
    small_brand(workspace)
    assert workspace.owed(today="2026-04-20") == {"EUR": Owed(due=50_00, overdue=0, paid=100_00)}
    assert workspace.owed(today="2026-04-21") == {"EUR": Owed(due=0, overdue=50_00, paid=100_00)}


def test_codes_come_with_what_they_sold_and_unused_ones_with_nothing(workspace: Workspace) -> None:
    brand = small_brand(workspace)
    unused = workspace.add("code", {"code": "NEW", "campaign": brand.campaign})
    general = workspace.add("code", {"code": "WELCOME"})
    workspace.edit("order", {3: {"code": general}})
    assert workspace.codes() == [
        CodeResult(general, "EUR", orders=1, revenue=500_00),
        CodeResult(brand.code, "EUR", orders=2, revenue=110_00, discount=10_00),
        CodeResult(unused, "EUR"),
    ]
    assert [one.code for one in workspace.codes(Scope(campaign=brand.campaign))] == [brand.code, unused]


def test_what_is_in_the_trash_counts_nowhere(workspace: Workspace, tmp_path: Path) -> None:
    brand = small_brand(workspace)
    before = values(workspace)
    for record in ("order", "shipment", "deliverable", "payment", "ad_spend", "collaboration", "code"):
        rows = [1, 2, 3] if record != "code" else [brand.code]
        workspace.trash(record, [n for n in rows if workspace.row(record, n)])
    assert workspace.facts()["EUR"].landed_cost == 0
    assert workspace.facts()["EUR"].orders == 0
    for _ in range(7):
        workspace.undo()
    assert values(workspace) == before


def test_the_number_of_questions_does_not_grow_with_the_rows(workspace: Workspace) -> None:
    def asked() -> int:
        seen: list[str] = []
        with workspace.store.read_raw() as raw:  # kept, and used again for the next questions
            raw.set_trace_callback(seen.append)
        workspace.metrics()
        workspace.charts()
        with workspace.store.read_raw() as raw:
            raw.set_trace_callback(None)
        return len(seen)

    brand = small_brand(workspace)
    few = asked()
    with workspace.store.change("A good month") as unit:
        for n in range(100, 160):
            creator = unit.add("creator", {"name": f"Creator {n}"})
            post = {"creator": creator, "campaign": brand.campaign, "status": "live", "live_on": "2026-04-20"}
            unit.add("deliverable", post)
            order = {"number": str(n), "creator": creator, "ordered_on": f"2026-{n % 12 + 1:02}-05"}
            unit.add("order", {**order, "subtotal": 10_00, "status": "paid"})
    assert asked() == few < 70
