"""The spike planner: when would stock run out, if the planned posts do well or badly?

Views of each post and the conversion of the product are ranges; what lies between is log-normal. The planner
plays the days through many times, always from the same seed, and reads off how often stock was gone by when.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import fields
from datetime import date, timedelta
from math import ceil, exp, log
from statistics import NormalDist
from typing import TYPE_CHECKING, Any

from creator_crm.domain.errors import UserError
from creator_crm.domain.frozen import immutable
from creator_crm.domain.values.numbers import parse_number
from creator_crm.domain.values.refused import ValueRefused

if TYPE_CHECKING:
    import numpy as np

    Numbers = np.ndarray[Any, np.dtype[np.float64]]

RUNS = 10_000
SEED = 1
AHEAD = 60  # days that are looked at beyond the last planned post, or from today
LONGEST = 366
VIEWS, CONVERSION = (1_000, 50_000), (0.001, 0.005)  # guesses, for who has no posts of their own yet
HALF_LIFE = 3.0  # days in which a post gets half of the views it still will get: a guess, to be set
CAUTIOUS = 0.9  # the worst tenth
_TENTH = NormalDist().inv_cdf(
    0.9
)  # how many deviations the tenth and ninetieth percentile lie from the middle


@immutable
class Range:
    """What is expected: in one case of ten less than `low`, in one of ten more than `high`."""

    low: float
    high: float

    @property
    def is_exact(self) -> bool:
        return self.low == self.high

    @property
    def middle(self) -> float:
        """The median: of a log-normal range the geometric mean of both ends."""
        return self.low if self.is_exact else exp((log(self.low) + log(self.high)) / 2)

    @property
    def spread(self) -> float:
        """The standard deviation of the logarithm."""
        return 0.0 if self.is_exact else log(self.high / self.low) / (2 * _TENTH)

    def at(self, share: float) -> float:
        """The value that `share` of all cases stay below (0 < share < 1)."""
        return self.middle * exp(self.spread * NormalDist().inv_cdf(share))


@immutable
class Plan:
    """All that the planner is asked; days in ISO form.

    posts: the day of each planned post; one that is late counts as of `start`. views: of one post, all that
    it will ever get. conversion: orders for one view. units: pieces in one order. daily: pieces that go out
    a day without any post. live: (day, views so far) of the posts that are live already; the rest of their
    views is still to come. stock: what is available at the start of `start`. incoming: (day, pieces) that can
    be sold from that day on. times: how often the expected views of the planned posts, for what if.
    """

    start: str
    posts: tuple[str, ...] = ()
    views: Range = Range(0, 0)
    conversion: Range = Range(0, 0)
    units: float = 1.0
    daily: float = 0.0
    stock: int = 0
    incoming: tuple[tuple[str, int], ...] = ()
    live: tuple[tuple[str, int], ...] = ()
    lead_time_days: int | None = None
    half_life: float = HALF_LIFE
    times: float = 1.0
    runs: int = RUNS
    seed: int = SEED

    @property
    def days(self) -> int:
        """How many days are played through."""
        last = max((*self.posts, *(day for day, _ in self.incoming), self.start))
        return min(_between(self.start, last) + AHEAD, LONGEST)


@immutable
class Asked:
    """What somebody sets for one article and campaign; None takes what the workspace knows of it.

    posts: how many, evenly over `over_days` from `first_on` (ISO) or today on; None takes those planned in
    the campaign.
    """

    posts: int | None = None
    first_on: str | None = None
    over_days: int = 14
    views: Range | None = None
    conversion: Range | None = None
    units: float = 1.0
    daily: float | None = None
    lead_time_days: int | None = None
    half_life: float = HALF_LIFE
    times: float = 1.0
    seed: int = SEED


def as_json(asked: Asked) -> dict[str, Any]:
    """What was set, without what was left to the workspace."""
    found = {field.name: getattr(asked, field.name) for field in fields(asked)}
    for name in ("views", "conversion"):
        found[name] = [found[name].low, found[name].high] if found[name] else None
    return {name: value for name, value in found.items() if value is not None}


def from_json(kept: object) -> Asked:
    """What `as_json` kept; whatever does not fit, from another version or a hand, is left out."""
    told = kept if isinstance(kept, dict) else {}
    known: dict[str, Any] = {}
    for name in ("posts", "over_days", "lead_time_days", "seed"):
        if isinstance(told.get(name), int):
            known[name] = told[name]
    known |= {"first_on": told["first_on"]} if _is_day(told.get("first_on")) else {}
    for name in ("units", "daily", "half_life", "times"):
        if isinstance(told.get(name), int | float):
            known[name] = float(told[name])
    for name in ("views", "conversion"):
        ends = told.get(name)
        if isinstance(ends, list) and len(ends) == 2 and all(isinstance(end, int | float) for end in ends):
            known[name] = Range(float(ends[0]), float(ends[1]))
    return Asked(**known)


def _is_day(value: object) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def parse_range(text: str, *, share: bool = False) -> Range:
    """ "10K-1.2M", "5000", and of shares "0.5%-2%" or "0.005-0.02". Raises ValueRefused."""
    ends = [end for end in re.split(r"\s*(?:-|–|\.\.|\bto\b)\s*", text.strip()) if end]
    if not 1 <= len(ends) <= 2:
        raise ValueRefused(f"“{text}” is not a range; write it like {'0.5%-2%' if share else '10K-200K'}.")
    in_percent = share and any(end.endswith("%") for end in ends)
    values = [float(parse_number(end.rstrip("% "))) / (100 if in_percent else 1) for end in ends]
    return Range(values[0], values[-1])


@immutable
class Outlook:
    """What came out. Day n is `plan.start` plus n days; the chances are by day, as shares of all runs.

    left_*: pieces left at the end of each day at the median of demand, and where demand is at its 10th and
    90th percentile; below zero is what could not be sold. needed: pieces asked for in all days together, at
    the median and at the 90th percentile.
    """

    plan: Plan
    gone_by: tuple[float, ...]
    left_low: tuple[float, ...]
    left: tuple[float, ...]
    left_high: tuple[float, ...]
    needed: float
    needed_high: float

    @property
    def median_on(self) -> str | None:
        """The day by whose end nothing is left in half of all runs; None when that does not come."""
        return self._first(0.5)

    @property
    def cautious_on(self) -> str | None:
        """The day by whose end nothing is left in the worst tenth of all runs."""
        return self._first(1 - CAUTIOUS)

    @property
    def order_by(self) -> str | None:
        """The last day to order so that new stock is there on the cautious day; None when there is none, or
        nobody said how long new stock takes.
        """
        if self.cautious_on is None or self.plan.lead_time_days is None:
            return None
        return _later(self.cautious_on, -self.plan.lead_time_days)

    @property
    def supply(self) -> int:
        """What is there and on its way, in pieces."""
        return self.plan.stock + sum(pieces for _, pieces in self.plan.incoming)

    @property
    def short(self) -> int:
        """Pieces to order on top so that they suffice in nine of ten runs."""
        return max(ceil(round(self.needed_high - self.supply, 6)), 0)

    @property
    def chance(self) -> float:
        """The share of all runs in which stock runs out at all in these days."""
        return self.gone_by[-1] if self.gone_by else 0.0

    def day(self, number: int) -> str:
        """The day with this number."""
        return _later(self.plan.start, number)

    def _first(self, share: float) -> str | None:
        # A share of runs is a fraction of a whole number; what is less than one run apart is the same.
        least = share - 0.5 / self.plan.runs
        return next((self.day(n) for n, gone in enumerate(self.gone_by) if gone >= least), None)


def outlook(plan: Plan) -> Outlook:
    """Play the plan through `plan.runs` times. Raises UserError for what cannot be meant."""
    import numpy as np

    _refuse_nonsense(plan)
    demand = _demand(plan)
    supply = np.full(plan.days, float(plan.stock))
    for day, pieces in plan.incoming:
        place = max(_between(plan.start, day), 0)
        if place < plan.days:
            supply[place:] += pieces
    # What is one millionth of a piece is a matter of rounding.
    gone = np.maximum.accumulate(demand >= supply - 1e-6, axis=1)
    low, middle, high = np.quantile(demand, (1 - CAUTIOUS, 0.5, CAUTIOUS), axis=0)
    return Outlook(
        plan,
        tuple(gone.mean(axis=0).tolist()),
        tuple((supply - low).tolist()),
        tuple((supply - middle).tolist()),
        tuple((supply - high).tolist()),
        float(middle[-1]),
        float(high[-1]),
    )


def sentence(found: Outlook, day: Callable[[str], str] = str) -> str:
    """What came out, in one or two sentences; `day` writes a day of ISO form for people."""
    plan = found.plan
    last = day(found.day(plan.days - 1))
    if found.cautious_on is None:
        return f"Stock lasts beyond {last} in nine of ten cases."
    worst = day(found.cautious_on)
    if found.median_on is None:
        words = f"Stock lasts beyond {last} in the middle case, and runs out on {worst} in the worst tenth."
    elif found.median_on == found.cautious_on:
        words = f"Stock runs out on {worst}, in the middle case and in the worst tenth."
    else:
        words = f"Stock runs out on {day(found.median_on)} in the middle case, on {worst} in the worst tenth."
    if found.order_by is None:
        return words
    if found.order_by < plan.start:
        return f"{words} New stock had to be ordered by {day(found.order_by)} for that: order today."
    return f"{words} Order new stock by {day(found.order_by)} to be safe."


def arrived_share(days: float, half_life: float) -> float:
    """The part of its views that a post has so many days after it went live; 0 before."""
    if days <= 0:
        return 0.0
    return 1.0 if half_life <= 0 else 1 - 0.5 ** (days / half_life)


def to_come(plan: Plan) -> float:
    """The views that posts which are live already still get: what each has so far tells what it gets in all.

    A post of today counts as one of yesterday; as little as it has, it would tell nothing.
    """
    ages = ((views, max(_between(day, plan.start), 1)) for day, views in plan.live)
    shares = ((views, arrived_share(age, plan.half_life)) for views, age in ages)
    return sum(views * (1 - share) / share for views, share in shares)


def _demand(plan: Plan) -> Numbers:
    """Pieces asked for up to the end of each day, shape (runs, days).

    Each post draws its own views. Conversion is drawn once a run: it is the same product and the same page
    behind all posts, so a good week is good for all of them.
    """
    import numpy as np

    chance = np.random.default_rng(plan.seed)
    conversion = np.minimum(_drawn(chance, plan.conversion, (plan.runs, 1)), 1.0)
    views = _drawn(chance, plan.views, (plan.runs, len(plan.posts))) * plan.times
    shares = np.array(
        [
            [arrived_share(n + 1 - at, plan.half_life) for n in range(plan.days)]
            for at in (max(_between(plan.start, day), 0) for day in plan.posts)
        ]
    ).reshape(len(plan.posts), plan.days)
    # What has still to come of a post comes by the same halves, however old it is.
    late = to_come(plan) * np.array([arrived_share(n + 1, plan.half_life) for n in range(plan.days)])
    asked: Numbers = (views @ shares + late) * conversion * plan.units
    asked += plan.daily * np.arange(1, plan.days + 1)
    return asked


def _drawn(chance: np.random.Generator, range: Range, shape: tuple[int, int]) -> Numbers:
    # Drawn also where nothing is open, so that one range does not change what is drawn for the other.
    deviations = chance.standard_normal(shape)
    drawn: Numbers = deviations * 0 + range.middle if range.is_exact else _spread(range, deviations)
    return drawn


def _spread(range: Range, deviations: Numbers) -> Numbers:
    import numpy as np

    spread: Numbers = np.exp(log(range.middle) + range.spread * deviations)
    return spread


def _refuse_nonsense(plan: Plan) -> None:
    for name, one, most in (("views", plan.views, 1e12), ("conversion", plan.conversion, 1.0)):
        if not 0 <= one.low <= one.high <= most:
            raise UserError(
                f"The range of {name} must go from a smaller number to a larger one.{_HINT[name]}"
            )
        if one.low == 0 < one.high:
            raise UserError(f"The range of {name} begins at nothing; give the least that is likely above it.")
    for name, value in (
        ("pieces in an order", plan.units),
        ("sales a day", plan.daily),
        ("half-life of views", plan.half_life),
        ("number of times", plan.times),
    ):
        if not 0 <= value < 1e9:
            raise UserError(f"The {name} cannot be {value:g}; it is a number from zero on.")


_HINT = {"views": "", "conversion": " It is the share of views that buy: 100 % at most."}


def every(posts: int, start: str, days: int) -> tuple[str, ...]:
    """The days of so many posts, spread evenly over `days` from `start` on."""
    return tuple(_later(start, n * days // max(posts, 1)) for n in range(posts))


def history_range(values: Sequence[float], least: int = 5) -> Range | None:
    """The 10th to the 90th percentile of what was measured; None for fewer than `least` values above zero."""
    found = sorted(value for value in values if value > 0)
    if len(found) < least:
        return None
    return Range(_percentile(found, 0.1), _percentile(found, 0.9))


def _percentile(ordered: Sequence[float], share: float) -> float:
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def _later(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def _between(since: str, until: str) -> int:
    return (date.fromisoformat(until) - date.fromisoformat(since)).days
