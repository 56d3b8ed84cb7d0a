"""Reads numbers as people and programs write them, exactly: 13.8M, 12,5K, 1 234 567, 1.2万, 2.28E+11."""

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from typing import Literal

from creator_crm.domain.values.blanks import is_blank
from creator_crm.domain.values.refused import ValueRefused, quoted

PercentScale = Literal["auto", "fraction", "percent"]

MOST_DIGITS = 24
LONGEST_NUMBER = 80
"""Characters of text worth reading as a number; patterns must never meet a whole pasted document."""
LARGEST_COUNT = 2**63 - 1
CUT_BY_SPREADSHEET = "Excel has cut this number; take it from the original file, with the column set to text."

# Powers of ten. Cyrillic К and М look like the Latin letters and mean the same.
_SUFFIXES = {
    suffix: power
    for power, suffixes in {
        3: "k к tsd tsd. tys tys. тыс тыс. mil thousand tusen bin 千 천",
        4: "万 萬 만",
        5: "lakh lac",
        6: "m м mn mio mio. mln mln. mill mill. mi mln млн млн. million millions milj milj.",
        7: "crore cr",
        8: "億 亿 억",
        9: "b bn mrd mrd. mld mld. md млрд млрд. billion billions",
    }.items()
    for suffix in suffixes.split()
}
_AROUND = " \t\r\n\x0b\x0c\xa0\u2007\u200b\u202f\u3000\ufeff"
_COUNTED = r"(?:followers?|subscribers?|subs|views?|likes?|円|人|回|次|명|회)\.?$"
_SHAPE = r"(?P<digits>[\d.,' ]*\d[\d.,' ]*?)(?:e(?P<power>[+-]?\d{1,3}))? ?(?P<suffix>[^\d\s.,'][^\d\s]*)?"


def parse_number(value: object, decimal_comma: bool | None = None) -> Decimal:
    """The exact number a cell holds.

    `decimal_comma` is what `decide_decimal_comma` found for the column and settles only what the cell leaves
    open: without it "1,234" is a thousand and "1.234" is one and a bit.
    """
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return _from_machine(value)
    text = _tidy(value)
    negative, body = _take_sign(text)
    found = re.fullmatch(_SHAPE, re.sub(_COUNTED, "", body.casefold()).rstrip())
    if not found:
        raise ValueRefused(f"{quoted(value)} is not a number.")
    suffix = found["suffix"] or ""
    if suffix and suffix not in _SUFFIXES:
        raise ValueRefused(f"{quoted(value)} is not a number.")
    plain = _resolve_separators(found["digits"].strip(), decimal_comma)
    if plain is None:
        raise ValueRefused(f"{quoted(value)} is not a number.")
    if len(plain) > MOST_DIGITS:
        raise ValueRefused(f"{quoted(value)} has too many digits for a number.")
    power = int(found["power"] or 0) + _SUFFIXES.get(suffix, 0)
    return _bounded(Decimal(plain).scaleb(power) * (-1 if negative else 1), value)


def parse_count(
    value: object, decimal_comma: bool | None = None, *, minimum: int | None = 0, rounding: bool = False
) -> int:
    """The whole number a cell holds. A count has no fraction, so here "1.234" is a thousand.

    With `rounding` an average such as 102102.4 is rounded; otherwise it is refused.
    """
    if isinstance(value, str):
        if value.isascii() and value.isdigit() and len(value) <= 18:
            return int(value)
        if found := re.fullmatch(r"([0-9]{1,6})(?:\.([0-9]{1,2}))?([KMB])", value):
            # The form of nearly every follower count, read without the general machinery.
            decimals = found[2] or ""
            return int(found[1] + decimals + "0" * (_SUFFIXES[found[3].lower()] - len(decimals)))
        if decimal_comma is None and re.fullmatch(r"\s*[1-9]\d{0,2}\.\d{3}\s*", value):
            value = value.replace(".", "")
    number = parse_number(value, decimal_comma)
    whole = int(number.to_integral_value())
    if whole != number and not rounding:
        raise ValueRefused(f"{quoted(value)} is not a whole number.")
    if abs(whole) > LARGEST_COUNT:
        raise ValueRefused(f"{quoted(value)} is too large for a count.")
    if minimum is not None and whole < minimum:
        raise ValueRefused(f"{quoted(value)} is below {minimum}.")
    return whole


