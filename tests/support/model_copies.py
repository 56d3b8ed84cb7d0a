"""Copies of a workspace as small as they can be, which exchange workbooks; every write is told apart.

The model knows what no program knows: which write each value comes from, and which writes it followed. So it
can say of everything that a merge decides in silence whether it was right.
"""

from __future__ import annotations

import copy as copying
from collections.abc import Iterator
from dataclasses import dataclass, field

from typing_extensions import override

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
    TheirRow,
    merge_record,
    merged,
)

FIELDS = ("name", "note")
Rows = dict[str, dict[str, Value]]
LIVES, GONE = None, "2026-01-01"


@dataclass(frozen=True)
class Version:
    """The writes that a cell's value comes from (more than one when they agreed), and those before them."""

    writes: frozenset[int]
    past: frozenset[int] = frozenset()

    @property
    def known(self) -> frozenset[int]:
        return self.writes | self.past


class World:
    """All writes there ever were: their numbers are in the order of time, each with its value."""

    def __init__(self) -> None:
        self.values: list[Value] = []

    def write(self, value: Value, *before: Version) -> Version:
        self.values.append(value)
        past = frozenset[int]().union(*(version.known for version in before))
        return Version(frozenset({len(self.values) - 1}), past)

    def rightly_yields(self, loser: Version, lost: Value, winner: Version, ever_here: set[int]) -> bool:
        """Whether `loser` may give way in silence: it was known, or is what both had in common before.

        That is looked for among what was ever seen here: of a value that came and went elsewhere in between
        no copy can know.
        """
        if loser.writes & winner.known:
            return True
        common = loser.known & winner.known & ever_here
        return bool(common) and self.values[max(common)] == lost


class Versions(dict[Place, Version]):
    """The versions of all cells of a copy; it remembers what ever was there."""

    def __init__(self) -> None:
        super().__init__()
        self.ever: dict[Place, set[int]] = {}

    @override
    def __setitem__(self, place: Place, version: Version) -> None:
        super().__setitem__(place, version)
        self.ever.setdefault(place, set()).update(version.writes)


