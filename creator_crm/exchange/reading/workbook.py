"""Opens and reads workbooks by asking the reading process, and makes sense of its answers or its death."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from creator_crm.exchange.errors import SheetRefused
from creator_crm.exchange.reading.compound import check_compound
from creator_crm.exchange.reading.frames import unpack_cell, unpack_rows
from creator_crm.exchange.reading.process import Died, answers, seconds_for
from creator_crm.exchange.reading.shapes import Cancel, Opened, Progress, Rows, SheetInfo

_LARGEST: Final = 200 * 1024 * 1024


def open_workbook(path: Path, container: str, seconds: float | None, cancel: Cancel | None) -> Opened:
    """Look a workbook over; `container` is zip or ole."""
    if path.stat().st_size > _LARGEST:
        raise SheetRefused(
            f"“{path.name}” is larger than {_LARGEST >> 20} MB. Nothing was imported; "
            "save the sheet you need as CSV and choose that file."
        )
    if container == "ole":
        check_compound(path)
    found = _ask_to_open(path, container, seconds, cancel)
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


def _ask_to_open(path: Path, kind: str, seconds: float | None, cancel: Cancel | None) -> dict[str, Any]:
    order = {"do": "open", "path": str(path.absolute()), "name": path.name, "container": kind}
    try:
        with answers(order, seconds=seconds or seconds_for(path), cancel=cancel) as frames:
            for _, payload in frames:
                return dict(payload)
    except Died as error:
        raise _unreadable(path) from error
    raise _unreadable(path)


def read_workbook(
    opened: Opened,
    sheet: int,
    limit: int | None,
    cancel: Cancel | None,
    progress: Progress | None,
    seconds: float | None,
) -> Rows:
    """One sheet's rows; where calamine runs out of memory on an .xlsx, by the careful reader."""
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
