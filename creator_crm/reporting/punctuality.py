"""Posts on time: week by week, what came when it was due, what came late and what never came."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from creator_crm.compat import override
from creator_crm.domain.fields import Kind
from creator_crm.reporting import keys
from creator_crm.reporting.bars import Bars
from creator_crm.reporting.chart import Chart
from creator_crm.reporting.data import PostsOnTime, Table, grouped
from creator_crm.reporting.keys import Key
from creator_crm.reporting.style import day_ticks

WIDE = 5.0  # of the bar of one week, in days
MOST_BARS = 60  # what is longer is added up by four weeks, by quarters or by years
SAID = ("On time", "Late", "Missing")


class Punctuality(Chart[PostsOnTime]):
    """Weeks as stacked bars: full, hatched, and only an outline for what is missing."""

    title = "Posts on time"
    nothing = "No posts were due in this period yet"

    @property
    @override
    def margins(self) -> tuple[float, float, float, float]:
        return (44, 100, 24, 52)

    @override
    def is_empty(self) -> bool:
        return not any(sum(week[1:]) for week in self.data.weeks)

    @property
    def _sums(self) -> tuple[int, int, int]:
        weeks = self.data.weeks
        return sum(w[1] for w in weeks), sum(w[2] for w in weeks), sum(w[3] for w in weeks)

    @override
    def finding(self) -> str:
        words, (on_time, late, missing) = self.words, self._sums
        total = on_time + late + missing
        sentence = words.tr("{rate} of {posts} that were due came on time")
        posts = words.count(total, "{n} post", "{n} posts")
        return sentence.format(rate=words.percent(on_time / total), posts=posts)

    @override
    def say(self, index: int) -> str:
        words, (monday, *counts) = self.words, self._shown[index]
        head = words.tr("Week from {day}" if self._size == 1 else "{n} weeks from {day}")
        lines = [head.format(day=words.day(monday), n=self._size)]
        lines += [f"{words.tr(said)}: {words.number(n, 0)}" for said, n in zip(SAID, counts, strict=True)]
        return "\n".join(lines)

    @override
    def table(self) -> Table:
        tr = self.words.tr
        headers = (tr("Week from"), *map(tr, SAID))
        kinds = (Kind.DATE, Kind.COUNT, Kind.COUNT, Kind.COUNT)
        return Table(tr(self.title), headers, kinds, self.data.weeks)

    @override
    def _build(self) -> None:
        look, axes = self.look, self.axes
        self.on_time = Bars(axes, look.accent, look.ground)
        self.late = Bars(axes, look.warn, look.ground, hatch="/////")
        self.missing = Bars(axes, look.danger, look.ground, edge=look.danger)

    @override
    def _put(self) -> None:
        self._size, self._shown = grouped(self.data.weeks, MOST_BARS)
        size, weeks = self._size, self._shown
        middle = np.array([float(week[0].toordinal()) + 3.5 * size for week in weeks])
        heights = np.array([week[1:] for week in weeks], dtype=float)
        floor = np.zeros(len(weeks))
        for bars, height in zip((self.on_time, self.late, self.missing), heights.T, strict=True):
            here = height > 0  # an outline of nothing would still be a line
            bars.put(middle[here] - WIDE * size / 2, floor[here], WIDE * size, height[here])
            floor = floor + height
        self._middle, self._tops = middle, floor
        self.money_axis(0, float(floor.max()), "", whole=True)
        first, last = weeks[0][0], weeks[-1][0]
        # Few weeks do not make wide bars.
        span = max(float(middle[-1] - middle[0]), 7.0 * 7 * size)
        for bars in (self.on_time, self.late, self.missing):
            bars.draw_for(self.area[0] * WIDE * size / (span + 10 * size))
        self.axes.set_xlim(middle[0] - 5 * size, middle[0] + span + 5 * size)
        ticks = day_ticks(first, last, max(2, int(self.area[0] // 80)), self.words)
        self.axes.set_xticks([t[0] + 3.5 * size for t in ticks], [t[1] for t in ticks])
        self._name()

    def _name(self) -> None:
        look = self.look
        looks = ((look.accent, "", ""), (look.warn, "/////", ""), (look.danger, "", look.danger))
        made = [
            Key(f"{self.words.tr(said)}  {self.words.number(count, 0)}", *how)
            for said, count, how in zip(SAID, self._sums, looks, strict=True)
        ]
        keys.row(self, made, 64)

    @override
    def _places(self) -> tuple[Sequence[float], Sequence[Sequence[float]]]:
        return list(self._middle), [[float(top)] for top in self._tops]
