"""One value in one cell of the team's workbook, there and back, and the mark by which a change is known.

A cell holds what people expect to see: an amount, a share, a day, words. What a spreadsheet would bend on its
way (numbers of more than 15 digits, days before 1901, yes and no) is text. References are in `names`.
"""

from __future__ import annotations

import re
from binascii import crc32
from collections.abc import Callable, Collection, Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from creator_crm.domain.fields import Field, Kind, Value
from creator_crm.domain.normal import MILLIONTHS, Reading, parse, show
from creator_crm.domain.values.dates import date_from_serial
from creator_crm.domain.values.money import CURRENCIES, exponent
from creator_crm.domain.values.numbers import CUT_BY_SPREADSHEET
from creator_crm.domain.values.refused import ValueRefused, quoted

CellValue = str | int | float | date | datetime | None
TEXT, DAY, MOMENT = "@", "yyyy-mm-dd", "yyyy-mm-dd hh:mm"
YES, NO = "yes", "no"
NO_MARK = "....."
_WITHOUT_CURRENCY = "EUR"  # an amount whose row names none is written as if it were this one
_EXACT = 10**15  # spreadsheets keep 15 digits of a number
_SPELLED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_TO_SPELL = re.compile(r"_(x005F_)?x[0-9A-Fa-f]{4}_", re.IGNORECASE)
_SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.~"
_PAIRS = [a + b for a in _SIGNS for b in _SIGNS]
_TEXTS = frozenset(
    {Kind.TEXT, Kind.LONG_TEXT, Kind.HANDLE, Kind.URL, Kind.EMAIL, Kind.PHONE, Kind.IDENTIFIER}
    | {Kind.COUNTRY, Kind.LANGUAGE, Kind.TAGS, Kind.DATA, Kind.CHOICE, Kind.FLAG, Kind.REFERENCE}
)


def is_text(field: Field) -> bool:
    """Whether the whole column is text to a spreadsheet, so that nothing typed there is bent."""
    return field.kind in _TEXTS


def number_format(field: Field, currency: str | None = None) -> str:
    """How a spreadsheet shows the values of a field; money in the decimals of its currency."""
    if field.kind is Kind.MONEY:
        places = _places(currency)
        return "#,##0." + "0" * places if places else "#,##0"
    return _FORMATS.get(field.kind, TEXT)


def to_cell(field: Field, value: Value, currency: str | None = None) -> tuple[CellValue, str]:
    """What the cell holds and its number format; None for an empty one. `value` is in normal form."""
    if value in (None, ()) or value is False:
        return None, number_format(field, currency)
    number = _WRITERS[field.kind](value, currency) if field.kind in _WRITERS else None
    if number is None:
        return _in_words(field, value, currency), TEXT
    return number, number_format(field, currency)


def from_cell(field: Field, raw: object, currency: str | None = None) -> Value:
    """The normal form of what a cell holds after Excel, LibreOffice or Google Sheets had it.

    `currency` is that of the row as the workbook has it. Raises ValueRefused with a sentence for people.
    """
    if isinstance(raw, str):
        raw = raw.replace("\r\n", "\n").strip()
    if raw is None or raw == "":
        return field.empty
    return _READERS.get(field.kind, _words)(field, raw, currency)


def misspelled(text: str) -> Collection[str]:
    """What a text of signs spelled as `_x0041_` may be read as, when nobody but a program touched it.

    Some programs save such a text as the sign that it spells. LibreOffice (seen in 7.4) saves it spelled as
    Excel does, but takes `_x005F_x0041_` for spelled already.
    """
    if "_x" not in text:
        return ()
    spelled = _TO_SPELL.sub(lambda found: found[0] if found[1] else f"_x005F{found[0]}", text)
    return {_SPELLED.sub(lambda found: chr(int(found[1], 16)), saved) for saved in (text, spelled)}


def mark(value: Value) -> str:
    """The fingerprint of a value in normal form, a reference as the uid of its row: 30 bits in five signs.

    It tells whether a cell was edited since, nothing more: whoever wants to can forge one.
    """
    if value in (None, ()) or value is False:
        return NO_MARK
    if isinstance(value, str):
        text = value
    elif isinstance(value, tuple):
        text = "\x1f".join(value)
    else:
        text = repr(int(value)) if isinstance(value, float) and value.is_integer() else repr(value)
    bits = crc32(text.encode("utf-8", "surrogatepass"))
    return _PAIRS[bits >> 20] + _PAIRS[bits >> 8 & 4095] + _SIGNS[bits >> 2 & 63]


# To a cell -------------------------------------------------------------------------------------------


def _places(currency: str | None) -> int:
    return exponent(currency) if currency in CURRENCIES else 2


def _in_words(field: Field, value: Value, currency: str | None) -> str:
    if field.kind is Kind.MONEY and currency not in CURRENCIES:
        currency = _WITHOUT_CURRENCY
    return show(field, value, currency)


