"""What can be asked of a field, and whether a row answers yes.

Comparing text ignores case. An ASCII value is compared without the case of A-Z only, any other value by full
case folding; the database does exactly the same, so a row is in a list if and only if `evaluate` says so.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from creator_crm.domain.errors import UserError
from creator_crm.domain.fields import Description, Field, Kind, Row, Value, value_of
from creator_crm.domain.frozen import immutable
from creator_crm.domain.values.money import CURRENCIES, exponent

Operand = Value | tuple[Value, ...]


class Op(StrEnum):
    """How a field is compared; the value is how it is written in an expression."""

    IS = "="
    IS_NOT = "!="
    LESS = "<"
    AT_MOST = "<="
    MORE = ">"
    AT_LEAST = ">="
    BETWEEN = "between"
    CONTAINS = "contains"
    LACKS = "not contains"
    STARTS = "starts with"
    IN = "in"
    LAST_DAYS = "in last"
    NEXT_DAYS = "in next"
    SET = "is set"
    NOT_SET = "is not set"


@immutable
class Condition:
    """One question about one field.

    `value` is in the field's normal form; a pair for BETWEEN (both ends belong), a tuple of values for
    IN, a number of days for LAST_DAYS and NEXT_DAYS, one tag for CONTAINS and LACKS of tags, None for SET
    and NOT_SET.
    Money is in hundredths of the row's own currency, also where that has no cents.
    """

    field: str
    op: Op
    value: Operand = None


@immutable
class All:
    """Every part holds; true when there are none."""

    parts: tuple[Filter, ...]


@immutable
class Either:
    """At least one part holds."""

    parts: tuple[Filter, ...]


Filter = Condition | All | Either

_ENDS = {Op.SET: "is set", Op.NOT_SET: "is not set"}
_EQUAL = {Op.IS: "is", Op.IS_NOT: "is not", Op.IN: "is one of"}
_TEXT = {
    Op.CONTAINS: "contains",
    Op.LACKS: "does not contain",
    Op.STARTS: "starts with",
    **_EQUAL,
    **_ENDS,
}
_NUMBER = {
    Op.IS: "=",
    Op.IS_NOT: "≠",
    Op.LESS: "<",
    Op.AT_MOST: "≤",
    Op.MORE: ">",
    Op.AT_LEAST: "≥",
    Op.BETWEEN: "between",
    Op.IN: "is one of",
    **_ENDS,
}
_DAY = {
    Op.IS: "is on",
    Op.IS_NOT: "is not on",
    Op.LESS: "before",
    Op.AT_MOST: "on or before",
    Op.MORE: "after",
    Op.AT_LEAST: "on or after",
    Op.BETWEEN: "between",
    Op.LAST_DAYS: "in the last … days",
    Op.NEXT_DAYS: "in the next … days",
    **_ENDS,
}
_TAGS = {
    Op.CONTAINS: "has tag",
    Op.LACKS: "does not have tag",
    Op.IN: "has one of the tags",
    Op.IS: "has exactly the tags",
    Op.IS_NOT: "has other tags than",
    **_ENDS,
}
_FLAG = {Op.IS: "is", Op.IS_NOT: "is not"} | _ENDS
_CHOSEN = {**_EQUAL, **_ENDS}
_BY_KIND: Mapping[Kind, Mapping[Op, str]] = {
    **dict.fromkeys((Kind.COUNT, Kind.MONEY, Kind.PERCENT, Kind.NUMBER), _NUMBER),
    **dict.fromkeys((Kind.DATE, Kind.MOMENT), _DAY),
    **dict.fromkeys((Kind.CHOICE, Kind.COUNTRY, Kind.LANGUAGE, Kind.REFERENCE), _CHOSEN),
    Kind.TAGS: _TAGS,
    Kind.FLAG: _FLAG,
}

ROW_FIELDS = (
    Field(name="uid", label="ID", kind=Kind.IDENTIFIER, aliases=("id",), editable=False),
    Field(name="created_at", label="Created", kind=Kind.MOMENT, editable=False),
    Field(name="updated_at", label="Changed", kind=Kind.MOMENT, editable=False),
    Field(name="deleted_at", label="Put in the trash", kind=Kind.MOMENT, editable=False),
)
"""What every row has beside its own fields and can be asked for."""

_ROW_FIELDS = {f.name: f for f in ROW_FIELDS}


def operators(kind: Kind) -> Mapping[Op, str]:
    """The operators of a kind with the words people read, the usual one first."""
    return _BY_KIND.get(kind, _TEXT)


def field_called(description: Description[Any], name: str) -> Field:
    """The field of that name (the row's own times and `uid` too); UserError naming the fields there are."""
    found = description.by_name.get(name) or _ROW_FIELDS.get(name)
    if found is None:
        names = ", ".join(f.name for f in description.visible)
        raise UserError(f"{description.plural} have no field called “{name}”. There are: {names}.")
    return found


def checked(condition: Condition, description: Description[Any]) -> Field:
    """The field a condition asks about; UserError when it is gone or cannot be asked in this way."""
    field = field_called(description, condition.field)
    offered = operators(field.kind)
    if condition.op not in offered:
        words = ", ".join(offered)
        raise UserError(f"“{field.name}” cannot be compared with “{condition.op}”. It knows: {words}.")
    return field


def conditions(where: Filter | None) -> Iterator[Condition]:
    """Every condition inside a filter."""
    if isinstance(where, Condition):
        yield where
    elif where is not None:
        for part in where.parts:
            yield from conditions(part)


# Evaluating ------------------------------------------------------------------------------------------

_ASCII_CASE = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
_COMPARE: Mapping[Op, Callable[[Any, Any], bool]] = {
    Op.IS: operator.eq,
    Op.IS_NOT: operator.ne,
    Op.LESS: operator.lt,
    Op.AT_MOST: operator.le,
    Op.MORE: operator.gt,
    Op.AT_LEAST: operator.ge,
}
ODD_CURRENCIES = {code: exponent(code) for code in sorted(CURRENCIES) if exponent(code) != 2}
"""The currencies whose minor unit is not a hundredth, with their number of decimals."""


def evaluate(where: Filter, row: Row, description: Description[Any], today: date | None = None) -> bool:
    """Whether `row` satisfies the filter; `today` is what "the last 30 days" count from."""
    if isinstance(where, All):
        return all(evaluate(part, row, description, today) for part in where.parts)
    if isinstance(where, Either):
        return any(evaluate(part, row, description, today) for part in where.parts)
    field = checked(where, description)
    held: Any = getattr(row, field.name) if field.name in _ROW_FIELDS else value_of(row, field)
    if where.op is Op.SET:
        return not is_empty(held)
    if where.op is Op.NOT_SET:
        return is_empty(held)
    if field.kind is Kind.TAGS:
        return _tags(where, held)
    if field.kind is Kind.MONEY and held is not None:
        currency = getattr(row, field.currency, None) if field.currency else None
        from fractions import Fraction

        held = Fraction(held * 100, 10 ** ODD_CURRENCIES.get(currency or "", 2))
    if where.op in (Op.LAST_DAYS, Op.NEXT_DAYS):
        first, last = day_range(where, today or date.today())
        return held is not None and first <= held[:10] <= last
    if isinstance(held, str):
        return _text(where, field, held)
    return _plain(where, held)


def is_empty(value: Value) -> bool:
    """Whether nothing was entered; a zero is something."""
    return value is None or value is False or value == () or value == ""


def caseless(text: str, like: str) -> str:
    """`text` as it is compared with `like`: see the head of this module."""
    return text.translate(_ASCII_CASE) if like.isascii() else text.casefold()


def day_range(where: Condition, today: date) -> tuple[str, str]:
    """The first and the last day of "in the last/next N days"; today belongs to both."""
    days = where.value
    assert isinstance(days, int)
    other = today.toordinal() + (-days if where.op is Op.LAST_DAYS else days)
    end = date.fromordinal(min(max(other, 1), date.max.toordinal())).isoformat()
    return (end, today.isoformat()) if where.op is Op.LAST_DAYS else (today.isoformat(), end)


def _plain(where: Condition, held: Any) -> bool:
    value: Any = where.value
    if where.op is Op.IN:
        return held in value
    if held is None:
        return where.op in (Op.IS_NOT, Op.LACKS)
    if where.op is Op.BETWEEN:
        return bool(value[0] <= held <= value[1])
    return _COMPARE[where.op](held, value)


def _text(where: Condition, field: Field, held: str) -> bool:
    value: Any = where.value
    if field.kind is Kind.DATE:
        return _plain(where, held)
    if field.kind is Kind.MOMENT:  # a day stands for all moments of that day
        if where.op is Op.BETWEEN:
            return bool(held[: len(value[0])] >= value[0] and held[: len(value[1])] <= value[1])
        return _COMPARE[where.op](held[: len(value)], value)
    if where.op is Op.IN:
        return any(caseless(held, v) == caseless(v, v) for v in value)
    text, needle = caseless(held, value), caseless(value, value)
    if where.op is Op.STARTS:
        return text.startswith(needle)
    if where.op in (Op.CONTAINS, Op.LACKS):
        return (needle in text) is (where.op is Op.CONTAINS)
    return (text == needle) is (where.op is Op.IS)


def _tags(where: Condition, held: tuple[str, ...]) -> bool:
    value: Any = where.value
    if where.op in (Op.IS, Op.IS_NOT):
        return (held == value) is (where.op is Op.IS)
    wanted = value if where.op is Op.IN else (value,)
    found = any(caseless(tag, w) == caseless(w, w) for w in wanted for tag in held)
    return found is not (where.op is Op.LACKS)
