"""Revenue and cost over time, with the days on which creators posted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from creator_crm.compat import override
from creator_crm.domain.fields import Kind
from creator_crm.reporting.chart import Chart
from creator_crm.reporting.data import MoneyOverTime, Table, beginning, step_of, summed
from creator_crm.reporting.style import apart, day_ticks

MOST_NAMED = 12  # creators named for one day


class Revenue(Chart[MoneyOverTime]):
    """Two lines, one filled and one dashed, and a triangle on the ground line for every post."""

    title = "Revenue and cost"
    nothing = "No orders and no costs in this period yet"

    @property
    @override
    def margins(self) -> tuple[float, float, float, float]:
        return (66, 84, 84, 52)

    @override
    def is_empty(self) -> bool:
        return not self.data.days

    @override
    def finding(self) -> str:
        data, words = self.data, self.words
        revenue, cost = sum(d[1] for d in data.days), sum(d[2] for d in data.days)
        sentence = words.tr("{revenue} revenue against {cost} cost, {posts}, by {step}")
        step = {1: "day", 7: "week", 30: "month", 365: "year"}[self._step]
        return sentence.format(
            revenue=words.money(revenue, data.currency),
            cost=words.money(cost, data.currency),
            posts=words.count(len(data.posts), "{n} post", "{n} posts"),
            step=words.tr(step),
        )

    @override
    def say(self, index: int) -> str:
        on, revenue, cost = self._sums[index]
        words, currency = self.words, self.data.currency
        head = {1: "{day}", 7: "Week from {day}", 30: "Month from {day}", 365: "Year from {day}"}[self._step]
        lines = [
            words.tr(head).format(day=words.day(on)),
            words.tr("Revenue {amount}").format(amount=words.money(revenue, currency)),
            words.tr("Cost {amount}").format(amount=words.money(cost, currency)),
        ]
        names = [name for day, name in self.data.posts if beginning(day, self._step) == on]
        if names:
            shown = ", ".join(names[:MOST_NAMED]) + (" …" if len(names) > MOST_NAMED else "")
            lines.append(words.tr("Posted: {names}").format(names=shown))
        return "\n".join(lines)

    @override
    def table(self) -> Table:
        tr, posts = self.words.tr, self.data.posts
        by_day: dict[date, list[str]] = {}
        for day, name in posts:
            by_day.setdefault(day, []).append(name)
        figures = {day: (revenue, cost) for day, revenue, cost in self.data.days}
        rows = tuple(
            (day, *figures.get(day, (0, 0)), len(by_day.get(day, ())), ", ".join(by_day.get(day, ())))
            for day in sorted({*figures, *by_day})
        )
        headers = (tr("Day"), tr("Revenue"), tr("Cost"), tr("Posts"), tr("Posted by"))
        kinds = (Kind.DATE, Kind.MONEY, Kind.MONEY, Kind.COUNT, Kind.TEXT)
        return Table(tr(self.title), headers, kinds, rows, self.data.currency)

    @override
    def _build(self) -> None:
        look, axes = self.look, self.axes
        (self.cost_line,) = axes.plot([], [], color=look.warn, linewidth=1.6, dashes=(4, 2.2), zorder=3)
        (self.revenue_line,) = axes.plot([], [], color=look.accent, linewidth=2.0, zorder=4)
        self._below = axes.fill_between([], [], color=look.accent, alpha=0.10, linewidth=0, zorder=2)
        (self.post_marks,) = axes.plot(
            [], [], "^", color=look.text, markersize=6, linestyle="none", clip_on=False, zorder=5
        )

    @property
    def _step(self) -> int:
        days = self.data.days
        return step_of(min(d[0] for d in days), max(d[0] for d in days))

    @override
    def _put(self) -> None:
        step = self._step
        self._sums = summed(self.data.days, step)
        x = np.array([day.toordinal() for day, _, _ in self._sums], dtype=float)
        revenue = np.array([float(d[1]) for d in self._sums])
        cost = np.array([float(d[2]) for d in self._sums])
        self.revenue_line.set_data(x, revenue)
        self.cost_line.set_data(x, cost)
        # A single day is no line: it is shown as a point.
        mark = "o" if len(x) == 1 else ""
        self.revenue_line.set_marker(mark)
        self.cost_line.set_marker("s" if mark else "")
        self._below.set_data(x, revenue, np.zeros_like(x))
        low = min(0.0, revenue.min(), cost.min())
        self.money_axis(low, max(revenue.max(), cost.max(), low + 1), self.data.currency)
        first, last = self._sums[0][0], self._sums[-1][0]
        posts = sorted({float(beginning(day, step).toordinal()) for day, _ in self.data.posts})
        inside = [day for day in posts if x[0] <= day <= x[-1]]
        ground = self.axes.get_ylim()[0]
        self.post_marks.set_data(inside, [ground] * len(inside))
        pad = max((x[-1] - x[0]) * 0.015, 0.5)
        self.axes.set_xlim(x[0] - pad, x[-1] + pad)
        ticks = day_ticks(first, last, max(2, int(self.area[0] // 80)), self.words)
        self.axes.set_xticks([t[0] for t in ticks], [t[1] for t in ticks])
        self._name_lines(float(x[-1]), revenue[-1], cost[-1], bool(inside))

    def _name_lines(self, x: float, revenue: float, cost: float, posts: bool) -> None:
        look, tr = self.look, self.words.tr
        low, high = self.axes.get_ylim()
        per_pixel = (high - low) / self.area[1]
        lowest = low + (24 if posts else 8) * per_pixel
        at = apart([cost, revenue], 17 * per_pixel, lowest, high)
        for text, y, color in ((tr("Cost"), at[0], look.warn), (tr("Revenue"), at[1], look.accent_ink)):
            self.note(x, y, text, 12, color, dx=10, weight=600)
        if posts:
            self.note(x, low, tr("▲ posted"), 11.5, look.muted, dx=10, dy=1)

    @override
    def _places(self) -> tuple[Sequence[float], Sequence[Sequence[float]]]:
        return (
            [float(day.toordinal()) for day, _, _ in self._sums],
            [[float(revenue), float(cost)] for _, revenue, cost in self._sums],
        )
