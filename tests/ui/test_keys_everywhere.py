"""Keys that must do the same wherever they are pressed: Enter on a button, the shortcuts of a list."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from creator_crm.services.workspace import Workspace
from creator_crm.ui.first_page import FirstPage
from creator_crm.ui.records_window import RecordsWindow
from creator_crm.ui.shared.buttons import button
from creator_crm.ui.shared.records_view import RecordsView
from creator_crm.ui.window import Window

# The screenless platform says so each time a window opens.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
BOTH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def test_enter_presses_every_button_of_the_first_page(
    make_window: Callable[..., Window], qtbot: QtBot
) -> None:
    window = make_window()
    window.set_workspace(None)
    window.show()
    page = window.first_page
    assert isinstance(page, FirstPage)
    pressed: list[str] = []
    ways = {
        "new": page.new_button,
        "open": page.open_button,
        "list": page.import_card,
        "sample": page.sample_card,
    }
    for name, way in ways.items():
        way.clicked.disconnect()
        way.clicked.connect(lambda _=False, name=name: pressed.append(name))
        way.setFocus()
        qtbot.keyClick(way, Qt.Key.Key_Return)
    assert pressed == list(ways)


def test_a_button_of_any_page_is_pressed_by_enter_too(dressed: QApplication, qtbot: QtBot) -> None:
    pressed: list[str] = []
    made = button("Write to a creator", "send", "primary")
    qtbot.addWidget(made)
    made.clicked.connect(lambda: pressed.append("pressed"))
    qtbot.keyClick(made, Qt.Key.Key_Return)
    assert pressed == ["pressed"]


def test_a_window_of_records_has_the_shortcuts_of_its_list(
    brand: tuple[Window, Workspace], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, _ = brand
    window.show_page("creators")
    wanted: list[str] = []
    monkeypatch.setattr(RecordsView, "add", lambda view: wanted.append(view.shape.record))
    window.actions_.trigger("tools.campaigns")
    campaigns = window.findChild(RecordsWindow)
    assert campaigns is not None
    campaigns.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is campaigns)
    qtbot.keyClick(campaigns.view.table.grid, Qt.Key.Key_N, BOTH)
    qtbot.waitUntil(lambda: wanted == ["campaign"])
    campaigns.close()


def test_several_steps_taken_back_quickly_leave_one_notice(
    brand: tuple[Window, Workspace], qtbot: QtBot
) -> None:
    window, workspace = brand
    number = workspace.add("creator", {"name": "Ana"})
    for niche in ("tea", "silk", "clay"):
        workspace.edit("creator", {number: {"niche": niche}})
    for _ in range(3):
        before = workspace.next_undo()
        window.actions_.trigger("edit.undo")
        qtbot.waitUntil(lambda before=before: workspace.next_undo() != before)
    qtbot.waitUntil(lambda: len(window.notices.visible) == 1)
    assert workspace.row("creator", number).niche is None
