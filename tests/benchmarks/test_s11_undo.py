"""S11: undoing a merged workbook of 50,000 creators, of 100 cells or 50,000, beside the same statements."""

from __future__ import annotations

import gc
import shutil
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Race
from workspace import make_workspace

from creator_crm.domain.records import CATALOGUE
from creator_crm.services.workbook_back import Decisions
from creator_crm.services.workbook_out import export_workbook
from creator_crm.services.workspace import Workspace
from creator_crm.store.engine import connect
from creator_crm.store.schema import rebuild_search
from creator_crm.store.store import Store
from creator_crm.store.undo import worth_bulk

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(1200)]

ROWS, PAIRS, BAR = 50_000, 7, 1.5
CHANGED = ("niche", "updated_at", "version")


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """(workspace, its workbook as it went out)"""
    folder = tmp_path_factory.mktemp("undo")
    file, path = folder / "brand.creatorcrm", folder / "team.xlsx"
    make_workspace(file, ROWS)
    with Workspace.open(file) as workspace:
        export_workbook(workspace, path, records=["creator"])
    return file, path


def merged(exported: tuple[Path, Path], folder: Path, edits: int) -> Path:
    """The workspace after its workbook came back with so many cells typed."""
    from openpyxl import load_workbook

    file, path = shutil.copy(exported[0], folder / "merged.creatorcrm"), folder / "typed.xlsx"
    book = load_workbook(exported[1])
    sheet = book["Creators"]
    niche = [cell.value for cell in sheet[1]].index("Niche") + 1
    for line in range(2, ROWS + 2, ROWS // edits):
        sheet.cell(line, niche).value = f"edited {line}"
    book.save(path)
    with Workspace.open(file) as workspace:
        review = workspace.review_workbook(path)
        assert review.taken == edits
        workspace.apply_review(review, Decisions())
    return Path(file)


class Bare:
    """What undo cannot do without: the old values put back by one statement, in one change set."""

    def __init__(self, file: Path) -> None:
        self._raw = connect(file)
        newest = self._raw.execute("SELECT max(id) FROM change_set").fetchone()[0]
        self._bulk = worth_bulk(self._raw, newest)
        for side in ("before", "after"):
            values = ", ".join(f"json_extract({side}, '$.{name}') {name}" for name in CHANGED)
            self._raw.execute(
                f'CREATE TEMP TABLE "was_{side}" ("row" INTEGER PRIMARY KEY, {", ".join(CHANGED)})'
            )
            self._raw.execute(
                f'INSERT INTO "was_{side}" SELECT "row", {values} FROM history '
                "WHERE change_set = ? AND record = 'creator'",
                (newest,),
            )

    def undo(self) -> None:
        self._put("was_before")

    def redo(self) -> None:
        self._put("was_after")

    def _put(self, table: str) -> None:
        raw = self._raw
        raw.execute("BEGIN IMMEDIATE")
        number = raw.execute(
            "INSERT INTO change_set (at, who, label, origin) VALUES ('2026-01-01', 'bench', 'floor', 'undo')"
        ).lastrowid
        raw.execute("UPDATE change_now SET change_set = ?, bulk = ?", (number, int(self._bulk)))
        sets = ", ".join(f"{name} = w.{name}" for name in CHANGED)
        raw.execute(f'UPDATE creator SET {sets} FROM "{table}" w WHERE w."row" = creator.id')
        if self._bulk and CATALOGUE["creator"].field("niche").searchable:
            rebuild_search(raw, CATALOGUE, frozenset({"creator"}))
        raw.execute("UPDATE change_now SET change_set = NULL, bulk = 0")
        raw.execute("COMMIT")


@pytest.mark.parametrize("edits", [100, ROWS])
def test_undoing_a_merge_costs_at_most_half_more_than_the_same_statements(
    race: Race, exported: tuple[Path, Path], tmp_path: Path, edits: int
) -> None:
    file = merged(exported, tmp_path, edits)
    bare = Bare(Path(shutil.copy(file, tmp_path / "floor.creatorcrm")))
    store = Store.open(file, who="bench")
    times = []
    for _ in range(PAIRS):
        gc.collect()
        times.append((_cost(store.undo), _cost(bare.undo)))
        changed = "SELECT count(*) FROM creator WHERE niche LIKE 'edited %'"
        with store.read_raw() as raw:
            assert raw.execute(changed).fetchone()[0] == 0
        store.redo(), bare.redo()
    store.close()
    ours, floor = (statistics.median(side) for side in zip(*times, strict=True))
    ratio = statistics.median(a / b for a, b in times)
    race.row("S11", f"undo a merge of {edits:,} cells in {ROWS:,} rows", ours, floor, ratio, BAR)
    race.check()


def _cost(action: Callable[[], object]) -> float:
    began = time.process_time()
    action()
    return time.process_time() - began
