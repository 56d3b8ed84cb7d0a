"""What the tests of the team's workbook share: the program with a workspace, and reviews to look through."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from creator_crm.services.workbook_back import Review
from creator_crm.services.workspace import Workspace
from creator_crm.ui.session import Session
from creator_crm.ui.window import Window
from creator_crm.ui.workbook.lines import Section
from creator_crm.ui.workbook.values import values_of
from creator_crm.ui.workbook.window import ReviewWindow


@dataclass
class Stage:
    """The whole program with an open workspace, and somebody in front of it."""

    bot: QtBot
    window: Window
    session: Session
    workspace: Workspace
    folder: Path

    def look_at(self, review: Review) -> ReviewWindow:
        """The window of a review, the keyboard in its table."""
        made = ReviewWindow(self.session.context, review, values_of(self.workspace, review), self.window)
        made.show()
        made.activateWindow()
        self.bot.waitUntil(lambda: QApplication.activeWindow() is made)
        made.table.setFocus()
        return made

    def press(self, where: QWidget, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
        self.bot.keyClick(where, key, modifiers[0] if modifiers else Qt.KeyboardModifier.NoModifier)

    def click(self, widget: QWidget) -> None:
        self.bot.mouseClick(widget, Qt.MouseButton.LeftButton)

    def quiet(self) -> None:
        """Wait until nothing is under way any more."""
        self.bot.waitUntil(lambda: not self.window.jobs.running, timeout=30_000)
        QApplication.processEvents()

    @property
    def said(self) -> list[str]:
        """The notices on the screen."""
        return [notice.accessibleName() for notice in self.window.notices.visible]


@pytest.fixture
def stage(program: tuple[Window, Session], qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    window, session = program
    path = tmp_path / "Luma.creatorcrm"
    Workspace.create(path, who="Jana").close()
    assert session.open(path)
    assert session.workspace is not None
    yield Stage(qtbot, window, session, session.workspace, tmp_path)
    for child in window.findChildren(ReviewWindow):
        child.choices.choose([], None)
        child.hide()
        child.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def texts(window: ReviewWindow, section: Section | None = None) -> list[list[str]]:
    """What the lines of a section say, cell by cell."""
    if section is not None:
        window.tabs.setCurrentIndex(list(Section).index(section))
    model = window.model
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]
