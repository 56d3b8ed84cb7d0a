"""Filters as text for the command line and as JSON for saved views.

    EXPRESSION = condition, joined by `and` / `or` (`and` binds tighter), parentheses
    condition  = FIELD OP VALUE | FIELD in (A, B) | FIELD between A and B | FIELD in last N days
               | FIELD is set | FIELD is not set

FIELD is a name or a label; a value with `and`, `or`, a parenthesis, or a comma in a list, is put in quotes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any, NoReturn

from creator_crm.domain import normal
from creator_crm.domain.conditions import (
    ROW_FIELDS,
    All,
    Condition,
    Either,
    Filter,
    Op,
    Operand,
    checked,
    evaluate,
    field_called,
    operators,
)
from creator_crm.domain.errors import UserError
from creator_crm.domain.fields import Description, Field, Kind, Value
from creator_crm.domain.values.numbers import parse_number
from creator_crm.domain.values.refused import ValueRefused
from creator_crm.domain.values.texts import clean_text

__all__ = [
    "All",
    "Condition",
    "Either",
    "Filter",
    "Op",
    "evaluate",
    "from_json",
    "operators",
    "parse",
    "read_value",
    "to_json",
    "to_text",
]

ReadValue = Callable[[Field, str], Value]

_DEEPEST = 50
_LARGEST = 2**63 - 1
_QUOTED = r'"(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)*\''
_WORDS = {
    "is not set": Op.NOT_SET,
    "is not empty": Op.SET,
    "is set": Op.SET,
    "is empty": Op.NOT_SET,
    "is not": Op.IS_NOT,
    "does not contain": Op.LACKS,
    "not contains": Op.LACKS,
    "contains": Op.CONTAINS,
    "starts with": Op.STARTS,
    "between": Op.BETWEEN,
    "in the last": Op.LAST_DAYS,
    "in last": Op.LAST_DAYS,
    "in the next": Op.NEXT_DAYS,
    "in next": Op.NEXT_DAYS,
    "in": Op.IN,
    "is": Op.IS,
}
_SIGNS = {"<=": Op.AT_MOST, "≤": Op.AT_MOST, ">=": Op.AT_LEAST, "≥": Op.AT_LEAST, "!=": Op.IS_NOT}
_SIGNS |= {"≠": Op.IS_NOT, "<>": Op.IS_NOT, "==": Op.IS, "=": Op.IS, "<": Op.LESS, ">": Op.MORE}
_ANY_WORDS = "|".join(words.replace(" ", r"\s+") for words in _WORDS)
_COMPARISON = re.compile(
    rf"(?P<field>{_QUOTED}|[^\"'()=<>!≤≥≠]+?)\s*"
    rf"(?:(?P<sign>{'|'.join(_SIGNS)})|\b(?P<words>{_ANY_WORDS})(?!\w))",
    re.IGNORECASE,
)
_QUOTED_VALUE = re.compile(_QUOTED, re.DOTALL)
_JOINED = re.compile(r"\s*\b(and|or)\b", re.IGNORECASE)
_PLAIN_VALUE = re.compile(r"(?:(?!\s+(?:and|or)\b)[^()\"'])+", re.IGNORECASE)
_LISTED_VALUE = re.compile(r"[^(),\"']+")
_DAYS = re.compile(r"\s*(\d{1,6})\s*(?:days?)?\b", re.IGNORECASE)
_NEEDS_NO_QUOTES = re.compile(r"[\w.@%+:-]+")


def parse(expression: str, description: Description[Any], read: ReadValue | None = None) -> Filter:
    """The filter that an expression means; UserError says what is wrong and what there is instead.

    `read` turns the text of one value into its normal form; who can look up other records passes one that
    understands their names for reference fields.
    """
    parser = _Parser(expression, description, read or read_value)
    found = parser.either(0)
    if parser.rest().strip():
        parser.fail("this is left over")
    return found


def read_value(field: Field, text: str) -> Value:
    """The normal form of a value to compare with; raises ValueRefused. Money counts in hundredths."""
    if field.kind is Kind.MONEY:
        hundredths = Decimal(parse_number(text)) * 100
        if hundredths != hundredths.to_integral_value() or abs(hundredths) > _LARGEST:
            raise ValueRefused(f"“{text}” is not an amount with at most two decimals.")
        return int(hundredths)
    if field.kind is Kind.MOMENT and re.fullmatch(r"\d{4}-\d\d-\d\d", text.strip()):
        return text.strip()  # the whole day
    return normal.parse(field, text)


class _Parser:
    def __init__(self, text: str, description: Description[Any], read: ReadValue) -> None:
        self.text, self.at, self.description, self.read = text, 0, description, read

    def rest(self) -> str:
        return self.text[self.at :]

    def fail(self, why: str) -> NoReturn:
        rest = self.rest().strip()
        place = f"at “{rest[:40]}”" if rest else "at its end"
        raise UserError(
            f"The condition cannot be understood {place}: {why}. "
            "Write FIELD OPERATOR VALUE, such as: followers >= 10000 and stage = active"
        )

    def either(self, depth: int) -> Filter:
        parts = [self.all(depth)]
        while self.joined_by("or"):
            parts.append(self.all(depth))
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def all(self, depth: int) -> Filter:
        parts = [self.one(depth)]
        while self.joined_by("and"):
            parts.append(self.one(depth))
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def joined_by(self, word: str) -> bool:
        found = _JOINED.match(self.text, self.at)
        if found and found[1].lower() == word:
            self.at = found.end()
            return True
        return False

    def take(self, sign: str) -> bool:
        self.at += len(self.rest()) - len(self.rest().lstrip())
        if self.text.startswith(sign, self.at):
            self.at += len(sign)
            return True
        return False

    def one(self, depth: int) -> Filter:
        if not self.take("("):
            return self.condition()
        if depth >= _DEEPEST:
            self.fail("there are too many parentheses inside each other")
        inner = self.either(depth + 1)
        if not self.take(")"):
            self.fail("a closing parenthesis is missing")
        return inner

    def condition(self) -> Condition:
        found = _COMPARISON.match(self.text, self.at)
        if found is None:
            self.fail("a field and an operator are missing")
        words = found["words"]
        op = _WORDS[" ".join(words.lower().split())] if words else _SIGNS[found["sign"]]
        name = _unquoted(found["field"].strip())
        field = _field_named(self.description, name)
        checked(Condition(field.name, op), self.description)
        self.at = found.end()
        return Condition(field.name, op, self.operand(field, op))

    def operand(self, field: Field, op: Op) -> Operand:
        if op in (Op.SET, Op.NOT_SET):
            return None
        if op in (Op.LAST_DAYS, Op.NEXT_DAYS):
            return self.days()
        if op is Op.BETWEEN:
            first = self.value(field, op, _PLAIN_VALUE)
            if not self.joined_by("and"):
                self.fail("between needs two values joined by “and”")
            return first, self.value(field, op, _PLAIN_VALUE)
        if op is Op.IN:
            if not self.take("("):
                self.fail("“in” needs a list such as (A, B)")
            values = [self.value(field, op, _LISTED_VALUE)]
            while self.take(","):
                values.append(self.value(field, op, _LISTED_VALUE))
            if not self.take(")"):
                self.fail("a closing parenthesis is missing")
            return tuple(values)
        return self.value(field, op, _PLAIN_VALUE)

    def days(self) -> int:
        found = _DAYS.match(self.text, self.at)
        if found is None:
            self.fail("a number of days is missing")
        self.at = found.end()
        return int(found[1])

    def value(self, field: Field, op: Op, plain: re.Pattern[str]) -> Value:
        self.take("")
        found = _QUOTED_VALUE.match(self.text, self.at) or plain.match(self.text, self.at)
        text = _unquoted(found[0].strip()) if found else ""
        if found is None or not text.strip():
            self.fail("a value is missing; for empty fields write “is not set”")
        try:
            value = self._read(field, op, text)
        except ValueRefused as refused:
            raise UserError(f"“{field.name}” cannot be compared with “{text}”: {refused}") from refused
        self.at = found.end()
        return value

    def _read(self, field: Field, op: Op, text: str) -> Value:
        if field.kind is Kind.TAGS and op not in (Op.IS, Op.IS_NOT):
            return " ".join(clean_text(text)[0].split())
        if op in (Op.CONTAINS, Op.LACKS, Op.STARTS):
            clean = clean_text(text)[0]
            return (clean.lstrip("@") or clean) if field.kind is Kind.HANDLE else clean
        return self.read(field, text)


def _unquoted(text: str) -> str:
    if len(text) > 1 and text[0] in "\"'" and text[-1] == text[0]:
        return re.sub(r"\\(.)", r"\1", text[1:-1], flags=re.DOTALL)
    return text


def _field_named(description: Description[Any], name: str) -> Field:
    """By name first, then by what people read above the column."""
    if name not in description.by_name:
        for field in (*description.visible, *ROW_FIELDS):
            if name.casefold() in (field.name, field.label.casefold()):
                return field
        if name.casefold() == "id":
            return ROW_FIELDS[0]
    return field_called(description, name)


# Writing ---------------------------------------------------------------------------------------------


def to_text(where: Filter, description: Description[Any]) -> str:
    """The expression that `parse` turns back into the same filter."""
    if isinstance(where, Condition):
        return _condition_text(where, description)
    if not where.parts:
        raise ValueError("an expression cannot say that nothing is asked")
    word = " and " if isinstance(where, All) else " or "
    texts = (to_text(part, description) for part in where.parts)
    return word.join(
        text if isinstance(part, Condition) else f"({text})"
        for text, part in zip(texts, where.parts, strict=True)
    )


def _condition_text(where: Condition, description: Description[Any]) -> str:
    field = checked(where, description)
    name = "id" if field.name == "uid" else field.name
    value: Any = where.value
    if where.op in (Op.SET, Op.NOT_SET):
        return f"{name} {where.op}"
    if where.op in (Op.LAST_DAYS, Op.NEXT_DAYS):
        return f"{name} {where.op} {value} days"
    if where.op is Op.BETWEEN:
        return f"{name} between {_value_text(field, value[0])} and {_value_text(field, value[1])}"
    if where.op is Op.IN:
        return f"{name} in ({', '.join(_value_text(field, v) for v in value)})"
    return f"{name} {where.op} {_value_text(field, value)}"


def _value_text(field: Field, value: Value) -> str:
    if field.kind is Kind.MONEY:
        text = f"{Decimal(int(value or 0)).scaleb(-2):f}"  # type: ignore[arg-type]
    elif isinstance(value, bool):
        text = "yes" if value else "no"
    elif field.kind in (Kind.PERCENT, Kind.NUMBER) or isinstance(value, tuple):
        text = normal.show(field, value)
    else:
        text = str(value)
    if _NEEDS_NO_QUOTES.fullmatch(text) and text.lower() not in ("and", "or"):
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def to_json(where: Filter | None) -> str:
    """Canonical JSON, for saved views."""
    return json.dumps(_plain(where), ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def from_json(text: str, description: Description[Any]) -> Filter | None:
    """The filter of a saved view; UserError when it asks for a field or operator that is no longer there."""
    data = json.loads(text)
    return None if data is None else _filter(data, description)


def _plain(where: Filter | None) -> Any:
    if where is None:
        return None
    if isinstance(where, Condition):
        return {"field": where.field, "op": where.op.value, "value": where.value}
    return {"all" if isinstance(where, All) else "either": [_plain(part) for part in where.parts]}


def _filter(data: Any, description: Description[Any]) -> Filter:
    if "all" in data:
        return All(tuple(_filter(part, description) for part in data["all"]))
    if "either" in data:
        return Either(tuple(_filter(part, description) for part in data["either"]))
    value = data["value"]
    found = Condition(data["field"], Op(data["op"]), tuple(value) if isinstance(value, list) else value)
    checked(found, description)
    return found
