"""What another copy of the workspace knows of this one's history: the base of a merge, cell by cell.

A copy's knowledge is a version vector: for each copy the newest of its change sets that it has seen. Going
back through what happened to a cell here, the base is its value after the newest step that the writer of the
workbook knows. A step is known when it was written before the position they have seen, or when it came here
by a merge whose news they have as well. Where that cannot be told, the base is unknown and a difference is a
question: asking once too often loses nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import field as field_of
from enum import Enum, auto
from typing import Final

from creator_crm.domain.fields import Value
from creator_crm.domain.frozen import immutable
from creator_crm.domain.merging import UNKNOWN, BaseValue, Choices, RecordMerge, Side, State, TheirRow

PRESENCE: Final = "deleted_at"  # empty while a row lives: whether it does is a cell like others
Place = tuple[str, str]  # uid and field


class Knows(Enum):
    """Whether the writer of a workbook knows a step of the history here."""

    YES = auto()
    MAYBE = auto()
    NO = auto()


@immutable
class Brought:
    """What one merge brought here, beside the values.

    `news` tells for each copy from where to where the knowledge here grew. Of the cells, `typed` hold what a
    person typed into the workbook, which the copy that wrote it does not know: it goes by the name `typing`,
    EXPORT/DIGEST, which counts as a copy of its own in whoever merged it. In `held` the value here was
    kept against theirs; `agreed` were changed on both sides alike. For a whole row the field is PRESENCE.
    `gone` are rows in the trash there that were never here: whoever hears of this copy must hear of that.
    `in_part` is what came of which copies, up to where, in a workbook that left something out.
    `booked` are rows that this copy added by itself to what came, such as lines of the stock ledger.
    `united` are rows here that became one with a twin which another copy had made; in the cells `filled`
    what was here stood where the twin was as every new row is.
    """

    news: Mapping[str, tuple[int, int]]
    typed: frozenset[Place] = frozenset()
    typing: str = ""
    held: frozenset[Place] = frozenset()
    agreed: frozenset[Place] = frozenset()
    gone: frozenset[str] = frozenset()
    booked: frozenset[str] = frozenset()
    united: frozenset[str] = frozenset()
    filled: frozenset[Place] = frozenset()
    in_part: Mapping[str, int] = field_of(default_factory=dict)


@immutable
class Step:
    """What one change set did to a row.

    `before` holds the changed values as they were, the whole row where it was `removed` for good; it is None
    where the row was made.
    """

    change_set: int
    before: Mapping[str, Value] | None
    removed: bool = False


@immutable
class Knowledge:
    """What the writer of a workbook knows of the history here.

    seen: their version vector, with the name of what was typed into the workbook at 1; in_part: likewise,
    with what they know from workbooks that were not whole; lineage: the copies that this one was, each with
    the last change set it wrote; merges: those here that are not undone, by change set.
    """

    seen: Mapping[str, int]
    lineage: Sequence[tuple[str, int]]
    merges: Mapping[int, Brought] = field_of(default_factory=dict)
    in_part: Mapping[str, int] = field_of(default_factory=dict)

    @property
    def position(self) -> int:
        """The newest change set here that they have seen."""
        return self._newest(self.seen)

    @property
    def shares_history(self) -> bool:
        """Whether they know any of the copies that this one was."""
        return any(copy in self.seen for copy, _ in self.lineage)

    def of(self, change_set: int, place: Place) -> Knows:
        """Whether they know what a change set after `position` did to a cell."""
        knows = Knows.NO
        if self.came_from_others(change_set, place):
            knows = self.of_news(change_set)
        elif (merge := self.merges.get(change_set)) and merge.typing and place in merge.typed:
            knows = self.of_typing(merge.typing)
        if knows is not Knows.NO:
            return knows
        return Knows.MAYBE if change_set <= self._newest(self.in_part) else Knows.NO

    def of_news(self, change_set: int) -> Knows:
        """Whether they know what a merge brought here from other copies."""
        news = self.merges[change_set].news
        if news and all(self.seen.get(copy, 0) >= new for copy, (_, new) in news.items()):
            return Knows.YES
        heard = any(self._heard(copy) > old for copy, (old, _) in news.items())
        return Knows.MAYBE if heard else Knows.NO

    def of_typing(self, typing: str) -> Knows:
        """Whether they merged the same workbook, as it was typed into; MAYBE when at another time."""
        if typing in self.seen:
            return Knows.YES
        export = typing.partition("/")[0] + "/"
        return Knows.MAYBE if any(copy.startswith(export) for copy in self.seen) else Knows.NO

    def came_from_others(self, change_set: int, place: Place) -> bool:
        """Whether a cell was not written here, but by the copy that a workbook came from or one before it."""
        merge = self.merges.get(change_set)
        if merge is None or not merge.news or place[0] in merge.booked:
            return False
        return place not in merge.typed

    def _heard(self, copy: str) -> int:
        return max(self.seen.get(copy, 0), self.in_part.get(copy, 0))

    def _newest(self, seen: Mapping[str, int]) -> int:
        return max((min(seen.get(copy, 0), end) for copy, end in self.lineage), default=0)


class Past:
    """The base that the history of this copy gives, for a writer with some knowledge of it."""

    def __init__(
        self,
        knowledge: Knowledge,
        mine: Mapping[str, Mapping[str, Value]],
        in_trash: Mapping[str, Mapping[str, Value]],
        steps: Mapping[str, Sequence[Step]],
        fresh: Mapping[str, Value] | None = None,
    ) -> None:
        """`steps` are those after the position that the writer has seen, for each row from old to new.

        `fresh` is what every new row begins with.
        """
        self._mine, self._in_trash = mine, in_trash
        self._touched: dict[str, _Row] = {}
        # Somebody told that these are gone, which the writer of the workbook has not heard.
        self._unheard = frozenset(
            uid
            for number, merge in knowledge.merges.items()
            if merge.gone and knowledge.of_news(number) is not Knows.YES
            for uid in merge.gone
        )
        notes = _notes(knowledge, fresh or {})
        for uid in steps.keys() | notes.keys():
            row = self._touched[uid] = _Row(uid, self.state(uid))
            row.go_back(knowledge, [*notes.get(uid, ()), *steps.get(uid, ())])

    def state(self, uid: str) -> State:
        if row := self._touched.get(uid):
            return row.state
        if uid in self._mine:
            return State.LIVING
        if uid in self._in_trash:
            return State.TRASHED
        return State.LIVING if uid in self._unheard else State.ABSENT

    def is_base(self, uid: str, field: str, value: Value) -> bool | None:
        held = self.value(uid, field)
        return None if held is UNKNOWN else held == value

    def value(self, uid: str, field: str) -> BaseValue:
        if (row := self._touched.get(uid)) and row.is_other(field):
            return row.values.get(field, UNKNOWN)
        now = self._now(uid)
        return UNKNOWN if now is None else now.get(field, UNKNOWN)

    def agreed(self, theirs: Iterable[TheirRow], deleted_there: Collection[str]) -> Iterator[Place]:
        """What was changed on both sides alike: to be remembered, for from now on both know it."""
        gone = [uid for uid in deleted_there if uid in self._in_trash]
        yield from ((uid, PRESENCE) for uid in gone if self.state(uid) is not State.TRASHED)
        for row in theirs:
            touched, here = self._touched.get(row.uid), self._mine.get(row.uid)
            if touched is None or here is None:
                continue
            if touched.state is not State.LIVING:
                yield row.uid, PRESENCE
            for field, value in row.values.items():
                if field in here and here[field] == value and not self.is_base(row.uid, field, value):
                    yield row.uid, field

    def _now(self, uid: str) -> Mapping[str, Value] | None:
        return self._mine.get(uid) or self._in_trash.get(uid)


@immutable
class _Note:
    """That a merge left a cell as it was, against theirs or in agreement with it."""

    change_set: int
    field: str
    held: bool


@immutable
class _Union:
    """That a row became one with a twin; `twin` is what that held where it gave way."""

    change_set: int
    twin: Mapping[str, Value]


def _notes(knowledge: Knowledge, fresh: Mapping[str, Value]) -> dict[str, list[_Note | _Union]]:
    notes: dict[str, list[_Note | _Union]] = {}
    for number, merge in knowledge.merges.items():
        if number > knowledge.position:
            for places, held in ((merge.held, True), (merge.agreed, False)):
                for uid, field in places:
                    notes.setdefault(uid, []).append(_Note(number, field, held))
            twins: dict[str, dict[str, Value]] = {uid: {} for uid in merge.united}
            for uid, field in merge.filled:
                twins.setdefault(uid, {})[field] = fresh.get(field)
            for uid, twin in twins.items():
                notes.setdefault(uid, []).append(_Union(number, twin))
    return notes


class _Row:
    """A row on its way back to what the writer of the workbook knows of it.

    `values` holds what was otherwise; where the row is `lost`, the rest is unknown.
    """

    def __init__(self, uid: str, state: State) -> None:
        self.uid, self.state, self.lost = uid, state, False
        self._lives = state is State.LIVING
        self.values: dict[str, BaseValue] = {}
        self._settled = set[str]()
        self._typed = frozenset[Place]()  # cells of a row that others made, and somebody else filled in

    def is_other(self, field: str) -> bool:
        """Whether the base of a cell is not simply what it holds now."""
        if field in self.values:
            return True
        return field not in self._settled and (self.lost or (self.uid, field) in self._typed)

    def go_back(self, knowledge: Knowledge, events: list[Step | _Note | _Union]) -> None:
        # Back through one merge: what it noted, what it changed, and before all that it united the row.
        order = {_Note: 0, Step: 1, _Union: 2}
        for event in sorted(events, key=lambda e: (-e.change_set, order[type(e)])):
            if isinstance(event, _Note):
                self._pass_note(knowledge, event)
            elif isinstance(event, _Union):
                if self._pass_union(knowledge, event, self._ours(knowledge, event, events)):
                    return
            elif event.before is None:
                if self._pass_making(knowledge, event.change_set):
                    return
            else:
                for field, before in event.before.items():
                    if field not in self._settled:
                        knows = knowledge.of(event.change_set, (self.uid, field))
                        self._pass_change(field, before, knows)
                if event.removed:
                    self._be(State.TRASHED if event.before.get(PRESENCE) else State.LIVING)

    def _pass_note(self, knowledge: Knowledge, note: _Note) -> None:
        if note.field in self._settled:
            return
        merge = knowledge.merges[note.change_set]
        knows, held = Knows.NO, False
        if (self.uid, note.field) in merge.typed:
            knows = knowledge.of_typing(merge.typing)
        if knows is Knows.NO and (note.held or (self.uid, note.field) not in merge.typed):
            knows, held = knowledge.of_news(note.change_set), note.held
        if knows is Knows.NO:
            return
        self._settled.add(note.field)
        if held or knows is Knows.MAYBE:
            self._forget(note.field)

    def _ours(self, knowledge: Knowledge, union: _Union, events: Iterable[Step | _Note | _Union]) -> Knows:
        """Whether they know the row that was here before it was united."""
        made = [e.change_set for e in events if isinstance(e, Step) and e.before is None]
        before = [number for number in made if number < union.change_set]
        return knowledge.of(max(before), (self.uid, PRESENCE)) if before else Knows.YES

    def _pass_union(self, knowledge: Knowledge, union: _Union, ours: Knows) -> bool:
        """Back to before the row was united with its twin; returns whether that is the end.

        Who knows one of the two only can delete that one, and no more: whether this row goes is a question.
        """
        theirs = knowledge.of_news(union.change_set)
        if ours is theirs is Knows.YES:
            return False
        if self._lives:
            self.state = State.UNKNOWN
            self._settled.add(PRESENCE)
        if ours is Knows.YES:
            return False
        if ours is Knows.NO and theirs is Knows.YES:
            open_ = union.twin.keys() - self._settled
            self.values |= {field: union.twin[field] for field in open_}
        else:
            self.lost = True
            self.values = {f: value for f, value in self.values.items() if f in self._settled}
        return True

    def _pass_change(self, field: str, before: Value, knows: Knows) -> None:
        if knows is not Knows.NO:
            self._settled.add(field)
        if knows is Knows.MAYBE:
            self._forget(field)
        elif knows is Knows.NO and field == PRESENCE:
            self._be(State.TRASHED if before else State.LIVING)
        elif knows is Knows.NO:
            self.values[field] = before

    def _pass_making(self, knowledge: Knowledge, change_set: int) -> bool:
        """Back beyond the making of the row; returns whether that is the end."""
        place = self.uid, PRESENCE
        knows = knowledge.of(change_set, place)
        if knows is Knows.YES:
            merge = knowledge.merges[change_set]
            if knowledge.of_typing(merge.typing) is not Knows.YES:
                self._typed = merge.typed
            return True
        # Whoever has a row that was made here got it as it was made; one that others made may have changed.
        self.lost = knows is Knows.MAYBE or knowledge.came_from_others(change_set, place)
        self._be(State.UNKNOWN if knows is Knows.MAYBE else State.ABSENT)
        return knows is Knows.MAYBE

    def _forget(self, field: str) -> None:
        if field == PRESENCE:
            self.state = State.UNKNOWN
        else:
            self.values[field] = UNKNOWN

    def _be(self, state: State) -> None:
        if PRESENCE not in self._settled:
            self.state = state


def chosen(merge: RecordMerge, choices: Choices) -> frozenset[Place]:
    """Where what is here stays, asked or refused; of what was typed there, nothing came in."""
    cells = [c for c in merge.conflicts if choices.cell(c) is Side.MINE]
    cells += [c for c in merge.taken if not choices.takes(c)]
    rows = [row.uid for row in merge.gone if choices.row(row) is Side.MINE]
    rows += [uid for uid in (*merge.trashed, *merge.restored) if not choices.moves(uid)]
    return frozenset([*((c.uid, c.field) for c in cells), *((uid, PRESENCE) for uid in rows)])


def held(
    merge: RecordMerge, choices: Choices, typed: frozenset[Place], over: frozenset[Place]
) -> frozenset[Place]:
    """Where what is here stands against what their copy has, as chosen, or where nobody can tell what it has.

    `over` are the typed cells under which the workbook had something else than is here.
    """
    return (chosen(merge, choices) - typed) | over


class AsWritten:
    """The base for a workbook that nothing is new in but what was typed: it is the workbook, as written.

    An older workbook that arrives after a newer one must not turn anything back.
    """

    def __init__(
        self, past: Past, theirs: Iterable[TheirRow], deleted_there: Collection[str], typed: Collection[Place]
    ) -> None:
        self._past, self._deleted_there, self._typed = past, deleted_there, typed
        self._rows = {row.uid: row.values for row in theirs if (row.uid, PRESENCE) not in typed}

    def state(self, uid: str) -> State:
        if uid in self._rows:
            return State.LIVING
        return State.TRASHED if uid in self._deleted_there else self._past.state(uid)

    def is_base(self, uid: str, field: str, value: Value) -> bool | None:
        if self._knows(uid, field):
            return self._rows[uid][field] == value
        return self._past.is_base(uid, field, value)

    def value(self, uid: str, field: str) -> BaseValue:
        return self._rows[uid][field] if self._knows(uid, field) else self._past.value(uid, field)

    def _knows(self, uid: str, field: str) -> bool:
        return uid in self._rows and field in self._rows[uid] and (uid, field) not in self._typed
