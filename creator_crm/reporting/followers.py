"""Followers over time, one line an account."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from creator_crm.compat import override
from creator_crm.domain.fields import Kind
from creator_crm.reporting import fonts
from creator_crm.reporting.chart import Chart
from creator_crm.reporting.data import FollowersOverTime, Table
from creator_crm.reporting.style import MARKERS, MARKS, apart, day_ticks

MOST_MARKED = 60  # snapshots of one account that still have a marker each
ROOM = 146  # pixels for the names at the right


class Followers(Chart[FollowersOverTime]):
    """Lines told apart by colour, marker and the name at their end; the scale need not begin at nothing."""

    title = "Followers"
    nothing = "No follower figures yet: they come with each import, or are entered by hand"
    along = "xy"

    @property
    @override
    def margins(self) -> tuple[float, float, float, float]:
        return (62, 84, ROOM, 52)

    @override
    def is_empty(self) -> bool:
        return not self._shown()

    def _shown(self) -> list[tuple[str, list[tuple[date, int]]]]:
        """The accounts with figures, the largest first, as many as there are colours."""
        filled = [(name, sorted(points)) for name, points in self.data.accounts if points]
        return sorted(filled, key=lambda account: -account[1][-1][1])[: len(MARKERS)]

    @override
    def finding(self) -> str:
        words, shown = self.words, self._shown()
        name, points = shown[0]
        before, now = points[0][1], points[-1][1]
        left_out = sum(bool(points) for _, points in self.data.accounts) - len(shown)
        if len(points) == 1:
            sentence = words.tr("{name} has {now}").format(name=name, now=words.number(now, 0))
        else:
            verb = "rose" if now > before else "fell" if now < before else "stayed"
            sentence = words.tr(f"{{name}} {verb} from {{before}} to {{now}}").format(
                name=name, before=words.number(before, 0), now=words.number(now, 0)
            )
        if left_out:
            more = words.count(left_out, "{n} smaller one is not shown", "{n} smaller ones are not shown")
            sentence += f"; {more}"
        return sentence

    @override
    def say(self, index: int) -> str:
        name, on, count = self._values[index]
        words = self.words
        return "\n".join((name, words.count(count, "{n} follower", "{n} followers"), words.day(on)))

    @override
    def table(self) -> Table:
        tr = self.words.tr
        rows = tuple((name, on, count) for name, points in self.data.accounts for on, count in sorted(points))
        headers = (tr("Account"), tr("Day"), tr("Followers"))
        return Table(tr(self.title), headers, (Kind.TEXT, Kind.DATE, Kind.COUNT), rows)

    @override
    def _build(self) -> None:
        self.lines = [
            self.axes.plot([], [], color=color, linewidth=2, marker=mark, markersize=5, zorder=3)[0]
            for color, mark in zip(self.look.series, MARKERS, strict=True)
        ]

    @override
    def _put(self) -> None:
        shown = self._shown()
        self._values = [(name, on, count) for name, points in shown for on, count in points]
        for line, (_, points) in zip(self.lines, shown, strict=False):
            line.set_data([float(on.toordinal()) for on, _ in points], [float(n) for _, n in points])
            line.set_markevery(1 if len(points) <= MOST_MARKED else [0, len(points) - 1])
        for line in self.lines[len(shown) :]:
            line.set_data([], [])
        counts = [float(n) for _, _, n in self._values]
        low, high = min(counts), max(counts)
        space = max((high - low) * 0.08, abs(high) * 0.01, 1.0)
        floor = 0.0 if 0 <= low < high * 0.4 else low - space
        self.money_axis(max(floor, 0.0) if low >= 0 else floor, high + space, "", whole=True)
        days = [on for _, on, _ in self._values]
        first, last = min(days), max(days)
        pad = max((last - first).days * 0.02, 1.0)
        self.axes.set_xlim(first.toordinal() - pad, last.toordinal() + pad)
        ticks = day_ticks(first, last, max(2, int(self.area[0] // 80)), self.words)
        self.axes.set_xticks([t[0] for t in ticks], [t[1] for t in ticks])
        self._name_lines(shown, last)

    def _name_lines(self, shown: Sequence[tuple[str, list[tuple[date, int]]]], last: date) -> None:
        low, high = self.axes.get_ylim()
        per_pixel = (high - low) / self.area[1]
        ends = [float(points[-1][1]) for _, points in shown]
        places = apart(ends, 17 * per_pixel, low, high)
        right = self.axes.get_yaxis_transform()
        marks = zip(self.look.series, MARKS, strict=True)
        for (name, _), (color, mark), end, y in zip(shown, marks, ends, places, strict=False):
            figure = self.words.short(end)
            room = ROOM - 34 - fonts.width(figure, 12)
            text = fonts.fitted(fonts.drawable(name), 12, room)
            self.note(1, y, mark, 9, color, dx=4, transform=right)
            self.note(1, y, f"{text}  {figure}", 12, dx=16, transform=right)

    @override
    def _places(self) -> tuple[Sequence[float], Sequence[Sequence[float]]]:
        return (
            [float(on.toordinal()) for _, on, _ in self._values],
            [[float(count)] for _, _, count in self._values],
        )
