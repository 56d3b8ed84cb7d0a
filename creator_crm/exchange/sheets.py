"""Opens any sheet file safely and gives its rows: text here, workbooks in a limited process of their own."""

from __future__ import annotations

import codecs
import hashlib
import os
import stat
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from creator_crm.domain.errors import Cancelled
from creator_crm.exchange.errors import ExchangeError, SheetRefused
from creator_crm.exchange.reading.compound import check_compound
from creator_crm.exchange.reading.encoding import CHOICES, find_encoding
from creator_crm.exchange.reading.frames import Cell, unpack_cell, unpack_rows
from creator_crm.exchange.reading.kinds import (
    HEAD,
    WORKBOOK_SUFFIXES,
    container,
    looks_binary,
    refuse_other_text,
)
from creator_crm.exchange.reading.process import Died, answers, seconds_for
from creator_crm.exchange.reading.text import DELIMITERS, MAX_BYTES, find_delimiter, read_text

__all__ = [
    "CHOICES",
    "DELIMITERS",
    "Cancelled",
    "Cell",
    "ExchangeError",
    "Opened",
    "Rows",
    "SheetInfo",
    "SheetRefused",
    "TextChoices",
    "open_sheets",
    "read_rows",
]

Cancel = Callable[[], bool]
Progress = Callable[[int, int | None], None]  # rows so far, rows in all where known
_LARGEST_WORKBOOK: Final = 200 * 1024 * 1024


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


def open_sheets(
    path: str | os.PathLike[str],
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    cancel: Cancel | None = None,
    seconds: float | None = None,
) -> Opened:
    """Look a file over: what it is, its sheets, how its text is understood.

    `encoding` and `delimiter` are the user's choices for a text file. Raises SheetRefused with one sentence for
    anything that is not a sheet of rows, and Cancelled.
    """
    path = Path(path)
    head = _head(path)
    kind = container(path, head)
    if kind == "text":
        return _open_text(path, head, encoding, delimiter, cancel)
    if path.stat().st_size > _LARGEST_WORKBOOK:
        raise SheetRefused(
            f"“{path.name}” is larger than {_LARGEST_WORKBOOK >> 20} MB. Nothing was imported; "
            "save the sheet you need as CSV and choose that file."
        )
    if kind == "ole":
        check_compound(path)
    found = _ask_to_open(path, kind, seconds, cancel)
    sheets = tuple(SheetInfo(s["name"], s["rows"], s["columns"], s["hidden"]) for s in found["sheets"])
    if not sheets:
        raise SheetRefused(f"“{path.name}” holds no sheet with rows. Choose a workbook that has one.")
    return Opened(
        path=path,
        format=found["format"],
        sheets=sheets,
        default_sheet=_default(sheets),
        text=None,
        sha256=found["sha256"],
        notes=_notes(found["sheets"]),
        facts=tuple(found["sheets"]),
    )


def read_rows(
    opened: Opened,
    sheet: int = 0,
    *,
    limit: int | None = None,
    cancel: Cancel | None = None,
    progress: Progress | None = None,
    seconds: float | None = None,
) -> Rows:
    """All rows of one sheet, or the first `limit`; raises SheetRefused when the file changed or can't be read."""
    if opened.text is None:
        return _read_workbook(opened, sheet, limit, cancel, progress, seconds)
    _head(opened.path)
    choices = opened.text
    if limit is None and _sha256(opened.path, cancel) != opened.sha256:
        raise SheetRefused(
            f"“{opened.path.name}” has changed since it was opened. Nothing was imported; choose the file again."
        )
    found = read_text(
        opened.path, choices.encoding, choices.delimiter, limit=limit, cancel=cancel, progress=progress
    )
    notes = []
    if found.odd_quote_line:
        notes.append(
            f"Line {found.odd_quote_line:,} has a quotation mark in an unusual place; check the rows around it."
        )
    contiguous = not found.lines or found.lines[-1] - found.lines[0] == len(found.lines) - 1
    return Rows(
        rows=found.rows,  # type: ignore[arg-type]
        first_line=found.lines[0] if found.lines else 1,
        line_numbers=None if contiguous else found.lines,
        removed_characters=found.removed_characters,
        too_long=found.too_long,
        notes=tuple(notes),
    )


