"""S1, S2, S3: from the command to the first frame and to the rows, and its memory, beside a bare window."""

from __future__ import annotations

import json
import os
import sqlite3
import statistics
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from conftest import Race

from creator_crm.store.store import Store
from creator_crm.ui.shared.state import State, state_file

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(600)]

DRIVER = Path(__file__).with_name("start_driver.py")
PAIRS = 9
MIB = 1024  # of the KiB that the system counts in


class Starts:
    """Starts processes as an installed program starts: with its compiled modules beside it."""

    def __init__(self, folder: Path) -> None:
        self._environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        self._environment["PYTHONPYCACHEPREFIX"] = str(folder / "compiled")

    def __call__(self, *arguments: object) -> dict[str, Any]:
        command = [sys.executable, str(DRIVER), *map(str, arguments)]
        done = subprocess.run(command, env=self._environment, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        told: dict[str, Any] = json.loads(done.stdout)
        return told

    def pairs(self, mark: str, workspace: Path) -> list[tuple[dict[str, Any], dict[str, Any]]]:
        """Ours and the floor, alternating; the first pair only fills the caches."""
        made = []
        for number in range(PAIRS + 1):
            if number % 2:
                ours, floor = self(mark, workspace), self("bare")
            else:
                floor, ours = self("bare"), self(mark, workspace)
            made.append((ours, floor))
        return made[1:]


@pytest.fixture
def starts(tmp_path: Path) -> Starts:
    """Someone who left the window on the Creators page."""
    state = State(state_file())
    state.remember("page", "creators")
    state.save()
    return Starts(tmp_path)


@pytest.mark.parametrize(
    ("bar_id", "mark", "what", "bar"),
    [
        ("S1", "paint", "start to first frame, 100,000 creators (CPU)", 1.5),
        ("S2", "rows", "start to rows on the screen (CPU)", 2.8),
    ],
)
def test_the_window_is_there_almost_as_soon_as_an_empty_one(
    race: Race, starts: Starts, big: Store, bar_id: str, mark: str, what: str, bar: float
) -> None:
    path = kept_copy(big)
    pairs = starts.pairs(mark, path)
    ratio = statistics.median(ours["cpu"] / floor["cpu"] for ours, floor in pairs)
    race.row(bar_id, what, median_of(pairs, 0, "cpu"), median_of(pairs, 1, "cpu"), ratio, bar)
    race.check()


def test_the_window_takes_little_more_memory_than_an_empty_one(
    race: Race, starts: Starts, big: Store, huge: Store
) -> None:
    path, more = kept_copy(big), kept_copy(huge)
    pairs = starts.pairs("whole", path)
    ours, floor = median_of(pairs, 0, "VmHWM") / MIB, median_of(pairs, 1, "VmHWM") / MIB
    grown = statistics.median(starts("whole", more)["VmHWM"] for _ in range(3)) / MIB - ours
    race.row("S3", f"memory, MiB: {ours:.0f} against {floor:.0f}", ours / 1e3, floor / 1e3, ours / floor, 2.0)
    what = f"growth to 1,000,000 creators, MiB: {grown:.0f} of 40"
    race.row("S3", what, grown / 1e3, 40 / 1e3, grown / 40, 1.0)
    race.check()


def kept_copy(store: Store) -> Path:
    """A copy of a benchmark's workspace that nobody holds."""
    copy = store.path.with_name(f"start-{store.path.name}")
    if not copy.exists():
        with store.read_raw() as raw, closing(sqlite3.connect(copy)) as target:
            raw.backup(target)
    # A kept copy may lack what the program has learned since. The driver leaves without closing, so what the
    # first start adds would stay in the log, and a log makes every later start look through the whole file.
    Store.open(copy, who="bench").close()
    return copy


def median_of(pairs: list[tuple[dict[str, Any], dict[str, Any]]], side: int, name: str) -> float:
    return float(statistics.median(pair[side][name] for pair in pairs))
