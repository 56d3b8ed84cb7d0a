"""A file that is being imported: its rows, its tables, and what it was recognised as."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from creator_crm.domain.errors import UserError
from creator_crm.domain.fields import Catalogue
from creator_crm.domain.letting_go import let_go
from creator_crm.exchange.headers import filled, header_key
from creator_crm.exchange.recognise import Recognised, creator_vocabulary, known_headers, recognise_headers
from creator_crm.exchange.safe_text import unguarded
from creator_crm.exchange.shapes import ORDERS
from creator_crm.exchange.sheets import Cell, Opened, Rows, open_and_read
from creator_crm.exchange.tables_in_sheet import Table, find_tables

_PORTION = 1_000  # rows
Progress = Callable[[int, int | None], None]
Cancel = Callable[[], bool]


@dataclass
class Recognition:
    """A file looked over: what it is and why, its sheets and tables, and the rows of the one that is
    chosen.
    """

    opened: Opened
    sheet: int
    rows: Rows
    tables: tuple[Table, ...]
    chosen: int
    recognised: Recognised
    positions: list[int] = field(init=False)  # the rows of the table that hold anything, as indexes

    def __post_init__(self) -> None:
        # Here, on the thread that read the file, not when somebody first looks.
        rows = self.rows.rows
        found = [i for i in self.table.rows() if _holds_something(rows[i])]
        self.positions = found[1:] if found and self._only_explains(rows[found[0]]) else found

    @property
    def path(self) -> Path:
        return self.opened.path

    @property
    def kind(self) -> str:
        return self.recognised.kind

    @property
    def because(self) -> tuple[str, ...]:
        """The columns that say so."""
        return self.recognised.because

    @property
    def sentence(self) -> str:
        return self.recognised.sentence

    @property
    def table(self) -> Table:
        return self.tables[self.chosen]

    @property
    def header_row(self) -> int:
        """The line number of the header in the file, 0 when the table has none."""
        return self.rows.line(self.table.header) if self.table.header is not None else 0

    def _only_explains(self, row: Sequence[Cell]) -> bool:
        """Whether the line under the header says what the columns are, as TikTok's order exports do."""
        known = self.recognised.format
        if known is None or known.shape != ORDERS or known.constants.get("order.shop") != "tiktok_shop":
            return False
        numbers = {header_key(header) for header, target in known.targets.items() if target == "order.number"}
        at = next((n for n, h in enumerate(self.table.raw_headers) if header_key(h) in numbers), len(row))
        return at < len(row) and not any(c.isdigit() for c in str(row[at]))

    @cached_property
    def lines(self) -> list[int]:
        """The line number in the file of each of them."""
        return [self.rows.line(i) for i in self.positions]

    @cached_property
    def cells(self) -> list[Sequence[Cell]]:
        """The table column by column, short lines filled up."""
        width = len(self.table.headers)
        rows = self.rows.rows
        picked = [rows[i] for i in self.positions]
        if any(len(row) != width for row in picked):
            picked = [(row + [None] * (width - len(row)))[:width] for row in picked]
        columns: list[list[Cell]] = [[] for _ in range(width)]
        for start in range(0, len(picked), _PORTION):  # 100,000 at once would hold the window
            portion = zip(*picked[start : start + _PORTION], strict=True)
            for column, cells in zip(columns, portion, strict=True):
                column.extend(cells)
        return [_without_guards(column) for column in columns] if self.opened.text else [*columns]

    @cached_property
    def overfull(self) -> list[tuple[int, list[str]]]:
        """Lines with more cells than the table has columns: (line number, the cells beyond)."""
        width = len(self.table.headers)
        found = []
        for i, line in zip(self.positions, self.lines, strict=True):
            row = self.rows.rows[i]
            if len(row) > width:
                extra = [str(cell) for cell in row[width:] if cell is not None and str(cell).strip()]
                if extra:
                    found.append((line, extra))
        return found

    def let_go(self) -> None:
        """Free the rows, when nobody needs them any more."""
        let_go(*(vars(self).pop(name, None) for name in ("cells", "lines", "overfull")))
        let_go(self.positions, self.rows.rows, self.rows.line_numbers)

    @property
    def notes(self) -> tuple[str, ...]:
        """What was noticed while reading, in sentences."""
        notes = [*self.opened.notes, *self.rows.notes]
        if self.rows.removed_characters:
            notes.append(f"{self.rows.removed_characters:,} characters that no file can hold were taken out.")
        if self.rows.error_cells:
            count = sum(self.rows.error_cells.values())
            names = ", ".join(sorted(self.rows.error_cells))
            notes.append(f"{count:,} cells hold an error of the spreadsheet ({names}) and count as empty.")
        if self.rows.uncalculated:
            notes.append(
                f"{self.rows.uncalculated:,} formulas have no result yet; save the file in Excel first."
            )
        if self.opened.text and not self.opened.text.encoding_certain:
            notes.append(
                f"The letters were read as {self.opened.text.encoding}; "
                "choose another encoding if they look wrong."
            )
        if len(self.tables) > 1:
            notes.append(
                f"There are {len(self.tables)} tables on this sheet; this is number {self.chosen + 1}."
            )
        notes += [f"Line {self.rows.line(e.row):,} is left out: {e.why}." for e in self.table.excluded]
        return tuple(notes)


def _without_guards(column: Sequence[Cell]) -> Sequence[Cell]:
    """The column without the apostrophes that keep a spreadsheet from running a text of a CSV."""
    if not any(isinstance(cell, str) and cell[:1] == "'" for cell in column):
        return column
    return [unguarded(cell) if isinstance(cell, str) else cell for cell in column]


def _holds_something(row: Sequence[Cell]) -> bool:
    return any(row) and (bool(row[0] and str(row[0]).strip()) or filled(row) > 0)


def recognise(
    path: Path,
    catalogue: Catalogue,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: int | None = None,
    table: int = 0,
    header_row: int | None = None,
    cancel: Cancel | None = None,
    progress: Progress | None = None,
) -> Recognition:
    """Open a file and say what it holds; `header_row` is the header's line number in the file.

    Raises SheetRefused with one sentence for what is no sheet, UserError when it has no table, Cancelled.
    """
    opened, rows = open_and_read(
        path, sheet, encoding=encoding, delimiter=delimiter, cancel=cancel, progress=progress
    )
    chosen = opened.default_sheet if sheet is None else sheet
    vocabulary = creator_vocabulary(catalogue)
    header = None
    if header_row is not None:
        header = next((i for i in range(len(rows.rows)) if rows.line(i) == header_row), None)
        if header is None:
            raise UserError(f"“{path.name}” has no line {header_row}. Choose a line that is there.")
    tables = find_tables(rows.rows, known_headers(catalogue), header_row=header)
    if not tables:
        raise UserError(f"There are no rows in “{path.name}”. Choose another file or sheet.")
    if not 0 <= table < len(tables):
        raise UserError(f"“{path.name}” has no table number {table + 1}. Choose one of its {len(tables)}.")
    recognised = recognise_headers(tables[table].raw_headers, vocabulary, catalogue)
    return Recognition(opened, chosen, rows, tables, table, recognised)
