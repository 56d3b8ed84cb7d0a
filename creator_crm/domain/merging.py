"""Merging what a workbook brings back into what is here: three ways, cell by cell; nothing is written.

Values are in normal form, references as the uid of the row they name, so that copies agree on them. `base`
is what both sides once shared. A cell changed on one side only is taken; changed on both sides alike is no
change; changed on both sides differently is a conflict, and so is a row edited here and gone there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field as field_of
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


class Ancestor(Protocol):
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
    pasted: bool = False  # it came with an id that another row has: its uid was made for it


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
    room: tuple[tuple[str, Cell], ...] = ()  # (uid of a new row, a cell here that gives way if that comes)


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
    base: Ancestor,
) -> RecordMerge:
    """Compare all rows of one record.

    `mine` and `in_trash` hold the living and the trashed rows here by uid; `deleted_there` are the uids that
    the copy which wrote the workbook had in its trash. A field that a row of `theirs` lacks is no change.
    """
    found = _Found(tuple(fields), base)
    there = set[str]()
    for row in theirs:
        there.add(row.uid)
        found.problems += [(row.line, field, why) for field, why in row.refused.items()]
        if (here := mine.get(row.uid)) is not None:
            if not row.values.items() <= here.items():
                found.compare(row, here)
        elif (trashed := in_trash.get(row.uid)) is not None:
            found.trashed_here(row, trashed)
        else:
            found.not_here(row)
    for uid in sorted(deleted_there - there):
        if uid in mine:
            found.trashed_there(uid, mine[uid])
    missing = [
        uid
        for uid in mine
        if uid not in there and uid not in deleted_there and base.state(uid) is State.LIVING
    ]
    return RecordMerge(
        record=record,
        taken=tuple(found.taken),
        kept=tuple(found.kept),
        conflicts=tuple(found.conflicts),
        gone=tuple(found.gone),
        new=tuple(found.new),
        trashed=tuple(found.trashed),
        restored=tuple(found.restored),
        missing=tuple(missing),
        pasted=tuple(found.pasted),
        problems=tuple(found.problems),
    )


class _Found:
    """What has been found while the rows of one record are gone through."""

    def __init__(self, fields: tuple[str, ...], base: Ancestor) -> None:
        self.fields, self.base = fields, base
        self.taken, self.kept, self.conflicts = list[Cell](), list[Cell](), list[Cell]()
        self.gone = list[RowConflict]()
        self.new, self.pasted = list[TheirRow](), list[TheirRow]()
        self.trashed, self.restored = list[str](), list[str]()
        self.problems = list[tuple[int, str, str]]()

    def compare(self, row: TheirRow, here: Mapping[str, Value]) -> None:
        """A row that lives on both sides, cell by cell."""
        for cell in self._cells(row, here):
            was_mine = self.base.is_base(row.uid, cell.field, cell.mine)
            was_theirs = self.base.is_base(row.uid, cell.field, cell.theirs)
            if was_mine and not was_theirs:
                self.taken.append(cell)
            elif was_theirs and not was_mine:
                self.kept.append(cell)
            else:
                self.conflicts.append(cell)

    def trashed_here(self, row: TheirRow, trashed: Mapping[str, Value]) -> None:
        """A row that lives there and is in the trash here: who moved it, and was it edited meanwhile?"""
        state = self.base.state(row.uid)
        if state is State.TRASHED:
            self.restored.append(row.uid)
            self.compare(row, trashed)
            return
        edited = self._edited_there(row, trashed)
        if edited or state is State.UNKNOWN:
            self.gone.append(RowConflict(row.uid, Gone.HERE, edited))

    def not_here(self, row: TheirRow) -> None:
        """A row of which nothing is left here: new, unless it was here once and was removed for good."""
        state = self.base.state(row.uid)
        if state is State.ABSENT or state is State.UNKNOWN:
            (self.pasted if row.pasted else self.new).append(row)
        elif (edited := self._edited_there(row, {})) or state is State.TRASHED:
            self.gone.append(RowConflict(row.uid, Gone.HERE, edited))

    def trashed_there(self, uid: str, here: Mapping[str, Value]) -> None:
        """A row that lives here and is in the trash there."""
        if (state := self.base.state(uid)) is State.TRASHED:
            return  # it came back here since
        cells = (
            Cell(uid, field, self.base.value(uid, field), here[field], None)
            for field in self.fields
            if field in here and not self.base.is_base(uid, field, here[field])
        )
        edited = tuple(cells)
        if edited or state is State.UNKNOWN:
            self.gone.append(RowConflict(uid, Gone.THERE, edited))
        else:
            self.trashed.append(uid)

    def _cells(self, row: TheirRow, here: Mapping[str, Value]) -> Iterator[Cell]:
        """The cells that differ on the two sides."""
        for field in self.fields:
            if field in row.values and field not in row.refused:
                mine, theirs = here.get(field), _normal(row.values[field])
                if mine != theirs:
                    yield Cell(row.uid, field, self.base.value(row.uid, field), mine, theirs)

    def _edited_there(self, row: TheirRow, here: Mapping[str, Value]) -> tuple[Cell, ...]:
        """What they changed, or may have changed, in a row that is gone here."""
        edited = []
        for field in self.fields:
            if field in row.values and field not in row.refused:
                mine, theirs = here.get(field), _normal(row.values[field])
                known = self.base.is_base(row.uid, field, theirs)
                if known is False or (known is None and mine != theirs):
                    edited.append(Cell(row.uid, field, self.base.value(row.uid, field), mine, theirs))
        return tuple(edited)


def _normal(value: Value) -> Value:
    """Tags in their normal order: somebody may have written them in another one."""
    return tuple(sorted(set(value))) if isinstance(value, tuple) else value


@immutable
class Choices:
    """The answers to what one record's merge asks; what is not named here follows `prefer`.

    What they alone did goes in, unless MINE is the answer to just that cell or row. `delete` names missing
    rows that may go; `skip` names new and pasted rows that are not wanted.
    """

    prefer: Side = Side.MINE
    cells: Mapping[tuple[str, str], Side] = field_of(default_factory=dict)
    rows: Mapping[str, Side] = field_of(default_factory=dict)
    delete: frozenset[str] = frozenset()
    skip: frozenset[str] = frozenset()

    def cell(self, cell: Cell) -> Side:
        """Whose value a conflict ends with."""
        return self.cells.get((cell.uid, cell.field), self.prefer)

    def takes(self, cell: Cell) -> bool:
        """Whether a cell that they alone changed goes in."""
        return self.cells.get((cell.uid, cell.field)) is not Side.MINE

    def moves(self, uid: str) -> bool:
        """Whether a row that they alone moved to the trash, or out of it, moves here too."""
        return self.rows.get(uid) is not Side.MINE

    def row(self, row: RowConflict) -> Side:
        """Whether a row that one side edited and the other has no more stays as it is here."""
        return self.rows.get(row.uid, self.prefer)


Rows = dict[str, dict[str, Value]]


def merged(
    merge: RecordMerge,
    mine: Mapping[str, Mapping[str, Value]],
    in_trash: Mapping[str, Mapping[str, Value]],
    choices: Choices,
) -> tuple[Rows, Rows]:
    """The living and the trashed rows as they are once the merge is written as chosen."""
    living = {uid: dict(row) for uid, row in mine.items()}
    trash = {uid: dict(row) for uid, row in in_trash.items()}
    for uid in filter(choices.moves, merge.restored):
        living[uid] = trash.pop(uid)
    for row in merge.gone:
        if choices.row(row) is Side.MINE:
            continue
        if row.gone is Gone.THERE:
            trash[row.uid] = living.pop(row.uid)
        else:
            living[row.uid] = trash.pop(row.uid, {}) | {cell.field: cell.theirs for cell in row.cells}
    taken = filter(choices.takes, merge.taken)
    for cell in (*taken, *(c for c in merge.conflicts if choices.cell(c) is Side.THEIRS)):
        (living if cell.uid in living else trash)[cell.uid][cell.field] = cell.theirs
    for uid in (
        *filter(choices.moves, merge.trashed),
        *(uid for uid in merge.missing if uid in choices.delete),
    ):
        trash[uid] = living.pop(uid)
    for new in (*merge.new, *merge.pasted):
        if new.uid not in choices.skip:
            living[new.uid] = dict(new.values)
    return living, trash
