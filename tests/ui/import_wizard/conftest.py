"""What the tests of the import wizard share: a workspace, a window around it, somebody who presses keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from creator_crm.domain.query import Query
from creator_crm.services.workspace import Workspace
from creator_crm.ui.imports.wizard import ImportWizard
from creator_crm.ui.shared.context import Context
from creator_crm.ui.window import Window

# Two creators as a founder keeps them.
LIST = "Handle,Name,Followers,E-mail\n@ana31,Ana Lima,54000,ana@example.org\n@kofi67,Kofi Mensah,1.2M,\n"


class Ears(QObject):
    """Has the one signal that a context carries."""

    changed = Signal(object)


@dataclass
class Stage:
    """A workspace, a window, and the wizards that are started in it."""

    bot: QtBot
    window: Window
    workspace: Workspace
    folder: Path
    ears: Ears
    text: str = LIST

    def file(self, text: str, name: str = "creators tiktok.csv", encoding: str = "utf-8") -> Path:
        path = self.folder / name
        path.write_bytes(text.encode(encoding))
        return path

    def start(self, path: Path) -> ImportWizard:
        """A wizard that has looked at `path`."""
        window = self.window
        context = Context(
            workspace=self.workspace,
            window=window,
            actions=window.actions_,
            jobs=window.jobs,
            state=window.state,
            tell=_nothing,
            tell_done=_nothing,
            keep_splitter=_nothing,
            import_files=_nothing,
            selection_moved=_nothing,
            show_record=_nothing,
            changed=self.ears.changed,
        )
        wizard = ImportWizard(context, path, window)
        wizard.show()
        self.settle(wizard)
        return wizard

    def settle(self, wizard: ImportWizard) -> None:
        """Wait until the wizard has done what it was asked."""
        self.bot.waitUntil(lambda: not wizard.work.busy, timeout=20_000)

    def on(self, wizard: ImportWizard, times: int = 1) -> None:
        """Next, with the mouse."""
        for _ in range(times):
            self.click(wizard.next)
            self.settle(wizard)

    def click(self, widget: QWidget) -> None:
        self.bot.mouseClick(widget, Qt.MouseButton.LeftButton)

    def press(self, wizard: ImportWizard, key: Qt.Key) -> None:
        """A key, wherever the keyboard is in the wizard."""
        where = wizard.focusWidget()
        assert where is not None, "nothing in the wizard has the keyboard"
        self.bot.keyClick(where, key)
        self.settle(wizard)

    def rows(self, record: str, ids: Any = None) -> list[Any]:
        """The rows of a record, creators by their names."""
        order = ("name",) if record == "creator" else ()
        return self.workspace.rows(
            record, self.workspace.ids(Query(record, sort=order)) if ids is None else ids
        )

    def names(self) -> list[str]:
        ids = self.workspace.ids(Query("creator", sort=("name",)))
        return [str(row.name) for row in self.rows("creator", ids)]

    def steps_taken(self) -> int:
        return len(self.workspace.change_sets())

    def choose(self, wizard: ImportWizard, header: str, target: str) -> None:
        """Choose what a column becomes, with the list that its box opens."""
        line = next(line for line in wizard.columns.lines if line.column.header == header)
        line.box.showPopup()
        wizard.columns.picker.chosen.emit(target)
        wizard.columns.picker.hide()
        self.settle(wizard)


def _nothing(*_: object) -> None:
    return None


@pytest.fixture
def stage(qtbot: QtBot, make_window: Callable[..., Window], tmp_path: Path) -> Iterator[Stage]:
    """A stage with an empty workspace."""
    window = make_window()
    window.set_workspace("Luma")
    window.show()
    with Workspace.create(tmp_path / "Luma.creatorcrm", who="Maya") as workspace:
        yield Stage(qtbot, window, workspace, tmp_path, Ears())
        window.jobs.finish()