def _head(path: Path) -> bytes:
    try:
        about = path.stat()
        if stat.S_ISDIR(about.st_mode):
            raise SheetRefused(f"“{path.name}” is a folder. Choose the file inside it.")
        if not stat.S_ISREG(about.st_mode):
            raise SheetRefused(f"“{path.name}” is not a file. Choose a sheet saved on this computer.")
        with path.open("rb") as file:
            head = file.read(HEAD)
    except FileNotFoundError as error:
        raise SheetRefused(f"“{path.name}” is not there any more. Choose the file again.") from error
    except PermissionError as error:
        raise SheetRefused(
            f"“{path.name}” may not be read: you lack the permission. "
            "Copy it to a folder of yours and choose the copy."
        ) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "the path is not a valid one"
        raise SheetRefused(
            f"“{path.name}” can't be read ({reason}). Copy it to this computer and choose the copy."
        ) from error
    if not head.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise SheetRefused(f"“{path.name}” is empty: there is no data in it. Choose another file.")
    return head


def _open_text(
    path: Path, head: bytes, encoding: str | None, delimiter: str | None, cancel: Cancel | None
) -> Opened:
    if path.stat().st_size > MAX_BYTES:
        raise SheetRefused(
            f"“{path.name}” is larger than {MAX_BYTES >> 20} MB. Nothing was imported; split it into smaller files."
        )
    found = find_encoding(path, head, cancel)
    if not found.name.startswith("utf-16") and looks_binary(head):
        raise SheetRefused(
            f"“{path.name}” is not a sheet, or is damaged. Nothing was imported; save it as .xlsx or CSV again."
        )
    chosen = encoding or found.name
    try:
        sample = codecs.getincrementaldecoder(chosen)("replace").decode(head)
    except LookupError as error:
        raise SheetRefused(
            f"“{chosen}” is not an encoding this program knows. Choose one from the list."
        ) from error
    refuse_other_text(path.name, sample)
    cut = find_delimiter(sample.lstrip("\ufeff"), whole=len(head) < HEAD)
    if cut is None and path.suffix.lower() in WORKBOOK_SUFFIXES:
        raise SheetRefused(
            f"“{path.name}” is not an Excel file, though it is named like one, and holds no table. Nothing was "
            "imported; save the sheet as .xlsx or CSV again."
        )
    notes = []
    if path.suffix.lower() in WORKBOOK_SUFFIXES:
        notes.append(f"“{path.name}” is named like a workbook but is a text file, and was read as one.")
    choices = TextChoices(
        encoding=chosen,
        delimiter=delimiter or cut or ",",
        encoding_certain=found.certain or encoding is not None,
        other_encodings=tuple(name for name in (found.name, *found.others) if name != chosen),
    )
    sheets = (SheetInfo(path.stem, 0, 0, hidden=False),)
    return Opened(path, "csv", sheets, 0, choices, found.sha256, tuple(notes))


def _ask_to_open(path: Path, kind: str, seconds: float | None, cancel: Cancel | None) -> dict[str, Any]:
    order = {"do": "open", "path": str(path.absolute()), "name": path.name, "container": kind}
    try:
        with answers(order, seconds=seconds or seconds_for(path), cancel=cancel) as frames:
            for _, payload in frames:
                return dict(payload)
    except Died as error:
        raise _unreadable(path) from error
    raise _unreadable(path)


