"""Fields that people made in another copy: they come with their kind, their choices and their values."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from creator_crm.domain.fields import Catalogue, Description, Value
from creator_crm.domain.merging import Ancestor, BaseValue, Choices, RecordMerge, Side, State, TheirRow
from creator_crm.domain.own_fields import OWN_FIELD, values_of
from creator_crm.domain.workspace import CUSTOM_KINDS, CustomField
from creator_crm.exchange.workbook.returned import Returned, Sheet
from creator_crm.store.own_fields import own_fields
from creator_crm.store.readers.whole import Raw

if TYPE_CHECKING:
    from creator_crm.services.workbook_back import Decisions

Named = tuple[str, str]  # record and field
_KINDS = {choice.value: choice.label for choice in CUSTOM_KINDS}


class TheirFields:
    """The fields that a workbook describes beside those that live here, and which of them come."""

    def __init__(self, raw: Raw, catalogue: Catalogue, returned: Returned) -> None:
        """`catalogue` is that of this copy."""
        self._catalogue = catalogue
        here = {_named(row): row for row in own_fields(raw, catalogue)}
        self._trashed = {row.uid: _named(row) for row in own_fields(raw, catalogue, trashed=True)}
        theirs = returned.origin.own if returned.origin else ()
        self._strange = {_named(row): row for row in theirs if _named(row) not in here}
        self._new: set[Named] = set()
        self.coming: dict[str, Named] = {}  # by the uid of the field
        self.left = [
            said for row in theirs if (mine := here.get(_named(row))) and (said := self._other(row, mine))
        ]

    def first(self, descriptions: Iterable[Description[Any]]) -> list[Description[Any]]:
        """What describes fields before what has them."""
        return sorted(descriptions, key=lambda description: description.name != OWN_FIELD)

    def told(self) -> RecordMerge:
        """The fields that come with a workbook that has no sheet of them."""
        gone = set(self._trashed.values())
        new = [TheirRow(0, row.uid, values_of(row), {}) for n, row in self._strange.items() if n not in gone]
        return RecordMerge(OWN_FIELD, new=tuple(new))

    def settle(self, merge: RecordMerge) -> RecordMerge:
        """Note which fields come. A field stays of its kind: its values here are of that kind, too."""
        rows = {row.uid: (str(row.values["about"]), str(row.values["name"])) for row in merge.new}
        back = {*merge.restored, *(row.uid for row in merge.gone)} & self._trashed.keys()
        self._new = set(rows.values())
        self.coming = {**rows, **{uid: self._trashed[uid] for uid in back}}
        return replace(
            merge,
            taken=tuple(cell for cell in merge.taken if cell.field != "kind"),
            conflicts=tuple(cell for cell in merge.conflicts if cell.field != "kind"),
        )

    def readable(self, sheet: Sheet) -> Sheet:
        """The sheet without columns of fields that do not come."""
        record, coming = sheet.plan.record, set(self.coming.values())
        left = {n for r, n in self._strange if r == record and (r, n) not in coming}
        for label in (self._strange[record, name].label for name in sorted(left)):
            why = "is one that you removed here or left out; so it was left."
            self.left.append(f"On sheet “{sheet.name}”, the field “{label}” {why}")
        return replace(sheet, columns=tuple((at, n) for at, n in sheet.columns if n not in left))

    def base(self, record: str, base: Ancestor) -> Ancestor:
        """What both sides shared: nothing was ever held here in a field that only comes now."""
        fields = {name: value for (of, name), value in self._empty().items() if of == record}
        return OfNewFields(base, fields) if fields else base

    def _empty(self) -> dict[Named, Value]:
        kinds = {named: self._strange[named].kind for named in self._new & self._strange.keys()}
        return {named: _EMPTY.get(str(kind)) for named, kind in kinds.items()}

    def _other(self, theirs: CustomField, mine: CustomField) -> str:
        if theirs.kind == mine.kind:
            return ""
        plural = self._catalogue[str(mine.about)].plural
        there, here = (f"“{_KINDS.get(str(row.kind), row.kind)}”" for row in (theirs, mine))
        return (
            f"{plural}: the field “{mine.label}” is of the kind {there} in their copy and {here} here. "
            f"It stays {here} here, and their values were read as that."
        )


_EMPTY: Mapping[str, Value] = {"tags": (), "flag": False}


class OfNewFields:
    """A base in which fields that were not here before are empty in every row."""

    def __init__(self, base: Ancestor, fields: Mapping[str, Value]) -> None:
        self._base, self._fields = base, fields

    def state(self, uid: str) -> State:
        return self._base.state(uid)

    def is_base(self, uid: str, field: str, value: Value) -> bool | None:
        if field in self._fields:
            return value == self._fields[field]
        return self._base.is_base(uid, field, value)

    def value(self, uid: str, field: str) -> BaseValue:
        return self._fields[field] if field in self._fields else self._base.value(uid, field)


def with_their_values(
    merges: Collection[RecordMerge], coming: Mapping[str, Named], decisions: Decisions
) -> Decisions:
    """The decisions with the values of a field left out where the field itself is not wanted."""
    choices = decisions.of(OWN_FIELD)
    unwanted = {
        coming[uid]
        for merge in merges
        if merge.record == OWN_FIELD
        for uid in coming
        if not _comes(uid, merge, choices)
    }
    refused = {
        (merge.record, cell.uid, cell.field): Side.MINE
        for merge in merges
        for cell in (*merge.taken, *merge.conflicts)
        if (merge.record, cell.field) in unwanted
    }
    return replace(decisions, cells={**decisions.cells, **refused}) if refused else decisions


def _comes(uid: str, merge: RecordMerge, choices: Choices) -> bool:
    if uid in merge.restored:
        return choices.moves(uid)
    gone = next((row for row in merge.gone if row.uid == uid), None)
    return uid not in choices.skip if gone is None else choices.row(gone) is Side.THEIRS


def _named(row: CustomField) -> Named:
    return str(row.about), str(row.name)
