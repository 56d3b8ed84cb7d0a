"""What people do to the shape of a workbook without changing a value in it."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping
from copy import copy
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from openpyxl import load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule, ColorScaleRule
from openpyxl.packaging.custom import BoolProperty, IntProperty
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.workbook.protection import WorkbookProtection
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.views import Pane

from creator_crm.services.workspace import Workspace

Change = Callable[[Any], None]
_BOLD, _YELLOW = Font(bold=True, color="FF0000"), PatternFill("solid", fgColor="FFFF00")


def column_of(sheet: Any, header: str) -> int:
    return next(cell.column for row in sheet.iter_rows() for cell in row if cell.value == header)


def arranged(sheet: Any, rows: list[list[Any]]) -> None:
    """Put other rows in place of those that a sheet holds."""
    sheet.delete_rows(1, sheet.max_row)
    for number, row in enumerate(rows, 1):
        for at, value in enumerate(row, 1):
            cell = sheet.cell(number, at, value)
            if isinstance(value, str):
                cell.data_type = "s"


def values(sheet: Any) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


# Rows ------------------------------------------------------------------------------------------------


def sorted_rows(book: Any) -> None:
    head, *rows = values(book["Creators"])
    arranged(book["Creators"], [head, *sorted(rows, key=lambda row: str(row[1]), reverse=True)])


def filtered_rows(book: Any) -> None:
    sheet = book["Accounts"]
    sheet.auto_filter.add_filter_column(2, ["Instagram"])
    for line in range(2, sheet.max_row + 1):
        sheet.row_dimensions[line].hidden = True


def hidden_rows(book: Any) -> None:
    for line in (1, 2, 3):
        book["Products"].row_dimensions[line].hidden = True


def grouped_rows(book: Any) -> None:
    book["Creators"].row_dimensions.group(2, 4, outline_level=1, hidden=True)
    book["Creators"].row_dimensions.group(5, 6, outline_level=2)


def empty_rows_between(book: Any) -> None:
    head, *rows = values(book["Campaigns"])
    arranged(book["Campaigns"], [head, [], *(row for one in rows for row in (one, [], []))])


def moved_rows(book: Any) -> None:
    head, *rows = values(book["Accounts"])
    random.Random(5).shuffle(rows)
    arranged(book["Accounts"], [head, *rows])


def title_above_in_merged_cells(book: Any) -> None:
    sheet = book["Tags"]
    arranged(sheet, [[None, "Our tags"], [], *values(sheet)])
    sheet.merge_cells("B1:D1")


def notes_below_in_merged_cells(book: Any) -> None:
    sheet = book["Tags"]
    sheet.merge_cells(start_row=sheet.max_row + 2, end_row=sheet.max_row + 3, start_column=2, end_column=4)


def rows_of_other_heights(book: Any) -> None:
    for line in range(1, 6):
        book["Stock movements"].row_dimensions[line].height = 5 + 10 * line


# Columns ---------------------------------------------------------------------------------------------


def moved_columns(book: Any) -> None:
    rows = values(book["Parcels"])
    order = random.Random(3).sample(range(len(rows[0])), len(rows[0]))
    arranged(book["Parcels"], [[row[at] for at in order] for row in rows])


def hidden_columns(book: Any) -> None:
    for letter in "BCDE":
        book["Creators"].column_dimensions[letter].hidden = True


def shown_columns(book: Any) -> None:
    for sheet in book.worksheets:
        for dimension in sheet.column_dimensions.values():
            dimension.hidden = False


def grouped_columns(book: Any) -> None:
    book["Accounts"].column_dimensions.group("D", "F", hidden=True)


def other_widths(book: Any) -> None:
    for at, letter in enumerate("BCDEFG"):
        book["Creators"].column_dimensions[letter].width = 3 + 20 * at


def a_column_twice(book: Any) -> None:
    sheet = book["Campaigns"]
    at, last = column_of(sheet, "Name"), sheet.max_column + 1
    for line in range(1, sheet.max_row + 1):
        sheet.cell(line, last).value = sheet.cell(line, at).value


def columns_of_their_own(book: Any) -> None:
    sheet = book["Products"]
    sheet.insert_cols(3)  # without a header: nobody's column
    sheet.cell(2, 3).value = "look again"
    last = sheet.max_column + 2
    for line in range(2, sheet.max_row + 1):
        sheet.cell(line, last).value = f"=LEN(B{line})"


# Sheets ----------------------------------------------------------------------------------------------


def sheets_in_another_order(book: Any) -> None:
    book._sheets.sort(key=lambda sheet: sheet.title, reverse=True)


def sheets_of_their_own(book: Any) -> None:
    sheet = book.create_sheet("Ideas", 0)
    for row in (["What", "Who"], ["a party", "Ana"], ["=1+1", "Bea"]):
        sheet.append(row)
    book.create_sheet("Empty")


def a_copy_of_a_sheet(book: Any) -> None:
    copied = book.copy_worksheet(book["Creators"])
    copied.title = "Creators (2)"
    copied.cell(2, 2).value = "no matter"


def a_sheet_split_in_two(book: Any) -> None:
    sheet = book["Stock movements"]
    head, *rows = values(sheet)
    arranged(sheet, [head, *rows[::2]])
    order = random.Random(4).sample(range(len(head)), len(head))
    other = book.create_sheet("Movements of Ana")
    arranged(other, [[row[at] for at in order] for row in (head, *rows[1::2])])


def hidden_sheets(book: Any) -> None:
    book["Accounts"].sheet_state = "hidden"
    book["Parcels"].sheet_state = "veryHidden"
    book["crm origin"].sheet_state = "veryHidden"
    book["crm gone"].sheet_state = "visible"


def protected_sheets(book: Any) -> None:
    for title in ("Creators", "Campaigns"):
        sheet = book[title]
        sheet.protection.sheet = True
        sheet.protection.password = "secret"
        for cell in sheet[2]:
            cell.protection = Protection(locked=False)
    book.security = WorkbookProtection(lockStructure=True)


def a_window_of_another_look(book: Any) -> None:
    book["Creators"].freeze_panes = None
    sheet = book["Accounts"]
    sheet.freeze_panes = None
    sheet.sheet_view.pane = Pane(xSplit=2000, ySplit=900, topLeftCell="C4", activePane="bottomRight")
    for sheet in book.worksheets:
        sheet.sheet_view.zoomScale = 70
        sheet.sheet_view.showGridLines = False
    book.active = 4


def tables(book: Any) -> None:
    for title in ("Creators", "Accounts"):
        sheet = book[title]
        sheet.auto_filter.ref = None
        sheet.add_table(Table(displayName=f"My{title}", ref=sheet.dimensions))


# Beside the values -----------------------------------------------------------------------------------


def comments_and_links(book: Any) -> None:
    for cell in book["Creators"][2][1:5]:
        cell.comment = Comment("Ask her.", "Bea")
    book["Creators"].cell(3, 2).hyperlink = "https://example.com/bea"


def conditional_formats(book: Any) -> None:
    rule = CellIsRule(operator="equal", formula=['"Ana"'], fill=_YELLOW)
    book["Creators"].conditional_formatting.add("B2:B99", rule)
    scale = ColorScaleRule(start_type="min", start_color="FF0000", end_type="max", end_color="00FF00")
    book["Products"].conditional_formatting.add("F2:F99", scale)


def other_formats(book: Any) -> None:
    for title in ("Products", "Parcels", "Campaigns", "Stock movements"):
        for row in book[title].iter_rows(min_row=2):
            for cell in row:
                if not isinstance(cell.value, str):
                    cell.number_format = "dd/mm/yy" if cell.is_date else "0.0"


def colours_fonts_and_borders(book: Any) -> None:
    line = Side("thick", color="00FF00")
    for row in book["Creators"].iter_rows():
        for cell in row:
            cell.font, cell.fill, cell.border = copy(_BOLD), copy(_YELLOW), Border(line, line, line, line)
            cell.alignment = Alignment(wrap_text=True, textRotation=45)


def drop_downs_of_their_own(book: Any) -> None:
    sheet = book["Tags"]
    sheet.data_validations.dataValidation.clear()
    own = DataValidation("list", formula1='"new,vip"', showErrorMessage=True, error="Choose", prompt="One")
    own.add("B2:B50")
    sheet.add_data_validation(own)


def names_and_properties(book: Any) -> None:
    book.defined_names["our_creators"] = DefinedName("our_creators", attr_text="Creators!$B$2:$B$5")
    book.custom_doc_props.append(IntProperty(name="Draft", value=7))
    book.custom_doc_props.append(BoolProperty(name="Checked", value=True))
    about = book.properties
    about.creator, about.title, about.identifier, about.category = "Bea", "Ours", "no. 7", "lists"


def charts_of_their_own(book: Any) -> None:
    chart = BarChart()
    chart.add_data(Reference(book["Products"], min_col=4, min_row=1, max_row=3), titles_from_data=True)
    book["Products"].add_chart(chart, "H8")


def printed_otherwise(book: Any) -> None:
    sheet = book["Creators"]
    sheet.print_area, sheet.oddHeader.center.text = "A1:D9", "Confidential"
    sheet.page_setup.orientation, sheet.page_setup.fitToWidth = "portrait", 1


ALONE: Mapping[str, Change] = {
    change.__name__.replace("_", " "): change
    for change in (
        sorted_rows,
        filtered_rows,
        hidden_rows,
        grouped_rows,
        empty_rows_between,
        moved_rows,
        title_above_in_merged_cells,
        notes_below_in_merged_cells,
        rows_of_other_heights,
        moved_columns,
        hidden_columns,
        shown_columns,
        grouped_columns,
        other_widths,
        a_column_twice,
        columns_of_their_own,
        sheets_in_another_order,
        sheets_of_their_own,
        a_copy_of_a_sheet,
        a_sheet_split_in_two,
        hidden_sheets,
        protected_sheets,
        a_window_of_another_look,
        tables,
        comments_and_links,
        conditional_formats,
        other_formats,
        colours_fonts_and_borders,
        drop_downs_of_their_own,
        names_and_properties,
        charts_of_their_own,
        printed_otherwise,
    )
}
"""Each leaves every value where its header and its id say it is."""

BY_THEMSELVES = {"shown columns", "title above in merged cells", "tables"}
"""Those that undo another one, or that a sheet cannot have together with it."""


def structured(path: Path) -> None:
    """Make a workspace with some rows on each of the sheets that are rearranged."""
    with Workspace.create(path) as made:
        for n, name in enumerate(("Ana", "Bea", "Cho", "Deniz", "Emre", "Fay")):
            handle = {"platform": "tiktok", "handle": name.lower()}
            made.add("creator", {"name": name, "notes": f"note {n}"}, {"account": [handle]})
            made.add("product", {"name": f"Serum {n}", "sku": f"S{n}", "currency": "EUR", "cost": 8_00 + n})
            made.add("campaign", {"name": f"Spring {n}", "starts_on": f"2026-03-0{n + 1}"})
            made.add("tag", {"name": f"tag {n}"})
            made.receive(f"S{n}", 10, on="2026-03-01")
        made.ship({"S1": 1}, [1, 2, 3])


def rearrange(path: Path, names: Iterable[str]) -> None:
    """Change the shape of a workbook, and put parts into it that only somebody else's program knows."""
    book = load_workbook(path)
    for name in names:
        ALONE[name](book)
    book.save(path)
    with ZipFile(path, "a") as package:
        package.writestr("customXml/item1.xml", '<note xmlns="urn:somebody">mine</note>')
        package.writestr("xl/private.bin", b"\x00\x01\x02")
