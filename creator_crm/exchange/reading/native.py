"""Reading with calamine, inside the reading process: fast, for files that were looked over first."""

from __future__ import annotations

import datetime as dt
import itertools
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Final

from creator_crm.exchange.reading.clean import LONGEST, as_one, clean, is_clean
from creator_crm.exchange.reading.frames import PLAIN, Packed, pack_column, pack_numbers, pack_texts

BLOCK_ROWS: Final = 512  # small enough for a block to stay in the processor's cache
_EXACT: Final = 2.0**53
_MOST_NOTED: Final = 1000


class Tally:
    """What was changed or noticed while the cells were made fit to keep."""

    def __init__(self) -> None:
        self.removed = 0
        self.too_long: list[tuple[int, int]] = []  # line and column
        self.errors: Counter[str] = Counter()

    def cell(self, value: Any, line: int, column: int) -> Any:
        """One cell as the application knows it: '' is None, whole numbers are int, text is clean."""
        if isinstance(value, str):
            if not is_clean(value):
                value, removed = clean(value)
                self.removed += removed
            if len(value) > LONGEST and len(self.too_long) < _MOST_NOTED:
                self.too_long.append((line, column))
            return value or None
        if isinstance(value, float):
            if not math.isfinite(value):
                self.errors["#NUM!"] += 1
                return None
            return int(value) if value.is_integer() and -_EXACT < value < _EXACT else value
        return str(value) if isinstance(value, dt.timedelta) else value

    def column(self, column: Sequence[Any], line: int, number: int) -> Packed:
        """A whole column of a block, packed; the usual cases without a look at each cell."""
        packed = None
        if column[0].__class__ is str:
            packed = pack_texts(column)
        elif column[0].__class__ is float:
            packed = pack_numbers(column, _EXACT)
        return packed or self._cells(column, line, number)

    def _cells(self, column: Sequence[Any], line: int, number: int) -> Packed:
        types = set(map(type, column))
        texts = [value for value in column if value.__class__ is str]
        numbers = [value for value in column if value.__class__ is float]
        if as_one(texts) is None or not math.hypot(*numbers) < _EXACT or dt.timedelta in types:
            column = [self.cell(value, line + at, number) for at, value in enumerate(column)]
        elif texts or numbers:
            column = [_plain(value) for value in column]
        return pack_column(column, types)


def _plain(value: Any) -> Any:
    if value.__class__ is float:
        return int(value) if value.is_integer() else value
    return None if value == "" else value


def blocks(sheet: Any, tally: Tally, limit: int | None) -> Iterator[tuple[int, list[Packed]]]:
    """The sheet's rows from the first to the last with a value: row number and packed columns of each block.

    Columns count from A, also when the first ones are empty.
    """
    if sheet.start is None:
        return
    top, left = sheet.start
    # calamine leaves out the empty columns before the first value, but not the empty rows.
    rows = itertools.islice(sheet.iter_rows(), top, None if limit is None else top + limit)
    line = top + 1
    while block := list(itertools.islice(rows, BLOCK_ROWS)):
        columns: list[Packed] = [(PLAIN, [None] * len(block))] * left
        for at, column in enumerate(zip(*block, strict=True)):
            columns.append(tally.column(column, line, left + at + 1))
        yield line, columns
        line += len(block)
