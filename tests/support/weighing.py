"""How much memory each reading process took, as it says itself when it ends."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress

import pytest

# What the system charges to a process that has ended includes what its parent was at its start. A pipe,
# because it may write no files.
_AT_THE_END = """
import os

leave = os._exit


def tell(status):
    with open("/proc/self/status") as told, open({pipe!r}, "w") as pipe:
        pipe.write(next(line.split()[1] for line in told if line.startswith("VmHWM")) + "\\n")
    leave(status)


os._exit = tell
"""


class Peaks:
    """The largest memory of each process so far, in KB."""

    def __init__(self, pipe: int) -> None:
        self._pipe = pipe
        self._told = ""

    def __iter__(self) -> Iterator[int]:
        with suppress(BlockingIOError):
            while told := os.read(self._pipe, 1 << 16):
                self._told += told.decode()
        return iter([int(line) for line in self._told.splitlines()])


@pytest.fixture
def peaks(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Iterable[int]]:
    """What the reading processes of this test weighed; nothing where the system does not tell."""
    if sys.platform != "linux":
        yield []
        return
    folder = tmp_path_factory.mktemp("weights")
    os.mkfifo(folder / "pipe")
    pipe = os.open(folder / "pipe", os.O_RDWR | os.O_NONBLOCK)
    (folder / "sitecustomize.py").write_text(_AT_THE_END.format(pipe=str(folder / "pipe")))
    monkeypatch.setenv("PYTHONPATH", str(folder), prepend=os.pathsep)
    killed = subprocess.Popen.kill

    def kill(self: subprocess.Popen[bytes]) -> None:
        with suppress(subprocess.TimeoutExpired):
            self.wait(5)  # it has something to say first
        killed(self)

    monkeypatch.setattr(subprocess.Popen, "kill", kill)
    yield Peaks(pipe)
    os.close(pipe)
