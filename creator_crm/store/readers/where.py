"""Filters as SQL conditions that hold for exactly the rows for which `conditions.evaluate` is true."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from creator_crm.domain.conditions import (
    ODD_CURRENCIES,
    All,
    Condition,
    Filter,
    Op,
    caseless,
    checked,
    day_range,
)
from creator_crm.domain.fields import Description, Field, Kind, Lapse
from creator_crm.domain.values.texts import clean_text
from creator_crm.store.ordering import choice_rank, column, literal

Sql = tuple[str, list[Any]]

_SIGNS = {Op.LESS: "<", Op.AT_MOST: "<=", Op.MORE: ">", Op.AT_LEAST: ">=", Op.IS: "=", Op.IS_NOT: "IS NOT"}
_SMALLEST, _LARGEST = -(2**63), 2**63 - 1


def prepare(raw: sqlite3.Connection) -> None:
    """Give a connection what the conditions call: SQLite itself folds the case of A-Z only."""
    raw.create_function("folded", 1, _folded, deterministic=True)


def _folded(text: Any) -> Any:
    return text.casefold() if isinstance(text, str) else text


def condition_sql(where: Filter, description: Description[Any], alias: str, today: date | None = None) -> Sql:
    """The condition and its parameters, for a connection that went through `prepare`."""
    if not isinstance(where, Condition):
        word, nothing = ("AND", "1") if isinstance(where, All) else ("OR", "0")
        return _joined([condition_sql(p, description, alias, today) for p in where.parts], word, nothing)
    field = checked(where, description)
    held = column(field, alias)
    if where.op in (Op.SET, Op.NOT_SET):
        isnt = where.op is Op.SET
        if field.kind is Kind.FLAG:
            return f"coalesce({held}, 0) {'<>' if isnt else '='} 0", []
        return f"{held} IS {'NOT ' if isnt else ''}NULL", []
    if where.op in (Op.LAST_DAYS, Op.NEXT_DAYS):
        return f"substr({held}, 1, 10) BETWEEN ? AND ?", [*day_range(where, today or date.today())]
    found = _HOW.get(field.kind, _text)(where, field, held, alias)
    if field.lapses and where.op in (Op.IS, Op.IN):
        return _joined([_may_show(where, field, field.lapses, alias), found], "AND", "1")
    return found


def _may_show(where: Condition, field: Field, rule: Lapse, alias: str) -> Sql:
    """What such a row holds, which an index finds, before it is asked what the day makes of it."""
    value: Any = where.value
    wanted = set(value if where.op is Op.IN else (value,))
    if not wanted <= {choice.value for choice in field.choices}:
        return "1", []
    held = sorted(wanted.union(rule.open) if rule.to in wanted else wanted)
    return f'{alias}."{field.name}" IN ({", ".join("?" * len(held))})', list(held)


def _joined(parts: Sequence[Sql], word: str, nothing: str) -> Sql:
    """Halves of halves: SQLite refuses expressions that are nested more than 1,000 deep."""
    if not parts:
        return nothing, []
    if len(parts) == 1:
        return parts[0]
    half = len(parts) // 2
    (left, first), (right, second) = (
        _joined(parts[:half], word, nothing),
        _joined(parts[half:], word, nothing),
    )
    return f"({left} {word} {right})", first + second


def _number(where: Condition, field: Field, held: str, _: str) -> Sql:
    value: Any = where.value
    if where.op is Op.IN:
        return f"{held} IN (SELECT value FROM json_each(?))", [_listed([_bindable(v) for v in value])]
    if where.op is Op.BETWEEN:
        return f"{held} BETWEEN ? AND ?", [_bindable(v) for v in value]
    return f"{held} {_SIGNS[where.op]} ?", [_bindable(value)]


def _flag(where: Condition, field: Field, held: str, _: str) -> Sql:
    return f"coalesce({held}, 0) {_SIGNS[where.op]} ?", [int(bool(where.value))]


def _money(where: Condition, field: Field, held: str, alias: str) -> Sql:
    """Compared in ten-thousandths of the currency, so that yen, dinars and cents are all exact."""
    scale = "100"
    if field.currency:
        odd = " ".join(f"WHEN {literal(code)} THEN {10 ** (4 - n)}" for code, n in ODD_CURRENCIES.items())
        scale = f'CASE {alias}."{field.currency}" {odd} ELSE 100 END'
    value: Any = where.value
    many = isinstance(value, tuple)
    scaled = tuple(v * 100 for v in value) if many else value * 100
    return _number(Condition(where.field, where.op, scaled), field, f"({held} * {scale})", alias)


def _day(where: Condition, field: Field, held: str, _: str) -> Sql:
    value: Any = where.value
    if where.op is Op.BETWEEN:
        first, last = value
        return f"({_start(field, held, first)} >= ? AND {_start(field, held, last)} <= ?)", [first, last]
    if where.op is Op.IN:
        return f"{held} IN (SELECT value FROM json_each(?))", [_listed(value)]
    return f"{_start(field, held, value)} {_SIGNS[where.op]} ?", [value]


def _start(field: Field, held: str, value: str) -> str:
    """Of a moment as much as the value says: a day stands for all its moments."""
    return f"substr({held}, 1, {len(value)})" if field.kind is Kind.MOMENT else held


def _choice(where: Condition, field: Field, held: str, alias: str) -> Sql:
    """By rank where lists are kept in the order of ranks, so that the same index finds the rows."""
    value: Any = where.value
    places = {choice.value: place for place, choice in enumerate(field.choices)}
    wanted = value if where.op is Op.IN else (value,)
    if not field.ordered or where.op is Op.IS_NOT or any(v not in places for v in wanted):
        return _text(where, field, held, alias)
    ranks = [places[v] for v in wanted]
    rank = choice_rank(field, alias)
    if len(ranks) == 1:
        return f"{rank} = ?", [ranks[0]]
    return f"{rank} IN (SELECT value FROM json_each(?))", [_listed(ranks)]


def _text(where: Condition, field: Field, held: str, _: str) -> Sql:
    value: Any = where.value
    if where.op is Op.IN:
        plain, other = [v for v in value if v.isascii()], [v for v in value if not v.isascii()]
        parts = [(_one_of(held, "NOCASE", [_clean(v) for v in plain]))] if plain else []
        if other:
            parts.append(_one_of(f"folded({held})", "BINARY", [_clean(v).casefold() for v in other]))
        return _joined(parts, "OR", "0")
    needle = _clean(caseless(value, value))
    text = held if value.isascii() else f"folded({held})"
    if where.op is Op.STARTS:
        return f"substr({text}, 1, {len(needle)}) = ? COLLATE NOCASE", [needle]
    if where.op in (Op.CONTAINS, Op.LACKS):
        found = f"coalesce(instr({_lowered(held, value)}, ?), 0)"
        return f"{found} {'>' if where.op is Op.CONTAINS else '='} 0", [needle]
    return f"{text} COLLATE NOCASE {_SIGNS[where.op]} ?", [needle]


def _one_of(text: str, collation: str, values: Sequence[str]) -> Sql:
    return f"{text} COLLATE {collation} IN (SELECT value FROM json_each(?))", [_listed(values)]


def _tags(where: Condition, field: Field, held: str, _: str) -> Sql:
    """Tags are kept as a JSON array: a tag is in it when its JSON text follows the bracket or a comma."""
    value: Any = where.value
    if where.op in (Op.IS, Op.IS_NOT):
        if not value:
            return f"{held} IS {'NOT ' if where.op is Op.IS_NOT else ''}NULL", []
        return f"{held} IS {'NOT ' if where.op is Op.IS_NOT else ''}?", [_clean(_listed(value))]
    wanted = value if where.op is Op.IN else (value,)
    parts = []
    for tag in wanted:
        listed = f"',' || substr({_lowered(held, tag)}, 2)"
        needle = "," + _clean(_listed(caseless(tag, tag)))
        parts.append((f"coalesce(instr({listed}, ?), 0) > 0", [needle]))
    found, values = _joined(parts, "OR", "0")
    return (f"NOT ({found})" if where.op is Op.LACKS else found), values


def _lowered(held: str, like: str) -> str:
    return f"lower({held})" if like.isascii() else f"folded({held})"


def _listed(values: Any) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def _clean(text: str) -> str:
    # A lone surrogate cannot be sent to the database, and no stored text holds one.
    return text if text.isascii() else clean_text(text)[0]


def _bindable(value: Any) -> Any:
    """SQLite's integers have 64 bits; beyond them a float compares just as well with what can be stored."""
    if isinstance(value, bool) or not isinstance(value, int) or _SMALLEST <= value <= _LARGEST:
        return value
    return 1e300 if value > 0 else -1e300


_HOW: Mapping[Kind, Callable[[Condition, Field, str, str], Sql]] = {
    **dict.fromkeys((Kind.COUNT, Kind.PERCENT, Kind.NUMBER, Kind.REFERENCE), _number),
    **dict.fromkeys((Kind.DATE, Kind.MOMENT), _day),
    Kind.CHOICE: _choice,
    Kind.MONEY: _money,
    Kind.FLAG: _flag,
    Kind.TAGS: _tags,
}
