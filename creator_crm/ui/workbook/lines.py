"""What a review found, one line each, in the six sections that it is looked through in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

from creator_crm.domain.frozen import immutable
from creator_crm.domain.merging import Cell, RowConflict, TheirRow

if TYPE_CHECKING:
    from creator_crm.services.workbook_back import Review


class Section(StrEnum):
    """Where a line stands; the order is that of the tabs."""

    BOTH = "both"
    THEIRS = "theirs"
    YOURS = "yours"
    NEW = "new"
    MISSING = "missing"
    LEFT = "left"


class What(StrEnum):
    """What a line tells of."""

    CELL = "cell"
    GONE = "gone"
    TRASHED = "trashed"
    RESTORED = "restored"
    NEW = "new"
    PASTED = "pasted"
    MISSING = "missing"
    PROBLEM = "problem"
    COLUMN = "column"
    REMARK = "remark"


@immutable
class Line:
    """One line. `field` is empty where a whole row is meant; `sentence` is what a problem says."""

    what: What
    record: str = ""
    uid: str = ""
    field: str = ""
    cell: Cell | None = None
    gone: RowConflict | None = None
    row: TheirRow | None = None
    number: int = 0  # the line of its sheet
    sentence: str = ""

    @property
    def asks(self) -> bool:
        """Whether one side has to be chosen."""
        return self.what is What.GONE or (self.what is What.CELL and self.cell is not None)

    @property
    def place(self) -> tuple[str, str, str]:
        return self.record, self.uid, self.field


Lines = dict[Section, Sequence[Line]]


def lines_of(review: Review) -> Lines:
    """Every line of a review by section, records in the order of the review, cells of a row together."""
    found: dict[Section, list[Line]] = {section: [] for section in Section}
    for merge in review.records:
        kind = merge.record
        found[Section.BOTH] += [Line(What.GONE, kind, row.uid, gone=row) for row in merge.gone]
        found[Section.BOTH] += _cells(kind, merge.conflicts)
        found[Section.THEIRS] += [Line(What.TRASHED, kind, uid) for uid in merge.trashed]
        found[Section.THEIRS] += [Line(What.RESTORED, kind, uid) for uid in merge.restored]
        found[Section.THEIRS] += _cells(kind, merge.taken)
        found[Section.YOURS] += _cells(kind, merge.kept)
        for what, rows in ((What.NEW, merge.new), (What.PASTED, merge.pasted)):
            found[Section.NEW] += [Line(what, kind, row.uid, row=row, number=row.line) for row in rows]
        found[Section.MISSING] += [Line(What.MISSING, kind, uid) for uid in merge.missing]
        found[Section.LEFT] += [
            Line(What.PROBLEM, kind, field=field, number=line, sentence=sentence)
            for line, field, sentence in merge.problems
        ]
    found[Section.LEFT] += [
        Line(What.COLUMN, record, sentence=header) for record, header in review.new_columns
    ]
    found[Section.LEFT] += [Line(What.REMARK, sentence=sentence) for sentence in review.left]
    return {section: tuple(lines) for section, lines in found.items()}


def _cells(record: str, cells: Sequence[Cell]) -> list[Line]:
    order = {uid: place for place, uid in enumerate(dict.fromkeys(cell.uid for cell in cells))}
    return [
        Line(What.CELL, record, cell.uid, cell.field, cell)
        for cell in sorted(cells, key=lambda cell: order[cell.uid])
    ]


Groups = list[tuple[tuple[str, str], int]]


def groups(lines: Sequence[Line]) -> Groups:
    """The records and fields of lines with how many each has, in the order of the lines; field "" is all."""
    by_field: Counter[tuple[str, str]] = Counter()
    for line in lines:  # one by one: a count of 50,000 in one call makes every other thread wait
        by_field[line.record, line.field] += 1
    by_record: Counter[str] = Counter()
    for (record, _), count in by_field.items():
        by_record[record] += count
    del by_record[""]
    found: Groups = []
    for record, count in by_record.items():
        fields = [(key, number) for key, number in by_field.items() if key[0] == record and key[1]]
        found.append(((record, ""), count))
        found += fields
    return found
