"""S18: the longest time the window does not answer while a workbook of 50,000 rows is brought back."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import Race
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from test_s18_gap import AFTERWARDS_MS, BAR, ROUNDS, Gaps, computing, gap_of
from workspace import make_workspace

from creator_crm.app import build
from creator_crm.services.workbook_out import export_workbook
from creator_crm.services.workspace import Workspace
from creator_crm.ui.session import Session
from creator_crm.ui.shared import theme
from creator_crm.ui.shared.jobs import Job
from creator_crm.ui.shared.long_sweeps import LongSweeps
from creator_crm.ui.shared.state import State
from creator_crm.ui.workbook.window import ReviewWindow

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(1500)]

ROWS = 50_000
SETTLED_MS = 1_000


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """(workspace, its workbook as it went out)"""
    folder = tmp_path_factory.mktemp("gap")
    file, path = folder / "Luma.creatorcrm", folder / "team.xlsx"
    make_workspace(file, ROWS)
    with Workspace.open(file) as workspace:
        export_workbook(workspace, path, records=["creator"])
    return file, path


@pytest.fixture
def session(qapp: QApplication, exported: tuple[Path, Path]) -> Iterator[Session]:
    theme.apply(qapp, "light")
    state = State(None)
    state.remember("page", "creators")
    window, session = build(state)
    window.resize(1280, 800)
    window.show()
    assert session.open(exported[0])
    gc.collect()
    gc.freeze()
    LongSweeps(qapp)  # as the program does
    yield session
    window.close()
    window.deleteLater()


@pytest.mark.parametrize("edits", [100, ROWS])
def test_the_window_answers_while_a_workbook_is_compared_and_applied(
    race: Race, session: Session, exported: tuple[Path, Path], tmp_path: Path, edits: int
) -> None:
    typed = _typed(exported[1], tmp_path / "team.xlsx", edits)
    workspace = session.workspace
    assert workspace is not None

    def compare() -> None:
        session.workbook.bring_back(typed)

    def apply() -> None:
        (review,) = (w for w in session.window.findChildren(ReviewWindow) if w.isVisible())
        assert review.review.taken == edits
        review.apply()

    gaps: dict[str, list[tuple[float, float]]] = {"compare": [], "apply": []}
    took = {"compare": 2.0, "apply": 2.0}
    for _ in range(ROUNDS):
        QTest.qWait(SETTLED_MS)
        session.window.hide()  # what it happens to paint would count as the floor's, and wait at every cell
        floors = {name: gap_of(session, computing(seconds)) for name, seconds in took.items()}
        session.window.show()
        QTest.qWait(SETTLED_MS)
        for name, deed in {"compare": compare, "apply": apply}.items():
            began = time.perf_counter()
            gaps[name].append((_gap_until_done(session, deed), floors[name]))
            took[name] = time.perf_counter() - began
        gap_of(session, lambda _: workspace.undo())
    for name, measured in gaps.items():
        ours, floor = (statistics.median(times) for times in zip(*measured, strict=True))
        ratio = statistics.median(ours / floor for ours, floor in measured)
        race.row("S18", f"longest gap, {name} {edits:,} of {ROWS:,} rows (wall)", ours, floor, ratio, BAR)
    race.check()


def _typed(exported: Path, path: Path, edits: int) -> Path:
    from openpyxl import load_workbook

    book = load_workbook(exported)
    sheet = book["Creators"]
    niche = [cell.value for cell in sheet[1]].index("Niche") + 1
    for line in range(2, ROWS + 2, ROWS // edits):
        sheet.cell(line, niche).value = f"edited {line}"
    book.save(path)
    return path


def _gap_until_done(session: Session, deed: Callable[[], None]) -> float:
    """The longest gap from a deed of the user's until its job is done and shown."""
    loop, jobs = QEventLoop(), session.window.jobs

    def ended(job: Job[object]) -> None:
        if "team.xlsx" in job.label:
            QTimer.singleShot(AFTERWARDS_MS, loop.quit)

    jobs.ended.connect(ended)
    gaps = Gaps()
    deed()
    loop.exec()
    gaps.stop()
    jobs.ended.disconnect(ended)
    return gaps.longest
