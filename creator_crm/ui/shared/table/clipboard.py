"""Cells as spreadsheets put them on the clipboard: tab-separated, quoted where a cell needs it."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence


def compose(rows: Iterable[Sequence[str]]) -> str:
    """The cells as text that Excel, LibreOffice and Google Sheets paste back into the same cells."""
    return "\n".join("\t".join(_quoted(cell) for cell in row) for row in rows)


def split(text: str) -> list[list[str]]:
    """The cells of a pasted text as a rectangle; lines that are short are filled with empty cells."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    text = text.removesuffix("\n")
    import csv

    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))
    rows = list(csv.reader(io.StringIO(text, newline=""), dialect="excel-tab")) if '"' in text else None
    if rows is None:
        rows = [line.split("\t") for line in text.split("\n")]
    width = max((len(row) for row in rows), default=0)
    return [[*row, *[""] * (width - len(row))] for row in rows]


def tiled(block: list[list[str]], height: int, width: int) -> list[list[str]]:
    """The block repeated over a selection it fits into a whole number of times, else the block."""
    if not block or height % len(block) or width % len(block[0]):
        return block
    return [[*row] * (width // len(row)) for row in block] * (height // len(block))


def _quoted(cell: str) -> str:
    if not any(c in cell for c in '\t\n\r"'):
        return cell
    return '"' + cell.replace('"', '""') + '"'
