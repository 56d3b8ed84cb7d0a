"""How the reading process hands its rows over: blocks of columns, packed with marshal, one kind to a column.

Columns and not rows, because a column is mostly of one type: a whole one is checked, packed and unpacked
by a few calls into C, so that handing over costs little beside reading. Texts travel as one text, numbers and
days as their bytes. Marshal and not pickle: it can't call anything.
"""

from __future__ import annotations

import datetime as dt
import marshal
import math
import struct
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import IO, Any, Final

from creator_crm.exchange.reading.clean import SEPARATOR, as_one

Cell = str | int | float | bool | dt.date | dt.datetime | dt.time | None

_HEADER: Final = struct.Struct("<cQ")
LARGEST: Final = 1 << 30
PLAIN, MIXED, TEXTS, NUMBERS, WHOLES, DAYS = range(6)  # how a column is packed


Packed = tuple[int, Any]
_day: Final = lru_cache(maxsize=8192)(dt.date.fromordinal)


def send(pipe: IO[bytes], kind: bytes, payload: Any) -> None:
    """Write one frame: a letter, a length, a marshalled value."""
    data = marshal.dumps(payload, 2)
    pipe.write(_HEADER.pack(kind, len(data)))
    pipe.write(data)
    pipe.flush()


def receive(pipe: IO[bytes]) -> tuple[bytes, Any] | None:
    """The next frame, or None when the other side ended, in whatever state."""
    header = pipe.read(_HEADER.size)
    if len(header) < _HEADER.size:
        return None
    kind, length = _HEADER.unpack(header)
    if length > LARGEST:
        return None
    data = pipe.read(length)
    if len(data) < length:
        return None
    return kind, marshal.loads(data)


def pack_cell(value: Any) -> Any:
    """Dates and times as tuples of numbers; everything else as it is."""
    if isinstance(value, dt.datetime):
        return (value.year, value.month, value.day, value.hour, value.minute, value.second, value.microsecond)
    if isinstance(value, dt.date):
        return (value.toordinal(),)
    if isinstance(value, dt.time):
        return (value.hour, value.minute, value.second, value.microsecond)
    return value


def unpack_cell(value: Any) -> Any:
    """What `pack_cell` packed."""
    if value.__class__ is not tuple:
        return value
    if len(value) == 1:
        return dt.date.fromordinal(value[0])
    return dt.time(*value) if len(value) == 4 else dt.datetime(*value)


def pack_texts(column: Sequence[Any]) -> Packed | None:
    """A column that holds nothing but fit text, '' for none; None for any other."""
    raw = as_one(column)
    return None if raw is None else (TEXTS, raw)


def pack_numbers(column: Sequence[Any], end: float) -> Packed | None:
    """A column that holds nothing but floats below `end`, all of them whole or none; None for any other."""
    try:
        whole = set(map(float.is_integer, column))
    except TypeError:
        return None
    if len(whole) > 1 or not math.hypot(*column) < end:  # nor is NaN less than anything
        return None
    return WHOLES if True in whole else NUMBERS, struct.pack(f"{len(column)}d", *column)


def pack_column(column: Sequence[Any], types: set[type]) -> Packed:
    """Any column; `types` are the types found in it."""
    if types == {dt.date}:
        return DAYS, struct.pack(f"{len(column)}i", *[day.toordinal() for day in column])
    if types.isdisjoint((dt.date, dt.datetime, dt.time)):
        return PLAIN, column
    return MIXED, [pack_cell(value) for value in column]


def unpack_rows(columns: Sequence[Packed]) -> list[list[Cell]]:
    """The rows of one block of packed columns."""
    return list(map(list, zip(*(_UNPACK[kind](packed) for kind, packed in columns), strict=True)))


def _texts(raw: bytes) -> list[Cell]:
    texts: list[Any] = raw.decode().split(SEPARATOR)
    return [text or None for text in texts] if "" in texts else texts


def _numbers(raw: bytes) -> tuple[float, ...]:
    return struct.unpack(f"{len(raw) // 8}d", raw)


_UNPACK: Final[dict[int, Callable[[Any], Iterable[Cell]]]] = {
    PLAIN: list,
    MIXED: lambda cells: map(unpack_cell, cells),
    TEXTS: _texts,
    NUMBERS: _numbers,
    WHOLES: lambda raw: map(float.__trunc__, _numbers(raw)),  # three times as fast as int
    DAYS: lambda raw: map(_day, struct.unpack(f"{len(raw) // 4}i", raw)),
}
