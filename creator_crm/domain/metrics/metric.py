"""A figure with its formula, its inputs and its source, so that it can always be explained."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from creator_crm.domain.frozen import immutable
from creator_crm.domain.intervals import wilson
from creator_crm.domain.values.money import exponent

MILLIONTHS = 1_000_000
COUNT, SHARE, TIMES = "count", "share", "times"
WIDEST = Decimal("0.4")
"""An interval wider than 40 points says no more than “not enough data yet”: 21 cases half of which are hits
are just enough (our choice)."""


@immutable
class Input:
    """One number that went into a figure, in the unit it is read in."""

    name: str
    value: Decimal | None
    unit: str


@immutable
class Metric:
    """One figure; `value` None means undefined, and `why_undefined` says why. Never 0 or infinity for that.

    unit: "count", "share" (0.05 is 5 %), "times" (3.2 is 3.2 times) or a currency, in whole units: 12.50.
    Sums of money are exact; whatever was divided is rounded to six decimals, halves to even. low, high: where
    a rate of so many really lies, 19 times of 20; None for what is no rate.
    """

    name: str
    label: str
    value: Decimal | None
    unit: str
    formula: str
    inputs: tuple[Input, ...]
    source: str
    why_undefined: str = ""
    low: Decimal | None = None
    high: Decimal | None = None

    @property
    def is_defined(self) -> bool:
        return self.value is not None

    @property
    def is_sure(self) -> bool:
        """Whether enough was counted to go by the value; what is no rate was not estimated at all."""
        return self.low is None or self.high is None or self.high - self.low <= WIDEST


def amount(minor: int, currency: str) -> Decimal:
    """Minor units as an exact number of whole ones: 1250 EUR is 12.50, 1250 JPY is 1250."""
    return Decimal(minor).scaleb(-exponent(currency))


def money(name: str, minor: int, currency: str) -> Input:
    """An input that is an amount."""
    return Input(name, amount(minor, currency), currency)


def count(name: str, number: int | None) -> Input:
    """An input that was counted; None when nobody did."""
    return Input(name, None if number is None else Decimal(number), COUNT)


def share(name: str, millionths: int | None) -> Input:
    """An input that is a part of a whole, given in millionths."""
    return Input(name, None if millionths is None else Decimal(millionths) / MILLIONTHS, SHARE)


def divided(dividend: Decimal | int, divisor: Decimal | int) -> Decimal:
    """The quotient with six decimals, rounded once, halves to even, however long the numbers are."""
    return rounded(Fraction(dividend) / Fraction(divisor))


def rounded(value: Fraction) -> Decimal:
    """The number with six decimals, halves to even."""
    return Decimal(f"{round(value * MILLIONTHS)}E-6")


@immutable
class Figure:
    """What all values of one metric share; called with what is special, it gives the metric."""

    name: str
    label: str
    formula: str
    source: str

    def __call__(self, value: Decimal, unit: str, *inputs: Input) -> Metric:
        return Metric(self.name, self.label, value, unit, self.formula, inputs, self.source)

    def undefined(self, why: str, unit: str, *inputs: Input) -> Metric:
        """The metric when it has no value."""
        return Metric(self.name, self.label, None, unit, self.formula, inputs, self.source, why)

    def ratio(
        self,
        dividend: Input,
        divisor: Input,
        unit: str,
        *,
        unknown: str = "",
        none: str = "",
        times: int = 1,
    ) -> Metric:
        """dividend x times / divisor; undefined when one of them is `unknown` or the divisor is `none`."""
        inputs = (dividend, divisor)
        if dividend.value is None or divisor.value is None:
            return self.undefined(unknown, unit, *inputs)
        if divisor.value == 0:
            return self.undefined(none, unit, *inputs)
        return self(divided(dividend.value * times, divisor.value), unit, *inputs)

    def rate(self, hits: Input, cases: Input, *, none: str) -> Metric:
        """hits / cases, both counted, with the interval in which the rate lies; undefined without a case."""
        found = self.ratio(hits, cases, SHARE, none=none)
        if hits.value is None or cases.value is None or not 0 <= hits.value <= cases.value or not cases.value:
            return found
        low, high = wilson(int(hits.value), int(cases.value))
        return replace(found, low=low, high=high)


def explain(metric: Metric) -> list[str]:
    """The figure in lines: formula, every input, the result or the reason for none, the source."""
    lines = [f"{metric.label} = {metric.formula}"]
    lines += [f"  {one.name}: {shown(one.value, one.unit) or 'not known'}" for one in metric.inputs]
    if metric.value is None:
        lines.append(f"  No value: {metric.why_undefined}.")
    else:
        lines.append(f"  = {shown(metric.value, metric.unit)}")
    if metric.low is not None and metric.high is not None:
        between = f"{shown(metric.low, metric.unit)} and {shown(metric.high, metric.unit)}"
        lines.append(f"  19 times of 20 between {between}{'' if metric.is_sure else ': not enough data yet'}")
    lines.append(f"Source: {metric.source}.")
    return lines


def shown(value: Decimal | None, unit: str) -> str:
    """Plain text without grouping: "12.50 EUR", "4.6 %", "3.2 times", "7"; "" for nothing."""
    if value is None:
        return ""
    if unit == SHARE:
        return f"{_plain(value * 100)} %"
    if unit == TIMES:
        return f"{_plain(value)} times"
    if unit == COUNT:
        return _plain(value)
    decimals = exponent(unit)
    # A tenth of a cent still says something: as many decimals as there are, at least the coin's.
    least = Decimal(1).scaleb(-decimals)
    text = format(value.quantize(least), "f") if value == value.quantize(least) else _plain(value)
    return f"{text} {unit}"


def _plain(number: Decimal) -> str:
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text
