"""S6 and the painted half of S4: scrolling, and a click on a heading until the rows are on the screen."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from itertools import chain, cycle
from pathlib import Path

import pytest
from bare_views import bare_table
from conftest import Race
from PySide6.QtWidgets import QApplication, QTableView
from workspace import make_floor

from creator_crm.domain.conditions import Condition, Op
from creator_crm.services.workspace import Workspace
from creator_crm.store.engine import connect
from creator_crm.store.store import Store
from creator_crm.ui.shared import text, theme
from creator_crm.ui.shared.table import columns
from creator_crm.ui.shared.table.formatting import right_aligned
from creator_crm.ui.shared.table.table import RecordTable

pytestmark = pytest.mark.benchmark

SHOWN = {  # fourteen columns of each, chips, names of others, sums and days among them; the first one orders
    "creator": "name handle platform followers average_views engagement stage niche country tags owner email "
    "opted_out notes",
    "shipment": "number creator campaign status contents pieces carrier tracking_number postage packed_on "
    "shipped_on delivered_on city country",
    "order": "number ordered_on status total creator code shop refunded campaign discount currency customer "
    "country customer_key",
}
WIDTH = 112
ROWS = 3000


@pytest.fixture
def application(qapp: QApplication) -> QApplication:
    text.set_locale("en_US")
    theme.apply(qapp, "light")
    return qapp


def shown(record: str) -> list[str]:
    return SHOWN[record].split()


def made_table(store: Store, record: str = "creator") -> RecordTable:
    table = RecordTable(Workspace(store), record, sort=shown(record)[0])
    columns.arrange(table.grid, tuple((name, WIDTH) for name in shown(record)))
    table.reload()
    table.resize(1600, 1080)
    table.show()
    QApplication.processEvents()
    return table


def beside(table: RecordTable) -> QTableView:
    """The floor: the same cells, the same size."""
    model = table.model
    order = [model.column_of[name] for name in shown(table.record)]
    cells = [[model.text(row, column) for column in order] for row in range(min(ROWS, table.count))]
    right = frozenset(n for n, column in enumerate(order) if right_aligned(model.fields[column]))
    view = bare_table(cells, [WIDTH] * len(order), right)
    view.resize(table.grid.size())
    view.show()
    QApplication.processEvents()
    assert view.viewport().size().width() >= table.grid.viewport().size().width() - 16
    return view


def screens(view: QTableView) -> Iterator[int]:
    """Tops of screens, each wholly new."""
    high = view.viewport().height()
    last = ROWS * 34 // high - 2
    return cycle(place * 37 % last * high for place in range(1, last))


@pytest.mark.parametrize("record", SHOWN)
def test_scrolling_one_screen_costs_little_more_than_the_barest_view(
    race: Race, program: Store, record: str, application: QApplication
) -> None:
    table = made_table(program, record)
    floor = beside(table)
    for name, view in (("ours", table.grid), ("floor", floor)):
        assert view.viewport().height() > 900, name
    ours_at, floor_at = screens(table.grid), screens(floor)

    def scroll(view: QTableView, places: Iterator[int]) -> None:
        for _ in range(12):
            view.verticalScrollBar().setValue(next(places))
            application.processEvents()

    race.run(
        "S6",
        f"scroll 12 screens of {table.count:,} {table.description.plural.lower()}, 14 columns",
        lambda: scroll(table.grid, ours_at),
        lambda: scroll(floor, floor_at),
        1.5,
        pairs=9,
    )
    table.deleteLater()
    floor.deleteLater()
    race.check()


def test_a_click_on_a_heading_paints_100_000_creators_in_another_order(
    race: Race, big: Store, big_folder: Path, application: QApplication
) -> None:
    path = big_folder / "floor painted.db"
    if not path.exists():
        make_floor(path, big.path, ("name COLLATE NOCASE", "followers", "stage"))
    raw = connect(path, reader=True)
    table = made_table(big)
    floor = beside(table)
    places = screens(floor)
    living = "deleted_at IS NULL AND archived = 0"

    def frame() -> None:
        floor.verticalScrollBar().setValue(next(places))
        application.processEvents()

    def raw_ids(condition: str, order: str) -> array[int]:
        sql = f"SELECT id FROM creator WHERE {living} AND {condition} ORDER BY {order}"
        return array("q", chain.from_iterable(raw.execute(sql)))

    def sort(name: str, descending: bool) -> None:
        table.sort_by(name, descending)
        application.processEvents()

    for name, order in {
        "name": "name COLLATE NOCASE DESC, id DESC",
        "followers": "followers DESC, id DESC",
        "stage": "stage DESC, id DESC",
    }.items():
        race.run(
            "S4",
            f"100,000 creators by {name}, sorted and painted",
            lambda name=name: sort(name, True),  # type: ignore[misc]
            lambda order=order: (raw_ids("1", order), frame()),  # type: ignore[misc]
            1.5,
        )

    table.sort_by("name")
    filters = cycle((Condition("stage", Op.IS, "active"), Condition("stage", Op.IS, "agreed")))

    def narrow() -> None:
        table.filter_by(next(filters))
        application.processEvents()

    wanted = cycle(("active", "agreed"))
    race.run(
        "S4",
        "100,000 creators filtered by stage, by name, painted",
        narrow,
        lambda: (raw_ids(f"stage = '{next(wanted)}'", "name COLLATE NOCASE, id"), frame()),
        1.5,
    )
    raw.close()
    table.deleteLater()
    floor.deleteLater()
    race.check()
