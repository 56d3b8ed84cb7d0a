"""Workbooks that lie, explode or are broken: each ends in rows or in one sentence."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterable
from pathlib import Path

import pytest
from hostile_workbooks import (
    REFUSED,
    STRING_CELL,
    TABLE,
    Make,
    cell,
    formatted_rows,
    pack,
    parts,
    sheet,
    strings,
    with_rows,
    xml,
)

from creator_crm.exchange.sheets import Rows, SheetRefused, open_and_read, read_rows

pytestmark = pytest.mark.weighs


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_or_broken_workbook_is_refused_in_one_plain_sentence(
    name: str, tmp_path: Path, peaks: Iterable[int]
) -> None:
    make, expected = REFUSED[name]
    path = make(tmp_path / "list.xlsx")
    started = time.monotonic()

    with pytest.raises(SheetRefused) as refusal:
        _everything(path)

    sentence = str(refusal.value)
    assert expected in sentence
    assert "list.xlsx" in sentence and sentence.endswith(".")
    assert "Traceback" not in sentence and "Error" not in sentence
    assert time.monotonic() - started < 10
    assert max(peaks, default=0) < 300 * 1024


READ: dict[str, tuple[Make, list[list[object]]]] = {
    "a false count of shared strings": (
        with_rows(STRING_CELL, strings("Ana", claim='count="4294967295" uniqueCount="4294967295"')),
        [["Ana"]],
    ),
    "a dimension of the whole sheet": (
        xml(sheet(before='<dimension ref="A1:XFD1048576"/>')),
        [["Handle", "Followers"], ["@ana", 1200]],
    ),
    "a stray cell in the last corner": (
        with_rows(TABLE + f'<row r="1048576">{cell("XFD1048576", "7")}</row>'),
        [["Handle", "Followers"], ["@ana", 1200], [None] * 16383 + [7]],
    ),
    "a stray cell in the last row": (
        with_rows(TABLE + f'<row r="1048576">{cell("J1048576", "7")}</row>'),
        [["Handle", "Followers"], ["@ana", 1200], [None] * 9 + [7]],
    ),
    "rows out of order": (
        with_rows(f'<row r="2">{cell("A2", "2")}</row><row r="1">{cell("A1", "1")}</row>'),
        [[1], [2]],
    ),
    "rows and cells without numbers": (
        with_rows("<row><c><v>1</v></c></row><row><c><v>2</v></c></row>"),
        [[1], [2]],
    ),
    "two hundred thousand nested elements": (xml(sheet("<row>" * 200_000 + "</row>" * 200_000)), []),
    "only formatted rows": (formatted_rows, []),
    "a merge over the whole sheet": (
        xml(sheet(after='<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>')),
        [["Handle", "Followers"], ["@ana", 1200]],
    ),
    "a hundred thousand merges": (
        xml(sheet(after="<mergeCells>" + '<mergeCell ref="C3:D9"/>' * 100_000 + "</mergeCells>")),
        [["Handle", "Followers"], ["@ana", 1200]],
    ),
    "infinite numbers": (
        with_rows(f'<row r="1">{cell("A1", "inf")}{cell("B1", "1e400")}{cell("C1", "5")}</row>'),
        [[None, None, 5]],
    ),
    "every element under a prefix": (
        xml(
            sheet()
            .replace("<", "<x:")
            .replace("<x:/", "</x:")
            .replace("<x:?", "<?")
            .replace("xmlns=", "xmlns:x=")
        ),
        [["Handle", "Followers"], ["@ana", 1200]],
    ),
}


@pytest.mark.parametrize("name", READ)
def test_an_odd_but_harmless_workbook_is_read(name: str, tmp_path: Path, peaks: Iterable[int]) -> None:
    make, expected = READ[name]
    started = time.monotonic()

    assert _everything(make(tmp_path / "list.xlsx"))[0].rows == expected
    assert time.monotonic() - started < 10
    assert sys.platform != "linux" or 5 * 1024 < max(peaks) < 300 * 1024


def test_a_stray_cell_is_named_with_its_row(tmp_path: Path) -> None:
    path = READ["a stray cell in the last corner"][0](tmp_path / "list.xlsx")

    _, rows = open_and_read(path)

    assert [rows.line(at) for at in range(3)] == [1, 2, 1_048_576]
    assert any("1,048,576" in note for note in rows.notes)


def test_a_string_that_is_not_there_leaves_the_other_cells(tmp_path: Path) -> None:
    cells = '<row r="1"><c r="A1" t="s"><v>9</v></c><c r="B1" t="s"><v>0</v></c></row>'
    path = with_rows(cells, strings("Ana"))(tmp_path / "list.xlsx")
    try:
        rows = _everything(path)[0]
    except SheetRefused as refusal:
        assert "list.xlsx" in str(refusal)
    else:
        assert rows.rows == [[None, "Ana"]]


def test_control_characters_are_taken_out_and_counted(tmp_path: Path) -> None:
    cells = '<row r="1"><c r="A1" t="inlineStr"><is><t>a_x0000_b_x000D_\nc\td\ufffe</t></is></c></row>'

    rows = _everything(with_rows(cells)(tmp_path / "list.xlsx"))[0]

    assert rows.rows == [["ab\nc d\ufffd"]]
    assert rows.removed_characters == 2


def test_a_text_too_long_for_a_cell_is_kept_whole_and_named(tmp_path: Path) -> None:
    cells = f'{TABLE}<row r="3"><c r="A3" t="inlineStr"><is><t>{"x" * 40_000}</t></is></c></row>'

    rows = _everything(with_rows(cells)(tmp_path / "list.xlsx"))[0]

    assert rows.too_long == [(3, 1)]
    assert rows.rows[2][0] == "x" * 40_000


def test_error_cells_and_formulas_without_a_value_are_counted(tmp_path: Path) -> None:
    cells = (
        '<row r="1"><c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="B1" t="e"><v>#N/A</v></c>'
        '<c r="C1"><f>SUM(A1)</f></c><c r="D1"><f>A1</f><v></v></c><c r="E1"><f>1+1</f><v>2</v></c>'
        '<c r="F1" t="str"><f>""</f><v></v></c></row>'
    )

    rows = _everything(with_rows(cells)(tmp_path / "list.xlsx"))[0]

    assert rows.error_cells == {"#DIV/0!": 1, "#N/A": 1}
    assert rows.uncalculated == 2
    assert rows.rows[0][4] == 2


@pytest.mark.parametrize("seed", range(24))
def test_a_workbook_with_random_bytes_changed_gives_rows_or_a_sentence(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    path = pack(tmp_path / "list.xlsx", parts(TABLE + STRING_CELL.replace("1", "3"), shared=strings("Ana")))
    data = bytearray(path.read_bytes())
    for _ in range(chance.randint(1, 12)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    path.write_bytes(data[: chance.choice([len(data), len(data), chance.randrange(4, len(data))])])
    try:
        assert all(isinstance(rows, Rows) for rows in _everything(path))
    except SheetRefused as refusal:
        assert "list.xlsx" in str(refusal)


def _everything(path: Path) -> list[Rows]:
    opened, first = open_and_read(path)
    assert read_rows(opened, opened.default_sheet) == first
    return [read_rows(opened, at) for at in range(len(opened.sheets))]
