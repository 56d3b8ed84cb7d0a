"""Writes the team's workbook: sheets of records, a summary, a page to read, and where it came from.

openpyxl makes a workbook with everything but rows; they are put in while it is copied into its place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from creator_crm.domain.fields import Description, Kind
from creator_crm.domain.frozen import immutable
from creator_crm.exchange.errors import ExchangeError
from creator_crm.exchange.files import replacing
from creator_crm.exchange.sheet_styles import KEPT, MOST_ROWS, WIDEST, as_headers, sheet_name
from creator_crm.exchange.workbook.cells import NUMBER_FORMATS, TEXT, is_text, number_format
from creator_crm.exchange.workbook.layout import (
    GONE_SHEET,
    ID_HEADER,
    LISTS_SHEET,
    MARKS_HEADER,
    ORIGIN_SHEET,
    README_SHEET,
    SUMMARY_SHEET,
    Origin,
    SheetPlan,
)
from creator_crm.exchange.workbook.lists import Lists, Referred, drop_down
from creator_crm.exchange.workbook.names import Names
from creator_crm.exchange.workbook.origin import PROPERTY, origin_line, origin_rows, pieces
from creator_crm.exchange.workbook.readme import About, fill_readme
from creator_crm.exchange.workbook.rows import Column, SheetRows, text_xml
from creator_crm.exchange.workbook.summary import fill_summary, with_results
from creator_crm.exchange.workbook.tally import Tally

_LAST_ROW = MOST_ROWS + 1
_AT_ONCE = 500  # rows of a hidden sheet
_DIMENSION = re.compile(rb'<dimension ref="[^"]*" ?/>')
_SUMMARY_PART = "xl/worksheets/sheet1.xml"  # the first sheet
_NO_MORE_ROWS = b"</sheetData>"

Pages = Iterable[Sequence[Sequence[Any]]]


@immutable
class Sheet:
    """One kind of record: its columns, how many rows there are, and pages of them, uids as first column."""

    description: Description[Any]
    columns: tuple[Column, ...]
    count: int
    pages: Pages

    @property
    def title(self) -> str:
        return sheet_name(self.description.plural)

    @property
    def plan(self) -> SheetPlan:
        merged = tuple((c.field.name, c.header) for c in self.columns if c.merged)
        return SheetPlan(self.description.name, self.title, merged)


@immutable
class Book:
    """All that goes into a workbook; `gone` are (record, uid) of what is in the trash."""

    origin: Origin
    about: About
    sheets: tuple[Sheet, ...]
    referred: Mapping[str, Referred]
    gone: tuple[tuple[str, str], ...]


def write_workbook(path: Path, book: Book, progress: Callable[[int, int], None] | None = None) -> None:
    """Write the workbook in one piece; raises ExchangeError with what was at `path` left as it is."""
    if path.suffix.lower() != ".xlsx":
        raise ExchangeError(
            f"The team's workbook cannot be written as “{path.suffix or path.name}”. "
            "Choose a name that ends in .xlsx."
        )
    for sheet in book.sheets:
        if sheet.count > MOST_ROWS:
            raise ExchangeError(
                f"An Excel sheet holds {MOST_ROWS:,} rows and there are {sheet.count:,} "
                f"{sheet.description.plural.lower()}, so nothing was written. "
                "Leave them out, or write the workbook of one campaign."
            )
    with replacing(path) as temporary:
        _Writing(book, progress).save(temporary)


class _Writing:
    """The workbook while it is made."""

    def __init__(self, book: Book, progress: Callable[[int, int], None] | None) -> None:
        self._book, self._progress = book, progress
        self._letter = import_module("openpyxl.utils").get_column_letter
        self._made = import_module("openpyxl").Workbook()
        self._made.remove(self._made.active)
        self._lists = Lists(book.referred)
        self._done, self._total = 0, sum(sheet.count for sheet in book.sheets)
        self._parts: dict[str, Iterator[bytes]] = {}  # the rows of each sheet by its part in the package
        self._sizes: dict[str, str] = {}
        self._tally = Tally()

    def save(self, path: Path) -> None:
        summary = self._made.create_sheet(SUMMARY_SHEET)
        fill_readme(self._made.create_sheet(README_SHEET), self._book.about, self._book.sheets)
        self._styles = dict(self._all_styles(summary))
        for sheet in self._book.sheets:
            self._add(sheet)
        sheets = {sheet.description.name: sheet for sheet in self._book.sheets}
        works = fill_summary(summary, sheets, self._book.about)
        origin = list(origin_rows(self._book.origin))
        self._add_hidden(ORIGIN_SHEET, ("key", "value"), origin, len(origin))
        self._add_hidden(GONE_SHEET, ("record", "id"), self._book.gone, len(self._book.gone))
        self._add_hidden(LISTS_SHEET, self._lists.headers(), self._lists.rows(), len(self._lists))
        self._say_origin()
        empty = BytesIO()
        self._made.save(empty)
        with ZipFile(empty) as source, ZipFile(path, "w", ZIP_DEFLATED) as target:
            # The summary last: what it shows is known once all rows are written.
            for name in sorted(source.namelist(), key=lambda name: name == _SUMMARY_PART):
                with target.open(name, "w", force_zip64=name in self._parts) as part:
                    xml = source.read(name)
                    if name == _SUMMARY_PART:
                        xml = with_results(xml, works, self._tally)
                    self._copy(name, xml, part)

    def _copy(self, name: str, xml: bytes, part: IO[bytes]) -> None:
        rows = self._parts.get(name)
        if rows is None:
            part.write(xml)
            return
        head, _, rest = _DIMENSION.sub(self._sizes[name].encode(), xml, count=1).partition(_NO_MORE_ROWS)
        part.write(head)
        for some in rows:
            part.write(some)
        part.write(_NO_MORE_ROWS + rest)

    # Sheets of records -------------------------------------------------------------------------------

    def _add(self, sheet: Sheet) -> None:
        made = self._made.create_sheet(sheet.title)
        letters = [self._letter(n) for n in range(1, len(sheet.columns) + 3)]
        headers = [ID_HEADER, *(c.header for c in sheet.columns), MARKS_HEADER]
        cells = [made.cell(1, number, header) for number, header in enumerate(headers, 1)]
        as_headers(cells)
        for cell in cells:
            cell.data_type = "s"
        for letter in (letters[0], letters[-1]):
            made.column_dimensions[letter].hidden = True
            made.column_dimensions[letter].number_format = TEXT
        for letter, column in zip(letters[1:-1], sheet.columns, strict=True):
            self._lay_out(made, letter, column)
        made.freeze_panes = "C2"
        made.print_title_rows = "1:1"
        made.page_setup.orientation = "landscape"
        made.auto_filter.ref = f"A1:{letters[-1]}{max(sheet.count, 1) + 1}"
        names = [self._names(column) for column in sheet.columns]
        rows = SheetRows(sheet.title, sheet.columns, letters, self._style, names)
        self._will_hold(f"{letters[-1]}{sheet.count + 1}", self._rows(sheet, rows))

    def _lay_out(self, made: Any, letter: str, column: Column) -> None:
        field, dimension = column.field, made.column_dimensions[letter]
        dimension.width = min(max(len(column.header) + 3, field.width or 14) + 2, WIDEST)
        dimension.hidden = field.hidden
        dimension.number_format = TEXT if is_text(field) else number_format(field)
        if column.grey:
            fill = import_module("openpyxl.styles").PatternFill("solid", fgColor=KEPT)
            dimension.fill = fill
        elif offered := self._lists.offered(field):
            made.add_data_validation(drop_down(field, offered, f"{letter}2:{letter}{_LAST_ROW}"))

    def _names(self, column: Column) -> Names | None:
        if column.field.kind is not Kind.REFERENCE:
            return None
        return self._book.referred[column.field.references].names

    def _rows(self, sheet: Sheet, rows: SheetRows) -> Iterator[bytes]:
        line = 2
        for page in sheet.pages:
            if self._progress:
                self._progress(self._done, self._total)
            self._tally.add(sheet.description.name, sheet.columns, page)
            yield rows.xml(page, line).encode()
            line += len(page[0])
            self._done += len(page[0])

    def _style(self, form: str, grey: bool, quoted: bool) -> int:
        """The number of a cell style in the workbook."""
        return self._styles[form, grey, quoted]

    def _all_styles(self, sheet: Any) -> Iterator[tuple[tuple[str, bool, bool], int]]:
        """All that a cell may have: rows are made when the styles are written already."""
        make = import_module("openpyxl.cell").Cell
        fill = import_module("openpyxl.styles").PatternFill("solid", fgColor=KEPT)
        for form in NUMBER_FORMATS:
            for grey in (False, True):
                for quoted in (False, True) if form == TEXT else (False,):
                    cell = make(sheet)
                    cell.number_format, cell.quotePrefix = form, quoted
                    if grey:
                        cell.fill = fill
                    yield (form, grey, quoted), cell.style_id

    # Hidden sheets -----------------------------------------------------------------------------------

    def _add_hidden(
        self, title: str, headers: Sequence[str], rows: Iterable[tuple[str, ...]], count: int
    ) -> None:
        made = self._made.create_sheet(title)
        made.sheet_state = "hidden"
        for number, header in enumerate(headers, 1):
            made.cell(1, number, header).data_type = "s"
            made.column_dimensions[self._letter(number)].number_format = TEXT
        self._will_hold(f"{self._letter(len(headers) or 1)}{count + 1}", self._texts(rows))

    def _texts(self, rows: Iterable[tuple[str, ...]]) -> Iterator[bytes]:
        style = self._style(TEXT, False, False)
        letters: list[str] = []
        some: list[str] = []
        for line, row in enumerate(rows, 2):
            letters = letters or [self._letter(n) for n in range(1, len(row) + 1)]
            cells = [
                f'<c r="{letter}{line}" s="{style}" t="inlineStr"><is>{text_xml(text)}</is></c>'
                for letter, text in zip(letters, row, strict=True)
                if text
            ]
            some.append(f'<row r="{line}">{"".join(cells)}</row>')
            if len(some) == _AT_ONCE:
                yield "".join(some).encode()
                some.clear()
        yield "".join(some).encode()

    def _will_hold(self, last: str, rows: Iterator[bytes]) -> None:
        part = f"xl/worksheets/sheet{len(self._made.worksheets)}.xml"
        self._parts[part] = rows
        self._sizes[part] = f'<dimension ref="A1:{last}"/>'

    # Origin ------------------------------------------------------------------------------------------

    def _say_origin(self) -> None:
        custom = import_module("openpyxl.packaging.custom")
        line = origin_line(self._book.origin)
        self._made.custom_doc_props.append(custom.StringProperty(name=PROPERTY, value=line))
        defined = import_module("openpyxl.workbook.defined_name").DefinedName
        for name, text in pieces(self._book.origin).items():
            self._made.defined_names[name] = defined(name, attr_text=f'"{text}"', hidden=True)
        self._made.properties.title = self._book.about.title
        self._made.properties.creator = "Creator CRM"
        self._made.calculation.fullCalcOnLoad = True
