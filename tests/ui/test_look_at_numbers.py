"""Tracking numbers that are pasted: whose they are, what is wrong with them, and their carrier's page."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from creator_crm.services.workspace import Workspace
from creator_crm.ui.seeding import look_at_numbers
from creator_crm.ui.seeding.look_at_numbers import LookAtNumbers
from creator_crm.ui.shared.accessibility import unnamed_controls
from creator_crm.ui.window import Window


@pytest.fixture
def dialog(brand: tuple[Window, Workspace]) -> LookAtNumbers:
    window, _ = brand
    window.show_page("seeding")
    window.actions_["seeding.look_at_numbers"].trigger()
    (made,) = window.findChildren(LookAtNumbers)
    return made


def test_a_pasted_list_is_told_number_by_number(dialog: LookAtNumbers, qtbot: QtBot) -> None:
    dialog.pasted.setPlainText("9405 8036 9930 0124 2878 99\n1Z5R89390357567128, 9.40551E+21;hello")
    qtbot.waitUntil(lambda: len(dialog.found) == 4)
    assert [line.chip for line in dialog.list.lines.lines] == ["USPS", "Wrong digit", "Cut", "Unknown"]
    assert dialog.count.text() == "4 numbers, 1 in order"
    assert unnamed_controls(dialog) == []


def test_only_a_number_in_order_can_be_followed(
    dialog: LookAtNumbers, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(look_at_numbers, "open_link", lambda url: asked.append(url) or True)
    dialog.pasted.setPlainText("1Z5R89390357567127\nhello")
    dialog.look()
    dialog.list.choose(1)
    assert not dialog.follow_button.isEnabled()
    dialog.list.choose(0)
    qtbot.mouseClick(dialog.follow_button, Qt.MouseButton.LeftButton)
    assert asked == ["https://www.ups.com/track?tracknum=1Z5R89390357567127"]
