"""Numbers, shares and identifiers as files hold them."""

import csv
import itertools
import math
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creator_crm.domain.values.numbers import (
    decide_decimal_comma,
    decide_percent_scale,
    is_cut_by_spreadsheet,
    parse_count,
    parse_identifier,
    parse_number,
    parse_percent,
)
from creator_crm.domain.values.refused import ValueRefused

CREATORS = Path(__file__).parents[3] / "shared" / "data" / "A_creators"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("13.8M", 13_800_000),
        ("12,5K", 12_500),
        ("221.7K", 221_700),
        ("1.2B", 1_200_000_000),
        ("930K", 930_000),
        ("1 234 567", 1_234_567),
        ("1\u202f234\xa0567".replace("\xa0", "\u202f"), 1_234_567),
        ("1'234", 1_234),
        ("1’234’567", 1_234_567),
        ("1.234.567", 1_234_567),
        ("200.000.000", 200_000_000),
        ("2,281,428円", 2_281_428),
        ("12,34,567", 1_234_567),
        ("38400000.0", 38_400_000),
        ("477900000.00", 477_900_000),
        ("2.28E+11", 228_000_000_000),
        ("1.2万", 12_000),
        ("3億", 300_000_000),
        ("1,5 mil", 1_500),
        ("2,3 mln", 2_300_000),
        ("2,3 Mio.", 2_300_000),
        ("5 тыс.", 5_000),
        ("1,2 млн", 1_200_000),
        ("1.2M followers", 1_200_000),
        ("1.234", 1_234),
        ("1,234", 1_234),
        ("'0042", 42),
        ("１２３", 123),
        ("٣٤٥", 345),
        (38400000.0, 38_400_000),
        ("12.5k", 12_500),
        ("1.234K", 1_234),
        (7, 7),
        ("9223372036854775807", 2**63 - 1),
    ],
)
def test_a_count_is_read_as_people_and_programs_write_it(text: object, count: int) -> None:
    assert parse_count(text) == count


@pytest.mark.parametrize(
    "text",
    [
        "abc",
        "",
        "-",
        "inf",
        "nan",
        "-inf",
        "1e400",
        "1_000",
        "12 34",
        "1,23,4",
        "1.2.3",
        "K",
        "1 2M",
        "0x10",
        "1/2",
        float("nan"),
        float("inf"),
        True,
        None,
        "1" * 30,
        "12:30",
        "½",
        "1.5 apples",
        "--5",
        "5 000 00",
        "Ⅷ",
        "1e",
        "(5",
    ],
)
def test_what_is_no_number_is_refused_in_one_sentence(text: object) -> None:
    with pytest.raises(ValueRefused, match=r"^“.*\.$") as refused:
        parse_number(text)
    assert "\n" not in str(refused.value)


def test_a_count_is_whole_not_negative_and_fits_the_file() -> None:
    for text in ("12.5", "-3", "99999999999999999999", 0.5):
        with pytest.raises(ValueRefused):
            parse_count(text)
    assert parse_count("-3", minimum=None) == -3
    assert parse_count("1.234K", decimal_comma=True) == 1_234_000
    assert parse_count(102102.402, rounding=True) == 102102


@pytest.mark.parametrize(
    ("text", "comma", "number"),
    [
        ("1,234", None, "1234"),
        ("1,234", True, "1.234"),
        ("1,234", False, "1234"),
        ("1.234", None, "1.234"),
        ("1.234", True, "1234"),
        ("1,2", None, "1.2"),
        ("1,2", False, "1.2"),
        ("0,125", None, "0.125"),
        ("0,125", False, "0.125"),
        ("1.234,5", None, "1234.5"),
        ("1,234.5", True, "1234.5"),
        ("-5", None, "-5"),
        ("−5", None, "-5"),
        ("5-", None, "-5"),
        ("(1,234.50)", None, "-1234.50"),
        (".5", None, "0.5"),
        ("8.93e-05", None, "0.0000893"),
        (0.1 + 0.2, None, "0.3"),
    ],
)
def test_points_and_commas_mean_what_the_cell_or_else_the_column_says(
    text: object, comma: bool | None, number: str
) -> None:
    assert parse_number(text, comma) == Decimal(number)


@pytest.mark.parametrize(
    ("column", "comma"),
    [
        (["12,5", "7", "1.200"], True),
        (["12.5", "1,200"], False),
        (["1,234,567"], False),
        (["1.234.567"], True),
        (["1.315,00 €"], True),
        (["$1,315.00"], False),
        (["1,234", "5,678"], None),
        (["12.05.2025", "10.0.0.1"], None),
        (["12,5K", "1.2M"], None),
        (["a, b", "", None, 3.5, "hello. world"], None),
    ],
)
def test_a_column_shows_whether_its_decimals_have_a_comma(column: list[object], comma: bool | None) -> None:
    assert decide_decimal_comma(column) is comma


