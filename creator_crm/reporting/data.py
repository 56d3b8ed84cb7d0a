"""What each chart is drawn from: plain days, counts, names, and money in minor units of one currency."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from creator_crm.domain.fields import Kind

Cell = str | int | date | None
Week = tuple[date, int, int, int]  # (Monday, on time, late, missing)


@dataclass(frozen=True, slots=True)
class MoneyOverTime:
    """Revenue less refunds and everything spent, by day; and who posted when."""

    currency: str
    days: tuple[tuple[date, int, int], ...] = ()  # (day, revenue, cost)
    posts: tuple[tuple[date, str], ...] = ()  # (day, creator)


@dataclass(frozen=True, slots=True)
class ProfitByCreator:
    """What each creator brought after everything they cost."""

    currency: str
    creators: tuple[tuple[str, int], ...] = ()  # (name, profit)


@dataclass(frozen=True, slots=True)
class SeedingFunnel:
    """How many creators got a parcel, and how far each of them came."""

    sent: int = 0
    delivered: int = 0
    posted: int = 0
    sold: int = 0


@dataclass(frozen=True, slots=True)
class ViewsAgainstOrders:
    """How far each post was seen and how many orders it brought."""

    posts: tuple[tuple[str, int, int], ...] = ()  # (whose or which post, views, orders)


@dataclass(frozen=True, slots=True)
class SpendByKind:
    """What was spent on what, month by month; each kind has one amount a month."""

    currency: str
    months: tuple[date, ...] = ()  # the first day of each
    kinds: tuple[tuple[str, tuple[int, ...]], ...] = ()  # (label, amounts)


@dataclass(frozen=True, slots=True)
class PostsOnTime:
    """Posts that were due, by the week they were due in."""

    weeks: tuple[Week, ...] = ()


@dataclass(frozen=True, slots=True)
class FollowersOverTime:
    """Dated snapshots of one or several accounts."""

    accounts: tuple[tuple[str, tuple[tuple[date, int], ...]], ...] = ()  # (handle, (day, followers))


@dataclass(frozen=True, slots=True)
class StockAhead:
    """How much of an article is left at the end of each day; below nothing is what would be lacking."""

    # (day, left in the middle case, in the worst tenth, in the best tenth, share of cases with nothing left)
    days: tuple[tuple[date, int, int, int, float], ...] = ()
    posts: tuple[date, ...] = ()  # the planned ones
    gone: tuple[date | None, ...] = ()  # the day it runs out in the middle case, and in the worst tenth


ChartData = (
    MoneyOverTime
    | ProfitByCreator
    | SeedingFunnel
    | ViewsAgainstOrders
    | SpendByKind
    | PostsOnTime
    | FollowersOverTime
    | StockAhead
)


@dataclass(frozen=True, slots=True)
class Table:
    """The figures of a chart as rows: what a spreadsheet gets. Headers are in the language of the chart."""

    title: str
    headers: tuple[str, ...]
    kinds: tuple[Kind, ...]
    rows: tuple[tuple[Cell, ...], ...]
    currency: str = ""  # of the columns that are money


def grouped(weeks: tuple[Week, ...], most: int) -> tuple[int, tuple[Week, ...]]:
    """(how many weeks are added up to one, the sums), so that there are no more than about `most`."""
    weeks = tuple(sorted(weeks))
    span = (weeks[-1][0] - weeks[0][0]).days // 7 + 1
    size = next((n for n in (1, 4, 13, 52) if span / n <= most), -(-span // most))
    sums: dict[int, list[int]] = {}
    for monday, *counts in weeks:
        at = (monday - weeks[0][0]).days // (7 * size)
        sums[at] = [a + b for a, b in zip(sums.get(at, [0, 0, 0]), counts, strict=True)]
    first = weeks[0][0]
    return size, tuple((first + timedelta(weeks=size * at), a, b, c) for at, (a, b, c) in sums.items())


def step_of(first: date, last: date) -> int:
    """How many days are added up so that a line stays readable: 1, 7, 30 (a month) or 365 (a year)."""
    span = (last - first).days
    return 1 if span <= 62 else 7 if span <= 420 else 30 if span <= 20 * 365 else 365


def beginning(on: date, step: int) -> date:
    """The day that stands for the day, week (Monday), month or year that `on` is in."""
    if step == 1:
        return on
    if step == 7:
        return on - timedelta(days=on.weekday())
    return on.replace(day=1) if step == 30 else on.replace(day=1, month=1)


def summed(days: tuple[tuple[date, int, int], ...], step: int) -> tuple[tuple[date, int, int], ...]:
    """The days added up by step, those between them that have no figures as nothing."""
    if not days:
        return ()
    sums: dict[date, tuple[int, int]] = {}
    at, last = beginning(min(d[0] for d in days), step), max(d[0] for d in days)
    while at <= last:
        sums[at] = (0, 0)
        if (date.max - at).days <= 366:
            break
        at = beginning(at + timedelta(days={1: 1, 7: 7, 30: 32, 365: 366}[step]), step)
    for on, revenue, cost in days:
        key = beginning(on, step)
        before = sums.get(key, (0, 0))  # the last year there is may not have been begun
        sums[key] = (before[0] + revenue, before[1] + cost)
    return tuple((on, *sums[on]) for on in sorted(sums))
