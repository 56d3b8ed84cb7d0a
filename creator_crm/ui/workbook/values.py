"""The values of a review as the lists of the window would show them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from creator_crm.domain.fields import Catalogue, Field, Kind, Value
from creator_crm.domain.merging import Cell, RecordMerge, Side, TheirRow, Unknown
from creator_crm.ui.shared.table.formatting import display
from creator_crm.ui.shared.text import title, tr
from creator_crm.ui.workbook.lines import Line, Section, What, groups, lines_of

if TYPE_CHECKING:
    from creator_crm.services.workbook_back import Review
    from creator_crm.services.workspace import Workspace

Shown = Value | Unknown
Place = tuple[str, str, str]  # record, uid, field
_WORDS = (Kind.TEXT, Kind.LONG_TEXT)


class Values:
    """Names rows and fields, and writes values; a reference by what the row it names is called.

    `lines` are what a review is looked through in: many, so they, their `groups` and what is `theirs` are
    made and counted where this is, in a job.
    """

    def __init__(self, catalogue: Catalogue, review: Review, currencies: Mapping[Place, str]) -> None:
        """`currencies`: what the rows here count in, by the place of the field that says it."""
        self.catalogue, self._titles, self._currencies = catalogue, review.titles, currencies
        self.lines, self.united = lines_of(review), bool(review.united)
        self._fields = review.fields
        self.groups = {section: groups(lines) for section, lines in self.lines.items()}
        self.theirs: Counter[What | None] = Counter(line.what for line in self.lines[Section.THEIRS])
        self._theirs: dict[Place, Value] = {}
        for merge in review.records:
            asked = {field.currency for field in catalogue[merge.record].fields if field.currency}
            for cell in _cells(merge) if asked else ():
                if cell.field in asked:
                    self._theirs[merge.record, cell.uid, cell.field] = cell.theirs

    def kind(self, record: str) -> str:
        """ "Creator"."""
        return tr(self.catalogue[record].label)

    def counted(self, record: str, count: int) -> str:
        """ "creator" or "creators", after a number."""
        description = self.catalogue[record]
        return tr(description.label if count == 1 else description.plural).lower()

    def icon(self, record: str) -> str:
        return self.catalogue[record].icon

    def field(self, record: str, name: str) -> Field | None:
        return self.catalogue[record].by_name.get(name)

    def label(self, record: str, name: str) -> str:
        """What the field is called."""
        field = self.field(record, name)
        return tr(field.label) if field else name

    def name(self, record: str, uid: str, row: TheirRow | None = None) -> str:
        """What the row is called; one that is not here yet by what the workbook says of it."""
        called = self._titles.get((record, uid))
        if called is None and row is not None:
            described = self.catalogue[record]
            names = [self.text(record, uid, field, row.values.get(field)) for field in self._naming(record)]
            called = " · ".join(filter(None, names)) or described.label
        return title(called) if called else self.kind(record)

    def text(
        self,
        record: str,
        uid: str,
        name: str,
        value: Shown,
        side: Side = Side.MINE,
        row: TheirRow | None = None,
    ) -> str:
        """One value on one line, "" for an empty one."""
        field = self.field(record, name)
        if isinstance(value, Unknown):
            return tr("not known")
        if field is None:
            return "" if value in (None, (), False) else str(value)
        if field.kind is Kind.REFERENCE and value is not None:
            called = self._titles.get((field.references, str(value)))
            return title(called) if called else str(value)
        if field.kind is Kind.FLAG:
            return tr("Yes") if value else tr("No")
        return display(field, value, self._currency(record, uid, field, side, row))

    def whole(self, record: str, uid: str, name: str, value: Shown, side: Side = Side.MINE) -> str:
        """One value to be read in full, its line ends kept."""
        if isinstance(value, str) and self.is_prose(record, name):
            return value
        return self.text(record, uid, name, value, side)

    def is_prose(self, record: str, name: str) -> bool:
        """Whether the field holds words, as long as somebody likes."""
        field = self.field(record, name)
        return field is not None and field.kind in _WORDS

    def pairs(self, record: str, row: TheirRow) -> Iterator[tuple[str, str]]:
        """(field, value) of everything that a row of the workbook holds, in the order people know."""
        for field in self.catalogue[record].visible:
            if field.name in row.values:
                said = self.text(record, row.uid, field.name, row.values[field.name], Side.THEIRS, row)
                if said and row.values[field.name] is not False:
                    yield tr(field.label), said

    def held_in(self, lines: Sequence[Line]) -> list[Line]:
        """What their rows hold in fields of their own that are among these lines: it comes with the field."""
        fields = {self._fields[line.uid] for line in lines if line.uid in self._fields}
        theirs = self.lines[Section.THEIRS] if fields else ()
        return [line for line in theirs if (line.record, line.field) in fields]

    def _naming(self, record: str) -> tuple[str, ...]:
        described = self.catalogue[record]
        return tuple(dict.fromkeys((described.title, *described.named, *described.key)))

    def _currency(self, record: str, uid: str, field: Field, side: Side, row: TheirRow | None) -> str | None:
        if not field.currency:
            return None
        place = (record, uid, field.currency)
        if row is not None and row.values.get(field.currency):
            return str(row.values[field.currency])
        if side is Side.THEIRS and self._theirs.get(place):
            return str(self._theirs[place])
        return self._currencies.get(place)


def values_of(workspace: Workspace, review: Review) -> Values:
    """What is needed to show a review, read off the main thread: what its amounts are counted in."""
    found: dict[Place, str] = {}
    catalogue = review.catalogue or workspace.catalogue
    for merge in review.records:
        described = catalogue[merge.record]
        asked = {field.name: field.currency for field in described.fields if field.currency}
        uids = {cell.uid for cell in _cells(merge) if cell.field in asked} if asked else set()
        if not uids:
            continue
        numbers = workspace.numbers(merge.record, uids)
        for row in workspace.rows(merge.record, list(numbers.values())):
            for currency in set(asked.values()):
                if held := getattr(row, currency, None):
                    found[merge.record, row.uid, currency] = str(held)
    return Values(catalogue, review, found)


def _cells(merge: RecordMerge) -> Iterator[Cell]:
    yield from merge.conflicts
    yield from merge.taken
    yield from merge.kept
    for row in merge.gone:
        yield from row.cells
