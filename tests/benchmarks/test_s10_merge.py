"""S10: merging a workbook of 50,000 creators with 100 edits, and undoing it, beside the bare work."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from conftest import Race
from workspace import make_workspace

from creator_crm.domain.records import CATALOGUE
from creator_crm.domain.values.refused import ValueRefused
from creator_crm.exchange.workbook.cells import from_cell
from creator_crm.services.workbook_back import Decisions
from creator_crm.services.workbook_out import export_workbook
from creator_crm.services.workspace import Workspace

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(1200)]

ROWS, EDITS, PAIRS = 50_000, 100, 5
ALONE = """
import gc, os, sys
from python_calamine import load_workbook
gc.disable()
rows = load_workbook(sys.argv[1]).get_sheet_by_name("Creators").to_python()
assert len(rows) == int(sys.argv[2])
os._exit(0)
"""


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """(workspace, a workbook of it with 100 cells typed)"""
    from openpyxl import load_workbook

    folder = tmp_path_factory.mktemp("merge")
    file, path = folder / "brand.creatorcrm", folder / "team.xlsx"
    make_workspace(file, ROWS)
    with Workspace.open(file) as workspace:
        export_workbook(workspace, path, records=["creator"])
    opened = load_workbook(path)
    sheet = opened["Creators"]
    niche = [cell.value for cell in sheet[1]].index("Niche") + 1
    for line in range(2, ROWS + 2, ROWS // EDITS):
        sheet.cell(line, niche).value = f"edited {line}"
    opened.save(path)
    return file, path


def test_merging_costs_little_more_than_reading_and_comparing(race: Race, book: tuple[Path, Path]) -> None:
    file, path = book
    with Workspace.open(file) as workspace:

        def ours() -> None:
            review = workspace.review_workbook(path)
            assert review.taken == EDITS
            workspace.apply_review(review, Decisions())
            workspace.undo()

        rows = _rows(path)
        fields = [f for f in CATALOGUE["creator"].stored if not f.hidden]

        def bare() -> None:
            subprocess.run([sys.executable, "-c", ALONE, str(path), str(ROWS + 1)], check=True)
            heads = rows[0]
            for field in fields:
                at = heads.index(field.label)
                for row in rows[1:]:
                    with suppress(ValueRefused):
                        from_cell(field, row[at])
            with workspace.store.read_raw() as raw:
                raw.execute("SELECT * FROM creator").fetchall()

        ours(), bare()
        times = [(_cost(ours), _cost(bare)) for _ in range(PAIRS)]
    ratio = statistics.median(a / b for a, b in times)
    race.row(
        "S10",
        f"merge a workbook of {ROWS:,} rows with {EDITS} edits (and undo it)",
        *map(statistics.median, zip(*times, strict=True)),
        ratio,
        1.6,
    )
    race.check()


def _rows(path: Path) -> list[list[object]]:
    from creator_crm.exchange.sheets import open_sheets, read_rows

    opened = open_sheets(path)
    return read_rows(opened, [s.name for s in opened.sheets].index("Creators")).rows  # type: ignore[return-value]


def _cost(action: Callable[[], object]) -> float:
    """Processor time of this process and of those that it started and waited for."""
    before = os.times()
    action()
    after = os.times()
    return sum(after[:4]) - sum(before[:4])
