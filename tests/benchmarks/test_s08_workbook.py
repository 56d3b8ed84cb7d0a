"""S8: reading a workbook of 100,000 rows x 25, beside python-calamine alone in a process of its own."""

from __future__ import annotations

import datetime as dt
import os
import random
import statistics
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Race

from creator_crm.exchange.sheets import open_and_read

pytestmark = pytest.mark.benchmark

ROWS, COLUMNS, PAIRS = 100_000, 25, 5
ALONE = """
import gc, os, sys
from python_calamine import load_workbook
gc.disable()
rows = load_workbook(sys.argv[1]).get_sheet_by_index(0).to_python()
assert len(rows) == int(sys.argv[2])
os._exit(0)
"""
WORDS = ["beauty", "fitness", "food", "gaming", "travel", "music", "tea", "silk", "clay", "vegan"]


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tracker as teams keep one: names, words that come back, numbers, days, blanks."""
    from openpyxl import Workbook

    path = tmp_path_factory.mktemp("books") / "tracker.xlsx"
    chance = random.Random(8)
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Creators")
    sheet.append([f"Column {number}" for number in range(COLUMNS)])
    day = dt.date(2024, 1, 1)
    for n in range(ROWS - 1):
        words = [chance.choice(WORDS) for _ in range(8)]
        numbers = [chance.randrange(5_000_000) for _ in range(6)]
        shares = [round(chance.random(), 3) for _ in range(4)]
        days = [day + dt.timedelta(chance.randrange(700)) for _ in range(2)]
        names = [f"@creator{n}", f"Name {n % 9973} {words[0]}", f"creator{n}@example.com"]
        sheet.append([*names, *words, *numbers, *shares, *days, None, n % 2 == 0])
    book.save(path)
    return path


def test_reading_a_large_workbook_costs_little_more_than_calamine_alone(race: Race, workbook: Path) -> None:
    def ours() -> None:
        assert len(open_and_read(workbook)[1].rows) == ROWS

    def alone() -> None:
        subprocess.run([sys.executable, "-c", ALONE, str(workbook), str(ROWS)], check=True)

    ours(), alone()
    times = [(_cost(ours), _cost(alone)) for _ in range(PAIRS)]
    ratio = statistics.median(a / b for a, b in times)
    race.row(
        "S8",
        "read a workbook of 100,000 rows x 25",
        *map(statistics.median, zip(*times, strict=True)),
        ratio,
        1.3,
    )
    race.check()


def _cost(action: Callable[[], object]) -> float:
    """Processor time of this process and of those that it started and waited for."""
    before = os.times()
    action()
    after = os.times()
    return sum(after[:4]) - sum(before[:4])
