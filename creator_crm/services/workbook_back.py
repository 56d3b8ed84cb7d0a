"""Bringing a workbook back: read, compared three ways with what is here, looked through, written at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from pathlib import Path

from creator_crm.domain.changes import Changes
from creator_crm.domain.frozen import immutable
from creator_crm.domain.merging import RecordMerge, Side
from creator_crm.exchange.workbook.layout import Origin
from creator_crm.store.store import Store

Progress = Callable[[int, int | None], None]
Cancel = Callable[[], bool]


@immutable
class Review:
    """What bringing a workbook back would change; nothing is written yet.

    `titles` names rows by (record, uid), also those that cells refer to; `left` tells of sheets and columns
    that take no part; `new_columns` are (record, header) of columns that no field is known for.
    `position` is the change set that it was compared with.
    """

    path: Path
    origin: Origin | None
    base_words: str
    records: tuple[RecordMerge, ...]
    titles: Mapping[tuple[str, str], str]
    left: tuple[str, ...] = ()
    new_columns: tuple[tuple[str, str], ...] = ()
    position: int = 0

    @property
    def taken(self) -> int:
        """Cells that they changed and nobody here did."""
        return sum(len(merge.taken) for merge in self.records)

    @property
    def kept(self) -> int:
        """Cells that were changed here alone."""
        return sum(len(merge.kept) for merge in self.records)

    @property
    def conflicts(self) -> int:
        """Cells and rows that both sides changed differently."""
        return sum(len(merge.conflicts) + len(merge.gone) for merge in self.records)

    @property
    def new(self) -> int:
        """Rows that are not here yet, pasted ones included."""
        return sum(len(merge.new) + len(merge.pasted) for merge in self.records)

    @property
    def missing(self) -> int:
        """Rows of the base without a row in the workbook."""
        return sum(len(merge.missing) for merge in self.records)

    @property
    def problems(self) -> int:
        """Cells that could not be read."""
        return sum(len(merge.problems) for merge in self.records)

    @property
    def changes_nothing(self) -> bool:
        """Whether nothing would be written, however the questions are answered."""
        rows = sum(len(m.trashed) + len(m.restored) for m in self.records)
        return not (self.taken or self.conflicts or self.new or self.missing or rows)


@immutable
class Decisions:
    """The answers to what a review asks; what is not named here follows `prefer`.

    `rows` answers a row that one side edited and the other has no more; `delete` names missing rows that may
    go to the trash; `skip` names new and pasted rows that are not wanted.
    """

    prefer: Side = Side.MINE
    cells: Mapping[tuple[str, str, str], Side] = field(default_factory=dict)
    rows: Mapping[tuple[str, str], Side] = field(default_factory=dict)
    delete: frozenset[tuple[str, str]] = frozenset()
    skip: frozenset[tuple[str, str]] = frozenset()


class WorkbookBack:
    """The verbs of a workspace that bring a workbook back."""

    store: Store

    def review_workbook(
        self, path: Path, progress: Progress | None = None, cancel: Cancel | None = None
    ) -> Review:
        """Read a workbook and compare it with what is here; writes nothing.

        Raises UserError when it is no workbook of this program or cannot be read, and Cancelled.
        """
        raise NotImplementedError

    def apply_review(self, review: Review, decisions: Decisions, label: str = "") -> Changes:
        """Write what `review` found, as decided: one transaction and one step to undo.

        Raises UserError, with nothing written, when the workspace changed since in what was compared.
        """
        raise NotImplementedError
