"""The command line run in this process, on a workspace of its own: fixtures for the tests that speak it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from creator_crm.cli.main import run


@dataclass(frozen=True)
class Answer:
    """What a call of the command line left behind."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as the one JSON object it has to be."""
        return json.loads(self.out)


Cli = Callable[..., Answer]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "brand.creatorcrm"


@pytest.fixture
def cli(path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Call it with the words of the command line; the workspace is in the environment."""
    monkeypatch.setenv("CREATOR_CRM_WORKSPACE", str(path))

    def call(*words: object) -> Answer:
        try:
            status = run([str(word) for word in words], lambda _: ["Today"])
        except SystemExit as end:
            assert isinstance(end.code, int)
            status = end.code
        return Answer(status, *capsys.readouterr())

    return call
