"""Filters in the user's words: how a condition reads on its chip, and what they typed for its value."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from creator_crm.domain.conditions import (
    Condition,
    Filter,
    Op,
    Operand,
    conditions,
    field_called,
    operators,
)
from creator_crm.domain.errors import UserError
from creator_crm.domain.fields import Description, Field, Kind, Value
from creator_crm.domain.values.refused import ValueRefused
from creator_crm.ui.shared import text
from creator_crm.ui.shared.form.typing import read_typed
from creator_crm.ui.shared.table.formatting import display
from creator_crm.ui.shared.table.source import Source
from creator_crm.ui.shared.text import isolate, tr

WITHOUT_VALUE = frozenset({Op.SET, Op.NOT_SET})
IN_DAYS = frozenset({Op.LAST_DAYS, Op.NEXT_DAYS})
OF_TEXT = frozenset({Op.CONTAINS, Op.LACKS, Op.STARTS})
MOST_NAMED = 3


def sentence(where: Filter, description: Description[Any], source: Source) -> str:
    """A filter as it stands on its chip: "Stage is one of Agreed, Active"."""
    if not isinstance(where, Condition):
        joined = [sentence(part, description, source) for part in where.parts]
        return (
            f" {tr('or')} ".join(joined)
            if type(where).__name__ == "Either"
            else f" {tr('and')} ".join(joined)
        )
    try:
        field = field_called(description, where.field)
    except UserError:
        return where.field
    words = tr(operators(field.kind).get(where.op, where.op.value))
    if where.op in WITHOUT_VALUE:
        return f"{tr(field.label)} {words}"
    if where.op in IN_DAYS:
        return f"{tr(field.label)} {words.replace('…', str(where.value))}"
    return f"{tr(field.label)} {words} {_operand(field, where, source)}"


def read_operand(field: Field, op: Op, typed: str) -> Value:
    """What was typed for one value, in normal form; raises ValueRefused."""
    typed = typed.strip()
    if not typed:
        raise ValueRefused(tr("Type what to look for."))
    if op in OF_TEXT or field.kind in (Kind.TEXT, Kind.LONG_TEXT, Kind.EMAIL, Kind.URL, Kind.TAGS):
        if field.kind is Kind.TAGS and op in (Op.IS, Op.IS_NOT):
            return read_typed(field, typed)
        return typed.lstrip("@") if field.kind is Kind.HANDLE else typed
    if field.kind is Kind.MONEY:
        comma = text.locale().decimalPoint() == ","
        from creator_crm.domain import filters

        return filters.read_value(field, typed.replace(".", "").replace(",", ".") if comma else typed)
    if field.kind is Kind.MOMENT:
        day = Field(name=field.name, label=field.label, kind=Kind.DATE)
        return read_typed(day, typed)
    return read_typed(field, typed)


def fields_asked(where: Filter | None) -> frozenset[str]:
    return frozenset(condition.field for condition in conditions(where))


def _operand(field: Field, where: Condition, source: Source) -> str:
    value: Operand = where.value
    names: Mapping[int, str] = {}
    many = value if isinstance(value, tuple) else (value,)
    if field.kind is Kind.REFERENCE:
        names = source.titles(field.references, [v for v in many if isinstance(v, int)])
    shown = [isolate(_one(field, each, names)) for each in many]
    if where.op is Op.BETWEEN:
        return f"{shown[0]} {tr('and')} {shown[1]}"
    more = len(shown) - MOST_NAMED
    return ", ".join(shown[:MOST_NAMED]) + (f" +{more}" if more > 0 else "")


def _one(field: Field, value: Value | tuple[Value, ...], names: Mapping[int, str]) -> str:
    if field.kind is Kind.MONEY and isinstance(value, int):
        return text.number(Decimal(value).scaleb(-2), 0 if value % 100 == 0 else 2)
    if field.kind is Kind.FLAG:
        return tr("Yes") if value else tr("No")
    if isinstance(value, str) and field.kind in (Kind.TAGS, Kind.MOMENT):
        day = Field(name="", label="", kind=Kind.DATE)
        return value if field.kind is Kind.TAGS or len(value) != 10 else display(day, value)
    if isinstance(value, str) and field.kind is Kind.HANDLE:
        return value
    return display(field, value, None, names)  # type: ignore[arg-type]
