"""What a known export looks like: the headers that give it away and what becomes of it here."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from creator_crm.exchange.headers import header_key


@dataclass(frozen=True, slots=True)
class Format:
    """One known export.

    `needs` must all be there, `hints` at least `enough` of them. `later` says in one sentence why nothing
    of it is imported yet; without it the rows are creators. `targets` maps headers whose meaning only this
    format fixes; "" leaves a column out. `platform` is the platform of its handles.
    `unless_a_creator_list`: the words are so common that handles or followers beside them count for more.
    """

    kind: str
    label: str
    needs: tuple[str, ...]
    hints: tuple[str, ...] = ()
    enough: int = 0
    later: str = ""
    platform: str = ""
    unless_a_creator_list: bool = False
    targets: Mapping[str, str] = field(default_factory=dict)

    def evidence(self, keys: Collection[str]) -> tuple[str, ...]:
        """The headers by which it is recognised, () when it is not this format."""
        if not all(header_key(name) in keys for name in self.needs):
            return ()
        seen = tuple(name for name in self.hints if header_key(name) in keys)
        return (*self.needs, *seen) if len(seen) >= self.enough else ()
