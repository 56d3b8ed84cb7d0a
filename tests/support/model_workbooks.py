"""What copies of a workspace write and send in the smallest model of them; every write is told apart.

The model knows what no program knows: which write each value comes from, and which writes it followed. So it
can say of everything that a merge decides in silence whether it was right.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from typing_extensions import override

from creator_crm.domain.ancestry import PRESENCE, Place
from creator_crm.domain.fields import Value

FIELDS = ("name", "note")
Rows = dict[str, dict[str, Value]]
LIVES, GONE = None, "2026-01-01"
FRESH: dict[str, Value] = dict.fromkeys(FIELDS)


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
    things: dict[str, int] = field(default_factory=dict)  # of what a row is: no two that live are of one
    twins: tuple[tuple[str, str], ...] = ()
    made_twice: frozenset[str] = frozenset()

    def named(self, names: dict[str, str]) -> Workbook:
        """As it reads where rows go by other ids."""

        def at(place: Place) -> Place:
            return names.get(place[0], place[0]), place[1]

        versions: dict[Place, Version] = {}
        for place in sorted(self.versions, key=lambda place: place[0] in self.rows):
            version, other = self.versions[place], versions.get(at(place), Version(frozenset()))
            versions[at(place)] = Version(version.writes, (version.past | other.known) - version.writes)
        rows = {names.get(uid, uid): row for uid, row in self.rows.items()}
        gone = frozenset(names.get(uid, uid) for uid in self.gone)
        return replace(
            self,
            rows=rows,
            gone=gone - rows.keys(),
            versions=versions,
            typed={at(place) for place in self.typed},
            under={at(place): was for place, was in self.under.items()},
            things={names.get(uid, uid): thing for uid, thing in self.things.items()},
        )

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
