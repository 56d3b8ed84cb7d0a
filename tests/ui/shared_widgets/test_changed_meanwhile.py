"""Two editors of one cell: what changed since it was seen is told, what was typed is kept."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from creator_crm.services.workspace import Workspace
from creator_crm.ui.shared.form.form import RecordForm
from creator_crm.ui.shared.table.bulk_edit import BulkEdit
from creator_crm.ui.shared.table.table import RecordTable
from creator_crm.ui.window import Window

# The screenless platform says so each time a popup opens.
pytestmark = [
    pytest.mark.usefixtures("dressed"),
    pytest.mark.qt_log_ignore("This plugin does not support", extend=True),
]


def open_editor(table: RecordTable, row: int, name: str) -> Any:
    index = table.model.index(row, table.model.column_of[name])
    table.grid.setCurrentIndex(index)
    table.grid.edit(index)
    return editors(table)[0]


def editors(table: RecordTable) -> list[Any]:
    inside = table.grid.viewport().findChildren(QWidget)
    return [widget for widget in inside if widget.property("filled") and widget.isVisible()]


def behind_the_back(source: Any, id: int, **values: Any) -> None:
    """What another thread writes, and the screen has not heard of yet."""
    row = source.kept["creator"][id]
    source.kept["creator"][id] = dataclasses.replace(row, version=row.version + 1, **values)


def test_a_cell_changed_under_its_editor_is_told_and_what_was_typed_stays_open(
    qtbot: QtBot, table: RecordTable, source: Any
) -> None:
    line = open_editor(table, 2, "niche")
    id = table.model.ids[2]
    line.setText("Mine")
    source.edit("creator", {id: {"niche": "Theirs"}})
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert source.kept["creator"][id].niche == "Theirs"
    assert editors(table) == [line]
    assert line.text() == "Mine"
    assert table.grid.refusal.text() == (
        "Niche was changed to “Theirs” meanwhile: what you entered is kept here but not saved yet. "
        "Enter it once more to save it."
    )
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert source.kept["creator"][id].niche == "Mine"
    assert editors(table) == []


def test_another_cell_of_the_same_row_may_change_under_an_editor(
    qtbot: QtBot, table: RecordTable, source: Any
) -> None:
    line = open_editor(table, 2, "niche")
    id = table.model.ids[2]
    line.setText("Mine")
    source.edit("creator", {id: {"owner": "Lin"}})
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert (source.kept["creator"][id].niche, source.kept["creator"][id].owner) == ("Mine", "Lin")


def test_a_record_removed_under_its_editor_says_so(qtbot: QtBot, table: RecordTable, source: Any) -> None:
    line = open_editor(table, 2, "niche")
    line.setText("Mine")
    source.trash("creator", [table.model.ids[2]])
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert "removed meanwhile" in table.grid.refusal.text()
    assert line.text() == "Mine"


def test_a_paste_over_what_the_list_does_not_show_yet_is_put_before_the_user_first(
    table: RecordTable, source: Any
) -> None:
    heard: list[str] = []
    table.failed.connect(heard.append)
    columns = table.model.column_of["niche"]
    cells = QItemSelection(table.model.index(0, columns), table.model.index(1, columns))
    table.grid.selectionModel().select(cells, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    ids = list(table.model.ids[:2])
    assert table.model.text(0, columns) != "Theirs"
    behind_the_back(source, ids[0], niche="Theirs")
    QGuiApplication.clipboard().setText("Mine\nMine too\n")
    table.deeds.paste()
    assert [sentence.split(",")[0] for sentence in heard] == ["1 cell was changed meanwhile"]
    assert source.edits == []
    assert table.model.text(0, columns) == "Theirs"
    table.deeds.paste()
    assert [source.kept["creator"][id].niche for id in ids] == ["Mine", "Mine too"]
    QGuiApplication.clipboard().clear()


def test_cells_emptied_and_turned_over_are_guarded_too(table: RecordTable, source: Any) -> None:
    heard: list[str] = []
    table.failed.connect(heard.append)
    column = table.model.column_of["niche"]
    table.grid.setCurrentIndex(table.model.index(0, column))
    assert table.model.text(0, column)
    behind_the_back(source, table.model.ids[0], niche="Theirs")
    table.deeds.clear()
    assert source.edits == []
    assert len(heard) == 1
    table.deeds.clear()
    assert source.edits[0][1] == {table.model.ids[0]: {"niche": None}}


def test_changing_many_stops_at_a_cell_that_changed_since_the_dialog_opened(
    qtbot: QtBot, table: RecordTable, source: Any
) -> None:
    table.grid.select_rows([0, 1])
    assert table.model.text(0, table.model.column_of["niche"])
    table.deeds.change_many()
    dialog = table.findChild(BulkEdit)
    assert dialog is not None
    dialog.field_box.setCurrentText("Niche")
    dialog.editor.setText("Mine")  # type: ignore[union-attr]
    behind_the_back(source, table.model.ids[1], niche="Theirs")
    dialog.apply()
    assert "1 cell was changed meanwhile" in dialog.error.text()
    assert source.edits == []
    dialog.apply()
    assert {row.niche for id, row in source.kept["creator"].items() if id in table.model.ids[:2]} == {"Mine"}


def test_a_form_keeps_what_was_typed_over_a_newer_value_until_it_is_entered_again(
    qtbot: QtBot, source: Any
) -> None:
    form = RecordForm(source, "creator", saves=True)
    qtbot.addWidget(form)
    form.show()
    form.set_row(source.kept["creator"][1])
    line = form.lines["niche"]
    qtbot.keyClicks(line.editor, "Mine")
    typed = line.editor.text()  # type: ignore[union-attr]
    behind_the_back(source, 1, niche="Theirs")
    form.set_row(source.kept["creator"][1])  # the panel heard of it
    qtbot.keyClick(line.editor, Qt.Key.Key_Return)
    assert source.edits == []
    assert "Niche was changed to “Theirs” meanwhile" in line.error.text()
    form.set_row(source.kept["creator"][2])
    assert source.edits == []  # leaving the record decides nothing
    form.set_row(source.kept["creator"][1])
    assert line.editor.text() == typed  # type: ignore[union-attr]
    qtbot.keyClick(line.editor, Qt.Key.Key_Return)
    assert source.kept["creator"][1].niche == typed


def test_an_undo_between_typing_and_enter_is_not_written_over_unseen(
    qtbot: QtBot, brand: tuple[Window, Workspace], show_list: Callable[[Window], RecordTable]
) -> None:
    window, workspace = brand
    number = workspace.add("creator", {"name": "Ana", "niche": "tea"})
    workspace.edit("creator", {number: {"niche": "coffee"}})
    table = show_list(window)
    line = open_editor(table, 0, "niche")
    line.setText("cocoa")
    workspace.undo()
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert workspace.row("creator", number).niche == "tea"
    assert "“tea”" in table.grid.refusal.text()
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert workspace.row("creator", number).niche == "cocoa"


@pytest.fixture
def show_list() -> Callable[[Window], RecordTable]:
    """Goes to the Creators page and hands out its list."""

    def go(window: Window) -> RecordTable:
        window.show_page("creators")
        found = [t for t in window.findChildren(RecordTable) if t.record == "creator"]
        found[0].reload()
        return found[0]

    return go
