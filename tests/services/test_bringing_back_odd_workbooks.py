"""Workbooks that came back as people and programs leave them: errors, lost columns, no origin."""

from __future__ import annotations

from pathlib import Path

import pytest
from edited import edited, exported, found, taken
from openpyxl import load_workbook

from creator_crm.domain.errors import UserError
from creator_crm.domain.query import Query
from creator_crm.services.exports import export_list
from creator_crm.services.workbook_back import Decisions, Review
from creator_crm.services.workspace import Workspace

ANA, BEA, CHO = ("Name", "Ana"), ("Name", "Bea"), ("Name", "Cho")


# Cells -----------------------------------------------------------------------------------------------


def test_what_cannot_be_read_is_a_problem_and_never_taken_for_cleared(brand: Workspace, book: Path) -> None:
    with edited(book) as their:
        their.put("Creators", ANA, "Name", "=NA()")
        their.put("Creators", BEA, "Stage", "friend")
        their.put("Creators", CHO, "Name", None)
        their.put("Products", ("SKU", "S1"), "Cost", "cheap")
        their.put("Accounts", ("Handle", "@ana"), "Creator", "Nobody")
    review = brand.review_workbook(book)
    assert found(review) == {
        "creator": {"taken": 1, "problems": 2},
        "account": {"problems": 1},
        "product": {"problems": 1},
    }
    reasons = [reason for merge in review.records for _, _, reason in merge.problems]
    assert any("never calculated" in reason for reason in reasons)
    assert any("names no creator" in reason for reason in reasons)


def test_an_error_in_a_cell_is_a_problem_and_never_taken_for_cleared(brand: Workspace, book: Path) -> None:
    opened = load_workbook(book)
    cell = opened["Creators"].cell(2, 2)
    cell.value, cell.data_type = "#REF!", "e"
    opened.save(book)
    review = brand.review_workbook(book)
    assert found(review) == {"creator": {"problems": 1}}
    assert "#REF!" in review.records[0].problems[0][2]


def test_a_required_cell_that_was_emptied_is_a_problem(brand: Workspace, book: Path) -> None:
    with edited(book) as their:
        their.put("Campaigns", ("Name", "Spring"), "Name", None)
    assert found(brand.review_workbook(book)) == {"campaign": {"problems": 1}}


def test_references_mean_the_same_row_after_it_was_renamed_on_either_side(
    brand: Workspace, book: Path
) -> None:
    brand.edit("creator", {1: {"name": "Anna"}})
    with edited(book) as their:
        their.put("Creators", BEA, "Name", "Beatrix")
        their.put("Accounts", ("Handle", "@cho"), "Creator", "Ana")
    review = brand.review_workbook(book)
    assert taken(review)["Bea", "name"] == "Beatrix"
    assert found(review) == {"creator": {"taken": 1, "kept": 1}, "account": {"taken": 1}}
    brand.apply_review(review, Decisions())
    assert brand.row("account", 3).creator == 1


# Sheets and columns ----------------------------------------------------------------------------------


def test_a_column_or_sheet_that_is_not_there_is_told_and_nothing_is_cleared(
    brand: Workspace, book: Path
) -> None:
    with edited(book) as their:
        their.book["Creators"].delete_cols(their.column("Creators", "Niche"))
        del their.book["Accounts"]
    review = brand.review_workbook(book)
    assert found(review) == {}
    assert any("no column “Niche”" in said for said in review.left)
    assert any("“Accounts” is not in the workbook" in said for said in review.left)


def test_a_renamed_column_is_known_by_its_place_and_a_new_one_is_told(brand: Workspace, book: Path) -> None:
    with edited(book) as their:
        sheet = their.book["Creators"]
        sheet.cell(1, their.column("Creators", "Niche")).value = "What they do"
        sheet.insert_cols(3)
        sheet.cell(1, 3).value = "Birthday"
        sheet.cell(2, 3).value = "May"
    review = brand.review_workbook(book)
    assert found(review) == {}
    assert any("“What they do” was read as “Niche”" in said for said in review.left)
    assert review.new_columns == (("creator", "Birthday"),)


