"""Where the sample brand comes from: word lists in the program's resources, and a seeded die."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from creator_crm.paths import data_dir


def word_list(name: str) -> Any:
    """The contents of `resources/sample/NAME.json`."""
    return json.loads((data_dir("resources") / "sample" / f"{name}.json").read_text(encoding="utf-8"))


class Die(Random):
    """A seeded die with the few throws that inventing a brand needs."""

    def weighted(self, weights: Mapping[str, int]) -> str:
        """One of the keys, the heavier the likelier."""
        return self.choices(list(weights), list(weights.values()))[0]

    def chance(self, probability: float) -> bool:
        return self.random() < probability

    def some(self, things: Sequence[Any], at_most: int) -> list[Any]:
        """A few different ones, in their own order; possibly none."""
        picked = set(self.sample(range(len(things)), self.randint(0, min(at_most, len(things)))))
        return [thing for number, thing in enumerate(things) if number in picked]

    def day_between(self, first: date, last: date) -> date:
        """A working day in the range; the first day when the range is empty."""
        day = first + timedelta(days=self.randint(0, max((last - first).days, 0)))
        return max(day - timedelta(days=max(day.weekday() - 4, 0)), first)
