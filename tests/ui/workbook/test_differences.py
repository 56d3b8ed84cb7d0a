"""Where two versions of a text differ, and what of it is marked."""

from __future__ import annotations

import pytest

from creator_crm.ui.workbook.differences import LONGEST, cut_to_difference, new_words

LONG = "A sentence that both sides wrote alike, and then "


@pytest.mark.parametrize(
    ("text", "others", "shown"),
    [
        (f"{LONG}this", [f"{LONG}that"], "… and then this"),
        ("short this", ["short that"], "short this"),
        (f"{LONG}this", [""], f"{LONG}this"),
        (f"{LONG}this", [], f"{LONG}this"),
        ("x" * 60 + "y", ["x" * 60 + "z"], f"… {'x' * 14}y"),
        (LONG, [f"{LONG}more"], "… and then "),
    ],
)
def test_a_line_begins_shortly_before_the_difference(text: str, others: list[str], shown: str) -> None:
    assert cut_to_difference(text, *others) == shown


def test_new_words_are_marked_where_they_stand() -> None:
    text = "posts on Sundays and replies fast"
    marked = [text[first:behind] for first, behind in new_words(text, "posts on Fridays and replies")]
    assert marked == ["Sundays", "fast"]


def test_a_text_unlike_the_first_is_compared_with_the_next() -> None:
    text = "replies fast in spring"
    assert new_words(text, "Exclusive until autumn.") == []
    marks = new_words(text, "Exclusive until autumn.", "replies fast in June")
    assert [text[a:b] for a, b in marks] == ["spring"]


def test_a_text_of_a_book_is_read_without_marks() -> None:
    assert new_words("word " * LONGEST, "word " * LONGEST + "more") == []
