"""The harness of the speed figures: ours beside its floor, alternating, medians, one table row each."""

from __future__ import annotations

import gc
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from creator_crm.store.store import Store

sys.path.insert(0, str(Path(__file__).parent))
from program import add_program
from workspace import make_workspace

_HEAD = f"{'id':4} {'what':58} {'ours':>10} {'floor':>10} {'ratio':>7} {'bar':>6}  holds"


_ROWS: list[str] = []  # every figure of this run


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """All figures once more, in one table after whatever the tests said."""
    if _ROWS:
        terminalreporter.section("speed")
        for row in (_HEAD, "-" * len(_HEAD), *sorted(_ROWS, key=lambda row: int(row[1:4]))):
            terminalreporter.write_line(row)
        broken = sum(row.endswith("NO") for row in _ROWS)
        terminalreporter.write_line(f"{len(_ROWS) - broken} of {len(_ROWS)} hold")


class Race:
    """Measures pairs and prints rows; `check` at the end fails when a bar does not hold."""

    def __init__(self) -> None:
        self._broken: list[str] = []

    def run(
        self,
        bar_id: str,
        what: str,
        ours: Callable[[], object],
        floor: Callable[[], object],
        bar: float,
        *,
        pairs: int = 7,
        wall: bool = False,
        nothing: float = 0.0,
    ) -> float:
        """Run both alternately and print the medians; the ratio is the median of the pairs' ratios.

        What takes less than `nothing` seconds is no wait: its ratio is shown and means nothing.
        """
        clock = time.perf_counter if wall else time.process_time
        ours(), floor()
        times = []
        gc.collect()
        gc.disable()
        try:
            for number in range(pairs):
                first, second = (ours, floor) if number % 2 else (floor, ours)
                a, b = _timed(first, clock), _timed(second, clock)
                times.append((a, b) if number % 2 else (b, a))
        finally:
            gc.enable()
        ratio = statistics.median(a / b for a, b in times)
        mine, bare = (statistics.median(t) for t in zip(*times, strict=True))
        self.row(bar_id, what, mine, bare, ratio, bar, nothing)
        return ratio

    def row(
        self,
        bar_id: str,
        what: str,
        ours: float,
        floor: float,
        ratio: float,
        bar: float,
        nothing: float = 0.0,
    ) -> None:
        """Print one figure, in seconds."""
        if not _ROWS:
            print(f"\n{_HEAD}\n{'-' * len(_HEAD)}")
        holds = "yes" if ratio <= bar else f"under {nothing * 1e3:.0f} ms" if ours < nothing else "NO"
        times = f"{ours * 1e3:7.2f} ms {floor * 1e3:7.2f} ms"
        _ROWS.append(f"{bar_id:4} {what:58.58} {times} {ratio:6.2f}x {bar:5.2f}x  {holds}")
        print(_ROWS[-1])
        if holds == "NO":
            self._broken.append(f"{bar_id} {what}: {ratio:.2f} x, at most {bar} x")

    def check(self) -> None:
        broken, self._broken = self._broken, []
        assert not broken, "bars that do not hold:\n  " + "\n  ".join(broken)


def _timed(action: Callable[[], object], clock: Callable[[], float]) -> float:
    # Several runs in one sample when one is too short for the clock of the processor time.
    runs, start = 0, clock()
    while runs == 0 or (clock() - start < 0.02 and runs < 200):
        action()
        runs += 1
    return (clock() - start) / runs


@pytest.fixture(scope="session")
def race() -> Race:
    return Race()


@pytest.fixture(scope="session")
def big_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the big workspaces are made; CREATOR_CRM_BENCH_FOLDER keeps them from one run to the next."""
    kept = os.environ.get("CREATOR_CRM_BENCH_FOLDER")
    if not kept:
        return tmp_path_factory.mktemp("bench")
    Path(kept).mkdir(parents=True, exist_ok=True)
    return Path(kept)


def _made(folder: Path, creators: int, *, metrics: bool) -> Path:
    path = folder / f"{creators}.creatorcrm"
    if not path.exists():
        draft = folder / f"{creators}.draft"
        draft.unlink(missing_ok=True)
        make_workspace(draft, creators, metrics=metrics)
        draft.rename(path)
    return path


@pytest.fixture(scope="session")
def big(big_folder: Path) -> Iterator[Store]:
    """100,000 creators."""
    store = Store.open(_made(big_folder, 100_000, metrics=True), who="bench")
    yield store
    store.close()


@pytest.fixture(scope="session")
def program(big_folder: Path) -> Iterator[Store]:
    """100,000 creators and what a program of years left: messages, parcels, posts, 500,000 orders."""
    path = big_folder / "100000-program.creatorcrm"
    if not path.exists():
        draft = big_folder / "100000-program.draft"
        draft.unlink(missing_ok=True)
        make_workspace(draft, 100_000)
        store = Store.open(draft, who="bench")
        add_program(store)
        store.close()
        draft.rename(path)
    store = Store.open(path, who="bench")
    yield store
    store.close()


@pytest.fixture(scope="session")
def small(big_folder: Path) -> Iterator[Store]:
    """10,000 creators."""
    store = Store.open(_made(big_folder, 10_000, metrics=True), who="bench")
    yield store
    store.close()


@pytest.fixture(scope="session")
def huge(big_folder: Path) -> Iterator[Store]:
    """1,000,000 creators."""
    store = Store.open(_made(big_folder, 1_000_000, metrics=False), who="bench")
    yield store
    store.close()
