"""Vetting puts down the day's figures; the fit says for each point of a profile whether a creator has it."""

from __future__ import annotations

from creator_crm.domain.creators import Creator
from creator_crm.domain.fit import compare
from creator_crm.domain.vetting import IdealProfile
from creator_crm.services.workspace import Workspace


def test_each_point_fits_or_not_or_cannot_be_told() -> None:
    profile = IdealProfile(
        niches=("Skincare", "Makeup"),
        audience_countries=("Ireland", "GB"),
        languages=("German",),
        engagement_floor=30_000,
        least_views=5_000,
    )
    creator = Creator(niche="skincare", audience_country="IE", language="en", engagement=29_999)
    found = {point.field.name: point.fits for point in compare(profile, creator)}
    assert found == {
        "niche": True,
        "audience_country": True,
        "language": False,
        "engagement": False,
        "average_views": None,
    }


def test_a_point_nobody_asked_for_is_not_compared() -> None:
    assert compare(IdealProfile(name="Anybody"), Creator(niche="Skincare")) == []


def test_vetting_begins_with_the_figures_of_the_day_and_goes_on_with_one_begun(workspace: Workspace) -> None:
    ana = workspace.add("creator", {"name": "Ana Blum"}, {"account": [{"platform": "tiktok"}]})
    (account,) = workspace.parts("account", ana)
    figures = {"followers": 10_000, "average_views": 4_000, "engagement": 52_000}
    workspace.add("account_metrics", {"account": account.id, "measured_on": "2026-05-01", **figures})
    number = workspace.vet(ana, "2026-05-02")
    row = workspace.row("vetting", number)
    assert (row.reviewer, row.verdict, row.engagement, row.views_per_follower, row.good_until) == (
        "Mara",
        "open",
        52_000,
        400_000,
        "2026-10-29",
    )
    assert workspace.vet(ana, "2026-05-02") == number
    assert workspace.change_sets()[0].label == "Vet Ana Blum"


def test_the_profile_of_their_campaign_comes_first(workspace: Workspace) -> None:
    ana = workspace.add("creator", {"name": "Ana Blum"})
    spring = workspace.add("campaign", {"name": "Spring"})
    workspace.add("ideal_profile", {"name": "Anybody"})
    workspace.add("ideal_profile", {"name": "Spring people", "campaign": spring, "niches": ("Skincare",)})
    assert [p.name for p in workspace.profiles_for(ana)] == ["Anybody", "Spring people"]
    workspace.join_campaign(spring, [ana])
    first = workspace.profiles_for(ana)[0]
    assert first.name == "Spring people"
    assert [point.fits for point in workspace.fit(ana, first.id)] == [None]
