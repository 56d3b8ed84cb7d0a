"""A list as a CSV file or an Excel sheet: long numbers as text, nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from creator_crm.domain.fields import Field, Value
from creator_crm.domain.normal import show
from creator_crm.exchange.errors import ExchangeError
from creator_crm.exchange.files import replacing
from creator_crm.exchange.safe_text import guarded, writable
from creator_crm.exchange.sheet_styles import LONGEST_CELL, MOST_ROWS, WIDEST, as_header, sheet_name, units

ID_HEADER = "Creator CRM ID"
_TOLD_EVERY = 1000  # rows
_WORDS = re.compile(r"(?!(?i:true|false)\Z)[^\W\d_][^\d=]*")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a list that goes out: its header and, but for texts made elsewhere, its field."""

    header: str
    field: Field | None = None

    @property
    def width(self) -> int:
        return max(len(self.header) + 3, self.field.width if self.field else 14)


@dataclass(frozen=True, slots=True)
class Cell:
    """A value with the currency it counts in; `text` stands in for references and other names."""

    value: Value
    currency: str | None = None
    text: str | None = None


Progress = Callable[[int], None]


def write_list(
    path: Path,
    title: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell]],
    progress: Progress | None = None,
) -> int:
    """Write rows to `path` by its ending, .csv, .tsv or .xlsx; returns how many. Raises ExchangeError."""
    ending = path.suffix.lower()
    if ending in (".csv", ".tsv"):
        return _write_text(path, columns, rows, "\t" if ending == ".tsv" else ",", progress)
    if ending == ".xlsx":
        return _write_workbook(path, title, columns, rows, progress)
    raise ExchangeError(
        f"A list cannot be written as “{ending or path.name}”. "
        "Choose a name that ends in .xlsx, .csv or .tsv."
    )


def write_book(path: Path, sheets: Iterable[tuple[str, Sequence[Column], Iterable[Sequence[Cell]]]]) -> None:
    """Write several short lists, (title, columns, rows) each, to one .xlsx file. Raises ExchangeError."""
    with replacing(path) as temporary:
        book = import_module("openpyxl").Workbook(write_only=True)
        made = []
        try:
            for title, columns, rows in sheets:
                made.append(_Sheet(title, columns, book))
                for row in rows:
                    made[-1].add(row)
                made[-1].finish()
        except BaseException:
            for sheet in made:
                sheet.discard()
            raise
        book.save(temporary)


def _plain(column: Column, cell: Cell) -> str:
    if cell.text is not None:
        return writable(cell.text)
    if column.field is None:
        return writable(str(cell.value or ""))
    return writable(show(column.field, cell.value, cell.currency))


def _write_text(
    path: Path,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell]],
    delimiter: str,
    progress: Progress | None,
) -> int:
    written = 0
    with replacing(path) as temporary, temporary.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=delimiter, quoting=csv.QUOTE_ALL)
        writer.writerow([guarded(writable(column.header)) for column in columns])
        for row in _told(rows, progress):
            writer.writerow([guarded(_plain(c, cell)) for c, cell in zip(columns, row, strict=True)])
            written += 1
    return written


def _write_workbook(
    path: Path,
    title: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell]],
    progress: Progress | None,
) -> int:
    written = 0
    with replacing(path) as temporary:
        sheet = _Sheet(title, columns)
        try:
            for row in _told(rows, progress):
                if written == MOST_ROWS:
                    raise ExchangeError(
                        f"An Excel sheet holds {MOST_ROWS:,} rows and this list has more, so nothing was "
                        "written. Filter the list, or choose a name that ends in .csv."
                    )
                sheet.add(row)
                written += 1
        except BaseException:
            sheet.discard()
            raise
        sheet.save(temporary)
    return written


def _told(rows: Iterable[Sequence[Cell]], progress: Progress | None) -> Iterator[Sequence[Cell]]:
    for number, row in enumerate(rows):
        if progress and number % _TOLD_EVERY == 0:
            progress(number)
        yield row


class _Sheet:
    """One sheet of a new workbook or of `book`; its rows go to a temporary file at once, however many."""

    def __init__(self, title: str, columns: Sequence[Column], book: Any = None) -> None:
        from creator_crm.exchange.workbook.cells import to_cell

        self._to_cell = to_cell
        # openpyxl has no types; it is asked for by name, and loaded only when a workbook is written.
        self._book = book or import_module("openpyxl").Workbook(write_only=True)
        self._make = import_module("openpyxl.cell").WriteOnlyCell
        self._letter = import_module("openpyxl.utils").get_column_letter
        self._styles: dict[tuple[str, bool], Any] = {}
        self._columns = columns
        self._rows = 0
        self._sheet = self._book.create_sheet(sheet_name(title))
        self._sheet.freeze_panes = "A2"
        for index, column in enumerate(columns, 1):
            self._sheet.column_dimensions[self._letter(index)].width = min(column.width + 2, WIDEST)
        self._sheet.append(self._header())

    def _header(self) -> list[Any]:
        cells = []
        for column in self._columns:
            cell = self._text(writable(column.header))
            cell._style = copy(cell._style)  # the one it has is shared by every such text below
            as_header(cell)
            cells.append(cell)
        return cells

    def add(self, row: Sequence[Cell]) -> None:
        self._sheet.append([self._cell(c, cell) for c, cell in zip(self._columns, row, strict=True)])
        self._rows += 1

    def finish(self) -> None:
        self._sheet.auto_filter.ref = f"A1:{self._letter(len(self._columns))}{self._rows + 1}"

    def save(self, path: Path) -> None:
        self.finish()
        self._book.save(path)

    def discard(self) -> None:
        """Take back the temporary file of a sheet that is not saved; openpyxl would keep it until it ends."""
        self._sheet.close()
        self._sheet._writer.cleanup()

    def _cell(self, column: Column, cell: Cell) -> Any:
        if cell.value in (None, ()) and not cell.text:
            return None
        if cell.text is None and column.field:
            number, number_format = self._to_cell(column.field, cell.value, cell.currency)
            if not isinstance(number, str):
                return self._styled(number, number_format) if number is not None else None
        text = _plain(column, cell)
        if units(text) > LONGEST_CELL:
            raise ExchangeError(
                f"One {column.header} has {len(text):,} signs and an Excel cell holds {LONGEST_CELL:,}, "
                "so nothing was written. Shorten it, or choose a name that ends in .csv."
            )
        # Plain words stay words whatever is done with them; a cell without a style is written twice as fast.
        return text if _WORDS.fullmatch(text) else self._text(text)

    def _text(self, text: str) -> Any:
        """Text that a spreadsheet would take for a number, a date or a formula when somebody edits it."""
        made = self._styled(text, "@", guarded(text) != text)
        # openpyxl would turn "=…" into a formula and "#N/A" into an error; as a string nothing runs.
        made.data_type = "s"
        return made

    def _styled(self, value: object, number_format: str, quoted: bool = False) -> Any:
        made = self._make(self._sheet, value)
        style = self._styles.get((number_format, quoted))
        if style is None:
            made.number_format = number_format
            made.quotePrefix = quoted
            self._styles[number_format, quoted] = copy(made._style)
        else:
            made._style = style
        return made
