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
from creator_crm.services.workbook_back import Decisions
from creator_crm.services.workspace import Workspace

ANA, BEA, CHO = ("Name", "Ana"), ("Name", "Bea"), ("Name", "Cho")


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
