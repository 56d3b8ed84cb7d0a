"""Merging what a workbook brings back into what is here: three ways, cell by cell; nothing is written.

Values are in normal form, references as the uid of the row they name, so that copies agree on them. `base`
is what both sides once shared. A cell changed on one side only is taken; changed on both sides alike is no
change; changed on both sides differently is a conflict, and so is a row edited here and gone there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final, Protocol

from creator_crm.domain.fields import Value
from creator_crm.domain.frozen import immutable


class Unknown:
    """The value of a cell whose base nobody knows any more."""


UNKNOWN: Final = Unknown()
BaseValue = Value | Unknown


class State(StrEnum):
    """Where a row was in the base."""

    LIVING = "living"
    TRASHED = "trashed"
    ABSENT = "absent"
    UNKNOWN = "unknown"


class Base(Protocol):
    """What both sides shared: the history of this copy, the fingerprints in the workbook, or nothing."""

    def state(self, uid: str) -> State: ...

    def is_base(self, uid: str, field: str, value: Value) -> bool | None:
        """Whether `value` is what the base held in this cell; None when nobody knows."""
        ...

    def value(self, uid: str, field: str) -> BaseValue:
        """What the base held, for people to see; UNKNOWN when at most its fingerprint is known."""
        ...


@immutable
class TheirRow:
    """A row as the workbook has it: only the fields it has a column for; `refused` are unreadable cells."""

    line: int
    uid: str
    values: Mapping[str, Value]
    refused: Mapping[str, str]  # field -> a sentence
    pasted: bool = False  # it came without an id, or with one that another row has: its uid was made for it


@immutable
class Cell:
    """One cell that differs somewhere."""

    uid: str
    field: str
    base: BaseValue
    mine: Value
    theirs: Value


class Gone(StrEnum):
    """A row that one side edited and the other has no more."""

    HERE = "here"  # they edited what is in the trash here
    THERE = "there"  # they deleted what was edited here


@immutable
class RowConflict:
    """Edited on one side, gone on the other: the cells that were edited."""

    uid: str
    gone: Gone
    cells: tuple[Cell, ...]


@immutable
class RecordMerge:
    """What merging one kind of record comes to."""

    record: str
    taken: tuple[Cell, ...] = ()  # changed by them alone: goes in
    kept: tuple[Cell, ...] = ()  # changed here alone: stays
    conflicts: tuple[Cell, ...] = ()  # changed on both sides, differently: asked, stays until decided
    gone: tuple[RowConflict, ...] = ()  # asked, stays as it is here until decided
    new: tuple[TheirRow, ...] = ()  # rows that are not here: go in
    trashed: tuple[str, ...] = ()  # put into the trash by another copy, untouched here: go
    restored: tuple[str, ...] = ()  # taken out of the trash by another copy: come back
    missing: tuple[
        str, ...
    ] = ()  # here and in the base, without a row in the workbook: asked, never deleted unasked
    pasted: tuple[
        TheirRow, ...
    ] = ()  # rows that carry the id of another row: asked; new unless told otherwise
    problems: tuple[tuple[int, str, str], ...] = ()  # (line, field, sentence): cells that could not be read


class Side(StrEnum):
    """Whose value stands."""

    MINE = "mine"
    THEIRS = "theirs"


def merge_record(
    record: str,
    fields: Sequence[str],
    mine: Mapping[str, Mapping[str, Value]],
    in_trash: Mapping[str, Mapping[str, Value]],
    theirs: Sequence[TheirRow],
    deleted_there: frozenset[str],
    base: Base,
) -> RecordMerge:
    """Compare all rows of one record.

    `mine` and `in_trash` hold the living and the trashed rows here by uid; `deleted_there` are the uids that
    the copy which wrote the workbook had in its trash. A field that a row of `theirs` lacks is no change.
    """
    raise NotImplementedError
