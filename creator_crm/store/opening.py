"""What is looked at before a file is opened as a workspace; nothing here writes a byte."""

from __future__ import annotations

from pathlib import Path

from creator_crm.store.engine import plain
from creator_crm.store.errors import DATABASE_ERRORS, Damaged, ReadOnly, WorkspaceError, explained
from creator_crm.store.schema import APPLICATION_ID, SCHEMA

_MAGIC = b"SQLite format 3\x00"


def examine(path: Path) -> int:
    """The schema version of the workspace at `path`, from its first bytes alone.

    Raises WorkspaceError for what is missing, empty, foreign, cut short or newer; all are left as they are.
    """
    header = _header(path)
    if not header:
        raise Damaged(
            f"{path.name} is empty: there is no workspace in it. It was left as it is; "
            "restore the newest backup, or choose another file."
        )
    if len(header) < 100 or not header.startswith(_MAGIC) or _number(header, 68) != APPLICATION_ID:
        raise WorkspaceError(f"{path.name} is not a Creator CRM workspace. It was left as it is.")
    version = _number(header, 60)
    if version > SCHEMA:
        raise newer(path, version)
    if not has_log(path):
        _refuse_cut(path, header)
    return version


def refuse_read_only(path: Path) -> None:
    """Raise ReadOnly when the file may be read but not written."""
    try:
        path.open("r+b").close()
    except OSError as error:
        raise ReadOnly(
            f"{path.name} is read-only ({error.strerror}), so it was not opened. "
            "Copy it to a folder you may write to, or allow writing, and open it there."
        ) from error


def newer(path: Path, version: int) -> WorkspaceError:
    """The refusal of a file that a later program has written."""
    return WorkspaceError(
        f"{path.name} was saved by a newer version of Creator CRM (its file version is {version}, "
        f"this program knows {SCHEMA}). It was left as it is; update Creator CRM to open it."
    )


def has_log(path: Path) -> bool:
    """Whether the program stopped without closing the file: its write-ahead log still holds something."""
    try:
        return log_of(path).stat().st_size > 0
    except OSError:
        return False


def log_of(path: Path) -> Path:
    """SQLite's write-ahead log of a database file."""
    real = path.resolve()
    return real.with_name(f"{real.name}-wal")


def refuse_damaged(path: Path) -> None:
    """Read the whole file and raise Damaged when its structure is broken; folds nothing, repairs nothing."""
    try:
        connection = plain(path)
        try:
            answers = [row[0] for row in connection.execute("PRAGMA quick_check(1)")]
        finally:
            connection.close()
    except DATABASE_ERRORS as error:
        raise explained(error) or error from error
    if answers != ["ok"]:
        raise Damaged(f"{path.name} is damaged. It was left as it is; restore the newest backup.")


def _header(path: Path) -> bytes:
    if path.is_dir():
        raise WorkspaceError(f"{path.name} is a folder, not a workspace file.")
    try:
        with path.open("rb") as file:
            return file.read(100)
    except FileNotFoundError:
        raise WorkspaceError(
            f"There is no workspace at {path}. Look whether it was moved or renamed, or make a new one."
        ) from None
    except OSError as error:
        raise WorkspaceError(
            f"{path.name} cannot be read ({error.strerror}). "
            "Check that you may read it and that the disk is there."
        ) from error


def _refuse_cut(path: Path, header: bytes) -> None:
    page = _number(header, 16, 2)
    promised = _number(header, 28) * (65536 if page == 1 else page)
    held = path.stat().st_size
    # Older SQLite versions leave the promise stale; it holds when two counters agree.
    if _number(header, 24) == _number(header, 92) and held < promised:
        raise Damaged(
            f"{path.name} is cut short: {held:,} of its {promised:,} bytes are there. "
            "It was left as it is; restore the newest backup."
        )


def _number(header: bytes, at: int, length: int = 4) -> int:
    return int.from_bytes(header[at : at + length], "big")
