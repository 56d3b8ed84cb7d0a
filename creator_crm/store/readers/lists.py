"""What lists show: the sorted numbers of rows first, then the rows of a page.

Plain SQL on the driver: a list of 100,000 rows is one array filled straight from SQLite's cursor.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain
from typing import Any

from creator_crm.domain.conditions import conditions, field_called
from creator_crm.domain.fields import Catalogue, Description, Field, Kind
from creator_crm.domain.query import Query
from creator_crm.store.codec import Decoder
from creator_crm.store.columns import all_columns
from creator_crm.store.ordering import can_archive, column, is_called_in_order, order_by, title_expression
from creator_crm.store.readers.where import condition_sql, prepare
from creator_crm.store.store import Store
from creator_crm.store.text_search import matching

_FEW = 2_000  # so many found rows are fetched and sorted faster than the whole list is walked in its order


def ids(store: Store, query: Query, *, today: date | None = None) -> array[int]:
    """The numbers of the rows of a list in its order; `today` is what "the last 30 days" count from."""
    with store.read_raw() as raw:
        found = matching(raw, store.catalogue, query.record, query.search) if query.search else None
        if found is None:
            if query.limit is not None and (walk := _by_reference(store.catalogue, query, today)):
                page = array("q", chain.from_iterable(_run(raw, *walk)))
                if len(page) == query.limit:
                    return page
            sql, values = _statement(store.catalogue, query, today)
            return array("q", chain.from_iterable(_run(raw, sql, values)))
        if len(found) <= _FEW or query.where or query.campaign:
            sql, values = _statement(store.catalogue, query, today, found)
            return array("q", chain.from_iterable(_run(raw, sql, values)))
        # Many were found: read the list in its order, which an index may hold, and pick them out.
        sql, values = _statement(store.catalogue, replace(query, limit=None), today)
        picked = filter(found.__contains__, chain.from_iterable(_run(raw, sql, values)))
        return array("q", picked if query.limit is None else _first(picked, query.limit))


def _first(numbers: Iterable[int], limit: int) -> Iterable[int]:
    return (number for number, _ in zip(numbers, range(limit), strict=False))


def _run(raw: sqlite3.Connection, sql: str, values: Sequence[Any]) -> sqlite3.Cursor:
    prepare(raw)
    return raw.execute(sql, values)


def _statement(
    catalogue: Catalogue,
    query: Query,
    today: date | None = None,
    found: Iterable[int] | None = None,
    select: str = "t.id",
) -> tuple[str, list[Any]]:
    description = catalogue[query.record]
    where, values = _scope(catalogue, description, query, today)
    if found is not None:
        where.append("t.id IN (SELECT value FROM json_each(?))")
        values.append(str(list(found)))
    sql = f'SELECT {select} FROM "{query.record}" t WHERE {" AND ".join(where)}'
    if select == "t.id":
        sql += f" ORDER BY {order_by(catalogue, description, query.sort, 't')}"
    if query.limit is not None:
        sql += " LIMIT ?"
        values.append(query.limit)
    return sql, values


def _by_reference(catalogue: Catalogue, query: Query, today: date | None) -> tuple[str, list[Any]] | None:
    """The first page of a whole list in the order of what its rows refer to, as far as they do: they are
    walked to in that order, where asking each row what it refers to takes the whole list. None elsewhere."""
    description = catalogue[query.record]
    if len(query.sort) != 1 or query.where is not None or query.campaign is not None or query.trashed:
        return None
    field = description.by_name.get(query.sort[0].lstrip("-"))
    if field is None or not field.references or not is_called_in_order(catalogue[field.references]):
        return None
    target = catalogue[field.references]
    called = f"{title_expression(catalogue, target, 'r')} COLLATE NOCASE"
    down = " DESC" if query.sort[0].startswith("-") else ""
    where, values = _scope(catalogue, description, query, today)
    where.append(f"{called} IS NOT NULL")
    sql = (
        f'SELECT t.id FROM "{target.name}" r CROSS JOIN "{query.record}" t ON {column(field, "t")} = r.id '
        f"WHERE {' AND '.join(where)} ORDER BY {called}{down}, t.id{down} LIMIT ?"
    )
    return sql, [*values, query.limit]


def _scope(
    catalogue: Catalogue, description: Description[Any], query: Query, today: date | None
) -> tuple[list[str], list[Any]]:
    # Told how common living rows are, SQLite reads the table where an index would send it there row by row.
    where = ["t.deleted_at IS NOT NULL" if query.trashed else "likelihood(t.deleted_at IS NULL, 0.99)"]
    values: list[Any] = []
    asked = {condition.field for condition in conditions(query.where)}
    if can_archive(description) and not (query.archived or query.trashed or "archived" in asked):
        where.append("likelihood(t.archived = 0, 0.95)")
    if query.campaign is not None:
        scope = _in_campaign(catalogue, description, "t")
        if scope:
            where.append(scope)
            values.append(query.campaign)
    if query.where is not None:
        sql, more = condition_sql(query.where, description, "t", today)
        where.append(sql)
        values += more
    return where, values


# Creators and products are in a campaign by the rows that name both: (rows, the alias of the campaign's).
_NAMED_IN_CAMPAIGN = {
    "creator": [(f"{record} r", "r") for record in ("collaboration", "shipment", "deliverable", "code")],
    "product": [
        ("shipment s JOIN shipment_item r ON r.shipment = s.id", "s"),
        *((f"{record} r", "r") for record in ("deliverable", "brief", "code", "campaign_product")),
    ],
}


def narrows(catalogue: Catalogue, description: Description[Any]) -> bool:
    """Whether a campaign leaves out some rows of these."""
    return bool(_in_campaign(catalogue, description, "t"))


def _in_campaign(catalogue: Catalogue, description: Description[Any], alias: str) -> str:
    """Rows that name the campaign, creators and products in it, parts of such rows; other records whole."""
    campaign = description.by_name.get("campaign")
    if campaign is not None and campaign.references:
        return f"{column(campaign, alias)} = ?"
    if named := _NAMED_IN_CAMPAIGN.get(description.name):
        found = (
            f'SELECT r."{description.name}" FROM this CROSS JOIN {rows} '
            f"WHERE {scoped}.campaign = this.number AND r.deleted_at IS NULL AND {scoped}.deleted_at IS NULL"
            for rows, scoped in named
        )
        return f"{alias}.id IN (WITH this(number) AS (SELECT ?) {' UNION '.join(found)})"
    owner = description.owner
    if owner is None:
        return ""
    inner = _in_campaign(catalogue, catalogue[owner.references], f"{alias}_{owner.name}")
    if not inner:
        return ""
    name = f"{alias}_{owner.name}"
    return f'{column(owner, alias)} IN (SELECT {name}.id FROM "{owner.references}" {name} WHERE {inner})'


def count(store: Store, query: Query, *, today: date | None = None) -> int:
    """How many rows a list has."""
    if query.search.strip() or query.limit is not None:
        return len(ids(store, replace(query, sort=()), today=today))
    with store.read_raw() as raw:
        sql, values = _statement(store.catalogue, query, today, select="count(*)")
        return int(_run(raw, sql, values).fetchone()[0])


# Rows ------------------------------------------------------------------------------------------------


def rows(store: Store, record: str, ids: Sequence[int]) -> list[Any]:
    """The rows of `ids`, the trash included, in that order; those that are gone are left out."""
    if not ids:
        return []
    columns, decode = _columns(store, record)
    with store.read_raw() as raw:
        found = raw.execute(
            f'SELECT {columns} FROM "{record}" WHERE id IN (SELECT value FROM json_each(?))',
            (json.dumps(list(ids)),),
        )
        # Fetched first, decoded after: a cursor lets go of Python's lock at each row and takes it again,
        # so that with decoding in between the window would wait for the whole page.
        stored = found.fetchall()
    by_id = {row[0]: decode(row) for row in stored}
    return [by_id[number] for number in ids if number in by_id]


def row(store: Store, record: str, number: int) -> Any:
    """One row, also from the trash; None when it is not there."""
    found = rows(store, record, [number])
    return found[0] if found else None


def parts(store: Store, record: str, owner: int) -> list[Any]:
    """The living rows of `record` that are parts of the row `owner`, in the order they were made."""
    part_of = store.catalogue[record].owner
    assert part_of is not None
    columns, decode = _columns(store, record)
    with store.read_raw() as raw:
        found = raw.execute(
            f'SELECT {columns} FROM "{record}" WHERE "{part_of.name}" = ? AND deleted_at IS NULL ORDER BY id',
            (owner,),
        )
        return [decode(row) for row in found]


def _columns(store: Store, record: str) -> tuple[str, Decoder]:
    description = store.built_in[record]
    names = all_columns(description)
    lapsing = {f.name: column(f, "") for f in description.fields if f.lapses}
    selected = ", ".join(lapsing.get(name, f'"{name}"') for name in names)
    return selected, Decoder(store.catalogue[record], names)


def column_values(store: Store, record: str, field: str, prefix: str = "", limit: int = 20) -> list[str]:
    """What living rows hold in a text field, in order and each once, as far as it starts with `prefix`."""
    found = field_called(store.catalogue[record], field)
    held, source = _single_values(found, record)
    start = prefix.casefold()
    sql = (
        f"SELECT DISTINCT {held} AS v FROM {source} WHERE t.deleted_at IS NULL AND v IS NOT NULL "
        "AND substr(folded(v), 1, ?) = ? ORDER BY v COLLATE NOCASE LIMIT ?"
    )
    with store.read_raw() as raw:
        return [str(value) for (value,) in _run(raw, sql, (len(start), start, limit))]


def _single_values(field: Field, record: str) -> tuple[str, str]:
    held = column(field, "t")
    if field.kind is Kind.TAGS:
        return "each.value", f'"{record}" t, json_each({held}) each'
    return held, f'"{record}" t'
