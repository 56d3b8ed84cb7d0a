"""Every sheet of the shared collection gives rows or one sentence, and the outcomes its index states."""

from __future__ import annotations

import csv
import datetime as dt
import json
import sys
import time
from collections.abc import Iterable
from pathlib import Path

import pytest

from creator_crm.domain.errors import Cancelled, UserError
from creator_crm.exchange.reading import process
from creator_crm.exchange.sheets import (
    Cell,
    Opened,
    Rows,
    SheetRefused,
    open_and_read,
    open_sheets,
    read_rows,
)

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data"
SHEETS = DATA / "D_spreadsheets"
pytestmark = [
    pytest.mark.skipif(
        not SHEETS.is_dir(), reason="the collection of real files is not beside this checkout"
    ),
    pytest.mark.weighs,
]


def _files() -> list[Path]:
    folders = [SHEETS, DATA / "E_crm", DATA / "A_creators"]
    return sorted(
        path for folder in folders if folder.is_dir() for path in folder.rglob("*") if path.is_file()
    )


def _read(name: str, sheet: int | None = None) -> tuple[Opened, Rows]:
    path = SHEETS / name
    if not path.is_file():
        pytest.skip(f"{name} is not in the shared collection here")
    opened = open_sheets(path)
    return opened, read_rows(opened, opened.default_sheet if sheet is None else sheet)


@pytest.mark.parametrize("path", _files(), ids=lambda path: path.name)
def test_every_file_gives_rows_or_one_sentence_in_ten_seconds_and_300_megabytes(
    path: Path, peaks: Iterable[int]
) -> None:
    started = time.monotonic()
    try:
        opened, first = open_and_read(path)
        everything = [
            first if at == opened.default_sheet else read_rows(opened, at) for at in range(len(opened.sheets))
        ]
    except UserError as error:
        assert path.name in str(error) and str(error).endswith(".") and "\n" not in str(error)
    else:
        kinds = {type(cell) for rows in everything for row in rows.rows for cell in row}
        assert kinds <= {str, int, float, bool, type(None), dt.date, dt.datetime, dt.time}
        for rows, info in zip(everything, opened.sheets, strict=True):
            assert all(rows.line(at) < rows.line(at + 1) for at in range(len(rows.rows) - 1))
            assert not rows.rows or opened.text or rows.line(len(rows.rows) - 1) == info.rows
    assert time.monotonic() - started < 10
    assert max(peaks, default=0) < 300 * 1024


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("~$data analytics.xlsx", "lock file"),
        ("calamine/pass_protected.xlsx", "password"),
        ("calamine/pass_protected.xlsb", "password"),
        ("poi/protected_passtika.xlsx", "password"),
        ("poi/protected_passtika.xlsb", "password"),
        ("poi/password.xls", "password"),
        ("sheetjs/password_2002_40_xor.xls", "password"),
        ("poi/poc-xmlbomb.xlsx", "DTD"),
        ("poi/54764-2.xlsx", "DTD"),
        ("poi/duplicate-filename.xlsx", "two parts of the same name"),
        ("poi/xlsx-corrupted.xlsx", "damaged"),
        ("poi/testEXCEL_4.xls", "very old Excel"),
        ("calamine/OOM_alloc3.xls", "damaged"),
        ("calamine/too_small.xls", "not an Excel file"),
        ("calamine/issue_594_dos.ods", "more cells than any sheet"),
        ("poi/Simple.xlsb", "can't be read"),
        ("sheetjs/minimal_112.numbers", "Numbers"),
        ("sheetjs/word_doc.doc", "Word"),
        ("sheetjs/write.slk", "SYLK"),
        ("sheetjs/row_height.xml", "Excel 2003"),
        ("csv/csvkit/empty.csv", "is empty"),
    ],
)
def test_what_can_not_be_read_says_what_it_is_and_what_to_do(name: str, expected: str) -> None:
    with pytest.raises(SheetRefused) as refusal:
        _read(name)
    assert expected in str(refusal.value)


@pytest.mark.parametrize(
    "path", sorted((SHEETS / "csv" / "csv-spectrum").glob("*.csv")), ids=lambda path: path.stem
)
def test_the_csv_conformance_cases_equal_their_records(path: Path) -> None:
    header, *rows = read_rows(open_sheets(path)).rows
    records = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    if isinstance(records, dict):
        records = [records]
        # The case's own record has another number than its CSV.
        records[0]["Contact Phone Number"] = "2095257564"

    assert [
        {str(key): value or "" for key, value in zip(header, row, strict=True)} for row in rows
    ] == records


