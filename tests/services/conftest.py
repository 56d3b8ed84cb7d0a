"""A real workspace for each test of the services."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from creator_crm.services.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """A new, empty workspace in a folder of its own, used by Mara."""
    with Workspace.create(tmp_path / "brand.creatorcrm", who="Mara") as made:
        yield made
