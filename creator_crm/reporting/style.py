"""The look of charts as data, and the numbers that make an axis calm: round ticks, whole months."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from creator_crm.reporting.words import Words

# Told apart with every common kind of colour blindness and at least 3:1 from the ground they lie on.
SERIES = {
    "light": ("#5a58d6", "#b86e00", "#0f857d", "#c03a78", "#2f7fc4", "#6b7f12", "#80414f", "#737684"),
    "dark": ("#8583f5", "#e8a63c", "#3fc1b5", "#f07db0", "#6fb6f2", "#b4c653", "#c98a97", "#9a9dab"),
}
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "*")
MARKS = "●■▲◆▼✚✖★"  # the same ones as letters
HATCHES = ("", "/////", "", "\\\\\\\\\\", "", "-----", "", "xxxxx")


@dataclass(frozen=True, slots=True)
class Look:
    """The colours of one theme, by what they are for. `words` says how the chart writes."""

    name: Literal["light", "dark"]
    ground: str
    text: str
    muted: str
    line: str  # grids and axes
    accent: str
    accent_ink: str  # the accent where it must be read
    warn: str
    ok: str
    danger: str
    words: Words = field(default_factory=Words)

    @property
    def series(self) -> tuple[str, ...]:
        return SERIES[self.name]


PAPER = Look(
    name="light",
    ground="#ffffff",
    text="#1c1d24",
    muted="#5f6170",
    line="#e4e4ea",
    accent="#5a58d6",
    accent_ink="#4644bd",
    warn="#875300",
    ok="#18733c",
    danger="#b8232c",
)
"""For files: a picture is put into a document or a mail, and those are white."""


def mixed(color: str, ground: str, part: float) -> str:
    """The colour with `part` (0 to 1) of the ground in it."""
    pairs = ((int(color[n : n + 2], 16), int(ground[n : n + 2], 16)) for n in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * part):02x}" for a, b in pairs)


def round_ticks(low: float, high: float, most: int = 5, whole: bool = False) -> list[float]:
    """At most `most` + 2 round numbers, evenly spaced, that embrace low to high. `whole`: no halves."""
    if not math.isfinite(low) or not math.isfinite(high) or high <= low:
        high = low + 1
    rough = (high - low) / max(most, 1)
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(size * n for n in (1, 2, 2.5, 5, 10) if size * n >= rough * 0.999)
    if whole:
        step = max(1.0, float(math.ceil(step)))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [n * step for n in range(first, last + 1)]


def day_ticks(first: date, last: date, most: int, words: Words) -> list[tuple[int, str]]:
    """(day number, label) of about `most` days, weeks, months or years between the two days."""
    span = max((last - first).days, 1)
    for step in (1, 2, 7, 14):
        if span / step <= most:
            start = first if step < 7 else first + timedelta(days=-first.weekday() % 7)
            days = [start + timedelta(days=n) for n in range(0, (last - start).days + 1, step)]
            return [(day.toordinal(), words.short_day(day)) for day in days]
    months = next((n for n in (1, 2, 3, 6) if span / (30 * n) <= most), 0)
    if months:
        return _month_ticks(first, last, months, words)
    years = next((n for n in (1, 2, 5, 10, 20, 50, 100, 500, 1000) if span / (365 * n) <= most), 2500)
    wanted = range(-(-first.year // years) * years, last.year + 1, years)
    starts = [date(year, 1, 1) for year in wanted if year >= 1]
    return [(day.toordinal(), str(day.year)) for day in starts if first <= day]


def _month_ticks(first: date, last: date, months: int, words: Words) -> list[tuple[int, str]]:
    ticks: list[tuple[int, str]] = []
    start = -(-(first.year * 12 + first.month - 1) // months) * months
    for count in range(start, last.year * 12 + last.month, months):
        day = date(max(count // 12, 1), count % 12 + 1, 1)
        if first <= day <= last:
            year = not ticks or day.month <= months
            label = words.month(day)
            ticks.append((day.toordinal(), f"{label}\n{day.year}" if year else label))
    return ticks


def apart(places: list[float], least: float, low: float, high: float) -> list[float]:
    """The places moved as little as it takes to lie `least` from each other, between low and high."""
    order = sorted(range(len(places)), key=places.__getitem__)
    moved = list(places)
    floor = low
    for index in order:
        moved[index] = floor = max(places[index], floor)
        floor += least
    ceiling = high
    for index in reversed(order):
        moved[index] = min(moved[index], ceiling)
        ceiling = moved[index] - least
    return moved
