"""Which part of the program figures are asked for: a campaign, a creator, some days; and apart by what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

By = Literal["", "creator", "campaign", "month", "day"]
Part = int | str | None
"""What a group is called: a creator's or campaign's number, "2026-11", "2026-11-22"; None for all or none."""


@dataclass(frozen=True, slots=True)
class Scope:
    """One campaign, one creator, the days from `since` to `until`; None is no limit."""

    campaign: int | None = None
    creator: int | None = None
    since: str | None = None
    until: str | None = None


EVERYTHING = Scope()
