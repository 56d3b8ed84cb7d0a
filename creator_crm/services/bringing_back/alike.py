"""When two rows are taken for the same: by the rules of the database, else by what people call them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from creator_crm.domain.fields import Description, Value

_LEDGERS = frozenset({"stock_movement"})  # every row of them counts, however alike two are
_Name = TypeVar("_Name", int, str)


def keys(description: Description[Any]) -> list[tuple[str, ...]]:
    """What tells rows apart: the rules of the database, else the natural key."""
    folds = {f.name: f.folds for f in description.stored if f.folds}
    keys = [tuple(folds.get(name, name) for name in names) for names in description.unique]
    stored = {f.name for f in description.stored}
    if not keys and description.name not in _LEDGERS and stored.issuperset(description.key):
        keys.append(description.key)
    return keys


def told(key: tuple[str, ...], values: Mapping[str, Value], folded: bool = True) -> tuple[Value, ...] | None:
    """The key of a row, capitals or not; None where it is not told in full."""
    sign = tuple(v.casefold() if isinstance(v := values.get(name), str) and folded else v for name in key)
    return None if None in sign else (*key, *sign)


def one_to_one(
    theirs: Mapping[int, Mapping[str, Value]],
    ours: Mapping[str, Mapping[str, Value]],
    way: tuple[str, ...],
    folded: bool,
) -> Iterator[tuple[int, str]]:
    """(theirs, ours) of what is known for the same, and for the same as nothing else."""
    there, here = _by_sign(theirs, way, folded), _by_sign(ours, way, folded)
    for sign in there.keys() & here.keys():
        if len(there[sign]) == len(here[sign]) == 1:
            yield there[sign][0], here[sign][0]


def _by_sign(
    rows: Mapping[_Name, Mapping[str, Value]], way: tuple[str, ...], folded: bool
) -> dict[tuple[Value, ...], list[_Name]]:
    found: dict[tuple[Value, ...], list[_Name]] = {}
    for name, values in rows.items():
        if sign := told(way, values, folded):
            found.setdefault(sign, []).append(name)
    return found
