"""A workspace that cannot be written answers every question and refuses every change in one sentence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from creator_crm.store import store
from creator_crm.store.errors import ReadOnly


def forbidden(path: Path) -> None:
    raise ReadOnly("Not writable.")


@pytest.fixture
def read_only(cli: Any, path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    cli("add", "creator", "name=Ana", "niche=tea")
    monkeypatch.setattr(store, "refuse_read_only", forbidden)
    return cli


@pytest.mark.parametrize(
    "words",
    [("list", "creator"), ("show", "creator", "Ana"), ("history",), ("due",), ("metrics",), ("check",)],
    ids=lambda words: words[0],
)
def test_questions_are_answered(read_only: Any, words: tuple[str, ...]) -> None:
    assert read_only(*words, "--json").status == 0


@pytest.mark.parametrize(
    "words",
    [
        ("add", "creator", "name=Bo"),
        ("set", "creator", "Ana", "niche=silk"),
        ("delete", "creator", "Ana"),
        ("undo",),
        ("backup",),
    ],
    ids=lambda words: words[0],
)
def test_changes_are_refused_in_one_sentence(read_only: Any, path: Path, words: tuple[str, ...]) -> None:
    before = path.read_bytes()
    answer = read_only(*words)
    assert (answer.status, answer.out) == (1, "")
    assert "is open for reading only, so nothing was changed" in answer.err
    assert answer.err.count("\n") == 1
    assert path.read_bytes() == before


def test_lists_and_copies_go_out(read_only: Any, tmp_path: Path) -> None:
    assert read_only("export", "creator", tmp_path / "out.csv").status == 0
    assert "Ana" in (tmp_path / "out.csv").read_text(encoding="utf-8-sig")
    assert read_only("backup", tmp_path / "copy.creatorcrm").status == 0
    assert (tmp_path / "copy.creatorcrm").exists()


def test_its_workbook_is_written(read_only: Any, tmp_path: Path) -> None:
    assert read_only("export", "workbook", tmp_path / "team.xlsx").status == 0
