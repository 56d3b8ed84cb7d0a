"""Cells: edited in place, emptied, copied and pasted; refused where they stand, written as one step."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from creator_crm.domain.fields import Field, Kind
from creator_crm.ui.shared.form.editors import ChoiceEditor, LongTextEditor
from creator_crm.ui.shared.table import clipboard
from creator_crm.ui.shared.table.bulk_edit import BulkEdit
from creator_crm.ui.shared.table.refused_cells import RefusedCells
from creator_crm.ui.shared.table.table import RecordTable

# The screenless platform says so each time a popup opens.
pytestmark = [
    pytest.mark.usefixtures("dressed"),
    pytest.mark.qt_log_ignore("This plugin does not support", extend=True),
]
SELECT = QItemSelectionModel.SelectionFlag.ClearAndSelect


@pytest.fixture(autouse=True)
def emptied_clipboard() -> Iterator[None]:
    yield
    QGuiApplication.clipboard().clear()


def go(table: RecordTable, row: int, name: str) -> Any:
    index = table.model.index(row, table.model.column_of[name])
    table.grid.setCurrentIndex(index)
    return index


def choose(table: RecordTable, top: int, bottom: int, *names: str) -> None:
    columns = [table.model.column_of[name] for name in names]
    chosen = QItemSelection(table.model.index(top, min(columns)), table.model.index(bottom, max(columns)))
    table.grid.setCurrentIndex(table.model.index(top, min(columns)))
    table.grid.selectionModel().select(chosen, SELECT)


def editor(table: RecordTable) -> Any:
    open_ones = [
        w for w in table.grid.viewport().findChildren(QWidget) if w.property("filled") and w.isVisible()
    ]
    assert len(open_ones) == 1
    return open_ones[0]


def press(table: RecordTable, key: Qt.Key, typed: str = "") -> None:
    event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, typed)
    QGuiApplication.sendEvent(table.grid, event)


def test_typing_replaces_a_cell_and_enter_goes_down(qtbot: QtBot, table: RecordTable, source: Any) -> None:
    go(table, 3, "niche")
    id = table.model.ids[3]
    press(table, Qt.Key.Key_T, "T")
    line = editor(table)
    assert line.text() == "T"
    line.insert("ravel é")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: source.kept["creator"][id].niche == "Travel é")
    assert source.edits == [("creator", {id: {"niche": "Travel é"}}, "")]
    assert table.grid.currentIndex().row() == 4
    qtbot.waitUntil(lambda: table.model.text(3, table.model.column_of["niche"]) == "Travel é")


def test_tab_saves_and_opens_the_next_cell(qtbot: QtBot, table: RecordTable, source: Any) -> None:
    table.grid.edit(go(table, 2, "niche"))
    line = editor(table)
    line.setText("Pottery")
    qtbot.keyClick(line, Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: len(source.edits) == 1)
    assert table.grid.currentIndex().column() != table.model.column_of["niche"]


def test_escape_leaves_the_cell_as_it_was(qtbot: QtBot, table: RecordTable, source: Any) -> None:
    table.grid.edit(go(table, 2, "niche"))
    line = editor(table)
    line.setText("Nonsense")
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    assert source.edits == []


def test_a_refused_text_stays_open_with_the_reason_under_it(
    qtbot: QtBot, table: RecordTable, source: Any
) -> None:
    table.grid.edit(go(table, 2, "email"))
    line = editor(table)
    line.setText("not an address")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(table.grid.refusal.isVisible)
    assert editor(table) is line and line.text() == "not an address"
    assert "not an address" in table.grid.refusal.text()
    assert line.accessibleDescription() == table.grid.refusal.text()
    assert source.edits == []
    line.setText("ana@example.org")
    line.textEdited.emit(line.text())
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(source.edits) == 1)
    assert not table.grid.refusal.isVisible()


def test_a_refusal_of_the_workspace_is_shown_in_place_too(
    qtbot: QtBot, table: RecordTable, source: Any
) -> None:
    source.refuse = "The disk is full. Nothing was changed."
    table.grid.edit(go(table, 2, "niche"))
    line = editor(table)
    line.setText("Travel")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(table.grid.refusal.isVisible)
    assert table.grid.refusal.text() == source.refuse
    assert line.text() == "Travel"
    source.refuse = ""
    qtbot.keyClick(line, Qt.Key.Key_Escape)


def test_a_click_elsewhere_does_not_throw_a_refused_text_away(
    qtbot: QtBot, table: RecordTable, source: Any
) -> None:
    table.grid.edit(go(table, 2, "email"))
    line = editor(table)
    line.setText("half an addr")
    line.textEdited.emit(line.text())
    go(table, 6, "niche")
    qtbot.wait(1)
    assert editor(table) is line and line.text() == "half an addr"
    qtbot.keyClick(line, Qt.Key.Key_Escape)


def test_a_choice_is_written_when_it_is_chosen(qtbot: QtBot, table: RecordTable, source: Any) -> None:
    table.grid.edit(go(table, 1, "stage"))
    box = editor(table)
    assert isinstance(box, ChoiceEditor)
    qtbot.waitUntil(lambda: box.view().isVisible())
    box.hidePopup()
    box.setCurrentIndex(box.findData("ambassador"))
    box.activated.emit(box.currentIndex())
    assert source.edits[0][1][table.model.ids[1]] == {"stage": "ambassador"}


def test_a_long_text_takes_enter_and_ends_with_control_enter(
    qtbot: QtBot, table: RecordTable, source: Any
) -> None:
    from creator_crm.ui.shared.table import columns

    columns.arrange(table.grid, (("name", 0), ("notes", 0)))
    table.grid.edit(go(table, 1, "notes"))
    box = editor(table)
    assert isinstance(box, LongTextEditor) and box.height() > 100
    box.setPlainText("one")
    box.moveCursor(box.textCursor().MoveOperation.End)
    qtbot.keyClick(box, Qt.Key.Key_Return)
    box.insertPlainText("two")
    qtbot.keyClick(box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert source.edits[0][1] == {table.model.ids[1]: {"notes": "one\ntwo"}}


def test_a_derived_cell_opens_the_record_instead_of_an_editor(qtbot: QtBot, table: RecordTable) -> None:
    index = go(table, 1, "followers")
    with qtbot.waitSignal(table.opened) as told:
        press(table, Qt.Key.Key_Return)
    assert told.args == [table.model.ids[1]]
    assert not table.grid.editable(index)


def test_a_yes_or_no_cell_turns_over_with_the_space_bar(
    qtbot: QtBot, table: RecordTable, source: Any
) -> None:
    go(table, 0, "opted_out")
    id = table.model.ids[0]
    before = source.kept["creator"][id].opted_out
    press(table, Qt.Key.Key_Space, " ")
    assert source.kept["creator"][id].opted_out is not before
    qtbot.wait(1)


def test_a_change_from_elsewhere_does_not_close_an_open_editor(
    qtbot: QtBot, table: RecordTable, source: Any
) -> None:
    table.grid.edit(go(table, 2, "niche"))
    line = editor(table)
    line.setText("half typ")
    source.edit("creator", {table.model.ids[5]: {"name": "Aaron First"}})
    assert editor(table) is line and line.text() == "half typ"
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: table.model.text(0, 0) == "Aaron First")


def test_delete_empties_the_selected_cells_in_one_step(qtbot: QtBot, table: RecordTable, source: Any) -> None:
    choose(table, 0, 3, "niche")
    held = [id for id in table.model.ids[:4] if source.kept["creator"][id].niche]
    press(table, Qt.Key.Key_Delete)
    assert source.edits == [
        ("creator", {id: {"niche": None} for id in held}, f"Empty {len(held)} cells of {len(held)} creators")
    ]
    qtbot.wait(1)


def test_cells_that_must_not_be_emptied_say_so(qtbot: QtBot, table: RecordTable, source: Any) -> None:
    choose(table, 0, 3, "followers")
    with qtbot.waitSignal(table.failed):
        press(table, Qt.Key.Key_Delete)
    assert source.edits == []


def test_copied_cells_are_plain_text_that_pastes_back(table: RecordTable) -> None:
    choose(table, 0, 1, "engagement", "stage")
    table.deeds.copy()
    first, second = QGuiApplication.clipboard().text().split("\n")
    assert first.split("\t")[0].endswith("%") and len(second.split("\t")) == 2
    table.deeds.copy(headers=True)
    assert QGuiApplication.clipboard().text().startswith("Engagement\tStage\n")


def test_pasting_fills_a_block_in_one_step(qtbot: QtBot, table: RecordTable, source: Any) -> None:
    go(table, 0, "stage")
    QGuiApplication.clipboard().setText('Agreed\t"He said ""hi"""\r\nactive\tBooks\r\n')
    with qtbot.waitSignal(table.done):
        table.deeds.paste()
    a, b = table.model.ids[:2]
    (record, changes, label), *more = source.edits
    assert (record, more) == ("creator", [])
    assert source.kept["creator"][a].niche == 'He said "hi"'
    assert source.kept["creator"][b].stage == "active"
    assert label.endswith("of 2 creators") and set(changes) == {a, b}
    qtbot.wait(1)


