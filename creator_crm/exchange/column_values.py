"""A whole column of cells brought to normal form at once: each different cell is read only one time."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from creator_crm.domain.fields import Field, Kind, Value
from creator_crm.domain.normal import Reading, parse
from creator_crm.domain.values.blanks import blank_kind, is_blank
from creator_crm.domain.values.dates import contradicts_itself, decide_order, needs_year
from creator_crm.domain.values.money import parse_money
from creator_crm.domain.values.numbers import (
    decide_decimal_comma,
    decide_percent_scale,
    parse_count,
)
from creator_crm.domain.values.refused import ValueRefused
from creator_crm.exchange.reading.frames import Cell

TEXTS = frozenset({Kind.TEXT, Kind.LONG_TEXT, Kind.HANDLE, Kind.URL, Kind.EMAIL, Kind.TAGS, Kind.CHOICE})
_SIMPLE_EMAIL = re.compile(r"([A-Za-z0-9_]+(?:[.+-][A-Za-z0-9_]+)*)@([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)")
_PLATFORM_WORDS = {
    "twitter": "x",
    "twitter x": "x",
    "x twitter": "x",
    "ig": "instagram",
    "insta": "instagram",
    "yt": "youtube",
    "you tube": "youtube",
    "tik tok": "tiktok",
    "tt": "tiktok",
    "douyin": "tiktok",
    "fb": "facebook",
    "snap": "snapchat",
    "website": "blog",
}


@dataclass(slots=True)
class ParsedColumn:
    """The values of a column in normal form, what could not be read (by position), what stood for nothing."""

    values: list[Value]
    problems: dict[int, str] = field(default_factory=dict)
    placeholders: Counter[str] = field(default_factory=Counter)


def decide(field: Field, cells: Sequence[Cell], known: Reading) -> tuple[Reading, str]:
    """How the column is to be read, and the question that only a person can answer ("" when none is open)."""
    texts = [cell for cell in cells if cell is not None]
    if field.kind in (Kind.COUNT, Kind.NUMBER, Kind.MONEY, Kind.PERCENT) and known.decimal_comma is None:
        known = replace(known, decimal_comma=decide_decimal_comma(texts))
    if field.kind is Kind.PERCENT and known.percent_scale == "auto":
        known = replace(known, percent_scale=decide_percent_scale(texts))
    question = ""
    if field.kind in (Kind.DATE, Kind.MOMENT):
        if known.date_order is None:
            known = replace(known, date_order=decide_order(texts))
            if known.date_order is None and _undecided(texts):
                question = "Which comes first in these dates, the day or the month?"
                if contradicts_itself(texts):
                    question = "Some of these dates begin with the day, some with the month; which is it?"
        if known.year is None and needs_year(texts):
            question = "These dates have no year; which year is it?"
    return known, question


def _undecided(cells: Sequence[Cell]) -> bool:
    return any(isinstance(c, str) and re.match(r"\s*\d{1,2}[-/ ]\d{1,2}[-/ ]\d{2}", c) for c in cells)


def parse_column(field: Field, cells: Sequence[Cell], reading: Reading) -> ParsedColumn:
    """Every cell of a column in the normal form of `field`."""
    read = _reader(field, reading)
    different: dict[object, tuple[Value, str, str]] = {}
    parsed = ParsedColumn([])
    append = parsed.values.append
    for position, cell in enumerate(cells):
        # 1, 1.0 and True are one key to Python and three values to us.
        key = cell if cell.__class__ is str else (cell.__class__, cell)
        found = different.get(key)
        if found is None:
            found = different[key] = _one(field, cell, read)
        value, problem, placeholder = found
        append(value)
        if problem:
            parsed.problems[position] = problem
        elif placeholder:
            parsed.placeholders[placeholder] += 1
    return parsed


def parse_amounts(
    field: Field, cells: Sequence[Cell], currencies: Sequence[Value], reading: Reading
) -> tuple[ParsedColumn, list[Value]]:
    """Amounts of money, and the currency that the line or the amount itself names, None where neither
    does.
    """
    named: list[Value] = [
        None if is_blank(cell) else said or currency_in(cell, reading)
        for cell, said in zip(cells, currencies, strict=True)
    ]
    parsed = ParsedColumn([field.empty] * len(cells))
    for currency in dict.fromkeys(named):
        where = [i for i, found in enumerate(named) if found == currency]
        own = replace(reading, currency=str(currency)) if currency else reading
        some = parse_column(field, [cells[i] for i in where], own)
        for i, value in zip(where, some.values, strict=True):
            parsed.values[i] = value
        parsed.problems |= {where[n]: reason for n, reason in some.problems.items()}
        parsed.placeholders += some.placeholders
    return parsed, named


def currency_in(cell: Cell, reading: Reading) -> str | None:
    """The currency that an amount names itself, by sign or code."""
    try:
        return parse_money(cell, None, reading.decimal_comma).currency
    except ValueRefused:
        return None


def _one(field: Field, cell: Cell, read: Callable[[Cell], Value]) -> tuple[Value, str, str]:
    blank = blank_kind(cell)
    if blank is not None and not (blank == "placeholder" and _means_something(field, cell)):
        return field.empty, "", "" if blank == "empty" else str(cell).strip()
    try:
        return read(cell), "", ""
    except ValueRefused as refusal:
        return field.empty, str(refusal), ""


def _means_something(field: Field, cell: Cell) -> bool:
    # "NA" is Namibia in a column of country codes, but nobody's list is about Namibia alone.
    return field.kind is Kind.HANDLE and isinstance(cell, str) and cell.strip().startswith("@")


def _reader(field: Field, reading: Reading) -> Callable[[Cell], Value]:
    """The function for one cell of this field, the costly kinds with a short way for the usual case."""
    if field.kind is Kind.COUNT:
        rounding = field.name.startswith("average_")
        comma = reading.decimal_comma
        return lambda cell: (
            int(cell)
            if isinstance(cell, str) and len(cell) < 16 and cell.isdigit() and cell.isascii()
            else _bounded(parse_count(cell, comma, rounding=rounding))
        )
    if field.kind is Kind.EMAIL:
        return lambda cell: _email(field, str(cell), reading)
    if field.kind is Kind.CHOICE and field.name == "platform":
        return lambda cell: _platform(field, str(cell))
    if field.kind in TEXTS:
        return lambda cell: parse(field, _as_text(cell), reading)
    if field.kind is Kind.FLAG:
        return lambda cell: parse(field, _as_text(cell) if not isinstance(cell, bool) else cell, reading)
    return lambda cell: parse(field, cell, reading)


def _bounded(number: int) -> int:
    if abs(number) > 2**53:
        raise ValueRefused(f"“{number}” is too large a number.")
    return number


def _as_text(cell: Cell) -> str:
    """What a cell of a workbook says when it is wanted as text: whole numbers without ".0", days as ISO
    dates.
    """
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 2**53:
        return str(int(cell))
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return cell.date().isoformat()
    if isinstance(cell, dt.date | dt.time):
        return cell.isoformat()
    return str(cell)


def _email(field: Field, text: str, reading: Reading) -> Value:
    found = _SIMPLE_EMAIL.fullmatch(text)
    if found and len(found[1]) <= 64 and _known_domain(field, found[2]):
        return f"{found[1]}@{found[2].lower()}"
    return parse(field, text, reading)


@lru_cache(maxsize=50_000)
def _known_domain(field: Field, domain: str) -> bool:
    try:
        return parse(field, f"someone@{domain}") == f"someone@{domain.lower()}"
    except ValueRefused:
        return False


def _platform(field: Field, text: str) -> Value:
    word = " ".join(re.sub(r"[^\w]+", " ", text).split()).casefold()
    return parse(field, _PLATFORM_WORDS.get(word, text))


def sample_of(cells: Sequence[Cell], most: int = 400) -> list[Cell]:
    """Up to `most` cells that hold something, from the whole length of a column."""
    step = max(1, len(cells) // (2 * most))
    some = [cell for cell in cells[::step] if not is_blank(cell)]
    if len(some) < min(20, len(cells)) and step > 1:
        some = [cell for cell in cells if not is_blank(cell)]
    return some[:: max(1, len(some) // most)][:most]


def share_that_fits(field: Field, cells: Sequence[Cell], reading: Reading) -> float:
    """The share of a sample that can be read as this field; 1 for no sample."""
    if not cells:
        return 1.0
    if field.kind is Kind.MONEY:
        found, _ = parse_amounts(field, cells, [None] * len(cells), replace(reading, currency="EUR"))
        return 1 - len(found.problems) / len(cells)
    fitting = len(cells) - len(parse_column(field, cells, reading).problems)
    return fitting / len(cells)
