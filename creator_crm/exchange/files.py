"""Writing a file so that there is always either the old one or the new one, whole."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from creator_crm.exchange.errors import ExchangeError


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A temporary path beside `path`; put in its place, flushed to the disk, when the block ends well.

    Raises ExchangeError, with the old file untouched, when the folder is missing, read-only or full, or
    when another program has the file open.
    """
    if path.is_dir():
        raise ExchangeError(f"{path.name} is a folder, so it was left as it is. Choose another name.")
    lock = path.with_name(f".~lock.{path.name}#")
    if lock.exists() or path.with_name(f"~${path.name}").exists():
        raise ExchangeError(
            f"{path.name} is open in another program, so it was left as it is. "
            f"Close it there, or choose another name, such as “{free_name(path).name}”."
        )
    try:
        handle, name = tempfile.mkstemp(prefix=".~crm-", suffix=path.suffix, dir=path.parent)
        os.close(handle)
    except OSError as error:
        raise _sentence(path, error) from error
    temporary = Path(name)
    try:
        yield temporary
        with temporary.open("rb+") as written:
            os.fsync(written.fileno())
        if path.exists():
            temporary.chmod(path.stat().st_mode & 0o777)
        else:
            temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
        _flush_folder(path.parent)
    except OSError as error:
        raise _sentence(path, error) from error
    finally:
        temporary.unlink(missing_ok=True)


def free_name(path: Path) -> Path:
    """`path`, or where something is there already the same with a number behind: “team 2.xlsx”."""
    if not path.exists():
        return path
    others = (path.with_name(f"{path.stem} {number}{path.suffix}") for number in count(2))
    return next(other for other in others if not other.exists())


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _flush_folder(folder: Path) -> None:
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _sentence(path: Path, error: OSError) -> ExchangeError:
    reasons = {
        "FileNotFoundError": f"The folder {path.parent} does not exist",
        "PermissionError": f"{path.name} or its folder may not be written to, or another program has it open",
    }
    reason = reasons.get(
        type(error).__name__, f"{path.name} could not be written ({error.strerror or 'disk error'})"
    )
    return ExchangeError(f"{reason}; nothing was changed. Choose another place and try again.")
