"""Rows of a sheet as the XML that a workbook holds, a page of columns at a time.

openpyxl makes everything else of the workbook; a million cells as its objects would take ten times as long.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from creator_crm.domain.fields import Field, Kind, Value
from creator_crm.domain.frozen import immutable
from creator_crm.exchange.errors import ExchangeError
from creator_crm.exchange.safe_text import guarded, writable
from creator_crm.exchange.sheet_styles import LONGEST_CELL, units
from creator_crm.exchange.workbook.cells import TEXT, mark, to_cell
from creator_crm.exchange.workbook.layout import UID_PREFIX
from creator_crm.exchange.workbook.names import Names

Style = Callable[[str, bool, bool], int]
"""The number of a cell style from its number format, whether it is greyed and whether it is quoted."""

_START = datetime(1899, 12, 30)
_REMEMBERED = 5000  # values of a column, so that one that comes again costs nothing
_SHORT = 100  # signs; longer texts rarely come twice
_TROUBLE = re.compile(r"[&<>\x00-\x1f\ud800-\udfff\ufffe\uffff]|_x[0-9A-Fa-f]{4}_|^\s|\s$")
_SPELLED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


@immutable
class Column:
    """One column between id and marks; what is not `merged` is there to be looked at and never read back."""

    field: Field
    header: str
    merged: bool = True

    @property
    def grey(self) -> bool:
        """Whether people are shown that the program keeps it by itself."""
        return not (self.merged and self.field.editable)


class _Written(NamedTuple):
    """A cell behind its address, nothing for an empty one, and the mark of its value."""

    xml: str
    mark: str


class SheetRows:
    """Turns the rows of one sheet into XML."""

    def __init__(
        self,
        title: str,
        columns: Sequence[Column],
        letters: Sequence[str],
        style: Style,
        names: Sequence[Names | None],
    ) -> None:
        """`letters` are those of the columns with the id first and the marks last; `names` of references."""
        self._title, self._columns = title, columns
        self._id = f'<c r="{letters[0]}'
        self._behind_id = f'" s="{style(TEXT, False, False)}" t="inlineStr"><is><t>'
        self._marks = f'<c r="{letters[-1]}'
        self._starts = [f'<c r="{letter}' for letter in letters[1:-1]]
        self._cells = [_Cells(c, style, n) for c, n in zip(columns, names, strict=True)]
        places = {c.field.name: at for at, c in enumerate(columns)}
        self._currencies = [places.get(c.field.currency) for c in columns]

    def xml(self, page: Sequence[Sequence[Any]], line: int) -> str:
        """The rows of a page of columns, uids first and references as uids, from row `line` on.

        Raises ExchangeError naming sheet, row and column of a cell that cannot be written.
        """
        uids, columns = page[0], page[1:]
        lines = range(line, line + len(uids))
        ids = [
            f"{self._id}{n}{self._behind_id}{UID_PREFIX}{uid}</t></is></c>"
            for n, uid in zip(lines, uids, strict=True)
        ]
        parts, marks = [ids], []
        for at, cells in enumerate(self._cells):
            currency = self._currencies[at]
            try:
                written = cells.written(columns[at], None if currency is None else columns[currency])
            except _TooLong as error:
                raise self._unwritable(at, line + error.row, error.length) from None
            start = self._starts[at]
            parts.append([start + str(n) + w[0] if w[0] else "" for n, w in zip(lines, written, strict=True)])
            if self._columns[at].merged:
                marks.append([w[1] for w in written])
        joined = map("".join, zip(*marks, strict=True)) if marks else [""] * len(uids)
        parts.append(
            [f"{self._marks}{n}{self._behind_id}{m}</t></is></c>" for n, m in zip(lines, joined, strict=True)]
        )
        rows = map("".join, zip(*parts, strict=True))
        return "".join([f'<row r="{n}">{row}</row>' for n, row in zip(lines, rows, strict=True)])

    def _unwritable(self, at: int, row: int, length: int) -> ExchangeError:
        return ExchangeError(
            f"Sheet “{self._title}”, row {row:,}, column “{self._columns[at].header}”: this text takes "
            f"{length:,} signs and a cell holds {LONGEST_CELL:,}, so nothing was written. "
            "Shorten it and try again."
        )


class _TooLong(Exception):
    def __init__(self, row: int, length: int) -> None:
        super().__init__()
        self.row, self.length = row, length


class _Cells:
    """The cells of one column, each different value made once."""

    def __init__(self, column: Column, style: Style, names: Names | None) -> None:
        self._field, self._grey, self._style, self._names = column.field, column.grey, style, names
        self._known: dict[Any, _Written] = {}
        self._keeps = column.field.kind not in (Kind.LONG_TEXT, Kind.DATA)

    def written(self, values: Sequence[Value], currencies: Sequence[Value] | None) -> list[_Written]:
        known, made = self._known, []
        keys: Sequence[Any] = values if currencies is None else list(zip(values, currencies, strict=True))
        for at, key in enumerate(keys):
            cell = known.get(key)
            if cell is None:
                value, currency = key if currencies is not None else (key, None)
                cell = self._make(value, currency, at)
                if self._keeps and len(cell.xml) < _SHORT + _SHORT:
                    if len(known) > _REMEMBERED:
                        known.clear()
                    known[key] = cell
            made.append(cell)
        return made

    def _make(self, value: Value, currency: str | None, row: int) -> _Written:
        if self._names is not None:
            shown, form = (self._names.text(str(value)) if value else None), TEXT
        else:
            shown, form = to_cell(self._field, value, currency)  # type: ignore[assignment]
        if shown is None:
            return _Written("", mark(value))
        if not isinstance(shown, str):
            number = repr(_serial(shown) if isinstance(shown, date) else shown)
            return _Written(f'" s="{self._style(form, self._grey, False)}"><v>{number}</v></c>', mark(value))
        if (length := units(shown)) > LONGEST_CELL:
            raise _TooLong(row, length)
        style = self._style(TEXT, self._grey, guarded(shown) != shown)
        return _Written(f'" s="{style}" t="inlineStr"><is>{text_xml(shown)}</is></c>', mark(value))


def text_xml(text: str) -> str:
    """The text as an element of XML that every reader gives back sign for sign."""
    if not _TROUBLE.search(text):
        return f"<t>{text}</t>"
    safe = _SPELLED.sub("_x005F_", text.replace("\r", "\0"))
    safe = writable(safe.replace("\0", "_x000D_"))
    safe = safe.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f'<t xml:space="preserve">{safe}</t>'


def _serial(moment: date) -> int | float:
    """The day as a spreadsheet counts it, with the part of the day that has gone by."""
    if not isinstance(moment, datetime):
        return (moment - _START.date()).days
    passed = moment - _START
    return passed.days + passed.seconds / 86_400
