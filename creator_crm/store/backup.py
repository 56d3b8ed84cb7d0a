"""Verified copies of a workspace: made by hand or by the clock, kept dated beside it, thinned with age."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from creator_crm.domain.frozen import immutable
from creator_crm.store.copies import carried_away
from creator_crm.store.engine import plain
from creator_crm.store.errors import DATABASE_ERRORS, Damaged, WorkspaceError, explained
from creator_crm.store.whole_files import flushed_into_place, unused_part

EVERY = timedelta(minutes=30)
_ALL_OF = timedelta(days=2)
SET_ASIDE = "set aside"  # what a restore replaced: kept in the same folder, but no verified copy
_BEFORE_VERSION = "before version"
_NAMED = re.compile(r"(\d{4}-\d\d-\d\d \d\d\.\d\d\.\d\d) (.+)$")


@immutable
class Backup:
    """One verified copy: when it was made (with time zone) and what for."""

    path: Path
    made_at: datetime
    reason: str


def copy_verified(source: Path, to: Path, *, unchanging: bool = False) -> None:
    """Put a consistent, read-through copy of the workspace `source` at `to`, replacing what was there.

    What was saved up to now is in it, also by a program that has the file open. Raises WorkspaceError; then
    what was at `to` is as it was.
    """
    part = unused_part(to)
    try:
        _copy(source, part, unchanging)
        flushed_into_place(part, to)
    except DATABASE_ERRORS as error:
        raise explained(error) or error from error
    except OSError as error:
        raise WorkspaceError(
            f"The copy could not be written to {to.parent} ({error.strerror}). The workspace itself is as "
            "it was; free some space or choose another folder."
        ) from error
    finally:
        for left in (part, part.with_name(f"{part.name}-journal")):
            left.unlink(missing_ok=True)


def _copy(source: Path, part: Path, unchanging: bool) -> None:
    original, copy = plain(source, unchanging=unchanging), plain(part, "rwc")
    try:
        copy.execute("PRAGMA synchronous=OFF")  # flushed once, when it is whole
        original.backup(copy, pages=-1)
        # Alone in its file, without a log beside it: a copy that can be carried away.
        copy.execute("PRAGMA journal_mode=DELETE").fetchone()
        carried_away(copy)
        answers = [row[0] for row in copy.execute("PRAGMA quick_check(1)")]
    finally:
        copy.close()
        original.close()
    if answers != ["ok"]:
        raise Damaged(
            f"{source.name} is damaged, so no copy was made and the older backups are kept. "
            "Nothing more was written to it; restore the newest backup."
        )


# Backups beside the workspace ----------------------------------------------------------------------


def folder_of(workspace: Path) -> Path:
    """Where the dated backups of a workspace are kept."""
    return workspace.with_name(f"{workspace.stem} backups")


def backups(workspace: Path) -> list[Backup]:
    """The dated backups of a workspace, newest first."""
    found = []
    with suppress(OSError):
        for path in folder_of(workspace).iterdir():
            named = _NAMED.search(path.stem)
            if named and named[2] != SET_ASIDE and path.suffix == workspace.suffix and path.is_file():
                at = datetime.strptime(named[1], "%Y-%m-%d %H.%M.%S").astimezone()
                found.append(Backup(path, at, named[2]))
    return sorted(found, key=lambda b: b.made_at, reverse=True)


def back_up(workspace: Path, reason: str, now: datetime | None = None) -> Backup:
    """Make a dated backup (`reason` goes into its name: "before import"), then thin the older ones."""
    at = (now or datetime.now(UTC)).astimezone().replace(microsecond=0)
    folder = folder_of(workspace)
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise WorkspaceError(
            f"No backup could be made in {folder.parent} ({error.strerror}), so nothing further was done."
        ) from error
    while (to := folder / f"{workspace.stem} {at:%Y-%m-%d %H.%M.%S} {reason}{workspace.suffix}").exists():
        at += timedelta(seconds=1)
    copy_verified(workspace, to)
    for old in superfluous(backups(workspace), at):
        with suppress(OSError):
            old.path.unlink()
    return Backup(to, at, reason)


def back_up_before(workspace: Path, version: int, now: datetime | None = None) -> Backup:
    """The backup before the file is brought to schema `version`; a retry finds the first one and keeps it."""
    reason = f"{_BEFORE_VERSION} {version}"
    for backup in backups(workspace):
        if backup.reason == reason and _last_step(backup.path) == _last_step(workspace):
            return backup
    return back_up(workspace, reason, now)


def _last_step(path: Path) -> tuple[object, ...] | None:
    """What tells two states of a workspace apart: its last change set and its version."""
    try:
        connection = plain(path)
        try:
            version = connection.execute("PRAGMA user_version").fetchone()
            newest = connection.execute(
                "SELECT id, at, undone FROM change_set ORDER BY id DESC LIMIT 1"
            ).fetchone()
        finally:
            connection.close()
    except sqlite3.Error:
        return None
    return (*version, *(newest or ()))


def is_due(workspace: Path, now: datetime | None = None) -> bool:
    """Whether something changed since the newest backup, and that is older than half an hour."""
    newest = next(iter(backups(workspace)), None)
    at = now or datetime.now(UTC)
    return changed_since_backup(workspace) and (newest is None or at - newest.made_at >= EVERY)


def changed_since_backup(workspace: Path) -> bool:
    """Whether the workspace holds a change that its newest backup does not."""
    newest = next(iter(backups(workspace)), None)
    step = _last_step(workspace)
    return step is not None and len(step) > 1 and (newest is None or _last_step(newest.path) != step)


def superfluous(found: Sequence[Backup], now: datetime) -> list[Backup]:
    """The backups that may go: all of 2 days stay, then one a day for 7 days, a week for 4, a month for 6.

    The newest always stays, and so does every one made before the file was brought to a new version.
    """
    ordered = sorted(found, key=lambda b: b.made_at, reverse=True)
    older = [
        b for b in ordered[1:] if now - b.made_at >= _ALL_OF and not b.reason.startswith(_BEFORE_VERSION)
    ]
    kept: set[Path] = set()
    for period, count in ((_day, 7), (_week, 4), (_month, 6)):
        seen: list[object] = []
        while older and (period(older[0]) in seen or len(seen) < count):
            backup = older.pop(0)
            if period(backup) not in seen:
                seen.append(period(backup))
                kept.add(backup.path)
    return [
        b
        for b in ordered[1:]
        if b.path not in kept and now - b.made_at >= _ALL_OF and not b.reason.startswith(_BEFORE_VERSION)
    ]


_Period = Callable[[Backup], object]


def _day(backup: Backup) -> date:
    return backup.made_at.date()


def _week(backup: Backup) -> tuple[int, int]:
    return backup.made_at.isocalendar()[:2]


def _month(backup: Backup) -> tuple[int, int]:
    return backup.made_at.year, backup.made_at.month


# When the file is gone --------------------------------------------------------------------------------


def rescue(raw: sqlite3.Connection, workspace: Path) -> Path | None:
    """Write everything the still open connection holds into a new file, beside the old place or at home."""
    name = f"{workspace.stem} rescued {datetime.now().astimezone():%Y-%m-%d %H.%M.%S}{workspace.suffix}"
    for folder in (workspace.parent, Path.home()):
        to = folder / name
        if not os.access(folder, os.W_OK) or to.exists():
            continue
        with suppress(sqlite3.Error, OSError):
            part = unused_part(to)
            raw.execute("VACUUM INTO ?", (str(part),))
            flushed_into_place(part, to)
            return to
    return None
