"""Reading with calamine, inside the reading process: fast, for files that were looked over first."""

from __future__ import annotations

import datetime as dt
import itertools
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from creator_crm.exchange.reading.clean import LONGEST, clean, is_clean
from creator_crm.exchange.reading.frames import PLAIN, pack_column

BLOCK_ROWS: Final = 512  # small enough for a block to stay in the processor's cache
_EXACT: Final = 2.0**53
_MOST_NOTED: Final = 1000


@dataclass(slots=True)
class Tally:
    """What was changed or noticed while the cells were made fit to keep."""

    removed: int = 0
    too_long: list[tuple[int, int]] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)

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

    def column(self, column: Sequence[Any], line: int, number: int) -> tuple[int, Sequence[Any]]:
        """A whole column of a block, packed; the usual cases without a call for each cell."""
        types = set(map(type, column))
        if types == {float}:
            return PLAIN, self._numbers(column, line, number)
        texts = [value for value in column if value.__class__ is str] if types != {str} else column
        plain = not texts or self._plain_texts(texts)
        if plain and types == {str}:
            return PLAIN, [value or None for value in column] if "" in column else column
        if not plain or not types.isdisjoint((float, dt.timedelta)):
            column = [self.cell(value, line + at, number) for at, value in enumerate(column)]
        elif texts and "" in column:
            column = [None if value == "" else value for value in column]
        return pack_column(column, types)

    def _numbers(self, column: Sequence[float], line: int, number: int) -> Sequence[Any]:
        if min(column) > -_EXACT and max(column) < _EXACT and sum(column) == sum(column):  # equal unless NaN
            if all(map(float.is_integer, column)):
                return list(map(int, column))
            return [int(value) if value.is_integer() else value for value in column]
        return [self.cell(value, line + at, number) for at, value in enumerate(column)]

    @staticmethod
    def _plain_texts(texts: Sequence[str]) -> bool:
        joined = "".join(texts)
        return is_clean(joined) and (len(joined) <= LONGEST or max(map(len, texts)) <= LONGEST)


def blocks(
    sheet: Any, tally: Tally, limit: int | None
) -> Iterator[tuple[int, list[tuple[int, Sequence[Any]]]]]:
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
        columns: list[tuple[int, Sequence[Any]]] = [(0, [None] * len(block))] * left
        for at, column in enumerate(zip(*block, strict=True)):
            columns.append(tally.column(column, line, left + at + 1))
        yield line, columns
        line += len(block)
