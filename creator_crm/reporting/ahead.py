"""What planned posts may do to the stock: how much is left on each day, in the middle case and the worst."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from creator_crm.compat import override
from creator_crm.domain.fields import Kind
from creator_crm.reporting import fonts
from creator_crm.reporting.chart import Chart
from creator_crm.reporting.data import StockAhead, Table
from creator_crm.reporting.style import day_ticks

GAP = 16  # pixels between the words that explain the signs


class Ahead(Chart[StockAhead]):
    """Two lines, one full and one dashed, the range of most cases behind them, a triangle for every post."""

    title = "Stock in the days ahead"
    nothing = "Choose a product to see how long it lasts"

    @property
    @override
    def margins(self) -> tuple[float, float, float, float]:
        return (62, 92, 28, 52)

    @override
    def is_empty(self) -> bool:
        return not self.data.days

    @override
    def finding(self) -> str:
        words = self.words
        middle, worst = (words.short_day(day) if day else "" for day in self.data.gone)
        last = words.short_day(self.data.days[-1][0])
        if not worst:
            return words.tr("Something is left on {last} in nine of ten cases").format(last=last)
        if not middle:
            sentence = words.tr("Gone on {worst} in the worst tenth, not by {last} in the middle case")
            return sentence.format(worst=worst, last=last)
        sentence = words.tr("Gone on {middle} in the middle case, on {worst} in the worst tenth")
        return sentence.format(middle=middle, worst=worst)

    @override
    def say(self, index: int) -> str:
        on, middle, worst, best, gone = self.data.days[index]
        words = self.words
        lines = [
            words.day(on),
            words.tr("Middle case: {left}").format(left=self._left(middle)),
            words.tr("Worst tenth: {left}").format(left=self._left(worst)),
            words.tr("Best tenth: {left}").format(left=self._left(best)),
            words.tr("Gone by then: {share}").format(share=words.percent(gone)),
        ]
        if posts := self.data.posts.count(on):
            lines.append(words.count(posts, "{n} post planned", "{n} posts planned"))
        return "\n".join(lines)

    def _left(self, pieces: int) -> str:
        if pieces >= 0:
            return self.words.tr("{n} left").format(n=self.words.number(pieces, 0))
        return self.words.tr("{n} too few").format(n=self.words.number(-pieces, 0))

    @override
    def table(self) -> Table:
        tr = self.words.tr
        rows = tuple(
            (on, middle, worst, best, round(gone * 1_000_000), self.data.posts.count(on))
            for on, middle, worst, best, gone in self.data.days
        )
        heads = ("Day", "Left, middle case", "Left, worst tenth", "Left, best tenth", "Gone by then", "Posts")
        kinds = (Kind.DATE, Kind.COUNT, Kind.COUNT, Kind.COUNT, Kind.PERCENT, Kind.COUNT)
        return Table(tr(self.title), tuple(map(tr, heads)), kinds, rows)

    @override
    def _build(self) -> None:
        look, axes = self.look, self.axes
        self._range = axes.fill_between([], [], color=look.accent, alpha=0.12, linewidth=0, zorder=2)
        (self.worst_line,) = axes.plot([], [], color=look.warn, linewidth=1.8, dashes=(4, 2.2), zorder=3)
        (self.middle_line,) = axes.plot([], [], color=look.accent, linewidth=2.2, zorder=4)
        (self.gone_marks,) = axes.plot(
            [], [], "o", color=look.danger, markersize=7, linestyle="none", clip_on=False, zorder=6
        )
        (self.post_marks,) = axes.plot(
            [], [], "^", color=look.text, markersize=6, linestyle="none", clip_on=False, zorder=5
        )

    @override
    def _put(self) -> None:
        days, look, tr = self.data.days, self.look, self.words.tr
        x = np.array([float(day[0].toordinal()) for day in days])
        # What is gone is gone: less than nothing is told in words, and would leave no room for the rest.
        left = np.maximum([(float(a), float(b), float(c)) for _, a, b, c, _ in days], 0.0)
        middle, worst, best = left.T
        self.middle_line.set_data(x, middle)
        self.worst_line.set_data(x, worst)
        self._range.set_data(x, worst, best)
        self.money_axis(0, max(best.max(), 1), "", whole=True)
        pad = max((x[-1] - x[0]) * 0.015, 0.5)
        self.axes.set_xlim(x[0] - pad, x[-1] + pad)
        posts = sorted(
            {float(day.toordinal()) for day in self.data.posts if x[0] <= day.toordinal() <= x[-1]}
        )
        self.post_marks.set_data(posts, [0.0] * len(posts))
        gone = sorted({float(day.toordinal()) for day in self.data.gone if day is not None})
        self.gone_marks.set_data(gone, [0.0] * len(gone))
        ticks = day_ticks(days[0][0], days[-1][0], max(2, int(self.area[0] // 80)), self.words)
        self.axes.set_xticks([t[0] for t in ticks], [t[1] for t in ticks])
        told = [(tr("━ middle case"), look.accent_ink), (tr("╍ worst tenth"), look.warn)]
        told += [(tr("● gone"), look.danger)] if gone else []
        told += [(tr("▲ post planned"), look.text)] if posts else []
        across = self.axes.transAxes
        at = 0.0
        for text, color in told:
            self.note(0, 1, text, 11.5, color, dx=at, dy=16, transform=across)
            at += fonts.width(text, 11.5) + GAP

    @override
    def _places(self) -> tuple[Sequence[float], Sequence[Sequence[float]]]:
        return (
            [float(day[0].toordinal()) for day in self.data.days],
            [[float(max(day[1], 0)), float(max(day[2], 0))] for day in self.data.days],
        )
