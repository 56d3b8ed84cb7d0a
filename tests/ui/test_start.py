"""The start: what is loaded before the first frame, and that the workspace comes after it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from creator_crm import app
from creator_crm.services.workspace import Workspace
from creator_crm.ui.shared.state import State

DRIVER = Path(__file__).parents[1] / "benchmarks" / "start_driver.py"


def started(mark: str, workspace: Path) -> dict[str, object]:
    command = [sys.executable, str(DRIVER), mark, str(workspace)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    told: dict[str, object] = json.loads(done.stdout)
    return told


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    path = tmp_path / "Luma, and a name longer than its place in the head.creatorcrm"
    with Workspace.create(path) as made:
        ana = made.add("creator", {"name": "Ana"}, {"account": [{"platform": "tiktok", "handle": "ana"}]})
        made.log_message(ana, at="2026-01-10T09:00:00Z")
    return path


@pytest.mark.skipif(sys.platform != "linux", reason="the driver reads /proc")
@pytest.mark.parametrize("page", ["today", "creators", "outreach"])
@pytest.mark.parametrize(("mark", "built"), [("paint", []), ("rows", ["Qt"])])
def test_neither_first_frame_nor_first_rows_load_a_heavy_library_or_build_costly_classes(
    mark: str, built: list[str], page: str, workspace: Path, home: Path
) -> None:
    state = home / ".config" / "creator-crm" / "window.json"
    state.parent.mkdir(parents=True)
    state.write_text(json.dumps({"page": page}))
    told = started(mark, workspace)
    assert (told["heavy"], told["built"]) == ([], built)


@pytest.mark.skipif(sys.platform != "linux", reason="the driver reads /proc")
def test_the_workspace_is_opened_after_the_first_frame(workspace: Path) -> None:
    started("paint", workspace)
    assert not workspace.with_name(f"{workspace.name}-shm").exists()


def test_a_key_pressed_before_the_window_is_whole_makes_it_whole_before_it_counts(
    workspace: Path, dressed: QApplication
) -> None:
    window, session = app.frame(State(None))
    app.show(window, session, str(workspace))
    window.grab()  # the first frame
    assert session.workspace is None
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert session.workspace is not None
    assert window.actions_["tools.search"].shortcut().toString() == "Ctrl+K"
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
