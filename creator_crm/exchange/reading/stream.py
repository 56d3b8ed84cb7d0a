"""The careful reader for .xlsx: one cell after the other, for sheets no grid could be laid out for.

Slower than calamine by far, so only used where a stray cell far from the table, or a false count, makes
calamine ask for more memory than the reading process is given.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any, Final
from xml.parsers import expat

from creator_crm.exchange.reading.native import Tally
from creator_crm.exchange.reading.package import Package
from creator_crm.exchange.reading.scan import column_number

_MOST_ROWS: Final = 1_048_576
_MOST_COLUMNS: Final = 16_384
_MOST_CELLS: Final = 2_000_000
_MOST_TEXT: Final = 64_000_000
_DEEPEST: Final = 64
_ESCAPE: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_PLACE: Final = re.compile(r"([A-Za-z]{1,9})(\d{1,12})")
_NOT_DATE: Final = re.compile(r'"[^"]*"|\[(?!h+\]|m+\]|s+\])[^\]]*\]|\\.|_.', re.I)
_BUILT_IN_DATES: Final = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}


def read_sparse(
    package: Package, member: str, others: dict[str, str], since_1904: bool, tally: Tally
) -> dict[int, list[Any]]:
    """The rows that hold a value, by row number, each as long as its last value reaches."""
    strings = (
        _shared_strings(package, others["sharedStrings"])
        if package.has(others.get("sharedStrings", ""))
        else []
    )
    dates = _date_styles(package, others["styles"]) if package.has(others.get("styles", "")) else []
    reader = _Reader(package, strings, dates, since_1904, tally)
    _parse(package, member, reader)
    return dict(sorted(reader.rows.items()))


class _Reader:
    """Collects the cells of one sheet from expat's events."""

    def __init__(
        self, package: Package, strings: list[str], dates: list[bool], since_1904: bool, tally: Tally
    ) -> None:
        self.rows: dict[int, list[Any]] = {}
        self._package, self._strings, self._dates, self._tally = package, strings, dates, tally
        self._epoch = dt.datetime(1904, 1, 1) if since_1904 else dt.datetime(1899, 12, 30)
        self._row = self._column = self._cells = self._left = 0
        self._type, self._style = "n", 0
        self._text: list[str] | None = None
        self._value: list[str] = []
        self._phonetic = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "row":
            self._row = self._number(attributes["r"]) if "r" in attributes else self._row + 1
            self._column = 0
        elif tag == "c":
            self._column += 1
            if place := _PLACE.fullmatch(attributes.get("r", "")):
                self._column, self._row = column_number(place[1]), self._number(place[2])
            elif "r" in attributes:
                raise self._package.hostile(f"it has a cell at “{attributes['r'][:20]}”")
            if self._column > _MOST_COLUMNS:
                raise self._package.hostile(f"row {self._row:,} has a cell beyond the last possible column")
            self._type, self._value = attributes.get("t", "n"), []
            self._style = int(attributes["s"]) if attributes.get("s", "").isdecimal() else 0
        elif tag == "rPh":
            self._phonetic = True
        elif tag in ("v", "t") and not self._phonetic:
            self._text = self._value

    def text(self, data: str) -> None:
        if self._text is not None:
            self._left += len(data)
            if self._left > _MOST_TEXT:
                raise self._package.hostile(f"its text is endless around row {self._row:,}")
            self._text.append(data)

    def end(self, tag: str) -> None:
        if tag in ("v", "t"):
            self._text = None
        elif tag == "rPh":
            self._phonetic = False
        elif tag == "c" and self._value:
            value = self._tally.cell(self._typed("".join(self._value)), self._row, self._column)
            if value is None:
                return
            self._cells += 1
            row = self.rows.setdefault(self._row, [])
            self._cells += max(0, self._column - len(row)) // 16
            if self._cells > _MOST_CELLS:
                raise self._package.hostile("its values are scattered over more cells than can be kept")
            row.extend([None] * (self._column - len(row)))
            row[self._column - 1] = value

    def _number(self, text: str) -> int:
        number = int(text) if text.isdecimal() and len(text) < 15 else 0
        if not 1 <= number <= _MOST_ROWS:
            raise self._package.hostile(f"it has a row numbered {text[:20]}")
        return number

    def _typed(self, text: str) -> Any:
        if self._type == "s":
            at = int(text) if text.strip().isdecimal() else -1
            if 0 <= at < len(self._strings):
                return self._strings[at]
            self._tally.errors["#REF!"] += 1  # points at a text that is not there
            return None
        if self._type in ("str", "inlineStr"):
            return unescape(text)
        if self._type == "b":
            return text.strip() in ("1", "true")
        if self._type == "e":
            return None  # counted by the scan
        try:
            if self._type == "d":
                return dt.datetime.fromisoformat(text.strip().removesuffix("Z"))
            number = float(text)
        except ValueError:
            self._tally.errors["#VALUE!"] += 1
            return None
        return self._moment(number) if self._style < len(self._dates) and self._dates[self._style] else number

    def _moment(self, serial: float) -> Any:
        try:
            if 0 <= serial < 1:
                return (dt.datetime.min + dt.timedelta(days=serial)).time().replace(microsecond=0)
            # Excel counts a 29 February 1900 that never was.
            moment = self._epoch + dt.timedelta(days=serial + (self._epoch.year == 1899 and serial < 60))
        except (OverflowError, ValueError):
            return serial
        return moment.date() if moment.time() == dt.time() else moment


