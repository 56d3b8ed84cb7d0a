"""What the team's workbook looks like, for the side that writes it and the side that reads it back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field as field_of

from creator_crm.domain.frozen import immutable
from creator_crm.domain.workspace import CustomField

ID_HEADER = "Creator CRM ID"  # first column of every sheet of records, hidden: "cr_" + the uid of the row
MARKS_HEADER = "Creator CRM marks"  # last column, hidden: the fingerprint of each cell as it was written
README_SHEET, SUMMARY_SHEET = "Read me", "Summary"
ORIGIN_SHEET = "crm origin"  # hidden: key and value, a row each
GONE_SHEET = "crm gone"  # hidden: record and uid of every row in the trash of the copy that wrote it
LISTS_SHEET = "crm lists"  # hidden: what the drop-downs offer
UID_PREFIX = "cr_"
MARK_LENGTH = 5  # signs a cell, base64: 30 bits


@immutable
class SheetPlan:
    """One sheet of records: its title and, in order, (field, header) of every column between id and marks."""

    record: str
    title: str
    columns: tuple[tuple[str, str], ...]


@immutable
class Origin:
    """Where a workbook came from; kept as text in the properties, in ORIGIN_SHEET and in a defined name.

    `seen` tells for each copy of the workspace, the writing one included, up to which step of its history
    the values in the workbook know it: the number of a change set; `in_part` likewise, of what came in
    workbooks that left something out. A `whole` one leaves no row or field out. `twins` are (record, uid, the
    uid that the row goes by) where two rows became one. `own` are the fields of people's own that it holds.
    `who` wrote it; `files` tells by the uid of an attachment who else has its file.
    """

    export: str
    workspace: str
    copy: str
    seen: Mapping[str, int]
    schema: int
    program: str
    whole: bool
    redacted: bool
    sheets: tuple[SheetPlan, ...]
    in_part: Mapping[str, int] = field_of(default_factory=dict)
    twins: tuple[tuple[str, str, str], ...] = ()
    own: tuple[CustomField, ...] = ()
    who: str = ""
    files: Mapping[str, str] = field_of(default_factory=dict)
