"""Fields that people make in one copy come to the others as they are: kind, choices, values, one field."""

from __future__ import annotations

from pathlib import Path

import pytest
from edited import edited, exported, found

from creator_crm.domain.fields import Kind
from creator_crm.domain.merging import Side
from creator_crm.services.workbook_back import Decisions, Review
from creator_crm.services.workspace import Workspace

VALUES = {
    "skin": ("choice", "Skin type", "dry"),
    "shoe": ("number", "Shoe size", 38.5),
    "fans": ("count", "Fans met", 12),
    "liked": ("percent", "Liked", 46_000),
    "born": ("date", "Born on", "1999-02-03"),
    "likes": ("tags", "Likes", ("sea", "tea")),
    "vegan": ("flag", "Vegan", True),
    "story": ("long_text", "Story", "one\n\nthree"),
}


OTHER_KIND = (
    "Creators: the field “Fans met” is of the kind “Whole number” in their copy and “Text” here. "
    "It stays “Text” here, and their values were read as that."
)
LEFT_OUT = (
    "On sheet “Creators”, the field “Skin type” is one that you removed here or left out; so it was left."
)


@pytest.fixture
def a(workspace: Workspace) -> Workspace:
    for name in ("Ana", "Bea"):
        workspace.add("creator", {"name": name})
    workspace.add("campaign", {"name": "Spring"})
    return workspace


def make(workspace: Workspace, *names: str) -> None:
    for name in names or VALUES:
        kind, label, value = VALUES[name]
        options = ("dry", "oily") if kind == "choice" else ()
        field = workspace.add_custom_field("creator", label, kind, options=options, help=f"What {label} is")
        workspace.edit("creator", {1: {field.name: value}})


def send(writer: Workspace, reader: Workspace, decisions: Decisions | None = None, **how: object) -> Review:
    book = exported(writer, writer.path.with_suffix(".xlsx"), **how)
    review = reader.review_workbook(book)
    reader.apply_review(review, decisions or Decisions())
    return review


def own(workspace: Workspace) -> list[tuple[object, ...]]:
    fields = workspace.custom_fields("creator")
    return [(f.uid, f.name, f.label, f.kind, f.options, f.help, f.personal) for f in fields]


def held(workspace: Workspace, number: int = 1) -> dict[str, object]:
    return dict(workspace.row("creator", number).custom)


def test_a_field_of_every_kind_comes_with_its_values_in_one_step(a: Workspace, b: Workspace) -> None:
    make(a)
    steps = len(b.change_sets())
    review = send(a, b)
    assert found(review)["custom_field"] == {"new": len(VALUES)}
    assert (review.left, review.new_columns) == ((), ())
    assert own(b) == own(a)
    assert held(b) == held(a)
    assert len(held(b)) == len(VALUES)
    assert b.catalogue["creator"].field("skin_type").kind is Kind.CHOICE
    assert len(b.change_sets()) == steps + 1
    b.undo()
    assert own(b) == []
    assert held(b) == {}


def test_there_and_back_it_is_the_same_field_and_nothing_is_left_to_say(a: Workspace, b: Workspace) -> None:
    make(a)
    b.add("creator", {"name": "Cho"})
    send(a, b)
    b.edit("creator", {1: {"skin_type": "oily"}, 2: {"shoe_size": 41.0}})
    a.edit("creator", {2: {"fans_met": 3}})
    assert not send(b, a).conflicts
    assert not send(a, b).conflicts
    assert own(a) == own(b)
    assert [held(a, n) for n in (1, 2)] == [held(b, n) for n in (1, 2)]
    assert held(a)["skin_type"] == "oily"
    for one, other in ((a, b), (b, a)):
        review = send(one, other)
        assert (review.changes_nothing, review.left, review.new_columns) == (True, (), ())


def test_a_field_comes_with_a_workbook_of_some_records_too(a: Workspace, b: Workspace) -> None:
    make(a, "skin")
    review = send(a, b, records=["creator"])
    assert found(review) == {"custom_field": {"new": 1}, "creator": {"taken": 1}}
    assert (own(b), held(b)) == (own(a), {"skin_type": "dry"})
    assert found(send(a, b)) == {}
    assert found(send(b, a)) == {}


def test_a_new_row_brings_what_it_holds_in_a_new_field(a: Workspace, b: Workspace) -> None:
    make(a, "skin")
    a.add("creator", {"name": "Cho", "skin_type": "oily"})
    send(a, b)
    assert held(b, 3) == {"skin_type": "oily"}


