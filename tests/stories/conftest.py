"""A virtual screen for each story that wants one, and programs started on it that never outlive it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from command_line import cli, path
from screen import Program, Screen, missing

__all__ = ["cli", "path"]

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    lacking = missing()
    for item in items:
        if HERE in item.path.parents and "screen" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.window)
            if lacking:
                item.add_marker(pytest.mark.skip(reason=f"not installed here: {', '.join(lacking)}"))


@pytest.fixture
def screen(tmp_path: Path, home: Path, request: pytest.FixtureRequest) -> Iterator[Screen]:
    """An empty screen; its pictures go to the folder that CREATOR_CRM_SHOTS names, if it names one."""
    shots = os.environ.get("CREATOR_CRM_SHOTS")
    folder = Path(shots) / request.node.name if shots else None
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
    pixels = tmp_path / "pixels"
    pixels.mkdir()
    made = Screen(pixels, folder)
    yield made
    made.close()


@pytest.fixture
def start(screen: Screen) -> Iterator[Callable[..., Program]]:
    """Starts the program with arguments, as a shell would."""
    started: list[Program] = []

    def begin(*arguments: object) -> Program:
        started.append(Program(screen, *arguments))
        return started[-1]

    yield begin
    for program in started:
        program.stop()
