"""What a workspace holds, read straight from its tables."""

from __future__ import annotations

from typing import Any

from creator_crm.services.workspace import Workspace


def rows(workspace: Workspace, record: str, columns: str) -> list[tuple[Any, ...]]:
    """Some columns of all rows of a record that are not in the trash, as they came."""
    with workspace.store.read_raw() as raw:
        sql = f'SELECT {columns} FROM "{record}" WHERE deleted_at IS NULL ORDER BY id'
        return list(raw.execute(sql).fetchall())


def one(workspace: Workspace, record: str, columns: str) -> tuple[Any, ...]:
    """The same of the only row there is."""
    found = rows(workspace, record, columns)
    assert len(found) == 1
    return found[0]
