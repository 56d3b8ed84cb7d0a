"""From what people call a row to its number, and back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any

from creator_crm.domain.fields import Catalogue, Description, Field, Kind
from creator_crm.domain.normal import folded
from creator_crm.domain.values.texts import clean_text
from creator_crm.store.ordering import column, title_expression
from creator_crm.store.store import Store


def find(store: Store, record: str, key: str) -> list[int]:
    """The living rows that a short id or a natural key names: none, one, or several.

    A natural key is what the description says, parts joined by ":": `tiktok:jade.park`, `@jade.park:Spring`.
    A creator is also named by any handle they have or had, `platform:handle`, their e-mail or exact name.
    """
    key = clean_text(key)[0].strip()
    if not key:
        return []
    with store.read_raw() as raw:
        return _find(raw, store.catalogue, store.catalogue[record], key)


def _find(
    raw: sqlite3.Connection, catalogue: Catalogue, description: Description[Any], key: str
) -> list[int]:
    ways = (_by_uid, _by_parts, _by_key, _by_email, _by_title)
    return next(filter(None, (way(raw, catalogue, description, key) for way in ways)), [])


def _by_uid(raw: sqlite3.Connection, _: Catalogue, description: Description[Any], key: str) -> list[int]:
    return _select(raw, description, "uid = ?", [key.lower()])


def _by_key(
    raw: sqlite3.Connection, catalogue: Catalogue, description: Description[Any], key: str
) -> list[int]:
    fields = [description.field(name) for name in description.key]
    found: dict[int, None] = {}
    for texts in _split(key, len(fields)):
        wanted = [_wanted(raw, catalogue, f, text) for f, text in zip(fields, texts, strict=True)]
        conditions = [condition for condition, _ in wanted]
        values = [value for _, several in wanted for value in several]
        found |= dict.fromkeys(_select(raw, description, " AND ".join(conditions), values))
    return list(found)


def _split(key: str, count: int) -> Iterator[list[str]]:
    """Every way to take the key apart at ":" into `count` parts; names hold colons too."""
    if count == 1:
        yield [key]
        return
    for place, sign in enumerate(key):
        if sign == ":":
            for rest in _split(key[place + 1 :], count - 1):
                yield [key[:place].strip(), *(r.strip() for r in rest)]


def _wanted(raw: sqlite3.Connection, catalogue: Catalogue, field: Field, text: str) -> tuple[str, list[Any]]:
    held = column(field, "t")
    if field.references:
        numbers = _find(raw, catalogue, catalogue[field.references], text) if text else []
        return f"{held} IN (SELECT value FROM json_each(?))", [json.dumps(numbers)]
    if field.kind is Kind.CHOICE:
        names = (c.value for c in field.choices if text.casefold() in (c.value, c.label.casefold()))
        return f"{held} = ?", [next(names, text)]
    if field.kind is Kind.HANDLE:
        text = text.lstrip("@")
    return f"{held} = ? COLLATE NOCASE", [text]


def _by_parts(
    raw: sqlite3.Connection, catalogue: Catalogue, description: Description[Any], key: str
) -> list[int]:
    """A creator by an account, living handles before former ones; an account by its handle alone."""
    if description.name not in ("creator", "account"):
        return []
    platform, _, handle = key.rpartition(":")
    accounts = catalogue["account"]
    number = column(accounts.field("creator"), "t") if description.name == "creator" else "t.id"
    condition: str = "1"
    values: list[Any] = []
    if platform:
        condition, values = _wanted(raw, catalogue, accounts.field("platform"), platform)
    match = folded(handle)
    had = "EXISTS (SELECT 1 FROM json_each(t.former_handles) f WHERE lower(ltrim(f.value, '@')) = ?)"
    for how, value in (("t.handle_key = ?", match), (f"t.former_handles IS NOT NULL AND {had}", match)):
        found = raw.execute(
            f"SELECT DISTINCT {number} FROM account t WHERE {how} AND {condition} AND t.deleted_at IS NULL "
            "ORDER BY 1",
            [value, *values],
        ).fetchall()
        if found and match:
            return [int(row[0]) for row in found]
    return []


def _by_email(
    raw: sqlite3.Connection, catalogue: Catalogue, description: Description[Any], key: str
) -> list[int]:
    if "@" not in key[1:]:
        return []
    fields = [f for f in description.fields if f.kind is Kind.EMAIL and f.indexed and not f.custom]
    found = (_select(raw, description, f"{column(f, 't')} = ? COLLATE NOCASE", [key]) for f in fields)
    return next(filter(None, found), [])


def _by_title(
    raw: sqlite3.Connection, catalogue: Catalogue, description: Description[Any], key: str
) -> list[int]:
    title = description.field(description.title)
    if title.references:
        return []
    condition, values = _wanted(raw, catalogue, title, key)
    return _select(raw, description, condition, values)


def _select(
    raw: sqlite3.Connection, description: Description[Any], condition: str, values: list[Any]
) -> list[int]:
    sql = f'SELECT t.id FROM "{description.name}" t WHERE {condition} AND t.deleted_at IS NULL ORDER BY t.id'
    return [number for (number,) in raw.execute(sql, values)]


# From numbers ----------------------------------------------------------------------------------------


def titles(store: Store, record: str, ids: Iterable[int]) -> dict[int, str]:
    """What people call these rows: a creator by name, else by @handle; the label and short id at worst."""
    description = store.catalogue[record]
    title = title_expression(store.catalogue, description, "t", at="@")
    return {
        number: str(name) if name is not None else f"{description.label} {uid}"
        for number, name, uid in _of(store, record, f"t.id, {title}, t.uid", ids)
    }


def uids(store: Store, record: str, ids: Iterable[int]) -> dict[int, str]:
    """The short ids of these rows."""
    return dict(_of(store, record, "t.id, t.uid", ids))


def by_uid(store: Store, record: str, uids: Iterable[str]) -> dict[str, int]:
    """The numbers of the rows with these short ids, the trash included."""
    return dict(_of(store, record, "t.uid, t.id", uids, "uid"))


def _of(store: Store, record: str, select: str, keys: Iterable[Any], by: str = "id") -> list[Any]:
    sql = f'SELECT {select} FROM "{record}" t WHERE t.{by} IN (SELECT value FROM json_each(?))'
    with store.read_raw() as raw:
        return raw.execute(sql, (json.dumps(list(keys)),)).fetchall()
