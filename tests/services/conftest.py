"""A real workspace for each test of the services."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from edited import book, brand
from two_copies import b

from creator_crm.services import imports
from creator_crm.services.imports import Options, Rehearsal
from creator_crm.services.workspace import Workspace

__all__ = ["b", "book", "brand"]


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """A new, empty workspace in a folder of its own, used by Mara."""
    with Workspace.create(tmp_path / "brand.creatorcrm", who="Mara") as made:
        yield made


@pytest.fixture
def rehearse(workspace: Workspace, tmp_path: Path) -> Callable[..., Rehearsal]:
    """Rehearses the import of a CSV given as text."""

    def rehearsed(
        text: str, name: str = "tiktok list.csv", options: Options | None = None, **said: Any
    ) -> Rehearsal:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        found = imports.recognise(path, workspace.catalogue)
        proposal = imports.propose(workspace.store, found, **said)
        return imports.rehearse(workspace.store, found, proposal, options)

    return rehearsed
