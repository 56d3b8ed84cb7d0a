"""Copies of a workspace as small as they can be, which exchange workbooks."""

from __future__ import annotations

import copy as copying
from collections.abc import Iterator
from dataclasses import replace

from model_workbooks import FIELDS, FRESH, GONE, LIVES, Rows, Version, Versions, Workbook, World

from creator_crm.domain.ancestry import (
    PRESENCE,
    AsWritten,
    Brought,
    Knowledge,
    Past,
    Place,
    Step,
    chosen,
    held,
)
from creator_crm.domain.fields import Value
from creator_crm.domain.merging import (
    Choices,
    Gone,
    RecordMerge,
    Side,
    State,
    TheirRow,
    merge_record,
    merged,
)
from creator_crm.domain.twins import MadeTwice, Twins


class Copy:
    """One file of the workspace, its history and what it knows of the others."""

    def __init__(self, world: World, uid: str) -> None:
        self.world, self.uid = world, uid
        self.lineage: list[tuple[str, int]] = []
        self.newest = 0
        self.rows: Rows = {}
        self.trash: Rows = {}
        self.versions = Versions()
        self.steps: dict[str, list[Step]] = {}
        self.merges: dict[int, Brought] = {}
        self.heard: list[tuple[str, int, bool]] = []
        self.things: dict[str, int] = {}
        self.twins = Twins()

    # what people do

    def add(self, value: Value) -> None:
        self.newest += 1
        uid = f"{self.uid} {self.newest}"
        self._make(uid, dict.fromkeys(FIELDS, value))
        for name in (PRESENCE, *FIELDS):
            self.versions[uid, name] = self.world.write(LIVES if name == PRESENCE else value)

    def make(self, thing: int, row: dict[str, Value]) -> None:
        """A row of a thing, unless one lives here."""
        if self.living_of(thing) is None:
            self.newest += 1
            uid = f"{self.uid} {self.newest}"
            self.things[uid] = thing
            self._make(uid, row)
            for name in (PRESENCE, *FIELDS):
                self.versions[uid, name] = self.world.write(LIVES if name == PRESENCE else row[name])

    def living_of(self, thing: int | None) -> str | None:
        return next((uid for uid in self.rows if self.things.get(uid) == thing is not None), None)

    def edit(self, uid: str, name: str, value: Value) -> None:
        if self.rows[uid][name] != value:
            self.newest += 1
            self._set(uid, name, value)
            self.versions[uid, name] = self.world.write(value, self.versions[uid, name])

    def turn(self, uid: str) -> None:
        """Into the trash, or out of it, unless another one of that thing lives."""
        if uid in self.trash and self.living_of(self.things.get(uid)):
            return
        self.newest += 1
        self._turn(uid)
        place = uid, PRESENCE
        self.versions[place] = self.world.write(GONE if uid in self.trash else LIVES, self.versions[place])

    def fork(self, uid: str) -> Copy:
        """A copy of the file, opened elsewhere."""
        child = copying.copy(self)
        for name in ("rows", "trash", "versions", "steps", "merges", "heard", "things", "twins"):
            setattr(child, name, copying.deepcopy(getattr(self, name)))
        child.uid, child.lineage = uid, [*self.lineage, (self.uid, self.newest)]
        return child

    # workbooks

    def seen(self, *, in_part: bool = False) -> dict[str, int]:
        known: dict[str, int] = {}
        for uid, at, whole in self.heard:
            if in_part or whole:
                known[uid] = max(known.get(uid, 0), at)
        for uid, end in (*self.lineage, (self.uid, self.newest)):
            known[uid] = max(known.get(uid, 0), end)
        return known

    def export(self, number: int, only: frozenset[str] | None = None) -> Workbook:
        rows = {uid: dict(row) for uid, row in self.rows.items() if only is None or uid in only}
        away = self.trash.keys() | self.gone() - self.rows.keys()
        gone = frozenset(uid for uid in away if only is None or uid in only)
        return Workbook(
            number,
            self.seen(),
            self.seen(in_part=True),
            only is None,
            rows,
            gone,
            dict(self.versions),
            things=dict(self.things),
            twins=tuple(self.twins.pairs()),
        )

    def own(self) -> set[str]:
        return {self.uid, *(uid for uid, _ in self.lineage)}

    def gone(self) -> frozenset[str]:
        return frozenset[str]().union(*(merge.gone for merge in self.merges.values()))

    def knowledge(self, book: Workbook, typing: str, names: dict[str, str]) -> Knowledge:
        lineage = [*self.lineage, (self.uid, self.newest)]
        merges = {number: _named(merge, names) for number, merge in self.merges.items()}
        return Knowledge(book.seen | ({typing: 1} if book.typed else {}), lineage, merges, book.in_part)

    def read(self, book: Workbook, twins: Twins, names: dict[str, str]) -> tuple[Workbook, Past]:
        """The workbook in the names of here; more come to `twins` and `names`."""
        typing = book.typing()
        for family in twins.families().values():
            found = [uid for uid in family if uid in self.rows] or [u for u in family if u in self.trash]
            here = (found or family)[0]
            names |= {uid: here for uid in family if uid != here}
        book = book.named(names)
        past = self.past(self.knowledge(book, typing, names))
        again: dict[str, str] = {}
        for uid, row in book.rows.items():
            ours = self.living_of(book.things.get(uid))
            stays = uid in self.trash and past.state(uid) is State.LIVING
            stays = stays and all(past.is_base(uid, name, value) for name, value in row.items())
            if uid not in self.rows and ours and ours not in book.rows and not stays:
                again[uid] = ours
                twins.join(uid, ours)
        made_twice = frozenset(again.values()) - book.gone
        names |= {uid: again[here] for uid, here in names.items() if here in again} | again
        book = replace(book.named(again), made_twice=made_twice)
        return book, self.past(self.knowledge(book, typing, names))

    def past(self, knowledge: Knowledge) -> Past:
        since = {
            uid: [step for step in steps if step.change_set > knowledge.position]
            for uid, steps in self.steps.items()
        }
        found = {uid: steps for uid, steps in since.items() if steps}
        return Past(knowledge, self.rows, self.trash, found, FRESH)

    def compare(self, book: Workbook, past: Past) -> RecordMerge:
        theirs = [TheirRow(line, uid, row, {}) for line, (uid, row) in enumerate(book.rows.items(), 2)]
        known = self.seen()
        stale = all(at <= known.get(uid, 0) for uid, at in book.seen.items())
        base = AsWritten(past, theirs, book.gone, book.typed) if stale else past
        twice = MadeTwice(base, book.made_twice, FRESH)
        return merge_record("row", FIELDS, self.rows, self.trash, theirs, book.gone, twice)

    def bring_back(self, book: Workbook, choices: Choices) -> RecordMerge:
        """Merge a workbook; complains about everything decided in silence that was not right to decide."""
        typing, names = book.typing(), dict[str, str]()
        twins = Twins([*self.twins.pairs(), *book.twins])
        book, past = self.read(book, twins, names)
        found = self.compare(book, past)
        wrong = [*self._wrong(found, book)]
        assert not wrong, wrong
        theirs = [TheirRow(0, uid, row, {}) for uid, row in book.rows.items()]
        newer = self.seen(in_part=True)
        older = any(at < newer.get(uid, 0) for uid, at in book.seen.items() if uid not in self.own())
        agreed = frozenset() if older else frozenset(past.agreed(theirs, book.gone))
        agreed = frozenset(place for place in agreed if place[0] not in book.made_twice)
        over = frozenset(place for place, (was, _) in book.under.items() if self._value(place) != was)
        typed = frozenset(book.typed) - chosen(found, choices)
        kept = held(found, choices, typed, over)
        away = (book.gone - self.gone() - self.rows.keys() - self.trash.keys()) if book.whole else frozenset()
        known = self.seen()
        news = {uid: (known.get(uid, 0), at) for uid, at in book.seen.items() if at > known.get(uid, 0)}
        gone = away if news else frozenset()
        before = dict(self.twins.pairs())
        united = frozenset(first for uid, first in twins.pairs() if before.get(uid) != first)
        filled = frozenset((c.uid, c.field) for c in found.kept if c.uid in book.made_twice)
        remembered = (news and (agreed or kept or gone)) or (book.typed and agreed) or united
        living, trash = merged(found, self.rows, self.trash, choices)
        if (living, trash) != (self.rows, self.trash) or remembered:
            self.newest += 1
            self._write(living, trash)
            self.merges[self.newest] = Brought(
                news, typed, typing if book.typed else "", kept, agreed, gone, united=united, filled=filled
            )
        self.heard += [(uid, at, False) for uid, at in book.in_part.items()]
        if book.whole:
            self.heard += [(uid, at, True) for uid, at in book.seen.items()]
        if book.typed:
            self.heard.append((typing, 1, True))
        self._follow(found, book, choices)
        self.things |= {uid: thing for uid, thing in book.things.items() if uid not in self.things}
        self.twins = twins
        self._rename()
        return found

    # inside

    def _rename(self) -> None:
        for uid, first in self.twins.pairs():
            if first not in self.rows and first not in self.trash:
                for kept in (self.rows, self.trash, self.steps, self.things):
                    if uid in kept:
                        kept[first] = kept.pop(uid)
                for name in (PRESENCE, *FIELDS):
                    if (uid, name) in self.versions:
                        self.versions.ever[first, name] = self.versions.ever.pop((uid, name))
                        self.versions[first, name] = self.versions.pop((uid, name))

    def _make(self, uid: str, row: dict[str, Value]) -> None:
        self.rows[uid] = row
        self.steps.setdefault(uid, []).append(Step(self.newest, None))

    def _set(self, uid: str, name: str, value: Value) -> None:
        row = self.rows[uid] if uid in self.rows else self.trash[uid]
        self.steps.setdefault(uid, []).append(Step(self.newest, {name: row[name]}))
        row[name] = value

    def _turn(self, uid: str) -> None:
        was, to = (self.rows, self.trash) if uid in self.rows else (self.trash, self.rows)
        self.steps.setdefault(uid, []).append(
            Step(self.newest, {PRESENCE: LIVES if was is self.rows else GONE})
        )
        to[uid] = was.pop(uid)

    def _write(self, living: Rows, trash: Rows) -> None:
        for rows, here in ((living, self.rows), (trash, self.trash)):
            for uid, row in rows.items():
                if uid not in self.rows and uid not in self.trash:
                    self._make(uid, dict(row))
                if uid not in here:
                    self._turn(uid)
                for name in FIELDS:
                    if here[uid][name] != row[name]:
                        self._set(uid, name, row[name])

    def _wrong(self, found: RecordMerge, book: Workbook) -> Iterator[object]:
        """What the merge decides in silence and should have asked."""
        decided = [(c, Side.THEIRS) for c in found.taken] + [(c, Side.MINE) for c in found.kept]
        for cell, side in decided:
            if not self._right((cell.uid, cell.field), cell.mine, cell.theirs, book, side):
                yield side, cell
        asked = {row.uid for row in found.gone}
        for uid in (self.rows.keys() & book.gone) - asked:
            side = Side.THEIRS if uid in found.trashed else Side.MINE
            if not self._right((uid, PRESENCE), LIVES, GONE, book, side):
                yield side, "trashed there", uid
            for name in FIELDS:
                mine = self.rows[uid][name]
                if side is Side.THEIRS and not self._right((uid, name), mine, None, book, side):
                    yield "edited here and trashed there", uid, name
        for uid in (self.trash.keys() & book.rows.keys()) - asked:
            side = Side.THEIRS if uid in found.restored else Side.MINE
            if not self._right((uid, PRESENCE), GONE, LIVES, book, side):
                yield side, "trashed here", uid
            for name in FIELDS:
                theirs = book.rows[uid][name]
                if side is Side.MINE and not self._right((uid, name), None, theirs, book, side):
                    yield "trashed here and edited there", uid, name
        for row in found.new:
            place = row.uid, PRESENCE
            if place in self.versions and not self._right(place, GONE, LIVES, book, Side.THEIRS):
                yield "came back", row.uid
        if book.whole:
            yield from (("missing", uid) for uid in found.missing)

    def _right(self, place: Place, mine: Value, theirs: Value, book: Workbook, side: Side) -> bool:
        here, there = self.versions[place], book.versions[place]
        if place[0] in book.made_twice and place[1] != PRESENCE:
            return (mine if side is Side.THEIRS else theirs) == FRESH[place[1]]
        if side is Side.THEIRS:
            return self.world.rightly_yields(here, mine, there, self.versions.ever[place])
        return self.world.rightly_yields(there, theirs, here, self.versions.ever[place])

    def _follow(self, found: RecordMerge, book: Workbook, choices: Choices) -> None:
        """Let the versions follow what was written."""
        asked = {(cell.uid, cell.field) for cell in found.conflicts}
        asked |= {(row.uid, PRESENCE) for row in found.gone}
        theirs_stand = [
            row for row in found.gone if choices.row(row) is Side.THEIRS and row.gone is Gone.HERE
        ]
        asked |= {(cell.uid, cell.field) for row in theirs_stand for cell in row.cells}
        kept = {row.uid for row in found.gone if choices.row(row) is Side.MINE} | book.gone
        for place in ((uid, name) for uid in kept for name in FIELDS if (uid, name) in self.versions):
            here, there = self.versions[place], book.versions[place]
            self.versions[place] = Version(here.writes, (here.known | there.known) - here.writes)
        places = [(uid, name) for uid in book.rows for name in (PRESENCE, *FIELDS)]
        for place in (*places, *((uid, PRESENCE) for uid in book.gone)):
            uid = place[0]
            there = book.versions[place]
            if (here := self.versions.get(place)) is None:
                for name in (PRESENCE, *FIELDS):
                    self.versions[uid, name] = book.versions[uid, name]
                continue
            if place[1] != PRESENCE and uid not in self.rows and uid not in self.trash:
                continue
            mine, theirs = self._value(place), _value_in(book, place)
            if uid in book.made_twice and place not in asked and place[1] != PRESENCE:
                stands = {cell.field for cell in found.kept if cell.uid == uid}
                taken = {cell.field for cell in found.taken if cell.uid == uid}
                writes = here.writes if place[1] in stands else there.writes
                writes = writes if place[1] in stands | taken else here.writes | there.writes
                self.versions[place] = Version(writes, (here.known | there.known) - writes)
            elif mine == theirs:
                writes = here.writes | there.writes
                if place in asked or here.writes & there.past:
                    writes = there.writes
                elif there.writes & here.past:
                    writes = here.writes
                self.versions[place] = Version(writes, (here.known | there.known) - writes)
            elif place in asked:
                self.versions[place] = self.world.write(mine, here, there)
            else:
                self.versions[place] = Version(here.writes, (here.known | there.known) - here.writes)

    def _value(self, place: Place) -> Value:
        uid, name = place
        if uid not in self.rows and uid not in self.trash and name != PRESENCE:
            return None
        if name == PRESENCE:
            return LIVES if uid in self.rows else GONE
        return (self.rows[uid] if uid in self.rows else self.trash[uid])[name]


def _named(merge: Brought, names: dict[str, str]) -> Brought:
    def places(of: frozenset[Place]) -> frozenset[Place]:
        return frozenset((names.get(uid, uid), name) for uid, name in of)

    return replace(
        merge,
        typed=places(merge.typed),
        held=places(merge.held),
        agreed=places(merge.agreed),
        filled=places(merge.filled),
        united=frozenset(names.get(uid, uid) for uid in merge.united),
        gone=frozenset(names.get(uid, uid) for uid in merge.gone),
    )


def _value_in(book: Workbook, place: Place) -> Value:
    uid, name = place
    return (LIVES if uid in book.rows else GONE) if name == PRESENCE else book.rows[uid][name]
