"""Tiers of creators by followers: informative only, and the brand's own to set, since sources disagree."""

from __future__ import annotations

from collections.abc import Sequence

from creator_crm.domain.errors import UserError
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


def refuse_unclear(tiers: Sequence[Tier]) -> None:
    """Raise UserError for tiers that leave open which of them a creator is in."""
    ordered = sorted(tiers, key=lambda tier: tier.least)
    if not ordered:
        raise UserError("There must be one tier at least. Nothing was changed.")
    names: set[str] = set()
    for tier, below in zip(ordered, [None, *ordered], strict=False):
        if not tier.name:
            raise UserError(f"The tier from {tier.least:,} followers on has no name. Nothing was changed.")
        if tier.name.casefold() in names:
            raise UserError(f"Two tiers are called “{tier.name}”. Nothing was changed.")
        if below is not None and below.least == tier.least:
            raise UserError(
                f"“{below.name}” and “{tier.name}” begin with the same number of followers. "
                "Nothing was changed."
            )
        names.add(tier.name.casefold())
    if ordered[0].least != 0:
        raise UserError(
            f"The lowest tier, “{ordered[0].name}”, must begin at 0 followers: who has fewer would be in "
            "none. Nothing was changed."
        )


def tier_of(followers: int | None, tiers: Sequence[Tier] = TIERS) -> Tier | None:
    """The highest tier that so many followers reach; None where they are not known."""
    reached = [tier for tier in tiers if followers is not None and followers >= tier.least]
    return max(reached, key=lambda tier: tier.least, default=None)
