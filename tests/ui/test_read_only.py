"""A workspace that cannot be written, in the window: it says so, shows everything, and refuses in words."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from creator_crm import app
from creator_crm.services.workspace import Workspace
from creator_crm.store import store
from creator_crm.store.errors import ReadOnly
from creator_crm.ui.session import Session
from creator_crm.ui.shared.state import State
from creator_crm.ui.shared.table.table import RecordTable
from creator_crm.ui.window import Window

# The screenless platform says so each time a window opens.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def forbidden(path: Path) -> None:
    raise ReadOnly("Not writable.")


def opened(path: Path) -> tuple[Window, Session]:
    window, session = app.build(State(None))
    window.resize(1280, 800)
    window.show()
    assert session.open(path)
    return window, session


@pytest.fixture
def path(dressed: QApplication, tmp_path: Path) -> Path:
    """A workspace with one creator."""
    made = tmp_path / "Luma.creatorcrm"
    with Workspace.create(made, who="Jana") as workspace:
        workspace.add("creator", {"name": "Ana", "niche": "tea"})
    return made


def test_a_read_only_workspace_is_shown_whole_and_refuses_changes_in_words(
    path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = path.read_bytes()
    monkeypatch.setattr(store, "refuse_read_only", forbidden)
    window, session = opened(path)
    assert window.windowTitle() == "Luma (read-only) – Creator CRM"
    assert window.status.saved.text() == "Read-only"
    assert "you can look at everything" in window.notices.visible[0].label.text()
    for name in ("list.add", "file.import", "edit.undo"):
        assert not window.actions_[name].isEnabled()

    window.show_page("creators")
    table = next(t for t in window.findChildren(RecordTable) if t.record == "creator")
    head = [b for b in window.findChildren(QPushButton) if "Add creator" in b.text()]
    assert head
    assert not any(button.isEnabled() for button in head)
    index = table.model.index(0, table.model.column_of["niche"])
    table.grid.setCurrentIndex(index)
    table.grid.edit(index)
    line = next(e for e in table.grid.viewport().findChildren(QLineEdit) if e.property("filled"))
    line.setText("silk")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert "is open for reading only, so nothing was changed" in table.grid.refusal.text()
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    for page in window.entries:
        window.show_page(page)

    session.close()
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    monkeypatch.undo()
    assert session.open(path)
    assert window.windowTitle() == "Luma – Creator CRM"
    assert window.actions_["list.add"].isEnabled()
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
