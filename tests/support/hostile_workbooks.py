"""Makes workbooks that lie, explode or are broken, for tests of the reader."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"

CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
ROOT = (
    f'<?xml version="1.0"?><Relationships xmlns="{PACKAGE}">'
    f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
TABLE = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>Handle</t></is></c>'
    '<c r="B1" t="inlineStr"><is><t>Followers</t></is></c></row>'
    '<row r="2"><c r="A2" t="inlineStr"><is><t>@ana</t></is></c><c r="B2"><v>1200</v></c></row>'
)


def sheet(rows: str = TABLE, *, before: str = "", after: str = "", prolog: str = "") -> str:
    """The XML of a worksheet around its rows."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{prolog}<worksheet xmlns="{MAIN}">{before}'
        f"<sheetData>{rows}</sheetData>{after}</worksheet>"
    )


def parts(
    rows: str = TABLE, *, shared: str | None = None, sheets: int = 1, xml: str | None = None
) -> dict[str, str | bytes]:
    """The members of a workbook; change one of them, and write it with `pack`."""
    numbers = range(1, sheets + 1)
    relations = "".join(
        f'<Relationship Id="s{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in numbers
    )
    if shared is not None:
        relations += f'<Relationship Id="t" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
    listed = "".join(f'<sheet name="Sheet{n}" sheetId="{n}" r:id="s{n}"/>' for n in numbers)
    workbook = f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>'
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": ROOT,
        "xl/workbook.xml": workbook,
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">{relations}</Relationships>',
    }
    if shared is not None:
        members["xl/sharedStrings.xml"] = shared
    for n in numbers:
        members[f"xl/worksheets/sheet{n}.xml"] = xml or sheet(rows)
    return members


