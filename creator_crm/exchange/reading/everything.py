"""A whole workbook at once: every sheet, what stands beside the cells, and which cells only look empty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from creator_crm.exchange.errors import SheetRefused
from creator_crm.exchange.reading.frames import unpack_rows
from creator_crm.exchange.reading.process import Died, answers, seconds_for
from creator_crm.exchange.reading.shapes import Cancel, Opened, Progress, Rows
from creator_crm.exchange.reading.workbook import read_workbook


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


def read_everything(
    opened: Opened, *, cancel: Cancel | None = None, progress: Progress | None = None
) -> Everything:
    """Read an opened workbook whole. Raises SheetRefused and Cancelled."""
    wanted = [at for at, sheet in enumerate(opened.sheets) if sheet.rows]
    sparse = [at for at in wanted if opened.facts[at].get("sparse")]
    order = {
        "do": "everything",
        "path": str(opened.path.absolute()),
        "name": opened.path.name,
        "sha256": opened.sha256,
        "format": opened.format,
        "sheets": [at for at in wanted if at not in sparse],
        "silent": [at for at in wanted if _has_silent(opened.facts[at])],
        "size": sum(facts.get("size", 0) for facts in opened.facts),
    }
    total = sum(opened.sheets[at].rows for at in wanted)
    try:
        found = _gather(order, opened.path, total, cancel, progress)
        one_by_one: Sequence[int] = sparse
    except Died:  # more than its memory holds at once
        found, one_by_one = Everything(), wanted
    for at in one_by_one:
        found.sheets[at] = read_workbook(opened, at, None, cancel, None, None)
    return found


def _has_silent(facts: dict[str, Any]) -> bool:
    return bool(facts.get("errors") or facts.get("uncalculated"))


def _gather(
    order: dict[str, Any], path: Path, total: int, cancel: Cancel | None, progress: Progress | None
) -> Everything:
    found = Everything()
    sheet = Rows([])
    done = 0
    with answers(order, seconds=seconds_for(path), cancel=cancel) as frames:
        for kind, payload in frames:
            if kind == b"l":
                found.properties, found.names = payload["properties"], payload["names"]
            elif kind == b"q":
                at, cells = payload
                found.silent[at] = {(line, column): mark for line, column, mark in cells}
            elif kind == b"s":
                sheet = found.sheets[payload] = Rows([])
            elif kind == b"c":
                line, columns = payload
                sheet.first_line = sheet.first_line if sheet.rows else line
                block = unpack_rows(columns)
                sheet.rows += block
                done += len(block)
                if progress:
                    progress(done, total)
            else:
                return found
    raise SheetRefused(f"“{path.name}” could not be read to its end. Nothing was changed; save it again.")
