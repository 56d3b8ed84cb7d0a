"""Connections to the workspace file: one that writes, and readers that cannot."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from sqlalchemy import Connection

# A writer keeps more pages, since what it has changed but not committed spills over otherwise.
ASKED, WRITING = "PRAGMA cache_size=-16384", "PRAGMA cache_size=-65536"

_WRITER = (
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",
    # trusted_schema stays on: with it off, SQLite refuses our triggers on the full-text tables.
    "PRAGMA busy_timeout=5000",
    "PRAGMA temp_store=MEMORY",
    WRITING,
    # After a long write the log is cut back, so that it does not keep the size of the largest import.
    "PRAGMA journal_size_limit=16777216",
)

_READER = (
    "PRAGMA query_only=ON",
    "PRAGMA wal_autocheckpoint=0",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA busy_timeout=5000",
    "PRAGMA temp_store=MEMORY",
    ASKED,
    # No memory map: nothing was faster with it, and a file cut short under one kills the process.
)


def connect(
    path: Path, *, reader: bool = False, create: bool = False, unchanging: bool = False
) -> sqlite3.Connection:
    """A driver connection with the store's settings; raises sqlite3.Error, also when there is no file."""
    connection = plain(path, "ro" if unchanging else "rwc" if create else "rw", unchanging=unchanging)
    try:
        for pragma in _READER if reader else _WRITER:
            connection.execute(pragma).fetchone()
        if not reader:
            _keep_a_log(connection)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def plain(path: Path, mode: str = "ro", *, unchanging: bool = False) -> sqlite3.Connection:
    """A driver connection without settings; mode as in SQLite's URIs: ro, rw (never makes a file), rwc.

    `unchanging`: nobody writes to the file, so that nothing has to be locked or kept beside it.
    """
    place = quote(os.fsencode(path.absolute().as_posix()), safe="/:")
    how = f"mode={mode}{'&immutable=1' if unchanging else ''}"
    return sqlite3.connect(
        f"file://{'' if place.startswith('/') else '/'}{place}?{how}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=256,
    )


def _keep_a_log(connection: sqlite3.Connection) -> None:
    """Write-ahead log; where the file system allows none (a network share), the safest rollback journal."""
    if connection.execute("PRAGMA journal_mode=WAL").fetchone()[0] != "wal":
        connection.execute("PRAGMA journal_mode=DELETE").fetchone()
        connection.execute("PRAGMA synchronous=EXTRA").fetchone()


class Readers:
    """Connections that cannot write, each kept for the next question; for any number of threads."""

    KEPT = 4

    def __init__(self, path: Path, before: Callable[[], None], *, unchanging: bool = False) -> None:
        """`before` may refuse a new connection."""
        self._path, self._before, self._unchanging = path, before, unchanging
        self._free: list[sqlite3.Connection] = []

    @contextmanager
    def one(self) -> Iterator[sqlite3.Connection]:
        """A connection for the length of one question."""
        try:
            connection = self._free.pop()
        except IndexError:
            self._before()
            connection = connect(self._path, reader=True, unchanging=self._unchanging)
        try:
            yield connection
        finally:
            if len(self._free) < self.KEPT:
                self._free.append(connection)
            else:
                connection.close()

    def close(self) -> None:
        while self._free:
            self._free.pop().close()


def driver(connection: Connection) -> sqlite3.Connection:
    """The sqlite3 connection under an SQLAlchemy one, for bulk work."""
    raw = connection.connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)
    return raw
