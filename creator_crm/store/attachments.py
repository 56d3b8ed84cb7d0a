"""The files kept inside the workspace: each content once, however many records it is attached to.

A content is never thrown away by itself: the history can bring every attachment back, and then it is needed.
"""

from __future__ import annotations

from creator_crm.domain.workspace import Attachment
from creator_crm.store.errors import WorkspaceError
from creator_crm.store.store import Store
from creator_crm.store.unit_of_work import Unit

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


def file_content(store: Store, attachment: Attachment) -> bytes:
    """The bytes of an attached file. Raises WorkspaceError when they are lost or damaged."""
    with store.read_raw() as raw:
        found = raw.execute(
            "SELECT content FROM attachment_content WHERE sha256 = ?", (attachment.sha256,)
        ).fetchone()
    import hashlib

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