def test_one_value_fills_the_whole_selection(qtbot: QtBot, table: RecordTable, source: Any) -> None:
    choose(table, 2, 6, "owner")
    QGuiApplication.clipboard().setText("Lin")
    table.deeds.paste()
    assert {source.kept["creator"][id].owner for id in table.model.ids[2:7]} == {"Lin"}
    assert len(source.edits) == 1
    qtbot.wait(1)


def test_one_bad_cell_and_nothing_is_pasted(qtbot: QtBot, table: RecordTable, source: Any) -> None:
    go(table, 0, "stage")
    QGuiApplication.clipboard().setText("Agreed\nSomewhere\nactive")
    table.deeds.paste()
    assert source.edits == []
    dialog = table.findChild(RefusedCells)
    assert dialog is not None and dialog.isVisible()
    said = [label.text() for label in dialog.findChildren(type(table.footer))]
    assert any("Ada Kowalski 2" in line and "Stage" in line for line in said)
    assert any("“Somewhere” is not one of" in line for line in said)
    assert any("1 cell of 3" in line for line in said)
    dialog.reject()


def test_a_block_larger_than_the_room_is_refused(qtbot: QtBot, table: RecordTable, source: Any) -> None:
    go(table, 38, "stage")
    QGuiApplication.clipboard().setText("Agreed\nActive\nAgreed")
    with qtbot.waitSignal(table.failed) as told:
        table.deeds.paste()
    assert "Nothing was pasted" in told.args[0]
    assert source.edits == []


