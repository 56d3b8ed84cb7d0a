"""How a chart writes sentences, amounts, numbers and days: plain English unless told otherwise."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from creator_crm.domain.values.money import exponent

_DIGITS = re.compile(r"\d+(?:[^\w\s]\d+)*")
_SIGNS = {"EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥", "INR": "₹"}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_STEPS = ((10**12, "T"), (10**9, "B"), (10**6, "M"), (10**3, "k"))


def _number(value: float, decimals: int = 0) -> str:
    return f"{value:,.{decimals}f}"


def _money(minor: int, currency: str) -> str:
    places = exponent(currency)
    sign = "-" if minor < 0 else ""
    whole, part = divmod(abs(minor), 10**places)
    cents = f".{part:0{places}d}" if places else ""
    return f"{sign}{_SIGNS.get(currency, currency + ' ')}{whole:,}{cents}"


def _percent(share: float) -> str:
    return f"{share * 100:.0f}%"


def _day(on: date) -> str:
    return f"{on.day} {_MONTHS[on.month - 1]} {on.year}"


def _short_day(on: date) -> str:
    return f"{on.day} {_MONTHS[on.month - 1]}"


def _month(on: date) -> str:
    return _MONTHS[on.month - 1]


@dataclass(frozen=True, slots=True)
class Words:
    """The writing of one language and place. Money comes in minor units, shares as 0.05 for 5 %."""

    tr: Callable[[str], str] = str
    number: Callable[[float, int], str] = _number
    money: Callable[[int, str], str] = _money
    percent: Callable[[float], str] = _percent
    day: Callable[[date], str] = _day
    short_day: Callable[[date], str] = _short_day
    month: Callable[[date], str] = _month

    def count(self, value: int, one: str, many: str) -> str:
        """ "1 post", "12 posts": the sentence that fits, its {n} replaced."""
        return self.tr(one if value == 1 else many).format(n=self.number(value, 0))

    def short(self, value: float) -> str:
        """A number for an axis or a label: 950, 1.2k, 13M. Three figures say enough."""
        size = abs(value)
        for step, letter in _STEPS:
            if round(size) >= step:
                rest = value / step
                return self._figures(rest) + letter
        return self._figures(value)

    def short_money(self, minor: float, currency: str) -> str:
        """An amount for an axis or a label, the sign of the currency where the place puts it: €1.2k."""
        major = minor / 10 ** exponent(currency)
        pattern = self.money(10 ** exponent(currency), currency)
        written = _DIGITS.sub(lambda _: self.short(abs(major)), pattern, count=1)
        return f"-{written}" if round(major, 2) < 0 else written

    def _figures(self, value: float) -> str:
        """Three figures, and no decimals that are nothing."""
        if value == 0:
            return self.number(0, 0)
        decimals = max(0, 2 - math.floor(math.log10(abs(value)) + 1e-9))
        for fewer in range(min(decimals, 2) + 1):
            if math.isclose(round(value, fewer), round(value, 2), abs_tol=1e-9):
                return self.number(value, fewer)
        return self.number(value, min(decimals, 1))
