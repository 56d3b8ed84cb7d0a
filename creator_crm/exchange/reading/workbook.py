"""Opens and reads workbooks by asking the reading process, and makes sense of its answers or its death."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from creator_crm.exchange.errors import SheetRefused
from creator_crm.exchange.reading.compound import check_compound
from creator_crm.exchange.reading.frames import unpack_cell, unpack_rows
from creator_crm.exchange.reading.orders import Order, default_sheet, has_rows, rows_of
from creator_crm.exchange.reading.process import Died, answers, seconds_for
from creator_crm.exchange.reading.shapes import Cancel, Opened, Progress, Rows, SheetInfo

Frames = Iterator[tuple[bytes, Any]]
_LARGEST: Final = 200 * 1024 * 1024


def open_workbook(path: Path, kind: str, seconds: float | None, cancel: Cancel | None) -> Opened:
    """Look a workbook over; `kind` of container is zip or ole."""
    with opening(path, kind, {"then": None}, seconds or seconds_for(path), cancel) as (opened, _):
        return opened


@contextmanager
def opening(
    path: Path, kind: str, then: Order, seconds: float, cancel: Cancel | None
) -> Iterator[tuple[Opened, Frames]]:
    """An opened workbook, and the answers to what is wanted of it at once. Raises SheetRefused, Cancelled."""
    if path.stat().st_size > _LARGEST:
        raise SheetRefused(
            f"“{path.name}” is larger than {_LARGEST >> 20} MB. Nothing was imported; "
            "save the sheet you need as CSV and choose that file."
        )
    if kind == "ole":
        check_compound(path)
    order = {"do": "open", "path": str(path.absolute()), "name": path.name, "container": kind, **then}
    with answers(order, seconds=seconds, cancel=cancel) as frames:
        try:
            found = dict(next(frames)[1])
        except (Died, StopIteration) as error:
            raise unreadable(path) from error
        sheets = tuple(SheetInfo(s["name"], s["rows"], s["columns"], s["hidden"]) for s in found["sheets"])
        if not sheets:
            raise SheetRefused(f"“{path.name}” holds no sheet with rows. Choose a workbook that has one.")
        opened = Opened(
            path=path,
            format=found["format"],
            sheets=sheets,
            default_sheet=default_sheet(found["sheets"]),
            text=None,
            sha256=found["sha256"],
            notes=_notes(found["sheets"]),
            facts=tuple(found["sheets"]),
        )
        yield opened, frames


def open_and_read_workbook(
    path: Path, kind: str, sheet: int | None, cancel: Cancel | None, progress: Progress | None
) -> tuple[Opened, Rows]:
    """A workbook looked over, and the rows of one sheet, or of the default one, by a single process."""
    then = {"then": "rows", "sheet": sheet}
    with opening(path, kind, then, 2 * seconds_for(path), cancel) as (opened, frames):
        chosen = opened.default_sheet if sheet is None else sheet
        _check(opened, chosen)
        with suppress(Died):
            return opened, _gather(frames, opened, chosen, None, progress)
    return opened, read_workbook(opened, chosen, None, cancel, progress, None, careful=True)


def read_workbook(
    opened: Opened,
    sheet: int,
    limit: int | None,
    cancel: Cancel | None,
    progress: Progress | None,
    seconds: float | None,
    *,
    careful: bool = False,
) -> Rows:
    """One sheet's rows; by the careful reader if told to, or where calamine lacks memory for an .xlsx."""
    _check(opened, sheet)
    if not has_rows(opened.facts, sheet):
        return _none_of(opened, sheet)
    order = rows_of(opened.facts, sheet, limit)
    ways = [order["careful"]] if order["careful"] or opened.format != "xlsx" else [careful, True]
    for way in dict.fromkeys(ways):
        found = {**order_for(opened), **order, "careful": way}
        with (
            suppress(Died),
            answers(found, seconds=seconds or seconds_for(opened.path), cancel=cancel) as frames,
        ):
            return _gather(frames, opened, sheet, limit, progress)
    raise unreadable(opened.path)


def order_for(opened: Opened) -> Order:
    """What every order about an opened workbook says."""
    return {
        "path": str(opened.path.absolute()),
        "name": opened.path.name,
        "sha256": opened.sha256,
        "container": "ole" if opened.format == "xls" else "zip",
    }


def _check(opened: Opened, sheet: int) -> None:
    if not 0 <= sheet < len(opened.sheets):
        raise SheetRefused(f"“{opened.path.name}” has no sheet number {sheet + 1}. Choose one of its sheets.")


def _none_of(opened: Opened, sheet: int) -> Rows:
    facts = opened.facts[sheet]
    return Rows([], error_cells=dict(facts.get("errors", {})), uncalculated=facts.get("uncalculated", 0))


def _gather(frames: Frames, opened: Opened, sheet: int, limit: int | None, progress: Progress | None) -> Rows:
    rows = _none_of(opened, sheet)
    total = min(limit or opened.sheets[sheet].rows, opened.sheets[sheet].rows)
    lines: array[int] = array("q")
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


def _notes(sheets: Sequence[dict[str, Any]]) -> tuple[str, ...]:
    notes = []
    for sheet in sheets:
        count = sheet.get("hidden_rows", 0)
        if count and sheet["rows"]:
            why = "hidden by a filter" if sheet["filtered"] else "hidden"
            rows = "1 row is" if count == 1 else f"{count:,} rows are"
            notes.append(f"On sheet “{sheet['name']}” {rows} {why}; hidden rows are included.")
    return tuple(notes)


def unreadable(path: Path) -> SheetRefused:
    """The sentence for a workbook that the reading process died of."""
    return SheetRefused(
        f"“{path.name}” could not be read: it is damaged, or built so that reading it takes more memory than "
        "any sheet should. Nothing was imported; open it in Excel or LibreOffice and save the sheet as CSV."
    )