def test_a_renamed_sheet_is_known_by_its_headers(brand: Workspace, book: Path) -> None:
    with edited(book) as their:
        their.put("Creators", ANA, "Niche", "food")
        their.book["Creators"].title = "People"
    assert taken(brand.review_workbook(book)) == {("Ana", "niche"): "food"}


def test_a_redacted_workbook_never_clears_what_it_left_out(brand: Workspace, tmp_path: Path) -> None:
    brand.edit("creator", {1: {"email": "ana@example.com"}})
    book = exported(brand, tmp_path / "redacted.xlsx", redacted=True)
    with edited(book) as their:
        their.book["Creators"].cell(2, their.column("Creators", "Niche")).value = "food"
    review = brand.review_workbook(book)
    assert found(review) == {"creator": {"taken": 1}}
    brand.apply_review(review, Decisions())
    assert (brand.row("creator", 1).email, brand.row("creator", 1).niche) == ("ana@example.com", "food")


def test_a_workbook_of_some_records_says_nothing_of_the_others(brand: Workspace, tmp_path: Path) -> None:
    book = exported(brand, tmp_path / "creators.xlsx", records=["creator"])
    with edited(book) as their:
        their.delete("Creators", BEA)
        their.put("Creators", ANA, "Niche", "food")
    assert found(brand.review_workbook(book)) == {"creator": {"taken": 1}}


# Where it came from ----------------------------------------------------------------------------------


def of_unknown_origin(book: Path, *, marks: bool) -> None:
    opened = load_workbook(book)
    del opened["crm origin"]
    opened.custom_doc_props.props.clear()
    if not marks:
        for sheet in opened.worksheets:
            if sheet.cell(1, sheet.max_column).value == "Creator CRM marks":
                sheet.delete_cols(sheet.max_column)
    opened.save(book)


def test_without_its_origin_it_is_compared_by_the_marks_it_carries(brand: Workspace, book: Path) -> None:
    brand.edit("creator", {2: {"niche": "hair"}, 3: {"niche": "hair"}})
    with edited(book) as their:
        their.put("Creators", ANA, "Niche", "food")
        their.put("Creators", CHO, "Niche", "food")
    of_unknown_origin(book, marks=True)
    review = brand.review_workbook(book)
    assert review.origin is None
    assert "marks" in review.base_words
    assert found(review) == {"creator": {"taken": 1, "kept": 1, "conflicts": 1}}


def test_without_marks_too_every_difference_is_a_question(brand: Workspace, book: Path) -> None:
    with edited(book) as their:
        their.put("Creators", ANA, "Niche", "food")
    of_unknown_origin(book, marks=False)
    review = brand.review_workbook(book)
    assert "nothing is overwritten unasked" in review.base_words
    assert found(review) == {"creator": {"conflicts": 1}}
    assert not brand.apply_review(review, Decisions())


def test_an_excel_list_of_one_record_is_compared_by_its_ids(brand: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "creators.xlsx"
    export_list(brand, Query("creator"), path)
    assert brand.review_workbook(path).changes_nothing
    brand.edit("creator", {1: {"niche": "food"}})
    assert found(brand.review_workbook(path)) == {"creator": {"conflicts": 1}}


def test_a_workbook_of_another_workspace_and_a_list_are_refused(
    brand: Workspace, book: Path, tmp_path: Path
) -> None:
    with Workspace.create(tmp_path / "other.creatorcrm") as other:
        other.add("creator", {"name": "Zoe"})
        with pytest.raises(UserError, match="comes from another workspace"):
            other.review_workbook(book)
    text = tmp_path / "list.csv"
    text.write_text("name,handle\nAna,@ana\n")
    with pytest.raises(UserError, match="is a text file"):
        brand.review_workbook(text)


def test_a_read_only_file_can_be_compared_and_not_written(brand: Workspace, book: Path) -> None:
    with edited(book) as their:
        their.put("Creators", ANA, "Niche", "food")
    path = brand.path
    brand.close()
    path.chmod(0o444)
    try:
        with Workspace.open(path) as opened:
            if not opened.read_only:
                pytest.skip("whoever runs this may write everywhere")
            review: Review = opened.review_workbook(book)
            assert found(review) == {"creator": {"taken": 1}}
            with pytest.raises(UserError, match="open for reading only"):
                opened.apply_review(review, Decisions())
    finally:
        path.chmod(0o644)
