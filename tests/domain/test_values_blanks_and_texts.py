"""Empty cells in all their spellings, and text cleaned and folded at the door."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creator_crm.domain.values.blanks import blank_kind, is_blank
from creator_crm.domain.values.tags import format_tags, parse_tags
from creator_crm.domain.values.texts import clean_text, fold, looks_damaged, too_long


@pytest.mark.parametrize("nothing", [None, "", "  ", "\t", "\u200b", "\ufeff", "'", "\xa0"])
def test_a_cell_without_letters_is_empty(nothing: object) -> None:
    assert blank_kind(nothing) == "empty"


@pytest.mark.parametrize(
    "word",
    [
        "-",
        "–",
        "N/A",
        "N/A'",
        "NA",
        "n.a.",
        "nan",
        "NaN",
        "undefined",
        "NULL",
        "None",
        ".",
        "<NA>",
        float("nan"),
    ],
)
def test_a_placeholder_is_blank(word: object) -> None:
    assert blank_kind(word) == "placeholder"


@pytest.mark.parametrize(
    "error",
    [
        "#VALOR!",
        "#¡VALOR!",
        "#DIV/0!",
        "#¡DIV/0!",
        "#N/A",
        "#REF!",
        "#WERT!",
        "#BEZUG!",
        "#NV",
        "#NAME?",
        "#¿NOMBRE?",
        "#VALEUR!",
        "#RIF!",
        "#WAARDE!",
        "#VÄRDEFEL!",
        "#ARG!",
        "#DEĞER!",
        "#SAYI/0!",
        "#YOK",
        "#ЗНАЧ!",
        "#Н/Д",
        "Err:502",
    ],
)
def test_an_error_of_a_spreadsheet_in_any_language_is_blank(error: str) -> None:
    assert blank_kind(error) == "error"


@pytest.mark.parametrize(
    "value",
    ["0", 0, 0.0, False, "Nan", "Na", "Nancy", "#love", "#WOW!", "-5", "@none.at.all", "нет", "nil", "x"],
)
def test_a_zero_a_name_and_a_hashtag_are_values(value: object) -> None:
    assert not is_blank(value)


def test_control_characters_go_and_line_ends_become_one_kind() -> None:
    assert clean_text("a\0b\x1fc\r\nd\re\tf\n") == ("abc\nd\ne f\n", 2)
    assert clean_text("\ud800x\uffff\ufffe") == ("\ufffdx\ufffd\ufffd", 3)
    assert clean_text("plain Zoë 🥊") == ("plain Zoë 🥊", 0)


@given(st.text(st.characters()))
def test_cleaned_text_can_be_stored_and_cleaning_again_changes_nothing(text: str) -> None:
    cleaned, _ = clean_text(text)
    cleaned.encode("utf-8")
    assert not any(ord(c) < 0x20 and c != "\n" for c in cleaned)
    assert clean_text(cleaned) == (cleaned, 0)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Zoë Müller", "zoe muller"),
        ("Straße", "strasse"),
        ("İstanbul", "istanbul"),
        ("ılık ILIK", "ilik ilik"),
        ("Łódź", "lodz"),
        ("Ærø", "aero"),
        ("ガク", "ガク"),
        ("한국", "한국"),
        ("НАСТЯ ИВЛЕЕВА", "настя ивлеева"),
    ],
)
def test_folding_drops_case_and_accents_but_keeps_other_scripts(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text(st.characters()))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_long_text_is_noticed_and_not_cut() -> None:
    assert not too_long("x" * 32_000)
    assert too_long("x" * 32_001)


def test_names_that_lost_their_letters_are_noticed() -> None:
    assert looks_damaged("????? ????")
    assert looks_damaged("Maria \ufffd")
    assert not looks_damaged("Who? Me?")


def test_tags_come_out_sorted_and_once() -> None:
    assert parse_tags("vip, local;VIP | Local") == ("local", "vip")
    assert parse_tags("* myContacts ::: Governo ::: Press") == ("Governo", "myContacts", "Press")
    assert parse_tags(["a,b", "B"]) == ("a", "b")
    assert parse_tags(" , ;") == ()
    assert format_tags(["z", "a"]) == "a, z"


@given(st.text())
def test_tags_written_and_read_again_are_the_same(text: str) -> None:
    assert parse_tags(format_tags(parse_tags(text))) == parse_tags(text)
