"""Rows of every kind of record with every field filled, and whatever they refer to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from creator_crm.domain.fields import Catalogue, Description, Field, Kind, Value
from creator_crm.domain.statuses import MACHINES

Add = Callable[[str, Mapping[str, Value]], int]


class WholeRows:
    """The n-th row of any record; those it refers to are made first, each of them the n-th of its kind."""

    def __init__(self, catalogue: Catalogue, add: Add) -> None:
        self.catalogue, self._add = catalogue, add
        self.made: dict[tuple[str, int], int] = {}

    def add(self, record: str, n: int) -> int:
        """The number of the n-th row of `record`, made when it is not there yet."""
        if (record, n) not in self.made:
            self.made[record, n] = self._add(record, self.values(record, n))
        return self.made[record, n]

    def values(self, record: str, n: int) -> dict[str, Value]:
        """A value for every field that people fill, told apart from those of other rows and fields."""
        description = self.catalogue[record]
        for needed in _NEEDS.get(record, ()):
            self.add(needed, n)
        found: dict[str, Value] = {}
        for place, field in enumerate(description.stored):
            if field.references == record:
                found[field.name] = self.add(record, n - 1) if n > 1 else None
            elif field.references:
                found[field.name] = self.add(field.references, n)
            elif not field.folds:
                found[field.name] = value_for(description, field, n, place)
        found.update(_MUST_BE.get(record, {}))
        return found


# What must be there although nothing refers to it: parcels hold only what lies on the shelf.
_NEEDS: Mapping[str, tuple[str, ...]] = {"shipment_item": ("stock_movement",)}

# What other rules than the field's own ask for.
_MUST_BE: Mapping[str, Mapping[str, Value]] = {
    "account": {"platform": "tiktok"},
    "creator": {"opted_out": False},  # else nobody may write to them
    "stock_movement": {"kind": "received"},
}


def value_for(description: Description[Any], field: Field, n: int, place: int) -> Value:
    """A value of the field's kind in normal form."""
    word = f"{description.name}{n}{field.name}".replace("_", "")
    numbers: dict[Kind, Value] = {
        Kind.COUNT: n if description.name == "shipment_item" else 100 * n + place,
        Kind.MONEY: 10_000 * n + place,
        Kind.PERCENT: 10_000 * n + 100 * place,
        Kind.NUMBER: n + place / 8,
        Kind.FLAG: field.name != "archived",
        Kind.DATE: f"2026-{n % 12 + 1:02}-{place % 28 + 1:02}",
        Kind.MOMENT: f"2026-{n % 12 + 1:02}-{place % 28 + 1:02}T09:{n % 60:02}:00Z",
        Kind.COUNTRY: ("DE", "TR", "BR")[n % 3],
        Kind.LANGUAGE: ("de", "tr", "pt")[n % 3],
        Kind.TAGS: tuple(sorted((word, "vip"))),
        Kind.URL: f"https://shop.example/{word}",
        Kind.EMAIL: f"{word}@example.com",
        Kind.PHONE: f"+4930{900000 + 100 * n + place}",
        Kind.DATA: f'{{"n":{n}}}',
        Kind.LONG_TEXT: f"{word} and\nmore of it",
        Kind.TEXT: f"{word} of mine",
    }
    if field.kind is not Kind.CHOICE:
        return numbers.get(field.kind, word)
    machine = MACHINES.get(description.name) if field.name == "status" else None
    offered = [c.value for c in field.choices if not (machine and machine.by_value[c.value].computed)]
    return "EUR" if field.name == "currency" else offered[n % len(offered)]
