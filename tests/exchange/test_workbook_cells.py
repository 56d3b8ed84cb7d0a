"""Cells of the team's workbook: a value goes out, and comes back the same from any spreadsheet."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creator_crm.domain.fields import Choice, Field, Kind, Value
from creator_crm.domain.normal import parse
from creator_crm.domain.records import CATALOGUE
from creator_crm.domain.values.refused import ValueRefused
from creator_crm.exchange.workbook.cells import (
    NO_MARK,
    from_cell,
    is_text,
    mark,
    misspelled,
    number_format,
    to_cell,
)
from creator_crm.exchange.workbook.layout import MARK_LENGTH

WHOLE = st.integers(-(2**53), 2**53)
TYPED = {
    Kind.COUNT: WHOLE,
    Kind.MONEY: WHOLE,
    Kind.PERCENT: WHOLE,
    Kind.NUMBER: st.floats(-1e15, 1e15).map(lambda number: round(number, 9)),
    Kind.DATE: st.dates(date(1900, 1, 1), date(2199, 12, 31)).map(date.isoformat),
    Kind.MOMENT: st.datetimes(datetime(1900, 1, 1), datetime(2199, 12, 31)).map(
        lambda moment: moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    ),
    Kind.FLAG: st.booleans(),
    Kind.CHOICE: st.sampled_from(["a", "b", "B"]),
}
WORDS = sorted(set(Kind) - set(TYPED) - {Kind.REFERENCE, Kind.EMAIL, Kind.PHONE, Kind.COUNTRY, Kind.LANGUAGE})


def a_field(kind: Kind, **options: Any) -> Field:
    return Field(name=kind.value, label=kind.value, kind=kind, **options)


FIELDS = {
    kind: a_field(kind, choices=(Choice("a", "b"), Choice("b", "a"), Choice("B", "Bee")), signed=True)
    for kind in Kind
}


@given(
    st.sampled_from(sorted(TYPED)).flatmap(lambda k: st.tuples(st.just(k), TYPED[k])),
    st.sampled_from(["EUR", "JPY", "KWD", None, "???"]),
)
def test_every_value_comes_back_from_its_cell(value: tuple[Kind, Value], currency: str | None) -> None:
    field = FIELDS[value[0]]
    cell, _ = to_cell(field, value[1], currency)
    assert from_cell(field, cell, currency) == value[1]


@given(st.sampled_from(WORDS), st.text())
def test_every_text_comes_back_from_its_cell(kind: Kind, typed: str) -> None:
    try:
        value = parse(FIELDS[kind], typed)
    except ValueRefused:
        return
    cell, form = to_cell(FIELDS[kind], value)
    assert from_cell(FIELDS[kind], cell) == value
    assert form == "@" and is_text(FIELDS[kind])


def test_every_choice_of_every_record_comes_back() -> None:
    for description in CATALOGUE.public:
        for field in description.fields:
            for choice in field.choices:
                assert from_cell(field, to_cell(field, choice.value)[0]) == choice.value


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        (Kind.FLAG, True, True),  # LibreOffice makes a formula of it, whose result this is
        (Kind.FLAG, 1.0, True),
        (Kind.FLAG, "no", False),
        (Kind.COUNT, 12.0, 12),
        (Kind.COUNT, "1,234", 1234),
        (Kind.MONEY, 0.1 + 0.2, 30),
        (Kind.MONEY, "1.315,00 €", 131500),
        (Kind.PERCENT, 0.05, 50000),
        (Kind.PERCENT, "5%", 50000),
        (Kind.PERCENT, 1.5, 1500000),
        (Kind.DATE, datetime(2026, 3, 4), "2026-03-04"),
        (Kind.DATE, date(2026, 3, 4), "2026-03-04"),
        (Kind.DATE, "2026-03-04T00:00:00", "2026-03-04"),
        (Kind.DATE, 45000, "2023-03-15"),
        (Kind.MOMENT, datetime(2026, 3, 4, 14, 4, 59, 999990), "2026-03-04T14:05:00Z"),
        (Kind.MOMENT, "2026-03-04 14:05", "2026-03-04T14:05:00Z"),
        (Kind.MOMENT, 45000.5, "2023-03-15T12:00:00Z"),
        (Kind.LONG_TEXT, "one\r\ntwo", "one\ntwo"),
        (Kind.TEXT, 7.0, "7"),
        (Kind.TEXT, True, "TRUE"),
        (Kind.TEXT, datetime(2026, 3, 4), "2026-03-04"),
        (Kind.IDENTIFIER, 123456789012345, "123456789012345"),
        (Kind.HANDLE, "@ana", "ana"),
        (Kind.TEXT, "  ", None),
        (Kind.TAGS, "", ()),
        (Kind.FLAG, None, False),
    ],
)
def test_what_spreadsheets_make_of_a_cell_is_understood(kind: Kind, raw: object, value: Value) -> None:
    assert from_cell(FIELDS[kind], raw, "EUR") == value


@pytest.mark.parametrize(
    ("kind", "raw", "why"),
    [
        (Kind.IDENTIFIER, 1.2345678901234568e19, "Excel has cut this number"),
        (Kind.TEXT, 1.2345678901234568e19, "Excel has cut this number"),
        (Kind.COUNT, 1.5, "not a whole number"),
        (Kind.COUNT, datetime(2026, 3, 4), "is a date"),
        (Kind.MONEY, 1.005, "more decimals"),
        (Kind.CHOICE, "purple", "is not one of"),
        (Kind.DATE, "3/4/26", "does not show"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_the_reason(kind: Kind, raw: object, why: str) -> None:
    with pytest.raises(ValueRefused, match=why):
        from_cell(FIELDS[kind], raw, "EUR")


def test_money_is_shown_in_the_decimals_of_its_currency() -> None:
    assert to_cell(FIELDS[Kind.MONEY], 1250, "EUR") == (12.5, "#,##0.00")
    assert to_cell(FIELDS[Kind.MONEY], 1250, "JPY") == (1250, "#,##0")
    assert number_format(FIELDS[Kind.MONEY], "KWD") == "#,##0.000"


def test_numbers_of_more_digits_than_a_spreadsheet_keeps_are_text() -> None:
    assert to_cell(FIELDS[Kind.NUMBER], 123456789.123456789) == ("123456789.12345679", "@")
    assert to_cell(FIELDS[Kind.COUNT], 2**53) == (str(2**53), "@")


def test_a_mark_tells_values_apart_and_nothing_from_something() -> None:
    values: list[Value] = ["", "a", "b", "aa", "1", 1, 2, -1, 0.5, True, ("a", "b"), ("a,b",), "é", "e\u0301"]
    marks = [mark(value) for value in values]
    assert len(set(marks)) == len(values) - 1  # "1" and 1 never meet: they are in different columns
    assert all(len(sign) == MARK_LENGTH for sign in marks)
    assert {mark(empty) for empty in (None, (), False)} == {NO_MARK}
    assert mark(5.0) == mark(5)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("_x0041_", "A"),
        ("_x005F_x0041_", "_x0041_"),
        ("_x005F_x005F_x0041_", "_x005FA"),
        ("_x005F_x005F_x005F_x0041_", "_x005F_x005FA"),
        ("x_x0041_y_x005F_x0042_z", "x_x0041_y_x0042_z"),
    ],
)
def test_what_libreoffice_makes_of_a_text_that_spells_signs_is_known_for_it(written: str, read: str) -> None:
    assert read in misspelled(written)
    assert written + "!" not in misspelled(written)
    assert not misspelled("a_b x41")
