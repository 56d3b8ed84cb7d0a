"""Notices say what happened, offer Undo once, and get out of the way."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from creator_crm.ui.shared.accessibility import unnamed_controls
from creator_crm.ui.shared.notices import Notices


@pytest.fixture
def host(dressed: QApplication, qtbot: QtBot) -> Iterator[QWidget]:
    host = QWidget()
    host.resize(900, 600)
    qtbot.addWidget(host)
    host.show()
    yield host


@pytest.fixture
def notices(host: QWidget) -> Iterator[Notices]:
    notices = Notices(host)
    yield notices
    notices.clear()


def test_undo_runs_once_and_the_notice_goes(notices: Notices) -> None:
    undone: list[str] = []
    notice = notices.show("Archived 3 creators.", "ok", "Undo", lambda: undone.append("archive"))
    notice.button.click()
    notice.button.click()
    assert undone == ["archive"]
    assert notices.visible == []


def test_tags_in_a_notice_are_letters(notices: Notices) -> None:
    notice = notices.show("<img src='file:///etc/passwd'> <b>Ana</b>")
    assert notice.label.textFormat() == Qt.TextFormat.PlainText


def test_at_most_three_are_shown_above_each_other_inside_the_window(notices: Notices, host: QWidget) -> None:
    shown = [notices.show(f"Notice {n}") for n in range(5)]
    assert notices.visible == shown[2:]
    tops = [notice.y() for notice in notices.visible]
    assert tops == sorted(tops)
    host.resize(400, 300)
    for notice in notices.visible:
        assert host.rect().contains(notice.geometry())


def test_a_notice_leaves_by_itself_but_an_error_stays(notices: Notices, qtbot: QtBot) -> None:
    passing = notices.show("Saved.", stays_ms=1)
    error = notices.show("The file could not be read.", "error")
    qtbot.waitUntil(lambda: passing.gone)
    assert notices.visible == [error]
    error.close_button.click()
    assert notices.visible == []


def test_the_clock_stands_still_under_the_mouse(notices: Notices, qtbot: QtBot) -> None:
    from PySide6.QtCore import QEvent, QPointF
    from PySide6.QtGui import QEnterEvent

    notice = notices.show("Archived.", stays_ms=30)
    notice.enterEvent(QEnterEvent(QPointF(), QPointF(), QPointF()))
    assert not notice._timer.isActive()
    notice.leaveEvent(QEvent(QEvent.Type.Leave))
    qtbot.waitUntil(lambda: notice.gone)


def test_a_notice_can_be_used_blind(notices: Notices, host: QWidget) -> None:
    notices.show("Archived.", "ok", "Undo")
    assert unnamed_controls(host) == []


def test_the_notice_of_the_newest_step_takes_the_place_of_the_one_before(notices: Notices) -> None:
    undone: list[str] = []
    refused = notices.show("The file could not be read.", "error")
    for name in ("one", "two", "three"):
        notices.show(f"Change {name}.", "ok", "Undo", lambda name=name: undone.append(name), about="step")
    assert [notice.label.text() for notice in notices.visible] == [
        "The file could not be read.",
        "Change three.",
    ]
    assert not refused.gone
    notices.visible[-1].button.click()
    assert undone == ["three"]


def test_the_same_sentence_is_not_said_twice_at_once(notices: Notices) -> None:
    for _ in range(3):
        notices.show("Goal cannot be empty.", "error")
    assert len(notices.visible) == 1
