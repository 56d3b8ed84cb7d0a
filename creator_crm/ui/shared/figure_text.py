"""The value of a figure as people read it, wherever it is shown."""

from __future__ import annotations

from decimal import Decimal

from creator_crm.domain.metrics import COUNT, SHARE, TIMES
from creator_crm.domain.values.money import exponent
from creator_crm.ui.shared.text import money, number, percent

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
