"""The value of a figure as people read it, wherever it is shown."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from creator_crm.domain.metrics import COUNT, SHARE, TIMES
from creator_crm.domain.values.money import exponent
from creator_crm.ui.shared.text import money, number, percent, tr

if TYPE_CHECKING:
    from creator_crm.domain.metrics import Metric

DASH = "–"
MANY = 100_000  # from here on nobody reads cents


def value_text(value: Decimal | None, unit: str, *, short: bool = False) -> str:
    """The value as the user reads it: "€1,204.50", "3.2 ×", "64 %", a dash for none. `short` leaves cents out
    where they say nothing.
    """
    if value is None:
        return DASH
    if unit == SHARE:
        return percent(value)
    if unit == TIMES:
        return f"{number(value, 2)}×"
    if unit == COUNT:
        return number(int(value)) if value == int(value) else number(value, 1)
    sign = "-" if value < 0 else ""  # as charts write it; some locales would put it in brackets
    if short and abs(value) >= MANY:
        return sign + money(round(abs(value)), unit, 0)
    decimals = exponent(unit)
    return sign + money(round(abs(value).scaleb(decimals)), unit, decimals)


def figure_text(metric: Metric) -> str:
    """The value of a figure on a card; a rate of too few cases as what it is: "3 of 5"."""
    if metric.is_sure:
        return value_text(metric.value, metric.unit, short=True)
    hits, cases = (value_text(one.value, one.unit) for one in metric.inputs[:2])
    return tr("{hits} of {cases}").format(hits=hits, cases=cases)


def interval_text(metric: Metric, *, short: bool = False) -> str:
    """Where a rate really lies, or that too little is known of it; "" for what is no rate."""
    if metric.low is None or metric.high is None:
        return ""
    if not metric.is_sure and short:
        return tr("not enough data yet")
    ends = {"low": percent(metric.low, 0), "high": percent(metric.high, 0)}
    if short:
        return tr("{low} to {high}").format(**ends)
    if not metric.is_sure:
        return tr("Not enough data yet: it may be anything from {low} to {high}.").format(**ends)
    return tr("It really lies between {low} and {high}, 19 times of 20.").format(**ends)
