"""A quick look over the XML of one worksheet, hardly slower than unpacking it: its extent and what is odd.

It counts what calamine keeps silent about (error cells, formulas without a stored value, hidden rows), and
what has to be known before a sheet is opened: one stray cell would have a reader lay out billions of blanks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

from creator_crm.exchange.reading.package import Package

_LONGEST_TAG: Final = 32 * 1024 * 1024
_P: Final = rb"(?:\w+:)?"
_FORMULA: Final = rb"<" + _P + rb"f\b[^>]*?(?:/>|>[^<]*</" + _P + rb"f>)"
_ERROR: Final = re.compile(
    rb"<" + _P + rb"c\b[^>]*\bt=[\"']e[\"'][^>]*>\s*(?:" + _FORMULA + rb")?\s*<" + _P + rb"v>([^<]*)<"
)
_UNCALCULATED: Final = re.compile(
    rb"<"
    + _P
    + rb"c\b([^>]*)>\s*"
    + _FORMULA
    + rb"\s*(?:<"
    + _P
    + rb"v\s*/>|<"
    + _P
    + rb"v></"
    + _P
    + rb"v>)?\s*</"
)
_HIDDEN: Final = re.compile(rb"<" + _P + rb"row\b[^>]*\bhidden=[\"'](?:1|true)[\"']")
_ROW: Final = re.compile(rb"<" + _P + rb"row\b[^>]*?\br=[\"'](\d+)[\"']")
_COLUMN: Final = re.compile(rb"<" + _P + rb"c\b[^>]*?\br=[\"']([A-Za-z]+)")
_LARGE: Final = 1 << 20
_FAR: Final = re.compile(rb" r=[\"'](?:[A-Za-z]{3,}\d|[A-Za-z]*\d{7})")


class SheetFacts:
    """What the XML of a sheet says about itself."""

    def __init__(self) -> None:
        self.rows = 0  # number of the last row with a value
        self.columns = 0  # as far as the rows looked at reach
        self.size = 0  # bytes of XML
        self.errors: Counter[str] = Counter()
        self.uncalculated = 0
        self.hidden_rows = 0
        self.filtered = False
        self.far = False  # a cell stands beyond column ZZ or row 1,000,000

    @property
    def sparse(self) -> bool:
        """Whether laying the sheet out as a grid would cost far more than its XML could hold values for."""
        grid = self.rows * max(self.columns, 703 if self.far else 0)
        return grid > 1_000_000 and grid > self.size


def scan_sheet(package: Package, member: str, *, careful: bool = True) -> SheetFacts:
    """Look over one worksheet part; raises SheetRefused when it is damaged or hostile.

    `careful` looks at every cell's place too; not needed where the reading process's memory is limited.
    A large part is first only searched for the marks of what would have to be counted, and mostly has none.
    """
    if package.size(member) < _LARGE:
        return _count(package, member, careful=True)
    facts = SheetFacts()
    previous, final = b"", b""
    for block in package.blocks(member):
        if not final and b' r="' not in block:
            return _count(package, member, careful=True)
        if _marked(block) or _marked(final[-16:] + block[:16]):
            return _count(package, member, careful=careful)
        facts.size += len(block)
        if not final or careful:
            _measure(facts, block[: max(block.rfind(b"</c>") + 4, 0)], 0, whole=True)
        previous, final = final, block
    _measure(facts, previous + final, 0, whole=False)
    return facts


def _marked(block: bytes) -> bool:
    # Every error begins with "#", and looking for one byte is many times faster than for four. What is not
    # there is found out twice as fast from the end.
    return (
        block.rfind(b"</f") >= 0
        or block.rfind(b"hidden=") >= 0
        or (b"#" in block and block.rfind(b't="e"') >= 0)
    )


def _count(package: Package, member: str, *, careful: bool) -> SheetFacts:
    facts = SheetFacts()
    counted, first, last = 0, True, b""
    for piece in _pieces(package, package.blocks(member)):
        facts.size += len(piece)
        counted += piece.count(b"<row") + piece.count(b":row ")
        _measure(facts, piece, counted, whole=first or careful)
        _oddities(facts, piece)
        first, last = False, piece or last
    facts.filtered = b"autoFilter" in last
    return facts


def _pieces(package: Package, blocks: Iterable[bytes]) -> Iterable[bytes]:
    """The blocks cut again where a row, or at least a cell, ends."""
    rest = b""
    for block in blocks:
        rest += block
        cut = rest.rfind(b"row>") + 4
        if cut < 4:
            cut = rest.rfind(b"c>") + 2
        if cut >= 2:
            yield rest[:cut]
            rest = rest[cut:]
        if len(rest) > _LONGEST_TAG:
            raise package.hostile("one of its cells is larger than a whole sheet")
    yield rest


def _measure(facts: SheetFacts, piece: bytes, counted: int, *, whole: bool) -> None:
    # A cell with a value ends in a tag of its own; one that is only formatted closes itself.
    at = piece.rfind(b"</c>") if b"</c>" in piece else piece.rfind(b":c>")
    if at < 0:
        return
    start = max(piece.rfind(b"<row" if b"<row" in piece else b":row", 0, at), 0)
    row = _ROW.match(piece, start) or _ROW.search(piece, max(0, start - 20), at)
    facts.rows = max(facts.rows, int(row[1]) if row else counted)
    for letters in set(_COLUMN.findall(piece, 0 if whole else max(0, len(piece) - 4096))):
        facts.columns = max(facts.columns, column_number(letters))
    facts.far = facts.far or (whole and bool(_FAR.search(piece)))
    if not facts.columns:  # cells without places: as many as the fullest row has
        rows = piece.replace(b":row", b"<row").replace(b":c ", b"<c ").replace(b"<c>", b"<c ").split(b"<row")
        facts.columns = max(row.count(b"<c ") for row in rows)


def _oddities(facts: SheetFacts, piece: bytes) -> None:
    if b't="e"' in piece or b"t='e'" in piece:
        facts.errors.update(text.decode("utf-8", "replace") for text in _ERROR.findall(piece))
    if b"<f" in piece or b":f" in piece:
        for attributes in _UNCALCULATED.findall(piece):
            facts.uncalculated += b't="str"' not in attributes
    if b"hidden=" in piece:
        facts.hidden_rows += len(_HIDDEN.findall(piece))


def column_number(letters: bytes | str) -> int:
    """1 for A, 27 for AA; 0 for no letters."""
    number = 0
    for letter in letters.upper() if isinstance(letters, bytes) else letters.upper().encode():
        number = number * 26 + letter - 64
    return number