def _fits(number: float) -> float | None:
    """The number if all its digits survive in a spreadsheet."""
    return number if abs(number) < _EXACT and float(f"{number:.15g}") == number else None


def _count(value: Value, _: str | None) -> CellValue:
    return value if isinstance(value, int) and abs(value) < _EXACT else None


def _money(value: Value, currency: str | None) -> CellValue:
    if not isinstance(value, int) or abs(value) >= _EXACT:
        return None
    places = _places(currency)
    return value / 10**places if places else value


def _percent(value: Value, _: str | None) -> CellValue:
    return value / MILLIONTHS if isinstance(value, int) and abs(value) < _EXACT else None


def _number(value: Value, _: str | None) -> CellValue:
    return _fits(value) if isinstance(value, (int, float)) else None


def _day(value: Value, _: str | None) -> CellValue:
    try:
        day = date.fromisoformat(str(value))
    except ValueError:
        return None
    return day if day.year > 1900 else None


def _moment(value: Value, _: str | None) -> CellValue:
    try:
        found = datetime.strptime(str(value), _WRITTEN)
    except ValueError:
        return None
    return found if found.year > 1900 else None


_WRITTEN = "%Y-%m-%dT%H:%M:%SZ"
_FORMATS: Mapping[Kind, str] = {
    Kind.COUNT: "#,##0",
    Kind.PERCENT: "0.0###%",
    Kind.NUMBER: "General",
    Kind.DATE: DAY,
    Kind.MOMENT: MOMENT,
}
NUMBER_FORMATS = (TEXT, *_FORMATS.values(), "#,##0.00", "#,##0.000", "#,##0.0000")
"""Every format that `to_cell` gives."""
_WRITERS: Mapping[Kind, Callable[[Value, str | None], CellValue]] = {
    Kind.COUNT: _count,
    Kind.MONEY: _money,
    Kind.PERCENT: _percent,
    Kind.NUMBER: _number,
    Kind.DATE: _day,
    Kind.MOMENT: _moment,
}


# From a cell -----------------------------------------------------------------------------------------


def _words(field: Field, raw: object, _: str | None) -> Value:
    return parse(field, _text_of(raw))


def _text_of(raw: object) -> str:
    """What stands in the cell, as somebody would have typed it."""
    if isinstance(raw, bool):
        return "TRUE" if raw else "FALSE"
    if isinstance(raw, (int, float)):
        if abs(raw) >= _EXACT:
            raise ValueRefused(CUT_BY_SPREADSHEET)
        return format(Decimal(repr(raw)).normalize(), "f") if isinstance(raw, float) else str(raw)
    if isinstance(raw, datetime) and raw.time() == time():
        return raw.date().isoformat()
    return raw.isoformat(" ") if isinstance(raw, datetime) else str(raw)


def _choice_of(field: Field, raw: object, _: str | None) -> Value:
    text = _text_of(raw)
    found = next((c for c in field.choices if text == c.label), None) or field.choice(text)
    return found.value if found else parse(field, text)


def _flag_of(field: Field, raw: object, _: str | None) -> Value:
    return parse(field, int(raw) if isinstance(raw, float) else raw)


def _numeric(field: Field, raw: object, currency: str | None) -> Value:
    if isinstance(raw, (date, time)):
        raise ValueRefused(f"{quoted(raw)} is a date, and a number belongs here.")
    if isinstance(raw, float):
        raw = float(f"{raw:.15g}")  # the result of a formula carries more digits than it is worth
    reading = Reading(
        percent_scale="auto" if isinstance(raw, str) else "fraction",
        currency=currency if currency in CURRENCIES else _WITHOUT_CURRENCY,
    )
    return parse(field, raw, reading)


def _day_of(field: Field, raw: object, _: str | None) -> Value:
    if isinstance(raw, (int, float)) and not isinstance(raw, bool):
        return date_from_serial(raw).isoformat()
    return parse(field, raw)


def _moment_of(field: Field, raw: object, _: str | None) -> Value:
    if isinstance(raw, (int, float)) and not isinstance(raw, bool):
        day = date_from_serial(raw)
        raw = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(days=raw % 1)
    if isinstance(raw, datetime):  # parts of a day are fractions: 14:05 may come as 14:04:59.9999
        raw += timedelta(milliseconds=500)
    return parse(field, raw)


_READERS: Mapping[Kind, Callable[[Field, object, str | None], Value]] = {
    Kind.CHOICE: _choice_of,
    Kind.FLAG: _flag_of,
    Kind.COUNT: _numeric,
    Kind.MONEY: _numeric,
    Kind.PERCENT: _numeric,
    Kind.NUMBER: _numeric,
    Kind.DATE: _day_of,
    Kind.MOMENT: _moment_of,
}
