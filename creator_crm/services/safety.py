"""Keeping the workspace file safe: look it through, copy it, put a copy back."""

from __future__ import annotations

from pathlib import Path

from creator_crm.services.records import Records
from creator_crm.store import backup, check
from creator_crm.store.backup import Backup


class Safety(Records):
    """What looks after the file of an open workspace; all of it may run on a worker thread."""

    @property
    def read_only(self) -> bool:
        """Whether everything can be looked at and nothing changed."""
        return self.store.read_only

    @property
    def notes(self) -> list[str]:
        """What the user should hear about the place of this file; mostly nothing."""
        return self.store.notes

    def check(self, *, repair: bool = False) -> list[str]:
        """Everything that is wrong with the file, in plain words; `repair` first remakes what can be."""
        return check.check(self.store, repair=repair)

    def backup(self, to: Path | None = None) -> Path:
        """Make a verified copy, at `to` or dated in the backup folder; returns where. Raises UserError."""
        return self.store.back_up(to)

    def backup_when_due(self) -> Path | None:
        """Make the half-hourly backup when something changed since the last one."""
        return self.store.back_up_when_due()

    def refuse_if_moved(self) -> None:
        """Raise UserError when the file is not at its place any more; everything in it was rescued first."""
        self.store.refuse_if_moved()

    def backups(self) -> list[Backup]:
        """The dated backups of this workspace, newest first."""
        return backup.backups(self.store.path)


def restore_backup(copy: Path, path: Path) -> Path | None:
    """Make `path` what the backup `copy` holds; returns where the old file was set aside, if there was one.

    Raises UserError, with the file at `path` as it was, when the copy is not sound or the file is open.
    """
    from creator_crm.store.restore import restore

    return restore(copy, path)
