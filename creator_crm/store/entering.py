"""The one door into rows: steps of a status are checked and dated, what follows from other rows is filled in.

Whoever writes, one row or thousands, by hand or from a file, comes through here; undo alone does not, because
it brings back what was.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from creator_crm.domain.fields import Catalogue, Description, Field, Kind, Value
from creator_crm.domain.statuses import MACHINES, Machine, route, stamps, step
from creator_crm.store.columns import all_columns
from creator_crm.store.gaps import FOLLOWS, GAPS, LOOKUPS, Entry
from creator_crm.store.triggers import quoted


def concerns(description: Description[Any]) -> bool:
    """Whether values of this record are more than written down."""
    name = description.name
    return name in MACHINES or name in GAPS or name in LOOKUPS or any(f.fills for f in description.stored)


class Door:
    """What all writing of one change set passes; it remembers the numbers given out."""

    def __init__(self, raw: sqlite3.Connection, catalogue: Catalogue) -> None:
        self.raw, self.catalogue = raw, catalogue
        self._given: dict[str, int] = {}

    def new(
        self, record: str, rows: Sequence[Mapping[str, Value]], now: str, *, told: bool = False
    ) -> list[dict[str, Value]]:
        """The values of new rows, gaps filled. Raises UserError.

        `told`: a past is written down, so that no step is dated today.
        """
        description = self.catalogue[record]
        if not concerns(description):
            return [dict(values) for values in rows]
        entries = [Entry(dict(values), {}, new=True, told=told) for values in rows]
        self._fill(description, entries, now)
        machine = MACHINES.get(record)
        for entry in entries if machine else ():
            assert machine is not None
            after = str(entry.values.get("status") or description.field("status").default)
            step(machine, None, after)
            if not told:
                _date(entry, stamps(machine, None, after, now))
        self._follow(record, entries)
        return [entry.values for entry in entries]

    def changed(
        self,
        record: str,
        changes: Mapping[int, Mapping[str, Value]],
        now: str,
        *,
        leap: bool = False,
        told: bool = False,
    ) -> dict[int, dict[str, Value]]:
        """The values to write to rows that are there. Raises UserError for a step that makes no sense.

        `leap`: several steps are taken at once, and those between are dated the same day. `told`: a file says
        where a row has come to, and what lies between stays unknown.
        """
        description = self.catalogue[record]
        if not concerns(description):
            return {number: dict(values) for number, values in changes.items()}
        held = rows_of(self.raw, description, changes)
        entries = {n: Entry(dict(v), held.get(n, {}), told=told) for n, v in changes.items()}
        self._fill(description, [e for n, e in entries.items() if n in held], now)
        machine = MACHINES.get(record)
        for number, entry in entries.items():
            if machine and number in held and "status" in entry.values:
                _take_step(machine, description.field("status"), entry, now, leap)
        self._follow(record, [e for n, e in entries.items() if n in held])
        return {number: entry.values for number, entry in entries.items()}

    def _follow(self, record: str, entries: Sequence[Entry]) -> None:
        for follow in FOLLOWS.get(record, ()):
            follow(self.raw, entries)

    def _fill(self, description: Description[Any], entries: Sequence[Entry], now: str) -> None:
        for look_up in LOOKUPS.get(description.name, ()):
            look_up(self.raw, entries)
        # The last first: a variant names its product, which then says what the variant does not.
        for field in reversed([f for f in description.stored if f.fills]):
            wanted = [e for e in entries if isinstance(e.values.get(field.name), int)]
            if wanted:
                target = self.catalogue[field.references]
                rows = rows_of(self.raw, target, {int(e.values[field.name]) for e in wanted})  # type: ignore[arg-type]
                for entry in wanted:
                    _copy(description, field, entry, rows.get(entry.values[field.name], {}), target)  # type: ignore[arg-type]
        for gap in GAPS.get(description.name, ()):
            gap(self.raw, entries, now, self._given)


def rows_of(
    raw: sqlite3.Connection, description: Description[Any], numbers: Iterable[int]
) -> dict[int, dict[str, Any]]:
    """Rows as they are stored, by number."""
    names = [name for name in all_columns(description) if name != "custom"]
    found = raw.execute(
        f"SELECT {', '.join(map(quoted, names))} FROM {quoted(description.name)} "
        "WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(numbers)),),
    )
    return {row[0]: dict(zip(names, row, strict=True)) for row in found}


def _copy(
    description: Description[Any],
    field: Field,
    entry: Entry,
    row: Mapping[str, Any],
    target: Description[Any],
) -> None:
    for pair in field.fills:
        own, _, other = pair.partition("=")
        source = other or own
        if not entry.lacks(own) or row.get(source) is None:
            continue
        entry.values[own] = row[source]
        described = description.field(own)
        if described.kind is Kind.MONEY:  # an amount without its currency would be another amount
            entry.values[described.currency] = row[target.field(source).currency]


def _take_step(machine: Machine, field: Field, entry: Entry, now: str, leap: bool) -> None:
    before = entry.row["status"]
    after = str(entry.values["status"] or field.default)
    status = machine.by_value.get(after)
    if status and status.computed and _lapsed(field, entry.row, now):
        del entry.values["status"]  # it says so by itself already
        return
    way: Sequence[str] = ()
    if (entry.told or leap) and before in machine.by_value:
        way = route(machine, before, after)
    else:
        step(machine, before, after)
    entry.values["status"] = after
    if before != after:
        _date(entry, stamps(machine, before, after, now))
    for between in () if entry.told else way[:-1]:
        if not machine.goes_back(before, between):
            _date(entry, stamps(machine, None, between, _day_of(machine, after, entry) or now))


def _day_of(machine: Machine, status: str, entry: Entry) -> str | None:
    """The day that a step is said to have been taken on."""
    found = entry.values.get(machine.by_value[status].stamps)
    return str(found) if found else None


def _lapsed(field: Field, row: Mapping[str, Any], now: str) -> bool:
    rule = field.lapses
    return bool(rule and row["status"] in rule.open and row[rule.after] and row[rule.after] < now[:10])


def _date(entry: Entry, dates: Mapping[str, str | None]) -> None:
    for name, value in dates.items():
        if name not in entry.values and (value is None or entry.lacks(name)):
            entry.values[name] = value