def pack(path: Path, members: dict[str, str | bytes]) -> Path:
    """Write the members as a deflated zip."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return path


def strings(*texts: str, claim: str = "") -> str:
    """A shared string table, with whatever counts it claims to have."""
    return (
        f'<?xml version="1.0"?><sst xmlns="{MAIN}" {claim}>'
        + "".join(f"<si><t>{text}</t></si>" for text in texts)
        + "</sst>"
    )


Make = Callable[[Path], Path]
BOMB = '<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
FILE_ENTITY = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
WEB_DTD = '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/never.dtd">'
STRING_CELL = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'


def xml(xml: str | bytes, member: str = "xl/worksheets/sheet1.xml") -> Make:
    return lambda path: pack(path, {**parts(), member: xml})


def with_rows(rows: str, shared: str | None = None) -> Make:
    return lambda path: pack(path, parts(rows, shared=shared))


def cell(place: str, value: str = "1") -> str:
    return f'<c r="{place}"><v>{value}</v></c>'


def _big(path: Path, member: str, head: str, unit: bytes, times: int, tail: str) -> Path:
    members = parts(STRING_CELL, shared=strings("x"))
    del members[member]
    pack(path, members)
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as package,
        package.open(member, "w", force_zip64=True) as part,
    ):
        part.write(head.encode())
        block = unit * max(1, 1_000_000 // len(unit))
        for _ in range(times * len(unit) // len(block)):
            part.write(block)
        part.write(tail.encode())
    return path


def _head_and_tail() -> tuple[str, str]:
    head, _, tail = sheet("|").partition("|")
    return head, tail


def _blanks(path: Path) -> Path:
    head, tail = _head_and_tail()
    return _big(path, "xl/worksheets/sheet1.xml", head, b" ", 600_000_000, tail)


def _endless_rows(path: Path) -> Path:
    head, tail = _head_and_tail()
    return _big(path, "xl/worksheets/sheet1.xml", head, b"<row><c><v>1</v></c></row>", 4_000_000, tail)


def _endless_strings(path: Path) -> Path:
    head = f'<sst xmlns="{MAIN}">'
    return _big(path, "xl/sharedStrings.xml", head, b"<si><t/></si>", 8_000_000, "</sst>")


def formatted_rows(path: Path) -> Path:
    cells = "".join(f'<c r="{letter}{{n}}" s="1"/>' for letter in "ABCDE")
    rows = "".join(
        f'<row r="{n}" spans="1:5" s="1" customFormat="1">{cells.format(n=n)}</row>' for n in range(1, 60_001)
    )
    return pack(path, parts(rows))


def _renamed(member: str, name: str) -> Make:
    def make(path: Path) -> Path:
        members = parts()
        members[name] = members.pop(member) if member else "x"
        return pack(path, members)

    return make


def _twice(path: Path) -> Path:
    pack(path, parts())
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(path, "a") as package:
        package.writestr("xl/worksheets/sheet1.xml", sheet(cell("A1", "666")))
    return path


def _truncated(path: Path) -> Path:
    data = pack(path, parts()).read_bytes()
    path.write_bytes(data[: len(data) * 2 // 3])
    return path


def _flipped(path: Path) -> Path:
    pack(path, parts())
    with zipfile.ZipFile(path) as package:
        info = package.getinfo("xl/worksheets/sheet1.xml")
    data = bytearray(path.read_bytes())
    data[info.header_offset + 60 + len(info.filename)] ^= 0x55
    path.write_bytes(data)
    return path


def _lying_size(path: Path) -> Path:
    pack(path, parts(TABLE + "".join(f'<row r="{n}">{cell(f"A{n}")}</row>' for n in range(3, 9000))))
    data = path.read_bytes()
    at = data.rfind(b"PK\x01\x02", 0, data.rfind(b"xl/worksheets/sheet1.xml"))
    path.write_bytes(data[: at + 24] + struct.pack("<I", 400) + data[at + 28 :])
    return path


def _locked_members(path: Path) -> Path:
    data = bytearray(pack(path, parts()).read_bytes())
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 4)
    path.write_bytes(data)
    return path


def _relation(target: str, mode: str = "") -> Make:
    relations = (
        f'<Relationships xmlns="{PACKAGE}"><Relationship Id="s1" Type="{OFFICE}/worksheet" '
        f'Target="{target}" {mode}/></Relationships>'
    )
    return xml(relations, "xl/_rels/workbook.xml.rels")


def _without(member: str) -> Make:
    def make(path: Path) -> Path:
        members = parts()
        del members[member]
        return pack(path, members)

    return make


REFUSED: dict[str, tuple[Make, str]] = {
    "a gigabyte of blanks": (_blanks, "unpacks to 6"),
    "endless rows": (_endless_rows, "unpacks to 1"),
    "endless shared strings": (_endless_strings, "unpacks to 1"),
    "billion laughs in the sheet": (xml(sheet(prolog=BOMB)), "DTD"),
    "billion laughs in the strings": (with_rows(STRING_CELL, BOMB + strings("&c;")), "DTD"),
    "billion laughs in the workbook": (xml(BOMB + f'<workbook xmlns="{MAIN}"/>', "xl/workbook.xml"), "DTD"),
    "billion laughs in the content types": (xml(BOMB + CONTENT_TYPES[21:], "[Content_Types].xml"), "DTD"),
    "an entity that is a file of the computer": (xml(sheet(prolog=FILE_ENTITY)), "DTD"),
    "a DTD from the web": (xml(sheet(prolog=WEB_DTD)), "DTD"),
    "a row numbered four billion": (
        with_rows(f'{TABLE}<row r="4000000000">{cell("A4000000000")}</row>'),
        "4000000000",
    ),
    "a column ZZZZZZ": (with_rows(f'<row r="1">{cell("A1")}{cell("ZZZZZZ1")}</row>'), "last possible column"),
    "deep nesting in the workbook": (
        xml("<a>" * 9000 + "</a>" * 9000, "xl/workbook.xml"),
        "nested without end",
    ),
    "two thousand sheets": (lambda path: pack(path, parts(sheets=2000)), "2,000 sheets"),
    "a member above its folder": (_renamed("", "../../evil.xml"), "outside the file"),
    "a member on another drive": (_renamed("", "C:\\evil.xml"), "outside the file"),
    "two members of one name": (_twice, "two parts of the same name"),
    "a relation to a file of the computer": (_relation("../../../../etc/passwd"), "damaged"),
    "a relation to the web": (_relation("file:///etc/passwd", 'TargetMode="External"'), "damaged"),
    "a missing sheet part": (_without("xl/worksheets/sheet1.xml"), "damaged"),
    "a missing workbook part": (_without("xl/workbook.xml"), "damaged"),
    "a cut zip": (_truncated, "damaged"),
    "a flipped byte": (_flipped, "damaged"),
    "a size that lies": (_lying_size, "damaged"),
    "members locked with a password": (_locked_members, "encrypted"),
    "bytes that are not UTF-8": (xml(sheet().encode().replace(b"@ana", b"@an\xe9\xff")), "damaged"),
    "a character no XML may name": (xml(sheet().replace("@ana", "&#0;")), "damaged"),
    "a zip of something else": (lambda path: pack(path, {"readme.txt": "hello"}), "archive"),
    "a word document": (
        lambda path: pack(path, {"word/document.xml": "<x/>", "_rels/.rels": "x"}),
        "document",
    ),
}
