"""Reads dates as people, shops and spreadsheets write them; day or month first is decided per column."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import cache
from typing import Literal

from creator_crm.domain.values.refused import ValueRefused, quoted
from creator_crm.domain.values.texts import fold

DateOrder = Literal["dmy", "mdy", "ymd"]

FIRST_YEAR, LAST_YEAR = 1900, 2199

_MONTHS = """
    jan january januar janvier enero gennaio janeiro januari ocak styczen stycznia janv ene gen oca sty janner
    feb february februar fevrier febrero febbraio fevereiro februari subat luty lutego fevr fev sub lut
    mar march marz mars marzo marco maart mart marzec marca mrt maa mrz
    apr april avril abril aprile nisan kwiecien kwietnia avr abr nis kwi
    may mai mayo maggio maio mei maj mayis maja mag
    jun june juni juin junio giugno junho haziran czerwiec czerwca giu haz cze
    jul july juli juillet julio luglio julho temmuz lipiec lipca juil lug tem lip
    aug august aout agosto augustus augusti agustos sierpien sierpnia ago agu sie aou
    sep september septembre septiembre settembre setembro eylul wrzesien wrzesnia sept set eyl wrz setiembre
    oct october oktober octobre octubre ottobre outubro ekim pazdziernik pazdziernika okt ott out eki paz
    nov november novembre noviembre novembro kasim listopad listopada kas lis
    dec december dezember decembre diciembre dicembre dezembro aralik grudzien grudnia dez dic ara gru des
