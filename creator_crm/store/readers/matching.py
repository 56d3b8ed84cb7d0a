"""Finds the rows that lines of a file are about: one question for a whole file, never one a line."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from creator_crm.domain.fields import Catalogue, Field
from creator_crm.domain.normal import folded
from creator_crm.store.ordering import title_expression
from creator_crm.store.stock import TOLD
from creator_crm.store.triggers import quoted

Raw = sqlite3.Connection  # services pass it from one question to the next and never look inside


@dataclass(frozen=True, slots=True)
class AccountFound:
    """An account and the creator it belongs to; `trashed` since when, "" for a living one."""

    id: int
    creator: int
    platform: str
    key: str
    trashed: str


@dataclass(frozen=True, slots=True)
class CreatorFound:
    """A creator found by something other than an account."""

    id: int
    name: str
    trashed: str


@dataclass(frozen=True, slots=True)
class Writer:
    """What wrote a cell last: the origin of the change set and its details."""

    origin: str
    details: Mapping[str, Any]


def newest_change(raw: Raw, besides: int = 0) -> int:
    """The number of the newest change set; another number later means that somebody wrote meanwhile."""
    sql = "SELECT coalesce(max(id), 0) FROM change_set WHERE id <> ?"
    return int(raw.execute(sql, (besides,)).fetchone()[0])


def keys_of(raw: Raw, record: str, columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """(number, whether it is in the trash, *columns) of every row of a record."""
    names = ", ".join(map(quoted, columns))
    return raw.execute(f"SELECT id, deleted_at IS NOT NULL, {names} FROM {quoted(record)}")


def rows_by_keys(
    raw: Raw, record: str, columns: Sequence[str], keys: Collection[tuple[Any, ...]], trashed: bool = False
) -> dict[tuple[Any, ...], int]:
    """The number of the living row (or, with `trashed`, of one in the trash) with each of these keys."""
    if not keys:
        return {}
    on = " AND ".join(f"t.{quoted(c)} = json_extract(k.value, '$[{n}]')" for n, c in enumerate(columns))
    rows = raw.execute(
        f"SELECT k.value, t.id FROM json_each(?) k CROSS JOIN {quoted(record)} t ON {on} "
        f"WHERE t.deleted_at IS {'NOT ' if trashed else ''}NULL ORDER BY t.id DESC",
        (_json(keys),),
    )
    return {tuple(json.loads(key)): int(number) for key, number in rows}


def anything_in_trash(raw: Raw, record: str) -> bool:
    """Whether any row of a record is in the trash."""
    found = raw.execute(f"SELECT EXISTS (SELECT 1 FROM {quoted(record)} WHERE deleted_at IS NOT NULL)")
    return bool(found.fetchone()[0])


def rows_by_uid(raw: Raw, record: str, uids: Collection[str]) -> dict[str, tuple[int, str]]:
    """The number of the row with each short id, and since when it is in the trash, "" for a living one."""
    rows = raw.execute(
        f"SELECT t.uid, t.id, coalesce(t.deleted_at, '') FROM json_each(?) k "
        f"CROSS JOIN {quoted(record)} t ON t.uid = k.value",
        (_json(uids),),
    )
    return {uid: (int(number), trashed) for uid, number, trashed in rows}


def titles_of_references(
    raw: Raw, catalogue: Catalogue, record: str, field: Field, rows: Collection[int]
) -> dict[int, tuple[int, str]]:
    """What a reference of these rows names now: (number, what people call it) by row."""
    referred = catalogue[field.references]
    title = title_expression(catalogue, referred, "r", at="@")
    found = raw.execute(
        f"SELECT t.id, r.id, {title}, r.uid FROM json_each(?) k "
        f"CROSS JOIN {quoted(record)} t ON t.id = k.value "
        f"JOIN {quoted(referred.name)} r ON r.id = t.{quoted(field.name)}",
        (_json(rows),),
    )
    return {
        row: (number, str(name) if name is not None else f"{referred.label} {uid}")
        for row, number, name, uid in found
    }


def earlier_values(raw: Raw, record: str, rows: Collection[int]) -> dict[int, list[Mapping[str, Any]]]:
    """What the columns of these rows held before each of their changes."""
    found: dict[int, list[Mapping[str, Any]]] = {}
    entries = raw.execute(
        'SELECT h."row", h.before FROM json_each(?) k '
        'CROSS JOIN history h ON h.record = ? AND h."row" = k.value '
        "WHERE h.action = 'update'",
        (_json(rows), record),
    )
    for row, before in entries:
        found.setdefault(row, []).append(json.loads(before or "{}"))
    return found


def own_fields_in_trash(raw: Raw) -> dict[str, frozenset[str]]:
    """The names of people's own fields that are in the trash, by record."""
    found: dict[str, frozenset[str]] = {}
    for about, name in raw.execute("SELECT about, name FROM custom_field WHERE deleted_at IS NOT NULL"):
        found[about] = found.get(about, frozenset()) | {name}
    return found


