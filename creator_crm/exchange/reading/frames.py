"""How the reading process hands its rows over: blocks of columns, packed with marshal, one kind to a column.

Columns and not rows, because a column is mostly of one type: a whole one is checked, packed and unpacked
by a few calls into C, so that handing over costs little beside reading. Marshal and not pickle: it can't call
anything.
"""

from __future__ import annotations

import datetime as dt
import marshal
import struct
from collections.abc import Sequence
from typing import IO, Any, Final

Cell = str | int | float | bool | dt.date | dt.datetime | dt.time | None

_HEADER: Final = struct.Struct("<cQ")
LARGEST: Final = 1 << 30
PLAIN, DAYS, MIXED = 0, 1, 2  # how a column is packed


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


def pack_column(column: Sequence[Any], types: set[type]) -> tuple[int, Sequence[Any]]:
    """A column of cells as marshal takes it; `types` are the types found in it."""
    if types == {dt.date}:
        return DAYS, [day.toordinal() for day in column]
    if types.isdisjoint((dt.date, dt.datetime, dt.time)):
        return PLAIN, column
    return MIXED, [pack_cell(value) for value in column]


def unpack_rows(columns: Sequence[tuple[int, Sequence[Any]]]) -> list[list[Cell]]:
    """The rows of one block of packed columns."""
    unpacked: list[Sequence[Any]] = []
    for kind, column in columns:
        if kind == DAYS:
            column = list(map(dt.date.fromordinal, column))
        elif kind == MIXED:
            column = [unpack_cell(value) for value in column]
        unpacked.append(column)
    return list(map(list, zip(*unpacked, strict=True)))
