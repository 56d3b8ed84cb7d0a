"""The list of offers under a line somebody writes in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QListWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from creator_crm.ui.shared.form.offers import Offers, offer_items

NAMES = ["Ana Lima", "Anna Berg", "Bea Anand", "Cleo"]
Key = Qt.Key


def holding(typed: str) -> list[str]:
    return [name for name in NAMES if typed.casefold() in name.casefold()]


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QWidget]:
    window = QWidget()
    window.resize(500, 300)
    qtbot.addWidget(window)
    yield window


@pytest.fixture
def line(qtbot: QtBot, window: QWidget) -> QLineEdit:
    line = QLineEdit(window)
    line.setGeometry(20, 20, 200, 28)
    window.show()
    line.setFocus()
    return line


def offers_of(window: QWidget) -> QListWidget:
    return window.findChildren(QListWidget, "offers")[0]


def seen(window: QWidget) -> list[str]:
    if not window.findChildren(QListWidget, "offers") or not (offers := offers_of(window)).isVisible():
        return []
    return [offers.item(row).text() for row in range(offers.count())]


def press(*keys: Key) -> None:
    for key in keys:
        QTest.keyClick(QApplication.focusWidget(), key)


def test_what_holds_the_typed_text_is_offered_under_the_line_and_the_keyboard_stays_in_it(
    window: QWidget, line: QLineEdit
) -> None:
    Offers(line, holding)
    QTest.keyClicks(line, "an")
    assert seen(window) == ["Ana Lima", "Anna Berg", "Bea Anand"]
    offers = offers_of(window)
    assert not offers.isWindow() and offers.y() >= line.geometry().bottom()
    assert QApplication.focusWidget() is line
    QTest.keyClicks(line, "x")
    assert seen(window) == []


def test_nothing_is_offered_for_an_empty_line(window: QWidget, line: QLineEdit) -> None:
    Offers(line, holding)
    QTest.keyClicks(line, "a")
    press(Key.Key_Backspace)
    assert seen(window) == []


def test_the_arrows_go_round_the_offers_and_back_to_what_was_typed(window: QWidget, line: QLineEdit) -> None:
    Offers(line, holding)
    QTest.keyClicks(line, "an")
    said = []
    for _ in range(4):
        press(Key.Key_Down)
        said.append(line.text())
    assert said == ["Ana Lima", "Anna Berg", "Bea Anand", "an"]
    press(Key.Key_Up)
    assert line.text() == "Bea Anand"


def test_enter_takes_the_marked_offer_and_is_not_heard_by_the_line(
    window: QWidget, line: QLineEdit, qtbot: QtBot
) -> None:
    offers, entered = Offers(line, holding), []
    line.returnPressed.connect(lambda: entered.append(line.text()))
    QTest.keyClicks(line, "an")
    with qtbot.waitSignal(offers.chosen) as told:
        press(Key.Key_Down, Key.Key_Return)
    assert told.args == [True]
    assert (line.text(), seen(window), entered) == ("Ana Lima", [], [])
    press(Key.Key_Return)
    assert entered == ["Ana Lima"]


def test_enter_with_no_offer_marked_is_an_enter_in_the_line(window: QWidget, line: QLineEdit) -> None:
    Offers(line, holding)
    entered: list[str] = []
    line.returnPressed.connect(lambda: entered.append(line.text()))
    QTest.keyClicks(line, "an")
    press(Key.Key_Return)
    assert (entered, seen(window)) == (["an"], [])


def test_escape_closes_the_offers_only_and_gives_back_what_was_typed(
    window: QWidget, line: QLineEdit
) -> None:
    Offers(line, holding)
    QTest.keyClicks(line, "an")
    press(Key.Key_Down, Key.Key_Escape)
    assert (line.text(), seen(window)) == ("an", [])
    assert window.isVisible()


def test_a_click_takes_an_offer(window: QWidget, line: QLineEdit, qtbot: QtBot) -> None:
    offers = Offers(line, holding)
    QTest.keyClicks(line, "an")
    assert offers.list is not None
    spot = offers.list.visualItemRect(offers.list.item(1)).center()
    with qtbot.waitSignal(offers.chosen) as told:
        QTest.mouseClick(offers.list.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert told.args == [False]
    assert (line.text(), seen(window)) == ("Anna Berg", [])


def test_in_a_list_of_tags_the_last_one_is_offered_for_and_completed(
    window: QWidget, line: QLineEdit
) -> None:
    Offers(line, holding, several=True)
    QTest.keyClicks(line, "vip, cl")
    assert seen(window) == ["Cleo"]
    press(Key.Key_Down, Key.Key_Return)
    assert line.text() == "vip, Cleo"


def test_leaving_the_line_closes_the_offers(window: QWidget, line: QLineEdit) -> None:
    other = QLineEdit(window)
    other.setGeometry(20, 200, 200, 28)
    other.show()
    Offers(line, holding)
    QTest.keyClicks(line, "an")
    other.setFocus()
    assert seen(window) == []


@pytest.mark.parametrize("y", [0, 130, 270])
def test_the_offers_stay_within_the_window_and_never_cover_the_line(
    window: QWidget, line: QLineEdit, y: int
) -> None:
    line.setGeometry(380, y, 100, 28)
    Offers(line, lambda typed: [f"{typed} {number}" for number in range(40)])
    QTest.keyClicks(line, "an")
    offers = offers_of(window)
    assert window.rect().contains(offers.geometry())
    assert not offers.geometry().intersects(QRect(line.mapTo(window, QPoint(0, 0)), line.size()))
    assert offers.height() > 90


def test_the_offers_go_with_their_line(window: QWidget, line: QLineEdit, qtbot: QtBot) -> None:
    Offers(line, holding)
    QTest.keyClicks(line, "an")
    line.deleteLater()
    qtbot.waitUntil(lambda: not window.findChildren(QListWidget, "offers"))


def test_a_combo_box_takes_the_item_that_was_found_by_any_part_of_it(
    window: QWidget, line: QLineEdit, qtbot: QtBot
) -> None:
    box = QComboBox()
    box.setEditable(True)
    box.addItems(NAMES)
    column = QVBoxLayout(window)
    column.addWidget(box)
    offer_items(box)
    box.show()
    box.setFocus()
    written = box.lineEdit()
    assert written is not None
    written.selectAll()
    QTest.keyClicks(written, "erg")
    assert seen(window) == ["Anna Berg"]
    with qtbot.waitSignal(box.activated) as told:
        press(Key.Key_Down, Key.Key_Return)
    assert told.args == [1] and box.currentIndex() == 1
    assert box.count() == len(NAMES)
