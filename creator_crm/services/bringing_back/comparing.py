"""What bringing a workbook back comes to: each sheet beside the rows here and what both once shared."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from creator_crm.domain.ancestry import PRESENCE, AsWritten, Knowledge, Past, Place, Step
from creator_crm.domain.fields import Catalogue, Description, Value
from creator_crm.domain.letting_go import drop, drop_parts
from creator_crm.domain.merging import (
    UNKNOWN,
    Ancestor,
    BaseValue,
    Cell,
    RecordMerge,
    State,
    TheirRow,
    merge_record,
)
from creator_crm.domain.own_fields import OWN_FIELD
from creator_crm.domain.twins import MadeTwice, fresh, settled_alike
from creator_crm.exchange.workbook.cells import mark
from creator_crm.exchange.workbook.layout import MARK_LENGTH
from creator_crm.exchange.workbook.returned import Returned, Sheet
from creator_crm.services.bringing_back.alike import keys
from creator_crm.services.bringing_back.own_fields import Named, TheirFields
from creator_crm.services.bringing_back.references import References
from creator_crm.services.bringing_back.rows import Here, Reading
from creator_crm.services.bringing_back.twins import Known, in_words, same_creators, ways, worth_telling
from creator_crm.services.records import one
from creator_crm.store import copies
from creator_crm.store.arrivals import of_all_copies
from creator_crm.store.readers.past import knowledge, steps_after
from creator_crm.store.readers.whole import Raw, Uids, whole

Values = Mapping[str, Value]
_ARRIVALS = frozenset({"incoming_stock", "stock_movement"})
_NUMBERED = {"shipment": "number"}  # rows that the program numbers, each copy by itself


class Marked:
    """A base of which only fingerprints are left, in the workbook itself."""

    def __init__(self, sheet: Sheet, here: Here, trash: Here) -> None:
        self._here, self._trash = here, trash
        self._at = {name: n * MARK_LENGTH for n, name in enumerate(sheet.order)}
        length = MARK_LENGTH * len(sheet.order)
        marked = ((sheet.uid(row), sheet.marks(row)) for row in sheet.rows)
        self._marks = {uid: marks for uid, marks in marked if uid and len(marks) == length}

    def __len__(self) -> int:
        return len(self._marks)

    def state(self, uid: str) -> State:
        if uid not in self._here and uid not in self._trash:
            return State.ABSENT
        return State.LIVING if uid in self._marks else State.UNKNOWN

    def is_base(self, uid: str, field: str, value: Value) -> bool | None:
        if uid not in self._marks or field not in self._at:
            return None
        at = self._at[field]
        return self._marks[uid][at : at + MARK_LENGTH] == mark(value)

    def value(self, uid: str, field: str) -> BaseValue:
        """What is here, if it is what was written there."""
        row = self._here.get(uid) or self._trash.get(uid) or {}
        return row[field] if field in row and self.is_base(uid, field, row[field]) else UNKNOWN


class Guessed:
    """A base in which nothing is known of rows that were only found by their natural key."""

    def __init__(self, base: Ancestor, rows: Collection[str]) -> None:
        self._base, self._rows = base, rows

    def state(self, uid: str) -> State:
        return State.LIVING if uid in self._rows else self._base.state(uid)

    def is_base(self, uid: str, field: str, value: Value) -> bool | None:
        return None if uid in self._rows else self._base.is_base(uid, field, value)

    def value(self, uid: str, field: str) -> BaseValue:
        return UNKNOWN if uid in self._rows else self._base.value(uid, field)


@dataclass
class Compared:
    """All that a workbook comes to, and what applying it has to remember."""

    merges: list[RecordMerge] = field(default_factory=list)
    typed: set[Place] = field(default_factory=set)
    over: set[Place] = field(default_factory=set)
    agreed: set[Place] = field(default_factory=set)
    gone: dict[str, str] = field(default_factory=dict)  # uid -> record; in the trash there, and never here
    titles: dict[tuple[str, str], str] = field(default_factory=dict)
    united: set[tuple[str, str]] = field(default_factory=set)  # (record, uid) of what both copies had made
    twins: dict[str, dict[str, str]] = field(default_factory=dict)  # by record: ids that go by another now
    left: list[str] = field(default_factory=list)  # sentences
    coming: Mapping[str, Named] = field(default_factory=dict)  # fields of people's own, by their uid
    folded: tuple[tuple[str, str, str], ...] = ()  # (record, uid, the uid of the row it goes into)
    base_words: str = ""
    united_words: str = ""
    both_made: int = 0  # of `united`, without what is only a part of others
    known: int = 0  # rows in the workbook that are known here


class Comparison:
    """One workbook beside one state of the workspace; `raw` must stay at that state."""

    def __init__(self, raw: Raw, catalogue: Catalogue, returned: Returned) -> None:
        self._raw, self._catalogue, self._returned = raw, returned.catalogue, returned
        self._own = TheirFields(raw, catalogue, returned)
        self._uids = Uids(raw)
        self._stale = False  # whether nothing can be new in it but what was typed
        self._twins = Known(raw, catalogue, returned)
        for sheet in returned.sheets:
            sheet.names = self._twins.names
        self._references = References(raw, catalogue, returned.lists, self._twins.names)
        self._knowledge = self._known()
        self._steps: Mapping[str, Mapping[str, list[Step]]] = {}
        if self._knowledge:
            position, names = self._knowledge.position, self._twins.names
            self._steps = steps_after(raw, self._catalogue, position, self._uids, names)
        self._said: list[str] = []
        self._found = Compared()
        self._marked = 0

    def all(self) -> Compared:
        """Compare sheet by sheet, what is referred to before what refers to it."""
        by_record = {sheet.plan.record: sheet for sheet in self._returned.sheets}
        for pair in same_creators(self._raw, self._catalogue, by_record, self._references, self._returned):
            self._twins.unite("creator", *pair, made_twice=True)
        if OWN_FIELD not in by_record and (told := self._own.told()).new:
            self._found.merges.append(self._own.settle(told))
            self._name(self._catalogue[OWN_FIELD], told)
        for description in self._own.first(self._catalogue.parents_first):
            if sheet := by_record.get(description.name):
                self._compare(self._own.readable(sheet), description)
        self._found.left, self._found.coming = [*self._own.left, *self._said], self._own.coming
        order = [description.name for description in self._catalogue.parents_first]
        self._found.merges.sort(key=lambda merge: order.index(merge.record))
        self._found.united, self._found.twins = self._twins.found, self._twins.news()
        self._found.folded = tuple(self._twins.folded)
        self._found.left += [self._of_folded(*fold) for fold in self._twins.folded]
        self._found.base_words, self._found.united_words = self._words(), self._united_words()
        self._found.both_made = len(worth_telling(self._found.united, self._catalogue))
        return self._found

    def _known(self) -> Knowledge | None:
        origin = self._returned.origin
        if origin is None:
            return None
        self._stale = not copies.news(self._raw, origin.seen)
        seen = {**origin.seen, self._returned.typing: 1}
        found = knowledge(self._raw, seen, origin.in_part, self._twins.names)
        return found if found.shares_history else None

    def _compare(self, sheet: Sheet, description: Description[Any]) -> None:
        name, origin = description.name, self._returned.origin
        fields = [description.field(field) for _, field in sheet.columns]
        fields += [
            description.field(f.currency)
            for f in fields
            if f.currency and description.field(f.currency) not in fields
        ]
        living = whole(self._raw, description, fields, self._uids)
        trash = whole(self._raw, description, fields, self._uids, trashed=True)
        here, in_trash = Here(living), Here(trash)
        base, steps = self._base(sheet, description, here, in_trash)
        reading = Reading(
            sheet, description, living, trash, self._references, origin.export if origin else ""
        )
        deleted = self._twins.here(self._returned.gone.get(name, ()))
        for twin, ours in reading.twins(ways(description), base):
            # What they deleted and made anew is as if they had edited it.
            self._twins.unite(name, twin, ours, made_twice=ours not in deleted)
        deleted -= reading.present
        reading.present |= {other for record, other, _ in self._twins.folded if record == name}
        twins = {uid for record, uid in self._twins.found if record == name}
        self._found.known += len(reading.present & (living.rows.keys() | trash.rows.keys()))
        theirs = reading.theirs(base, steps)
        self._room: list[tuple[str, Cell]] = []
        theirs = [row for row in theirs if self._may_come(reading, description, row, here, in_trash)]
        looked_at = {row.uid for row in theirs} | deleted
        if origin is None or origin.whole:
            looked_at |= living.rows.keys() - reading.present
        shared: Ancestor = base
        if isinstance(base, Past) and self._stale:
            shared = AsWritten(base, theirs, deleted, reading.typed)
        shared = Guessed(shared, reading.guessed) if reading.guessed else shared
        shared = self._own.base(name, shared)
        twice = twins | self._noted_twice(name, base, theirs, here)
        merge = merge_record(
            name,
            [field for _, field in sheet.columns],
            Here(living, looked_at),
            in_trash,
            theirs,
            deleted,
            MadeTwice(shared, twice, fresh(description)) if twice else shared,
        )
        merge = settled_alike(merge, twins | set(self._twins.names.values()))
        merge = self._without_doubles(reading, description, merge, here)
        merge = self._own.settle(merge) if name == OWN_FIELD else merge
        self._found.merges.append(merge)
        self._found.typed |= reading.typed
        self._found.over |= reading.over
        if isinstance(base, Past):
            agreed = base.agreed(theirs, deleted)
            self._found.agreed |= {place for place in agreed if place[0] not in twins}
        self._found.gone |= dict.fromkeys(deleted - here.keys() - in_trash.keys(), name)
        self._name(description, merge)
        drop_parts(reading, base, shared)
        drop(living.rows, trash.rows, theirs)

    def _noted_twice(self, record: str, base: Ancestor, theirs: Sequence[TheirRow], here: Here) -> set[str]:
        """The rows that both copies wrote, by the same id, because each noted one arrival."""
        if self._stale or record not in _ARRIVALS:
            return set()
        same = of_all_copies(self._raw)
        both = (row.uid for row in theirs if row.uid in same and row.uid in here)
        return {uid for uid in both if base.state(uid) is State.ABSENT}

    def _may_come(
        self, reading: Reading, description: Description[Any], row: TheirRow, here: Here, trash: Here
    ) -> bool:
        """Whether a row can be here: a new one needs its values, and no other like it."""
        if row.uid in here or row.uid in trash:
            return True
        title = self._references.title(description, row.values) or description.label
        typed = (row.uid, PRESENCE) in reading.typed
        # Two copies may each have written a row like the other's: only a rule of the database forbids it.
        rival = reading.rival(row.values, exact=not typed) if typed or description.unique else None
        if rival and description.name in _NUMBERED and not typed:
            self._renumber(reading, description, row, rival)
        elif rival:
            self._twins.names[row.uid] = rival  # what refers to theirs refers to ours
            reading.problems.append((row.line, "", f"“{title}” is here already, as another row; left out."))
            return False
        elif missing := _missing(description, row) if typed else "":
            reading.problems.append((row.line, "", f"{one(description)} needs: {missing}. Left out."))
            return False
        reading.claim(row.uid, row.values)
        return True

    def _renumber(self, reading: Reading, description: Description[Any], row: TheirRow, rival: str) -> None:
        """Two copies gave out one number: the same of the two rows gives way wherever they meet."""
        name = _NUMBERED[description.name]
        number = row.values[name]
        other = f"{number}-{max(row.uid, rival)[:4]}"
        gives = f"theirs becomes {other}" if row.uid > rival else f"yours becomes {other} if theirs comes in"
        self._said.append(f"Both copies gave the number {number} to a {description.label.lower()}: {gives}.")
        if row.uid > rival:
            row.values[name] = other  # type: ignore[index]
        else:
            self._room.append((row.uid, Cell(rival, name, number, number, other)))
            reading.release(row.values)

    def _without_doubles(
        self, reading: Reading, description: Description[Any], merge: RecordMerge, here: Here
    ) -> RecordMerge:
        """The merge without changes that would make a row like another one; they are problems instead."""
        told = {name for key in keys(description) for name in key} if description.unique else set()
        changed: dict[str, dict[str, Value]] = {}
        for cell in merge.taken:
            if cell.field in told:
                changed.setdefault(cell.uid, {})[cell.field] = cell.theirs
        doubles = {
            uid
            for uid, values in changed.items()
            if uid in here and (reading.rival({**here[uid], **values}, exact=True) or uid) != uid
        }
        refused = [c for c in merge.taken if c.uid in doubles and c.field in told]
        problems = [(0, c.field, f"“{c.theirs}” is taken by another row; left as it is.") for c in refused]
        return replace(
            merge,
            taken=tuple(c for c in merge.taken if c not in refused),
            room=tuple(self._room),
            problems=tuple(sorted((*merge.problems, *reading.problems, *problems))),
        )

    def _base(
        self, sheet: Sheet, description: Description[Any], here: Here, trash: Here
    ) -> tuple[Ancestor, Collection[str]]:
        if self._knowledge is None:
            marked = Marked(sheet, here, trash)
            self._marked += len(marked)
            return marked, ()
        steps = self._steps.get(description.name, {})
        return Past(self._knowledge, here, trash, steps, fresh(description)), steps.keys()

    def _words(self) -> str:
        if self._knowledge is not None:
            return "Compared with what the workbook was written with, from the history here."
        if self._marked:
            return (
                "The history it was written with is not here, so it was compared by the marks that "
                "the workbook carries of what was in each cell."
            )
        return (
            "Nothing tells what the workbook was written with, so it was compared with what is here now. "
            "Whatever differs is a question, and nothing is overwritten unasked."
        )

    def _of_folded(self, record: str, other: str, into: str) -> str:
        these = [self._references.title_of(record, uid) for uid in (other, into)]
        return f"“{these[0]}” and “{these[1]}” are one in their copy, so they become one here, too."

    def _united_words(self) -> str:
        found = self._found.united
        asked = any((m.record, c.uid) in found for m in self._found.merges if found for c in m.conflicts)
        return in_words(
            worth_telling(found, self._catalogue), self._found.titles, self._catalogue, asked=asked
        )

    # What things are called --------------------------------------------------------------------------

    def _name(self, description: Description[Any], merge: RecordMerge) -> None:
        """Titles of every row that the merge speaks of, and of what its cells refer to."""
        cells = (*merge.taken, *merge.kept, *merge.conflicts, *(c for row in merge.gone for c in row.cells))
        rows = (*merge.new, *merge.pasted)
        spoken = {cell.uid for cell in cells} | {row.uid for row in merge.gone}
        spoken |= {*merge.trashed, *merge.restored, *merge.missing}
        spoken |= {uid for record, uid in self._twins.found if record == description.name}
        for uid in spoken:
            self._say(description.name, uid)
        for row in rows:
            title = self._references.title(description, row.values) or description.label
            self._found.titles[description.name, row.uid] = title
            for name, value in row.values.items():
                self._say(description.field(name).references, value)
        for cell in cells:
            if record := description.field(cell.field).references:
                for held in (cell.base, cell.mine, cell.theirs):
                    self._say(record, held)

    def _say(self, record: str, uid: object) -> None:
        if record and isinstance(uid, str) and (record, uid) not in self._found.titles:
            title = self._references.title_of(record, uid)
            self._found.titles[record, uid] = title


def _missing(description: Description[Any], row: TheirRow) -> str:
    fields = (f for f in description.stored if f.required)
    return ", ".join(f.label for f in fields if row.values.get(f.name, f.default) in (None, (), ""))
