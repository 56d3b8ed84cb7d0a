"""The apostrophe that keeps a spreadsheet from running text, and its way back."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from creator_crm.exchange.safe_text import guarded, unguarded, writable

tricky = st.text(st.sampled_from("'=+-@|%\t\r\n ＝1aé.,()/"), max_size=8) | st.text(max_size=20)


@given(tricky)
@example("'=1+1")
@example("''")
@example("'")
def test_taking_the_guard_off_gives_back_what_was_guarded(text: str) -> None:
    assert unguarded(guarded(text)) == text


@given(tricky)
def test_guarded_text_never_begins_with_a_sign_that_starts_a_formula_and_more(text: str) -> None:
    safe = guarded(text)
    assert not safe.startswith(("=", "＝", "|", "\t", "\r", "\n"))
    assert not safe.startswith(("+", "-", "@", "%")) or not set(safe[1:]) & set("+-*/()=!|'\"&^")


@pytest.mark.parametrize(
    "text", ["'tis the season", "'90s hair", "don't", "", "Ana", "@ana.b_c", "+49 170 123", "-12.5 %", "-"]
)
def test_ordinary_text_is_left_alone_on_the_way_in(text: str) -> None:
    assert unguarded(text) == text


@pytest.mark.parametrize("text", ["@ana.b_c", "+491701234567", "+49 170 123", "-12", "-1.5%", "-", "100%"])
def test_handles_phones_and_negative_numbers_go_out_as_they_are(text: str) -> None:
    assert guarded(text) == text


@pytest.mark.parametrize(
    "text", ["+49-170-123", "+1+1", "-2+3", "-A1", "@SUM(A1)", "@a-b", "%0", "＝1", "-\n"]
)
def test_whatever_could_be_counted_out_is_guarded(text: str) -> None:
    assert guarded(text) == f"'{text}"


def test_signs_that_no_file_can_hold_are_replaced_and_all_others_kept() -> None:
    assert writable("a\ud83d b\ufffe c\x00 d\x0b\ue000") == "a\ufffd b\ufffd c\ufffd d\ufffd\ue000"
    assert writable("two\nlines\tand 😀 ü") == "two\nlines\tand 😀 ü"
