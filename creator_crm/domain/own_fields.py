"""Fields that people made, as told to other copies of the workspace, and put among those known here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from creator_crm.domain.fields import Catalogue, Field, Kind, Value, describe, value_of
from creator_crm.domain.records import custom_field
from creator_crm.domain.workspace import CUSTOM_KINDS, CustomField

OWN_FIELD: Final = "custom_field"  # the record that describes them
_KINDS = frozenset(choice.value for choice in CUSTOM_KINDS)
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_TYPES: Mapping[Kind, type] = {Kind.TAGS: tuple, Kind.FLAG: bool, Kind.COUNT: int}


def told(row: CustomField) -> dict[str, Value]:
    """What another copy needs to make the same field: its id and everything that describes it."""
    return {"uid": row.uid, **values_of(row)}


def values_of(row: CustomField) -> dict[str, Value]:
    return {field.name: value_of(row, field) for field in describe(CustomField).stored}


def heard(values: Mapping[str, Any]) -> CustomField | None:
    """The field that `told` told of; None where this version can make nothing of it."""
    read: dict[str, Any] = {}
    for field in describe(CustomField).stored:
        value = values.get(field.name, field.default)
        value = tuple(map(str, value)) if isinstance(value, list) else value
        fits = isinstance(value, _TYPES.get(field.kind, str))
        read[field.name] = value if fits else field.empty
    row = CustomField(uid=str(values.get("uid") or ""), **read)
    sound = row.uid and row.about and row.label and row.kind in _KINDS and _NAME.fullmatch(row.name or "")
    return row if sound else None


def with_fields(catalogue: Catalogue, theirs: Iterable[CustomField]) -> Catalogue:
    """The descriptions with the fields of another copy; what is known here stays of the kind that it is.

    A choice offers what either copy offers, so that every value of both can be read.
    """
    fields = {record: {f.name: f for f in d.custom} for record, d in catalogue.items()}
    for row in theirs:
        record, name = row.about or "", row.name or ""
        if record in catalogue and (name in fields[record] or name not in catalogue[record].by_name):
            field = custom_field(row)
            fields[record][name] = _together(fields[record].get(name, field), field)
    return catalogue.with_custom({record: of.values() for record, of in fields.items()})


def _together(mine: Field, theirs: Field) -> Field:
    if mine.kind is not Kind.CHOICE or theirs.kind is not Kind.CHOICE:
        return mine
    more = [choice for choice in theirs.choices if mine.choice(choice.value) is None]
    return replace(mine, choices=(*mine.choices, *more)) if more else mine