@pytest.mark.parametrize(
    ("name", "sheet", "expected"),
    [
        ("sheetjs/ErrorTypes.xlsx", 0, "ErrorTypes.xlsx.0.csv"),
        ("sheetjs/interview.xlsx", 0, "interview.xlsx.0.csv"),
        ("sheetjs/interview.xlsx", 1, "interview.xlsx.1.csv"),
        ("sheetjs/merge_cells.xlsx", 0, "merge_cells.xlsx.0.csv"),
        ("sheetjs/mixed_sheets.xlsx", 0, "mixed_sheets.xlsx.0.csv"),
        ("sheetjs/mixed_sheets.xlsx", 1, "mixed_sheets.xlsx.1.csv"),
        ("sheetjs/mixed_sheets.xlsx", 2, "mixed_sheets.xlsx.2.csv"),
        ("sheetjs/crlf__crlf.xlsx", 0, "crlf.csv"),
    ],
)
def test_a_workbook_holds_what_excel_itself_wrote_from_it(name: str, sheet: int, expected: str) -> None:
    _, rows = _read(name, sheet)
    path = SHEETS / "sheetjs" / "expected" / expected
    with path.open(encoding="cp1252" if "merge" in expected else "utf-8-sig", newline=None) as file:
        wanted = list(csv.reader(file))

    got = [[_as_excel_shows(cell) for cell in row] for row in rows.rows]
    wanted = [
        ["" if cell.startswith("#") and cell.rstrip("!?").isupper() else cell for cell in row]
        for row in wanted
    ]
    wanted = [row[: len(got[0])] for row in wanted[: len(got)]]

    assert _without_error_texts(got) == _without_error_texts(wanted)


def _as_excel_shows(cell: Cell) -> str:
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, dt.date):
        return f"{cell:%m/%d/%y}"
    return "" if cell is None else str(cell)


def _without_error_texts(rows: list[list[str]]) -> list[list[str]]:
    return [["" if cell.startswith("#") else cell.strip() for cell in row] for row in rows]


def test_dates_of_the_1904_system_are_not_four_years_wrong() -> None:
    for name in ("1904__1900", "1904__1904"):
        _, rows = _read(f"sheetjs/{name}.xlsx")
        for row in rows.rows:
            assert isinstance(row[1], dt.date) and row[1].isoformat() == row[2] == row[3]
    assert _read("calamine/date_1904.xlsx")[1].rows[0][0] == dt.date(2021, 1, 1)
    twins = [_read(f"poi/{name}DateWindowing.xls")[1].rows for name in ("1900", "1904")]
    assert twins[0] == twins[1] == [[dt.date(2000, 1, 1)] * 2]


def test_the_kinds_of_a_cell_are_told_apart() -> None:
    _, rows = _read("calamine/date.xlsx")
    assert rows.rows[:2] == [[dt.date(2021, 1, 1), 15], [dt.date(2021, 1, 2), 16]]
    assert all(type(row[1]) is int for row in rows.rows[:2])
    assert [row[0] for row in _read("calamine/date_quoted_format.xlsx")[1].rows] == [dt.date(2021, 1, 1)] * 4
    assert _read("calamine/date_iso.xlsx")[1].rows[1] == [dt.datetime(2021, 1, 1, 10, 10, 10)]
    assert _read("calamine/xls_wrong_decimals.xls")[1].rows == [[0.525625]]
    assert _read("calamine/string-ref.xlsx")[1].rows[1] == ["-8086931554011838357"]
    assert _read("poi/bug67784.xlsx")[1].rows[:2] == [[False, None], [True, None]]


def test_a_sheet_without_places_equals_the_one_excel_repaired() -> None:
    assert _read("calamine/issue_261.xlsx")[1].rows == _read("calamine/issue_261_fixed_by_excel.xlsx")[1].rows


def test_furigana_is_not_glued_to_the_text() -> None:
    assert _read("calamine/rph.xlsx")[1].rows == [["課きく　毛こ"]]
    assert _read("sheetjs/phonetic_text.xlsx")[1].rows == [["漢字"], ["漢字withColor"]]


def test_hidden_sheets_are_marked_and_not_proposed() -> None:
    opened, _ = _read("calamine/any_sheets.xlsx")
    assert [(sheet.name, sheet.hidden) for sheet in opened.sheets] == [
        ("Visible", False),
        ("Hidden", True),
        ("VeryHidden", True),
    ]
    opened, rows = _read("poi/TwoSheetsOneHidden.xlsx")
    assert [sheet.hidden for sheet in opened.sheets] == [True, False]
    assert rows.rows == [["Sheet2A1"]]
    strict, _ = _read("sheetjs/sheet_visibility_strict.xlsx")
    assert [sheet.hidden for sheet in strict.sheets] == [False, True, True]


def test_rows_hidden_by_a_filter_are_included_and_said() -> None:
    opened, _ = _read("sheetjs/AutoFilter.xlsx")
    assert "On sheet “One Cond” 12 rows are hidden by a filter; hidden rows are included." in opened.notes
    assert len(read_rows(opened, 2).rows) == 22


def test_error_cells_are_empty_and_counted() -> None:
    _, rows = _read("calamine/errors.xlsx")
    names = ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"]
    assert rows.error_cells == dict.fromkeys(names, 1)
    assert rows.rows == [[None]] * 7


