"""The check that every test cleans up after itself is itself checked, on tests that do not."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MESSY = """
import logging, threading
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

release = threading.Event()
kept = []

def test_a_log_line_nobody_asked_for():
    logging.getLogger("creator_crm").warning("disk nearly full")

def test_a_log_line_that_never_came(expect_log):
    expect_log("disk nearly full")

def test_a_thread_left_running():
    threading.Thread(target=release.wait, args=(20,), name="forgotten", daemon=True).start()

def test_a_window_left_open(qtbot):
    release.set()
    kept.append(QWidget(objectName="forgotten"))

def test_a_timer_left_running(qtbot):
    kept.append(QTimer(objectName="forgotten"))
    kept[-1].start(1000)

def test_clean(qtbot, expect_log):
    expect_log("nearly full")
    logging.getLogger("creator_crm").warning("disk nearly full")
    window = QWidget()
    qtbot.addWidget(window)
    QTimer(window).start(1000)
    thread = threading.Thread(target=int)
    thread.start()
"""
COMPLAINTS = (
    "unexpected log line: WARNING creator_crm: disk nearly full",
    "expected log line never came: disk nearly full",
    "running thread: forgotten",
    "window: QWidget 'forgotten'",
    "running timer: 'forgotten' every 1000 ms",
)


def test_whatever_a_test_leaves_behind_fails_it(tmp_path: Path) -> None:
    shutil.copy(ROOT / "tests" / "conftest.py", tmp_path / "conftest.py")
    (tmp_path / "test_messy.py").write_text(MESSY)
    (tmp_path / "pytest.ini").write_text("[pytest]\nqt_api = pyside6\n")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:randomly", "-p", "no:cacheprovider", str(tmp_path)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert [complaint for complaint in COMPLAINTS if complaint not in done.stdout] == []
    assert "6 passed, 5 errors" in done.stdout, done.stdout
