"""Files that are there whole or not at all: written beside their place, flushed, then put in it."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

_PART = ".~"


def unused_part(to: Path) -> Path:
    """A name for the half-written file, in the same folder; marked, so that what a kill left can be told."""
    return to.with_name(f"{_PART}{to.stem} {os.urandom(4).hex()}{to.suffix}")


def flushed_into_place(part: Path, to: Path) -> None:
    """Flush `part` to the disk and give it the name `to`, replacing what was there."""
    flush(part)
    part.replace(to)
    flush_folder(to.parent)


def flushed_into_free_place(part: Path, to: Path) -> None:
    """The same, but raises FileExistsError when something is at `to`."""
    flush(part)
    try:
        os.link(part, to)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        if to.exists():
            raise FileExistsError(to) from None
        part.rename(to)
    else:
        part.unlink()
    flush_folder(to.parent)


def flush(path: Path) -> None:
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    """Make new names in a folder durable, where the system lets folders be flushed."""
    if hasattr(os, "O_DIRECTORY"):
        with suppress(OSError):
            number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
            try:
                os.fsync(number)
            finally:
                os.close(number)
