"""The board: cards by a choice, moved by mouse and keyboard as one edit, read twenty at a time."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from creator_crm.domain.changes import Changes
from creator_crm.domain.conditions import Condition, Op
from creator_crm.domain.query import Query
from creator_crm.ui.shared.board import RecordBoard
from creator_crm.ui.shared.cards import MIME, CardModel

pytestmark = pytest.mark.usefixtures("dressed")


@pytest.fixture
def board(source: Any, qtbot: QtBot) -> RecordBoard:
    made = RecordBoard(source, "creator", "stage", lines=("name", "handle", "followers"))
    qtbot.addWidget(made)
    made.resize(1200, 600)
    made.show()
    return made


def stages(board: RecordBoard) -> dict[str, int]:
    return {column.choice.value: len(column.model.ids) for column in board.columns}


def test_every_choice_has_its_column_with_the_number_of_its_cards(board: RecordBoard) -> None:
    assert list(stages(board))[:2] == ["prospect", "contacted"]
    assert sum(stages(board).values()) == 40
    assert board.columns[0].view.accessibleName() == "Prospect, 5 cards"


def test_a_card_tells_its_fields_on_two_lines(board: RecordBoard) -> None:
    title, more = board.columns[0].model.card(0)
    assert title == "Ada Kowalski"
    assert more == "@ada23 · 467,016"


def test_a_dropped_card_is_one_edit_and_keeps_the_keyboard(board: RecordBoard, source: Any) -> None:
    id = board.columns[0].model.ids[2]
    view = board.columns[3].view
    data = QMimeData()
    data.setData(MIME, str(id).encode())
    drop = QDropEvent(
        QPointF(20, 20),
        Qt.DropAction.MoveAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    view.dropEvent(drop)
    assert source.edits == [("creator", {id: {"stage": "agreed"}}, "")]
    assert stages(board)["agreed"] == 6 and stages(board)["prospect"] == 4
    assert board.current_id == id == board.selected_ids()[0]


def test_a_card_moves_with_the_keyboard_and_stops_at_the_edge(
    board: RecordBoard, source: Any, qtbot: QtBot
) -> None:
    id = board.columns[0].model.ids[0]
    board.select(id)
    alt = Qt.KeyboardModifier.AltModifier
    qtbot.keyClick(board.columns[0].view, Qt.Key.Key_Right, alt)
    assert source.kept["creator"][id].stage == "contacted"
    qtbot.keyClick(board.columns[1].view, Qt.Key.Key_Left, alt)
    qtbot.keyClick(board.columns[0].view, Qt.Key.Key_Left, alt)
    assert source.kept["creator"][id].stage == "prospect"
    assert len(source.edits) == 2


def test_left_and_right_go_to_the_card_beside(board: RecordBoard, source: Any, qtbot: QtBot) -> None:
    board.select(board.columns[0].model.ids[1])
    heard: list[int] = []
    board.current_changed.connect(heard.append)
    qtbot.keyClick(board.columns[0].view, Qt.Key.Key_Right)
    assert heard == [board.columns[1].model.ids[1]] == [board.current_id]
    assert source.edits == []


def test_a_card_dropped_where_it_was_changes_nothing(board: RecordBoard, source: Any) -> None:
    board.move_card(board.columns[0].model.ids[0], 0)
    assert source.edits == []


def test_a_refused_move_leaves_the_card_and_says_why(board: RecordBoard, source: Any, qtbot: QtBot) -> None:
    source.refuse = "The file is read-only. Nothing was changed."
    with qtbot.waitSignal(board.failed) as told:
        board.move_card(board.columns[0].model.ids[0], 2)
    assert told.args == [source.refuse]
    assert stages(board)["prospect"] == 5


def test_the_board_shows_what_the_list_asks_for(board: RecordBoard) -> None:
    board.set_scope(Query("creator", where=Condition("owner", Op.IS, "Sam"), search="ana"))
    total = sum(stages(board).values())
    assert 0 < total < 20


def test_a_change_elsewhere_is_taken_in_and_the_card_keeps_the_keyboard(
    board: RecordBoard, source: Any
) -> None:
    id = board.columns[0].model.ids[1]
    board.select(id)
    board.refresh(source.edit("creator", {board.columns[0].model.ids[0]: {"stage": "active"}}))
    assert stages(board)["prospect"] == 4 and board.current_id == id
    asked = len(source.asked)
    board.refresh(Changes(9, "x", {"setting": frozenset({1})}))
    assert len(source.asked) == asked


def test_a_board_nobody_looks_at_asks_nothing(source: Any, qtbot: QtBot) -> None:
    board = RecordBoard(source, "creator", "stage")
    qtbot.addWidget(board)
    board.set_scope(Query("creator", archived=True))
    board.refresh(None)
    assert source.asked == []
    board.show()
    assert len(source.asked) == 8


def test_only_the_cards_looked_at_are_read(source: Any) -> None:
    from array import array

    model = CardModel(source, "creator", ("name", "handle"), None)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_ids(array("q", list(range(1, 41)) * 50))
    source.pages_read = 0
    model.card(1999)
    assert source.pages_read == 1 and tester.model() is model
