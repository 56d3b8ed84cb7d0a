"""Spend by kind: what the money went into, month by month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import numpy as np

from creator_crm.compat import override
from creator_crm.domain.fields import Kind
from creator_crm.reporting import keys
from creator_crm.reporting.bars import Bars
from creator_crm.reporting.chart import Chart
from creator_crm.reporting.data import Cell, SpendByKind, Table
from creator_crm.reporting.keys import Key
from creator_crm.reporting.style import HATCHES, day_ticks, mixed

MOST_KINDS = 7  # more are drawn together as "Everything else"
TWO_LINES = 32  # pixels between two keys that have an amount below
FAINT = 0.4  # how much of the ground is in the lines of a hatch
WIDE = 0.68  # of a bar, in months


class Spend(Chart[SpendByKind]):
    """Months as stacked bars, the largest kind at the bottom; the key has each kind's sum and share."""

    title = "Spend by kind"
    nothing = "Nothing has been spent in this period yet"

    @property
    @override
    def margins(self) -> tuple[float, float, float, float]:
        return (66, 76, 190, 52)

    @override
    def is_empty(self) -> bool:
        return not self.data.months or not any(any(amounts) for _, amounts in self.data.kinds)

    @override
    def finding(self) -> str:
        words, data = self.words, self.data
        total = sum(sum(amounts) for _, amounts in data.kinds)
        label, amounts = max(data.kinds, key=lambda kind: sum(kind[1]))
        if any(sum(paid) < 0 for _, paid in data.kinds) or total <= 0:
            # Of what was partly paid back there are no shares.
            return words.tr("{total} in all").format(total=words.money(total, data.currency))
        sentence = words.tr("{total} in all; most of it for {kind}, {rate}")
        rate = words.percent(sum(amounts) / total)
        return sentence.format(total=words.money(total, data.currency), kind=label.lower(), rate=rate)

    @override
    def say(self, index: int) -> str:
        words, data = self.words, self.data
        month = data.months[index]
        paid = [(label, amounts[index]) for label, amounts in self._kinds() if amounts[index]]
        lines = [f"{words.month(month)} {month.year}"]
        lines += [f"{label}: {words.money(amount, data.currency)}" for label, amount in paid]
        if len(paid) != 1:
            total = words.money(sum(amount for _, amount in paid), data.currency)
            lines.append(words.tr("Together: {amount}").format(amount=total))
        return "\n".join(lines)

    @override
    def table(self) -> Table:
        data, tr = self.data, self.words.tr
        rows: tuple[tuple[Cell, ...], ...] = tuple(
            (month, *(amounts[n] for _, amounts in data.kinds)) for n, month in enumerate(data.months)
        )
        headers = (tr("Month"), *(label for label, _ in data.kinds))
        kinds = (Kind.DATE, *(Kind.MONEY for _ in data.kinds))
        return Table(tr(self.title), headers, kinds, rows, data.currency)

    @override
    def _build(self) -> None:
        look = self.look
        self.stacks = [
            Bars(self.axes, color, look.ground, hatch, lines=mixed(color, look.ground, FAINT))
            for color, hatch in zip(look.series, HATCHES, strict=True)
        ]

    def _kinds(self) -> list[tuple[str, tuple[int, ...]]]:
        """The kinds that cost something, largest first; the least of many together."""
        ordered = sorted((k for k in self.data.kinds if any(k[1])), key=lambda kind: -sum(kind[1]))
        if len(ordered) > MOST_KINDS + 1:
            rest = tuple(map(sum, zip(*(amounts for _, amounts in ordered[MOST_KINDS:]), strict=True)))
            ordered[MOST_KINDS:] = [(self.words.tr("Everything else"), rest)]
        return ordered

    @override
    def _put(self) -> None:
        shown = self._kinds()
        places = np.arange(len(self.data.months), dtype=float)
        # What is paid back goes below the line: stacked on the others, it would hide them.
        up, down = np.zeros(len(places)), np.zeros(len(places))
        for n, stack in enumerate(self.stacks):
            stack.draw_for(self.area[0] * WIDE / max(len(places), 4))
            if n >= len(shown):
                stack.put([], [], [], [])
                continue
            height = np.array(shown[n][1], dtype=float)
            stack.put(places - WIDE / 2, np.where(height < 0, down, up), WIDE, height)
            up, down = up + np.maximum(height, 0), down + np.minimum(height, 0)
        self._tops = up
        self.money_axis(float(down.min()), float(up.max()), self.data.currency)
        self.axes.set_xlim(-0.6, max(len(places), 4) - 0.4)
        self._name_months()
        self._name_kinds(shown)

    def _name_months(self) -> None:
        months = self.data.months
        most = max(2, int(self.area[0] // 52))
        end = months[-1] + timedelta(days=1)
        if len(months) <= most:
            labels = [
                (n, f"{self.words.month(m)}\n{m.year}" if n == 0 or m.month == 1 else self.words.month(m))
                for n, m in enumerate(months)
            ]
        else:
            by_day = {m.toordinal(): n for n, m in enumerate(months)}
            ticks = day_ticks(months[0], end, most, self.words)
            labels = [(by_day[day], label) for day, label in ticks if day in by_day]
        self.axes.set_xticks([at for at, _ in labels], [label for _, label in labels])

    def _name_kinds(self, shown: Sequence[tuple[str, tuple[int, ...]]]) -> None:
        words, currency = self.words, self.data.currency
        sums = [sum(amounts) for _, amounts in shown]
        total = sum(sums) if min(sums) >= 0 else 0
        step = min(40.0, (self.area[1] + 20) / len(shown))
        made = []
        for (label, amounts), color, hatch in zip(shown, self.look.series, HATCHES, strict=False):
            figures = words.short_money(sum(amounts), currency)
            if total > 0:
                figures += f"  ·  {words.percent(sum(amounts) / total)}"
            said = f"{label}\n{figures}" if step >= TWO_LINES else label
            made.append(Key(said, color, hatch, lines=mixed(color, self.look.ground, FAINT)))
        # In the order of the stack, seen from above.
        made.reverse()
        top = self.margins[1]
        keys.column(self, made, self.width - 172, [top + n * step for n in range(len(made))])

    @override
    def _places(self) -> tuple[Sequence[float], Sequence[Sequence[float]]]:
        return list(range(len(self.data.months))), [[float(top)] for top in self._tops]
