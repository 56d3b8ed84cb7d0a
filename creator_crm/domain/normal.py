"""Between what people type or files hold and the one normal form of each kind, and back to plain text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import Any

from creator_crm.domain.fields import Description, Field, Kind, Value
from creator_crm.domain.frozen import immutable
from creator_crm.domain.values.refused import ValueRefused, quoted

MILLIONTHS = 1_000_000
LARGEST = 2**53
_TRUE = frozenset({"yes", "y", "true", "1", "x", "ja", "oui", "sí", "si", "✓", "on"})
_FALSE = frozenset({"no", "n", "false", "0", "nein", "non", "off"})


@immutable
class Reading:
    """What is known of a whole column before a value is read; None: each value speaks for itself."""

    decimal_comma: bool | None = None
    percent_scale: str = "auto"
    date_order: Any = None
    year: int | None = None
    region: str | None = None
    currency: str | None = None


_PLAIN = Reading()


def parse(field: Field, text: object, reading: Reading = _PLAIN) -> Value:
    """The normal form of what somebody typed or a cell holds; empty for nothing.

    Raises ValueRefused with a sentence for the person who typed it.
    """
    if text is None or (isinstance(text, str) and not text.strip()):
        return field.empty
    return _parsers()[field.kind](field, text, reading)


def show(field: Field, value: Value, currency: str | None = None) -> str:
    """Plain text that `parse` turns back into the same value: for files, clipboard and command line."""
    if value in (None, ()) or value is False:
        return ""
    kind = field.kind
    if kind is Kind.MONEY:
        from creator_crm.domain.values.money import format_plain

        return format_plain(int(value), currency or "EUR")  # type: ignore[arg-type]
    if kind is Kind.PERCENT:
        return f"{_decimal(Decimal(int(value)) / 10_000)}%"  # type: ignore[arg-type]
    if kind is Kind.NUMBER:
        return _decimal(Decimal(repr(value)))
    if kind is Kind.TAGS:
        from creator_crm.domain.values.tags import format_tags

        return format_tags(value)  # type: ignore[arg-type]
    if kind is Kind.CHOICE:
        found = field.choice(value)
        return found.label if found else str(value)
    if kind is Kind.FLAG:
        return "yes"
    if kind is Kind.HANDLE:
        return f"@{value}"
    return str(value)


def as_json(field: Field, value: Value, currency: str | None = None) -> object:
    """The value for a machine to read: decimals and money as strings, flags as booleans, tags as a list."""
    if field.kind is Kind.FLAG:
        return bool(value)
    if field.kind is Kind.TAGS:
        return list(value or ())  # type: ignore[arg-type]
    if value is None:
        return None
    if field.kind is Kind.MONEY:
        return show(field, value, currency)
    if field.kind is Kind.PERCENT:
        return _decimal(Decimal(int(value)) / MILLIONTHS)  # type: ignore[arg-type]
    if field.kind is Kind.NUMBER:
        return show(field, value)
    return value


def completed(
    description: Description[Any], values: Mapping[str, Value], *, defaults: bool = False
) -> dict[str, Value]:
    """`values` with the folded match keys that follow and, for a new row, the described defaults."""
    full = dict(values)
    for field in description.stored:
        if defaults and field.default is not None and field.name not in full:
            full[field.name] = field.default
        if field.folds and field.folds in full:
            full[field.name] = folded(full[field.folds])
    return full


def folded(value: Value) -> str | None:
    """The match key of a handle: None for nothing."""
    from creator_crm.domain.values.handles import fold_handle

    return fold_handle(str(value)) or None if value else None


def currency_of(field: Field, values: Mapping[str, Value]) -> str | None:
    """The currency of a money field in a row given as a mapping of its values."""
    currency = values.get(field.currency) if field.currency else None
    return str(currency) if currency else None


def percent_from(fraction: Decimal) -> int:
    """Millionths of the whole, halves to even."""
    return int((fraction * MILLIONTHS).to_integral_value())


def _decimal(number: Decimal) -> str:
    text = format(number.normalize(), "f")
    return "0" if text in ("-0", "") else text


@cache
def _parsers() -> Mapping[Kind, Callable[[Field, object, Reading], Value]]:
    return {
        Kind.TEXT: _text,
        Kind.LONG_TEXT: _text,
        Kind.HANDLE: _handle,
        Kind.URL: _url,
        Kind.EMAIL: _email,
        Kind.PHONE: _phone,
        Kind.IDENTIFIER: _identifier,
        Kind.COUNTRY: _country,
        Kind.LANGUAGE: _language,
        Kind.DATE: _date,
        Kind.MOMENT: _moment,
        Kind.COUNT: _count,
        Kind.MONEY: _money,
        Kind.PERCENT: _percent,
        Kind.NUMBER: _number,
        Kind.FLAG: _flag,
        Kind.CHOICE: _choice,
        Kind.TAGS: _tags,
        Kind.REFERENCE: _reference,
        Kind.DATA: _text,
    }


def _text(field: Field, text: object, _: Reading) -> Value:
    from creator_crm.domain.values.texts import LONGEST_TEXT, clean_text, too_long

    clean = clean_text(str(text))[0].strip()
    if field.kind is Kind.TEXT:
        clean = " ".join(clean.split())
    if too_long(clean):
        raise ValueRefused(f"This text has {len(clean):,} signs; {LONGEST_TEXT:,} fit into a field.")
    return clean or field.empty


def _handle(field: Field, text: object, _: Reading) -> Value:
    from creator_crm.domain.values.handles import clean_handle

    clean = _text(field, clean_handle(str(text)), _)
    if isinstance(clean, str) and " " in clean:
        raise ValueRefused(f"{quoted(clean)} is not a handle: handles have no blanks.")
    return clean


def _url(field: Field, text: object, reading: Reading) -> Value:
    clean = _text(field, text, reading)
    if isinstance(clean, str) and (" " in clean or "\n" in clean):
        raise ValueRefused(f"{quoted(clean)} is not a link: links have no blanks.")
    return clean


def _email(_: Field, text: object, __: Reading) -> Value:
    from creator_crm.domain.values.contacts import parse_email

    return parse_email(str(text))


def _phone(_: Field, text: object, reading: Reading) -> Value:
    from creator_crm.domain.values.contacts import parse_phone

    return str(parse_phone(text, reading.region))


def _identifier(field: Field, text: object, reading: Reading) -> Value:
    from creator_crm.domain.values.numbers import parse_identifier

    return _text(field, parse_identifier(text, whole=field.whole), reading)


def _country(_: Field, text: object, __: Reading) -> Value:
    from creator_crm.domain.values.places import parse_country

    return parse_country(str(text))


def _language(_: Field, text: object, __: Reading) -> Value:
    from creator_crm.domain.values.places import parse_language

    return parse_language(str(text))


def _date(_: Field, text: object, reading: Reading) -> Value:
    from creator_crm.domain.values.dates import parse_date

    return parse_date(text, reading.date_order, reading.year).isoformat()


def _moment(field: Field, text: object, reading: Reading) -> Value:
    if isinstance(text, str):
        try:
            found = datetime.fromisoformat(text.strip())
        except ValueError:
            return f"{_date(field, text, reading)}T00:00:00Z"
    elif isinstance(text, datetime):
        found = text
    else:
        return f"{_date(field, text, reading)}T00:00:00Z"
    if found.tzinfo is not None:
        from datetime import UTC

        found = found.astimezone(UTC)
    return found.strftime("%Y-%m-%dT%H:%M:%SZ")


def _count(field: Field, text: object, reading: Reading) -> Value:
    from creator_crm.domain.values.numbers import parse_count

    minimum = None if field.signed else 0
    return _bounded(parse_count(text, reading.decimal_comma, minimum=minimum), text)


def _money(_: Field, text: object, reading: Reading) -> Value:
    from creator_crm.domain.values.money import parse_money

    found = parse_money(text, reading.currency, reading.decimal_comma)
    if reading.currency and found.currency != reading.currency:
        raise ValueRefused(
            f"{quoted(text)} is in {found.currency}, but this record counts in {reading.currency}; "
            "change its currency first."
        )
    return _bounded(found.minor, text)


def _percent(_: Field, text: object, reading: Reading) -> Value:
    from creator_crm.domain.values.numbers import parse_percent

    scale: Any = reading.percent_scale
    return _bounded(percent_from(parse_percent(text, scale, reading.decimal_comma)), text)


def _number(_: Field, text: object, reading: Reading) -> Value:
    from creator_crm.domain.values.numbers import parse_number

    return round(float(parse_number(text, reading.decimal_comma)), 9)


def _flag(_: Field, text: object, __: Reading) -> Value:
    if isinstance(text, bool):
        return text
    word = str(text).strip().casefold()
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    raise ValueRefused(f"{quoted(text)} is neither yes nor no.")


def _choice(field: Field, text: object, _: Reading) -> Value:
    word = " ".join(str(text).split()).casefold()
    for offered in field.choices:
        if word in (offered.value.casefold(), offered.label.casefold()):
            return offered.value
    same = word.replace(" ", "_").replace("-", "_")
    for offered in field.choices:
        if same == offered.value.replace("-", "_").casefold():
            return offered.value
    names = ", ".join(offered.label for offered in field.choices)
    raise ValueRefused(f"{quoted(text)} is not one of: {names}.")


def _tags(_: Field, text: object, __: Reading) -> Value:
    from creator_crm.domain.values.tags import parse_tags

    return parse_tags(text if isinstance(text, (list, tuple)) else str(text))


def _reference(_: Field, text: object, __: Reading) -> Value:
    if isinstance(text, int) and not isinstance(text, bool):
        return text
    raise ValueRefused(f"{quoted(text)} does not name a record.")


def _bounded(number: int, text: object) -> int:
    if abs(number) > LARGEST:
        raise ValueRefused(f"{quoted(text)} is too large a number.")
    return number
