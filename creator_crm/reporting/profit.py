"""Profit by creator: who brings more than they cost, and who does not."""

from __future__ import annotations

from collections.abc import Sequence

from creator_crm.compat import override
from creator_crm.domain.fields import Kind
from creator_crm.reporting import fonts
from creator_crm.reporting.bars import Bars
from creator_crm.reporting.chart import EDGE, Chart
from creator_crm.reporting.data import ProfitByCreator, Table

ROW = 27  # pixels
NAME = 12.5
MOST_LOSSES = 3  # losses that are always shown, however many creators there are


class Profit(Chart[ProfitByCreator]):
    """Bars from the best to the worst; losses hatched, to the left, with their minus."""

    title = "Profit by creator"
    nothing = "No creator has brought or cost anything in this period yet"
    along = "y"

    @property
    @override
    def margins(self) -> tuple[float, float, float, float]:
        return (EDGE + self._names_wide + 12, 70, 20, 16)

    @property
    def _names_wide(self) -> float:
        """As wide as the longest name needs, but no more than there is to spare."""
        widest = max((fonts.width(fonts.drawable(name), NAME) for name, _ in self.data.creators), default=0)
        return max(60.0, min(190.0, self.width * 0.3, widest + 2))

    @override
    def is_empty(self) -> bool:
        return not self.data.creators

    @override
    def finding(self) -> str:
        words, names = self.words, self.data.creators
        gains, losses = sum(p > 0 for _, p in names), sum(p < 0 for _, p in names)
        total = words.money(sum(p for _, p in names), self.data.currency)
        sentence = words.tr("{total} together: {gains} with a profit, {losses} with a loss")
        return sentence.format(total=total, gains=words.number(gains, 0), losses=words.number(losses, 0))

    @override
    def say(self, index: int) -> str:
        name, profit = self._rows[index]
        amount = self.words.money(profit, self.data.currency)
        sentence = self.words.tr("Profit {amount}" if profit >= 0 else "Loss {amount}")
        return f"{name}\n{sentence.format(amount=amount)}"

    @override
    def table(self) -> Table:
        tr = self.words.tr
        rows = tuple(sorted(self.data.creators, key=_best_first))
        return Table(
            tr(self.title),
            (tr("Creator"), tr("Profit")),
            (Kind.TEXT, Kind.MONEY),
            rows,
            self.data.currency,
        )

    @override
    def _build(self) -> None:
        axes, look = self.axes, self.look
        axes.yaxis.grid(False)
        axes.spines["bottom"].set_visible(False)
        axes.set_xticks([])
        axes.set_yticks([])
        self.gains = Bars(axes, look.accent, look.ground)
        self.losses = Bars(axes, look.danger, look.ground, hatch="/////")
        (self.zero,) = axes.plot([], [], color=look.muted, linewidth=1, zorder=3)

    @override
    def _put(self) -> None:
        shown, others = self._chosen()
        # Bars keep their thickness when there are few of them.
        lines = len(shown) + bool(others)
        self.axes.set_ylim(max(lines, self.area[1] / 44) - 0.5, -0.5)
        self.zero.set_data([0, 0], [-0.5, lines - 0.5])
        self._gap = len(shown) - self._tail if others else len(shown)
        self._rows = shown
        self._at = [n + (others is not None and n >= self._gap) for n in range(len(shown))]
        self._draw_bars()
        self._draw_words(self._names_wide)
        if others:
            count, total = others
            sentence = self.words.tr("and {n} others, {total} together").format(
                n=self.words.number(count, 0), total=self.words.short_money(total, self.data.currency)
            )
            # On the side of the line where there is room for it.
            side = 1 if any(profit > 0 for _, profit in shown) else -1
            self.note(
                0, self._gap, sentence, 12, self.look.muted, dx=8 * side, ha="left" if side > 0 else "right"
            )

    def _chosen(self) -> tuple[list[tuple[str, int]], tuple[int, int] | None]:
        """The creators there is room for, best first, and (how many, their profit) of those left out."""
        ordered = sorted(self.data.creators, key=_best_first)
        room = max(2, int(self.area[1] // ROW))
        if len(ordered) <= room:
            self._tail = 0
            return ordered, None
        losses = sum(profit < 0 for _, profit in ordered)
        self._tail = min(MOST_LOSSES, losses, max(0, (room - 1) // 2))
        head = max(1, room - 1 - self._tail)
        left_out = ordered[head : len(ordered) - self._tail]
        shown = ordered[:head] + ordered[len(ordered) - self._tail :]
        return shown, (len(left_out), sum(profit for _, profit in left_out))

    def _draw_bars(self) -> None:
        profits = [float(profit) for _, profit in self._rows]
        for bars, sign in ((self.gains, 1), (self.losses, -1)):
            here = [(at, p) for at, p in zip(self._at, profits, strict=True) if p * sign > 0]
            bars.put([0.0] * len(here), [at - 0.32 for at, _ in here], [p for _, p in here], 0.64)
        # Room for the amounts beside the bars, in pixels, on the sides that have any.
        width, label = self.area[0], 74
        low, high = min(0.0, *profits), max(0.0, *profits)
        if low == high:
            high = 1.0
        pixels = max(width - label * ((low < 0) + (high > 0)), 20)
        per_pixel = (high - low) / pixels
        self.axes.set_xlim(low - label * per_pixel * (low < 0), high + label * per_pixel * (high > 0))

    def _draw_words(self, room: float) -> None:
        transform = self.axes.get_yaxis_transform()
        for at, (name, profit) in zip(self._at, self._rows, strict=True):
            text = fonts.fitted(fonts.drawable(name), NAME, room)
            self.note(0, at, text, NAME, dx=-12, ha="right", transform=transform)
            amount = self.words.short_money(profit, self.data.currency)
            side = -1 if profit < 0 else 1
            color = self.look.danger if profit < 0 else self.look.text
            self.note(
                profit, at, amount, 12, color, dx=7 * side, ha="right" if side < 0 else "left", weight=600
            )

    @override
    def _places(self) -> tuple[Sequence[float], Sequence[Sequence[float]]]:
        return [float(p) for _, p in self._rows], [[float(at)] for at in self._at]


def _best_first(creator: tuple[str, int]) -> tuple[int, str]:
    return -creator[1], creator[0].casefold()
