"""Targets of a campaign beside what it has reached: the figures of the Results page, in its currency."""

from __future__ import annotations

from decimal import Decimal

import pytest
from small_brand import small_brand

from creator_crm.domain.campaigns import TARGETS
from creator_crm.domain.errors import UserError
from creator_crm.domain.metrics import METRICS
from creator_crm.domain.metrics.facts import Facts
from creator_crm.domain.metrics.targets import AT_MOST, reached, standing
from creator_crm.domain.query import Query
from creator_crm.domain.scope import Scope
from creator_crm.services.workspace import Workspace


def test_every_target_is_of_a_figure_that_can_be_reckoned() -> None:
    offered = {choice.value for choice in TARGETS}
    assert {name: reached(name, Facts()).name for name in offered} == {name: name for name in offered}
    assert offered - METRICS.keys() == {"orders", "creators_posted"}
    assert offered > AT_MOST


def test_a_target_stands_beside_the_figure_of_the_results_page(workspace: Workspace) -> None:
    brand = small_brand(workspace)
    # Two of the three creators got their parcel and one of them posted: 1 / 2 = 50 %.
    for metric, value in (("post_rate", 40), ("roas", 3), ("landed_cost", 1000), ("creators_posted", 4)):
        workspace.add("campaign_target", {"campaign": brand.campaign, "metric": metric, "value": value})
    found = {one.metric.name: one for one in workspace.targets(brand.campaign)}
    assert list(found) == ["roas", "landed_cost", "creators_posted", "post_rate"]
    page = {m.name: m for m in workspace.metrics(Scope(campaign=brand.campaign))["EUR"]}
    assert {n: one.metric for n, one in found.items() if n in page} == {
        n: page[n] for n in found if n in page
    }
    rate = found["post_rate"]
    assert (rate.metric.value, rate.target, rate.kept) == (Decimal("0.5"), Decimal("0.4"), True)
    posted = found["creators_posted"]
    assert (posted.metric.value, posted.share, posted.kept) == (1, Decimal("0.25"), False)
    cost = found["landed_cost"]
    assert (cost.at_most, cost.kept) == (True, True)


def test_a_figure_without_a_value_says_why_instead_of_reached_or_not() -> None:
    none = standing("roas", 3, Facts())
    assert (none.kept, none.share) == (None, None) and none.metric.why_undefined


def test_a_campaign_in_another_currency_is_measured_in_its_own(workspace: Workspace) -> None:
    campaign = workspace.add("campaign", {"name": "US", "currency": "USD"})
    workspace.add("campaign_target", {"campaign": campaign, "metric": "revenue", "value": 100})
    (found,) = workspace.targets(campaign)
    assert (found.metric.unit, found.target) == ("USD", Decimal(100))


def test_one_figure_has_one_target_and_goes_to_the_trash_with_its_campaign(workspace: Workspace) -> None:
    campaign = workspace.add("campaign", {"name": "Spring"})
    values = {"campaign": campaign, "metric": "roas", "value": 3}
    workspace.add("campaign_target", values)
    with pytest.raises(UserError):
        workspace.add("campaign_target", values)
    workspace.trash("campaign", [campaign])
    assert workspace.count(Query("campaign_target")) == 0
    workspace.restore("campaign", [campaign])
    assert workspace.count(Query("campaign_target")) == 1


def test_a_product_is_in_the_campaign_it_was_chosen_for(workspace: Workspace) -> None:
    campaign = workspace.add("campaign", {"name": "Spring"})
    serum = workspace.add("product", {"name": "Serum"})
    workspace.add("product", {"name": "Other"})
    workspace.add("campaign_product", {"campaign": campaign, "product": serum})
    assert list(workspace.ids(Query("product", campaign=campaign))) == [serum]
