"""Which other records show through in the rows of a record, so that a list knows whose changes concern it."""

from __future__ import annotations

from functools import lru_cache

from creator_crm.domain.fields import Catalogue


@lru_cache(maxsize=64)
def related(catalogue: Catalogue, record: str) -> frozenset[str]:
    """The records that derived values and references of `record` come from, and what a campaign scopes by."""
    found: set[str] = set()
    waiting = [record]
    while waiting:
        for field in catalogue[waiting.pop()].fields:
            source = field.derived.record if field.derived else field.references
            if source and source in catalogue and source not in found and source != record:
                found.add(source)
                if field.derived:
                    waiting.append(source)
    return frozenset(found | ({"collaboration"} & set(catalogue))) - {record}
