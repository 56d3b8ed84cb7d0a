"""What can go wrong with a workspace file, in words that say what is safe and what to do."""

from __future__ import annotations

from creator_crm.domain.errors import UserError


class WorkspaceError(UserError):
    """The workspace file cannot be used as asked."""


class Conflict(WorkspaceError):
    """The record was changed or removed since it was read."""


class Duplicate(WorkspaceError):
    """Another living row has the same key; `record` and `fields` say which."""

    def __init__(self, record: str, fields: tuple[str, ...]) -> None:
        self.record, self.fields = record, fields
        named = " and ".join(field.removesuffix("_key").replace("_", " ") for field in fields)
        kind = record.replace("_", " ")
        super().__init__(f"There is already another {kind} with this {named}, so nothing was changed. Open that one instead.")


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
    if name == "SQLITE_CONSTRAINT_UNIQUE":
        # The message names columns only, never values: "UNIQUE constraint failed: account.platform, account.handle_key".
        columns = str(original).partition(": ")[2].split(", ")
        return Duplicate(columns[0].partition(".")[0], tuple(c.partition(".")[2] for c in columns))
    for start, sentence in _SENTENCES.items():
        if name.startswith(start):
            return WorkspaceError(sentence)
    return None
