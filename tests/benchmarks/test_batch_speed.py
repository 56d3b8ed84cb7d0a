"""A batch of 500 parcels beside 200,000 that are there: seen, made, undone, and the window meanwhile."""

from __future__ import annotations

import gc
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import Race
from PySide6.QtWidgets import QApplication
from test_s18_gap import computing, gap_of

from creator_crm.app import build
from creator_crm.domain.query import Query
from creator_crm.services.batches import Batch, Content
from creator_crm.services.workspace import Workspace
from creator_crm.store.engine import connect
from creator_crm.store.store import Store
from creator_crm.store.triggers import DERIVE_LATER
from creator_crm.ui.shared import theme
from creator_crm.ui.shared.jobs import Progress, as_services_tell
from creator_crm.ui.shared.state import State

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(900)]

PARCELS = 500
PAIRS = 5
WRITTEN = ("shipment", "shipment_item", "stock_movement")
HOME = ("creator", "street", "city", "postcode", "country", "is_default")


@pytest.fixture
def workspace(program: Store) -> Iterator[Workspace]:
    """The program of years, with addresses for those who get a parcel."""
    with program.read_raw() as raw:
        found = raw.execute(
            "SELECT id FROM creator WHERE NOT opted_out AND NOT archived AND stage <> 'do_not_contact' "
            "AND deleted_at IS NULL ORDER BY id LIMIT ?",
            (PARCELS,),
        )
        people = [number for (number,) in found]
    with program.change("Addresses") as unit:
        homes = [(n, f"Main Street {n}", "Berlin", "10115", "DE", 1) for n in people]
        unit.add_rows("address", HOME, homes)
    yield Workspace(program)
    program.undo()


def batch(workspace: Workspace) -> Batch:
    with workspace.store.read_raw() as raw:
        people = raw.execute("SELECT creator FROM address ORDER BY id DESC LIMIT ?", (PARCELS,)).fetchall()
    return Batch((Content("SKU-1"), Content("SKU-2", 2)), tuple(sorted(n for (n,) in people)))


def rows_of(raw: sqlite3.Connection, step: int) -> dict[str, list[tuple[Any, ...]]]:
    """What a step wrote, as it lies in the tables."""
    return {
        record: raw.execute(
            f'SELECT t.* FROM history h JOIN "{record}" t ON t.id = h."row" '
            "WHERE h.change_set = ? AND h.record = ? AND h.action = 'insert' ORDER BY t.id",
            (step, record),
        ).fetchall()
        for record in WRITTEN
    }


def insert(raw: sqlite3.Connection, rows: dict[str, list[tuple[Any, ...]]]) -> None:
    """The bare inserts: the same rows, indexes and triggers, durable; nothing looked up or summed."""
    raw.execute("BEGIN IMMEDIATE")
    raw.execute("INSERT INTO change_set (at, who, label, origin) VALUES ('', 'bench', 'floor', 'import')")
    raw.execute(
        "UPDATE change_now SET change_set = (SELECT max(id) FROM change_set), bulk = ?", (DERIVE_LATER,)
    )
    for record, lines in rows.items():
        marks = ", ".join("?" * len(lines[0]))
        raw.executemany(f'INSERT INTO "{record}" VALUES ({marks})', lines)
    raw.execute("UPDATE change_now SET change_set = NULL, bulk = 0")
    raw.execute("COMMIT")


def take_out(raw: sqlite3.Connection, rows: dict[str, list[tuple[Any, ...]]]) -> None:
    """The same rows out again."""
    raw.execute("BEGIN IMMEDIATE")
    raw.execute("INSERT INTO change_set (at, who, label, origin) VALUES ('', 'bench', 'floor', 'undo')")
    raw.execute(
        "UPDATE change_now SET change_set = (SELECT max(id) FROM change_set), bulk = ?", (DERIVE_LATER,)
    )
    for record in reversed(WRITTEN):
        raw.executemany(f'DELETE FROM "{record}" WHERE id = ?', [(row[0],) for row in rows[record]])
    raw.execute("UPDATE change_now SET change_set = NULL, bulk = 0")
    raw.execute("COMMIT")


