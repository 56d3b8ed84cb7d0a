"""No page asks row by row: with ten times the rows of every record, every tab asks as many questions."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from whole_rows import WholeRows

from creator_crm.domain.records import CATALOGUE
from creator_crm.services.workspace import Workspace
from creator_crm.store import engine
from creator_crm.ui.session import Session
from creator_crm.ui.shared.views_page import ViewsPage
from creator_crm.ui.window import Window

PAGES = ("today", "creators", "outreach", "seeding", "briefs", "results")
FIRST, FEW, MANY = 1, 4, 40
OWN = ("setting", "attachment", "custom_field", "saved_view")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    """Workspaces with a few and with many rows of every record, each referring to others."""
    folder = tmp_path_factory.mktemp("filled")
    made = {}
    for count in (FIRST, FEW, MANY):
        made[count] = folder / f"{count}.creatorcrm"
        with Workspace.create(made[count]) as workspace, workspace.store.change("Fill", bulk=True) as unit:
            rows = WholeRows(CATALOGUE, unit.add)
            for n in range(1, count + 1):
                for record in CATALOGUE:
                    if record not in OWN:
                        rows.add(record, n)
    return made


@contextmanager
def questions(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Every question on connections that are opened from now on."""
    heard: list[str] = []
    plain = engine.plain

    def note(sql: str) -> None:
        if sql.lstrip().upper().startswith(("SELECT", "WITH")):
            heard.append(sql)

    def listened(path: Path, *args: Any, **how: Any) -> sqlite3.Connection:
        connection = plain(path, *args, **how)
        connection.set_trace_callback(note)
        return connection

    with monkeypatch.context() as patch:
        patch.setattr(engine, "plain", listened)
        yield heard


@pytest.mark.parametrize("page", PAGES)
def test_every_tab_asks_as_many_questions_of_ten_times_the_rows(
    page: str,
    program: tuple[Window, Session],
    filled: dict[int, Path],
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    window, session = program

    def settle() -> None:
        for _ in range(3):
            QApplication.processEvents()
            qtbot.waitUntil(lambda: not window.jobs.running, timeout=10_000)

    asked: dict[int, dict[str, int]] = {}
    for count in (FIRST, FEW, MANY):  # the first time more is read: the page that the program begins with
        with questions(monkeypatch) as heard:
            assert session.open(filled[count])
            window.show_page(page)
            settle()
            asked[count] = {"opening it": len(heard)}
            shown = window.page(page)
            for tab in list(shown._tabs) if isinstance(shown, ViewsPage) else ():
                before = len(heard)
                shown.show_tab(tab)
                settle()
                asked[count][tab] = len(heard) - before
    # One by one a late answer may be counted for the tab after its own; together they tell.
    few, many = (sum(asked[count].values()) for count in (FEW, MANY))
    assert many <= few + 6, f"{page}: more rows, more questions: {asked}"
    assert many <= 15 + 10 * len(asked[MANY]) + 40 * (page in ("today", "results")), asked


def test_today_is_asked_once_when_the_program_begins_with_it(
    program: tuple[Window, Session], filled: dict[int, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    with questions(monkeypatch) as heard:
        assert program[1].open(filled[FEW])
        QApplication.processEvents()
    assert sum("t.no_post_expected = 0" in sql for sql in heard) == 1
