"""Files kept inside the workspace about a record: put in, read, listed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from creator_crm.domain.errors import UserError
from creator_crm.domain.fields import Row
from creator_crm.domain.workspace import Attachment
from creator_crm.services.records import Records
from creator_crm.store import attachments
from creator_crm.store.readers import lists


class Attachments(Records):
    """What can be done with attached files; taking one away is `trash("attachment", [number])`."""

    def attachments(self, record: str, number: int) -> list[Attachment]:
        """The files about one row, oldest first."""
        numbers = attachments.files_about(self.store, record, self._about(record, number).uid)
        return lists.rows(self.store, "attachment", numbers)

    def attach(self, record: str, number: int, file: Path, note: str = "") -> int:
        """Keep a copy of a file with one row; returns the attachment's number. Raises UserError."""
        about = self._about(record, number)
        try:
            size = file.stat().st_size
            # The bytes of a file that would be refused are not read at all.
            content = file.read_bytes() if size <= attachments.LARGEST else b""
        except OSError as error:
            reason = error.strerror or "the disk reported an error"
            raise UserError(f"{file.name} could not be read ({reason}), so nothing was attached.") from error
        attachments.refuse_large(file.name, size)
        with self.store.change(f"Attach {file.name}") as unit:
            return attachments.put_file(unit, record, about.uid, file.name, content, note)

    def files_elsewhere(self, numbers: Sequence[int]) -> Mapping[int, str]:
        """Of these attachments, by number, the sentence for each whose file another copy has."""
        return attachments.elsewhere(self.store, numbers)

    def attachment_bytes(self, attachment: int) -> bytes:
        """The content of an attached file. Raises UserError when it is elsewhere, lost or damaged."""
        found = lists.row(self.store, "attachment", attachment)
        if found is None:
            raise UserError("This file is not attached any more.")
        return attachments.file_content(self.store, found)

    def _about(self, record: str, number: int) -> Row:
        row: Row | None = lists.row(self.store, record, number)
        if row is None:
            label = self.store.catalogue[record].label.lower()
            raise UserError(f"This {label} is not there any more. Nothing was changed.")
        return row
