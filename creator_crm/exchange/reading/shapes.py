"""What an opened file and its rows are, whichever reader they come from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from creator_crm.exchange.reading.frames import Cell

Cancel = Callable[[], bool]
Progress = Callable[[int, int | None], None]  # rows so far, rows in all where known


@dataclass(frozen=True, slots=True)
class SheetInfo:
    """One sheet. `rows` reaches from row 1 to the last value; a text file's rows are not counted: 0."""

    name: str
    rows: int
    columns: int
    hidden: bool


@dataclass(frozen=True, slots=True)
class TextChoices:
    """How a text file is being understood, and what else it could be; not certain means: show it and ask."""

    encoding: str
    delimiter: str
    encoding_certain: bool
    other_encodings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that was looked over and can be read; `format` is csv, xlsx, xls, xlsb or ods."""

    path: Path
    format: str
    sheets: tuple[SheetInfo, ...]
    default_sheet: int
    text: TextChoices | None
    sha256: str
    notes: tuple[str, ...] = ()
    facts: tuple[dict[str, Any], ...] = field(default=(), repr=False, compare=False)


@dataclass(slots=True)
class Rows:
    """The rows of one sheet, ragged ones as they are, with their places in the file and what was noticed."""

    rows: list[list[Cell]]
    first_line: int = 1  # line or row number of rows[0] in the file
    line_numbers: Sequence[int] | None = None  # for each row, when they do not simply count on from the first
    error_cells: dict[str, int] = field(default_factory=dict)
    uncalculated: int = 0
    removed_characters: int = 0
    too_long: list[tuple[int, int]] = field(
        default_factory=list
    )  # line and column of cells over 32,000 characters
    notes: tuple[str, ...] = ()

    @property
    def first_row(self) -> int:
        """How many rows of the file stand before rows[0]."""
        return self.first_line - 1

    def line(self, index: int) -> int:
        """The line or row number in the file of rows[index]."""
        return self.line_numbers[index] if self.line_numbers is not None else self.first_line + index
