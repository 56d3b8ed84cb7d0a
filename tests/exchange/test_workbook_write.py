"""The team's workbook as a file: whole or not there, open to every spreadsheet, and nothing in it runs."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from workbooks import (
    AWKWARD,
    INJECTIONS,
    SPELLED,
    cells_of,
    one_sheet,
    saved_by_libreoffice,
    values_of,
    with_libreoffice,
)

from creator_crm.domain.records import CATALOGUE
from creator_crm.exchange.errors import ExchangeError
from creator_crm.exchange.sheets import open_sheets, read_rows
from creator_crm.exchange.workbook.cells import NO_MARK, from_cell, mark
from creator_crm.exchange.workbook.layout import GONE_SHEET, LISTS_SHEET, ORIGIN_SHEET
from creator_crm.exchange.workbook.names import Names
from creator_crm.exchange.workbook.origin import PROPERTY, joined, origin_from, origin_rows
from creator_crm.exchange.workbook.write import write_workbook


def write(path: Path, *texts: str | None) -> Path:
    write_workbook(path, one_sheet([{"notes": text, "name": f"n{n}"} for n, text in enumerate(texts)]))
    return path


def test_there_are_64_awkward_values_here() -> None:
    assert len(set(AWKWARD)) == 64


def test_no_injection_is_a_formula_and_all_come_back_letter_by_letter(tmp_path: Path) -> None:
    cells = [row["Notes"] for row in cells_of(write(tmp_path / "team.xlsx", *INJECTIONS), "Creators")]
    # openpyxl leaves the sign of a line's end as it is spelt, every spreadsheet reads it.
    assert tuple(str(cell.value).replace("_x000D_", "\r") for cell in cells) == INJECTIONS
    assert {(cell.data_type, cell.number_format) for cell in cells} == {("s", "@")}
    assert cells[INJECTIONS.index("=1+1")].quotePrefix
    assert not cells[INJECTIONS.index("@ana")].quotePrefix


@with_libreoffice
def test_libreoffice_sees_no_formula_in_27_injections_and_keeps_58_awkward_values(tmp_path: Path) -> None:
    path = write(tmp_path / "team.xlsx", *INJECTIONS, *AWKWARD)
    cells = [row["Notes"] for row in cells_of(saved_by_libreoffice(path), "Creators")]
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
    notes = CATALOGUE["creator"].field("notes")
    kept = [from_cell(notes, cell.value) for cell in cells[len(INJECTIONS) : -len(SPELLED)]]
    assert kept == list(AWKWARD[: -len(SPELLED)])


def test_58_awkward_values_are_read_back_as_they_were(tmp_path: Path) -> None:
    opened = open_sheets(write(tmp_path / "team.xlsx", *AWKWARD))
    rows = read_rows(opened, [sheet.name for sheet in opened.sheets].index("Creators")).rows
    assert [row[2] for row in rows[1:]] == list(AWKWARD)


def test_a_sheet_has_a_fixed_header_a_filter_and_hidden_ids_and_marks(tmp_path: Path) -> None:
    write(tmp_path / "team.xlsx", "tea", None)
    sheet = load_workbook(tmp_path / "team.xlsx")["Creators"]
    assert [cell.value for cell in sheet[1]] == ["Creator CRM ID", "Name", "Notes", "Creator CRM marks"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.dimensions) == ("C2", "A1:D3", "A1:D3")
    assert [sheet.column_dimensions[letter].hidden for letter in "ABCD"] == [True, False, False, True]
    assert [cell.value for cell in sheet[2]] == ["cr_u1", "n0", "tea", mark("n0") + mark("tea")]
    assert sheet["D3"].value == mark("n1") + NO_MARK


def test_what_is_typed_below_the_last_row_stays_text(tmp_path: Path) -> None:
    write_workbook(tmp_path / "team.xlsx", one_sheet([], "product"))
    row = {"name": "Serum", "sku": "007", "price": 1250, "currency": "EUR", "archived": True}
    write_workbook(tmp_path / "full.xlsx", one_sheet([row], "product"))
    empty = load_workbook(tmp_path / "team.xlsx")["Products"]
    full = load_workbook(tmp_path / "full.xlsx")["Products"]
    assert empty.max_row == 1 and empty.column_dimensions["B"].number_format == "@"
    headers = [cell.value for cell in full[1]]
    letters = {header: full.cell(1, at).column_letter for at, header in enumerate(headers, 1)}
    forms = {header: full.column_dimensions[letter].number_format for header, letter in letters.items()}
    assert forms["SKU"] == forms["Archived"] == "@" and forms["Price"] == "#,##0.00"


def test_drop_downs_offer_choices_and_the_rows_of_other_sheets(tmp_path: Path) -> None:
    names = Names.of(CATALOGUE["creator"], [("a", "Ana"), ("b", "Bo")])
    rows = [{"creator": "b", "status": "draft"}, {"creator": None, "status": "lost"}]
    write_workbook(tmp_path / "team.xlsx", one_sheet(rows, "shipment", {"creator": names}))
    book = load_workbook(tmp_path / "team.xlsx")
    parcels, lists = book["Parcels"], book[LISTS_SHEET]
    rules = {rule.errorTitle: rule for rule in parcels.data_validations.dataValidation}
    assert rules["Creator"].errorStyle == "warning" and rules["Status"].errorStyle is None
    assert str(rules["Status"].sqref).endswith("1048576")
    start, end = rules["Creator"].formula1.split("!")[1].replace("$", "").split(":")
    assert [cell.value for (cell,) in lists[start:end]] == ["Ana", "Bo"]
    assert lists["B2"].value == "cr_a"
    assert [row["Creator"] for row in values_of(tmp_path / "team.xlsx", "Parcels")] == ["Bo", None]
    start, end = rules["Status"].formula1.split("!")[1].replace("$", "").split(":")
    statuses = [c.label for c in CATALOGUE["shipment"].field("status").choices]
    assert [cell.value for (cell,) in lists[start:end]] == statuses


def test_figures_that_the_program_works_out_are_grey_and_are_not_read_back(tmp_path: Path) -> None:
    book = one_sheet([{"name": "Ana", "followers": 12}])
    assert [field for field, _ in book.sheets[0].plan.columns] == ["name"]
    write_workbook(tmp_path / "team.xlsx", book)
    [row] = cells_of(tmp_path / "team.xlsx", "Creators")
    assert row["Followers"].fill.fgColor.rgb != row["Name"].fill.fgColor.rgb
    assert row["Creator CRM marks"].value == mark("Ana")


def test_where_it_came_from_stands_in_three_places(tmp_path: Path) -> None:
    made = one_sheet([{"name": "Ana"}])
    write_workbook(tmp_path / "team.xlsx", made)
    book = load_workbook(tmp_path / "team.xlsx")
    rows = [(row[0].value, row[1].value) for row in book[ORIGIN_SHEET].iter_rows(min_row=2)]
    assert rows == list(origin_rows(made.origin))
    [said] = [p.value for p in book.custom_doc_props if p.name == PROPERTY]
    assert origin_from(said, rows) == made.origin
    assert joined({name: defined.attr_text for name, defined in book.defined_names.items()}) == said
    assert [cell.value for cell in book[GONE_SHEET][2]] == ["creator", "t1"]
    hidden = [sheet.title for sheet in book if sheet.sheet_state == "hidden"]
    assert hidden == [ORIGIN_SHEET, GONE_SHEET, LISTS_SHEET]


def test_a_text_too_long_for_a_cell_leaves_the_old_file_and_names_its_place(tmp_path: Path) -> None:
    path = tmp_path / "team.xlsx"
    path.write_bytes(b"old")
    with pytest.raises(ExchangeError, match=r"Sheet “Creators”, row 3, column “Notes”.*40,000 signs"):
        write(path, "short", "👩" * 20_000)
    assert path.read_bytes() == b"old"
    assert [file.name for file in tmp_path.iterdir()] == ["team.xlsx"]


@pytest.mark.parametrize("lock", [".~lock.team.xlsx#", "~$team.xlsx"])
def test_a_workbook_that_is_open_elsewhere_is_left_alone_and_another_name_offered(
    tmp_path: Path, lock: str
) -> None:
    path = tmp_path / "team.xlsx"
    path.write_bytes(b"old")
    (tmp_path / "team 2.xlsx").write_bytes(b"older")
    (tmp_path / lock).write_text("somebody")
    with pytest.raises(ExchangeError, match=r"open in another program.*such as “team 3.xlsx”"):
        write(path, "new")
    assert path.read_bytes() == b"old"


def test_another_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExchangeError, match=r"ends in \.xlsx"):
        write(tmp_path / "team.ods", "x")
    assert list(tmp_path.iterdir()) == []


many = pytest.param(100, marks=[pytest.mark.torture, pytest.mark.timeout(1800)])
_ENDLESS = """
import sys
from pathlib import Path
from creator_crm.exchange.workbook.write import write_workbook
from workbooks import one_sheet
print("begun", flush=True)
while True:
    write_workbook(Path(sys.argv[1]), one_sheet([{"name": f"n{n}", "notes": "tea"} for n in range(6000)]))
    print("written", flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
@pytest.mark.parametrize("kills", [4, many])
def test_a_program_killed_while_it_writes_leaves_the_old_or_the_new_workbook_whole(
    tmp_path: Path, kills: int
) -> None:
    target, chance = tmp_path / "team.xlsx", random.Random(kills)
    support = Path(__file__).parent.parent / "support"
    whole = {"old": 0, "new": 0}
    for run in range(kills):
        target.write_bytes(b"old")
        with subprocess.Popen(
            [sys.executable, "-c", _ENDLESS, str(target)],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(support)},
        ) as writer:
            assert writer.stdout
            for _ in range(1 + run % 2):  # killed during the first or the second writing
                writer.stdout.readline()
            time.sleep(chance.uniform(0, 0.4))
            writer.send_signal(signal.SIGKILL)
        content = target.read_bytes()
        whole["old" if content == b"old" else "new"] += 1
        if content != b"old":
            with ZipFile(target) as package:
                assert package.testzip() is None
            assert len(values_of(target, "Creators")) == 6000
    assert sum(whole.values()) == kills
    assert kills < 100 or all(whole.values()), "they all hit the same moment"