def size(raw: Raw, record: str) -> int:
    """How many rows a record has, those in the trash included."""
    return int(raw.execute(f"SELECT count(*) FROM {quoted(record)}").fetchone()[0])


def accounts_by_handle(raw: Raw, keys: Collection[str]) -> dict[str, list[AccountFound]]:
    """Accounts of any platform by folded handle, former handles included, present ones first."""
    found: dict[str, list[AccountFound]] = {}
    if not keys:
        return found
    rows = raw.execute(
        "SELECT a.id, a.creator, a.platform, a.handle_key, a.deleted_at FROM json_each(?) k "
        "CROSS JOIN account a ON a.handle_key = k.value",
        (_json(keys),),
    )
    for row, creator, platform, key, trashed in rows:
        found.setdefault(key, []).append(AccountFound(row, creator, platform, key, trashed or ""))
    former = raw.execute(
        "SELECT id, creator, platform, former_handles, deleted_at FROM account "
        "WHERE former_handles IS NOT NULL"
    )
    for row, creator, platform, handles, trashed in former:
        for handle in json.loads(handles):
            key = folded(handle) or ""
            if key in keys:
                found.setdefault(key, []).append(AccountFound(row, creator, platform, key, trashed or ""))
    return found


def creators_by_email(raw: Raw, emails: Collection[str]) -> dict[str, list[CreatorFound]]:
    """Creators by e-mail in small letters."""
    rows = raw.execute(
        "SELECT lower(email), id, name, deleted_at FROM creator "
        "WHERE email IS NOT NULL AND lower(email) IN (SELECT value FROM json_each(?)) ORDER BY id",
        (_json(emails),),
    )
    return _creators(rows) if emails else {}


def creators_by_external_id(raw: Raw, ids: Collection[str]) -> dict[str, list[CreatorFound]]:
    """Creators by their number in another program."""
    rows = raw.execute(
        "SELECT c.external_id, c.id, c.name, c.deleted_at FROM json_each(?) k "
        "CROSS JOIN creator c ON c.external_id = k.value ORDER BY c.id",
        (_json(ids),),
    )
    return _creators(rows) if ids else {}


def rows_by_column(
    raw: Raw, record: str, column: str, values: Collection[Any], columns: Sequence[str]
) -> dict[Any, list[tuple[Any, ...]]]:
    """The living rows of a record whose `column` is one of `values`: (id, *columns) by that value."""
    found: dict[Any, list[tuple[Any, ...]]] = {}
    if not values:
        return found
    names = ", ".join(f"t.{quoted(c)}" for c in columns)
    rows = raw.execute(
        f"SELECT k.value, t.id{', ' if columns else ''}{names} FROM json_each(?) k "
        f"CROSS JOIN {quoted(record)} t ON t.{quoted(column)} = k.value "
        "WHERE t.deleted_at IS NULL ORDER BY t.id",
        (_json(values),),
    )
    for value, *row in rows:
        found.setdefault(value, []).append(tuple(row))
    return found


def parcels_without_tracking(raw: Raw) -> list[tuple[int, str | None, str | None, str | None, str | None]]:
    """(row, number, recipient, the creator's name, postcode) of parcels that wait for a tracking number."""
    return raw.execute(
        "SELECT s.id, s.number, s.recipient, c.name, s.postcode FROM shipment s "
        "JOIN creator c ON c.id = s.creator WHERE s.deleted_at IS NULL AND s.tracking_number IS NULL "
        "AND s.status IN ('draft', 'approved', 'packed', 'shipped', 'in_transit') ORDER BY s.id"
    ).fetchall()


def titles_of(raw: Raw, creators: Collection[int]) -> dict[int, str]:
    """What people call these creators: name, else handle."""
    rows = raw.execute(
        "SELECT c.id, coalesce(c.name, '@' || c.handle, 'no. ' || c.id) FROM json_each(?) k "
        "CROSS JOIN creator c ON c.id = k.value",
        (_json(creators),),
    )
    return dict(rows.fetchall())


