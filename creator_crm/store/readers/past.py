"""What the history tells of rows since a workbook was written: each step back, and what merges brought."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Mapping
from heapq import merge
from typing import Any

from creator_crm.domain.ancestry import PRESENCE, Brought, Knowledge, Place, Step
from creator_crm.domain.fields import Catalogue, Description, Value
from creator_crm.store.codec import decode_custom
from creator_crm.store.copies import lineage
from creator_crm.store.readers.whole import Uids, normal

Steps = Mapping[str, list[Step]]  # uid -> what happened to the row, from old to new
_PORTION = 2_000
_CURRENT = dict[tuple[str, int], str]


def knowledge(
    raw: sqlite3.Connection,
    seen: Mapping[str, int],
    in_part: Mapping[str, int] | None = None,
    names: Mapping[str, str] | None = None,
) -> Knowledge:
    """What somebody who has seen `seen`, and more `in_part`, knows of the history here.

    `names` tells which rows go by another id now.
    """
    merges = {
        number: _brought(json.loads(details).get("brought", {}), names or {})
        for number, details in raw.execute(
            "SELECT id, details FROM change_set WHERE origin = 'merge' AND NOT undone"
        )
    }
    return Knowledge(seen, [(stretch.uid, stretch.end) for stretch in lineage(raw)], merges, in_part or {})


def brought_as_json(brought: Brought) -> dict[str, Any]:
    """What `knowledge` reads back from the details of a merge's change set."""
    return {
        "news": {copy: list(span) for copy, span in brought.news.items()},
        "typed": _in_order(brought.typed),
        "typing": brought.typing,
        "held": _in_order(brought.held),
        "agreed": _in_order(brought.agreed),
        "gone": sorted(brought.gone),
        "booked": sorted(brought.booked),
        "united": sorted(brought.united),
        "filled": _in_order(brought.filled),
        "in_part": dict(brought.in_part),
    }


def _in_order(places: Collection[Place]) -> list[Place]:
    """Sorted a portion at a time: one long sort would make every other thread wait."""
    found, portions = list(places), range(0, len(places), _PORTION)
    return list(merge(*(sorted(found[at : at + _PORTION]) for at in portions)))


def _brought(kept: Mapping[str, Any], names: Mapping[str, str]) -> Brought:
    def rows(of: str) -> frozenset[str]:
        return frozenset(names.get(uid, uid) for uid in kept.get(of, ()))

    def places(of: str) -> frozenset[Place]:
        return frozenset((names.get(uid, uid), field) for uid, field in kept.get(of, ()))

    news = {copy: (old, new) for copy, (old, new) in kept.get("news", {}).items()}
    return Brought(
        news,
        typed=places("typed"),
        typing=kept.get("typing", ""),
        held=places("held"),
        agreed=places("agreed"),
        gone=rows("gone"),
        booked=rows("booked"),
        united=rows("united"),
        filled=places("filled"),
        in_part=kept.get("in_part", {}),
    )


def steps_after(
    raw: sqlite3.Connection, catalogue: Catalogue, position: int, uids: Uids, names: Mapping[str, str]
) -> dict[str, dict[str, list[Step]]]:
    """By record and uid, what was done to rows after change set `position`; `names` as in `knowledge`.

    Read from new to old, because the number of a row that was removed for good may be another row's today.
    """
    current = _uids_of_touched(raw, catalogue, position)
    found: dict[str, dict[str, list[Step]]] = {}
    for number, record, row, action, before in raw.execute(
        'SELECT change_set, record, "row", action, before FROM history WHERE change_set > ? ORDER BY id DESC',
        (position,),
    ):
        if record not in catalogue:
            continue
        was = json.loads(before) if before else {}
        if action == "delete":
            current[record, row] = names.get(was["uid"], was["uid"])
        uid = current.get((record, row), "")
        if action == "insert":
            current.pop((record, row), None)
        values = None if action == "insert" else _values(catalogue[record], was, uids)
        step = Step(number, values, removed=action == "delete")
        found.setdefault(record, {}).setdefault(uid, []).insert(0, step)
    return found


def _values(description: Description[Any], columns: Mapping[str, Any], uids: Uids) -> dict[str, Value]:
    values: dict[str, Value] = {
        f.name: normal(f, columns[f.name], uids) for f in description.stored if f.name in columns
    }
    if "custom" in columns:
        own = decode_custom(columns["custom"])
        values |= {f.name: own.get(f.name, f.empty) for f in description.custom}
    if "deleted_at" in columns:
        values[PRESENCE] = columns["deleted_at"]
    return values


def _uids_of_touched(raw: sqlite3.Connection, catalogue: Catalogue, position: int) -> _CURRENT:
    """(record, number) -> uid of the rows there now that were touched since."""
    touched = raw.execute("SELECT DISTINCT record FROM history WHERE change_set > ?", (position,)).fetchall()
    found: _CURRENT = {}
    for (record,) in touched:
        if record in catalogue:
            rows = raw.execute(
                f'SELECT DISTINCT t.id, t.uid FROM history h JOIN "{record}" t ON t.id = h."row" '
                "WHERE h.change_set > ? AND h.record = ?",
                (position, record),
            )
            found |= {(record, number): uid for number, uid in rows}
    return found