def test_pasting_into_what_follows_from_elsewhere_is_refused(table: RecordTable, source: Any) -> None:
    go(table, 0, "followers")
    QGuiApplication.clipboard().setText("5")
    table.deeds.paste()
    dialog = table.findChild(RefusedCells)
    assert dialog is not None and source.edits == []
    dialog.reject()


def test_many_records_get_one_value_in_one_step(qtbot: QtBot, table: RecordTable, source: Any) -> None:
    choose(table, 0, 9, "stage")
    table.deeds.change_many()
    dialog = table.findChild(BulkEdit)
    assert dialog is not None
    assert dialog.apply_button.text() == "Change 10 creators"
    assert dialog.field.name == "stage"
    dialog.editor.show_value("ambassador")
    dialog.apply_button.click()
    assert {source.kept["creator"][id].stage for id in table.model.ids[:10]} == {"ambassador"}
    assert len(source.edits) == 1
    qtbot.wait(1)


def test_tags_of_many_records_are_added_to_those_they_have(
    qtbot: QtBot, table: RecordTable, source: Any
) -> None:
    choose(table, 0, 9, "tags")
    before = {id: set(source.kept["creator"][id].tags) for id in table.selected_ids()}
    table.deeds.change_many()
    dialog = table.findChild(BulkEdit)
    assert dialog is not None
    dialog.editor.setText("summer")  # type: ignore[union-attr]
    dialog.apply()
    assert all(set(source.kept["creator"][id].tags) == tags | {"summer"} for id, tags in before.items())
    qtbot.wait(1)


def test_a_bad_value_for_many_keeps_the_dialog_open(qtbot: QtBot, table: RecordTable, source: Any) -> None:
    choose(table, 0, 2, "email")
    table.deeds.change_many()
    dialog = table.findChild(BulkEdit)
    assert dialog is not None
    dialog.editor.setText("nonsense")  # type: ignore[union-attr]
    dialog.apply()
    assert dialog.isVisible() and dialog.error.text() and source.edits == []
    dialog.reject()


def test_the_menu_offers_what_can_be_done_here(qtbot: QtBot, table: RecordTable) -> None:
    go(table, 0, "stage")
    menu = table.deeds.made_menu()
    words = [action.text().split("\t")[0] for action in menu.actions()]
    assert "Edit this cell" in words and "Copy" in words and "History" in words
    shown = next(a for a in menu.actions() if a.text().startswith("Show only Stage"))
    shown.trigger()
    stage = table.model.column_of["stage"]
    assert len({table.model.text(row, stage) for row in range(table.count)}) == 1
    menu.close()


@pytest.mark.parametrize(
    "cells",
    [
        [["a", "b"], ["c", "d"]],
        [['say "hi"', "two\nlines"], ["a\ttab", ""]],
        [["", ""], ["", "x"]],
        [["=1+1", "'0123"]],
    ],
)
def test_what_is_copied_comes_back_the_same(cells: list[list[str]]) -> None:
    assert clipboard.split(clipboard.compose(cells)) == cells


def test_cells_are_drawn_as_plain_text(table: RecordTable, source: Any, qtbot: QtBot) -> None:
    source.put("creator", name="<img src=x onerror=alert(1)><b>bold</b>")
    table.reload()
    assert "<b>bold</b>" in table.model.text(0, 0)
    table.grid.viewport().grab()
    assert table.grid.indexAt(QPoint(30, 10)).row() == 0


def test_a_custom_field_is_a_column_like_any_other(qtbot: QtBot, source: Any) -> None:
    field = Field(name="shoe", label="Shoe size", kind=Kind.COUNT, custom=True)
    source.catalogue = source.catalogue.with_custom({"creator": [field]})
    table = RecordTable(source, "creator")
    qtbot.addWidget(table)
    table.reload()
    table.deeds.write({1: {"shoe": 41}})
    qtbot.wait(1)
    row = table.model.ids.index(1)
    assert table.model.text(row, table.model.column_of["shoe"]) == "41"


def test_the_line_of_an_editor_reads_the_users_own_decimal_mark(
    qtbot: QtBot, source: Any, american: None
) -> None:
    from creator_crm.ui.shared import text
    from creator_crm.ui.shared.form.make import editor_for

    text.set_locale("de_DE")
    line = editor_for(source, "collaboration", source.catalogue["collaboration"].field("fee"))
    qtbot.addWidget(line)
    assert isinstance(line, QLineEdit)
    line.row = source.kept["collaboration"][1]
    line.show_value(123_450)
    assert line.text() == "1234,50"
    for typed in ("1234,50", "1.234,50", "1234,5"):
        line.setText(typed)
        assert line.read() == 123_450
