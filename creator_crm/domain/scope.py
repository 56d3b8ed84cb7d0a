"""Which part of the program figures are asked for: a campaign, a creator, some days; and apart by what."""

from __future__ import annotations

from typing import Literal

from creator_crm.domain.frozen import immutable

By = Literal["", "creator", "campaign", "month", "day"]
Part = int | str | None
"""What a group is called: a creator's or campaign's number, "2026-11", "2026-11-22"; None for all or none."""


@immutable
class Scope:
    """One campaign, one creator, the days from `since` to `until`; None is no limit."""

    campaign: int | None = None
    creator: int | None = None
    since: str | None = None
    until: str | None = None


EVERYTHING = Scope()
