"""Where a workbook came from: told three times as text, and understood from each."""

from __future__ import annotations

from creator_crm.exchange.workbook.layout import Origin, SheetPlan
from creator_crm.exchange.workbook.origin import (
    joined,
    line_in,
    origin_from,
    origin_line,
    origin_rows,
    pieces,
)

ORIGIN = Origin(
    export="exp1",
    workspace="w1",
    copy="c1",
    seen={"c1": 12, "c2": 7, **{f"copy{n}": n for n in range(40)}},
    schema=4,
    program="0.1.0",
    whole=True,
    redacted=False,
    in_part={"c3": 4},
    sheets=(SheetPlan("creator", "Creators", (("name", "Name"), ("tone", 'Tone "of" voice; =x'))),),
)


def test_the_rows_of_the_hidden_sheet_tell_everything() -> None:
    rows = list(origin_rows(ORIGIN))
    line = line_in(rows)
    assert line is not None
    assert origin_from(line, rows) == ORIGIN
    assert all(len(text) < 32_000 for _, text in rows)


def test_defined_names_hold_the_line_in_pieces_short_enough_for_excel() -> None:
    found = pieces(ORIGIN)
    assert len(found) > 1 and all(len(text) <= 250 for text in found.values())
    assert joined({name: f'"{text}"' for name, text in found.items()}) == origin_line(ORIGIN)
    assert joined({}) is None


def test_what_somebody_else_wrote_is_no_origin() -> None:
    assert origin_from("") is None
    assert origin_from("export=1;copy=2") is None


def test_a_sheet_whose_row_was_damaged_is_left_out_alone() -> None:
    rows = [*origin_rows(ORIGIN), ("sheet order", "[1"), ("sheet code", "7")]
    found = origin_from(origin_line(ORIGIN), rows)
    assert found is not None and found.sheets == ORIGIN.sheets
