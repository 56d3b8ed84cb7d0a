"""S9: writing the team's workbook of 100,000 creators, beside openpyxl with the same cells unstyled."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from conftest import Race

from creator_crm.exchange.sheets import open_sheets, read_rows
from creator_crm.services.workbook_out import export_workbook
from creator_crm.services.workspace import Workspace
from creator_crm.store.store import Store

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(1200)]

MEMORY = 400 * 1024 * 1024
ALONE = """
import resource, sys
from pathlib import Path
from creator_crm.services.workbook_out import export_workbook
from creator_crm.services.workspace import Workspace
with Workspace.open(Path(sys.argv[1])) as workspace:
    export_workbook(workspace, Path(sys.argv[2]))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)
"""


def test_writing_a_large_workbook_costs_little_more_than_openpyxl_alone(
    race: Race, big: Store, tmp_path: Path
) -> None:
    workspace = Workspace(big)
    ours, bare = tmp_path / "team.xlsx", tmp_path / "bare.xlsx"
    export_workbook(workspace, ours, records=["creator"])
    opened = open_sheets(ours)
    rows = read_rows(opened, [sheet.name for sheet in opened.sheets].index("Creators")).rows
    assert len(rows) == 100_001 and len(rows[0]) >= 24
    race.run(
        "S9",
        f"write the team workbook of 100,000 rows x {len(rows[0])}",
        lambda: export_workbook(workspace, ours, records=["creator"]),
        lambda: _alone(bare, rows),
        1.5,
        pairs=5,
    )
    race.check()


def _alone(path: Path, rows: list[list[Any]]) -> None:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Creators")
    for row in rows:
        sheet.append(row)
    book.save(path)


@pytest.mark.skipif(os.name != "posix", reason="a process tells its peak on POSIX alone")
def test_writing_everything_of_100_000_creators_takes_little_memory(big: Store, tmp_path: Path) -> None:
    copy = tmp_path / "big.creatorcrm"
    with big.read_raw() as raw, closing(sqlite3.connect(copy)) as target:
        raw.backup(target)
    command = [sys.executable, "-c", ALONE, str(copy), str(tmp_path / "team.xlsx")]
    peak = int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    print(f"\n     memory while everything is written: {peak >> 20} MiB, at most {MEMORY >> 20} MiB")
    assert peak < MEMORY
