"""A whole past is written in one transaction, and each of its steps can still be undone by itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from creator_crm.domain.query import Query
from creator_crm.services.workspace import Workspace


def names(workspace: Workspace) -> list[object]:
    ids = workspace.ids(Query("creator", sort=("name",)))
    return [row.name for row in workspace.rows("creator", ids)]  # type: ignore[attr-defined]


def test_steps_written_together_are_steps_of_their_own(tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "Luma.creatorcrm") as workspace:
        with workspace.store.together():
            for name in ("Ana", "Bo"):
                with workspace.store.change(f"Add {name}") as unit:
                    unit.add("creator", {"name": name})
            assert names(workspace) == [], "readers see them when all are there"
        assert names(workspace) == ["Ana", "Bo"]
        assert [step.label for step in workspace.change_sets()] == ["Add Bo", "Add Ana"]
        workspace.undo()
        assert names(workspace) == ["Ana"]


def test_one_step_that_fails_takes_all_of_them_back(tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "Luma.creatorcrm") as workspace:
        with pytest.raises(KeyboardInterrupt), workspace.store.together():
            with workspace.store.change("Add Ana") as unit:
                unit.add("creator", {"name": "Ana"})
            with workspace.store.change("Add Bo") as unit:
                unit.add("creator", {"name": "Bo"})
                raise KeyboardInterrupt
        assert (names(workspace), workspace.change_sets()) == ([], [])
        workspace.add("creator", {"name": "Cleo"})
        assert names(workspace) == ["Cleo"]
