"""The window remembers its place and survives whatever became of the file and the screens."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QRect

from creator_crm.ui.shared.state import State, clamped, state_file

DESK, SECOND = QRect(0, 0, 1920, 1080), QRect(1920, 0, 1280, 1024)


def test_what_is_remembered_comes_back(tmp_path: Path) -> None:
    file = tmp_path / "new folder" / "window.json"
    state = State(file)
    state.remember("page", "creators")
    state.remember("window", [1, 2, 3, 4])
    state.remember("recent", ["a.crm", "Zoë.crm"])
    state.remember("compact", True)
    state.save()
    again = State(file)
    assert again.text("page") == "creators"
    assert again.numbers("window") == [1, 2, 3, 4]
    assert again.texts("recent") == ["a.crm", "Zoë.crm"]
    assert again.flag("compact")
    assert [path.name for path in file.parent.iterdir()] == ["window.json"]


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[1]", b"\xff\xfe", b'{"window": [1, "2"], "page": 7, "recent": [3]}']
)
def test_a_damaged_file_means_nothing_is_remembered(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "window.json"
    file.write_bytes(content)
    state = State(file)
    assert (state.text("page"), state.numbers("window"), state.texts("recent")) == ("", [], [])


def test_a_folder_that_cannot_be_written_loses_only_the_windows_size(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    state = State(tmp_path / "file" / "window.json")
    state.remember("page", "today")
    state.save()
    assert state.text("page") == "today"


def test_the_file_lies_in_the_users_own_settings(home: Path) -> None:
    assert state_file().name == "window.json"
    assert state_file().is_relative_to(home)


@pytest.mark.parametrize(
    ("wanted", "got"),
    [
        (QRect(100, 100, 1280, 800), QRect(100, 100, 1280, 800)),
        (QRect(2000, 50, 1000, 700), QRect(2000, 50, 1000, 700)),
        (QRect(5000, 5000, 1000, 700), QRect(920, 380, 1000, 700)),
        (QRect(-500, -80, 1000, 700), QRect(0, 0, 1000, 700)),
        (QRect(0, 0, 9000, 9000), QRect(0, 0, 1920, 1080)),
        (QRect(10, 10, 5, 5), QRect(10, 10, 760, 480)),
    ],
)
def test_a_window_always_lands_on_a_screen(wanted: QRect, got: QRect) -> None:
    assert clamped(wanted, [DESK, SECOND]) == got
