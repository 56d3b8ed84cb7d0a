"""A workbook as it came back: its sheets of records, and where it came from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

from creator_crm.domain.fields import Catalogue
from creator_crm.domain.frozen import immutable
from creator_crm.exchange.sheets import Cell, Rows
from creator_crm.exchange.workbook.layout import UID_PREFIX, Origin, SheetPlan

_UID = re.compile(rf"{UID_PREFIX}(\w+)|([a-z][0-9a-z]{{11}})")


@dataclass(slots=True)
class Sheet:
    """One sheet of records as it came back: its rows below the header, and what its columns hold.

    `columns` is (place, field) of what is read, `unknown` (place, header) of what no field is known for;
    places count from 0. `order` names the fields in the order in which the marks were written, `names` the
    rows that go by another id where the workbook is brought back.
    """

    plan: SheetPlan
    name: str
    rows: Sequence[list[Cell]]
    first_line: int
    line_numbers: Sequence[int] | None
    id_column: int | None
    marks_column: int | None
    columns: tuple[tuple[int, str], ...]
    unknown: tuple[tuple[int, str], ...] = ()
    silent: Mapping[tuple[int, int], str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def order(self) -> tuple[str, ...]:
        return tuple(name for name, _ in self.plan.columns)

    def line(self, at: int) -> int:
        """The row number in the file of rows[at]."""
        return self.line_numbers[at] if self.line_numbers is not None else self.first_line + at

    def uid(self, row: Sequence[Cell]) -> str:
        """The id that a row came with, empty without one; a list that went out has it without the prefix."""
        cell = row[self.id_column] if self.id_column is not None and self.id_column < len(row) else None
        text = str(cell or "").strip()
        found = _UID.fullmatch(text)
        uid = (found[1] or found[2]) if found else ""
        return self.names.get(uid, uid)

    def marks(self, row: Sequence[Cell]) -> str:
        cell = (
            row[self.marks_column] if self.marks_column is not None and self.marks_column < len(row) else None
        )
        return cell if isinstance(cell, str) else ""

    def with_rows_of(self, other: Sheet, begins: int) -> Sheet | None:
        """This sheet with the rows of `other` that it lacks, counted from line `begins` on.

        None when it lacks none, or when the other one lacks a column and would seem to have emptied it.
        """
        places = {name: at for at, name in other.columns}
        if self.id_column is None or not places.keys() >= {name for _, name in self.columns}:
            return None
        here = {self.uid(row) for row in self.rows}
        here.discard("")
        theirs = [(at, row) for at, row in enumerate(other.rows) if other.uid(row) not in here]
        if len(theirs) < len(other.rows) and not any(other.uid(row) for _, row in theirs):
            return None
        moved = {places[name]: at for at, name in self.columns}
        if other.id_column is not None:
            moved[other.id_column] = self.id_column
        if other.marks_column is not None and self.marks_column is not None:
            moved[other.marks_column] = self.marks_column
        lines = {other.line(at): begins + n for n, (at, _) in enumerate(theirs)}
        silent = {
            (lines[line], moved[place - 1] + 1): mark
            for (line, place), mark in other.silent.items()
            if line in lines and place - 1 in moved
        }
        return replace(
            self,
            rows=[*self.rows, *(_moved(row, moved) for _, row in theirs)],
            line_numbers=[*(self.line(at) for at in range(len(self.rows))), *lines.values()],
            silent={**self.silent, **silent},
        )


@immutable
class Returned:
    """A workbook that was read: `left` tells in sentences what takes no part; `typing` is what was typed.

    `catalogue` describes what is known here, and the fields that people made in the copy that wrote it.
    """

    path: Path
    origin: Origin | None
    sheets: tuple[Sheet, ...]
    gone: Mapping[str, frozenset[str]]
    left: tuple[str, ...]
    lists: Rows
    catalogue: Catalogue
    typing: str = ""


def typing(export: str, sheets: Iterable[Sheet]) -> str:
    """What was typed into a workbook, by a name that counts as a copy of its own: EXPORT/DIGEST.

    The digest is that of the cells: a workbook that was only saved once more holds what it held before.
    """
    digest = sha256()
    for sheet in sorted(sheets, key=lambda sheet: sheet.plan.record):
        digest.update(repr((sheet.plan.record, sheet.columns, sorted(sheet.silent.items()))).encode())
        places = (sheet.id_column or 0, sheet.marks_column or 0, *(at for at, _ in sheet.columns))
        width = max(places) + 1  # programs differ in how much emptiness they save around the cells
        for row in sheet.rows:
            digest.update(repr(row[:width]).encode("utf-8", "surrogatepass"))
    return f"{export}/{digest.hexdigest()[:12]}"


def _moved(row: Sequence[Cell], places: Mapping[int, int]) -> list[Cell]:
    """A row with its cells in other places."""
    found: list[Cell] = [None] * (max(places.values()) + 1)
    for old, new in places.items():
        found[new] = row[old] if old < len(row) else None
    return found