def test_what_a_team_mate_typed_into_a_new_field_comes_as_it_is_meant(
    a: Workspace, b: Workspace, tmp_path: Path
) -> None:
    make(a, "skin", "born")
    book = exported(a, tmp_path / "typed.xlsx")
    with edited(book) as their:
        their.put("Creators", ("Name", "Bea"), "Skin type", "oily")
        their.put("Creators", ("Name", "Bea"), "Born on", "2001-05-06")
    for reader in (b, a):
        reader.apply_review(reader.review_workbook(book), Decisions())
    assert held(a, 2) == held(b, 2) == {"skin_type": "oily", "born_on": "2001-05-06"}
    assert found(send(a, b)) == found(send(b, a)) == {}


def test_a_field_that_is_not_wanted_stays_away_with_its_values_until_that_is_undone(
    a: Workspace, b: Workspace
) -> None:
    make(a, "skin", "shoe")
    a.add("creator", {"name": "Cho", "skin_type": "oily"})
    uid = own(a)[0][0]
    send(a, b, Decisions(skip=frozenset({("custom_field", str(uid))})))
    assert [row[1] for row in own(b)] == ["shoe_size"]
    assert (held(b), held(b, 3)) == ({"shoe_size": 38.5}, {})
    assert send(a, b).left == (LEFT_OUT,)
    assert [row[1] for row in own(b)] == ["shoe_size"]
    b.undo()
    send(a, b)
    assert (own(b), held(b), held(b, 3)) == (own(a), held(a), {"skin_type": "oily"})
    assert not send(b, a).conflicts
    assert held(a) == {"skin_type": "dry", "shoe_size": 38.5}


def test_a_field_of_another_kind_here_keeps_its_kind_and_says_so(a: Workspace, b: Workspace) -> None:
    make(a, "fans")
    b.add_custom_field("creator", "Fans met", "text")
    b.edit("creator", {2: {"fans_met": "many"}})
    review = send(a, b, Decisions(prefer=Side.THEIRS))
    assert review.left == (OTHER_KIND,)
    assert (b.catalogue["creator"].field("fans_met").kind, held(b)) == (Kind.TEXT, {"fans_met": "12"})
    review = send(b, a)
    assert [problem[1] for m in review.records for problem in m.problems] == ["fans_met"]
    assert (a.catalogue["creator"].field("fans_met").kind, held(a)) == (Kind.COUNT, {"fans_met": 12})


def test_a_choice_that_was_added_there_comes_with_what_was_chosen(a: Workspace, b: Workspace) -> None:
    make(a, "skin")
    send(a, b)
    field = a.custom_fields("creator")[0]
    a.edit("custom_field", {field.id: {"options": ("dry", "mixed", "oily")}})
    a.edit("creator", {2: {"skin_type": "mixed"}})
    assert not send(a, b).problems
    assert held(b, 2) == {"skin_type": "mixed"}
    assert own(a) == own(b)


def test_a_field_that_was_removed_here_stays_away_until_it_is_brought_back_there(
    a: Workspace, b: Workspace
) -> None:
    make(a, "skin")
    send(a, b)
    b.remove_custom_field("creator", "skin_type")
    a.edit("creator", {2: {"skin_type": "oily"}})
    review = send(a, b)
    assert review.left == (LEFT_OUT,)
    assert own(b) == []
    send(b, a)
    assert own(a) == []
    a.restore("custom_field", [1])
    send(a, b)
    assert own(b) == own(a)
    assert [held(b, n) for n in (1, 2)] == [held(a, n) for n in (1, 2)]


def test_what_somebody_wrote_over_the_description_of_a_field_makes_none(
    a: Workspace, b: Workspace, tmp_path: Path
) -> None:
    make(a, "skin")
    book = exported(a, tmp_path / "broken.xlsx", records=["creator"])
    with edited(book) as their:
        sheet = their.book["crm origin"]
        for row in range(2, sheet.max_row + 1):
            if sheet.cell(row, 1).value == "own field":
                sheet.cell(row, 2).value = '{"about": "creator", "name": "id; drop", "label": 3, "kind": []}'
    review = b.review_workbook(book)
    assert found(review) == {}
    assert any("“Skin type”" in said for said in review.left)