"""
_WEEKDAYS = r"^(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)(?:(?:nes|rs|ur)?day)?[.,]? "
_TIME = (
    r"(?:[t,]? ?\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)? ?(?:[ap]\.?m\.?)?"
    r" ?(?:z|utc|gmt|[a-z]{2,4})? ?(?:[+-]\d{1,2}(?::?\d{2})?)?(?: ?\([a-z ]+\))?)?"
)


def parse_date(value: object, order: DateOrder | None = None, year: int | None = None) -> date:
    """The day a cell names, as written there; a time of day and its zone are left aside.

    `order` settles 03/04/25 and `year` completes "August 31"; without them both are refused.
    """
    if isinstance(value, datetime):
        return _day(value.year, value.month, value.day, value)
    if isinstance(value, date):
        return _day(value.year, value.month, value.day, value)
    text = _tidy(value)
    if found := re.fullmatch(r"(\d{4})(\d{2})(\d{2})" + _TIME, text):
        return _day(int(found[1]), int(found[2]), int(found[3]), value)
    if found := re.fullmatch(r"(\d{4}) ?[-/. 年년] ?(\d{1,2}) ?[-/. 月월] ?(\d{1,2})[.日일]?" + _TIME, text):
        return _day(int(found[1]), int(found[2]), int(found[3]), value)
    if found := re.fullmatch(r"(\d{1,2})([-/. ]) ?(\d{1,2})[-/. ] ?(\d{4}|\d{2})" + _TIME, text):
        return _from_numbers(int(found[1]), found[2], int(found[3]), found[4], order, value)
    if (words := _from_words(text)) is not None:
        day, month, written_year = words
        if written_year is None and year is None:
            raise ValueRefused(f"{quoted(value)} has no year.")
        return _day(written_year if written_year is not None else year or 0, month, day, value)
    if (found := re.fullmatch(r"(\d{1,2})[/.](\d{1,2})\.?", text)) and year is not None:
        return _from_numbers(int(found[1]), text[len(found[1])], int(found[2]), str(year), order, value)
    raise ValueRefused(f"{quoted(value)} is not a date.")


def date_from_serial(number: float, *, since_1904: bool = False) -> date:
    """The day of an Excel serial number, 2023-03-15 for 45000; 60, which is no day, is refused."""
    whole = int(number) if 1 <= number <= 110_000 else 0
    if not whole or (whole == 60 and not since_1904):
        raise ValueRefused(f"{quoted(number)} is not a date.")
    start = date(1904, 1, 1) if since_1904 else date(1899, 12, 31 if whole < 60 else 30)
    return start + timedelta(days=whole)


def order_evidence(values: Iterable[object]) -> dict[DateOrder, int]:
    """How many cells can only be read in each order: a first number above 12 is a day, a second one too."""
    seen: dict[DateOrder, int] = {"dmy": 0, "mdy": 0, "ymd": 0}
    for value in values:
        text = _tidy(value)
        if re.match(r"\d{4}[-/. 年년]?\d{1,2}", text) and not re.match(r"\d{4}$", text):
            seen["ymd"] += 1
        elif found := re.match(r"(\d{1,2})([-/. ]) ?(\d{1,2})[-/. ] ?\d{2}", text):
            first, second = int(found[1]), int(found[3])
            if first > 12 >= second or (found[2] == "." and second <= 12):
                seen["dmy"] += 1
            elif second > 12 >= first:
                seen["mdy"] += 1
    return seen


def decide_order(values: Iterable[object]) -> DateOrder | None:
    """The order of day and month in a column, None when nothing shows it or cells contradict each other."""
    seen = order_evidence(values)
    if seen["dmy"] and seen["mdy"]:
        return None
    return next((order for order in ("dmy", "mdy", "ymd") if seen[order]), None)


def contradicts_itself(values: Iterable[object]) -> bool:
    """Whether a column holds dates that can only be day first beside dates that can only be month first."""
    seen = order_evidence(values)
    return bool(seen["dmy"] and seen["mdy"])


def needs_year(values: Iterable[object]) -> bool:
    """Whether a column holds days without a year: "August 31"."""
    for value in values:
        words = _from_words(_tidy(value))
        if words is not None and words[2] is None:
            return True
    return False


def _tidy(value: object) -> str:
    if isinstance(value, float):
        value = int(value) if value.is_integer() else None
    text = "" if value is None or isinstance(value, bool) else str(value)[:80]
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
        text = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)
    return re.sub(_WEEKDAYS, "", " ".join(text.strip(" \t\r\n'").split()).lower())


def _from_numbers(a: int, mark: str, b: int, year: str, order: DateOrder | None, value: object) -> date:
    """A date of three numbers with the year last (or first, two digits long, when the column says so)."""
    if order == "ymd" and len(year) == 2:
        return _day(_full_year(str(a).rjust(2, "0")), b, int(year), value)
    if order in (None, "ymd"):
        if a > 12 or mark == ".":
            order = "dmy"
        elif b > 12 or a == b:
            order = "mdy"
        else:
            raise ValueRefused(f"{quoted(value)} does not show whether the day or the month comes first.")
    day, month = (a, b) if order == "dmy" else (b, a)
    return _day(_full_year(year), month, day, value)


def _from_words(text: str) -> tuple[int, int, int | None] | None:
    """Day, month, year of a date that names its month: "12 Mar 2025", "Mar 12, 2025", "31 de mayo"."""
    text = re.sub(_TIME + "$", "", text).strip(" ,")
    found = re.fullmatch(
        r"(\d{1,2})(?:st|nd|rd|th|er|º|\.)?[ -]?(?:de |del |of )?(\D+?)"
        r"(?:[ ,'-]+(?:de |del )?(\d{4}|\d{2}))?",
        text,
    )
    if found:
        day, name, year = found[1], found[2], found[3]
    elif found := re.fullmatch(r"([^\d\s]+)[ -]?(\d{1,2})(?:st|nd|rd|th)?(?:[ ,-]+(\d{4}))?", text):
        day, name, year = found[2], found[1], found[3]
    elif found := re.fullmatch(r"(\d{4})[ -]([^\d\s-]+)[ -](\d{1,2})", text):
        day, name, year = found[3], found[2], found[1]
    else:
        return None
    month = _month_names().get(fold(name.strip(" .,-")))
    return None if month is None else (int(day), month, _full_year(year) if year else None)


@cache
def _month_names() -> dict[str, int]:
    lines = [line.split() for line in _MONTHS.splitlines() if line.strip()]
    return {name: number for number, names in enumerate(lines, start=1) for name in names}


def _full_year(year: str) -> int:
    return int(year) if len(year) > 2 else int(year) + (2000 if int(year) < 70 else 1900)


def _day(year: int, month: int, day: int, value: object) -> date:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueRefused(f"{quoted(value)} is not a date between {FIRST_YEAR} and {LAST_YEAR}.")
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueRefused(f"{quoted(value)} is not a day of the calendar.") from None
