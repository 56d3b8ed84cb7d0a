"""Numbers, money and dates are written as the locale does, and data cannot turn a sentence around."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from creator_crm.ui.shared import text


@pytest.fixture(autouse=True)
def american() -> Iterator[None]:
    text.set_locale("en_US")
    yield
    text.set_locale("en_US")


def test_numbers_are_grouped_as_the_locale_groups_them() -> None:
    assert text.number(1234567) == "1,234,567"
    assert text.number(1234.5, 2) == "1,234.50"
    text.set_locale("de_DE")
    assert text.number(1234567) == "1.234.567"


def test_money_comes_from_minor_units_with_the_decimals_of_its_currency() -> None:
    assert text.money(45000, "USD") == "$450.00"
    assert text.money(1200, "JPY", decimals=0) == "¥1,200"
    text.set_locale("de_DE")
    assert text.money(123450, "EUR").replace("\xa0", " ") == "1.234,50 €"


def test_a_day_always_shows_its_full_year() -> None:
    assert text.day(date(2026, 11, 22)) == "11/22/2026"
    text.set_locale("de_DE")
    assert text.day(date(2026, 11, 22)) == "22.11.2026"


def test_the_days_in_what_a_record_is_called_are_written_as_all_days_are() -> None:
    text.set_locale("de_DE")
    assert text.title("Nkechi Quillamore · 2026-11-30") == "Nkechi Quillamore · 30.11.2026"
    assert text.title("2026-11-20 · Shop · all") == "20.11.2026 · Shop · all"
    assert text.title("Glow 2026-11-20") == "Glow 2026-11-20"
    assert text.title("2026-02-30") == "2026-02-30"


def test_a_moment_is_told_in_local_time() -> None:
    assert text.clock(datetime(2026, 11, 22, 12, 4, tzinfo=UTC)).replace("\u202f", " ") == "12:04 PM"


def test_the_c_locale_becomes_one_that_groups_digits() -> None:
    text.set_locale("C")
    assert text.number(12000) == "12,000"


def test_nouns_agree_with_their_number() -> None:
    assert text.counted(1, "creator", "creators") == "1 creator"
    assert text.counted(1204, "creator", "creators") == "1,204 creators"


def test_percent_and_isolation() -> None:
    assert text.percent(0.042) == "4.2%"
    assert text.isolate("@ana31") == "\u2068@ana31\u2069"
