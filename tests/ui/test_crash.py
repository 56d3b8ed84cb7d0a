"""A bug of ours is shown once, from any thread, and its report holds nobody's data."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from creator_crm.ui.shared import dialogs
from creator_crm.ui.shared.crash import CrashHook, log_folder, report
from creator_crm.ui.shared.crash_dialog import CrashDialog
from creator_crm.ui.shared.text import money


@pytest.fixture
def hook(dressed: QApplication, tmp_path: Path) -> Iterator[CrashHook]:
    hook = CrashHook(tmp_path / "logs")
    hook.install()
    yield hook
    hook.remove()


@pytest.fixture
def shown(hook: CrashHook, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    texts: list[str] = []
    monkeypatch.setattr(CrashDialog, "__init__", lambda self, text, parent=None: texts.append(text))
    monkeypatch.setattr(CrashDialog, "setAttribute", lambda *_: None)
    monkeypatch.setattr(CrashDialog, "open", lambda *_: None)
    return texts


def fail(secret: str) -> None:
    try:
        money(f"{secret}", "EUR")  # type: ignore[arg-type]
    except TypeError as error:
        raise ValueError(f"bad address {secret}") from error


def fail_and_catch(hook: CrashHook, secret: str) -> None:
    try:
        fail(secret)
    except ValueError as error:
        hook.caught(type(error), error, error.__traceback__)


def test_the_same_fault_is_shown_once_and_another_again(
    hook: CrashHook, shown: list[str], qtbot: QtBot
) -> None:
    for _ in range(14):
        fail_and_catch(hook, "ana@example.org")
    try:
        raise KeyError("other")
    except KeyError as error:
        hook.caught(KeyError, error)
    assert len(shown) == 2


def test_a_report_names_places_and_never_values(hook: CrashHook, shown: list[str]) -> None:
    fail_and_catch(hook, "ana@example.org")
    (text,) = shown
    assert "ana@example.org" not in text
    assert "builtins.ValueError" in text and "builtins.TypeError" in text
    assert "ui/shared/text.py:" in text and " money" in text
    assert str(Path.home()) not in text
    logged = (hook.folder / "creator-crm.log").read_text(encoding="utf-8")
    assert text in logged


def test_a_fault_on_another_thread_is_shown_on_the_main_one(
    hook: CrashHook, shown: list[str], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    where: list[bool] = []
    monkeypatch.setattr(
        CrashDialog, "open", lambda *_: where.append(threading.current_thread() is threading.main_thread())
    )
    thread = threading.Thread(target=lambda: fail("x"))
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(where))
    assert where == [True]


def test_hooks_are_put_back(dressed: QApplication, tmp_path: Path) -> None:
    before = (sys.excepthook, threading.excepthook)
    hook = CrashHook(tmp_path)
    hook.install()
    assert sys.excepthook == hook.caught
    hook.remove()
    assert (sys.excepthook, threading.excepthook) == before


def test_a_folder_that_cannot_be_written_does_not_hide_the_fault(
    hook: CrashHook, shown: list[str], tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way")
    hook.folder = tmp_path / "file" / "logs"
    hook.remove()
    hook.install()
    fail_and_catch(hook, "x")
    assert len(shown) == 1


def test_the_dialog_copies_and_saves_the_report(
    dressed: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = CrashDialog("Creator CRM 1\nbuiltins.KeyError")
    qtbot.addWidget(dialog)
    dialog.copy.click()
    assert QGuiApplication.clipboard().text() == "Creator CRM 1\nbuiltins.KeyError"
    monkeypatch.setattr(dialogs, "choose_new_file", lambda *_: tmp_path / "report.txt")
    dialog.save.click()
    assert (tmp_path / "report.txt").read_text(encoding="utf-8") == "Creator CRM 1\nbuiltins.KeyError"
    told: list[str] = []
    monkeypatch.setattr(dialogs, "choose_new_file", lambda *_: tmp_path)
    monkeypatch.setattr(dialogs, "tell", lambda _parent, title, _text: told.append(title))
    dialog.save.click()
    assert told == ["The report could not be saved there"]


def test_logs_lie_in_the_users_own_place(home: Path) -> None:
    assert log_folder().is_relative_to(home)


def test_a_chain_of_causes_is_told_in_order() -> None:
    with pytest.raises(ValueError) as caught:
        fail("x")
    text = report(ValueError, caught.value, caught.tb)
    assert text.index("ValueError") < text.index("TypeError")
