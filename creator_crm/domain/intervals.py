"""Where a rate really lies when only so many cases were seen, and the middle of what was counted."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

Z = 1.959963984540054
"""The normal quantile of an interval that holds the truth 19 times of 20 (two-sided 95 %)."""


def wilson(hits: int, cases: int, z: float = Z) -> tuple[Decimal, Decimal]:
    """(low, high) of the rate of `hits` among `cases`, between 0 and 1 with six decimals.

    Wilson's score interval (E. B. Wilson, 1927), which stays honest for few cases and for rates near 0 or 1.
    Raises ValueError without a case, or with more hits than cases.
    """
    if not 0 <= hits <= cases or cases == 0:
        raise ValueError(f"{hits} of {cases} is no rate")
    rate, square = hits / cases, z * z
    middle = (rate + square / (2 * cases)) / (1 + square / cases)
    half = z / (1 + square / cases) * (rate * (1 - rate) / cases + square / (4 * cases * cases)) ** 0.5
    low = 0.0 if hits == 0 else max(0.0, middle - half)
    high = 1.0 if hits == cases else min(1.0, middle + half)
    return _six(low), _six(high)


def median(counts: Mapping[int, int]) -> Decimal | None:
    """The middle of values that are given with how often each was seen; None when there are none."""
    seen = sum(counts.values())
    if not seen:
        return None
    lower = upper = passed = 0
    ordered = sorted(value for value, count in counts.items() if count)
    for value in ordered:
        if passed <= (seen - 1) // 2 < passed + counts[value]:
            lower = value
        if passed <= seen // 2 < passed + counts[value]:
            upper = value
        passed += counts[value]
    return Decimal(lower + upper) / 2


def _six(number: float) -> Decimal:
    return Decimal(f"{number:.6f}")
