"""Long sweeps for garbage wait until another program is in front."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from creator_crm.ui.shared.long_sweeps import AT_THE_LATEST, DUE, LongSweeps


@pytest.fixture
def sweeps(dressed: QApplication) -> Iterator[LongSweeps]:
    before = gc.get_threshold()
    made = LongSweeps(dressed)
    yield made
    made.setParent(None)
    gc.set_threshold(*before)


def swept(monkeypatch: pytest.MonkeyPatch, due: int) -> list[bool]:
    """What is swept from here on, after so many sweeps of what is young."""
    seen: list[bool] = []
    monkeypatch.setattr(gc, "get_count", lambda: (0, 0, due))
    monkeypatch.setattr(gc, "collect", lambda: seen.append(True))
    return seen


def test_python_sweeps_everything_by_itself_only_at_the_latest(sweeps: LongSweeps) -> None:
    assert gc.get_threshold()[2] == AT_THE_LATEST


@pytest.mark.parametrize(("due", "sweeps_then"), [(DUE - 1, []), (DUE, [True])])
def test_only_what_is_due_is_swept(
    sweeps: LongSweeps, monkeypatch: pytest.MonkeyPatch, due: int, sweeps_then: list[bool]
) -> None:
    seen = swept(monkeypatch, due)
    sweeps.sweep()
    assert seen == sweeps_then


def test_it_waits_while_the_window_is_used_and_for_a_while_after(
    sweeps: LongSweeps, dressed: QApplication
) -> None:
    dressed.applicationStateChanged.emit(Qt.ApplicationState.ApplicationInactive)
    assert sweeps.patience.isActive()
    dressed.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
    assert not sweeps.patience.isActive()