@pytest.mark.parametrize(
    ("text", "scale", "fraction"),
    [
        ("4.6 %", "auto", "0.046"),
        ("4,6%", "auto", "0.046"),
        ("0.1%", "auto", "0.001"),
        ("0.1%", "fraction", "0.001"),
        ("%12,5", "auto", "0.125"),
        ("0.046", "fraction", "0.046"),
        ("4.6", "percent", "0.046"),
        ("4.6", "auto", "0.046"),
        (0.046, "auto", "0.046"),
        ("0,046", "auto", "0.046"),
        ("12 percent", "auto", "0.12"),
        ("0.0381877676814275", "fraction", "0.0381877676814275"),
    ],
)
def test_a_share_is_always_a_fraction_of_one(text: object, scale: str, fraction: str) -> None:
    assert parse_percent(text, scale) == Decimal(fraction)  # type: ignore[arg-type]


def test_a_column_of_plain_shares_says_what_its_numbers_mean() -> None:
    assert decide_percent_scale(["0.046", "0.01", "-", "x"]) == "fraction"
    assert decide_percent_scale(["0.4", "4.6"]) == "percent"
    assert decide_percent_scale(["4.6%", "", "N/A"]) == "auto"


@pytest.mark.parametrize("cut", ["6.28E+12", "6.28123E+12", "1.23457E+18", "1e+21", "'6,28E+12"])
def test_an_identifier_that_excel_has_cut_is_refused_and_never_expanded(cut: str) -> None:
    assert is_cut_by_spreadsheet(cut)
    with pytest.raises(ValueRefused, match="Excel has cut this number"):
        parse_identifier(cut)


def test_a_float_too_large_to_be_exact_is_no_identifier() -> None:
    for damaged in (5.83870900000000001e17, "583870900000000000.0", 1.5, math.nan, math.inf):
        if damaged == "583870900000000000.0" or isinstance(damaged, float):
            with pytest.raises(ValueRefused, match="Excel has cut this number"):
                parse_identifier(damaged)


@pytest.mark.parametrize(
    ("held", "digits"),
    [
        ("583870900000000001\t", "583870900000000001"),
        ("'0721123456", "0721123456"),
        ("0812 345", "0812 345"),
        ("9e10", "9e10"),
        ("#1001", "#1001"),
        (1001.0, "1001"),
        ("1001.0", "1001"),
        (583870900000000001, "583870900000000001"),
        (" 'A-1 ", "A-1"),
    ],
)
def test_an_identifier_is_kept_digit_for_digit(held: object, digits: str) -> None:
    assert parse_identifier(held) == digits


def test_all_29186_abbreviated_numbers_equal_the_full_number_beside_them() -> None:
    if not CREATORS.is_dir():
        pytest.skip("the real creator lists in ../shared/data are not here")
    pairs = 0
    for path in sorted(CREATORS.glob("*.csv")):
        with path.open(encoding="utf-8", errors="replace", newline="") as lines:
            header, *rows = csv.reader(lines)
        names = [" ".join(name.split()).casefold() for name in header]
        doubled = [
            at
            for at, (name, following) in enumerate(itertools.pairwise(names))
            if following in (name, f"{name} values", f"{name} numbers")
        ]
        for row in rows:
            for at in doubled:
                if row[at][-1:] in ("K", "M", "B"):
                    assert parse_count(row[at]) == parse_count(row[at + 1]), (path.name, row)
                    pairs += 1
    assert pairs == 29_186


@given(st.integers(0, 2**63 - 1))
def test_a_count_written_in_any_grouping_is_read_back(count: int) -> None:
    for separator in (",", ".", " ", "'", "\u202f"):
        assert parse_count(f"{count:,}".replace(",", separator)) == count


@given(st.decimals(-(10**9), 10**9, places=4))
def test_a_number_written_with_either_decimal_mark_is_read_back(number: Decimal) -> None:
    point = format(number, "f")
    assert parse_number(point) == number
    assert parse_number(point.replace(".", ","), decimal_comma=True) == number


@given(st.text() | st.from_regex(r"[+(-]?[0-9.,' ]{0,30}(e[+-]?[0-9]{1,4})?[KM%)]?"))
def test_only_a_refusal_escapes_from_any_text(text: str) -> None:
    decide_decimal_comma([text])
    decide_percent_scale([text])
    for parse in (parse_number, parse_count, parse_percent, parse_identifier):
        try:
            value = parse(text)
        except ValueRefused as refused:
            assert str(refused)
        else:
            assert isinstance(value, str) or math.isfinite(value)
