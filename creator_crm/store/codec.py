"""Between the normal form of values and what a database column holds."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from creator_crm.domain.fields import Description, Field, Kind, R, Value

Stored = str | int | float | None
_NOTHING: Mapping[str, Value] = MappingProxyType({})


def encode(field: Field, value: Value) -> Stored:
    """The column value of one field; tags are a JSON array, flags 0 or 1."""
    if field.kind is Kind.TAGS:
        return encode_tags(value) if value else None
    if field.kind is Kind.FLAG:
        return int(bool(value))
    assert not isinstance(value, tuple)
    return value


def decode(field: Field, stored: Any) -> Value:
    """The normal form of a column value."""
    if field.kind is Kind.TAGS:
        return tuple(json.loads(stored)) if stored else ()
    if field.kind is Kind.FLAG:
        return bool(stored)
    value: Value = stored
    return value


def encode_tags(value: Value) -> str:
    assert isinstance(value, tuple)
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def encode_custom(values: Mapping[str, Value]) -> str:
    """The user's own fields as canonical JSON, empty ones left out."""
    # "is", because a zero that somebody entered equals False.
    kept = {k: v for k, v in values.items() if v is not None and v is not False and v not in ((), "")}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def decode_custom(stored: str | None) -> Mapping[str, Value]:
    if not stored or stored == "{}":
        return _NOTHING
    values = json.loads(stored)
    return MappingProxyType({k: tuple(v) if isinstance(v, list) else v for k, v in values.items()})


class Decoder:
    """Makes frozen rows of one record from tuples in the order of `columns`."""

    def __init__(self, description: Description[R], columns: Iterable[str]) -> None:
        self._row = description.row
        self._columns = tuple(columns)
        odd = {f.name: f for f in description.fields if f.kind in (Kind.TAGS, Kind.FLAG) and not f.custom}
        self._odd = tuple((name, odd[name]) for name in self._columns if name in odd)
        self._custom = "custom" in self._columns

    def __call__(self, stored: Iterable[Any]) -> Any:
        values = dict(zip(self._columns, stored, strict=True))
        for name, field in self._odd:
            values[name] = decode(field, values[name])
        if self._custom:
            values["custom"] = decode_custom(values["custom"])
        return self._row(**values)
