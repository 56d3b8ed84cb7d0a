"""Which changes concern a list: of related records that show through in its rows, or that move a row."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from creator_crm.domain.changes import Changes
from creator_crm.domain.fields import Catalogue, Description, Row, value_of
from creator_crm.ui.shared.table.look import Look

if TYPE_CHECKING:
    from creator_crm.ui.shared.table.model import RecordModel

MANY = 2_000  # rows in one change
LONG = 10_000  # rows in a list: from here on reading it again is felt


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


def moves(description: Description[Any], look: Look, before: Row, after: Row | None) -> bool:
    """Whether a changed row may stand elsewhere in a list of this look, or not in it any more."""
    if after is None:
        return True
    by_name = description.by_name
    asked = set(look.asked) | {"archived"}
    if look.search.strip():
        asked |= {f.name for f in description.fields if f.searchable}
    asked |= {description.title} if not look.sort else set()
    fields = [by_name[name] for name in asked if name in by_name]
    other = {name for name in asked if name not in by_name and name != "archived"}
    gone = before.deleted_at != after.deleted_at
    return gone or bool(other) or any(value_of(before, f) != value_of(after, f) for f in fields)


def may_follow(changes: Changes, model: RecordModel) -> bool:
    """Whether a list may be read beside the window: after many changes, or others than of rows in sight."""
    here = changes.rows.get(model.record, frozenset())
    in_sight = bool(here) and len(model.loaded(here)) == len(here)
    return changes.count > MANY or (len(model.ids) > LONG and not in_sight)
