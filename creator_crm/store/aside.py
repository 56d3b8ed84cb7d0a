"""Moving a workspace file and its logs out of the way, into its folder of backups; nothing is deleted."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path

from creator_crm.store.backup import SET_ASIDE, folder_of

_BESIDE = ("-wal", "-shm", "-journal")


def set_aside(path: Path) -> Path | None:
    """Move the file with its logs: a log left beside another file would be written into that one."""
    if not path.exists() and not logs_left(path):
        return None
    folder = folder_of(path)
    folder.mkdir(exist_ok=True)
    stamp = datetime.now().astimezone().strftime("%Y-%m-%d %H.%M.%S")
    aside = folder / f"{path.stem} {stamp} {SET_ASIDE}{path.suffix}"
    for here, there in [(path, aside), *((_beside(path, e), _beside(aside, e)) for e in _BESIDE)]:
        with suppress(FileNotFoundError):
            here.rename(there)
    return aside


def put_back(path: Path, aside: Path | None) -> None:
    """Undo that, in the place of whatever lies there now."""
    for end in ("", *_BESIDE):
        _beside(path, end).unlink(missing_ok=True)
        if aside:
            with suppress(FileNotFoundError):
                _beside(aside, end).rename(_beside(path, end))


def logs_left(path: Path) -> bool:
    """Whether logs lie beside a path: whatever file comes there, SQLite would write them into it."""
    return any(_beside(path, end).exists() for end in _BESIDE)


def _beside(path: Path, end: str) -> Path:
    return path.with_name(path.name + end)
