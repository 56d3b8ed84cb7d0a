"""What can go wrong with a workspace file, in words that say what is safe and what to do."""

from __future__ import annotations

import sqlite3

from creator_crm.domain.errors import UserError


class WorkspaceError(UserError):
    """The workspace file cannot be used as asked."""


class InUse(WorkspaceError):
    """Somebody else has the workspace open; `elsewhere` says that it is, or was, on another computer."""

    def __init__(self, sentence: str, *, elsewhere: bool = False) -> None:
        super().__init__(sentence)
        self.elsewhere = elsewhere


class ReadOnly(WorkspaceError):
    """The file or its folder may be read and not written."""


class Damaged(WorkspaceError):
    """The file is not what was once written; only this starts a recovery, never a full or slow disk."""


class Conflict(WorkspaceError):
    """The record was changed or removed since it was read."""


class Duplicate(WorkspaceError):
    """Another living row has the same key; `record` and `fields` say which."""

    def __init__(self, record: str, fields: tuple[str, ...]) -> None:
        self.record, self.fields = record, fields
        named = " and ".join(field.removesuffix("_key").replace("_", " ") for field in fields)
        super().__init__(
            f"There is already another {record.replace('_', ' ')} with this {named}, so nothing was changed. "
            "Open that one instead."
        )


class FileMoved(WorkspaceError):
    """The workspace file was moved, replaced or deleted while it was open."""


class CannotUndo(WorkspaceError):
    """A later change stands in the way of undoing an earlier one."""


_SENTENCES = {
    "SQLITE_FULL": "The disk is full, so nothing was saved; what was saved before is safe. "
    "Free some space and try again.",
    "SQLITE_READONLY": "The workspace file or its folder is read-only, so nothing was saved. "
    "Copy the file to a folder you may write to, and open it there.",
    "SQLITE_BUSY": "Another program is using the workspace file, so nothing was saved. "
    "Close it there and try again.",
    "SQLITE_LOCKED": "Another program is using the workspace file, so nothing was saved. "
    "Close it there and try again.",
    "SQLITE_IOERR": "The disk reported an error, so nothing was saved; what was saved before is safe. "
    "Check the disk or its connection, then try again.",
    "SQLITE_CORRUPT": "The workspace file is damaged. Nothing more was written to it; "
    "restore the newest backup.",
    "SQLITE_NOTADB": "This file is not a Creator CRM workspace. It was left as it is.",
    "SQLITE_CANTOPEN": "The workspace file cannot be opened. "
    "Check that the folder exists and that you may read and write there.",
}
# What the driver raises: its own errors, and a bare one when damage made nonsense of a text or a message.
DATABASE_ERRORS = (sqlite3.Error, UnicodeDecodeError)
_DAMAGE = ("SQLITE_CORRUPT", "SQLITE_NOTADB")


def explained(error: Exception) -> WorkspaceError | None:
    """The sentence for a database error of the user's world; None for our own mistakes. Holds no values."""
    original = getattr(error, "orig", error)
    if isinstance(original, UnicodeDecodeError) or str(original).startswith("Could not decode to UTF-8"):
        return Damaged(_SENTENCES["SQLITE_CORRUPT"])
    name = getattr(original, "sqlite_errorname", "") or ""
    if name == "SQLITE_CONSTRAINT_UNIQUE":
        # The message names columns, never values: "UNIQUE constraint failed: tag.name, tag.tone".
        columns = [c.partition(".") for c in str(original).partition(": ")[2].split(", ")]
        return Duplicate(columns[0][0], tuple(column for _, _, column in columns))
    for start, sentence in _SENTENCES.items():
        if name.startswith(start):
            return Damaged(sentence) if start in _DAMAGE else WorkspaceError(sentence)
    return None
