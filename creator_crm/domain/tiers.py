"""Tiers of creators by followers: informative only, and the brand's own to set, since sources disagree."""

from __future__ import annotations

from collections.abc import Sequence

from creator_crm.domain.frozen import immutable


@immutable
class Tier:
    """A name, and from how many followers on it holds."""

    name: str
    least: int


TIERS = (
    Tier("Nano", 0),
    Tier("Micro", 10_000),
    Tier("Mid", 100_000),
    Tier("Macro", 500_000),
    Tier("Mega", 1_000_000),
)
"""After organicmediabuying.com; others let Micro end at 50,000."""


def tier_of(followers: int | None, tiers: Sequence[Tier] = TIERS) -> Tier | None:
    """The highest tier that so many followers reach; None where they are not known."""
    reached = [tier for tier in tiers if followers is not None and followers >= tier.least]
    return max(reached, key=lambda tier: tier.least, default=None)
