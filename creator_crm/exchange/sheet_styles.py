"""What every workbook that goes out has in common: its header, the names of its sheets, its limits."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from importlib import import_module
from typing import Any

LONGEST_CELL = 32_767  # UTF-16 units that an Excel cell holds
MOST_ROWS = 1_048_575  # below the header of an Excel sheet
WIDEST = 60
ACCENT, HEADER, KEPT = "4F46E5", "E8E8F6", "E9EBEF"


def sheet_name(title: str) -> str:
    """`title` as Excel takes it for the name of a sheet."""
    return "".join(c for c in title if c not in "[]:*?/\\'")[:31] or "List"


def font(**options: Any) -> Any:
    """A font like that of all other cells; one without a name is drawn as if typewritten by some programs."""
    return import_module("openpyxl.styles").Font(**{"name": "Calibri", "family": 2, "size": 11, **options})


def to_print(sheet: Any) -> None:
    """Lay an openpyxl sheet out on wide pages, all columns on each."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def as_header(cell: Any) -> None:
    """Make the cell of an openpyxl sheet the header of its column."""
    styles = import_module("openpyxl.styles")
    cell.font = font(bold=True)
    cell.fill = styles.PatternFill("solid", fgColor=HEADER)
    cell.alignment = styles.Alignment(vertical="top", wrap_text=True)


def as_headers(cells: Sequence[Any]) -> None:
    """As `as_header`, for cells that have no style yet: openpyxl looks for it only once."""
    as_header(cells[0])
    for cell in cells[1:]:
        cell._style = copy(cells[0]._style)


def units(text: str) -> int:
    """How much of a cell the text takes: signs outside the basic plane, such as emoji, count twice."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
