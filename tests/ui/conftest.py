"""What the tests of the window share: a dressed application, and pages that write down what they are told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from creator_crm.ui.first_page import FirstPage
from creator_crm.ui.shared import text, theme
from creator_crm.ui.shared.jobs import JobRunner
from creator_crm.ui.shared.pages import PageEntry
from creator_crm.ui.shared.state import State
from creator_crm.ui.window import Window

if TYPE_CHECKING:
    from creator_crm.services.workspace import Workspace
    from creator_crm.ui.session import Session


class DiaryPage:
    """A page that keeps a diary."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.widget: QWidget = QLineEdit()
        self.widget.setAccessibleName(title)
        self.selection: Sequence[str] = ()
        self.diary: list[object] = []

    def refresh(self, changes: object | None) -> None:
        self.diary.append(("refresh", changes))

    def set_campaign(self, campaign: str | None) -> None:
        self.diary.append(("campaign", campaign))


@pytest.fixture
def dressed(qapp: QApplication) -> Iterator[QApplication]:
    """The application in light colours and American English."""
    text.set_locale("en_US")
    theme.apply(qapp, "light")
    yield qapp
    theme.apply(qapp, "light")


@pytest.fixture
def make_window(dressed: QApplication, qtbot: QtBot) -> Iterator[Callable[..., Window]]:
    """Makes windows with the pages Today and Creators; they are closed at the end."""
    made: list[Window] = []

    def make(state: State | None = None, entries: Sequence[PageEntry] = ()) -> Window:
        pages = entries or [
            PageEntry(name, name.capitalize(), "users", partial(DiaryPage, name))
            for name in ("today", "creators")
        ]
        window = Window(pages, JobRunner(), state or State(None), FirstPage)
        window.build_menus()
        window.complete()
        qtbot.addWidget(window)
        made.append(window)
        return window

    yield make
    for window in made:
        window.close()


@pytest.fixture
def window(make_window: Callable[..., Window]) -> Window:
    """A window with an open workspace."""
    made = make_window()
    made.set_workspace("Luma")
    made.show()
    return made


@pytest.fixture
def program(dressed: QApplication) -> Iterator[tuple[Window, Session]]:
    """The whole window as the program builds it, with no workspace open."""
    from creator_crm import app

    window, session = app.build(State(None))
    window.resize(1280, 800)
    window.show()
    yield window, session
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def brand(program: tuple[Window, Session], tmp_path: Path) -> tuple[Window, Workspace]:
    """The whole program with an empty workspace open."""
    from creator_crm.services.workspace import Workspace

    window, session = program
    path = tmp_path / "Luma.creatorcrm"
    Workspace.create(path, who="Jana").close()
    assert session.open(path)
    assert session.workspace is not None
    return window, session.workspace
