"""A screen of its own, the real program on it, and nothing but keyboard and mouse to drive it with."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
PATIENCE = 60.0  # seconds until a condition counts as never met; a busy machine needs some
LOOK_EVERY = 0.03
STILL_FOR = 6  # looks in a row that must agree
SIZE = "1400x900"

NEEDED = ("Xvfb", "xdotool", "import")


def missing() -> list[str]:
    """The tools that are not installed here."""
    return [name for name in NEEDED if shutil.which(name) is None]


def wait_for(what: str, condition: Callable[[], T | None]) -> T:
    """What `condition` returns once it returns something true; fails with `what` when that never comes."""
    deadline = time.monotonic() + PATIENCE
    while True:
        found = condition()
        if found:
            return found
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {PATIENCE:.0f} s for {what}")
        time.sleep(LOOK_EVERY)


class Screen:
    """A virtual X screen whose pixels lie in a file, so that looking at them costs nothing."""

    def __init__(self, folder: Path, shots: Path | None) -> None:
        self._pixels = folder / "Xvfb_screen0"
        self._shots, self._taken = shots, 0
        read, write = os.pipe()
        command = [
            "Xvfb",
            "-displayfd",
            str(write),
            "-screen",
            "0",
            f"{SIZE}x24",
            "-nolisten",
            "tcp",
            "-noreset",
        ]
        command += ["-fbdir", str(folder)]
        self._server = subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as told:
            self.display = f":{told.readline().strip()}"
        self.environment = {**os.environ, "DISPLAY": self.display}

    def close(self) -> None:
        self._server.terminate()
        self._server.wait(10)

    def do(self, *arguments: object) -> str:
        """One xdotool command; an empty answer when it found nothing."""
        done = subprocess.run(
            ["xdotool", *map(str, arguments)],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=20,
        )
        return done.stdout.strip()

    def looks(self) -> str:
        """A fingerprint of what is on the screen."""
        return hashlib.blake2b(self._pixels.read_bytes()).hexdigest()

    def wait_until_still(self, other_than: str = "") -> str:
        """Wait until the picture changed (when told from what) and then stands still."""
        seen: list[str] = []

        def still() -> str | None:
            seen.append(self.looks())
            last = seen[-STILL_FOR:]
            calm = len(last) == STILL_FOR and len(set(last)) == 1
            return last[0] if calm and last[0] != other_than else None

        try:
            return wait_for("the screen to change and stand still", still)
        except AssertionError:
            self.shot("stuck")
            raise

    def shot(self, name: str) -> None:
        """Keep a picture for people to look at, when CREATOR_CRM_SHOTS names a folder."""
        if self._shots is None:
            return
        self._taken += 1
        target = self._shots / f"{self._taken:02}-{name}.png"
        subprocess.run(
            ["import", "-window", "root", str(target)], env=self.environment, check=True, timeout=30
        )


class Program:
    """The window as somebody starts it from a shell."""

    def __init__(self, screen: Screen, *arguments: object) -> None:
        self.screen = screen
        environment = {**screen.environment, "QT_QPA_PLATFORM": "xcb", "LIBGL_ALWAYS_SOFTWARE": "1"}
        command = [sys.executable, "-m", "creator_crm", *map(str, arguments)]
        self.process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)

    def window(self, title: str) -> str:
        """Wait for a visible window of this title (a regular expression) and give it the keyboard."""

        def found() -> str | None:
            assert self.process.poll() is None, f"the program is gone: {self._said()}"
            windows = self.screen.do("search", "--onlyvisible", "--name", title).split()
            return windows[-1] if windows else None

        window = wait_for(f"a window called {title}", found)
        # There is no window manager here that would do it.
        self.screen.do("windowfocus", "--sync", window)
        return window

    def answer(self, key: str, title: str) -> None:
        """Press the key that ends a dialog, and wait until no window of its title is left."""
        self.screen.do("key", key)
        wait_for(
            f"the window {title} to go",
            lambda: not self.screen.do("search", "--onlyvisible", "--name", title),
        )

    def key(self, *keys: str) -> None:
        """Press keys, each as xdotool names it, and wait after each for the answer on the screen."""
        for key in keys:
            self._act("key", key)

    def type(self, text: str) -> None:
        self._act("type", "--delay", "8", text)

    def click(self, window: str, x: int, y: int, button: int = 1, times: int = 1) -> None:
        self._act("mousemove", "--window", window, x, y, "click", "--repeat", times, button)

    def _act(self, *what: object) -> None:
        before = self.screen.looks()
        self.screen.do(*what)
        self.screen.wait_until_still(other_than=before)

    def size(self, window: str) -> tuple[int, int]:
        said = self.screen.do("getwindowgeometry", window)
        width, height = re.findall(r"Geometry: (\d+)x(\d+)", said)[0]
        return int(width), int(height)

    def quit(self) -> None:
        """Leave as people do, and see that it went well and in silence."""
        self.screen.do("key", "ctrl+q")
        said = self.process.communicate(timeout=PATIENCE)[1]
        assert self.process.returncode == 0, said
        assert "Traceback" not in said, said

    def kill(self) -> None:
        """What a power cut does to a program."""
        self.process.send_signal(signal.SIGKILL)
        self.process.communicate(timeout=10)

    def stop(self) -> None:
        """Whatever happened: nothing is left running."""
        if self.process.poll() is None:
            self.kill()

    def _said(self) -> str:
        return self.process.communicate()[1]