def parse_percent(value: object, scale: PercentScale = "auto", decimal_comma: bool | None = None) -> Decimal:
    """A share as a fraction of one: "4.6 %" gives 0.046.

    Without the sign `scale`, from `decide_percent_scale`, says what 4.6 means; "auto" takes up to 1 as it is.
    """
    bare = value
    if isinstance(value, str) and len(value) <= LONGEST_NUMBER:
        bare = re.sub(r"\s*(?:%|％|٪|\bpercent\b|\bpct\b)\s*", "", value, count=1, flags=re.IGNORECASE)
        if decimal_comma is None and bare.count(",") == 1 and "." not in bare:
            decimal_comma = True
    number = parse_number(bare, decimal_comma)
    signed = bare != value
    if signed or scale == "percent" or (scale == "auto" and abs(number) > 1):
        return number.scaleb(-2)
    return number


def decide_decimal_comma(values: Iterable[object]) -> bool | None:
    """Whether a column writes its decimals with a comma; None when nothing shows it or cells disagree."""
    commas = dots = False
    for value in values:
        if not isinstance(value, str) or len(value) > LONGEST_NUMBER:
            continue
        seps = re.sub(r"[^.,]", "", value)
        last = re.search(r"([.,])(\d*)(?!.*[.,])", value)
        if not last or not re.match(r"[^\w]*\d|[^\d]{1,4}\d", value.strip()):
            continue
        grouping = len(seps) > 1 and len(set(seps)) == 1
        if grouping and len(last[2]) != 3:
            continue
        if len(seps) == 1 and len(last[2]) == 3 and not re.search(r"(?<!\d)0[.,]", value):
            continue
        comma = (last[1] == ",") != grouping
        commas, dots = commas or comma, dots or not comma
    return commas if commas != dots else None


def decide_percent_scale(values: Iterable[object]) -> PercentScale:
    """What plain numbers in a column of shares mean: "fraction" when none is above 1, else "percent"."""
    decided: PercentScale = "auto"
    for value in values:
        if is_blank(value) or (isinstance(value, str) and not {"%", "％", "٪"}.isdisjoint(value)):
            continue
        try:
            number = parse_percent(value, "fraction")
        except ValueRefused:
            continue
        if abs(number) > 1:
            return "percent"
        decided = "fraction"
    return decided


def is_cut_by_spreadsheet(text: str) -> bool:
    """Whether a long number has lost its digits to a spreadsheet: "6.28E+12", "1.23457E+18"."""
    shape = r"'?[+-]?(?:\d[.,]\d+e\+?\d{1,3}|\d+e\+\d{1,3})"
    return "e" in text.casefold() and re.fullmatch(shape, text.strip().casefold()) is not None


def lost_its_end(number: str) -> bool:
    """Whether a long number has nothing but zeros behind its fifteenth digit, as when Excel has kept it.

    From eighteen digits on: of whole numbers of sixteen, one in ten ends like that by itself.
    """
    return re.fullmatch(r"[1-9]\d{14}0{3,}", number, re.ASCII) is not None


def parse_identifier(value: object, *, whole: bool = False) -> str:
    """An order, post or phone number digit for digit, without the apostrophe or TAB exports put around it.

    `whole` also refuses a number whose last digits have become zeros.
    """
    if isinstance(value, bool):
        raise ValueRefused(f"{quoted(value)} is not an identifier.")
    if isinstance(value, float):
        if value != value or not value.is_integer() or abs(value) >= 2**53:
            raise ValueRefused(CUT_BY_SPREADSHEET)
        return str(int(value))
    text = str("" if value is None else value).strip(_AROUND).removeprefix("'").strip(_AROUND)
    if not text:
        raise ValueRefused("There is no identifier here.")
    if is_cut_by_spreadsheet(text):
        raise ValueRefused(CUT_BY_SPREADSHEET)
    if re.fullmatch(r"[0-9]+\.0+", text):
        digits = text.partition(".")[0]
        if int(digits[:20]) >= 2**53:
            raise ValueRefused(CUT_BY_SPREADSHEET)
        return digits
    if whole and lost_its_end(re.sub(r"[\s-]", "", text)):
        raise ValueRefused(CUT_BY_SPREADSHEET)
    return text


