"""Small things that are seen at once: a mirrored window, and which way a list is looked at."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from creator_crm.domain.fields import Field, Kind
from creator_crm.services.workspace import Workspace
from creator_crm.ui.shared.form.number_box import NumberBox
from creator_crm.ui.shared.table.cells import Cells
from creator_crm.ui.window import Window

CELL = QRect(0, 0, 200, 34)
WHITE = 0xFFFFFFFF


@pytest.fixture
def mirrored(dressed: QApplication) -> Iterator[None]:
    dressed.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    dressed.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@pytest.fixture
def window(brand: tuple[Window, Workspace]) -> Window:
    return brand[0]


def drawn(cells: Cells, text: str) -> QImage:
    picture = QImage(CELL.size(), QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    painter = QPainter(picture)
    painter.setLayoutDirection(QApplication.layoutDirection())  # as a view sets it up
    cells.draw(painter, CELL, text)
    painter.end()
    return picture


def from_its_first_ink(picture: QImage) -> QImage:
    """`picture` without the white at its left."""
    high = range(picture.height())
    first = next(x for x in range(picture.width()) if any(picture.pixel(x, y) != WHITE for y in high))
    return picture.copy(first, 0, 40, picture.height())


def test_a_handle_keeps_its_sign_in_front_in_a_mirrored_window(dressed: QApplication, qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    field = Field(name="handle", label="Handle", kind=Kind.HANDLE)
    model: Any = None  # only asked for figures
    plain = drawn(Cells(model, field, parent), "@ana31")
    dressed.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        turned = drawn(Cells(model, field, parent), "@ana31")
    finally:
        dressed.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    assert turned != plain, "it stands at the other side"
    assert from_its_first_ink(turned) == from_its_first_ink(plain)


@pytest.mark.usefixtures("mirrored")
def test_the_shortcut_in_the_search_stands_clear_of_its_border_in_a_mirrored_window(window: Window) -> None:
    hint = next(each for each in window.header.search.children() if each.objectName() == "keys")
    assert isinstance(hint, QWidget)
    assert 4 <= hint.x() < window.header.search.width() // 2


def test_the_buttons_say_whether_list_or_board_is_shown(window: Window) -> None:
    window.show_page("creators")
    page: Any = window.page("creators")

    def pressed() -> list[str]:
        names = (window.actions_["list.as_list"].text(), window.actions_["list.as_board"].text())
        tools = page.widget.findChildren(QToolButton)
        return [
            tool.accessibleName() for tool in tools if tool.accessibleName() in names and tool.isChecked()
        ]

    assert pressed() == [window.actions_["list.as_list"].text()]
    page.view.as_board()
    assert pressed() == [window.actions_["list.as_board"].text()]
    page.view.as_list()
    assert pressed() == [window.actions_["list.as_list"].text()]


def test_figures_to_step_keep_clear_of_their_border(dressed: QApplication, qtbot: QtBot) -> None:
    box = NumberBox(1, 30)
    qtbot.addWidget(box)
    assert box.lineEdit().textMargins().left() >= 6
