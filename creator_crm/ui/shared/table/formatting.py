"""Values as they are read on the screen: grouped digits, dates, money and percent in the user's locale."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from creator_crm.domain.fields import NUMERIC_KINDS, Field, Kind, Row, Value, value_of
from creator_crm.domain.values.money import exponent
from creator_crm.domain.values.places import country_name, language_name
from creator_crm.domain.values.refused import ValueRefused
from creator_crm.ui.shared import text
from creator_crm.ui.shared.text import tr

# Characters a column is wide when its field does not say.
WIDTHS = {
    Kind.LONG_TEXT: 30,
    Kind.URL: 26,
    Kind.EMAIL: 24,
    Kind.HANDLE: 18,
    Kind.TAGS: 20,
    Kind.FLAG: 9,
    Kind.COUNT: 11,
    Kind.PERCENT: 11,
    Kind.DATE: 12,
    Kind.MOMENT: 17,
}
LONGEST_SHOWN = 240  # nobody reads more of a long text in one line, and measuring it costs time


def right_aligned(field: Field) -> bool:
    """Numbers stand under each other, everything else starts at the left."""
    return field.kind in NUMERIC_KINDS


def characters(field: Field) -> int:
    """How wide the field's column is to begin with."""
    return max(field.width or WIDTHS.get(field.kind, 16), 6)


def display(field: Field, value: Value, currency: str | None = None, names: Mapping[int, str] = {}) -> str:
    """One value for the screen, on one line, "" for an empty one; `names`: titles of referred rows."""
    if value is None or value == () or value is False:
        return ""
    if field.kind is Kind.MONEY:
        return _money(int(str(value)), currency)
    if field.kind is Kind.REFERENCE:
        return names.get(int(str(value)), "…")
    return _writer(field)(value)


def column_texts(field: Field, rows: Sequence[Row], names: Mapping[int, str]) -> list[str]:
    """The display texts of one column for a page of rows, made in one go."""
    if field.kind is Kind.MONEY:
        return [display(field, value_of(row, field), currency_of(field, row)) for row in rows]
    values = (
        [row.custom.get(field.name) for row in rows]
        if field.custom
        else [getattr(row, field.name) for row in rows]
    )
    if field.kind is Kind.REFERENCE:
        return ["" if value is None else names.get(int(str(value)), "…") for value in values]
    write = _writer(field)
    return [write(value) if value not in (None, (), False) else "" for value in values]


def currency_of(field: Field, row: Row | None) -> str | None:
    """The currency code that an amount of `row` is in, None when it is not known."""
    return getattr(row, field.currency, None) if field.currency and row is not None else None


def size(count: int) -> str:
    """A number of bytes in the largest fitting unit."""
    return text.locale().formattedDataSize(count, 0 if count < 10_000 else 1)


def moment(iso: str) -> str:
    """A UTC moment in local time, to the minute."""
    when = datetime.fromisoformat(iso).astimezone()
    return f"{text.day(when.date())} {text.clock(when)}"


def _writer(field: Field) -> Callable[[Value], str]:
    if field.kind is Kind.CHOICE:
        labels = {choice.value: tr(choice.label) for choice in field.choices}
        return lambda value: labels.get(str(value), str(value))
    return _WRITERS.get(field.kind, _one_line)


def _one_line(value: Value) -> str:
    line = str(value)[: LONGEST_SHOWN + 1]
    if not line.isprintable():
        line = " ".join("".join(c if c.isprintable() else " " for c in line).split())
    return line if len(line) <= LONGEST_SHOWN else line[:LONGEST_SHOWN].rstrip() + "…"


def _money(minor: int, currency: str | None) -> str:
    try:
        return text.money(minor, currency or "", exponent(currency) if currency else 2).strip()
    except ValueRefused:
        return text.number(Decimal(minor).scaleb(-2), 2)


def _count(value: Value) -> str:
    return text.number(int(str(value)))


def _number(value: Value) -> str:
    exact = Decimal(str(value))
    return text.number(exact, max(0, -int(exact.normalize().as_tuple().exponent)))


def _percent(value: Value) -> str:
    millionths = int(str(value))
    return text.percent(
        millionths / 1_000_000, 1 if millionths % 1_000 == 0 or abs(millionths) >= 10_000 else 2
    )


@lru_cache(maxsize=4096)
def _day_in(iso: str, _locale: str) -> str:
    return text.day(date.fromisoformat(iso))


def _day(value: Value) -> str:
    return _day_in(str(value), text.locale().name())


def _country(value: Value) -> str:
    try:
        return country_name(str(value))
    except ValueRefused:
        return str(value)


def _language(value: Value) -> str:
    try:
        return language_name(str(value))
    except ValueRefused:
        return str(value)


_WRITERS: dict[Kind, Callable[[Value], str]] = {
    Kind.HANDLE: lambda value: f"@{value}",
    Kind.COUNTRY: _country,
    Kind.LANGUAGE: _language,
    Kind.DATE: _day,
    Kind.MOMENT: lambda value: moment(str(value)),
    Kind.COUNT: _count,
    Kind.PERCENT: _percent,
    Kind.NUMBER: _number,
    Kind.FLAG: lambda _value: tr("Yes"),
    Kind.TAGS: lambda value: ", ".join(value) if isinstance(value, tuple) else "",
}
