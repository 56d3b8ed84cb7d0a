"""What the reading process hands over is what was in the cells, however a column was packed on the way."""

from __future__ import annotations

import datetime as dt
import gc
import io
import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from creator_crm.exchange.reading import workbook
from creator_crm.exchange.reading.frames import receive, send, unpack_rows
from creator_crm.exchange.reading.native import Tally
from creator_crm.exchange.sheets import open_sheets, read_rows

TEXTS = st.one_of(
    st.text(max_size=8), st.sampled_from(["", "tea", "two\nlines", "a\tb", "\x1f", "x\x1fy", "\ufffe"])
)
FLOATS = st.one_of(
    st.floats(width=64),
    st.integers(-5, 10**6).map(float),
    st.sampled_from([0.5, -0.0, 2.0**53, -(2.0**53), 2.0**53 - 1, 1e300, math.inf, math.nan]),
)
DAYS = st.dates()
CELLS = st.one_of(TEXTS, FLOATS, DAYS, st.booleans(), st.datetimes(), st.times(), st.timedeltas())
COLUMN = st.one_of(*(st.lists(kind, min_size=1, max_size=40) for kind in (TEXTS, FLOATS, DAYS, CELLS)))


@given(COLUMN)
def test_a_column_arrives_as_its_cells_one_by_one_would(column: list[Any]) -> None:
    one_by_one, as_column = Tally(), Tally()
    expected = [one_by_one.cell(value, at + 1, 1) for at, value in enumerate(column)]

    pipe = io.BytesIO()
    send(pipe, b"c", [as_column.column(tuple(column), 1, 1)])
    pipe.seek(0)
    frame = receive(pipe)
    assert frame is not None
    arrived = [row[0] for row in unpack_rows(frame[1])]

    assert arrived == expected
    assert list(map(type, arrived)) == list(map(type, expected))
    assert (as_column.removed, as_column.errors) == (one_by_one.removed, one_by_one.errors)


def test_a_text_too_long_among_others_is_noted_with_its_place() -> None:
    tally = Tally()
    tally.column(("short", "long " * 7000, "short"), 11, 3)
    assert tally.too_long == [(12, 3)]


@pytest.mark.parametrize("swept", [True, False])
def test_sweeps_for_garbage_pause_while_rows_come_in_and_go_on_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, swept: bool
) -> None:
    path = tmp_path / "list.xlsx"
    book = Workbook()
    book.active.append([dt.date(2026, 1, 2), "tea", 1.5])
    book.save(path)
    seen = []
    unpack = workbook.unpack_rows

    def looked_at(columns: Any) -> Any:
        seen.append(gc.isenabled())
        return unpack(columns)

    monkeypatch.setattr(workbook, "unpack_rows", looked_at)
    was = gc.isenabled()
    (gc.enable if swept else gc.disable)()
    try:
        assert read_rows(open_sheets(path)).rows == [[dt.date(2026, 1, 2), "tea", 1.5]]
        assert (seen, gc.isenabled()) == ([False], swept)
    finally:
        (gc.enable if was else gc.disable)()
