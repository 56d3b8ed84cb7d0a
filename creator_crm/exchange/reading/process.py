"""Starts the reading process, listens to it, and ends it when it takes too long or is no longer wanted."""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from creator_crm.domain.errors import Cancelled
from creator_crm.exchange.errors import SheetRefused
from creator_crm.exchange.reading.child import FLAG
from creator_crm.exchange.reading.frames import receive

LONGEST_SECONDS: Final = 60.0
_LOOK_EVERY: Final = 0.05
_PIPE: Final = 1 << 18  # bytes: a block of rows fits, and the two take turns less often


class Died(Exception):
    """The reading process ended without an answer: out of memory, or killed by the file it read."""


def child_command() -> list[str]:
    """How to start the reading process: from source, or from a frozen program that knows FLAG."""
    if getattr(sys, "frozen", False):
        return [sys.executable, FLAG]
    # -P: the folder the user stands in, full of downloads, must not be a place to import from.
    return [sys.executable, "-P", "-s", "-m", "creator_crm.exchange.reading.child"]


def seconds_for(path: Path) -> float:
    """Ten seconds, and two more for each megabyte, but never more than a minute."""
    return min(LONGEST_SECONDS, 10.0 + 2.0 * path.stat().st_size / 1_000_000)


@contextmanager
def answers(
    order: dict[str, Any], *, seconds: float, cancel: Callable[[], bool] | None
) -> Iterator[Iterator[tuple[bytes, Any]]]:
    """The frames the reading process answers with; raises Cancelled, Died, or SheetRefused if it said so."""
    command = [*child_command(), json.dumps({**order, "seconds": seconds})]
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": _import_path(), "RUST_BACKTRACE": "0"},
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        pipesize=_PIPE if sys.platform == "linux" else -1,
    )
    watch = _Watch(process, time.monotonic() + seconds, cancel)
    sweeps = gc.isenabled()
    gc.disable()  # sweeping 100,000 new rows for garbage again and again costs more than taking them in
    try:
        yield _frames(process, watch, order["name"], seconds)
    finally:
        if sweeps:
            gc.enable()
        watch.stop()
        process.kill()
        if process.stdout:
            process.stdout.close()
        process.wait()


class _Watch:
    """Kills the process at its deadline or when asked to; not every system waits for pipes with a timeout."""

    def __init__(
        self, process: subprocess.Popen[bytes], deadline: float, cancel: Callable[[], bool] | None
    ) -> None:
        self.cancelled = self.late = False
        self._process, self._deadline, self._cancel = process, deadline, cancel
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._look, name="sheet-watch", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._done.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._done.wait(_LOOK_EVERY):
            self.cancelled = bool(self._cancel and self._cancel())
            self.late = time.monotonic() > self._deadline
            if self.cancelled or self.late:
                self._process.kill()
                return


def _frames(
    process: subprocess.Popen[bytes], watch: _Watch, name: str, seconds: float
) -> Iterator[tuple[bytes, Any]]:
    assert process.stdout is not None
    while frame := receive(process.stdout):
        kind, payload = frame
        if kind == b"!":
            raise SheetRefused(payload)
        if kind == b".":
            return
        yield kind, payload
    if watch.cancelled:
        raise Cancelled
    if watch.late:
        raise SheetRefused(
            f"“{name}” took longer than {seconds:.0f} seconds to read and was stopped. Nothing was imported; "
            "save the sheet you need as CSV and choose that file."
        )
    raise Died


def _import_path() -> str:
    import creator_crm

    root = str(Path(creator_crm.__file__).resolve().parent.parent)
    return os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH", ""))))
