"""What every test gets: a home of its own, one locale, no screen, and a check that it left nothing behind."""

from __future__ import annotations

import gc
import logging
import os
import re
import shutil
import sys
import threading
import time
import weakref
from collections.abc import Callable, Collection, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from typing_extensions import override

ROOT = Path(__file__).resolve().parent.parent
SHARED_DATA = ROOT.parent / "shared" / "data"

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# The same language, number format and time zone on every machine, for child processes too.
os.environ.update({"LC_ALL": "C.UTF-8", "LANG": "C.UTF-8", "LANGUAGE": "", "TZ": "UTC"})
if hasattr(time, "tzset"):
    time.tzset()
# The font cache takes seconds to build, so it outlives the throw-away homes below.
os.environ["MPLCONFIGDIR"] = str(ROOT / ".pytest_cache" / "matplotlib")

# The machine's speed is no property of the code: hence no deadline, here or on a slow computer.
settings.register_profile(
    "ci",
    deadline=None,
    derandomize=False,
    max_examples=50,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
settings.register_profile("thorough", settings.get_profile("ci"), max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

# Libraries that speak of themselves and not of us.
CHATTY_LOGGERS = ("matplotlib.font_manager", "hypothesis")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that weigh a child process come first: a child is charged with its parent's size at the fork.

    Then those that take long, so that at the end nobody waits for the last of them.
    """
    for mark in ("window", "long", "weighs"):
        items.sort(key=lambda item: item.get_closest_marker(mark) is None)


@pytest.fixture(scope="session")
def repository() -> Path:
    """The root of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real files collected beside the checkout; a test that needs it is skipped without it."""
    if not SHARED_DATA.is_dir():
        pytest.skip("the collection of real files is not beside this checkout (../shared/data)")
    return SHARED_DATA


@pytest.fixture(scope="session", autouse=True)
def _one_empty_workspace() -> Iterator[None]:
    """What an empty workspace holds follows from the catalogue: it is made once, and written for each."""
    from creator_crm.store import new_file

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(new_file, "_empty", lru_cache(maxsize=4)(new_file._empty))
        yield


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A new, empty home for each test, so that none reads or writes the settings of whoever runs it."""
    folder = tmp_path_factory.mktemp("home")
    for name, place in {
        "HOME": "",
        "USERPROFILE": "",
        "APPDATA": "AppData/Roaming",
        "LOCALAPPDATA": "AppData/Local",
        "XDG_CONFIG_HOME": ".config",
        "XDG_CACHE_HOME": ".cache",
        "XDG_DATA_HOME": ".local/share",
        "XDG_STATE_HOME": ".local/state",
    }.items():
        monkeypatch.setenv(name, str(folder / place))
    monkeypatch.delenv("CREATOR_CRM_WORKSPACE", raising=False)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(autouse=True)
def one_locale(request: pytest.FixtureRequest) -> None:
    """American English for Qt, however the test before left it; the C locale groups no digits."""
    if "PySide6.QtCore" in sys.modules or "qapp" in request.fixturenames:
        from PySide6.QtCore import QLocale

        QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))


class _Heard(logging.Handler):
    """Keeps every record of WARNING and above that reaches the root logger."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []
        self.expected: list[re.Pattern[str]] = []

    @override
    def emit(self, record: logging.LogRecord) -> None:
        if not record.name.startswith(CHATTY_LOGGERS):
            self.records.append(record)

    def complaints(self) -> list[str]:
        said = [f"{record.levelname} {record.name}: {record.getMessage()}" for record in self.records]
        unexpected = [text for text in said if not any(p.search(text) for p in self.expected)]
        unheard = [p.pattern for p in self.expected if not any(p.search(text) for text in said)]
        return [f"unexpected log line: {text}" for text in unexpected] + [
            f"expected log line never came: {pattern}" for pattern in unheard
        ]


@pytest.fixture(autouse=True)
def expect_log(
    request: pytest.FixtureRequest, home: Path, one_locale: None, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[str], None]]:
    """Silence is checked: after each test no thread, timer, window or log line may be left unasked.

    A test that provokes a warning calls `expect_log("part of the line")`; the line must then really come.
    """
    heard = _Heard()
    logging.getLogger().addHandler(heard)
    threads = set(threading.enumerate())
    windows = _windows()
    timers = _watch_timers(monkeypatch) if "qapp" in request.fixturenames else ()
    yield lambda pattern: heard.expected.append(re.compile(pattern))
    logging.getLogger().removeHandler(heard)
    left = heard.complaints() + _left_threads(threads) + _left_windows(windows) + _left_timers(timers)
    if left:
        pytest.fail("The test left something behind:\n  " + "\n  ".join(left), pytrace=False)


def _left_threads(before: set[threading.Thread]) -> list[str]:
    if "PySide6.QtCore" in sys.modules:
        from PySide6.QtCore import QThreadPool

        QThreadPool.globalInstance().waitForDone(5000)
    left = []
    for thread in set(threading.enumerate()) - before:
        # Python invents a "dummy" for a foreign thread (of Qt's pool, say) that called into it, for good.
        if isinstance(thread, threading._DummyThread):
            continue
        thread.join(1)
        if thread.is_alive():
            left.append(f"running thread: {thread.name}")
    return left


def _windows() -> set[Any]:
    if "PySide6.QtWidgets" not in sys.modules:
        return set()
    from PySide6.QtWidgets import QApplication

    return set(QApplication.topLevelWidgets()) if QApplication.instance() else set()


def _left_windows(before: set[Any]) -> list[str]:
    if "PySide6.QtWidgets" not in sys.modules:
        return []
    from PySide6.QtCore import QCoreApplication, QEvent

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    if not _windows() - before:
        return []
    gc.collect()  # slow, therefore only when a window seems left: it may hang on a reference cycle alone
    left = []
    for window in _windows() - before:
        left.append(f"window: {type(window).__name__} '{window.objectName() or window.windowTitle()}'")
        window.close()
        window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return left


def _watch_timers(monkeypatch: pytest.MonkeyPatch) -> weakref.WeakSet[Any]:
    """Every QTimer started from Python during the test, as long as it lives."""
    from PySide6.QtCore import QTimer

    started: weakref.WeakSet[Any] = weakref.WeakSet()
    start = QTimer.start

    def remember(timer: QTimer, *arguments: Any) -> None:
        started.add(timer)
        start(timer, *arguments)

    monkeypatch.setattr(QTimer, "start", remember)
    return started


def _left_timers(started: Collection[Any]) -> list[str]:
    if not started:
        return []
    from shiboken6 import isValid

    running = [timer for timer in started if isValid(timer) and timer.isActive()]
    for timer in running:
        timer.stop()
    return [f"running timer: '{timer.objectName()}' every {timer.interval()} ms" for timer in running]
