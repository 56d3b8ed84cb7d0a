"""The list: order, search, filters, views, columns, selection by id, and what an empty one says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from pytestqt.qtbot import QtBot

from creator_crm.domain.changes import Changes
from creator_crm.domain.conditions import All, Condition, Either, Op
from creator_crm.domain.query import Query
from creator_crm.ui.shared.table import columns, relations
from creator_crm.ui.shared.table.look import Look
from creator_crm.ui.shared.table.table import RecordTable
from creator_crm.ui.shared.table.views import SavedViews

# The screenless platform says so each time a popup opens.
pytestmark = [
    pytest.mark.usefixtures("dressed"),
    pytest.mark.qt_log_ignore("This plugin does not support", extend=True),
]
FLAG = QItemSelectionModel.SelectionFlag


@pytest.fixture
def table(source: Any, qtbot: QtBot) -> RecordTable:
    made = RecordTable(source, "creator")
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.reload()
    made.show()
    return made


def names(table: RecordTable) -> list[str]:
    return [table.model.text(row, table.model.column_of["name"]) for row in range(table.count)]


def click_heading(qtbot: QtBot, table: RecordTable, name: str) -> None:
    header = table.grid.horizontalHeader()
    column = table.model.column_of[name]
    place = header.sectionViewportPosition(column) + 20
    qtbot.mouseClick(
        header.viewport(), Qt.MouseButton.LeftButton, pos=header.viewport().rect().topLeft() + _point(place)
    )


def _point(x: int) -> Any:
    from PySide6.QtCore import QPoint

    return QPoint(x, 12)


def test_a_click_on_a_heading_orders_the_list_in_the_workspace(
    qtbot: QtBot, table: RecordTable, source: Any
) -> None:
    click_heading(qtbot, table, "followers")
    assert source.asked[-1].sort == ("-followers",)
    heading = table.model.headerData(table.model.column_of["followers"], Qt.Orientation.Horizontal)
    assert heading == "↓ Followers"
    click_heading(qtbot, table, "followers")
    assert source.asked[-1].sort == ("followers",)
    click_heading(qtbot, table, "followers")
    assert source.asked[-1].sort == ()


def test_the_selection_stays_with_its_records_when_the_order_changes(table: RecordTable) -> None:
    table.grid.select_rows([2, 3, 9])
    table.grid.selectionModel().setCurrentIndex(table.model.index(9, 0), FLAG.NoUpdate)
    chosen, current = set(table.selected_ids()), table.current_id
    table.sort_by("followers", descending=True)
    assert set(table.selected_ids()) == chosen
    assert table.current_id == current
    table.filter_by(Condition("followers", Op.AT_LEAST, 200_000))
    assert set(table.selected_ids()) <= chosen
    assert set(table.selected_ids()) == chosen & set(table.model.ids)


def test_everything_selected_stays_selected_in_another_order(table: RecordTable) -> None:
    table.grid.selectAll()
    table.sort_by("engagement")
    assert len(table.selected_ids()) == table.count == 40


def test_the_page_hears_of_the_current_record_once(qtbot: QtBot, table: RecordTable) -> None:
    heard: list[int] = []
    table.current_changed.connect(heard.append)
    table.select(12)
    table.sort_by("followers")
    assert heard == [12]


def test_a_record_that_the_filter_hides_is_not_the_current_one(table: RecordTable) -> None:
    table.select(12)
    heard: list[int] = []
    table.current_changed.connect(heard.append)
    table.filter_by(Condition("name", Op.IS, "Ana Lima"))
    assert heard == [0] and table.current_id == 0


def test_typing_in_the_box_searches_at_once(qtbot: QtBot, table: RecordTable, source: Any) -> None:
    qtbot.keyClicks(table.search_box, "kowal")
    assert names(table) == ["Ada Kowalski", "Ada Kowalski 2"]
    assert source.asked[-1].search == "kowal"


def test_an_empty_answer_says_so_and_offers_the_way_back(qtbot: QtBot, table: RecordTable) -> None:
    qtbot.keyClicks(table.search_box, "nobody has this name")
    assert table.stack.currentWidget() is table.no_match
    qtbot.mouseClick(table.no_match.button, Qt.MouseButton.LeftButton)
    assert table.count == 40 and table.search_box.text() == ""
    assert table.stack.currentWidget() is table.grid


def test_an_empty_list_offers_the_one_next_step(qtbot: QtBot, nothing: Any) -> None:
    table = RecordTable(nothing, "creator")
    qtbot.addWidget(table)
    table.say_when_empty("Nobody here yet.", "Import a list")
    table.reload()
    assert table.stack.currentWidget() is table.nothing
    with qtbot.waitSignal(table.add_wanted, timeout=1000):
        table.nothing.button.click()


def test_a_late_answer_to_an_old_question_is_thrown_away(qtbot: QtBot, source: Any) -> None:
    waiting: list[Callable[[], None]] = []
    table = RecordTable(source, "creator", run=lambda job, done: waiting.append(lambda: done(job())))
    qtbot.addWidget(table)
    table.reload()
    table.filter_by(Condition("name", Op.IS, "Ana Lima"))
    waiting[1]()
    waiting[0]()
    assert table.count == 1


MANY = Changes(7, "Import 3,000 creators", {"creator": frozenset(range(1, 3_001))})


def test_what_many_changes_bring_is_read_beside_the_window(qtbot: QtBot, source: Any) -> None:
    waiting: list[Callable[[], None]] = []
    table = RecordTable(source, "creator", beside=lambda job, done: waiting.append(lambda: done(job())))
    qtbot.addWidget(table)
    table.reload()
    before = table.count
    source.put("creator", name="Zoe Quist")
    table.refresh(MANY)
    assert table.count == before, "the window goes on with the rows it has"
    waiting.pop()()
    assert table.count == before + 1 and not waiting


@pytest.mark.parametrize(("rows", "beside"), [({1}, 0), ({1, 2}, 0), ({1, 9_000}, 1), (set(), 1)])
def test_a_long_list_is_read_beside_the_window_unless_its_own_rows_in_sight_were_changed(
    qtbot: QtBot, source: Any, monkeypatch: pytest.MonkeyPatch, rows: set[int], beside: int
) -> None:
    waiting: list[object] = []
    table = RecordTable(source, "creator", beside=lambda job, done: waiting.append(job))
    qtbot.addWidget(table)
    table.reload()
    table.model.row(0)
    monkeypatch.setattr(relations, "LONG", 1)
    table.refresh(Changes(7, "Edit", {"creator": frozenset(rows), "account": frozenset({1})}))
    assert len(waiting) == beside


def test_a_row_that_is_asked_for_waits_for_the_rows_read_beside_the_window(qtbot: QtBot, source: Any) -> None:
    waiting: list[Callable[[], None]] = []
    table = RecordTable(source, "creator", beside=lambda job, done: waiting.append(lambda: done(job())))
    qtbot.addWidget(table)
    table.reload()
    new = source.put("creator", name="Zoe Quist")
    table.refresh(MANY)
    assert table.select(new)
    assert table.current_id == new
    waiting.pop()()
    assert table.current_id == new


def test_filters_all_hold_and_each_chip_takes_its_own_away(qtbot: QtBot, table: RecordTable) -> None:
    stage = Condition("stage", Op.IN, ("agreed", "active"))
    owner = Condition("owner", Op.IS, "Sam")
    table.filters.add(stage)
    table.filters.add(owner)
    table.filters.add(owner)
    assert table.query().where == All((stage, owner))
    buttons = table.filters.findChildren(type(table.columns_button))
    crosses = [b for b in buttons if "Stage" in b.accessibleName()]
    assert (
        crosses[-1].accessibleName()
        == "Remove the filter: Stage is one of \u2068Agreed\u2069, \u2068Active\u2069"
    )
    crosses[-1].click()
    assert table.query().where == owner
    table.filters.clear_button.click()
    assert table.query().where is None and not table.filters.isVisible()


def test_a_filter_is_made_in_the_popup_by_the_kind_of_its_field(qtbot: QtBot, table: RecordTable) -> None:
    table.filters.ask(table.filter_button)
    popup = table.filters._popup
    assert popup is not None
    popup.field_box.setCurrentIndex(popup.field_box.findText("Engagement"))
    popup.operator_box.setCurrentIndex(popup.operator_box.findData(Op.BETWEEN))
    low, high = popup._inputs
    low.setText("five")
    popup.apply()
    assert popup.isVisible() and "five" in popup.error.text()
    low.setText("6")
    high.setText("2,5%")
    popup.apply()
    assert table.query().where == Condition("engagement", Op.BETWEEN, (25_000, 60_000))
    assert not popup.isVisible()


@pytest.mark.parametrize(
    "condition",
    [
        Condition("stage", Op.IN, ("agreed", "active")),
        Condition("stage", Op.IS_NOT, "agreed"),
        Condition("followers", Op.AT_LEAST, 20_000),
        Condition("engagement", Op.BETWEEN, (20_000, 60_000)),
        Condition("country", Op.IS, "DE"),
        Condition("tags", Op.CONTAINS, "vip"),
        Condition("tags", Op.IN, ("local", "vip")),
        Condition("tags", Op.IS, ("ambassador", "vip")),
        Condition("name", Op.CONTAINS, "an"),
        Condition("handle", Op.STARTS, "ana"),
        Condition("email", Op.NOT_SET),
        Condition("opted_out", Op.IS, True),
    ],
    ids=lambda c: f"{c.field} {c.op}",
)
def test_the_popup_gives_a_filter_back_as_it_got_it(
    qtbot: QtBot, table: RecordTable, condition: Condition
) -> None:
    table.filters.show_filter(condition)
    table.filters.ask(table.filter_button, 0)
    popup = table.filters._popup
    assert popup is not None
    with qtbot.waitSignal(popup.applied) as told:
        popup.apply()
    assert told.args == [condition]


def test_a_filter_from_elsewhere_with_or_in_it_is_kept_as_one_chip(table: RecordTable) -> None:
    where = Either((Condition("owner", Op.IS, "Sam"), Condition("stage", Op.IS, "active")))
    table.filter_by(where)
    assert table.query().where == where
    assert 0 < table.count < 40


def test_columns_are_hidden_ordered_and_widened_by_the_chooser(qtbot: QtBot, table: RecordTable) -> None:
    columns.arrange(table.grid, (("stage", 90), ("name", 200)))
    assert columns.shown(table.grid) == (("stage", 90), ("name", 200))
    table.chooser.fill(table.grid)
    item = next(
        table.chooser.list.item(i)
        for i in range(table.chooser.list.count())
        if table.chooser.list.item(i).text() == "Niche"
    )
    item.setCheckState(Qt.CheckState.Checked)
    assert [name for name, _ in columns.shown(table.grid)] == ["stage", "name", "niche"]
    table.chooser.usual_button.click()
    assert columns.shown(table.grid)[0][0] == "name"


def test_a_saved_view_brings_back_filter_order_and_columns(table: RecordTable, source: Any) -> None:
    views = SavedViews(source, "creator")
    where = All((Condition("stage", Op.IN, ("agreed",)), Condition("engagement", Op.AT_LEAST, 20_000)))
    look = Look(where, "ana", ("-followers",), (("name", 120), ("stage", 90)))
    views.save("My favourites", look)
    views.save("my FAVOURITES", look)
    view = views.all()[0]
    assert len(views.all()) == 1
    views.make_first(view)
    table.open_first_view()
    assert table.current_look() == look
    assert table.views_button.current is not None
    views.make_first(None)
    assert not views.all()[0].first
    views.delete(views.all()[0])
    assert views.all() == []


@pytest.mark.parametrize(
    "damaged", ["", "[]", "{", '{"where": {"field": "gone", "op": "="}, "sort": ["gone"]}']
)
def test_a_damaged_view_shows_everything(source: Any, damaged: str) -> None:
    assert Look.from_json(damaged, source.catalogue["creator"]) == Look()


def test_a_change_elsewhere_asks_for_the_order_again_only_if_it_may_differ(
    table: RecordTable, source: Any
) -> None:
    table.sort_by("followers")
    names(table)
    asked = len(source.asked)
    table.refresh(source.edit("creator", {5: {"owner": "Lin"}}))
    assert len(source.asked) == asked
    owner = table.model.column_of["owner"]
    assert "Lin" in [table.model.text(row, owner) for row in range(40)]
    table.refresh(source.edit("creator", {5: {"followers": 1}}))
    assert len(source.asked) == asked + 1
    assert table.model.ids[0] == 5


def test_a_new_record_appears_and_a_trashed_one_goes(table: RecordTable, source: Any) -> None:
    source.put("creator", name="Aaron")
    table.refresh(Changes(9, "Add", {"creator": frozenset({41})}))
    assert names(table)[0] == "Aaron"
    table.refresh(source.trash("creator", [41]))
    assert "Aaron" not in names(table)


def test_a_change_of_an_account_reaches_the_list_of_creators(table: RecordTable, source: Any) -> None:
    asked = len(source.asked)
    table.refresh(Changes(9, "x", {"account": frozenset({1})}))
    assert len(source.asked) > asked
    asked = len(source.asked)
    table.refresh(Changes(10, "x", {"setting": frozenset({1})}))
    assert len(source.asked) == asked


def test_the_scope_of_the_page_is_asked_for_with_the_users_filter(table: RecordTable, source: Any) -> None:
    table.filter_by(Condition("owner", Op.IS, "Sam"))
    table.set_scope(Query("creator", campaign=3, archived=True))
    asked = source.asked[-1]
    assert (asked.campaign, asked.archived) == (3, True)
    assert asked.where == Condition("owner", Op.IS, "Sam")


def test_every_control_has_a_name_for_a_screen_reader(table: RecordTable) -> None:
    table.filters.add(Condition("owner", Op.IS, "Sam"))
    controls = [table.search_box, table.filter_button, table.columns_button, table.views_button, table.grid]
    controls += table.filters.findChildren(type(table.columns_button))
    assert all(control.accessibleName() for control in controls)
