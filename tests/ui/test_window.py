"""The frame: pages when wanted, told what they must know, a place remembered, a name on every control."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QSize, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from creator_crm.domain.errors import UserError
from creator_crm.ui.first_page import FirstPage, RecentFile
from creator_crm.ui.shared import job_strip, theme
from creator_crm.ui.shared.accessibility import unnamed_controls
from creator_crm.ui.shared.jobs import Progress
from creator_crm.ui.shared.state import State
from creator_crm.ui.window import Window

HEAVY = ("sqlalchemy", "alembic", "matplotlib", "openpyxl", "numpy", "rapidfuzz", "python_calamine", "jinja2")


def diary(window: Window, name: str) -> list[object]:
    page: Any = window.page(name)  # a DiaryPage of conftest.py
    return list(page.diary)


def test_importing_the_window_imports_nothing_heavy() -> None:
    code = f"import sys, creator_crm.ui.window; print([m for m in {HEAVY!r} if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_without_a_workspace_there_is_only_the_first_page(make_window: Callable[..., Window]) -> None:
    window = make_window()
    window.set_workspace(None)
    window.show()
    assert window.first_page.isVisible()
    assert not window.rail.isVisible() and not window.header.isVisible()
    assert not window.actions_["view.creators"].isEnabled()
    assert window.actions_["file.quit"].isEnabled()


def test_the_first_page_has_the_keyboard_also_in_a_window_that_was_in_front_before_it(
    make_window: Callable[..., Window], qtbot: QtBot
) -> None:
    window = make_window()
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.setFocus()
    window.set_workspace(None)
    assert window.focusWidget() is window.first_page
    window.focusNextChild()
    assert isinstance(window.first_page, FirstPage)
    assert window.focusWidget() is window.first_page.new_button


def test_the_first_page_tells_of_a_job_for_as_long_as_it_runs(
    make_window: Callable[..., Window], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(job_strip, "SHOW_AFTER_MS", 0)
    window, gate = make_window(), threading.Event()
    window.show()
    window.set_workspace(None)
    window.jobs.run("Making the sample brand", lambda _: gate.wait(20), can_cancel=False)
    qtbot.waitUntil(window.status.isVisible)
    assert "Making the sample brand" in [label.text() for label in window.status.findChildren(QLabel)]
    gate.set()
    qtbot.waitUntil(lambda: not window.status.isVisible())


def test_a_page_is_made_when_first_shown(window: Window) -> None:
    assert window.page("creators") is None
    window.rail._buttons["creators"].click()
    assert diary(window, "creators") == [("campaign", None), ("refresh", None)]
    window.show_page("today")
    window.show_page("creators")
    assert len(diary(window, "creators")) == 2


def test_changes_reach_the_page_in_front_now_and_the_others_when_shown(window: Window) -> None:
    window.show_page("creators")
    window.refresh("changes")
    window.refresh("more")
    assert diary(window, "creators")[2:] == [("refresh", "changes"), ("refresh", "more")]
    assert diary(window, "today") == [("campaign", None), ("refresh", None)]
    window.show_page("today")
    assert diary(window, "today")[2:] == [("refresh", None)]


def test_the_campaign_reaches_made_pages_and_pages_made_later(window: Window, qtbot: QtBot) -> None:
    window.set_campaigns([("c1", "Spring"), ("c2", "Serum")], None)
    with qtbot.waitSignal(window.campaign_chosen) as chosen:
        window.header.campaigns.setCurrentIndex(2)
        window.header.campaigns.activated.emit(2)
    assert chosen.args == ["c2"]
    assert diary(window, "today")[-1] == ("campaign", "c2")
    window.show_page("creators")
    assert diary(window, "creators")[0] == ("campaign", "c2")


def test_filling_the_campaigns_announces_nothing(window: Window, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(window.campaign_chosen):
        window.set_campaigns([("c1", "Spring")], "c1")
    assert window.header.campaign == "c1"
    window.set_campaigns([("c2", "Serum")], "gone")
    assert window.header.campaign is None


def test_undo_says_what_it_would_undo(window: Window) -> None:
    window.set_undo("Import <b>A&B</b>.xlsx", None)
    assert (
        window.actions_["edit.undo"].toolTip()
        == "<qt>Undo: Import &lt;b&gt;A&amp;B&lt;/b&gt;.xlsx (Ctrl+Z)</qt>"
    )
    assert window.actions_["edit.undo"].text() == "Undo: Import <b>A&&B</b>.xlsx"
    assert window.actions_["edit.undo"].isEnabled()
    assert not window.actions_["edit.redo"].isEnabled()


def test_another_workspace_starts_with_new_pages(window: Window) -> None:
    old = window.page("today")
    window.set_workspace("Other brand")
    assert window.page("today") is not old
    assert window.windowTitle().startswith("Other brand")


def test_a_long_name_is_cut_to_the_room_it_has(window: Window) -> None:
    window.set_workspace("Luma, the brand of seaweed soap and balm")
    name = window.header.name
    assert name.text().startswith("Luma, the") and name.text().endswith("…")
    assert name.fontMetrics().horizontalAdvance(name.text()) <= name.width()


def test_the_rail_folds_when_the_window_is_narrow(window: Window) -> None:
    window.resize(1280, 800)
    wide = window.rail.width()
    window.resize(860, 600)
    assert window.rail.width() < wide / 2
    assert window.rail._buttons["today"].toolTip() == "Today"
    assert not window.header.name.isVisible()


def test_size_and_page_are_remembered(make_window: Callable[..., Window], tmp_path: Path) -> None:
    file = tmp_path / "window.json"
    first = make_window(State(file))
    first.set_workspace("Luma")
    first.setGeometry(10, 20, 790, 580)
    first.show_page("creators")
    first.setWindowState(Qt.WindowState.WindowMaximized)
    first.close()
    second = make_window(State(file))
    second.set_workspace("Luma")
    assert (second.normalGeometry().size(), second.isMaximized()) == (QSize(790, 580), True)
    assert second.page("creators") is not None


def test_a_refused_job_is_told_in_the_window(window: Window, qtbot: QtBot) -> None:
    def refuse(progress: Progress) -> None:
        raise UserError("The disk is full. Nothing was changed.")

    window.jobs.run("Import", refuse)
    qtbot.waitUntil(lambda: bool(window.notices.visible))
    assert window.notices.visible[0].label.text() == "The disk is full. Nothing was changed."


def test_a_notice_survives_the_change_of_page(window: Window) -> None:
    notice = window.notices.show("Archived 3 creators.", "ok", "Undo")
    window.show_page("creators")
    middle = notice.geometry().center()
    found = window.pages.childAt(middle)
    assert found is not None
    assert found is notice or notice.isAncestorOf(found)


def test_closing_waits_for_what_must_not_be_cut_off(window: Window) -> None:
    done: list[str] = []
    window.jobs.run("Saving", lambda progress: "saved", done=done.append, can_cancel=False)
    window.close()
    assert done == ["saved"]


def test_files_dropped_on_the_window_are_announced(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "list.csv"))])
    no, copy = Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction
    enter = QDragEnterEvent(QPoint(5, 5), copy, data, Qt.MouseButton.LeftButton, no)
    window.dragEnterEvent(enter)
    assert enter.isAccepted()
    with qtbot.waitSignal(window.files_dropped) as dropped:
        window.dropEvent(QDropEvent(QPointF(5, 5), copy, data, Qt.MouseButton.LeftButton, no))
    assert dropped.args == [[str(tmp_path / "list.csv")]]


def test_a_web_page_dropped_on_the_window_is_not_taken(window: Window) -> None:
    data = QMimeData()
    data.setUrls([QUrl("https://example.org")])
    enter = QDragEnterEvent(
        QPoint(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dragEnterEvent(enter)
    assert not enter.isAccepted()


def test_the_look_is_chosen_from_the_menu_and_kept(window: Window, dressed: QApplication) -> None:
    window.actions_.trigger("view.dark")
    assert theme.tokens().name == "dark"
    assert window.state.text("look") == "dark"


def test_every_control_of_the_window_has_a_name(make_window: Callable[..., Window], qtbot: QtBot) -> None:
    window = make_window()
    window.set_workspace(None)
    assert isinstance(window.first_page, FirstPage)
    window.first_page.set_recent([RecentFile(Path("/x/Luma.crm"), "today")])
    window.set_workspace("Luma")
    for name in window.entries:
        window.show_page(name)
    window.show()
    window.palette_.open()
    window.notices.show("Saved.", button="Undo")
    assert unnamed_controls(window) == []


def test_a_control_without_a_name_is_found(dressed: QApplication, qtbot: QtBot) -> None:
    frame = QWidget()
    qtbot.addWidget(frame)
    field = QLineEdit(frame)
    field.setObjectName("handle")
    assert unnamed_controls(frame) == ["QLineEdit handle"]


def test_the_first_page_only_says_what_was_chosen(dressed: QApplication, qtbot: QtBot) -> None:
    page = FirstPage()
    qtbot.addWidget(page)
    page.set_recent([RecentFile(Path("/data/<b>Luma</b>.crm"), "today")])
    for button, signal in (
        (page.new_button, page.new_wanted),
        (page.open_button, page.open_wanted),
        (page.import_card, page.import_wanted),
        (page.sample_card, page.sample_wanted),
    ):
        with qtbot.waitSignal(signal):
            button.click()
    recent = page.recent.itemAt(1)
    assert recent is not None
    with qtbot.waitSignal(page.recent_chosen) as chosen:
        recent.widget().click()  # type: ignore[union-attr]
    assert chosen.args == [Path("/data/<b>Luma</b>.crm")]
    page.set_recent([])
    assert page.recent.count() == 0


def test_a_splitter_comes_back_as_it_was_left(window: Window, qtbot: QtBot) -> None:
    from PySide6.QtWidgets import QSplitter

    def splitter() -> QSplitter:
        made = QSplitter(Qt.Orientation.Horizontal)
        made.setObjectName("creators")
        made.addWidget(QWidget())
        made.addWidget(QWidget())
        made.resize(1000, 300)
        qtbot.addWidget(made)
        made.show()
        return made

    first = splitter()
    window.keep_splitter(first)
    first.moveSplitter(700, 1)
    second = splitter()
    window.keep_splitter(second)
    assert second.sizes() == first.sizes()
    assert pytest.approx(700, abs=2) == second.sizes()[0]


def test_a_window_made_whole_twice_says_its_keys_once(window: Window) -> None:
    window.complete()
    window.complete()
    hints = [label for label in window.header.search.findChildren(QLabel) if label.objectName() == "keys"]
    assert [hint.text() for hint in hints] == ["Ctrl+K"]
