"""Team mates who each make the same tag, product or creator before they exchange workbooks get one of it."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest
from edited import exported, found
from team import Team, everything

from creator_crm.domain.errors import UserError
from creator_crm.domain.merging import Side
from creator_crm.services import imports
from creator_crm.services.workbook_back import Decisions
from creator_crm.services.workspace import Workspace

ANA = {"account": [{"platform": "tiktok", "handle": "ana"}]}
HOME = {"street": "Ring 1", "city": "Berlin", "postcode": "10115", "country": "DE"}


@pytest.fixture
def start(workspace: Workspace) -> Workspace:
    workspace.add("creator", {"name": "Zoe"}, {"account": [{"platform": "tiktok", "handle": "zoe"}]})
    workspace.add("campaign", {"name": "Spring"})
    return workspace


def make_apart(team: Team) -> None:
    """A and B make the same three things, each with something of its own."""
    team["A"].add("tag", {"name": "vip", "tone": "blue"})
    team["B"].add("tag", {"name": "vip", "meaning": "Our best"})
    team["A"].add("product", {"name": "Serum", "sku": "S1", "currency": "EUR"})
    team["B"].add("product", {"name": "Serum", "sku": "S1", "currency": "EUR", "cost": 8_00})
    ana = team["A"].add("creator", {"name": "Ana", "niche": "hair"}, {**ANA, "address": [HOME]})
    team["A"].add("collaboration", {"creator": ana, "campaign": 1, "currency": "EUR"})
    ana = team["B"].add("creator", {"name": "Ana", "country": "DE"}, ANA)
    team["B"].add("message", {"creator": ana, "direction": "out", "subject": "Hello"})
    team["B"].add("collaboration", {"creator": ana, "campaign": 1, "currency": "EUR", "notes": "In May"})


def rows(workspace: Workspace, record: str) -> list[tuple[object, ...]]:
    named = {"tag": ("name", "tone", "meaning"), "creator": ("name", "niche", "country")}
    names = named.get(record, ("name",))
    with workspace.store.read_raw() as raw:
        found: list[tuple[object, ...]] = raw.execute(
            f"SELECT {', '.join(names)} FROM {record} WHERE deleted_at IS NULL ORDER BY 1"
        ).fetchall()
    return found


@pytest.mark.parametrize("way", ["AB BA", "BA AB", "AB BA AB BA"])
def test_what_both_made_is_one_with_what_either_filled_in(start: Workspace, tmp_path: Path, way: str) -> None:
    team = Team(tmp_path, start, "B")
    make_apart(team)
    for writer, reader in way.split():
        review = team.send(writer, reader)
        assert not (review.conflicts or review.missing or review.problems), found(review)
    assert everything(team["A"]) == everything(team["B"])
    for workspace in (team["A"], team["B"]):
        assert rows(workspace, "tag") == [("vip", "blue", "Our best")]
        assert rows(workspace, "creator") == [("Ana", "hair", "DE"), ("Zoe", None, None)]
        assert workspace.row("product", 1).cost == 8_00
        for part in ("account", "address", "message", "collaboration"):
            assert {row["creator"] for row in parts(workspace, part)} <= {"Ana", "Zoe"}
        assert [row["notes"] for row in parts(workspace, "collaboration")] == ["In May"]
    assert team.send("A", "B").changes_nothing
    assert team.send("B", "A").changes_nothing
    team.close()


def parts(workspace: Workspace, record: str) -> list[dict[str, object]]:
    with workspace.store.read_raw() as raw:
        found = raw.execute(
            f"SELECT t.*, c.name AS whose FROM {record} t JOIN creator c ON c.id = t.creator "
            "AND c.deleted_at IS NULL WHERE t.deleted_at IS NULL"
        )
        names = [column[0] for column in found.description]
        return [{**dict(zip(names, row, strict=True)), "creator": row[-1]} for row in found]


def test_workbooks_that_cross_make_the_same_one(start: Workspace, tmp_path: Path) -> None:
    team = Team(tmp_path, start, "B")
    make_apart(team)
    books = {name: exported(team[name], tmp_path / f"{name}.xlsx") for name in "AB"}
    for reader, book in (("B", books["A"]), ("A", books["B"])):
        review = team[reader].review_workbook(book)
        assert not review.conflicts
        team[reader].apply_review(review, Decisions())
    assert everything(team["A"]) == everything(team["B"])
    assert not team.send("A", "B").conflicts
    assert not team.send("B", "A").conflicts
    team.close()


@pytest.mark.parametrize("way", list(permutations(["AB", "BC", "CA"], 3))[::2], ids=" ".join)
def test_three_copies_that_made_the_same_agree(
    start: Workspace, tmp_path: Path, way: tuple[str, ...]
) -> None:
    team = Team(tmp_path, start, "BC")
    make_apart(team)
    team["C"].add("tag", {"name": "VIP"})
    team["C"].add("creator", {"name": "Ana", "language": "de"}, ANA)
    for writer, reader in (*way, *way):
        review = team.send(writer, reader)
        assert not (review.conflicts or review.problems or review.missing), found(review)
    assert everything(team["A"]) == everything(team["B"]) == everything(team["C"])
    assert len(rows(team["A"], "tag")) == 1
    assert team["A"].row("creator", 2).language == "de"
    team.close()


def test_it_is_one_step_to_undo_and_may_come_again(start: Workspace, tmp_path: Path) -> None:
    team = Team(tmp_path, start, "B")
    make_apart(team)
    before = everything(team["B"])
    review = team.send("A", "B")
    assert {record for record, _ in review.united} == {
        "tag",
        "product",
        "creator",
        "account",
        "collaboration",
    }
    team["B"].undo()
    assert everything(team["B"]) == before
    team["B"].redo()
    assert not team.send("B", "A").conflicts
    assert everything(team["A"]) == everything(team["B"])
    team.close()


def test_what_both_filled_in_is_asked_with_nothing_before_it(start: Workspace, tmp_path: Path) -> None:
    team = Team(tmp_path, start, "B")
    team["A"].add("product", {"name": "Serum", "sku": "S1", "currency": "EUR"})
    team["B"].add("product", {"name": "Serum 30 ml", "sku": "s1", "currency": "EUR"})
    review = team.send("A", "B", Side.MINE)
    assert review.united_words == (
        "You both made the product “Serum 30 ml”: it becomes one, with what either of you filled in. "
        "Where you filled in different things, you are asked."
    )
    asked = [cell for merge in review.records for cell in merge.conflicts]
    assert [(c.field, c.base, c.mine, c.theirs) for c in asked] == [("name", None, "Serum 30 ml", "Serum")]
    assert not team.send("B", "A").conflicts
    assert everything(team["A"]) == everything(team["B"])
    assert rows(team["A"], "product") == [("Serum 30 ml",)]
    team.close()


def test_a_second_workbook_before_the_answer_asks_nothing_that_is_settled(
    start: Workspace, tmp_path: Path
) -> None:
    team = Team(tmp_path, start, "B")
    make_apart(team)
    team.send("A", "B")
    team["A"].edit("creator", {2: {"niche": "hair and nails"}})
    review = team.send("A", "B")
    assert not (review.conflicts or review.missing or review.problems)
    assert rows(team["B"], "creator")[0] == ("Ana", "hair and nails", "DE")
    assert not team.send("B", "A").conflicts
    assert everything(team["A"]) == everything(team["B"])
    team.close()


def test_what_one_deletes_who_did_not_know_of_the_other_is_asked(start: Workspace, tmp_path: Path) -> None:
    team = Team(tmp_path, start, "B")
    make_apart(team)
    team.send("A", "B")
    team["A"].trash("tag", [1])
    assert team.send("A", "B").conflicts == 1
    assert len(rows(team["B"], "tag")) == 1
    team.send("B", "A")
    assert everything(team["A"]) == everything(team["B"])
    team.close()


def test_a_third_copy_that_knew_one_of_them_hears_which_it_is(start: Workspace, tmp_path: Path) -> None:
    team = Team(tmp_path, start, "BC")
    make_apart(team)
    team.send("B", "C")
    team.send("A", "B")
    team["B"].edit("tag", {1: {"name": "best of all"}})
    for writer, reader in ("BC", "BA", "CA", "AB"):
        review = team.send(writer, reader)
        assert not (review.conflicts or review.missing or review.problems), found(review)
    assert everything(team["A"]) == everything(team["B"]) == everything(team["C"])
    assert len(rows(team["C"], "tag")) == 1
    team.close()


def test_a_creator_who_might_be_one_of_two_stays_apart_and_is_asked(start: Workspace, tmp_path: Path) -> None:
    team = Team(tmp_path, start, "B")
    other = {"platform": "instagram", "handle": "ana.l"}
    team["A"].add("creator", {"name": "Ana"}, {"account": [*ANA["account"], other]})
    team["B"].add("creator", {"name": "Ana on TikTok"}, ANA)
    team["B"].add("creator", {"name": "Ana on Instagram"}, {"account": [other]})
    review = team.send("A", "B")
    asked = [cell.field for merge in review.records for cell in merge.conflicts]
    assert asked == ["creator", "creator"]
    assert len(rows(team["B"], "creator")) == 4
    team.send("B", "A")
    assert everything(team["A"]) == everything(team["B"])
    team.close()


def test_files_of_a_creator_stay_with_the_one_that_two_became(start: Workspace, tmp_path: Path) -> None:
    team = Team(tmp_path, start, "B")
    (tmp_path / "contract.txt").write_text("Signed")
    for name in "AB":
        ana = team[name].add("creator", {"name": "Ana"}, ANA)
        team[name].attach("creator", ana, tmp_path / "contract.txt")
    for writer, reader in ("AB", "BA"):
        team.send(writer, reader)
        assert team[reader].attachments("creator", 2)
    team.close()


def test_a_change_in_between_refuses_what_was_compared(start: Workspace, tmp_path: Path) -> None:
    team = Team(tmp_path, start, "B")
    make_apart(team)
    review = team["B"].review_workbook(exported(team["A"], tmp_path / "a.xlsx"))
    team["B"].edit("tag", {1: {"meaning": "Others"}})
    with pytest.raises(UserError, match="changed after"):
        team["B"].apply_review(review, Decisions())
    team.close()


def test_what_one_deleted_and_made_anew_is_the_same_one_in_the_other(
    start: Workspace, tmp_path: Path
) -> None:
    start.add("tag", {"name": "vip", "tone": "blue", "meaning": "Old"})
    team = Team(tmp_path, start, "B")
    team["A"].trash("tag", [1])
    team["A"].add("tag", {"name": "vip", "meaning": "New"})
    review = team.send("A", "B")
    assert not (review.conflicts or review.problems or review.missing)
    assert rows(team["B"], "tag") == rows(team["A"], "tag") == [("vip", "grey", "New")]
    assert team.send("A", "B").changes_nothing
    assert team.send("B", "A").changes_nothing
    team.close()


def test_lists_that_both_had_imported_are_there_once(start: Workspace, tmp_path: Path) -> None:
    team = Team(tmp_path, start, "B")
    listed = tmp_path / "creators.csv"
    lines = [f"@maker{n},Maker {n},{n * 1000},2026-03-01" for n in range(60)]
    listed.write_text("\n".join(["Handle,Name,Followers,As of", *lines]), encoding="utf-8")
    for name in "AB":
        found_in = imports.recognise(listed, team[name].catalogue)
        proposal = imports.propose(team[name].store, found_in)
        imports.write(imports.rehearse(team[name].store, found_in, proposal, None))
    for writer, reader in ("AB", "BA"):
        review = team.send(writer, reader)
        assert not (review.conflicts or review.new or review.missing or review.problems), found(review)
        if writer == "A":
            assert review.united_words.startswith("You both made 60 creators: each becomes one")
    assert everything(team["A"]) == everything(team["B"])
    assert len(rows(team["B"], "creator")) == 61
    team.close()


def test_the_same_address_of_one_creator_is_there_once(start: Workspace, tmp_path: Path) -> None:
    team = Team(tmp_path, start, "B")
    team["A"].add("creator", {"name": "Ana"}, {**ANA, "address": [{**HOME, "recipient": "Ana Lima"}]})
    team["B"].add("creator", {"name": "Ana"}, {**ANA, "address": [HOME, {**HOME, "label": "Work"}]})
    for writer, reader in ("AB", "BA"):
        assert not team.send(writer, reader).conflicts
    assert everything(team["A"]) == everything(team["B"])
    homes = [(row["label"], row["recipient"]) for row in parts(team["A"], "address")]
    assert sorted(homes) == [("Home", "Ana Lima"), ("Work", None)]
    team.close()


def test_two_that_turn_out_to_be_one_elsewhere_become_one_where_both_are(
    start: Workspace, tmp_path: Path
) -> None:
    """A first mistyped the SKU; C heard of both products before that was put right."""
    team = Team(tmp_path, start, "BC")
    team["A"].add("product", {"name": "Serum", "sku": "S11", "currency": "EUR"})
    team["B"].add("product", {"name": "Serum", "sku": "S1", "currency": "EUR"})
    team.send("A", "C")
    team.send("B", "C")
    team["C"].receive("S11", 5, on="2026-03-01")
    team["C"].receive("S1", 2, on="2026-03-01")
    team["A"].edit("product", {1: {"sku": "S1"}})
    team.send("B", "A")
    review = team.send("A", "C")
    assert not (review.conflicts or review.missing or review.new), found(review)
    assert "“Serum” and “Serum” are one in their copy, so they become one here, too." in review.left
    assert not review.changes_nothing
    for writer, reader in ("CA", "CB", "AB", "BC"):
        review = team.send(writer, reader)
        assert not (review.conflicts or review.missing or review.problems), found(review)
    assert everything(team["A"]) == everything(team["B"]) == everything(team["C"])
    assert rows(team["C"], "product") == [("Serum",)]
    assert [copy.row("product", 1).stock for copy in (team["A"], team["B"])] == [7, 7]
    team.close()


def test_two_tags_of_one_copy_that_differ_in_capitals_stay_two_in_the_other(
    start: Workspace, tmp_path: Path
) -> None:
    team = Team(tmp_path, start, "B")
    for name in ("vip", "VIP"):
        team["A"].add("tag", {"name": name})
    team["B"].add("tag", {"name": "VIP", "meaning": "Our best"})
    for writer, reader in ("AB", "BA"):
        review = team.send(writer, reader)
        assert not (review.conflicts or review.problems or review.missing), found(review)
    assert everything(team["A"]) == everything(team["B"])
    assert rows(team["B"], "tag") == [("VIP", "grey", "Our best"), ("vip", "grey", None)]
    team.close()