def last_writers(raw: Raw, record: str, cells: Iterable[tuple[int, str]]) -> dict[tuple[int, str], Writer]:
    """For each cell (row, column): what wrote it last and still stands; undone steps do not count."""
    wanted = list(cells)
    if not wanted:
        return {}
    rows = raw.execute(
        "WITH wanted AS MATERIALIZED "
        "(SELECT json_extract(value, '$[0]') AS row, json_extract(value, '$[1]') AS name FROM json_each(?)), "
        "named AS (SELECT w.row, w.name, max(h.id) AS entry FROM wanted w "
        'CROSS JOIN history h ON h.record = ? AND h."row" = w.row '
        "CROSS JOIN change_set s ON s.id = h.change_set "
        "WHERE NOT s.undone AND s.origin NOT IN ('undo', 'redo') AND (h.action = 'update' AND "
        "json_type(h.after, '$.' || w.name) IS NOT NULL OR h.action = 'insert' AND "
        "json_extract(h.after, '$.' || w.name) IS NOT NULL) GROUP BY w.row, w.name) "
        "SELECT n.row, n.name, s.id FROM named n JOIN history h ON h.id = n.entry "
        "JOIN change_set s ON s.id = h.change_set",
        (_json(wanted), record),
    ).fetchall()
    steps = {
        number: Writer(origin, json.loads(details or "{}"))
        for number, origin, details in raw.execute(
            "SELECT id, origin, CASE origin WHEN 'merge' THEN '{}' ELSE details END FROM change_set "
            "WHERE id IN (SELECT value FROM json_each(?))",
            (_json({step for _, _, step in rows}),),
        )
    }
    return {(row, name): steps[step] for row, name, step in rows}


def imports_of(raw: Raw, sha256: str, fingerprint: str) -> list[Mapping[str, Any]]:
    """The details of earlier imports of the same content with the same mapping that still stand, newest
    first.
    """
    rows = raw.execute(
        "SELECT details FROM change_set WHERE origin = 'import' AND NOT undone "
        "AND json_extract(details, '$.sha256') = ? AND json_extract(details, '$.fingerprint') = ? "
        "ORDER BY id DESC",
        (sha256, fingerprint),
    )
    return [json.loads(details) for (details,) in rows]


def pieces_set_right(raw: Raw, change_set: int) -> int:
    """How many pieces a change set added to the stock for parcels that had left before they were counted."""
    found = raw.execute(
        'SELECT coalesce(sum(m.quantity), 0) FROM history h JOIN stock_movement m ON m.id = h."row" '
        "WHERE h.change_set = ? AND h.record = 'stock_movement' AND h.action = 'insert' "
        "AND m.kind = 'corrected' AND m.reason = ?",
        (change_set, TOLD),
    )
    return int(found.fetchone()[0])


def usual_currency(raw: Raw) -> str:
    """The currency of most campaigns, else of the last orders, "" where there are neither."""
    found = raw.execute(
        "SELECT currency FROM (SELECT 0 AS place, currency FROM campaign WHERE deleted_at IS NULL "
        'UNION ALL SELECT * FROM (SELECT 1, currency FROM "order" WHERE deleted_at IS NULL '
        "ORDER BY id DESC LIMIT 100)) WHERE currency IS NOT NULL "
        "GROUP BY place, currency ORDER BY place, count(*) DESC, currency LIMIT 1"
    ).fetchone()
    return str(found[0]) if found else ""


def setting(raw: Raw, name: str) -> tuple[int, Any] | None:
    """The number and value of a remembered setting."""
    found = raw.execute(
        "SELECT id, value FROM setting WHERE name = ? AND deleted_at IS NULL", (name,)
    ).fetchone()
    return (found[0], json.loads(found[1] or "null")) if found else None


def _creators(rows: Iterable[tuple[Any, ...]]) -> dict[str, list[CreatorFound]]:
    found: dict[str, list[CreatorFound]] = {}
    for key, row, name, trashed in rows:
        found.setdefault(key, []).append(CreatorFound(row, name or "", trashed or ""))
    return found


def _json(values: Iterable[Any]) -> str:
    """The values as one JSON list, written in pieces: in one go, 100,000 hold the window for 40 ms."""
    every = list(values)
    pieces = (every[start : start + 5_000] for start in range(0, len(every), 5_000))
    return f"[{','.join(json.dumps(piece, ensure_ascii=False)[1:-1] for piece in pieces)}]"


def snapshot_days(raw: sqlite3.Connection, accounts: set[int]) -> set[tuple[int, str]]:
    """(account, day) of every living snapshot of these accounts."""
    found = raw.execute(
        "SELECT account, measured_on FROM account_metrics WHERE deleted_at IS NULL "
        "AND account IN (SELECT value FROM json_each(?))",
        (_json(accounts),),
    )
    return {(account, day) for account, day in found}