def _from_machine(value: float | Decimal) -> Decimal:
    """A number cell; a float to the 15 digits a spreadsheet keeps, so 19.990000000000002 is 19.99."""
    number = Decimal(format(value, ".15g")) if isinstance(value, float) else Decimal(value)
    if not number.is_finite():
        raise ValueRefused(f"{quoted(value)} is not a number.")
    return _bounded(number, value)


def _bounded(number: Decimal, value: object) -> Decimal:
    """The number in plain notation, refused when no count or amount could ever need it."""
    if number and not -MOST_DIGITS <= number.adjusted() < MOST_DIGITS:
        raise ValueRefused(f"{quoted(value)} is too large or too small a number.")
    if len(number.as_tuple().digits) > MOST_DIGITS + 1:
        raise ValueRefused(f"{quoted(value)} has too many digits for a number.")
    return Decimal(format(number, "f")) if number else Decimal(0)


def _tidy(value: object) -> str:
    """The text with every kind of blank, digit, apostrophe and minus brought to its plain form."""
    text = str("" if value is None or isinstance(value, bool) else value)[: LONGEST_NUMBER + 1]
    if len(text) > LONGEST_NUMBER:
        raise ValueRefused(f"{quoted(value)} is not a number.")
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).translate(
            {0x2019: "'", 0x2212: "-", 0x66B: ".", 0x66C: None}
        )
        text = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)
    return " ".join(text.split())


def _take_sign(text: str) -> tuple[bool, str]:
    """Whether the number is below zero ("-5", "5-", "(5)"), and the text without the sign."""
    if text.startswith("(") and text.endswith(")"):
        return True, text[1:-1].strip()
    text = text.removeprefix("'")
    if text[:1] in ("-", "+"):
        return text[0] == "-", text[1:].strip()
    if text.endswith("-"):
        return True, text[:-1].strip()
    return False, text


def _resolve_separators(digits: str, decimal_comma: bool | None) -> str | None:
    """Digits with a plain decimal point and no grouping, or None when the separators make no sense."""
    points, commas = digits.count("."), digits.count(",")
    if points and commas:
        decimal = "," if digits.rfind(",") > digits.rfind(".") else "."
    elif points + commas > 1:
        decimal = ""
    elif points + commas == 1:
        mark = "." if points else ","
        head, _, tail = digits.partition(mark)
        could_group = len(tail) == 3 and re.fullmatch(r"[1-9]\d{0,2}", head) is not None
        means_decimal = mark == "." if decimal_comma is None else decimal_comma == (mark == ",")
        decimal = mark if means_decimal or not could_group else ""
    else:
        decimal = ""
    whole, _, fraction = digits.rpartition(decimal) if decimal else (digits, "", "")
    groups = re.split("[., ']", whole)
    if not _are_groups(whole, groups) or not re.fullmatch(r"\d*", fraction):
        return None
    plain = "".join(groups)
    if not plain and not fraction:
        return None
    return f"{plain or '0'}.{fraction}" if fraction else plain or "0"


def _are_groups(whole: str, groups: list[str]) -> bool:
    """Whether the parts between separators are groups of three, or of two before the last as in India."""
    if len(groups) == 1:
        return True
    if len(set(re.findall("[., ']", whole))) != 1 or not 1 <= len(groups[0]) <= 3 or len(groups[-1]) != 3:
        return False
    sizes = {len(group) for group in groups[1:-1]}
    return sizes <= {3} or (sizes == {2} and len(groups[0]) <= 2 and "," in whole)
