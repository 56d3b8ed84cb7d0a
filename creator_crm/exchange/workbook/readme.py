"""The page of the workbook that says in plain words what it is and what becomes of what is changed in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

from creator_crm.domain.frozen import immutable
from creator_crm.exchange.sheet_styles import ACCENT, font, to_print

if TYPE_CHECKING:
    from creator_crm.exchange.workbook.write import Sheet

_HOW = {
    "How to work in it": """
        Change any white cell, add rows at the end or in between, sort and filter as you like. Excel,
        LibreOffice and Google Sheets all will do.

        Cells with an arrow offer what fits. In a column that names something on another sheet, such as
        Creator, write the name as it stands there.

        Grey columns are what Creator CRM works out or keeps by itself.

        A new row needs nothing but its values. Leave the hidden first column alone: it tells which row is
        which.
    """,
    "How it goes back": """
        Save it as .xlsx, under any name, and send it to whoever has Creator CRM. They choose: Bring back a
        workbook.

        Cell by cell it is then compared with what was written into it. What only you changed is taken, what
        only they changed since stays, and where both changed the same cell they are asked.

        A row that you delete here is not deleted there without a question. Bringing a workbook back is one
        step, and can be undone.
    """,
}


@immutable
class About:
    """What the first pages say of the workbook: `scope` in sentences; `currency` most orders are in."""

    title: str
    written: str
    scope: tuple[str, ...]
    currency: str = "EUR"


def fill_readme(page: Any, about: About, sheets: Sequence[Sheet]) -> None:
    """Fill an openpyxl sheet."""
    page.sheet_view.showGridLines = False
    to_print(page)
    page.column_dimensions["A"].width = 3
    page.column_dimensions["B"].width = 30
    page.column_dimensions["C"].width = 80
    line = _heading(page, 2, about.title, 20)
    line = _paragraphs(page, line, [f"Written by Creator CRM on {about.written}.", *about.scope])
    for heading, text in _HOW.items():
        paragraphs = (" ".join(paragraph.split()) for paragraph in text.split("\n\n"))
        line = _paragraphs(page, _heading(page, line + 1, heading, 13), paragraphs)
    line = _heading(page, line + 1, "The sheets, and their rows when this was written", 13)
    for sheet in sheets:
        name = page.cell(line, 2, sheet.title)
        name.hyperlink = import_module("openpyxl.worksheet.hyperlink").Hyperlink(
            ref=name.coordinate, location=f"'{sheet.title}'!A1", display=sheet.title
        )
        name.font = font(color=ACCENT, underline="single")
        page.cell(line, 3, f"{sheet.count:,} {'row' if sheet.count == 1 else 'rows'}")
        line += 1


def _heading(page: Any, line: int, text: str, size: int) -> int:
    cell = page.cell(line, 2, text)
    cell.data_type = "s"
    cell.font = font(bold=True, size=size, color=ACCENT)
    return line + 1


def _paragraphs(page: Any, line: int, paragraphs: Iterable[str]) -> int:
    styles = import_module("openpyxl.styles")
    for text in paragraphs:
        page.merge_cells(start_row=line, start_column=2, end_row=line, end_column=3)
        cell = page.cell(line, 2, text)
        cell.data_type = "s"
        cell.alignment = styles.Alignment(wrap_text=True, vertical="top")
        page.row_dimensions[line].height = 15.5 * (1 + len(text) // 112)
        line += 1
    return line
