"""The seeding funnel: how many creators a parcel reached, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence

from creator_crm.compat import override
from creator_crm.domain.fields import Kind
from creator_crm.reporting.bars import Bars
from creator_crm.reporting.chart import Chart
from creator_crm.reporting.data import SeedingFunnel, Table

STEPS = ("Sent", "Delivered", "Posted", "Sold")


class Funnel(Chart[SeedingFunnel]):
    """Four bars, each with its number and its part of the step before."""

    title = "Seeding funnel"
    nothing = "No parcels have been sent in this period yet"
    along = "y"

    @property
    @override
    def margins(self) -> tuple[float, float, float, float]:
        return (104, 70, 150, 16)

    @override
    def is_empty(self) -> bool:
        return not any(self._counts)

    @property
    def _counts(self) -> tuple[int, int, int, int]:
        data = self.data
        return data.sent, data.delivered, data.posted, data.sold

    @override
    def finding(self) -> str:
        words = self.words
        if not self.data.sent:
            return ""
        sentence = words.tr("Of {sent} creators who were sent a parcel, {posted} posted and {sold} sold")
        counts = {name: words.number(getattr(self.data, name), 0) for name in ("sent", "posted", "sold")}
        return sentence.format(**counts)

    @override
    def say(self, index: int) -> str:
        words, count = self.words, self._counts[index]
        lines = [
            words.tr(STEPS[index]),
            words.count(count, "{n} creator", "{n} creators"),
            *self._rates(index, count),
        ]
        return "\n".join(lines)

    def _rates(self, index: int, count: int) -> list[str]:
        words, counts = self.words, self._counts
        rates = []
        for before in dict.fromkeys((index - 1, 0)):
            if 0 <= before < index and counts[before]:
                sentence = words.tr("{rate} of {step}")
                step = words.tr(STEPS[before]).lower()
                rates.append(sentence.format(rate=words.percent(count / counts[before]), step=step))
        return rates

    @override
    def table(self) -> Table:
        words, counts = self.words, self._counts
        rows = tuple(
            (words.tr(step), count, _millionths(count, counts[max(n - 1, 0)]), _millionths(count, counts[0]))
            for n, (step, count) in enumerate(zip(STEPS, counts, strict=True))
        )
        headers = ("Step", "Creators", "Of the step before", "Of those sent")
        kinds = (Kind.TEXT, Kind.COUNT, Kind.PERCENT, Kind.PERCENT)
        return Table(words.tr(self.title), tuple(map(words.tr, headers)), kinds, rows)

    @override
    def _build(self) -> None:
        axes, look = self.axes, self.look
        axes.yaxis.grid(False)
        axes.spines["bottom"].set_visible(False)
        axes.set_xticks([])
        axes.set_yticks([])
        axes.set_ylim(3.5, -0.5)
        self._tracks = Bars(axes, look.line, look.ground)
        self.bars = Bars(axes, look.accent, look.ground)

    @override
    def _put(self) -> None:
        counts, most = self._counts, max(self._counts)
        thick = min(0.62, 46 / (self.area[1] / 4))
        bottoms = [n - thick / 2 for n in range(4)]
        self._tracks.put(0.0, bottoms, float(most), thick)
        self.bars.put(0.0, bottoms, [float(c) for c in counts], thick)
        self.axes.set_xlim(0, most)
        side = self.axes.get_yaxis_transform()
        for n, count in enumerate(counts):
            self.note(0, n, self.words.tr(STEPS[n]), 13, dx=-14, ha="right", transform=side)
            rate = self._rates(n, count)[:1]
            self.note(
                1, n, self.words.short(count), 15, dx=14, dy=9 if rate else 0, weight=600, transform=side
            )
            if rate:
                self.note(1, n, rate[0], 11.5, self.look.muted, dx=14, dy=-9, transform=side)

    @override
    def _places(self) -> tuple[Sequence[float], Sequence[Sequence[float]]]:
        return [float(c) for c in self._counts], [[float(n)] for n in range(4)]


def _millionths(part: int, whole: int) -> int | None:
    return round(part * 1_000_000 / whole) if whole else None