@dataclass
class Workbook:
    """What a copy wrote, and what was typed into it since."""

    export: int
    seen: dict[str, int]
    in_part: dict[str, int]
    whole: bool
    rows: Rows
    gone: frozenset[str]
    versions: dict[Place, Version]
    typed: set[Place] = field(default_factory=set)
    under: dict[Place, tuple[Value, Version]] = field(default_factory=dict)  # as it was written
    typings: dict[tuple[str, str, Value], Version] = field(default_factory=dict)
    added: set[str] = field(default_factory=set)  # rows typed anew: what they hold makes their uid

    def typing(self) -> str:
        cells = {(uid, name): self.rows[uid].get(name) for uid, name in sorted(self.typed)}
        return f"export {self.export}/{cells}" if cells else ""

    def type(self, world: World, uid: str, name: str, value: Value) -> None:
        if self.rows[uid][name] != value:
            self.under.setdefault((uid, name), (self.rows[uid][name], self.versions[uid, name]))
            self.rows[uid][name] = value
            first = world.write(value, self.versions[uid, name])
            self.versions[uid, name] = self.typings.setdefault((uid, name, value), first)
            self.typed.add((uid, name))
            if value == self.under[uid, name][0]:  # as if nobody had typed there
                self.typed.discard((uid, name))
                _, self.versions[uid, name] = self.under.pop((uid, name))

    def type_row(self, world: World, value: Value) -> None:
        uid = f"typed {self.export} {value}"
        if uid not in self.rows:
            self.added.add(uid)
            self.rows[uid] = dict.fromkeys(FIELDS, value)
            for name in (PRESENCE, *FIELDS):
                self.versions[uid, name] = world.write(LIVES if name == PRESENCE else value)
                self.typed.add((uid, name))


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

    # what people do

    def add(self, value: Value) -> None:
        self.newest += 1
        uid = f"{self.uid} {self.newest}"
        self._make(uid, dict.fromkeys(FIELDS, value))
        for name in (PRESENCE, *FIELDS):
            self.versions[uid, name] = self.world.write(LIVES if name == PRESENCE else value)

    def edit(self, uid: str, name: str, value: Value) -> None:
        if self.rows[uid][name] != value:
            self.newest += 1
            self._set(uid, name, value)
            self.versions[uid, name] = self.world.write(value, self.versions[uid, name])

    def turn(self, uid: str) -> None:
        """Into the trash, or out of it."""
        self.newest += 1
        self._turn(uid)
        place = uid, PRESENCE
        self.versions[place] = self.world.write(GONE if uid in self.trash else LIVES, self.versions[place])

    def fork(self, uid: str) -> Copy:
        """A copy of the file, opened elsewhere."""
        child = copying.copy(self)
        for name in ("rows", "trash", "versions", "steps", "merges", "heard"):
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
            number, self.seen(), self.seen(in_part=True), only is None, rows, gone, dict(self.versions)
        )

    def own(self) -> set[str]:
        return {self.uid, *(uid for uid, _ in self.lineage)}

    def gone(self) -> frozenset[str]:
        return frozenset[str]().union(*(merge.gone for merge in self.merges.values()))

    def knowledge(self, book: Workbook) -> Knowledge:
        lineage = [*self.lineage, (self.uid, self.newest)]
        typing = {book.typing(): 1} if book.typed else {}
        return Knowledge(book.seen | typing, lineage, self.merges, book.in_part)

    def compare(self, book: Workbook) -> tuple[RecordMerge, Past]:
        knowledge = self.knowledge(book)
        since = {
            uid: [step for step in steps if step.change_set > knowledge.position]
            for uid, steps in self.steps.items()
        }
        past = Past(knowledge, self.rows, self.trash, {uid: steps for uid, steps in since.items() if steps})
        theirs = [TheirRow(line, uid, row, {}) for line, (uid, row) in enumerate(book.rows.items(), 2)]
        known = self.seen()
        stale = all(at <= known.get(uid, 0) for uid, at in book.seen.items())
        base = AsWritten(past, theirs, book.gone, book.typed) if stale else past
        return merge_record("row", FIELDS, self.rows, self.trash, theirs, book.gone, base), past

    def bring_back(self, book: Workbook, choices: Choices) -> RecordMerge:
        """Merge a workbook; complains about everything decided in silence that was not right to decide."""
        found, past = self.compare(book)
        wrong = [*self._wrong(found, book)]
        assert not wrong, wrong
        theirs = [TheirRow(0, uid, row, {}) for uid, row in book.rows.items()]
        newer = self.seen(in_part=True)
        older = any(at < newer.get(uid, 0) for uid, at in book.seen.items() if uid not in self.own())
        agreed = frozenset() if older else frozenset(past.agreed(theirs, book.gone))
        over = frozenset(place for place, (was, _) in book.under.items() if self._value(place) != was)
        typed = frozenset(book.typed) - chosen(found, choices)
        kept = held(found, choices, typed, over)
        away = (book.gone - self.gone() - self.rows.keys() - self.trash.keys()) if book.whole else frozenset()
        known = self.seen()
        news = {uid: (known.get(uid, 0), at) for uid, at in book.seen.items() if at > known.get(uid, 0)}
        gone = away if news else frozenset()
        remembered = (news and (agreed or kept or gone)) or (book.typed and agreed)
        living, trash = merged(found, self.rows, self.trash, choices)
        if (living, trash) != (self.rows, self.trash) or remembered:
            self.newest += 1
            self._write(living, trash)
            self.merges[self.newest] = Brought(news, typed, book.typing(), kept, agreed, gone)
        self.heard += [(uid, at, False) for uid, at in book.in_part.items()]
        if book.whole:
            self.heard += [(uid, at, True) for uid, at in book.seen.items()]
        if book.typed:
            self.heard.append((book.typing(), 1, True))
        self._follow(found, book, choices)
        return found

    # inside

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
            if mine == theirs:
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


def _value_in(book: Workbook, place: Place) -> Value:
    uid, name = place
    return (LIVES if uid in book.rows else GONE) if name == PRESENCE else book.rows[uid][name]
