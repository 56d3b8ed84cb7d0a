"""S18: the longest time the window does not answer while 100,000 rows come in, are undone, and go out."""

from __future__ import annotations

import csv
import gc
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import Race
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication

from creator_crm.app import build
from creator_crm.domain.query import Query
from creator_crm.services import imports
from creator_crm.services.exports import export_list
from creator_crm.services.workbook_out import export_workbook
from creator_crm.services.workspace import Workspace
from creator_crm.ui.session import Session
from creator_crm.ui.shared import theme
from creator_crm.ui.shared.jobs import Progress, as_services_tell
from creator_crm.ui.shared.long_sweeps import LongSweeps
from creator_crm.ui.shared.state import State
from creator_crm.ui.shared.sweeps import without_sweeps

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(1500)]

ROWS = 100_000
BAR = 2.0
ROUNDS = 3
PYTHON_GIVES_WAY_AFTER = 0.005  # seconds, unless told otherwise
AFTERWARDS_MS = 400  # the pages take in what changed: part of the wait
NAMES = ("Mina Park", "Jürgen Groß", "Ana Sofía Núñez", "李 美玲", "O'Neill")


class Gaps:
    """A timer that should come every millisecond; the longest time it did not is what somebody felt."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start(1)

    def _tick(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, now - self._last)
        self._last = now

    def stop(self) -> None:
        self._tick()
        self._timer.stop()


def gap_of(session: Session, work: Callable[[Progress], object]) -> float:
    """The longest gap while `work` runs as a job of the window, and while its result is taken in."""
    loop, gaps = QEventLoop(), Gaps()
    failed: list[object] = []
    session.window.jobs.run(
        "Measuring",
        work,
        done=lambda _: QTimer.singleShot(AFTERWARDS_MS, loop.quit),
        failed=lambda error: (failed.append(error), loop.quit()),
    )
    loop.exec()
    gaps.stop()
    assert not failed, failed
    return gaps.longest


def computing(seconds: float) -> Callable[[Progress], int]:
    """Plain Python beside the window: what the floor is. As long as the work it is compared with, because the
    longest of many gaps grows with their number, and with Python's own idea of when to give way.
    """

    def compute(_progress: Progress) -> int:
        ours = sys.getswitchinterval()
        sys.setswitchinterval(PYTHON_GIVES_WAY_AFTER)
        end, sum_ = time.perf_counter() + seconds, 0
        while time.perf_counter() < end:
            sum_ += sum(range(1000))
        sys.setswitchinterval(ours)
        return sum_

    return compute


@pytest.fixture
def list_file(tmp_path: Path) -> Path:
    path = tmp_path / "tracker.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("Name", "TikTok handle", "Followers", "Country", "Email"))
        for n in range(ROWS):
            writer.writerow((NAMES[n % 5], f"@someone.{n}", 1000 + n, "Germany", f"someone{n}@example.com"))
    return path


@pytest.fixture
def session(qapp: QApplication, tmp_path: Path) -> Iterator[Session]:
    theme.apply(qapp, "light")
    path = tmp_path / "Luma.creatorcrm"
    Workspace.create(path).close()
    state = State(None)
    state.remember("page", "creators")
    window, session = build(state)
    window.resize(1280, 800)
    window.show()
    assert session.open(path)
    gc.collect()
    gc.freeze()
    LongSweeps(qapp)  # as the program does
    yield session
    window.close()
    window.deleteLater()


def test_the_window_answers_while_100_000_rows_come_in_are_undone_and_go_out(
    race: Race, session: Session, list_file: Path, tmp_path: Path
) -> None:
    workspace = session.workspace
    assert workspace is not None
    store = workspace.store

    def bring_in(progress: Progress) -> object:
        with without_sweeps():
            found = imports.recognise(list_file, store.catalogue)
            tell = as_services_tell(progress)
            rehearsal = imports.rehearse(store, found, imports.propose(store, found), progress=tell)
            result = imports.write(rehearsal, progress=tell)
            rehearsal.let_go()  # as the wizard does when it is closed
            found.let_go()
            return result

    def send_out(progress: Progress) -> object:
        return export_list(workspace, Query("creator"), tmp_path / "out.csv", None, progress)

    def share(progress: Progress) -> object:
        return export_workbook(workspace, tmp_path / "team.xlsx", progress=progress)

    def take_back(_progress: Progress) -> object:
        return workspace.undo()

    gaps: dict[str, list[tuple[float, float]]] = {"import": [], "export": [], "workbook": [], "undo": []}
    for _ in range(ROUNDS):
        works = {"import": bring_in, "export": send_out, "workbook": share, "undo": take_back}
        for name, work in works.items():
            began = time.perf_counter()
            ours = gap_of(session, work)
            gaps[name].append((ours, gap_of(session, computing(time.perf_counter() - began))))
    for name, measured in gaps.items():
        ours, floor = (statistics.median(times) for times in zip(*measured, strict=True))
        ratio = statistics.median(ours / floor for ours, floor in measured)
        race.row("S18", f"longest gap, {name} of 100,000 rows (wall)", ours, floor, ratio, BAR)
    race.check()