def _read_workbook(
    opened: Opened,
    sheet: int,
    limit: int | None,
    cancel: Cancel | None,
    progress: Progress | None,
    seconds: float | None,
) -> Rows:
    if not 0 <= sheet < len(opened.sheets):
        raise SheetRefused(f"“{opened.path.name}” has no sheet number {sheet + 1}. Choose one of its sheets.")
    facts = opened.facts[sheet]
    noticed = {
        "error_cells": dict(facts.get("errors", {})),
        "uncalculated": facts.get("uncalculated", 0),
    }
    if not opened.sheets[sheet].rows:
        return Rows([], **noticed)
    order = {
        "do": "read",
        "path": str(opened.path.absolute()),
        "name": opened.path.name,
        "sha256": opened.sha256,
        "format": opened.format,
        "sheet": sheet,
        "size": facts.get("size", 0),
        "limit": limit,
        "careful": bool(facts.get("sparse")),
    }
    _head(opened.path)
    seconds = seconds or seconds_for(opened.path)
    total = min(limit or opened.sheets[sheet].rows, opened.sheets[sheet].rows)
    try:
        try:
            return _gather(order, noticed, seconds, total, cancel, progress)
        except Died:
            if opened.format != "xlsx" or order["careful"]:
                raise
            return _gather({**order, "careful": True}, noticed, seconds, total, cancel, progress)
    except Died as error:
        raise _unreadable(opened.path) from error


def _gather(
    order: dict[str, Any],
    noticed: dict[str, Any],
    seconds: float,
    total: int,
    cancel: Cancel | None,
    progress: Progress | None,
) -> Rows:
    rows = Rows([], **noticed)
    lines: array[int] = array("q")
    with answers(order, seconds=seconds, cancel=cancel) as frames:
        for kind, payload in frames:
            if kind == b"t":
                rows.removed_characters = payload["removed"]
                rows.too_long = payload["too_long"]
                for text, count in payload["errors"].items():
                    rows.error_cells[text] = rows.error_cells.get(text, 0) + count
            elif kind == b"c":
                line, columns = payload
                rows.first_line = rows.first_line if rows.rows else line
                rows.rows += unpack_rows(columns)
            else:
                numbers, cells = payload
                lines.extend(numbers)
                rows.rows += [[unpack_cell(cell) for cell in row] for row in cells]
            if progress and kind != b"t":
                progress(len(rows.rows), total)
    if lines:
        rows.first_line = lines[0]
        rows.line_numbers = lines
        rows.notes = _stray(rows)
    return rows


def _stray(rows: Rows) -> tuple[str, ...]:
    """Names the last cell when it stands far from the others: included, and probably a slip of the hand."""
    last = rows.line(len(rows.rows) - 1)
    widest = max(range(len(rows.rows)), key=lambda at: len(rows.rows[at]))
    notes = []
    if len(rows.rows) > 1 and last - rows.line(len(rows.rows) - 2) > 1000:
        notes.append(
            f"Row {last:,} stands far below all others; it is included. Check it is meant to be there."
        )
    others = max((len(row) for at, row in enumerate(rows.rows) if at != widest), default=0)
    if len(rows.rows[widest]) > others + 100:
        notes.append(
            f"Row {rows.line(widest):,} has a value far to the right of all others; it is included. "
            "Check it is meant to be there."
        )
    return tuple(notes)


def _default(sheets: Sequence[SheetInfo]) -> int:
    """The first visible sheet with rows; else the first visible one; else the first."""
    for wanted in (lambda s: not s.hidden and s.rows, lambda s: not s.hidden, lambda s: True):
        for at, sheet in enumerate(sheets):
            if wanted(sheet):
                return at
    return 0


def _notes(sheets: Sequence[dict[str, Any]]) -> tuple[str, ...]:
    notes = []
    for sheet in sheets:
        count = sheet.get("hidden_rows", 0)
        if count and sheet["rows"]:
            why = "hidden by a filter" if sheet["filtered"] else "hidden"
            rows = "1 row is" if count == 1 else f"{count:,} rows are"
            notes.append(f"On sheet “{sheet['name']}” {rows} {why}; hidden rows are included.")
    return tuple(notes)


def _unreadable(path: Path) -> SheetRefused:
    return SheetRefused(
        f"“{path.name}” could not be read: it is damaged, or built so that reading it takes more memory than "
        "any sheet should. Nothing was imported; open it in Excel or LibreOffice and save the sheet as CSV."
    )


def _sha256(path: Path, cancel: Cancel | None) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            if cancel and cancel():
                raise Cancelled
            digest.update(block)
    return digest.hexdigest()
