"""Typing into a derived value: the handle, platform or followers of a creator belong to the main account.

What is typed there is written to the row it derives from: the first account (made when there is none), or the
snapshot of today. One place for the form, the table and the command line.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import groupby
from typing import Any

from creator_crm.domain.fields import Derived, Description, Field, Kind, Value
from creator_crm.store.parts import first_part
from creator_crm.store.unit_of_work import Unit


def split(
    description: Description[Any], values: Mapping[str, Value]
) -> tuple[dict[str, Value], dict[str, Value]]:
    """(the row's own values, the values that belong to its parts)."""
    own = {n: v for n, v in values.items() if description.field(n).derived is None}
    return own, {n: v for n, v in values.items() if n not in own}


def write_through(unit: Unit, description: Description[Any], row: int, values: Mapping[str, Value]) -> None:
    """Write derived `values` of `row` to the parts they come from; nothing makes no new part."""
    derived = [(_derived(description.field(name)), name) for name in values]
    derived.sort(key=_source)
    for (record, via), group in groupby(derived, key=_source):
        pairs = list(group)
        part = unit.catalogue[record]
        part_values = {source.field: values[name] for source, name in pairs}
        snapshot = _snapshot_day(part)
        having = {snapshot.name: date.today().isoformat()} if snapshot else None
        found = first_part(unit.raw, record, via, row, pairs[0][0].order, having)
        own, deeper = split(part, part_values)
        if found is None:
            if not any(value not in (None, (), False) for value in part_values.values()):
                continue
            found = unit.add(record, {via: row, **(having or {}), **own})
        elif own:
            unit.set(record, found, own)
        if deeper:
            write_through(unit, part, found, deeper)


def _snapshot_day(part: Description[Any]) -> Field | None:
    """The date that tells one snapshot of an owner from the next."""
    return next((part.field(n) for n in part.key if part.field(n).kind is Kind.DATE), None)


def _source(pair: tuple[Derived, str]) -> tuple[str, str]:
    return pair[0].record, pair[0].via


def _derived(field: Field) -> Derived:
    assert field.derived is not None
    return field.derived
