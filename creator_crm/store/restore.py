"""Putting a backup in the place of a workspace; the old file is set aside, never deleted."""

from __future__ import annotations

from pathlib import Path

from creator_crm.domain.fields import Catalogue
from creator_crm.domain.records import CATALOGUE
from creator_crm.store.aside import put_back, set_aside
from creator_crm.store.backup import copy_verified
from creator_crm.store.check import check
from creator_crm.store.errors import Damaged, WorkspaceError
from creator_crm.store.lock import Lock
from creator_crm.store.opening import examine
from creator_crm.store.store import Store
from creator_crm.store.whole_files import flush_folder, unused_part


def restore(
    backup: Path, path: Path, catalogue: Catalogue = CATALOGUE, *, who: str | None = None
) -> Path | None:
    """Make `path` what `backup` holds; returns where the old file was set aside, None when there was none.

    Nobody may have the workspace open. The copy is read through before anything moves, opened and checked
    after; when that fails, the old file is put back and WorkspaceError says why.
    """
    examine(backup)
    part = unused_part(path)
    lock = Lock.take(path, who or "a restore")
    try:
        copy_verified(backup, part)
        aside = set_aside(path)
        try:
            _into_place(part, path)
        except OSError:
            put_back(path, aside)
            raise
    except OSError as error:
        raise WorkspaceError(
            f"The backup could not be put in place ({error.strerror}). {path.name} is as it was; "
            "check that the disk has room and that you may write to its folder."
        ) from error
    finally:
        lock.release()
        part.unlink(missing_ok=True)
    try:
        with_problems = _opened_and_checked(path, catalogue, who)
    except WorkspaceError:
        put_back(path, aside)
        raise
    if with_problems:
        put_back(path, aside)
        raise Damaged(
            f"The backup {backup.name} is not sound ({with_problems[0]}), so it was not put in place: "
            f"{path.name} is as it was. Choose an older backup."
        )
    return aside


def _into_place(part: Path, path: Path) -> None:
    part.rename(path)
    flush_folder(path.parent)


def _opened_and_checked(path: Path, catalogue: Catalogue, who: str | None) -> list[str]:
    store = Store.open(path, catalogue, who=who)
    try:
        return check(store)
    finally:
        store.close()
