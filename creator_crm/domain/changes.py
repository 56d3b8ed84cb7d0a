"""What a finished write changed; every page hears it and decides whether it cares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from creator_crm.domain.frozen import immutable


@immutable
class Changes:
    """One change set: its number and label, and the local numbers of the rows it touched, by record."""

    change_set: int
    label: str
    rows: Mapping[str, frozenset[int]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return any(self.rows.values())

    def touches(self, *records: str) -> bool:
        """Whether any row of one of `records` changed."""
        return any(self.rows.get(record) for record in records)

    @property
    def count(self) -> int:
        return sum(len(ids) for ids in self.rows.values())
