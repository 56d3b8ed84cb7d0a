"""Views against orders: which posts sold, and which were only seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from matplotlib.ticker import NullLocator

from creator_crm.compat import override
from creator_crm.domain.fields import Kind
from creator_crm.reporting import fonts
from creator_crm.reporting.chart import DPI, Chart
from creator_crm.reporting.data import Table, ViewsAgainstOrders

Values = np.ndarray[Any, np.dtype[np.float64]]
MOST_NAMED = 8
LONGEST_NAME = 150  # pixels


class Reach(Chart[ViewsAgainstOrders]):
    """One point a post on two logarithmic scales that begin with nothing; the remarkable ones have names."""

    title = "Views against orders"
    nothing = "No post with views in this period yet"
    along = "xy"

    @property
    @override
    def margins(self) -> tuple[float, float, float, float]:
        return (58, 84, 28, 62)

    @override
    def is_empty(self) -> bool:
        return not self.data.posts

    @override
    def finding(self) -> str:
        words, posts = self.words, self.data.posts
        sold = sum(orders > 0 for _, _, orders in posts)
        sentence = words.tr("{sold} of {posts} brought orders; the scales grow tenfold")
        return sentence.format(
            sold=words.number(sold, 0), posts=words.count(len(posts), "{n} post", "{n} posts")
        )

    @override
    def say(self, index: int) -> str:
        name, views, orders = self.data.posts[index]
        words = self.words
        return "\n".join(
            (
                name,
                words.count(views, "{n} view", "{n} views"),
                words.count(orders, "{n} order", "{n} orders"),
            )
        )

    @override
    def table(self) -> Table:
        tr = self.words.tr
        headers = (tr("Post"), tr("Views"), tr("Orders"))
        return Table(tr(self.title), headers, (Kind.TEXT, Kind.COUNT, Kind.COUNT), self.data.posts)

    @override
    def _build(self) -> None:
        axes, look = self.axes, self.look
        axes.xaxis.grid(True, color=look.line, linewidth=0.8)
        # Ten times as far for ten times as many, and nothing still has its place.
        axes.set_xscale("symlog", linthresh=1, linscale=0.4)
        axes.set_yscale("symlog", linthresh=1, linscale=0.4)
        for axis in (axes.xaxis, axes.yaxis):
            axis.set_minor_locator(NullLocator())
        (self.points,) = axes.plot(
            [], [], "o", color=look.accent, markersize=6.5, alpha=0.75, markeredgewidth=0, zorder=3
        )
        (self._unsold,) = axes.plot(
            [], [], "o", color=look.muted, markersize=6, markerfacecolor="none", markeredgewidth=1.1, zorder=3
        )
        axes.set_xlabel(self.words.tr("Views"), color=look.muted, fontsize=8.4, labelpad=8, loc="right")

    @override
    def _put(self) -> None:
        x = np.array([float(max(views, 0)) for _, views, _ in self.data.posts])
        y = np.array([float(max(orders, 0)) for _, _, orders in self.data.posts])
        sold = y > 0
        self.points.set_data(x[sold], y[sold])
        self._unsold.set_data(x[~sold], y[~sold])
        # A crowd is seen through: the darker, the more posts.
        self.points.set_alpha(0.75 if len(x) < 300 else 0.3)
        self._unsold.set_alpha(1 if len(x) < 300 else 0.3)
        self._scale(self.axes.set_xlim, self.axes.set_xticks, x)
        self._scale(self.axes.set_ylim, self.axes.set_yticks, y)
        self.note(
            0, 1, self.words.tr("Orders"), 11.5, self.look.muted,
            dx=-46, dy=15, transform=self.axes.transAxes,
        )  # fmt: skip
        self._name(x, y)

    def _scale(self, limits: Callable[..., object], ticks: Callable[..., object], values: Values) -> None:
        top = float(values.max())
        powers = 1
        while 10.0**powers < top * 1.3:
            powers += 1
        # Where everything is large, the scale begins there.
        least = float(values.min())
        first = int(np.floor(np.log10(least))) if least >= 1 else -1
        first = min(first, powers - 1)
        marks = [10.0**n for n in range(max(first, 0), powers + 1)]
        low = -0.45 if first < 0 else 10.0**first * 0.8
        if first < 0:
            marks.insert(0, 0.0)
        limits(low, 10.0**powers)
        ticks(marks, [self.words.short(mark) for mark in marks])

    def _name(self, x: Values, y: Values) -> None:
        """Name what sells most, what sells best for its views, and what is seen and does not sell."""
        rate = np.where(x > 0, y / np.maximum(x, 1), 0)
        unsold = np.where(y == 0, x, -1)
        ranks = [list(np.argsort(-y, kind="stable")), list(np.argsort(-rate, kind="stable"))]
        ranks.append([n for n in np.argsort(-unsold, kind="stable")[:2] if unsold[n] > np.median(x)])
        places = range(2 * MOST_NAMED)
        wanted = dict.fromkeys(int(rank[place]) for place in places for rank in ranks if place < len(rank))
        at = self.axes.transData.transform(np.column_stack([x, y])) / (self.figure.dpi / DPI)
        taken: list[tuple[float, float, float, float]] = []
        shown = 0
        for index in wanted:
            if shown == MOST_NAMED:
                break
            shown += self._placed(index, x, y, at, taken)

    def _placed(
        self,
        index: int,
        x: Values,
        y: Values,
        at: Values,
        taken: list[tuple[float, float, float, float]],
    ) -> bool:
        """Write the name beside its point, on the side that is free; not at all when none is."""
        text = fonts.fitted(fonts.drawable(self.data.posts[index][0]), 11.5, LONGEST_NAME)
        wide = fonts.width(text, 11.5)
        px, py = at[index]
        left = self.margins[0]
        for side in (1, -1):
            start = px + 9 if side > 0 else px - 9 - wide
            box = (start - 4, py - 8, start + wide + 4, py + 8)
            inside = box[0] >= left and box[2] <= self.width - 8
            over = (at[:, 0] > box[0]) & (at[:, 0] < box[2]) & (np.abs(at[:, 1] - py) < 9)
            if inside and not over.any() and not any(_meet(box, other) for other in taken):
                taken.append(box)
                ha = "left" if side > 0 else "right"
                self.note(x[index], y[index], text, 11.5, dx=9 * side, ha=ha, zorder=5)
                return True
        return False

    @override
    def _places(self) -> tuple[Sequence[float], Sequence[Sequence[float]]]:
        posts = self.data.posts
        return [float(max(v, 0)) for _, v, _ in posts], [[float(max(o, 0))] for _, _, o in posts]


def _meet(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
