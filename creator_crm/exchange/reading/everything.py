"""A whole workbook at once: every sheet, what stands beside the cells, and which cells only look empty."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from creator_crm.exchange.reading.frames import unpack_rows
from creator_crm.exchange.reading.process import Died, seconds_for
from creator_crm.exchange.reading.shapes import Cancel, Opened, Progress, Rows
from creator_crm.exchange.reading.workbook import Frames, opening, read_workbook


@dataclass(slots=True)
class Everything:
    """What a workbook holds, its sheets by their place among the worksheets.

    `properties` and `names` are its custom properties and the texts it has names for; `silent` tells by row
    and column from 1 which cells read as empty and are not: the error, or "=" for a formula without a value.
    """

    sheets: dict[int, Rows] = field(default_factory=dict)
    properties: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    silent: dict[int, dict[tuple[int, int], str]] = field(default_factory=dict)


def open_everything(
    path: Path, kind: str, *, cancel: Cancel | None = None, progress: Progress | None = None
) -> tuple[Opened, Everything]:
    """A workbook looked over and read whole, by a single process. Raises SheetRefused and Cancelled."""
    then = {"then": "everything"}
    with opening(path, kind, then, 2 * seconds_for(path), cancel) as (opened, frames):
        try:
            found = _gather(frames, opened, progress)
            one_by_one = [
                at for at, facts in enumerate(opened.facts) if facts["rows"] and facts.get("sparse")
            ]
        except Died:  # more than its memory holds at once
            found = Everything()
            one_by_one = [at for at, facts in enumerate(opened.facts) if facts["rows"]]
    for at in one_by_one:
        found.sheets[at] = read_workbook(opened, at, None, cancel, None, None)
    return opened, found


def _gather(frames: Frames, opened: Opened, progress: Progress | None) -> Everything:
    found = Everything()
    sheet = Rows([])
    done, total = 0, sum(sheet.rows for sheet in opened.sheets)
    for kind, payload in frames:
        if kind == b"l":
            found.properties, found.names = payload["properties"], payload["names"]
        elif kind == b"q":
            at, cells = payload
            found.silent[at] = {(line, column): mark for line, column, mark in cells}
        elif kind == b"s":
            sheet = found.sheets[payload] = Rows([])
        else:
            line, columns = payload
            sheet.first_line = sheet.first_line if sheet.rows else line
            block = unpack_rows(columns)
            sheet.rows += block
            done += len(block)
            if progress:
                progress(done, total)
    return found
