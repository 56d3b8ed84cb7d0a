"""What the rows of a workbook add up to while they are written: the figures that its summary begins with.

A spreadsheet works them out anew from its formulas; whoever only looks, as Excel does with a file from
elsewhere, sees these.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from creator_crm.domain.fields import Value

if TYPE_CHECKING:
    from creator_crm.exchange.workbook.rows import Column

FIRST_CAMPAIGNS = 20  # that the summary names


def _is_there(value: Value) -> bool:
    return value not in (None, "", False)


def _is_day(value: Value) -> bool:
    """Days before 1901 are text in a workbook."""
    return isinstance(value, str) and value > "1901"


def _month(value: Value) -> str:
    return str(value)[:7] if _is_day(value) else ""


def _itself(value: Value) -> Value:
    return value


_TOLD_APART: Mapping[str, Mapping[str, Callable[[Value], Any]]] = {
    "creator": {"stage": _itself},
    "collaboration": {"status": _itself, "campaign": _itself},
    "shipment": {"status": _itself, "campaign": _itself, "delivered_on": _is_day},
    "deliverable": {"status": _itself, "campaign": _itself, "live_on": _is_day},
    "order": {
        "status": _itself,
        "campaign": _itself,
        "ordered_on": _month,
        "currency": _itself,
        "number": _is_there,
        "is_sample": _is_there,
    },
}
_ADDED: Mapping[str, Sequence[str]] = {"deliverable": ("views",), "order": ("total", "refunded")}


Fits = Callable[[Any, "Tally"], bool]


class Condition(NamedTuple):
    """Which rows count, to a spreadsheet and here: `fits` is asked about what is told apart of a field."""

    field: str
    criterion: str
    fits: Fits


class Tally:
    """Rows of each record counted, and some of their fields added up, by what the summary tells apart."""

    def __init__(self) -> None:
        self._groups: dict[str, dict[tuple[Any, ...], list[int]]] = {}
        self.newest_order = ""
        self.campaigns: list[tuple[str, str]] = []  # uid and name of the first ones

    def add(self, record: str, columns: Sequence[Column], page: Sequence[Sequence[Any]]) -> None:
        """Count a page of columns, uids first and references as uids."""
        held = {column.field.name: values for column, values in zip(columns, page[1:], strict=True)}
        if record == "campaign" and "name" in held:
            room = FIRST_CAMPAIGNS - len(self.campaigns)
            self.campaigns += zip(page[0][:room], held["name"][:room], strict=True)
        if record == "order" and "ordered_on" in held:
            self.newest_order = max([self.newest_order, *filter(_is_day, held["ordered_on"])])
        if apart := _TOLD_APART.get(record):
            nothing = [None] * len(page[0])
            keys = zip(*(map(told, held.get(name, nothing)) for name, told in apart.items()), strict=True)
            added = [held.get(name, nothing) for name in _ADDED.get(record, ())]
            groups = self._groups.setdefault(record, {})
            for key, *values in zip(keys, *added, strict=True):
                sums = groups.setdefault(key, [0] * (1 + len(added)))
                sums[0] += 1
                for at, value in enumerate(values, 1):
                    sums[at] += value or 0

    def sum(self, record: str, name: str, conditions: Sequence[Condition]) -> int:
        """What a field of the rows that fit adds up to, in minor units; their number without a name."""
        at = 1 + _ADDED[record].index(name) if name else 0
        places = {field: place for place, field in enumerate(_TOLD_APART[record])}
        fitting = [(places[c.field], c.fits) for c in conditions]
        return sum(
            sums[at]
            for key, sums in self._groups.get(record, {}).items()
            if all(fits(key[place], self) for place, fits in fitting)
        )
