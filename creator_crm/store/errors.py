"""What can go wrong with a workspace file, in words that say what is safe and what to do."""

from __future__ import annotations

from creator_crm.domain.errors import UserError


class WorkspaceError(UserError):
    """The workspace file cannot be used as asked."""


class Conflict(WorkspaceError):
    """The record was changed or removed since it was read."""


class FileMoved(WorkspaceError):
    """The workspace file was moved, replaced or deleted while it was open."""


class CannotUndo(WorkspaceError):
    """A later change stands in the way of undoing an earlier one."""


_SENTENCES = {
    "SQLITE_FULL": "The disk is full, so nothing was saved; what was saved before is safe. Free some space and try again.",
    "SQLITE_READONLY": "The workspace file is read-only, so nothing was saved. Copy it to a folder you may write to.",
    "SQLITE_BUSY": "Another program is using the workspace file, so nothing was saved. Close it there and try again.",
    "SQLITE_LOCKED": "Another program is using the workspace file, so nothing was saved. Close it there and try again.",
    "SQLITE_IOERR": "The disk reported an error, so nothing was saved; what was saved before is safe. "
    "Check the disk or its connection, then try again.",
    "SQLITE_CORRUPT": "The workspace file is damaged. Nothing more was written to it; restore the newest backup.",
    "SQLITE_NOTADB": "This file is not a Creator CRM workspace. It was left as it is.",
    "SQLITE_CANTOPEN": "The workspace file cannot be opened. Check that the folder exists and that you may read it.",
}  # fmt: skip


def explained(error: Exception) -> WorkspaceError | None:
    """The user's sentence for a database error of her world; None for our own mistakes. Holds no values."""
    original = getattr(error, "orig", error)
    name = getattr(original, "sqlite_errorname", "") or ""
    for start, sentence in _SENTENCES.items():
        if name.startswith(start):
            return WorkspaceError(sentence)
    return None
