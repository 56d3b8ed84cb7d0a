"""A metric as the page shows it: its value, how it moved, and what it was worked out from, in words."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from creator_crm.domain.metrics import SHARE, Facts, Metric
from creator_crm.ui.shared.figure_text import value_text
from creator_crm.ui.shared.text import counted, percent, tr

STRIP = ("revenue", "landed_cost", "profit", "roas", "cac", "aov", "post_rate", "cost_per_live_post")
"""The figures shown first; the others are one click away. Of further currencies, one row."""
ROW = 4

_SALES = ("orders",)
_PARCELS = ("parcels", "creators_delivered", "creators_posted")
_POSTS = ("posts_live",)
_ALL = ("orders", "parcels", "posts_live")
_BEHIND: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        **dict.fromkeys(("revenue", "aov", "refund_rate", "margin", "ltv", "repeat_purchases"), _SALES),
        "portfolio_depth": _SALES,
        "conversion_rate": (*_SALES, *_POSTS),
        "post_rate": _PARCELS,
        "cost_per_live_post": ("parcels", *_POSTS),
        "content_volume": _POSTS,
        "creative_diversity": _POSTS,
        "engagement_rate": _POSTS,
        "engagement_quality": _POSTS,
        "on_time_launches": ("posts_due", *_POSTS),
    }
)
_NOUNS = {
    "orders": ("order", "orders"),
    "parcels": ("parcel", "parcels"),
    "creators_delivered": ("creator who got a parcel", "creators who got a parcel"),
    "creators_posted": ("creator who posted", "creators who posted"),
    "posts_live": ("live post", "live posts"),
    "posts_due": ("post that was due", "posts that were due"),
}
ROWS = {"orders": "order", "parcels": "shipment", "posts_live": "deliverable"}
"""The records that are counted under these names."""


def change_text(now: Metric, before: Metric | None) -> str:
    """How the figure moved against the time before, in words; "" when there is nothing to compare."""
    if before is None or now.value is None or not before.value:
        return ""
    share = (now.value - before.value) / abs(before.value)
    if abs(share) >= 10 or now.unit == SHARE:  # a percentage of a percentage is read as points
        return tr("before: {value}").format(value=value_text(before.value, before.unit, short=True))
    if round(share, 3) == 0:
        return tr("the same as before")
    sign = "▲" if share > 0 else "▼"
    return tr("{sign} {share} from before").format(sign=sign, share=percent(abs(share), 0))


def behind(name: str, facts: Facts) -> str:
    """How many rows a metric was worked out from: "312 orders, 45 parcels and 28 live posts"."""
    told = [counted(getattr(facts, fact), *_NOUNS[fact]) for fact in _BEHIND.get(name, _ALL)]
    return ", ".join(told)


def rows_behind(name: str, facts: Facts) -> tuple[str, ...]:
    """The records whose rows a metric was worked out from, those that have any."""
    return tuple(ROWS[fact] for fact in _BEHIND.get(name, _ALL) if fact in ROWS and getattr(facts, fact))
