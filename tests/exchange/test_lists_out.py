"""Lists as files: what goes out opens everywhere, runs nowhere, and holds what it was given."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from workbooks import INJECTIONS, saved_by_libreoffice, with_libreoffice

from creator_crm.domain.fields import Field, Kind
from creator_crm.exchange.errors import ExchangeError
from creator_crm.exchange.lists_out import Cell, Column, write_list
from creator_crm.exchange.safe_text import unguarded

TEXT = Field(name="text", label="Text", kind=Kind.LONG_TEXT)


def column(kind: Kind, **options: Any) -> Column:
    return Column(kind.value, Field(name=kind.value, label=kind.value, kind=kind, **options))


def write_texts(path: Path, texts: Iterable[str]) -> Path:
    write_list(path, "Texts", [Column("Text", TEXT)], ([Cell(text)] for text in texts))
    return path


def read_csv(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_there_are_27_ways_to_inject_a_formula_here() -> None:
    assert len(set(INJECTIONS)) == 27


def test_csv_gives_every_injection_back_to_who_knows_the_guard(tmp_path: Path) -> None:
    rows = read_csv(write_texts(tmp_path / "list.csv", INJECTIONS))
    assert tuple(unguarded(row[0]) for row in rows[1:]) == INJECTIONS


def test_a_workbook_holds_every_injection_as_text_letter_by_letter(tmp_path: Path) -> None:
    sheet = load_workbook(write_texts(tmp_path / "list.xlsx", INJECTIONS)).active
    cells = [row[0] for row in sheet.iter_rows(min_row=2)]
    assert tuple(cell.value for cell in cells) == INJECTIONS
    assert {cell.data_type for cell in cells} == {"s"}
    assert cells[INJECTIONS.index("=1+1")].quotePrefix
    assert not cells[INJECTIONS.index("@ana")].quotePrefix


@with_libreoffice
def test_libreoffice_makes_no_formula_of_a_csv_list(tmp_path: Path) -> None:
    book = load_workbook(saved_by_libreoffice(write_texts(tmp_path / "list.csv", INJECTIONS), "xlsx"))
    assert [cell.value for row in book.active.iter_rows() for cell in row if cell.data_type == "f"] == []


@with_libreoffice
def test_libreoffice_saves_a_workbook_with_the_same_texts_and_no_formula(tmp_path: Path) -> None:
    digits = ("7300712345678901234567", "0049170123", "1E05", "3/4", "00123")
    book = load_workbook(
        saved_by_libreoffice(write_texts(tmp_path / "list.xlsx", (*INJECTIONS, *digits)), "xlsx")
    )
    cells = [row[0] for row in book.active.iter_rows(min_row=2)]
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
    assert tuple(cell.value for cell in cells) == (*INJECTIONS, *digits)


def test_numbers_dates_and_money_are_numbers_dates_and_money_in_the_workbook(tmp_path: Path) -> None:
    kinds = (Kind.COUNT, Kind.PERCENT, Kind.NUMBER, Kind.DATE, Kind.MONEY, Kind.MONEY, Kind.MONEY)
    columns = [column(kind) for kind in kinds]
    row = [Cell(13_800_000), Cell(46_000), Cell(2.5), Cell("2026-11-22"), Cell(1250, "EUR")]
    row += [Cell(1250, "JPY"), Cell(1250, "KWD")]
    write_list(tmp_path / "list.xlsx", "List", columns, [row])
    cells = load_workbook(tmp_path / "list.xlsx").active[2]
    assert [cell.value for cell in cells] == [
        13_800_000, 0.046, 2.5, datetime(2026, 11, 22), 12.5, 1250, 1.25,
    ]  # fmt: skip
    formats = ["#,##0", "0.0###%", "General", "yyyy-mm-dd", "#,##0.00", "#,##0", "#,##0.000"]
    assert [cell.number_format for cell in cells] == formats


def test_long_numbers_old_dates_and_choices_are_text(tmp_path: Path) -> None:
    columns = [column(Kind.IDENTIFIER), column(Kind.COUNT), column(Kind.DATE), column(Kind.FLAG)]
    columns += [column(Kind.TAGS), column(Kind.HANDLE), column(Kind.PHONE)]
    row = [Cell("7300712345678901234567"), Cell(2**53), Cell("1899-12-31"), Cell(True), Cell(("a", "b"))]
    row += [Cell("ana"), Cell("+491701234567")]
    expected = ["7300712345678901234567", str(2**53), "1899-12-31", "yes", "a, b", "@ana", "+491701234567"]
    for ending in (".xlsx", ".csv"):
        write_list(tmp_path / f"list{ending}", "List", columns, [row])
    cells = load_workbook(tmp_path / "list.xlsx").active[2]
    assert [cell.value for cell in cells] == expected
    assert {cell.data_type for cell in cells} == {"s"}
    assert read_csv(tmp_path / "list.csv")[1] == expected


def test_empty_cells_stay_empty(tmp_path: Path) -> None:
    columns = [column(kind) for kind in (Kind.TEXT, Kind.COUNT, Kind.TAGS, Kind.FLAG)]
    row = [Cell(None), Cell(None), Cell(()), Cell(False)]
    write_list(tmp_path / "list.xlsx", "List", columns, [row, [Cell("x"), Cell(0), Cell(()), Cell(False)]])
    sheet = load_workbook(tmp_path / "list.xlsx").active
    assert [[cell.value for cell in line] for line in sheet.iter_rows(min_row=2)][1][:2] == ["x", 0]
    assert [cell.value for cell in sheet[2]] == [None] * 4
    write_list(tmp_path / "list.csv", "List", columns, [row])
    assert read_csv(tmp_path / "list.csv")[1] == [""] * 4


def test_the_sheet_has_a_fixed_header_a_filter_and_a_name_that_excel_takes(tmp_path: Path) -> None:
    write_list(
        tmp_path / "list.xlsx",
        "A/B: [everything?] of last year and more",
        [Column("=x", TEXT), Column("=y", TEXT)],
        [[Cell("1"), Cell("=a")]],
    )
    sheet = load_workbook(tmp_path / "list.xlsx").active
    assert sheet.title == "AB everything of last year and "
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:B2")
    assert (sheet["A1"].value, sheet["A1"].data_type, sheet["A1"].font.bold) == ("=x", "s", True)
    assert [cell.font.bold for cell in sheet[2]] == [False, False]


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_signs_that_no_file_can_hold_do_not_cost_the_old_file(tmp_path: Path, ending: str) -> None:
    target = tmp_path / f"list{ending}"
    write_texts(target, ["old"])
    write_texts(target, ["a\ufffeb", "half \ud83d of an emoji", "nul \x00", "whole 😀"])
    if ending == ".csv":
        found = [row[0] for row in read_csv(target)[1:]]
    else:
        found = [row[0].value for row in load_workbook(target).active.iter_rows(min_row=2)]
    assert found == ["a\ufffdb", "half \ufffd of an emoji", "nul \ufffd", "whole 😀"]


def test_text_too_long_for_a_cell_is_refused_by_the_name_of_its_column(tmp_path: Path) -> None:
    target = write_texts(tmp_path / "list.xlsx", ["old"])
    before = target.read_bytes()
    write_texts(tmp_path / "fits.xlsx", ["x" * 32_767])
    with pytest.raises(ExchangeError, match="One Text has 32,768 signs and an Excel cell holds 32,767"):
        write_texts(target, ["fine", "x" * 32_768])
    assert target.read_bytes() == before
    assert {path.name for path in tmp_path.iterdir()} == {"list.xlsx", "fits.xlsx"}
    assert read_csv(write_texts(tmp_path / "list.csv", ["x" * 32_768]))[1] == ["x" * 32_768]


def test_more_rows_than_a_sheet_holds_are_refused_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("creator_crm.exchange.lists_out.MOST_ROWS", 3)
    with pytest.raises(ExchangeError, match="holds 3 rows and this list has more"):
        write_texts(tmp_path / "list.xlsx", "abcd")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["list.docx", "list", "list.xls"])
def test_an_unknown_ending_is_refused_with_those_there_are(tmp_path: Path, name: str) -> None:
    with pytest.raises(ExchangeError, match=r"ends in \.xlsx, \.csv or \.tsv"):
        write_texts(tmp_path / name, ["a"])
    assert list(tmp_path.iterdir()) == []


def test_a_tsv_list_is_separated_by_tabs_and_progress_is_told(tmp_path: Path) -> None:
    told: list[int] = []
    rows = ([Cell(f"row {n}"), Cell("b")] for n in range(2500))
    columns = [Column("A", TEXT), Column("B", TEXT)]
    assert write_list(tmp_path / "list.TSV", "List", columns, rows, told.append) == 2500
    assert (tmp_path / "list.TSV").read_bytes().startswith('\ufeff"A"\t"B"\r\n"row 0"\t"b"\r\n'.encode())
    assert told == [0, 1000, 2000]


def test_words_that_a_spreadsheet_reads_as_something_else_stay_text(tmp_path: Path) -> None:
    words = ("#N/A", "#VALUE!", "TRUE", "false", "Mar 3", "1e5", "true friend", "Ana = Bea", "Zoë", "肌")
    book = load_workbook(write_texts(tmp_path / "list.xlsx", words))
    cells = [row[0] for row in book.active.iter_rows(min_row=2)]
    assert tuple(cell.value for cell in cells) == words
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.number_format for cell in cells[:6]] == ["@"] * 6
