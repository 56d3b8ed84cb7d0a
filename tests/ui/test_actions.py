"""An action is declared once; everything else follows from it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QMenu
from pytestqt.qtbot import QtBot

from creator_crm.ui.shared.actions import Action, Actions, Key, Need
from creator_crm.ui.shared.keyboard import KeyboardPage

NEW = Action(
    "creators.new", "New creator", "Add one", "plus", Key.New, "Creators", page="creators", in_toolbar=True
)
ARCHIVE = Action(
    "creators.archive",
    "Archive",
    "Put away",
    "archive",
    menu="Creators",
    group=1,
    needs=Need.SELECTION,
    page="creators",
    in_context_menu=True,
)
WRITE = Action("outreach.new", "New message", "Write", "send", Key.New, "Outreach", page="outreach")
QUIT = Action("file.quit", "Quit", "Leave", menu="File", needs=Need.NOTHING)
CSV = Action("file.csv", "CSV…", "List out", menu="File/Export")


@pytest.fixture
def frame(dressed: QApplication, qtbot: QtBot) -> Iterator[QMainWindow]:
    frame = QMainWindow()
    frame.setCentralWidget(QLineEdit())
    qtbot.addWidget(frame)
    yield frame


@pytest.fixture
def actions(frame: QMainWindow) -> Actions:
    actions = Actions(frame)
    actions.declare(NEW, ARCHIVE, WRITE, QUIT, CSV)
    return actions


def texts(menu: QMenu) -> list[str]:
    return ["-" if action.isSeparator() else action.text() for action in menu.actions()]


def test_menus_come_from_the_declarations_in_their_fixed_order(frame: QMainWindow, actions: Actions) -> None:
    actions.fill(frame.menuBar())
    actions.fill(frame.menuBar())  # a page that declares more later has the bar built again
    menus = {action.text(): action.menu() for action in frame.menuBar().actions()}
    assert list(menus) == ["&File", "&Creators", "&Outreach"]
    creators, file = menus["&Creators"], menus["&File"]
    assert isinstance(creators, QMenu) and isinstance(file, QMenu)
    assert texts(creators) == ["New creator", "-", "Archive"]
    assert texts(file) == ["Quit", "Export"]


def test_an_action_waits_for_what_it_needs(actions: Actions) -> None:
    enabled = {action.id: actions[action.id].isEnabled() for action in actions}
    assert [name for name, on in enabled.items() if on] == ["file.quit"]
    actions.set_place("creators", True)
    assert actions["creators.new"].isEnabled()
    assert not actions["creators.archive"].isEnabled()
    actions.set_selected(2)
    assert actions["creators.archive"].isEnabled()
    actions.set_place("outreach", True)
    assert not actions["creators.archive"].isEnabled()


def test_two_pages_share_a_key_and_the_page_in_front_gets_it(
    frame: QMainWindow, actions: Actions, qtbot: QtBot
) -> None:
    done: list[str] = []
    actions.bind(
        {"creators.new": lambda: done.append("creator"), "outreach.new": lambda: done.append("message")}
    )
    field = frame.centralWidget()
    assert field is not None
    with qtbot.waitActive(frame):
        frame.show()
        frame.activateWindow()
    for page in ("creators", "outreach"):
        actions.set_place(page, True)
        QTest.keyClick(field, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert done == ["creator", "message"]


def test_an_action_of_another_page_goes_there_first(actions: Actions) -> None:
    done: list[str] = []

    def open_page(page: str) -> None:
        done.append(page)
        actions.bind({"creators.new": lambda: done.append("new")})
        actions.set_place(page, True)

    actions.page_wanted.connect(open_page)
    actions.set_place("outreach", True)
    actions.trigger("creators.new")
    assert done == ["creators", "new"]


def test_a_reason_of_its_own_disables_an_action_through_every_move(actions: Actions) -> None:
    actions.allow("file.csv", False)
    actions.set_place("creators", True)
    assert not actions["file.csv"].isEnabled()
    actions.allow("file.csv", True)
    assert actions["file.csv"].isEnabled()


def test_what_waits_for_the_first_frame_is_made_when_asked_for_and_complete_later(frame: QMainWindow) -> None:
    actions = Actions(frame, waiting=True)
    actions.declare(NEW, ARCHIVE, QUIT)
    actions.fill(frame.menuBar())
    assert [menu.text() for menu in frame.menuBar().actions()] == ["&File", "&Creators"]
    assert actions["creators.new"].text() == "New creator"
    assert actions.keys("creators.new") == "" == actions["creators.new"].shortcut().toString()
    actions.set_place("creators", True)
    actions.complete()
    assert actions["creators.new"].shortcut() == NEW.keys()[0]
    menu = frame.menuBar().actions()[1].menu()
    assert isinstance(menu, QMenu)
    assert texts(menu) == ["New creator", "-", "Archive"]
    actions.declare(WRITE)
    assert actions["outreach.new"].toolTip() != "New message"


@pytest.mark.parametrize(
    "wrong",
    [
        NEW,
        Action("creators.other", "Other", "", shortcut=Key.New, page="creators"),
        Action("x.y", "X", "", shortcut="Ctrl+N"),
    ],
    ids=["same id", "same key on the same page", "same key everywhere"],
)
def test_what_clashes_is_refused(actions: Actions, wrong: Action) -> None:
    with pytest.raises(ValueError, match="creators"):
        actions.declare(wrong)


def test_a_handler_for_an_unknown_action_is_refused(actions: Actions) -> None:
    with pytest.raises(KeyError):
        actions.bind({"creators.fly": print})


def test_the_context_menu_and_the_toolbar_hold_only_what_was_meant_for_them(
    frame: QMainWindow, actions: Actions
) -> None:
    assert texts(actions.context_menu("creators", frame)) == ["Archive"]
    assert [action.text() for action in actions.toolbar("creators")] == ["New creator"]


def test_the_keyboard_page_lists_every_shortcut_and_narrows_down(
    frame: QMainWindow, actions: Actions, qtbot: QtBot
) -> None:
    from PySide6.QtWidgets import QLabel

    page = KeyboardPage(frame, actions)
    qtbot.addWidget(page)

    def shown() -> list[str]:
        body = page.list.widget()
        assert body is not None
        return [label.text() for label in body.findChildren(QLabel)]

    keys = QKeySequence(QKeySequence.StandardKey.New).toString(QKeySequence.SequenceFormat.NativeText)
    assert shown() == ["Creators", "New creator", keys, "Outreach", "New message", keys]
    page.box.setText("mess")
    assert shown() == ["Outreach", "New message", keys]
