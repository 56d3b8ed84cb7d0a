"""The lines that could not be used, with the reason beside each, as a sheet to correct and import again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from creator_crm.exchange.lists_out import Cell, Column, write_list

LINE, REASON = "Line", "What is wrong"


def write_error_workbook(
    path: Path, headers: Sequence[str], lines: Iterable[tuple[int, str, Sequence[object]]]
) -> int:
    """Write (line number, reason, cells of the line) to an .xlsx or .csv; returns how many. Raises
    ExchangeError.
    """
    columns = [Column(LINE), Column(REASON), *(Column(header) for header in headers)]
    rows = (
        [Cell(None, text=str(line)), Cell(None, text=reason), *_texts(cells, len(headers))]
        for line, reason, cells in lines
    )
    return write_list(path, "Lines with problems", columns, rows)


def _texts(cells: Sequence[object], width: int) -> list[Cell]:
    """The cells as texts, cut or filled to the width of the table."""
    texts = ["" if cell is None else str(cell) for cell in cells[:width]]
    return [Cell(None, text=text) for text in (*texts, *[""] * (width - len(texts)))]
