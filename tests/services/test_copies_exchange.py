"""Copies of a workspace that send each other workbooks, as real files, end up with the same data."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from edited import edited, exported, found
from team import Team, everything

from creator_crm.domain.merging import Side
from creator_crm.services.workbook_back import Decisions
from creator_crm.services.workspace import Workspace


@pytest.fixture
def start(workspace: Workspace) -> Workspace:
    for name in ("Ana", "Bea", "Cho"):
        handle = {"platform": "tiktok", "handle": name.lower()}
        workspace.add("creator", {"name": name}, {"account": [handle]})
    workspace.add("product", {"name": "Serum", "sku": "S1", "currency": "EUR"})
    workspace.receive("S1", 20, on="2026-03-01")
    workspace.add("campaign", {"name": "Spring"})
    return workspace


def test_two_copies_that_exchange_workbooks_hold_the_same(start: Workspace, tmp_path: Path) -> None:
    team = Team(tmp_path, start, "B")
    team["A"].edit("creator", {1: {"niche": "hair"}, 2: {"country": "DE"}})
    team["A"].add("creator", {"name": "Deniz"}, {"account": [{"platform": "tiktok", "handle": "deniz"}]})
    team["A"].ship({"S1": 2}, [1])
    team["B"].edit("creator", {1: {"country": "FR"}, 3: {"niche": "food"}})
    team["B"].add("creator", {"name": "Emre"})
    team["B"].ship({"S1": 1}, [2, 3])
    team["B"].trash("creator", [3])
    assert not team.send("A", "B").conflicts
    assert not team.send("B", "A").conflicts
    assert everything(team["A"]) == everything(team["B"])
    assert team.send("A", "B").changes_nothing
    assert team.send("B", "A").changes_nothing
    stock = [w.row("product", 1).stock for w in team.open.values()]
    assert stock[0] == stock[1]
    assert team["A"].row("creator", 1).country == "FR"
    team.close()


def test_a_third_copy_hears_of_both_by_one_of_them(start: Workspace, tmp_path: Path) -> None:
    team = Team(tmp_path, start, "BC")
    team["A"].edit("creator", {1: {"niche": "hair"}})
    team["B"].edit("creator", {2: {"niche": "food"}})
    team["C"].edit("creator", {3: {"niche": "travel"}})
    for writer, reader in ("AB", "BC", "CA", "AB", "BC"):
        assert not team.send(writer, reader).conflicts
    assert everything(team["A"]) == everything(team["B"]) == everything(team["C"])
    assert [row.niche for row in team["A"].rows("creator", [1, 2, 3])] == ["hair", "food", "travel"]
    team["B"].edit("creator", {1: {"niche": "hair and nails"}})
    for writer, reader in ("BC", "CA"):
        assert not team.send(writer, reader).conflicts
    assert everything(team["A"]) == everything(team["B"]) == everything(team["C"])
    team.close()


def test_a_conflict_that_one_copy_decides_is_decided_for_all(start: Workspace, tmp_path: Path) -> None:
    team = Team(tmp_path, start, "B")
    team["A"].edit("creator", {1: {"niche": "hair"}})
    team["B"].edit("creator", {1: {"niche": "food"}})
    assert team.send("A", "B", Side.THEIRS).conflicts == 1
    assert team["B"].row("creator", 1).niche == "hair"
    assert not team.send("B", "A").conflicts
    assert everything(team["A"]) == everything(team["B"])
    team.close()


def test_what_a_team_mate_typed_reaches_every_copy_once(start: Workspace, tmp_path: Path) -> None:
    team = Team(tmp_path, start, "B")
    book = exported(team["A"], tmp_path / "for a mate.xlsx")
    with edited(book) as their:
        their.put("Creators", ("Name", "Ana"), "Niche", "food")
        their.add("Creators", Name="Deniz")
        their.add("Stock movements", Product="Serum", Kind="Received", Quantity=5, On="2026-03-03")
    for name in "AB":
        team[name].apply_review(team[name].review_workbook(book), Decisions())
    assert not team.send("A", "B").conflicts
    assert not team.send("B", "A").conflicts
    assert everything(team["A"]) == everything(team["B"])
    assert [w.row("product", 1).stock for w in team.open.values()] == [25, 25]
    team.close()


def test_a_typed_workbook_that_was_only_saved_once_more_is_the_same_one(
    start: Workspace, tmp_path: Path
) -> None:
    team = Team(tmp_path, start, "B")
    book = exported(team["A"], tmp_path / "for a mate.xlsx")
    with edited(book) as their:
        their.put("Creators", ("Name", "Ana"), "Niche", "food")
    with edited(book, tmp_path / "saved again.xlsx") as again:
        again.book.properties.title = "Looked at"
    assert book.read_bytes() != (tmp_path / "saved again.xlsx").read_bytes()
    for name, path in (("A", book), ("B", tmp_path / "saved again.xlsx")):
        team[name].apply_review(team[name].review_workbook(path), Decisions())
    team["B"].edit("creator", {1: {"niche": "food and drink"}})
    assert not team.send("A", "B").conflicts
    assert not team.send("B", "A").conflicts
    assert team["A"].row("creator", 1).niche == "food and drink"
    team.close()


def test_a_workbook_in_which_more_was_typed_is_another_one(start: Workspace, tmp_path: Path) -> None:
    team = Team(tmp_path, start, "B")
    book = exported(team["A"], tmp_path / "for a mate.xlsx")
    for name, typed in (("A", "food"), ("B", "food and drink")):
        with edited(book) as their:
            their.put("Creators", ("Name", "Ana"), "Niche", typed)
        team[name].apply_review(team[name].review_workbook(book), Decisions())
    assert team.send("A", "B").conflicts == 1
    team.close()


def test_a_parcel_that_a_team_mate_sent_off_leaves_the_stock_once(start: Workspace, tmp_path: Path) -> None:
    start.ship({"S1": 2}, [1])
    team = Team(tmp_path, start, "B")
    book = exported(team["A"], tmp_path / "for a mate.xlsx")
    with edited(book) as their:
        their.put("Parcels", ("Creator", "Ana"), "Status", "Shipped")
    for name in "AB":
        team[name].apply_review(team[name].review_workbook(book), Decisions())
    assert [w.row("product", 1).stock for w in team.open.values()] == [18, 18]
    team.send("A", "B")
    team.send("B", "A")
    assert everything(team["A"]) == everything(team["B"])
    assert [w.row("product", 1).stock for w in team.open.values()] == [18, 18]
    team.close()


def test_a_merge_that_is_undone_may_come_again(start: Workspace, tmp_path: Path) -> None:
    team = Team(tmp_path, start, "B")
    team["A"].edit("creator", {1: {"niche": "hair"}})
    team.send("A", "B")
    team["B"].undo()
    assert team["B"].row("creator", 1).niche is None
    team.send("A", "B")
    assert everything(team["A"]) == everything(team["B"])
    team.close()


def test_a_cell_turned_back_after_a_workbook_of_some_records_is_asked(
    start: Workspace, tmp_path: Path
) -> None:
    team = Team(tmp_path, start, "BC")
    team["A"].edit("creator", {1: {"niche": "hair"}, 2: {"niche": "food"}})
    assert not team.send("A", "B", Side.MINE, "creator").conflicts
    team["A"].edit("creator", {1: {"niche": None}})
    for writer in "BC":  # by way of a third copy it is no other
        assert found(team.send(writer, "A"))["creator"]["conflicts"] == 1
        assert team["A"].row("creator", 1).niche is None
        team.send("B", "C")
    assert not team.send("A", "B").conflicts
    assert team["B"].row("creator", 1).niche is None
    team.close()


def test_what_was_deleted_before_a_copy_heard_of_it_stays_deleted_by_way_of_it(
    start: Workspace, tmp_path: Path
) -> None:
    team = Team(tmp_path, start, "BC")
    deniz = team["A"].add("creator", {"name": "Deniz"})
    team.send("A", "C")
    team["A"].trash("creator", [deniz])
    team.send("A", "B")
    assert not team.send("B", "C").missing
    team.send("C", "B")
    assert everything(team["A"]) == everything(team["B"]) == everything(team["C"])
    team.close()


def test_what_one_copy_refused_is_taken_back_in_the_other(start: Workspace, tmp_path: Path) -> None:
    team = Team(tmp_path, start, "B")
    team["A"].edit("creator", {1: {"niche": "hair"}, 2: {"niche": "food"}})
    team["A"].trash("creator", [3])
    book = exported(team["A"], tmp_path / "refused.xlsx")
    review = team["B"].review_workbook(book)
    uids = team["B"].uids("creator", [1, 3])
    refused = Decisions(
        cells={("creator", uids[1], "niche"): Side.MINE}, rows={("creator", uids[3]): Side.MINE}
    )
    team["B"].apply_review(review, refused)
    assert [row.niche for row in team["B"].rows("creator", [1, 2])] == [None, "food"]
    assert team["B"].row("creator", 3).deleted_at is None
    again = found(team["B"].review_workbook(book))
    assert "taken" not in again.get("creator", {}) and "trashed" not in again.get("creator", {})
    assert not team.send("B", "A").conflicts
    assert everything(team["A"]) == everything(team["B"])
    assert team["A"].row("creator", 1).niche is None
    team.close()


def test_what_undo_took_back_is_not_known_in_part(start: Workspace, tmp_path: Path) -> None:
    team = Team(tmp_path, start, "B")
    team["A"].edit("creator", {1: {"niche": "hair"}})
    team.send("A", "B", Side.MINE, "creator")
    team["B"].undo()
    book = exported(team["B"], tmp_path / "undone.xlsx")
    review = team["A"].review_workbook(book)
    assert review.origin is not None
    assert review.origin.in_part == {}
    assert not review.conflicts
    team.close()


def test_a_restored_backup_catches_up(start: Workspace, tmp_path: Path) -> None:
    backup = start.backup()
    team = Team(tmp_path, start, "")
    team["A"].edit("creator", {1: {"niche": "hair"}})
    book = exported(team["A"], tmp_path / "newest.xlsx")
    held = everything(team["A"])
    restored = tmp_path / "restored.creatorcrm"
    shutil.copy(backup, restored)
    with Workspace.open(restored) as old:
        old.apply_review(old.review_workbook(book), Decisions())
        assert everything(old) == held
    team.close()
