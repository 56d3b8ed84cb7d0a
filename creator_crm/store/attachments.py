"""The files kept inside the workspace: each content once, however many records it is attached to.

A content is never thrown away by itself: the history can bring every attachment back, and then it is needed.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection

from creator_crm.domain.workspace import Attachment
from creator_crm.store.errors import WorkspaceError
from creator_crm.store.store import Store
from creator_crm.store.unit_of_work import Unit

MADE = """history h JOIN change_set s ON s.id = h.change_set
    WHERE h.record = 'attachment' AND h."row" = a.id AND h.action = 'insert'"""
NOT_HERE = "a.sha256 IS NOT NULL AND a.sha256 NOT IN (SELECT sha256 FROM attachment_content)"
# The newest row of that number; a merge that was undone and done again is told by its redoing.
BROUGHT = f"(SELECT s.origin FROM {MADE} ORDER BY h.id DESC LIMIT 1) IN ('merge', 'redo')"
# Who has the file, as the writer of the workbook knew; else that was the writer.
_WHO = f"""(SELECT coalesce((SELECT value FROM json_each(s.details, '$.files') WHERE key = a.uid),
    json_extract(s.details, '$.from')) FROM {MADE} AND s.origin = 'merge' ORDER BY h.id DESC LIMIT 1)"""
LARGEST = 50 * 2**20  # bytes; SQLite could hold more, but every backup carries it along


def refuse_large(name: str, size: int) -> None:
    """Raise WorkspaceError for a file of more bytes than a workspace takes."""
    if size > LARGEST:
        raise WorkspaceError(
            f"{name} has {size / 2**20:,.0f} MB and {LARGEST // 2**20} MB is the most a workspace "
            "takes, so it was not attached. Keep it in a folder and note the place instead."
        )


def put_file(unit: Unit, record: str, uid: str, name: str, content: bytes, note: str = "") -> int:
    """Attach a file to the row `uid` of `record`; returns the attachment's number. Raises WorkspaceError."""
    refuse_large(name, len(content))
    import hashlib
    import mimetypes

    digest = hashlib.sha256(content).hexdigest()
    unit.raw.execute(
        "INSERT INTO attachment_content (sha256, content) VALUES (?, ?) ON CONFLICT DO NOTHING",
        (digest, content),
    )
    return unit.add(
        "attachment",
        {
            "about": record,
            "about_uid": uid,
            "file_name": name,
            "media_type": mimetypes.guess_type(name)[0] or "application/octet-stream",
            "size": len(content),
            "sha256": digest,
            "added_at": unit.now,
            "note": note or None,
        },
    )


def elsewhere(store: Store, numbers: Collection[int]) -> dict[int, str]:
    """By number a sentence for each attachment that came with a workbook: these carry lines, and no files."""
    with store.read_raw() as raw:
        found = raw.execute(
            f"SELECT a.id, a.file_name, {_WHO} FROM attachment a "
            f"WHERE a.id IN (SELECT value FROM json_each(?)) AND {NOT_HERE} AND {BROUGHT}",
            (json.dumps(list(numbers)),),
        ).fetchall()
    return {
        number: f"The file {name} is in {f'the copy of {who}' if who else 'another copy of this workspace'}: "
        "a workbook brings the line and not the file. Ask for it, and add it here."
        for number, name, who in found
    }


def keepers(raw: sqlite3.Connection) -> dict[str, str]:
    """By the uid of each attachment whose file is not here: who has it, where that is known."""
    found = raw.execute(
        f"SELECT a.uid, {_WHO} FROM attachment a WHERE a.deleted_at IS NULL AND {NOT_HERE} AND {BROUGHT}"
    )
    return {uid: who for uid, who in found if who}


def file_content(store: Store, attachment: Attachment) -> bytes:
    """The bytes of an attached file. Raises WorkspaceError when they are elsewhere, lost or damaged."""
    with store.read_raw() as raw:
        found = raw.execute(
            "SELECT content FROM attachment_content WHERE sha256 = ?", (attachment.sha256,)
        ).fetchone()
    import hashlib

    if found is None and (sentence := elsewhere(store, [attachment.id]).get(attachment.id)):
        raise WorkspaceError(sentence)
    if found is None or hashlib.sha256(found[0]).hexdigest() != attachment.sha256:
        raise WorkspaceError(
            f"The content of {attachment.file_name} is missing or damaged; everything else is as it was. "
            "An older backup may still hold it."
        )
    return bytes(found[0])


def files_about(store: Store, record: str, uid: str) -> list[int]:
    """The numbers of the living attachments of one row, oldest first."""
    with store.read_raw() as raw:
        found = raw.execute(
            "SELECT id FROM attachment WHERE about = ? AND about_uid = ? AND deleted_at IS NULL ORDER BY id",
            (record, uid),
        )
        return [number for (number,) in found]
