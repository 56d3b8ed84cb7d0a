"""One edit after the other as fast as keys come, in a list that puts itself in order after each of them."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QListWidget
from pytestqt.qtbot import QtBot

from creator_crm.domain.conditions import Condition, Op
from creator_crm.ui.shared.table.table import RecordTable

# The screenless platform says so each time a popup opens.
pytestmark = [
    pytest.mark.usefixtures("dressed"),
    pytest.mark.qt_log_ignore("This plugin does not support", extend=True),
]
F2, ENTER = Qt.Key.Key_F2, Qt.Key.Key_Return


def go(table: RecordTable, row: int, name: str) -> int:
    """Put the keyboard into a cell; the id of its row."""
    table.grid.setCurrentIndex(table.model.index(row, table.model.column_of[name]))
    return table.model.ids[row]


def press(*keys: Qt.Key | str) -> None:
    """Keys that follow each other so fast that nothing else happens between them."""
    for key in keys:
        typed = "" if isinstance(key, Qt.Key) else key
        for letter in typed or [""]:
            code = Qt.Key.Key_unknown if letter else key
            target = QApplication.activePopupWidget() or QApplication.focusWidget()
            assert target is not None and isinstance(code, Qt.Key)
            pressed = QKeyEvent(QEvent.Type.KeyPress, code, Qt.KeyboardModifier.NoModifier, letter)
            QCoreApplication.sendEvent(target, pressed)


def test_the_keyboard_follows_a_row_that_its_edit_moves(
    qtbot: QtBot, table: RecordTable, source: Any
) -> None:
    id = go(table, 3, "name")
    for name in ("Zz", "Aa", "Mm", "Zy"):
        press(F2, name, ENTER)
        assert source.kept["creator"][id].name == name
        assert table.current_id == id
        assert table.model.ids[table.grid.currentIndex().row()] == id
    assert [changes for _, changes, _ in source.edits] == [
        {id: {"name": n}} for n in ("Zz", "Aa", "Mm", "Zy")
    ]


def test_enter_goes_down_where_the_row_stays_and_the_next_keys_land_there(
    qtbot: QtBot, table: RecordTable, source: Any
) -> None:
    go(table, 3, "niche")
    ids = list(table.model.ids[3:6])
    press(F2, "Tea", ENTER, F2, "Silk", ENTER, F2, "Clay", ENTER)
    assert source.edits == [
        ("creator", {id: {"niche": niche}}, "")
        for id, niche in zip(ids, ("Tea", "Silk", "Clay"), strict=True)
    ]


def test_enter_over_the_list_of_offers_saves_what_stands_in_the_line(
    qtbot: QtBot, table: RecordTable, source: Any
) -> None:
    first, second = source.kept["creator"][1], go(table, 3, "name")
    press(F2, first.name[:3])
    assert table.window().findChildren(QListWidget, "offers")[0].isVisible()
    press(ENTER, F2, "Zz", ENTER)
    assert [changes for _, changes, _ in source.edits] == [
        {second: {"name": first.name[:3]}},
        {second: {"name": "Zz"}},
    ]


def test_an_offer_chosen_with_the_arrow_is_saved_by_the_same_enter(
    qtbot: QtBot, table: RecordTable, source: Any
) -> None:
    first, second = source.kept["creator"][1], go(table, 3, "name")
    press(F2, first.name[:3], Qt.Key.Key_Down, ENTER)
    offered = source.kept["creator"][second].name
    assert offered.startswith(first.name[:3]) and offered != first.name[:3]


def test_after_an_edit_that_takes_the_row_out_of_the_list_the_next_row_has_the_keyboard(
    qtbot: QtBot, table: RecordTable, source: Any
) -> None:
    table.filter_by(Condition("owner", Op.IS, "Sam"))
    go(table, 1, "owner")
    gone, below = table.model.ids[1], table.model.ids[2]
    press(F2, "Lin", ENTER)
    assert gone not in table.model.ids
    assert table.current_id == below
    press(F2, "Lin", ENTER)
    assert source.edits[-1][1] == {below: {"owner": "Lin"}}


def test_a_late_answer_does_not_close_an_open_editor(qtbot: QtBot, table: RecordTable, source: Any) -> None:
    id = go(table, 3, "name")
    press(F2, "Half")
    table.reload()
    press("way", ENTER)
    assert source.kept["creator"][id].name == "Halfway"
    assert table.current_id == id
