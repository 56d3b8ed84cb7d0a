"""Tiers of followers: the brand's own to draw, but clear of whom they hold."""

from __future__ import annotations

import pytest

from creator_crm.domain.errors import UserError
from creator_crm.domain.tiers import TIERS, Tier, refuse_unclear, tier_of


def test_the_highest_tier_that_is_reached_counts() -> None:
    found = [tier_of(followers) for followers in (0, 9_999, 10_000, 2_000_000)]
    assert [tier and tier.name for tier in found] == ["Nano", "Nano", "Micro", "Mega"]
    assert tier_of(None) is None


@pytest.mark.parametrize(
    ("tiers", "why"),
    [
        ([], "There must be one tier at least"),
        ([Tier("Small", 0), Tier("", 5_000)], "The tier from 5,000 followers on has no name"),
        ([Tier("Small", 0), Tier("SMALL", 5_000)], "Two tiers are called “SMALL”"),
        ([Tier("Small", 0), Tier("Tall", 0)], "“Small” and “Tall” begin with the same number"),
        ([Tier("Tall", 9_000), Tier("Small", 100)], "The lowest tier, “Small”, must begin at 0 followers"),
    ],
)
def test_tiers_that_leave_open_who_is_in_which_are_refused_in_words(tiers: list[Tier], why: str) -> None:
    with pytest.raises(UserError, match=why):
        refuse_unclear(tiers)


def test_tiers_may_be_told_in_any_order() -> None:
    refuse_unclear(TIERS)
    refuse_unclear([Tier("Tall", 9_000), Tier("Small", 0)])
