"""The verb that brings a workbook back: what it did, as one JSON object; 3 when questions are left."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from command_line import Cli
from edited import edited


@pytest.fixture
def book(cli: Cli, path: Path, tmp_path: Path) -> Path:
    cli("add", "creator", "name=Ana", "niche=skincare", "handle=@ana")
    cli("add", "creator", "name=Bea")
    assert cli("export", "workbook", tmp_path / "team.xlsx").status == 0
    return tmp_path / "team.xlsx"


def test_what_they_changed_comes_in_and_a_second_time_nothing(cli: Cli, book: Path) -> None:
    with edited(book) as their:
        their.put("Creators", ("Name", "Ana"), "Niche", "food")
        their.add("Creators", Name="Cho")
    dry = cli("merge", book, "--dry-run", "--json")
    assert (dry.status, dry.json["created"], dry.json["cells"], dry.json["change_set"]) == (0, 1, 1, 0)
    assert cli("show", "creator", "@ana", "--json").json["niche"] == "skincare"
    done = cli("merge", book, "--json")
    assert (done.status, done.json["created"], done.json["updated"], done.json["cells"]) == (0, 1, 1, 1)
    assert done.json["change_set"] > 0
    assert cli("show", "creator", "@ana", "--json").json["niche"] == "food"
    again = cli("merge", book, "--json")
    assert (again.status, again.json["created"], again.json["cells"], again.json["change_set"]) == (
        0,
        0,
        0,
        0,
    )
    assert cli("undo").status == 0
    assert cli("show", "creator", "@ana", "--json").json["niche"] == "skincare"


@pytest.mark.parametrize(
    ("prefer", "status", "niche"), [("ask", 3, "hair"), ("mine", 0, "hair"), ("theirs", 0, "food")]
)
def test_what_both_changed_is_left_or_decided(
    cli: Cli, book: Path, prefer: str, status: int, niche: str
) -> None:
    cli("set", "creator", "@ana", "niche=hair")
    with edited(book) as their:
        their.put("Creators", ("Name", "Ana"), "Niche", "food")
    done = cli("merge", book, "--prefer", prefer, "--json")
    assert done.status == status
    (conflict,) = done.json["conflicts"]
    sides = [conflict[name] for name in ("record", "title", "field", "base", "mine", "theirs")]
    assert sides == ["creator", "Ana", "niche", "skincare", "hair", "food"]
    assert cli("show", "creator", "@ana", "--json").json["niche"] == niche


def test_a_question_is_told_in_words(cli: Cli, book: Path) -> None:
    cli("set", "creator", "@ana", "tags=hair, vegan", "followers=12000")
    with edited(book) as their:
        their.put("Creators", ("Name", "Ana"), "Tags", "food")
    told = cli("merge", book).out
    assert "Ana, tags: here hair, vegan; there food" in told


def test_missing_rows_go_only_when_told(cli: Cli, book: Path) -> None:
    with edited(book) as their:
        their.delete("Creators", ("Name", "Bea"))
    assert [row["title"] for row in cli("merge", book, "--json").json["missing"]] == ["Bea"]
    assert cli("list", "creator", "--json").json["total"] == 2
    assert cli("merge", book, "--delete-missing").status == 0
    assert cli("list", "creator", "--json").json["total"] == 1


def test_what_cannot_be_read_is_said_and_the_status_says_so(cli: Cli, book: Path) -> None:
    with edited(book) as their:
        their.put("Creators", ("Name", "Ana"), "Stage", "friend")
    done = cli("merge", book)
    assert done.status == 3
    assert "line 2, Stage" in done.out
    (problem,) = cli("merge", book, "--json").json["problems"]
    assert (problem["record"], problem["line"], problem["column"]) == ("creator", 2, "Stage")


def test_a_file_that_is_none_of_ours_is_refused_in_a_sentence(cli: Cli, book: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    other.write_text("a,b\n1,2\n")
    refused = cli("merge", other)
    assert refused.status == 1
    assert "Nothing was changed" in refused.err


def test_what_both_copies_made_is_told_and_becomes_one(cli: Cli, path: Path, tmp_path: Path) -> None:
    cli("add", "creator", "name=Zoe", "handle=@zoe")
    other = Path(shutil.copy(path, tmp_path / "other.creatorcrm"))
    cli("-w", other, "add", "creator", "name=Ana", "niche=hair", "handle=@ana")
    cli("add", "creator", "name=Ana L.", "handle=@ana")
    cli("-w", other, "export", "workbook", tmp_path / "theirs.xlsx")
    dry = cli("merge", tmp_path / "theirs.xlsx", "--dry-run")
    assert "You both made the creator “Ana L.”: it becomes one" in dry.out
    done = cli("merge", tmp_path / "theirs.xlsx", "--prefer", "theirs", "--json")
    assert (done.status, done.json["created"], done.json["problems"]) == (0, 0, [])
    assert [(row["record"], row["title"]) for row in done.json["united"]] == [
        ("account", "@ana"),
        ("creator", "Ana L."),
    ]
    assert [(c["field"], c["base"]) for c in done.json["conflicts"]] == [("name", "")]
    assert cli("list", "creator", "--json").json["total"] == 2
    assert cli("show", "creator", "@ana", "--json").json["niche"] == "hair"
