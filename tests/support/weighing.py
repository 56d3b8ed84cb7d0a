"""How much memory each reading process took, as the operating system counted it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture
def peaks(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The largest memory of each reading process, in KB.

    A new process is charged with the most that this one ever took, so that is forgotten first.
    """
    found: list[int] = []

    def kill(self: subprocess.Popen[bytes]) -> None:
        if self.returncode is None:
            os.kill(self.pid, signal.SIGKILL)
            _, status, usage = os.wait4(self.pid, 0)
            self.returncode = os.waitstatus_to_exitcode(status)
            found.append(usage.ru_maxrss)

    if sys.platform == "linux":
        Path("/proc/self/clear_refs").write_text("5")
        monkeypatch.setattr(subprocess.Popen, "kill", kill)
    return found
