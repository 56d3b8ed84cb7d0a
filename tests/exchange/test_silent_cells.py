"""Errors and formulas never calculated are counted in every format, not only where calamine tells of them."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from creator_crm.exchange.sheets import Rows, open_sheets, read_rows

_CONTENT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" office:version="1.3">
<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"""
_MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">
<manifest:file-entry manifest:full-path="/"
 manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>"""
_TABLE = '<table:table table:name="{name}"><table:table-row>{cells}</table:table-row></table:table>'
_GOOD = (
    '<table:table-cell office:value-type="string" calcext:value-type="string"><text:p>#REF!</text:p>'
    "</table:table-cell>"
)
_BAD = (
    '<table:table-cell table:number-columns-repeated="{times}" office:value-type="string" '
    'office:string-value="" calcext:value-type="error"><text:p>{text}</text:p></table:table-cell>'
)
# In the .xls of the world: an addition, its result, and a record of the size of the one wanted.
_SUM, _ZERO, _DIV_0 = b"\x0f\x00", bytes(8), b"\x02\x00\x07\x00\x00\x00\xff\xff"
_SAVE_RECALC, _UNCALCED = b"\x5f\x00\x02\x00", b"\x5e\x00\x02\x00"


def read(path: Path, sheet: int = 0) -> Rows:
    return read_rows(open_sheets(path), sheet)


def test_error_cells_of_ods_are_counted_sheet_by_sheet(tmp_path: Path) -> None:
    first = _TABLE.format(name="A", cells=_GOOD + _BAD.format(times=1, text="#DIV/0!"))
    second = _TABLE.format(name="B", cells=_BAD.format(times=3, text="Err:502"))
    path = tmp_path / "list.ods"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("META-INF/manifest.xml", _MANIFEST)
        package.writestr("content.xml", _CONTENT.format(tables=first + second))
    assert read(path).rows == [["#REF!", None]]
    assert read(path).error_cells == {"#DIV/0!": 1}
    assert read(path, 1).error_cells == {"Err:502": 3}


@pytest.fixture
def old_sheet(shared_data: Path) -> bytes:
    return (shared_data / "D_spreadsheets/poi/UncalcedRecord.xls").read_bytes()


def test_error_cells_of_xls_are_counted(old_sheet: bytes, tmp_path: Path) -> None:
    path = tmp_path / "list.xls"
    assert old_sheet.count(_SUM + _ZERO) == 2  # once for Excel 95, once for 97
    path.write_bytes(old_sheet.replace(_SUM + _ZERO, _SUM + _DIV_0))
    assert read(path).error_cells == {"#DIV/0!": 1}
    assert read(path, 1).error_cells == {}


def test_formulas_of_an_xls_that_was_saved_uncalculated_are_counted(old_sheet: bytes, tmp_path: Path) -> None:
    path = tmp_path / "list.xls"
    path.write_bytes(old_sheet)
    assert read(path).uncalculated == 0
    path.write_bytes(old_sheet.replace(_SAVE_RECALC, _UNCALCED))
    assert read(path).uncalculated == 1


def test_error_cells_of_xlsb_are_counted(shared_data: Path, tmp_path: Path) -> None:
    path = tmp_path / "list.xlsb"
    a_date, an_error = bytes.fromhex("020c0000000001000000c028e440"), bytes.fromhex("0309000000000100000017")
    with (
        zipfile.ZipFile(shared_data / "D_spreadsheets/poi/date.xlsb") as real,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name in real.namelist():
            held = real.read(name)
            made.writestr(name, held.replace(a_date, an_error) if name.endswith("sheet1.bin") else held)
    assert read(path).error_cells == {"#REF!": 1}


def test_a_container_laid_out_wrongly_is_passed_over(old_sheet: bytes, tmp_path: Path) -> None:
    from creator_crm.exchange.reading.compound import workbook_stream
    from creator_crm.exchange.reading.silent import in_xls

    path = tmp_path / "list.xls"
    for at in range(24, 512, 4):  # every number of its head, one after the other
        path.write_bytes(old_sheet[:at] + b"\xf0\xff\xff\x7f" + old_sheet[at + 4 :])
        workbook_stream(str(path))
        in_xls(str(path))
    path.write_bytes(old_sheet[:300])
    assert in_xls(str(path)) == []
