"""Which copy of a workspace a file is, and how far it knows the others.

Every file is a copy of its own. One that was copied, or put back from a backup, begins anew from where its
parent stood then, so that what both write afterwards is never taken for the same.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from creator_crm.domain.frozen import immutable
from creator_crm.store.columns import new_uids
from creator_crm.store.moved import identity

if TYPE_CHECKING:
    from creator_crm.domain.twins import Twins

_ENDLESS = 2**62


@immutable
class Stretch:
    """The part of this file's history written while it was the copy `uid`: change sets up to `end`."""

    uid: str
    end: int


def is_begun(raw: sqlite3.Connection, path: Path) -> bool:
    """Whether the file at `path` is the very one that its last copy was begun in."""
    last = raw.execute("SELECT file FROM copy ORDER BY number DESC LIMIT 1").fetchone()
    return bool(last) and last[0] == _place(path)


def begin(raw: sqlite3.Connection, path: Path) -> None:
    """Make the file at `path` a copy of its own from here on; inside a transaction."""
    raw.execute(
        "INSERT INTO copy (uid, began_at, file) VALUES (?, ?, ?)",
        (new_uids(1)[0], newest_change_set(raw), _place(path)),
    )


def carried_away(raw: sqlite3.Connection) -> None:
    """Note in a copy that this program just made that whoever opens it begins a new one."""
    if raw.execute("SELECT count(*) FROM sqlite_master WHERE name = 'copy'").fetchone()[0]:
        raw.execute("UPDATE copy SET file = ''")


def lineage(raw: sqlite3.Connection) -> tuple[Stretch, ...]:
    """The copies that this file was, the first one first, the one it is last."""
    found = raw.execute("SELECT uid, began_at FROM copy ORDER BY number").fetchall()
    found = found or [(new_uids(1)[0], 0)]  # killed before it was first opened, and cannot be written now
    ends = [began for _, began in found[1:]] + [_ENDLESS]
    return tuple(Stretch(uid, end) for (uid, _), end in zip(found, ends, strict=True))


def this_copy(raw: sqlite3.Connection) -> str:
    """The uid of the copy that this file is."""
    return lineage(raw)[-1].uid


def workspace_uid(raw: sqlite3.Connection) -> str:
    """What all copies of one workspace have in common: the uid of the first."""
    return lineage(raw)[0].uid


def seen(raw: sqlite3.Connection) -> dict[str, int]:
    """For each copy known here, this one included, the newest of its change sets that this file knows."""
    others = raw.execute(
        "SELECT k.copy, max(k.position) FROM copy_seen k LEFT JOIN change_set s ON s.id = k.change_set "
        "WHERE s.id IS NULL OR NOT s.undone GROUP BY k.copy"
    )
    known = dict(others.fetchall())
    newest = newest_change_set(raw)
    for stretch in lineage(raw):
        known[stretch.uid] = max(known.get(stretch.uid, 0), min(stretch.end, newest))
    return known


def in_part(raw: sqlite3.Connection) -> dict[str, int]:
    """For each other copy of which more came here in workbooks that left something out: up to where."""
    known = seen(raw)
    found: dict[str, int] = {}
    merges = raw.execute(
        "SELECT json_extract(details, '$.brought.in_part') FROM change_set "
        "WHERE origin = 'merge' AND NOT undone"
    )
    for (told,) in merges:
        for copy, at in json.loads(told or "{}").items():
            if at > max(known.get(copy, 0), found.get(copy, 0)):
                found[copy] = at
    return found


def gone_elsewhere(raw: sqlite3.Connection) -> set[tuple[str, str]]:
    """(record, uid) of rows that went to the trash in another copy before this one ever heard of them."""
    merges = raw.execute(
        "SELECT json_extract(details, '$.brought.gone_from') FROM change_set "
        "WHERE origin = 'merge' AND NOT undone"
    )
    return {(record, uid) for (told,) in merges for uid, record in json.loads(told or "{}").items()}


def twins(raw: sqlite3.Connection) -> dict[str, Twins]:
    """By record, the ids of rows that several copies had made and that became one here."""
    from creator_crm.domain.twins import Twins  # with all of merging, which no start needs

    merges = raw.execute(
        "SELECT json_extract(details, '$.brought.twins') FROM change_set "
        "WHERE origin = 'merge' AND NOT undone ORDER BY id"
    )
    found: dict[str, Twins] = {}
    for (told,) in merges:
        for record, uid, first in json.loads(told or "[]"):
            found.setdefault(record, Twins()).join(uid, first)
    return found


def rename(raw: sqlite3.Connection, record: str, names: Mapping[str, str], now: str) -> None:
    """Let rows go by other ids, as the copies of the workspace agree; with them what is about them."""
    raw.executemany(
        f'UPDATE "{record}" SET uid = ?, version = version + 1, updated_at = ? WHERE uid = ? '
        f'AND NOT EXISTS (SELECT 1 FROM "{record}" WHERE uid = ?)',
        [(name, now, uid, name) for uid, name in names.items()],
    )
    raw.executemany(
        "UPDATE attachment SET about_uid = ?, version = version + 1, updated_at = ? "
        "WHERE about = ? AND about_uid = ?",
        [(name, now, record, uid) for uid, name in names.items()],
    )


def refer(raw: sqlite3.Connection, record: str, field: str, gone: int, stays: int, now: str) -> None:
    """Let living rows refer to another one, where the rules of the database let them."""
    raw.execute(
        f'UPDATE OR IGNORE "{record}" SET "{field}" = ?, version = version + 1, updated_at = ? '
        f'WHERE "{field}" = ? AND deleted_at IS NULL',
        (stays, now, gone),
    )


def news(raw: sqlite3.Connection, positions: Mapping[str, int]) -> dict[str, tuple[int, int]]:
    """For each copy that somebody has seen more of than this file: from where to where that grows."""
    known = seen(raw)
    return {copy: (known.get(copy, 0), at) for copy, at in positions.items() if at > known.get(copy, 0)}


def is_older(raw: sqlite3.Connection, positions: Mapping[str, int]) -> bool:
    """Whether more is known here of another copy than somebody has seen of it."""
    known, own = {**seen(raw), **in_part(raw)}, {stretch.uid for stretch in lineage(raw)}
    return any(at < known.get(copy, 0) for copy, at in positions.items() if copy not in own)


def note_seen(raw: sqlite3.Connection, positions: Mapping[str, int], change_set: int | None) -> None:
    """Remember how far other copies are known now: by `change_set`, and only while that is not undone."""
    raw.executemany(
        "INSERT INTO copy_seen (copy, position, change_set) VALUES (?, ?, ?)",
        [(copy, at, change_set) for copy, (_, at) in sorted(news(raw, positions).items())],
    )


def newest_change_set(raw: sqlite3.Connection) -> int:
    number: int = raw.execute("SELECT coalesce(max(id), 0) FROM change_set").fetchone()[0]
    return number


def _place(path: Path) -> str:
    return ":".join(map(str, identity(path) or ()))
