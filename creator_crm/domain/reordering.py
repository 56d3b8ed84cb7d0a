"""When to order again: from what is there, what is on its way, and how fast it goes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from creator_crm.domain.frozen import immutable

_BEGINS = {
    "order": "Order now",
    "late": "It runs out before new stock comes",
    "coming": "Low, and enough is on order",
}


@immutable
class Incoming:
    """Pieces on order that have not arrived; `expected_on` None when nobody said when."""

    pieces: int
    expected_on: str | None = None


@immutable
class Need:
    """What to do about the stock of an article.

    state: "order" (now), "late" (what is ordered comes after it has run out), "coming" (low, and enough is on
    its way), "fine" or "" (nobody said when to order, and nothing tells how fast it goes).
    """

    state: str
    available: int
    on_order: int = 0
    expected_on: str | None = None
    level: int | None = None
    lead_time_days: int | None = None
    days_left: int | None = None

    @property
    def is_pressing(self) -> bool:
        return self.state in ("order", "late")

    def told(self, day: Callable[[str], str] = str) -> str:
        """The same in a sentence; "" where there is nothing to do. `day` writes an ISO day for people."""
        if self.state not in _BEGINS:
            return ""
        words = [f"{self.available:,} left"]
        if self.on_order:
            words.append(f"{self.on_order:,} on order")
        if self.expected_on:
            words.append(f"expected on {day(self.expected_on)}")
        if self.level is not None:
            words.append(f"reorder at {self.level:,}")
        if self.days_left is not None:
            words.append(f"enough for {_count(self.days_left)}")
        if self.lead_time_days is not None:
            words.append(f"{_count(self.lead_time_days)} lead time")
        return f"{_BEGINS[self.state]}: {', '.join(words)}."


def need(
    available: int,
    incoming: Sequence[Incoming],
    level: int | None,
    lead_time_days: int | None,
    days_left: int | None,
    on: str,
) -> Need:
    """What to do on the day `on`, from what is there and on its way.

    Order again when both together have fallen to the level or, where nobody set one, last no longer than new
    stock takes. days_left: of the available pieces alone; what comes after they are gone comes too late.
    """
    on_order = sum(one.pieces for one in incoming)
    first = next((one.expected_on for one in incoming if one.expected_on), None)
    low, order = level is not None and available <= level, False
    if level is not None:
        order = available + on_order <= level
    elif days_left is not None and lead_time_days is not None:
        order = available <= 0 or days_left * (available + on_order) / available <= lead_time_days
    late = first is not None and days_left is not None and days_left < _days(on, first)
    known = level is not None or (days_left is not None and lead_time_days is not None)
    state = "order" if order else "late" if late else "coming" if low else "fine" if known else ""
    return Need(state, available, on_order, first, level, lead_time_days, days_left)


def in_order(incoming: Iterable[Incoming]) -> tuple[Incoming, ...]:
    """By the day it is expected; what nobody knows the day of comes last."""
    return tuple(sorted(incoming, key=lambda one: (one.expected_on is None, one.expected_on or "")))


def _count(days: int) -> str:
    return f"{days} day" if days == 1 else f"{days:,} days"


def _days(since: str, until: str) -> int:
    return (date.fromisoformat(until) - date.fromisoformat(since)).days
