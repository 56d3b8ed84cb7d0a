"""What another copy knows of the history here, and what that makes the base of a merge."""

from __future__ import annotations

from creator_crm.domain.ancestry import PRESENCE, AsWritten, Brought, Knowledge, Knows, Past, Step, held
from creator_crm.domain.merging import (
    UNKNOWN,
    Cell,
    Choices,
    Gone,
    RecordMerge,
    RowConflict,
    Side,
    State,
    TheirRow,
)

HERE = (("me", 9),)


def base(
    knowledge: Knowledge, now: str, *steps: Step, living: bool = True
) -> tuple[State, bool | None, object]:
    """State, whether what is there now is the base, and the base of the one cell of the one row."""
    rows = {"r": {"x": now}}
    past = Past(knowledge, rows if living else {}, {} if living else rows, {"r": steps})
    return past.state("r"), past.is_base("r", "x", now), past.value("r", "x")


def test_the_base_is_what_was_there_before_what_they_have_not_seen() -> None:
    found = base(Knowledge({"me": 5}, HERE), "new", Step(6, {"x": "old"}), Step(7, {"x": "middle"}))
    assert found == (State.LIVING, False, "old")


def test_the_newest_position_they_have_seen_counts_whichever_copy_this_one_was() -> None:
    ancestors = (("grandmother", 3), ("mother", 5), ("me", 9))
    assert Knowledge({"grandmother": 8, "mother": 4}, ancestors).position == 4
    assert not Knowledge({"stranger": 4}, ancestors).shares_history


def test_what_their_own_earlier_workbook_brought_is_known_to_them() -> None:
    merges = {6: Brought({"ann": (0, 2)})}
    again = Knowledge({"me": 5, "ann": 3}, HERE, merges)
    assert base(again, "hers", Step(6, {"x": "old"})) == (State.LIVING, True, "hers")
    assert base(again, "mine", Step(6, {"x": "old"}), Step(7, {"x": "hers"})) == (State.LIVING, False, "hers")


def test_what_a_third_copy_brought_may_be_known_and_is_asked_about() -> None:
    merges = {6: Brought({"ann": (0, 2), "bo": (0, 4)})}
    knowledge = Knowledge({"me": 5, "ann": 3}, HERE, merges)
    assert knowledge.of(6, ("r", "x")) is Knows.MAYBE
    assert base(knowledge, "theirs", Step(6, {"x": "old"})) == (State.LIVING, None, UNKNOWN)


def test_what_they_can_know_only_in_part_is_asked_about() -> None:
    knowledge = Knowledge({"me": 5}, HERE, in_part={"me": 6})
    assert base(knowledge, "new", Step(6, {"x": "old"})) == (State.LIVING, None, UNKNOWN)
    assert base(knowledge, "new", Step(7, {"x": "old"})) == (State.LIVING, False, "old")


def test_what_was_typed_into_their_workbook_is_not_known_to_their_copy() -> None:
    place = ("r", "x")
    merges = {6: Brought({"ann": (0, 2)}, typed=frozenset({place}), typing="e1/aa")}
    seen = {"me": 5, "ann": 3}
    assert Knowledge(seen, HERE, merges).of(6, place) is Knows.NO
    assert Knowledge(seen | {"e1/aa": 1}, HERE, merges).of(6, place) is Knows.YES
    assert Knowledge(seen | {"e1/bb": 1}, HERE, merges).of(6, place) is Knows.MAYBE


def test_a_question_answered_here_is_open_until_they_have_heard_the_answer() -> None:
    merges = {6: Brought({"ann": (0, 2)}, held=frozenset({("r", "x")}))}
    asked = Knowledge({"me": 5, "ann": 2}, HERE, merges)
    assert base(asked, "mine", Step(4, {"x": "old"})) == (State.LIVING, None, UNKNOWN)
    assert base(Knowledge({"me": 6, "ann": 2}, HERE, merges), "mine") == (State.LIVING, True, "mine")


def test_what_both_changed_alike_is_common_from_then_on() -> None:
    merges = {7: Brought({"ann": (0, 2)}, agreed=frozenset({("r", "x")}))}
    knowledge = Knowledge({"me": 5, "ann": 2}, HERE, merges)
    assert base(knowledge, "same", Step(6, {"x": "old"})) == (State.LIVING, True, "same")


def test_agreement_is_found_where_the_base_was_otherwise() -> None:
    rows = {"r": {"x": "same", "y": 1}}
    past = Past(Knowledge({"me": 5}, HERE), rows, {}, {"r": [Step(6, {"x": "old"})]})
    theirs = [TheirRow(2, "r", {"x": "same", "y": 1}, {})]
    assert [*past.agreed(theirs, ())] == [("r", "x")]


def test_a_row_trashed_on_both_sides_is_an_agreement_too() -> None:
    past = Past(Knowledge({"me": 5}, HERE), {}, {"r": {"x": 1}}, {"r": [Step(6, {PRESENCE: None})]})
    assert past.state("r") is State.LIVING
    assert [*past.agreed([], ("r", "unheard of"))] == [("r", PRESENCE)]


def test_a_row_made_here_since_is_absent_and_one_they_brought_is_not() -> None:
    made = Step(6, None)
    assert base(Knowledge({"me": 5}, HERE), "x", made) == (State.ABSENT, True, "x")
    merges = {6: Brought({"ann": (0, 2)})}
    assert base(Knowledge({"me": 5, "ann": 2}, HERE, merges), "x", made)[0] is State.LIVING
    assert base(Knowledge({"me": 5}, HERE, merges), "x", made) == (State.ABSENT, None, UNKNOWN)


def test_a_row_removed_for_good_was_what_it_was() -> None:
    past = Past(Knowledge({"me": 5}, HERE), {}, {}, {"r": [Step(6, {"x": "old"}, removed=True)]})
    assert (past.state("r"), past.value("r", "x")) == (State.LIVING, "old")


def test_a_row_that_somebody_told_is_gone_is_no_new_one_to_whoever_has_not_heard() -> None:
    merges = {6: Brought({"ann": (0, 2)}, gone=frozenset({"r"}))}
    assert Past(Knowledge({"me": 5}, HERE, merges), {}, {}, {}).state("r") is State.LIVING
    assert Past(Knowledge({"me": 5, "ann": 2}, HERE, merges), {}, {}, {}).state("r") is State.ABSENT


def test_an_older_workbook_turns_nothing_back_but_what_was_typed_into_it_counts() -> None:
    past = Past(Knowledge({"me": 9}, HERE), {"r": {"x": "new", "y": "new"}}, {}, {})
    theirs = [TheirRow(2, "r", {"x": "old", "y": "typed"}, {})]
    written = AsWritten(past, theirs, ("s",), {("r", "y")})
    assert (written.state("r"), written.state("s"), written.state("t")) == (
        State.LIVING,
        State.TRASHED,
        State.ABSENT,
    )
    assert written.is_base("r", "x", "old") and not written.is_base("r", "x", "new")
    assert written.is_base("r", "y", "new") and not written.is_base("r", "y", "typed")


def test_questions_that_end_with_what_is_here_are_remembered() -> None:
    asked = Cell("r", "x", 0, 1, 2), Cell("r", "y", 0, 1, 2), Cell("r", "z", 0, 1, 2)
    merge = RecordMerge("row", conflicts=asked, gone=(RowConflict("s", Gone.HERE, ()),))
    choices = Choices(cells={("r", "y"): Side.THEIRS})
    assert held(merge, choices, frozenset({("r", "z")}), frozenset({("t", "x")})) == {
        ("r", "x"),
        ("s", PRESENCE),
        ("t", "x"),
    }
