"""Bringing a workbook back: what they changed goes in, what both changed is asked, the rest is left alone."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from edited import edited, exported, found, taken
from openpyxl import load_workbook

from creator_crm.domain.errors import UserError
from creator_crm.domain.merging import Side
from creator_crm.domain.query import Query
from creator_crm.services.exports import export_list
from creator_crm.services.workbook_back import Decisions, Review
from creator_crm.services.workspace import Workspace

ANA, BEA, CHO = ("Name", "Ana"), ("Name", "Bea"), ("Name", "Cho")


@pytest.fixture
def brand(workspace: Workspace) -> Workspace:
    """Three creators with accounts, a product in stock, a parcel on its way."""
    for name in ("Ana", "Bea", "Cho"):
        handle = {"platform": "tiktok", "handle": name.lower()}
        workspace.add("creator", {"name": name, "niche": "skincare"}, {"account": [handle]})
    workspace.add("product", {"name": "Serum", "sku": "S1", "currency": "EUR", "cost": 8_00})
    workspace.receive("S1", 10, on="2026-03-01")
    workspace.add("campaign", {"name": "Spring", "currency": "EUR"})
    workspace.add("tag", {"name": "vip"})
    return workspace


@pytest.fixture
def book(brand: Workspace, tmp_path: Path) -> Path:
    return exported(brand, tmp_path / "team.xlsx")


def names(workspace: Workspace) -> list[str]:
    return [row.name for row in workspace.rows("creator", [1, 2, 3, 4, 5])]


# What they changed, what you changed -----------------------------------------------------------------


def test_a_workbook_that_nobody_touched_changes_nothing(brand: Workspace, book: Path) -> None:
    review = brand.review_workbook(book)
    assert (found(review), review.left, review.new_columns) == ({}, (), ())
    assert review.changes_nothing
    steps = len(brand.change_sets())
    assert not brand.apply_review(review, Decisions())
    assert len(brand.change_sets()) == steps


def test_what_they_alone_changed_is_taken_in_one_step_that_undo_takes_back(
    brand: Workspace, book: Path
) -> None:
    with edited(book) as their:
        their.put("Creators", ANA, "Niche", "make-up")
        their.put("Creators", BEA, "E-mail", "bea@example.com")
        their.put("Products", ("SKU", "S1"), "Cost", 9.5)
    review = brand.review_workbook(book)
    assert taken(review) == {
        ("Ana", "niche"): "make-up",
        ("Bea", "email"): "bea@example.com",
        ("Serum", "cost"): 9_50,
    }
    changes = brand.apply_review(review, Decisions())
    assert changes.label == "Bring back team.xlsx"
    assert (brand.row("creator", 1).niche, brand.row("product", 1).cost) == ("make-up", 9_50)
    step = brand.next_undo()
    assert step is not None
    assert step.origin == "merge"
    brand.undo()
    assert (brand.row("creator", 1).niche, brand.row("product", 1).cost) == ("skincare", 8_00)
    assert brand.check() == []


def test_what_you_changed_since_stays_and_the_same_on_both_sides_is_no_question(
    brand: Workspace, book: Path
) -> None:
    brand.edit("creator", {1: {"niche": "hair"}, 2: {"niche": "food"}})
    with edited(book) as their:
        their.put("Creators", BEA, "Niche", "food")
    review = brand.review_workbook(book)
    assert found(review) == {"creator": {"kept": 1}}
    assert not brand.apply_review(review, Decisions())


def test_what_both_changed_is_asked_and_stays_until_it_is_decided(brand: Workspace, book: Path) -> None:
    brand.edit("creator", {1: {"niche": "hair"}})
    with edited(book) as their:
        their.put("Creators", ANA, "Niche", "food")
    review = brand.review_workbook(book)
    (conflict,) = next(m for m in review.records if m.record == "creator").conflicts
    assert (conflict.base, conflict.mine, conflict.theirs) == ("skincare", "hair", "food")
    brand.apply_review(review, Decisions())
    assert brand.row("creator", 1).niche == "hair"
    place = ("creator", conflict.uid, "niche")
    brand.apply_review(brand.review_workbook(book), Decisions(cells={place: Side.THEIRS}))
    assert brand.row("creator", 1).niche == "food"


def test_the_same_workbook_twice_changes_nothing_even_after_you_went_on(brand: Workspace, book: Path) -> None:
    with edited(book) as their:
        their.put("Creators", ANA, "Niche", "food")
        their.add("Creators", Name="Deniz", Niche="travel")
    brand.apply_review(brand.review_workbook(book), Decisions())
    assert names(brand) == ["Ana", "Bea", "Cho", "Deniz"]
    assert brand.review_workbook(book).changes_nothing
    brand.edit("creator", {1: {"niche": "hair"}, 4: {"niche": "sport"}})
    assert found(brand.review_workbook(book)) == {"creator": {"kept": 2}}


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_two_team_mates_give_the_same_in_either_order(
    brand: Workspace, book: Path, tmp_path: Path, order: tuple[int, int]
) -> None:
    books = [tmp_path / "mara.xlsx", tmp_path / "noor.xlsx"]
    with edited(book, books[0]) as their:
        their.put("Creators", ANA, "Niche", "hair")
        their.put("Creators", CHO, "Country", "DE")
        their.add("Creators", Name="Deniz")
    with edited(book, books[1]) as their:
        their.put("Creators", ANA, "Niche", "food")
        their.put("Creators", BEA, "Country", "FR")
        their.add("Creators", Name="Deniz")
    asked = []
    for at in order:
        review = brand.review_workbook(books[at])
        asked.append(found(review)["creator"].get("conflicts", 0))
        brand.apply_review(review, Decisions())
    rows = brand.rows("creator", [1, 2, 3, 4, 5])
    assert [(row.name, row.country) for row in rows] == [
        ("Ana", None), ("Bea", "FR"), ("Cho", "DE"), ("Deniz", None),
    ]  # fmt: skip
    assert asked == [0, 1]


def test_a_review_is_refused_when_the_workspace_went_on_meanwhile(brand: Workspace, book: Path) -> None:
    with edited(book) as their:
        their.put("Creators", ANA, "Niche", "food")
    review = brand.review_workbook(book)
    brand.edit("creator", {1: {"niche": "hair"}})
    with pytest.raises(UserError, match=r"changed after team\.xlsx was compared.*Nothing was written"):
        brand.apply_review(review, Decisions())
    assert brand.row("creator", 1).niche == "hair"


KILLED = """
import os, signal, sys
from pathlib import Path
from creator_crm.services.exports import export_list
from creator_crm.services.workbook_back import Decisions
from creator_crm.services.workspace import Workspace
workspace = Workspace.open(Path(sys.argv[1]))
workspace.store._raw.execute("PRAGMA cache_size=2")  # much is on the disk before the end
review = workspace.review_workbook(Path(sys.argv[2]))
left = int(sys.argv[3])
def told(done, total):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
workspace.apply_review(review, Decisions(), progress=told)
"""


@pytest.mark.skipif(os.name != "posix", reason="a process is killed by a signal on POSIX alone")
@pytest.mark.parametrize("after", [1, 8, 20])
def test_a_kill_in_the_middle_leaves_everything_as_it_was(brand: Workspace, book: Path, after: int) -> None:
    with edited(book) as their:
        their.put("Creators", ANA, "Niche", "food")
        for number in range(50):
            their.add("Creators", Name=f"New {number}")
            their.add("Tags", Name=f"tag {number}")
            their.add("Accounts", Creator=f"New {number}", Platform="TikTok", Handle=f"new{number}")
    steps, path = len(brand.change_sets()), brand.path
    brand.close()
    done = subprocess.run([sys.executable, "-c", KILLED, path, book, str(after)], check=False)
    assert done.returncode == -signal.SIGKILL
    with Workspace.open(path) as opened:
        assert opened.check() == []
        assert len(opened.change_sets()) == steps
        assert opened.row("creator", 1).niche == "skincare"
        opened.apply_review(opened.review_workbook(book), Decisions())
        assert opened.count(Query("creator")) == 53
        assert opened.check() == []


# Rows ------------------------------------------------------------------------------------------------


def test_rows_sorted_moved_and_inserted_and_columns_moved_change_nothing(
    brand: Workspace, book: Path
) -> None:
    opened = load_workbook(book)
    sheet = opened["Creators"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head, body = rows[0], rows[1:]
    random.Random(1).shuffle(body)
    order = random.Random(2).sample(range(len(head)), len(head))
    sheet.delete_rows(1, sheet.max_row)
    for row in ([None] * len(head), head, [None] * len(head), *body):
        sheet.append([row[at] for at in order])
    opened.save(book)
    assert brand.review_workbook(book).changes_nothing


def test_new_rows_may_refer_to_rows_that_are_new_in_the_same_workbook(brand: Workspace, book: Path) -> None:
    with edited(book) as their:
        their.add("Accounts", Creator="Deniz", Platform="Instagram", Handle="@deniz.x")
        their.add("Creators", Name="Deniz")
        their.add("Collaborations", Creator="Deniz", Campaign="Spring")
    brand.apply_review(brand.review_workbook(book), Decisions())
    deniz = brand.find("creator", "@deniz.x")
    assert [brand.row("creator", n).name for n in deniz] == ["Deniz"]
    (collaboration,) = brand.rows("collaboration", [1])
    assert (collaboration.creator, collaboration.campaign, collaboration.status) == (deniz[0], 1, "planned")
    assert brand.check() == []


def test_a_row_that_is_here_already_by_its_key_is_not_added_again(brand: Workspace, book: Path) -> None:
    brand.add("tag", {"name": "summer", "meaning": "mine"})
    with edited(book) as their:
        their.add("Tags", Name="Summer")
        their.add("Tags", Name="vip")
    review = brand.review_workbook(book)
    assert found(review) == {"tag": {"conflicts": 1, "problems": 1}}
    brand.apply_review(review, Decisions())
    assert [row.name for row in brand.rows("tag", [1, 2, 3])] == ["vip", "summer"]


def test_no_two_rows_become_alike_and_a_new_one_needs_its_values(brand: Workspace, book: Path) -> None:
    brand.add("product", {"name": "Balm", "sku": "B1"})
    exported(brand, book)
    with edited(book) as their:
        their.add("Tags", Name="new")
        their.add("Tags", Name="New")
        their.add("Tags", Stands_for="nothing")
        their.put("Products", ("SKU", "B1"), "SKU", "s1")
    review = brand.review_workbook(book)
    assert found(review) == {"tag": {"new": 1, "problems": 2}, "product": {"problems": 1}}
    brand.apply_review(review, Decisions())
    assert brand.check() == []


def test_a_missing_row_is_told_and_goes_only_when_asked_for(brand: Workspace, book: Path) -> None:
    with edited(book) as their:
        their.delete("Creators", BEA)
    review = brand.review_workbook(book)
    assert found(review) == {"creator": {"missing": 1}}
    assert not brand.apply_review(review, Decisions())
    uid = next(m for m in review.records if m.missing).missing[0]
    brand.apply_review(review, Decisions(delete=frozenset({("creator", uid)})))
    assert names(brand) == ["Ana", "Bea", "Cho"]
    assert [row.deleted_at is not None for row in brand.rows("creator", [1, 2, 3])] == [False, True, False]
    brand.undo()
    assert brand.row("creator", 2).deleted_at is None


def test_a_row_added_here_since_is_not_missing_there(brand: Workspace, book: Path) -> None:
    brand.add("creator", {"name": "Mine"})
    assert brand.review_workbook(book).changes_nothing


def test_edited_there_and_in_the_trash_here_is_a_question(brand: Workspace, book: Path) -> None:
    brand.trash("creator", [1, 2])
    with edited(book) as their:
        their.put("Creators", ANA, "Niche", "food")
    review = brand.review_workbook(book)
    assert found(review) == {"creator": {"gone": 1}}
    uid = brand.uids("creator", [1])[1]
    brand.apply_review(review, Decisions(rows={("creator", uid): Side.THEIRS}))
    assert (brand.row("creator", 1).niche, brand.row("creator", 1).deleted_at) == ("food", None)
    assert brand.row("creator", 2).deleted_at is not None


def test_a_pasted_row_with_the_id_of_another_is_told_as_pasted(brand: Workspace, book: Path) -> None:
    opened = load_workbook(book)
    sheet = opened["Creators"]
    copy = [cell.value for cell in sheet[2]]
    copy[1] = "Ana's sister"
    sheet.insert_rows(2)
    for at, value in enumerate(copy, 1):
        sheet.cell(2, at).value = value
    opened.save(book)
    review = brand.review_workbook(book)
    assert found(review) == {"creator": {"pasted": 1}}
    skipped = frozenset((m.record, row.uid) for m in review.records for row in m.pasted)
    assert not brand.apply_review(review, Decisions(skip=skipped))
    brand.apply_review(review, Decisions())
    assert names(brand) == ["Ana", "Bea", "Cho", "Ana's sister"]
    assert brand.review_workbook(book).changes_nothing


def test_a_row_whose_cells_were_emptied_is_missing_and_not_cleared(brand: Workspace, book: Path) -> None:
    opened = load_workbook(book)
    for cell in opened["Creators"][3][1:-1]:
        cell.value = None
    opened.save(book)
    assert found(brand.review_workbook(book)) == {"creator": {"missing": 1}}


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
