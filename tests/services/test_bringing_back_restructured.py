"""Workbooks that came back in another shape, with every value as it was: nothing is changed by that."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from edited import edited, exported, found, taken
from openpyxl import load_workbook
from restructured import ALONE, rearrange, structured

from creator_crm.services.workspace import Workspace


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a workspace and its workbook."""
    folder = tmp_path_factory.mktemp("structured")
    structured(folder / "brand.creatorcrm")
    with Workspace.open(folder / "brand.creatorcrm") as workspace:
        exported(workspace, folder / "team.xlsx")
    return folder


@pytest.fixture
def book(written: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(written / "team.xlsx", tmp_path))


@pytest.mark.parametrize("name", ALONE)
def test_a_workbook_in_another_shape_has_no_change(name: str, written: Path, book: Path) -> None:
    rearrange(book, [name])
    with Workspace.open(written / "brand.creatorcrm") as workspace:
        review = workspace.review_workbook(book)
    assert (found(review), review.new_columns) == ({}, ())
    assert review.origin is not None


def test_what_was_typed_after_a_sheet_was_split_is_found_in_both_parts(written: Path, book: Path) -> None:
    rearrange(book, ["a sheet split in two", "a copy of a sheet"])
    with edited(book) as their:
        for title in ("Stock movements", "Movements of Ana"):
            their.book[title].cell(2, their.column(title, "Reason")).value = title
        last = their.book["Movements of Ana"].max_row
        their.book["Movements of Ana"].cell(last, their.column("Movements of Ana", "Quantity")).value = "many"
    with Workspace.open(written / "brand.creatorcrm") as workspace:
        review = workspace.review_workbook(book)
    assert sorted(taken(review).values(), key=str) == ["Movements of Ana", "Stock movements"]
    assert found(review)["stock_movement"] == {"taken": 2, "problems": 1}
    assert [said for said in review.left if "“Movements of Ana” was read as more rows" in said]
    assert [said for said in review.left if "only “Creators” was read" in said]


def test_a_second_sheet_that_lacks_a_column_empties_nothing(written: Path, book: Path) -> None:
    rearrange(book, ["a sheet split in two"])
    opened = load_workbook(book)
    sheet = opened["Movements of Ana"]
    note = next(cell.column for cell in sheet[1] if cell.value == "Reason")
    sheet.delete_cols(note)
    opened.save(book)
    with Workspace.open(written / "brand.creatorcrm") as workspace:
        review = workspace.review_workbook(book)
    assert found(review).keys() == {"stock_movement"}
    assert found(review)["stock_movement"].keys() == {"missing"}
