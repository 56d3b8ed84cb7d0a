"""Whether a path still names the file that was opened, and what such a file leaves behind."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from creator_crm.store.opening import log_of

Identity = tuple[int, int]


def identity(path: Path) -> Identity | None:
    """What stays the same while a file keeps its place, whatever is written to it; None without a file."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def remove_own_log(path: Path, own: Identity | None) -> None:
    """Take away the log that an open connection left at `path` when its file was moved from there.

    SQLite leaves it, and the next program would write it into whatever file is there now, and damage that.
    A log that somebody else has put there stays.
    """
    log = log_of(path)
    if own and identity(log) == own:
        for left in (log, log.with_name(f"{log.name.removesuffix('-wal')}-shm")):
            with suppress(OSError):
                left.unlink()