def timed(work: Callable[[], object]) -> tuple[float, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return time.process_time() - cpu, time.perf_counter() - wall


def test_500_parcels_are_made_and_undone_for_little_more_than_bare_statements(
    race: Race, workspace: Workspace
) -> None:
    wanted = batch(workspace)
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in ("see", "make", "undo", "in", "out")}
    floor = connect(workspace.path)
    gc.collect()
    for _ in range(PAIRS + 1):
        taken["see"].append(timed(lambda: workspace.preview_batch(wanted)))
        taken["make"].append(timed(lambda: workspace.make_batch(wanted)))
        rows = rows_of(floor, workspace.store.last_changes.change_set)
        assert [len(lines) for lines in rows.values()] == [PARCELS, 2 * PARCELS, 2 * PARCELS]
        taken["undo"].append(timed(workspace.undo))
        taken["in"].append(timed(lambda rows=rows: insert(floor, rows)))  # type: ignore[misc]
        taken["out"].append(timed(lambda rows=rows: take_out(floor, rows)))  # type: ignore[misc]
    floor.close()
    for n, kind in enumerate(("CPU", "wall")):
        of = {name: [pair[n] for pair in pairs[1:]] for name, pairs in taken.items()}  # the first warms up
        for name, bare, what, bar in (
            ("see", "in", "preview of 500 parcels", 1.0),
            ("make", "in", "make 500 parcels of two articles", 4.0),
            ("undo", "out", "undo them", 1.5),
        ):
            ratio = statistics.median(a / b for a, b in zip(of[name], of[bare], strict=True))
            ours, least = statistics.median(of[name]), statistics.median(of[bare])
            race.row("S7" if name != "undo" else "S11", f"{what} ({kind})", ours, least, ratio, bar)
    race.check()


def test_the_window_answers_while_500_parcels_are_made(
    race: Race, qapp: QApplication, tmp_path: Path
) -> None:
    theme.apply(qapp, "light")
    path = tmp_path / "Luma.creatorcrm"
    with Workspace.create(path) as made, made.store.change("Fill", bulk=True) as unit:
        people = unit.add_rows("creator", ("name",), [(f"Creator {n}",) for n in range(PARCELS)])
        unit.add_rows("address", HOME, [(n, f"Street {n}", "Bonn", "53111", "DE", 1) for n in people])
        for n in (1, 2):
            product = unit.add("product", {"name": f"Product {n}", "sku": f"SKU-{n}"})
            unit.add("stock_movement", {"product": product, "quantity": 10_000, "moved_on": "2026-01-01"})
    state = State(None)
    state.remember("page", "seeding")
    window, session = build(state)
    window.resize(1280, 800)
    window.show()
    assert session.open(path)
    workspace = session.workspace
    assert workspace is not None
    wanted = Batch((Content("SKU-1"), Content("SKU-2", 2)), tuple(workspace.ids(Query("creator"))))

    def make(progress: Progress) -> object:
        return workspace.make_batch(wanted, progress=as_services_tell(progress))

    gaps: dict[str, list[tuple[float, float]]] = {"making": [], "undoing": []}
    for _ in range(PAIRS):
        works = {"making": make, "undoing": lambda _: workspace.undo()}
        for name, work in works.items():
            began = time.perf_counter()
            ours = gap_of(session, work)
            gaps[name].append((ours, gap_of(session, computing(time.perf_counter() - began))))
    for name, measured in gaps.items():
        ours, least = (statistics.median(times) for times in zip(*measured, strict=True))
        ratio = statistics.median(a / b for a, b in measured)
        race.row("S18", f"longest gap, {name} 500 parcels (wall)", ours, least, ratio, 2.0)
    window.close()
    window.deleteLater()
    race.check()
