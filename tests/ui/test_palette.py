"""Ctrl+K finds commands in spite of slips, records through providers, and needs no mouse."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from creator_crm.ui.shared.actions import Action
from creator_crm.ui.shared.palette import Hit, Palette
from creator_crm.ui.window import Window


class Roster:
    """Finds one creator, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.opened: list[str] = []

    def search(self, text: str) -> Sequence[Hit]:
        self.asked.append(text)
        if text != "ana":
            return []
        return [Hit("creator", "<b>Ana</b> Lima", "@ana31", "user", lambda: self.opened.append("ana"))]


@pytest.fixture
def palette(window: Window) -> Palette:
    window.actions_.declare(
        Action("file.import", "Import…", "Bring in a list of creators", "download", menu="File"),
        Action("file.secret", "Secret", "Not offered", in_palette=False),
        Action("tools.trash", "Trash", "What was deleted"),
    )
    window.actions_.allow("tools.trash", False)
    window.palette_.open()
    return window.palette_


def titles(palette: Palette) -> list[str]:
    return [palette.model.index(row).data() for row in range(palette.model.rowCount())]


def test_it_opens_with_everything_that_can_be_done_now(palette: Palette) -> None:
    assert titles(palette)[:2] == ["Today", "Creators"]
    assert "Import…" in titles(palette)
    assert not {"Secret", "Trash", "Undo"} & set(titles(palette))
    assert palette.box.hasFocus() or palette.window().focusWidget() is palette.box


@pytest.mark.parametrize("typed", ["import", "improt", "bring in a list"])
def test_a_command_is_found_in_spite_of_a_slip(palette: Palette, typed: str) -> None:
    palette.box.setText(typed)
    assert titles(palette)[0] == "Import…"


def test_enter_runs_what_is_chosen_and_gives_the_keyboard_back(
    palette: Palette, window: Window, qtbot: QtBot
) -> None:
    done: list[str] = []
    window.actions_.bind({"file.import": lambda: done.append("import")})
    palette.box.setText("import")
    QTest.keyClick(palette.box, Qt.Key.Key_Return)
    assert done == ["import"]
    assert not palette.isVisible()


def test_arrows_go_round_and_escape_leaves(palette: Palette, qtbot: QtBot) -> None:
    last = palette.model.rowCount() - 1
    for key, row in (
        (Qt.Key.Key_Up, last),
        (Qt.Key.Key_Down, 0),
        (Qt.Key.Key_Tab, 1),
        (Qt.Key.Key_PageDown, min(last, 1 + palette.list.height() // 40)),
    ):
        QTest.keyClick(palette.box, key)
        assert palette.list.currentIndex().row() == row
    QTest.keyClick(palette.box, Qt.Key.Key_Escape)
    assert not palette.isVisible()


def test_records_come_first_and_only_after_a_pause(palette: Palette, window: Window, qtbot: QtBot) -> None:
    roster = Roster()
    window.providers.append(roster)
    for typed in ("a", "an", "ana"):
        palette.box.setText(typed)
    assert roster.asked == []
    qtbot.waitUntil(lambda: bool(roster.asked))
    assert roster.asked == ["ana"]
    assert titles(palette)[0] == "<b>Ana</b> Lima"
    palette.grab()
    QTest.keyClick(palette.box, Qt.Key.Key_Return)
    assert roster.opened == ["ana"]


def test_nothing_found_is_said(palette: Palette, qtbot: QtBot) -> None:
    palette.box.setText("zzqqxx")
    assert palette.empty.isVisible()
    QTest.keyClick(palette.box, Qt.Key.Key_Down)
    QTest.keyClick(palette.box, Qt.Key.Key_Return)
    assert not palette.isVisible()


def test_a_click_beside_it_closes_it(palette: Palette, qtbot: QtBot) -> None:
    QTest.mouseClick(palette, Qt.MouseButton.LeftButton, pos=palette.rect().bottomLeft())
    assert not palette.isVisible()


def test_its_model_keeps_qts_rules(palette: Palette) -> None:
    tester = QAbstractItemModelTester(palette.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    palette.box.setText("import")
    palette.box.setText("")
    assert tester.model() is palette.model
