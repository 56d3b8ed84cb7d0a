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
def session(make_window: Callable[..., Window], tmp_path: Path, qtbot: QtBot) -> Session:
    """An open workspace with nobody in it yet."""
    made = Session(make_window())
    assert made.begin(partial(created, tmp_path / "Luma.creatorcrm"))
    qtbot.waitUntil(lambda: said(made)[1] != "")
    return made


def said(session: Session) -> tuple[str, str]:
    status = session.window.status
    return status.counts.text(), status.saved.text()


def workspace(session: Session) -> Workspace:
    assert session.workspace is not None
    return session.workspace


def test_an_opened_workspace_says_what_is_in_it_before_anything_changes(session: Session) -> None:
    assert said(session) == ("0 creators", "Everything is saved")


def test_a_change_says_when_it_was_saved_and_counts_again(session: Session) -> None:
    workspace(session).add("creator", {"name": "Ana"})
    counts, saved = said(session)
    assert counts == "1 creator"
    assert saved.startswith("Saved ") and saved != "Saved "
    workspace(session).add("campaign", {"name": "Spring"})
    assert said(session)[0] == "1 creator · 1 campaign"
    workspace(session).undo()
    workspace(session).undo()
    assert said(session)[0] == "0 creators"