def test_line_breaks_blanks_and_escapes_in_cells_are_kept_as_meant() -> None:
    assert _read("calamine/has_x000D_.xlsx")[1].rows == [["ABC\nDEF"]]
    assert [row[0] for row in _read("calamine/special_cells.ods")[1].rows][:2] == [
        "Split\nLine",
        "Value  With spaces",
    ]
    assert _read("calamine/inlineStr_cdata.xlsx")[1].rows[0] == ["Hello CDATA", "World"]
    assert [row[0] for row in _read("calamine/issue9.xlsx")[1].rows][1] == "test2 other"
    assert _read("sheetjs/sushi.xlsx")[1].rows == [["🍣"]]


def test_a_table_that_starts_in_the_middle_keeps_its_place() -> None:
    _, rows = _read("calamine/temperature-in-middle.xlsx")
    assert rows.first_line == 4 and rows.rows[0] == [None, None, None, "label", "value"][-len(rows.rows[0]) :]
    _, rows = _read("calamine/header-row.xlsx")
    assert (
        rows.first_row == 2
        and rows.line(rows.rows.index(next(r for r in rows.rows if r[0] == "Columns"))) == 9
    )


@pytest.mark.parametrize(
    ("name", "rows", "first"),
    [
        ("poi/59746_NoRowNums.xlsx", 71, "Checked"),
        ("poi/MalformedSSTCount.xlsx", 3, "sdgf"),
        ("poi/SampleSS.strict.xlsx", 4, "Test spreadsheet"),
        ("calamine/strict_iso_paths.xlsx", 76, "Item"),
        ("calamine/issue_530.xlsx", 5, "报表导出人："),
        ("calamine/nonstandard-xml-ns-prefix.xlsx", 3, "a"),
        ("calamine/minimal_package.xlsx", 196, "ARREST BOOKINGS for 01/30/17"),
        ("calamine/number_rows_repeated.ods", 8, "A"),
        ("calamine/biff5_write.xls", 4, 1),
        ("poi/testEXCEL_95.xls", 22, "Sample Excel Worksheet - Numbers and their Squares"),
        ("poi/chinese-provinces.xls", 4, "Provinces in China"),
        ("sheetjs/wtf_path.xlsx", 6, 1),
        ("csv/csvkit/ne_1033_data.xlsx", 1037, None),
    ],
)
def test_unusual_but_sound_workbooks_open(name: str, rows: int, first: Cell) -> None:
    _, found = _read(name)
    assert len(found.rows) == rows
    assert first is None or found.rows[0][0] == first


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("csv/csvkit/test_latin1.csv", ["4", "5", "©"]),
        ("csv/csvkit/test_utf16_big.csv", ["4", "5", "ʤ"]),
        ("csv/csvkit/test_utf16_little.csv", ["4", "5", "ʤ"]),
        ("csv/csvkit/test_utf8_bom.csv", ["4", "5", "ʤ"]),
        ("csv/csvkit/mac_newlines.csv", ["Once upon\na time", "5", "6"]),
        ("csv/csvkit/test_locale.csv", ["1,7", "200.000.000", None]),
    ],
)
def test_text_files_of_every_encoding_give_the_same_characters(name: str, expected: list[Cell]) -> None:
    _, rows = _read(name)
    assert expected in rows.rows


def test_a_workbook_that_changed_after_it_was_opened_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    path.write_bytes((SHEETS / "calamine/date.xlsx").read_bytes())
    opened = open_sheets(path)
    path.write_bytes((SHEETS / "calamine/errors.xlsx").read_bytes())

    with pytest.raises(SheetRefused, match="has changed since"):
        read_rows(opened)


def test_a_reading_process_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    _pretend_child(monkeypatch, "import time; time.sleep(30)")
    with pytest.raises(SheetRefused, match="took longer"):
        open_sheets(SHEETS / "calamine/date.xlsx", seconds=0.2)


def test_a_reading_process_is_ended_when_the_user_cancels(monkeypatch: pytest.MonkeyPatch) -> None:
    _pretend_child(monkeypatch, "import time; time.sleep(30)")
    with pytest.raises(Cancelled):
        open_sheets(SHEETS / "calamine/date.xlsx", cancel=lambda: True)


@pytest.mark.parametrize("code", ["import os; os.abort()", "print('garbage' * 99)", "raise SystemExit(1)"])
def test_a_reading_process_that_dies_leaves_a_sentence(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    _pretend_child(monkeypatch, code)
    with pytest.raises(SheetRefused, match="could not be read"):
        open_sheets(SHEETS / "calamine/date.xlsx")


def _pretend_child(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    quiet = "import resource; resource.setrlimit(resource.RLIMIT_CORE, (0, 0)); "
    monkeypatch.setattr(process, "child_command", lambda: [sys.executable, "-S", "-c", quiet + code])
