"""Dialogs show data letter by letter, mean no by default, and open only safe links."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from creator_crm.ui.shared import dialogs


def answer(key: Qt.Key, seen: list[QMessageBox], qtbot: QtBot) -> None:
    """Press `key` in the message box that is about to open."""

    def press() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        seen.append(box)
        assert box.textFormat() == Qt.TextFormat.PlainText
        focus = box.focusWidget()
        QTest.keyClick(focus if focus is not None else box, key)

    QTimer.singleShot(0, press)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_enter_and_escape_mean_no(dressed: QApplication, qtbot: QtBot, key: Qt.Key) -> None:
    seen: list[QMessageBox] = []
    answer(key, seen, qtbot)
    assert not dialogs.confirm(None, "Erase <b>Ana</b>?", "This can't be undone.", "Erase")
    assert len(seen) == 1


def test_only_the_named_button_means_yes(dressed: QApplication, qtbot: QtBot) -> None:
    def click() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        next(b for b in box.findChildren(QPushButton) if b.text() == "Erase").click()

    QTimer.singleShot(0, click)
    assert dialogs.confirm(None, "Erase Ana?", "This can't be undone.", "Erase")


@pytest.mark.parametrize(
    ("link", "opened"),
    [
        ("https://www.tiktok.com/@ana31", True),
        ("mailto:ana@example.org", True),
        ("file:///etc/passwd", False),
        ("javascript:alert(1)", False),
        ("-h", False),
        ("", False),
        ("https://user:pw@evil.example", False),
    ],
)
def test_only_safe_links_are_opened(monkeypatch: pytest.MonkeyPatch, link: str, opened: bool) -> None:
    asked: list[str] = []

    def open_url(url: QUrl) -> bool:
        asked.append(url.toString())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    assert dialogs.open_link(link) is opened
    assert asked == ([link] if opened else [])


def test_a_new_files_suffix_is_completed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "Luma"), ""))
    assert dialogs.choose_new_file(None, "New", tmp_path / "My brand.crm", "*.crm") == tmp_path / "Luma.crm"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    assert dialogs.choose_new_file(None, "New", tmp_path / "My brand.crm", "*.crm") is None


def test_a_label_shows_tags_as_letters(dressed: QApplication, qtbot: QtBot) -> None:
    label = dialogs.plain_label("<b>Ana</b>")
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.PlainText
