"""A workspace file to write to, and a way to see all that it holds."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from creator_crm.store.store import Store

Dump = dict[str, list[tuple[Any, ...]]]
OF_THE_STORE = {"history", "change_set", "change_now", "copy", "copy_seen", "alembic_version"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "brand.creatorcrm"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    """A new workspace, opened by Maya."""
    opened = Store.create(path, who="Maya")
    yield opened
    opened.close()


@pytest.fixture
def dump() -> Callable[[Path], Dump]:
    """Every row of every table of records; neither what the store notes of its steps nor the search index."""

    def dump(path: Path) -> Dump:
        connection = sqlite3.connect(path)
        try:
            names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            return {
                name: connection.execute(f'SELECT * FROM "{name}" ORDER BY 1').fetchall()
                for (name,) in names
                if name not in OF_THE_STORE and "_words" not in name and "_parts" not in name
            }
        finally:
            connection.close()

    return dump
