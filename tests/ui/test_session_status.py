"""The status strip tells how many creators there are and that what was done is kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from creator_crm.services.workspace import Workspace
from creator_crm.ui.session import Session, created
from creator_crm.ui.window import Window


@pytest.fixture
def session(make_window: Callable[..., Window], tmp_path: Path) -> Session:
    """An open workspace with nobody in it yet."""
    made = Session(make_window())
    assert made.begin(partial(created, tmp_path / "Luma.creatorcrm"))
    return made


def said(session: Session) -> tuple[str, str]:
    status = session.window.status
    return status.counts.text(), status.saved.text()


def workspace(session: Session) -> Workspace:
    assert session.workspace is not None
    return session.workspace


def test_an_opened_workspace_says_what_is_in_it_before_anything_changes(
    session: Session, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: said(session) == ("0 creators", "Everything is saved"))


def test_a_change_says_when_it_was_saved_and_counts_again(session: Session, qtbot: QtBot) -> None:
    workspace(session).add("creator", {"name": "Ana"})
    saved = said(session)[1]
    assert saved.startswith("Saved ") and saved != "Saved "
    qtbot.waitUntil(lambda: said(session) == ("1 creator", saved))
    workspace(session).add("campaign", {"name": "Spring"})
    qtbot.waitUntil(lambda: said(session)[0] == "1 creator · 1 campaign")


def test_a_workspace_that_was_closed_meanwhile_is_not_counted(session: Session) -> None:
    workspace(session).add("creator", {"name": "Ana"})
    session.close()
    session.status._count()  # as the timer does
    assert said(session)[0] == ""
