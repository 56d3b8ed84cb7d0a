"""Rows that two copies each made of one thing: the id they go by from then on, and what both began with."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from creator_crm.domain.fields import Description, Value
from creator_crm.domain.merging import Ancestor, BaseValue, Cell, RecordMerge, State


class Twins:
    """Ids that mean one row; it goes by the first of them in order, so that every copy calls it alike."""

    def __init__(self, pairs: Iterable[tuple[str, str]] = ()) -> None:
        self._towards: dict[str, str] = {}
        for pair in pairs:
            self.join(*pair)

    def join(self, one: str, other: str) -> None:
        first, second = sorted((self.first(one), self.first(other)))
        if first != second:
            self._towards[second] = first

    def first(self, uid: str) -> str:
        """The id that a row goes by."""
        while (next_ := self._towards.get(uid)) is not None:
            uid = next_
        return uid

    def pairs(self) -> Iterator[tuple[str, str]]:
        """(id, the id that it goes by) of all that go by another one."""
        yield from ((uid, self.first(uid)) for uid in sorted(self._towards))

    def families(self) -> dict[str, list[str]]:
        """All ids of each row that has several, in order, by the one it goes by."""
        found: dict[str, list[str]] = {}
        for uid, first in self.pairs():
            found.setdefault(first, [first]).append(uid)
        return found


class MadeTwice:
    """A base in which twins are as every new row begins: what only one of them holds stands."""

    def __init__(self, base: Ancestor, twins: Collection[str], fresh: Mapping[str, Value]) -> None:
        self._base, self._twins, self._fresh = base, twins, fresh

    def state(self, uid: str) -> State:
        return State.LIVING if uid in self._twins else self._base.state(uid)

    def is_base(self, uid: str, field: str, value: Value) -> bool | None:
        if uid in self._twins:
            return value == self._fresh.get(field)
        return self._base.is_base(uid, field, value)

    def value(self, uid: str, field: str) -> BaseValue:
        return self._fresh.get(field) if uid in self._twins else self._base.value(uid, field)


def fresh(description: Description[Any]) -> dict[str, Value]:
    """What every new row of a record begins with."""
    return {f.name: f.empty if f.default is None else f.default for f in description.fields if f.stored}


def settled_alike(merge: RecordMerge, twins: Collection[str]) -> RecordMerge:
    """The merge with no question about words of twins that differ in capitals: every copy takes the same."""
    conflicts, taken, kept = list[Cell](), list(merge.taken), list(merge.kept)
    for cell in merge.conflicts:
        mine, theirs = cell.mine, cell.theirs
        if cell.uid not in twins or not _alike(mine, theirs):
            conflicts.append(cell)
        else:
            (kept if _words(mine) < _words(theirs) else taken).append(cell)
    return replace(merge, conflicts=tuple(conflicts), taken=tuple(taken), kept=tuple(kept))


def _words(value: BaseValue) -> list[str]:
    """A text, or the tags, in an order that is the same everywhere; nothing for other values."""
    return [value] if isinstance(value, str) else sorted(value) if isinstance(value, tuple) else []


def _alike(mine: BaseValue, theirs: BaseValue) -> bool:
    folded = [sorted(word.casefold() for word in _words(value)) for value in (mine, theirs)]
    return bool(folded[0]) and folded[0] == folded[1]