def unescape(text: str) -> str:
    """`_x000D_` as the character it stands for."""
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _shared_strings(package: Package, member: str) -> list[str]:
    strings: list[str] = []

    class Strings:
        parts: list[str] | None = None
        phonetic = False
        total = 0

        def start(self, tag: str, _attributes: dict[str, str]) -> None:
            if tag == "si":
                strings.append("")
            elif tag == "rPh":
                self.phonetic = True
            elif tag == "t" and not self.phonetic:
                self.parts = []

        def text(self, data: str) -> None:
            if self.parts is not None:
                self.total += len(data)
                self.parts.append(data)
                if self.total > _MOST_TEXT or len(strings) > _MOST_CELLS:
                    raise package.hostile("its list of texts is endless")

        def end(self, tag: str) -> None:
            if tag == "t" and self.parts is not None and strings:
                strings[-1] += unescape("".join(self.parts))
                self.parts = None
            elif tag == "rPh":
                self.phonetic = False

    _parse(package, member, Strings())
    return strings


def _date_styles(package: Package, member: str) -> list[bool]:
    """For each cell style, whether its number format shows a date or a time."""
    custom: dict[str, bool] = {}
    styles: list[bool] = []
    cell_styles = False
    for tag, attributes in package.xml(member):
        if tag == "numFmt":
            code = _NOT_DATE.sub("", attributes.get("formatCode", "").partition(";")[0])
            custom[attributes.get("numFmtId", "")] = (
                bool(re.search("[dmyhs]", code, re.I)) and code.lower() != "general"
            )
        elif tag in ("cellXfs", "cellStyleXfs", "cellStyles", "dxfs"):
            cell_styles = tag == "cellXfs"
        elif tag == "xf" and cell_styles:
            number = attributes.get("numFmtId", "0")
            styles.append(custom.get(number, number.isdecimal() and int(number) in _BUILT_IN_DATES))
    return styles


def _parse(package: Package, member: str, reader: Any) -> None:
    depth = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise package.hostile("its parts are nested without end")
        reader.start(tag.rpartition(" ")[2], attributes)

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        reader.end(tag.rpartition(" ")[2])

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = (
        start,
        end,
        reader.text,
    )
    try:
        for block in package.blocks(member):
            parser.Parse(block, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise package.damaged() from error
