"""What a known export looks like: the headers that give it away and what becomes of it here."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Literal

from creator_crm.domain.normal import Reading
from creator_crm.exchange.headers import header_key
from creator_crm.exchange.shapes import CREATORS


@dataclass(frozen=True, slots=True)
class Format:
    """One known export.

    `needs` must all be there, `hints` at least `enough` of them, of each of `groups` one. `shape` is what its
    lines are about. `instead` says that nothing is imported, and what to do. `targets` maps headers whose
    meaning only this format fixes; "" leaves a column out; with `closed` every other header is left out.
    `constants` holds for every line. `yields`: targets that only fill what is empty, because another export
    knows them better. `platform` is the platform of its handles. `unless_a_creator_list`: the words are so
    common that handles or followers beside them count for more. `reading`: how its cells are written, always.
    """

    kind: str
    label: str
    needs: tuple[str, ...]
    hints: tuple[str, ...] = ()
    enough: int = 0
    groups: tuple[tuple[str, ...], ...] = ()
    instead: str = ""
    shape: str = CREATORS
    platform: str = ""
    unless_a_creator_list: bool = False
    closed: bool = False
    date_order: Literal["dmy", "mdy", "ymd"] | None = None
    reading: Reading | None = None
    targets: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    yields: frozenset[str] = frozenset()

    def evidence(self, keys: Collection[str]) -> tuple[str, ...]:
        """The headers by which it is recognised, () when it is not this format."""
        if not all(header_key(name) in keys for name in self.needs):
            return ()
        seen = [name for name in self.hints if header_key(name) in keys]
        if len(seen) < self.enough:
            return ()
        for group in self.groups:
            found = next((name for name in group if header_key(name) in keys), None)
            if found is None:
                return ()
            seen.append(found)
        return (*self.needs, *dict.fromkeys(seen))
