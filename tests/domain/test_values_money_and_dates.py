"""Amounts with their currency, and days in the orders and languages of real files."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creator_crm.domain.values.dates import (
    contradicts_itself,
    date_from_serial,
    decide_order,
    needs_year,
    order_evidence,
    parse_date,
)
from creator_crm.domain.values.money import CURRENCIES, Money, format_plain, parse_money, to_minor
from creator_crm.domain.values.refused import ValueRefused


@pytest.mark.parametrize(
    ("text", "currency", "money"),
    [
        ("$9.99", None, Money(999, "USD")),
        ("$9.99", "CAD", Money(999, "CAD")),
        ("$9.99", "EUR", Money(999, "USD")),
        ("USD 1,315.00", None, Money(131500, "USD")),
        ("1.315,00 €", None, Money(131500, "EUR")),
        ("1.315 €", None, Money(131500, "EUR")),
        ("899kr", "SEK", Money(89900, "SEK")),
        ("899:-", "SEK", Money(89900, "SEK")),
        ("2,281,428円", None, Money(2281428, "JPY")),
        ("£12", None, Money(1200, "GBP")),
        ("12,50", "EUR", Money(1250, "EUR")),
        ("1 234,50 zł", None, Money(123450, "PLN")),
        ("R$ 1.234,56", None, Money(123456, "BRL")),
        ("CHF 1'234.50", None, Money(123450, "CHF")),
        ("1.315 KWD", None, Money(1315, "KWD")),
        ("-$5", None, Money(-500, "USD")),
        ("$-5.25", None, Money(-525, "USD")),
        ("(12.50)", "USD", Money(-1250, "USD")),
        ("12.50-", "USD", Money(-1250, "USD")),
        ("$1.2K", None, Money(120000, "USD")),
        ("¥500", "JPY", Money(500, "JPY")),
        ("￥500", "CNY", Money(50000, "CNY")),
        (19.990000000000002, "EUR", Money(1999, "EUR")),
        (5, "JPY", Money(5, "JPY")),
        ("9.9900", "EUR", Money(999, "EUR")),
    ],
)
def test_an_amount_is_read_with_the_currency_it_names(
    text: object, currency: str | None, money: Money
) -> None:
    assert parse_money(text, currency) == money


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("12.50", None),
        ("899kr", None),
        ("¥500", "EUR"),
        ("abc", "EUR"),
        ("", "EUR"),
        ("$", None),
        ("12.345,678", "EUR"),
        ("0.3333", "EUR"),
        ("5.5", "JPY"),
        ("XYZ 5", None),
        ("$5 €", None),
        ("(5", "USD"),
        ("1e400", "USD"),
        ("nan", "USD"),
        (True, "USD"),
        ("9" * 20, "EUR"),
        ("5", "XXQ"),
    ],
)
def test_an_amount_that_is_not_sure_is_refused(text: object, currency: str | None) -> None:
    with pytest.raises(ValueRefused, match=r"\.$"):
        parse_money(text, currency)


@given(st.integers(-(2**63) + 1, 2**63 - 1), st.sampled_from(sorted(CURRENCIES)))
def test_an_amount_written_plainly_is_read_back(minor: int, currency: str) -> None:
    plain = format_plain(minor, currency)
    assert to_minor(Decimal(plain), currency) == minor
    assert parse_money(plain, currency, decimal_comma=False) == Money(minor, currency)
    assert parse_money(f"{plain} {currency}") == Money(minor, currency)


def test_amounts_are_written_with_the_decimals_of_their_currency() -> None:
    assert format_plain(1250, "EUR") == "12.50"
    assert format_plain(-5, "USD") == "-0.05"
    assert format_plain(500, "JPY") == "500"
    assert format_plain(1315, "KWD") == "1.315"


@given(st.text() | st.from_regex(r"[$€(-]?[0-9., ]{0,12}(kr|EUR|-)?"), st.sampled_from([None, "EUR", "JPY"]))
def test_only_a_refusal_escapes_from_any_amount(text: str, currency: str | None) -> None:
    try:
        money = parse_money(text, currency)
    except ValueRefused as refused:
        assert str(refused)
    else:
        assert parse_money(f"{money.currency} {format_plain(money.minor, money.currency)}") == money


MAY_28 = date(2026, 5, 28)


@pytest.mark.parametrize(
    "text",
    [
        "2026-05-28",
        "2026/05/28 7:01:33 PM GMT+2",
        "2026-05-28 09:55:16 -0400",
        "2026-05-28T09:55:16.123Z",
        "20260528",
        "28.05.2026",
        "28.5.26",
        "05/28/2026",
        "28/05/26",
        "28-05-2026",
        "28 May 2026",
        "May 28, 2026",
        "28-May-26",
        "28. Mai 2026",
        "28 mai 2026",
        "28 de mayo de 2026",
        "28 maggio 2026",
        "28 de maio de 2026",
        "28 mei 2026",
        "28 maj 2026",
        "28 Mayıs 2026",
        "28 maja 2026",
        "2026年5月28日",
        "2026년 5월 28일",
        "Thu, 28 May 2026 10:00:00 +0000",
        "May 28th, 2026",
        "28th of May 2026",
        "2026-May-28",
        " 2026-05-28\t",
        "'2026-05-28",
        "28/05/2026 14:30",
        "May 28, 2026, 3:04 PM",
        "٢٨/٠٥/٢٠٢٦",
        date(2026, 5, 28),
        datetime(2026, 5, 28, 23, 59, tzinfo=UTC),
        20260528.0,
        20260528,
    ],
)
def test_a_day_is_read_in_every_form_real_files_have(text: object) -> None:
    assert parse_date(text) == MAY_28


MONTH_NAMES = {
    1: "January Januar janvier enero gennaio janeiro januari Ocak stycznia",
    2: "February Februar février febrero febbraio fevereiro februari Şubat lutego",
    3: "March März mars marzo marzo março maart Mart marca mrt",
    4: "April avril abril aprile Nisan kwietnia",
    5: "May Mai mayo maggio maio mei maj Mayıs maja",
    6: "June Juni juin junio giugno junho Haziran czerwca",
    7: "July Juli juillet julio luglio julho Temmuz lipca",
    8: "August août agosto augustus augusti Ağustos sierpnia",
    9: "September septembre septiembre settembre setembro Eylül września Sept.",
    10: "October Oktober octobre octubre ottobre outubro Ekim października",
    11: "November novembre noviembre novembro Kasım listopada",
    12: "December Dezember décembre diciembre dicembre dezembro Aralık grudnia déc.",
}


@pytest.mark.parametrize("month", MONTH_NAMES)
def test_months_are_known_in_ten_languages(month: int) -> None:
    for name in MONTH_NAMES[month].split():
        assert parse_date(f"7 {name} 2025") == date(2025, month, 7), name
        assert parse_date(f"7 {name.upper()} 2025") == date(2025, month, 7), name


@pytest.mark.parametrize(
    "text",
    [
        "31.02.2025",
        "2025-02-30",
        "10000-01-01",
        "0",
        "0000-00-00",
        "0001-01-01",
        "not-a-date",
        "",
        None,
        "August 31",
        "03/04/2025",
        "13/13/2025",
        "2025",
        "45000",
        45000.0,
        True,
        "99999999",
        "12 Foo 2025",
        "1/2",
        "20251301",
        "-1",
    ],
)
def test_what_is_no_day_is_refused(text: object) -> None:
    with pytest.raises(ValueRefused, match=r"\.$"):
        parse_date(text)


def test_day_or_month_first_is_decided_by_the_column() -> None:
    assert decide_order(["03/04/2025", "13/04/2025"]) == "dmy"
    assert decide_order(["03/14/24", "10/05/2026"]) == "mdy"
    assert decide_order(["2025-01-02", ""]) == "ymd"
    assert decide_order(["03/04/2025", "x"]) is None
    assert decide_order(["3.4.2025"]) == "dmy"
    both = ["13/04/2025", "04/13/2025"]
    assert decide_order(both) is None
    assert contradicts_itself(both)
    assert order_evidence(both) == {"dmy": 1, "mdy": 1, "ymd": 0}
    assert parse_date("03/04/2025", "dmy") == date(2025, 4, 3)
    assert parse_date("03/04/25", "mdy") == date(2025, 3, 4)
    assert parse_date("25/03/04", "ymd") == date(2025, 3, 4)


def test_a_day_without_a_year_asks_for_it() -> None:
    assert needs_year(["August 31", "-"])
    assert needs_year(["31. August"])
    assert not needs_year(["August 31, 2025", "", "x"])
    assert parse_date("August 31", year=2025) == date(2025, 8, 31)


def test_serial_numbers_are_days_only_when_asked() -> None:
    assert date_from_serial(45000) == date(2023, 3, 15)
    assert date_from_serial(1) == date(1900, 1, 1)
    assert date_from_serial(61.75) == date(1900, 3, 1)
    assert date_from_serial(43538, since_1904=True) == date(2023, 3, 15)
    for wrong in (-1, 0, 60, 10**9, float("nan"), float("inf")):
        with pytest.raises(ValueRefused):
            date_from_serial(wrong)


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_a_day_written_in_any_order_is_read_back(day: date) -> None:
    assert parse_date(day.isoformat()) == day
    assert parse_date(f"{day.day}/{day.month}/{day.year:04}", "dmy") == day
    assert parse_date(f"{day.month}/{day.day}/{day.year:04}", "mdy") == day
    assert parse_date(f"{day:%Y%m%d}") == day


@given(st.text() | st.from_regex(r"[0-9]{1,4}[-/. ][0-9A-Za-z]{1,4}[-/. ]?[0-9]{0,5}"))
def test_only_a_refusal_escapes_from_any_date(text: str) -> None:
    needs_year([text])
    decide_order([text])
    try:
        parse_date(text, "dmy", 2025)
    except ValueRefused as refused:
        assert str(refused)
