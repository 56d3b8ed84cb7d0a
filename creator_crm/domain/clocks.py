"""How long a creator has to post once the parcel is there: when to remind, and when waiting is over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date, timedelta
from types import MappingProxyType

from creator_crm.domain.frozen import immutable
from creator_crm.domain.seeding import Shipment

NUDGE_DAYS = (7, 10, 14)  # days after delivery, seedlane.app's guide
GHOST_AFTER = 3  # days after the last nudge


@immutable
class Clock:
    """Days after delivery on which to remind. post_by: the day by which the post is due, None for none.

    Without such a day waiting is over some days after the last reminder; with one it is over on that day,
    reminders or not. extension: by how many days it can be put off, once.
    """

    name: str
    label: str
    nudge_days: tuple[int, ...]
    post_by: int | None = None
    extension: int = 0
    source: str = ""


GIFTED = Clock(
    "gifted",
    "Gifted: reminders on day 7, 10 and 14",
    NUDGE_DAYS,
    source="seedlane.app: no post by day 7, 10, 14, then ghosted",
)
# TikTok Shop says how long a creator has: 14 days for a free sample, 90 for a refundable one, 7 more once
# (seller-us.tiktok.com, knowledge_id 5694209038927617 and 6118437723506474). When to remind is our choice.
FREE_SAMPLE = Clock(
    "tiktok_free",
    "TikTok Shop free sample: 14 days to post, one extension of 7",
    (7, 12),
    post_by=14,
    extension=7,
    source="seller-us.tiktok.com",
)
REFUNDABLE_SAMPLE = Clock(
    "tiktok_refundable",
    "TikTok Shop refundable sample: 90 days to post, one extension of 7",
    (30, 60, 83),
    post_by=90,
    extension=7,
    source="seller-us.tiktok.com",
)
CLOCKS = (GIFTED, FREE_SAMPLE, REFUNDABLE_SAMPLE)
USUAL: Mapping[str, str] = MappingProxyType(
    {"sample": FREE_SAMPLE.name, "refundable_sample": REFUNDABLE_SAMPLE.name}
)
"""The clocks of the kinds of parcels, where it is not that of gifts."""


@immutable
class Clocks:
    """Which clock each kind of parcel has, and the days of a gift."""

    by_kind: Mapping[str, str] = field(default_factory=lambda: USUAL)
    gifted: Clock = field(default_factory=lambda: GIFTED)

    def of(self, parcel: Shipment) -> Clock:
        name = self.by_kind.get(parcel.kind or "gift", GIFTED.name)
        clock = next((clock for clock in CLOCKS if clock.name == name), GIFTED)
        return self.gifted if clock is GIFTED else clock

    def extra(self, parcel: Shipment) -> int:
        """By how many days the time of a parcel was put off."""
        return self.of(parcel).extension if parcel.extended_on else 0

    def can_extend(self, parcel: Shipment) -> bool:
        return self.of(parcel).extension > 0 and parcel.extended_on is None

    @property
    def first(self) -> int:
        """The earliest day after delivery on which any parcel asks for something."""
        used = {GIFTED.name, *self.by_kind.values()}
        every = [self.gifted, *(clock for clock in CLOCKS if clock is not GIFTED and clock.name in used)]
        return min((*(clock.nudge_days[0] for clock in every if clock.nudge_days), GIFTED.nudge_days[-1]))


def next_nudge(parcel: Shipment, clocks: Clocks, today: str = "") -> tuple[str, bool]:
    """(the day of the next reminder, whether it is time to give up instead) of a delivered parcel.

    A reminder that came late moves the next one, so that nobody hears from you twice on one day.
    """
    clock, extra = clocks.of(parcel), clocks.extra(parcel)
    since = _later(parcel.delivered_on or "", extra)
    days, done, last = clock.nudge_days, parcel.nudges or 0, parcel.nudged_on
    end = _later(since, clock.post_by) if clock.post_by is not None else ""
    if done >= len(days) or (end and today >= end):
        if end:
            return end, True
        over = _later(since, (days[-1] if days else 0) + GHOST_AFTER)
        return (max(over, _later(last, GHOST_AFTER)) if last else over), True
    planned = _later(since if done else _later(since, -extra), days[done])
    if done and last:
        planned = max(planned, _later(last, days[done] - days[done - 1]))
    return (end, True) if end and planned >= end else (planned, False)


def _later(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()
