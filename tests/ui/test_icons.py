"""Icons wear the colours of the theme that is on, wherever they are shown, and no Python draws them."""

from __future__ import annotations

import gc

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QAction, QIcon, QImage
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QMainWindow, QMenu, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from creator_crm.domain.fields import Choice, Field, Kind
from creator_crm.ui.shared import buttons, icons, theme
from creator_crm.ui.shared.actions import Action, Actions, Need
from creator_crm.ui.shared.form.editors import ChoiceEditor
from creator_crm.ui.shared.line_sign import LineSign
from creator_crm.ui.shared.theme import DARK, LIGHT


def ink(shown: QIcon | QImage, mode: QIcon.Mode = QIcon.Mode.Normal, on: bool = False) -> str:
    """The strongest colour of an icon: that of its lines where they cover a pixel whole."""
    if isinstance(shown, QIcon):
        shown = shown.pixmap(QSize(16, 16), mode, QIcon.State.On if on else QIcon.State.Off).toImage()
    pixels = [shown.pixelColor(x, y) for x in range(shown.width()) for y in range(shown.height())]
    best = max(pixels, key=lambda color: color.alpha())
    assert best.alpha() > 250, "no pixel is covered whole"
    return best.name()


@pytest.fixture
def actions(dressed: QApplication, qtbot: QtBot) -> Actions:
    window = QMainWindow()
    qtbot.addWidget(window)
    made = Actions(window)
    made.declare(
        Action(
            "creators.new",
            "New creator",
            "",
            icon="x",
            menu="Creators",
            page="creators",
            needs=Need.NOTHING,
            in_toolbar=True,
            in_context_menu=True,
        ),
        Action("creators.csv", "As CSV", "", icon="check", menu="Creators/Export", needs=Need.NOTHING),
    )
    made.fill(window.menuBar())
    return made


def test_a_button_turns_with_the_theme(dressed: QApplication, qtbot: QtBot) -> None:
    plain, main, cross = buttons.button("Go", "x"), buttons.button("Go", "x", "primary"), QToolButton()
    for each in (plain, main, cross):
        qtbot.addWidget(each)
    icons.put(cross, "x", "muted")
    assert [ink(each.icon()) for each in (plain, main, cross)] == [
        LIGHT.text,
        LIGHT.accent_text,
        LIGHT.muted,
    ]
    theme.apply(dressed, "dark")
    assert [ink(each.icon()) for each in (plain, main, cross)] == [DARK.text, DARK.accent_text, DARK.muted]


def test_an_action_is_given_its_icon_when_its_menu_opens_and_turns_with_the_theme(
    dressed: QApplication, actions: Actions
) -> None:
    action, below = actions["creators.new"], actions["creators.csv"]
    assert action.icon().isNull()
    bar = action.associatedObjects()
    menu = next(each for each in bar if isinstance(each, QMenu))
    menu.aboutToShow.emit()
    assert ink(action.icon()) == LIGHT.text
    assert below.icon().isNull()
    theme.apply(dressed, "dark")
    assert ink(action.icon()) == DARK.text


def test_a_submenu_draws_its_own_icons(actions: Actions) -> None:
    below = actions["creators.csv"]
    next(each for each in below.associatedObjects() if isinstance(each, QMenu)).aboutToShow.emit()
    assert ink(below.icon()) == LIGHT.text


def test_an_action_in_a_tool_bar_shows_its_icon_and_turns_with_the_theme(
    dressed: QApplication, actions: Actions, qtbot: QtBot
) -> None:
    tool = QToolButton()
    qtbot.addWidget(tool)
    tool.setDefaultAction(actions.toolbar("creators")[0])
    assert ink(tool.icon()) == LIGHT.text
    theme.apply(dressed, "dark")
    assert ink(tool.icon()) == DARK.text


def test_the_sign_in_a_line_turns_with_the_theme(dressed: QApplication, qtbot: QtBot) -> None:
    line = QLineEdit()
    qtbot.addWidget(line)
    sign = LineSign(line, "x", QLineEdit.ActionPosition.LeadingPosition)
    assert ink(sign.icon()) == LIGHT.muted
    theme.apply(dressed, "dark")
    assert ink(sign.icon()) == DARK.muted


def test_the_dots_of_a_choice_turn_with_the_theme(dressed: QApplication, qtbot: QtBot) -> None:
    field = Field(name="stage", label="Stage", kind=Kind.CHOICE, choices=(Choice("new", "New", "green"),))
    editor: QComboBox = ChoiceEditor(field)
    qtbot.addWidget(editor)
    place = editor.findData("new")
    assert ink(editor.itemIcon(place)) == LIGHT.chips["green"][1]
    theme.apply(dressed, "dark")
    assert ink(editor.itemIcon(place)) == DARK.chips["green"][1]


def test_what_cannot_be_used_looks_so_and_what_is_chosen_wears_the_accent(dressed: QApplication) -> None:
    made = icons.icon("x", "muted")
    assert ink(made, QIcon.Mode.Disabled) == LIGHT.disabled
    assert ink(made, QIcon.Mode.Disabled, on=True) == LIGHT.disabled
    assert ink(made, on=True) == LIGHT.accent_ink
    assert ink(made, QIcon.Mode.Selected) == LIGHT.muted


def test_an_icon_is_sharp_on_a_fine_screen(dressed: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(icons, "_finest", lambda: 2.0)
    made = icons.icon("users")
    coarse, fine = made.pixmap(QSize(16, 16), 1.0), made.pixmap(QSize(16, 16), 2.0)
    assert (coarse.width(), coarse.devicePixelRatio()) == (16, 1.0)
    assert (fine.width(), fine.devicePixelRatio()) == (32, 2.0)
    assert fine.toImage() == icons.pixmap("users", 16, ratio=2.0).toImage(), (
        "drawn at that size, not enlarged"
    )


def test_a_finer_screen_has_every_icon_drawn_again(
    dressed: QApplication, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    shown = buttons.button("Go", "users")
    qtbot.addWidget(shown)
    monkeypatch.setattr(icons, "_finest", lambda: 2.0)
    dressed.screenAdded.emit(dressed.primaryScreen())
    assert shown.icon().pixmap(QSize(16, 16), 2.0).width() == 32


def test_what_is_gone_is_forgotten(dressed: QApplication) -> None:
    parent = QWidget()
    buttons.icon_button("Close", "x", parent)
    action = QAction("Close", parent)
    icons.put(action, "x")
    icons.promise(QAction("Never shown", parent), "x")
    before = len(icons._worn)
    parent.deleteLater()
    del parent
    QApplication.sendPostedEvents(None, 52)  # DeferredDelete
    theme.apply(dressed, "dark")  # must touch no deleted object
    del action
    gc.collect()
    assert len(icons._worn) < before


def test_an_unknown_icon_is_named() -> None:
    with pytest.raises(FileNotFoundError, match="no-such-icon"):
        icons.icon("no-such-icon")
