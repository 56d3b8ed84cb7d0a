"""The self-test opens every page; every control in them has a name; no page asks row by row."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from creator_crm import app
from creator_crm.services.sample import make_sample
from creator_crm.services.workspace import Workspace
from creator_crm.store import engine
from creator_crm.ui import self_test
from creator_crm.ui.session import Session
from creator_crm.ui.shared.accessibility import unnamed_controls
from creator_crm.ui.window import Window
from creator_crm.ui.writing.writer import MessageWriter

PAGES = ("today", "creators", "outreach", "seeding", "briefs", "results")
STATEMENTS_AT_MOST = 15


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sample") / "Sample brand.creatorcrm"
    make_sample(path)
    return path


@contextmanager
def statements(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Every SQL statement on connections that are opened from now on."""
    heard: list[str] = []
    plain = engine.plain

    def listened(path: Path, mode: str = "ro", **how: Any) -> sqlite3.Connection:
        connection = plain(path, mode, **how)
        connection.set_trace_callback(heard.append)
        return connection

    with monkeypatch.context() as patch:
        patch.setattr(engine, "plain", listened)
        yield heard


def many_creators(path: Path, count: int) -> Path:
    with Workspace.create(path) as made, made.store.change("Many", bulk=True) as unit:
        unit.add_rows("creator", ("name",), [(f"Creator {number}",) for number in range(count)])
    return path


def test_the_self_test_opens_every_page_full_and_empty(dressed: QApplication) -> None:
    opened = app.self_test()
    assert opened[0] == "start"
    for page in PAGES:
        assert page in opened
        assert f"{page}-empty" in opened


def test_a_page_is_whole_before_it_is_looked_at(program: tuple[Window, Session], sample: Path) -> None:
    window, session = program
    session.open(sample)
    window.show_page("outreach")
    self_test._settle(window.jobs)
    writer = window.page("outreach").widget.findChild(MessageWriter)
    assert writer is not None and writer.isVisible() and writer.composer.body.toPlainText()


def test_what_one_thing_leads_to_is_waited_for_and_what_comes_much_later_is_not(
    program: tuple[Window, Session],
) -> None:
    window, done = program[0], []
    later = QTimer(window, singleShot=True, interval=60_000)
    soon = QTimer(window, singleShot=True, interval=20)

    def go_on(_: object = None) -> None:
        done.append(len(done))
        if len(done) < 8:
            window.jobs.run("One after the other", lambda _: None, done=lambda _: soon.start())

    soon.timeout.connect(go_on)
    later.start()
    go_on()
    self_test._settle(window.jobs)
    assert len(done) == 8 and later.isActive()
    later.stop()


def test_every_control_of_every_page_and_of_what_it_offers_has_a_name(
    program: tuple[Window, Session], sample: Path
) -> None:
    window, session = program
    session.start(None)
    assert unnamed_controls(window) == []
    assert session.open(sample)
    for page in PAGES:
        window.show_page(page)
        for _, show in getattr(window.page(page), "scenes", list)():
            show()
        assert unnamed_controls(window) == [], page
    window.palette_.open("a")
    assert unnamed_controls(window.palette_) == []
    window.palette_.leave()


@pytest.mark.parametrize("dialog", ["add", "columns", "filter", "history"])
def test_every_control_of_a_dialog_has_a_name(
    dialog: str, program: tuple[Window, Session], sample: Path, qtbot: object
) -> None:
    from creator_crm.ui.history import HistoryDialog
    from creator_crm.ui.shared.form.add import AddRecord
    from creator_crm.ui.shared.table.columns import ColumnChooser
    from creator_crm.ui.shared.table.filter_popup import FilterPopup

    window, session = program
    assert session.open(sample)
    workspace = session.workspace
    assert workspace is not None
    description = workspace.catalogue["creator"]
    make: dict[str, Callable[[], QWidget]] = {
        "add": lambda: AddRecord(workspace, "creator", window, part="account"),
        "columns": lambda: ColumnChooser(window),
        "filter": lambda: FilterPopup(workspace, description, window),
        "history": lambda: HistoryDialog(workspace, session.undo_step, window),
    }
    made = make[dialog]()
    assert unnamed_controls(made) == []
    made.close()
    made.deleteLater()


def _wait_until_quiet(window: Window, heard: list[str], qtbot: QtBot) -> None:
    """On a busy machine the page before may read late; what it asks is not counted for the next."""
    before = -1
    while before < len(heard):
        before = len(heard)
        qtbot.wait(200)  # longer than what the status strip waits before it counts
        qtbot.waitUntil(lambda: not window.jobs.running, timeout=10_000)


@pytest.mark.parametrize("page", PAGES)
def test_no_page_asks_row_by_row(
    page: str,
    program: tuple[Window, Session],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    window, session = program
    asked = {}
    for count in (10, 1000):
        path = many_creators(tmp_path / f"{count}.creatorcrm", count)
        with statements(monkeypatch) as heard:
            assert session.open(path)
            window.show_page("results" if page != "results" else "today")
            qtbot.waitUntil(lambda: not window.jobs.running, timeout=10_000)
            _wait_until_quiet(window, heard, qtbot)
            heard.clear()
            window.show_page(page)
            QApplication.processEvents()
            qtbot.waitUntil(lambda: not window.jobs.running, timeout=10_000)
        asked[count] = [sql for sql in heard if sql.lstrip().upper().startswith(("SELECT", "WITH"))]
    assert len(asked[1000]) <= STATEMENTS_AT_MOST, asked[1000]
    assert len(asked[1000]) <= len(asked[10]) + 2, "more rows, more questions"
