"""Writing what a workbook brings back, as decided: facts of others, in one change set."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from creator_crm.domain.ancestry import PRESENCE, Place
from creator_crm.domain.fields import Description, Value
from creator_crm.domain.frozen import immutable
from creator_crm.domain.letting_go import drop
from creator_crm.domain.merging import Cell, Choices, Gone, RecordMerge, Side, TheirRow
from creator_crm.domain.own_fields import OWN_FIELD
from creator_crm.store.arrivals import settle_arrivals
from creator_crm.store.triggers import quoted
from creator_crm.store.unit_of_work import Unit

BULK = 2_000  # rows from which search and figures are made anew at the end


@immutable
class Work:
    """What one record's merge comes to once everything is decided, rows by uid."""

    record: str
    gone: tuple[str, ...]
    back: tuple[str, ...]
    deleted: tuple[str, ...]  # by people here, with all that is part of them
    new: tuple[TheirRow, ...]
    cells: Mapping[str, Mapping[str, Value]]

    @property
    def rows(self) -> int:
        return len(self.gone) + len(self.back) + len(self.deleted) + len(self.new) + len(self.cells)


def work_of(merge: RecordMerge, choices: Choices) -> Work:
    """The rows that a merge writes, with these answers to its questions."""
    gone, back = list(filter(choices.moves, merge.trashed)), list(filter(choices.moves, merge.restored))
    taken = filter(choices.takes, merge.taken)
    told: list[Cell] = [*taken, *(c for c in merge.conflicts if choices.cell(c) is Side.THEIRS)]
    for row in merge.gone:
        if choices.row(row) is Side.MINE:
            continue
        if row.gone is Gone.THERE:
            gone.append(row.uid)
        else:
            back.append(row.uid)
            told += row.cells
    told += [cell for uid, cell in merge.room if uid not in choices.skip]
    cells: dict[str, dict[str, Value]] = {}
    for cell in told:
        cells.setdefault(cell.uid, {})[cell.field] = cell.theirs
    new = [row for row in (*merge.new, *merge.pasted) if row.uid not in choices.skip]
    deleted = tuple(uid for uid in merge.missing if uid in choices.delete)
    return Work(merge.record, tuple(gone), tuple(back), deleted, tuple(new), cells)


class Writing:
    """Puts work into one change set; uids become the numbers of this file on the way."""

    def __init__(self, unit: Unit, typed: frozenset[Place]) -> None:
        self._unit, self._typed = unit, typed
        self._numbers: dict[str, dict[str, int]] = {}

    def all(self, works: Sequence[Work], progress: Callable[[int], None] | None = None) -> None:
        """Write everything. Raises UserError, and then nothing may stay of it."""
        by_record = {work.record: work for work in works}
        ordered = [by_record[d.name] for d in self._unit.catalogue.parents_first if d.name in by_record]
        ordered.sort(key=lambda work: work.record != OWN_FIELD)  # a field before the values in it
        for work in ordered:  # what goes makes room for what comes
            self._unit.told_gone(work.record, self._of(work.record, work.gone))
            self._unit.trash(work.record, self._of(work.record, work.deleted))
        done = 0
        for work in ordered:
            self._unit.told_back(work.record, self._of(work.record, work.back))
            self._change(work)  # before what is new: a number may have been made free for it
            for row in work.new:
                self._add(work.record, row)
            if work.record == OWN_FIELD:
                self._unit.learn_fields()
            done += work.rows
            if progress:
                progress(done)

    def book(self, asked: Collection[str]) -> Sequence[str]:
        """Book the stock of what was written, and return the ids of the rows; what is typed is a fact.

        `asked` are the lines of the ledger of which the copies did not agree.
        """
        typed = {uid for uid, _ in self._typed}
        settled = settle_arrivals(self._unit, asked)
        return [*self._unit.book_stock(self._of("shipment", typed)), *settled]

    def _add(self, record: str, row: TheirRow) -> None:
        values = self._local(self._unit.catalogue[record], row.values)
        if (row.uid, PRESENCE) in self._typed:
            number = self._unit.add(record, values, uid=row.uid)
        else:
            number = self._unit.told_new(record, row.uid, values)
        self._of_record(record)[row.uid] = number

    def _change(self, work: Work) -> None:
        description, numbers = self._unit.catalogue[work.record], self._of_record(work.record)
        changes = {
            numbers[uid]: self._local(description, values)
            for uid, values in work.cells.items()
            if uid in numbers
        }
        self._unit.told_changes(work.record, {row: values for row, values in changes.items() if values})
        drop(changes)

    def _local(self, description: Description[Any], values: Mapping[str, Value]) -> dict[str, Value]:
        """The values with references as numbers; one to a row that is not here is left as it is.

        So is what a field holds that was not wanted.
        """
        local: dict[str, Value] = {}
        for name, value in values.items():
            if name not in description.by_name:
                continue
            target = description.field(name).references
            if not target or value is None:
                local[name] = value
            elif (number := self._of_record(target).get(str(value))) is not None:
                local[name] = number
        return local

    def _of(self, record: str, uids: Iterable[str]) -> list[int]:
        numbers = self._of_record(record)
        return [numbers[uid] for uid in uids if uid in numbers]

    def _of_record(self, record: str) -> dict[str, int]:
        if record not in self._numbers:
            found = self._unit.raw.execute(f"SELECT uid, id FROM {quoted(record)}")
            self._numbers[record] = {uid: number for uid, number in found}  # noqa: C416
        return self._numbers[record]
