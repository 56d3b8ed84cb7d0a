"""What calamine keeps silent about in .ods, .xlsb and .xls: error cells, and formulas never calculated.

Formats: OpenDocument 1.3 part 3, [MS-XLSB] 2.4, [MS-XLS] 2.4; what does not look as they say is passed over.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from creator_crm.exchange.reading.compound import workbook_stream
from creator_crm.exchange.reading.package import Package

_CODES: Final = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
_TABLE_OR_ERROR: Final = re.compile(
    rb"<table:table[ >]|<table:table-cell([^>]*calcext:value-type=\"error\"[^>]*)>\s*<text:p[^>]*>([^<]*)<"
)
_REPEATED: Final = re.compile(rb"number-columns-repeated=\"(\d{1,5})\"")
# [MS-XLSB] records, and those of [MS-XLS]
_CELL_ERROR, _FORMULA_ERROR = 3, 11
_BOF, _EOF, _SHEET, _FORMULA, _ERROR, _UNCALCED = 0x0809, 0x000A, 0x0085, 0x0006, 0x0205, 0x005E


@dataclass(slots=True)
class Silent:
    """What was found on one sheet."""

    errors: Counter[str] = field(default_factory=Counter)
    uncalculated: int = 0


def in_ods(package: Package) -> list[Silent]:
    """By sheet, in their order."""
    found: list[Silent] = []
    rest = b""
    for block in package.blocks("content.xml"):
        rest += block
        cut = rest.rfind(b"<table:table")
        if cut > 0:
            _count_ods(rest[:cut], found)
            rest = rest[cut:]
    _count_ods(rest, found)
    return found


def _count_ods(piece: bytes, found: list[Silent]) -> None:
    for match in _TABLE_OR_ERROR.finditer(piece):
        if match[1] is None:
            found.append(Silent())
        elif found:
            times = _REPEATED.search(match[1])
            found[-1].errors[match[2].decode("utf-8", "replace")] += int(times[1]) if times else 1


def in_xlsb(package: Package, sheets: int) -> list[Silent]:
    """By sheet, in the order of the workbook's list, as far as their parts are called as Excel calls them."""
    found = []
    for number in range(1, sheets + 1):
        sheet = Silent()
        member = f"xl/worksheets/sheet{number}.bin"
        for kind, data in _xlsb_records(package, member) if package.has(member) else ():
            if kind in (_CELL_ERROR, _FORMULA_ERROR) and len(data) > 8:
                sheet.errors[_CODES.get(data[8], "#ERROR")] += 1
        found.append(sheet)
    return found


def _xlsb_records(package: Package, member: str) -> Iterator[tuple[int, bytes]]:
    data = b"".join(package.blocks(member))
    at, end = 0, len(data)
    while at < end:
        kind = data[at]
        at += 1
        if kind & 0x80 and at < end:
            kind = (kind & 0x7F) | data[at] << 7
            at += 1
        size = shift = 0
        while at < end:
            byte = data[at]
            at += 1
            size |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80 or shift > 21:
                break
        yield kind, data[at : at + 16] if size > 16 else data[at : at + size]
        at += size


def in_xls(path: str) -> list[Silent]:
    """By sheet of whatever kind, in the order of the workbook's list."""
    stream = workbook_stream(path)
    starts = []
    for kind, at, size in _xls_records(stream, 0):
        if kind == _SHEET and size >= 4:
            starts.append(int.from_bytes(stream[at : at + 4], "little"))
    return [_count_xls(stream, start) for start in starts]


def _count_xls(stream: bytes, start: int) -> Silent:
    sheet = Silent()
    stale, formulas = False, 0
    for kind, at, size in _xls_records(stream, start):
        if kind == _ERROR and size >= 8 and stream[at + 7]:
            sheet.errors[_CODES.get(stream[at + 6], "#ERROR")] += 1
        elif kind == _FORMULA and size >= 14:
            formulas += 1
            if stream[at + 6] == 2 and stream[at + 12 : at + 14] == b"\xff\xff":
                sheet.errors[_CODES.get(stream[at + 8], "#ERROR")] += 1
        elif kind == _UNCALCED:
            stale = True
    sheet.uncalculated = formulas if stale else 0
    return sheet


def _xls_records(stream: bytes, start: int) -> Iterator[tuple[int, int, int]]:
    """Kind, place and size of each record of one substream; charts inside a sheet are left out."""
    at, depth = start, 0
    while at + 4 <= len(stream):
        kind = int.from_bytes(stream[at : at + 2], "little")
        size = int.from_bytes(stream[at + 2 : at + 4], "little")
        at += 4
        depth += (kind == _BOF) - (kind == _EOF)
        if depth <= 0:
            return
        if depth == 1:
            yield kind, at, size
        at += size
