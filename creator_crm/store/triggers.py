"""SQL that the database runs by itself for SQLite: history, derived values, the search index.

Triggers follow from the descriptions alone, so they are dropped and made anew whenever a schema is installed.
In a bulk change (`change_now.bulk`) only history is written row by row; the rest is done once at the end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from creator_crm.domain.fields import Catalogue, Derived, Description, Field, Kind
from creator_crm.store.tables import tracked_columns

_NOW = "(SELECT change_set FROM change_now)"
_ONE_BY_ONE = "(SELECT bulk FROM change_now) = 0"
_PART_KINDS = frozenset({Kind.HANDLE, Kind.EMAIL, Kind.URL, Kind.IDENTIFIER})


def quoted(name: str) -> str:
    return f'"{name}"'


def install_statements(catalogue: Catalogue) -> Iterator[str]:
    """Every CREATE TRIGGER statement of the catalogue."""
    for description in catalogue.values():
        yield from history_triggers(description)
        yield from search_triggers(description)
    for edge in derived_edges(catalogue):
        yield from edge.triggers()


# History -------------------------------------------------------------------------------------------


def history_triggers(description: Description[Any]) -> Iterator[str]:
    name, columns = description.name, tracked_columns(description)
    refuse = f"SELECT RAISE(ABORT, 'change outside a change set') WHERE {_NOW} IS NULL;"

    def values(side: str) -> str:
        return ", ".join(f"'{c}', {side}.{quoted(c)}" for c in columns)

    def changed(side: str) -> str:
        rows = " UNION ALL ".join(
            f"SELECT '{c}', {side}.{quoted(c)} WHERE old.{quoted(c)} IS NOT new.{quoted(c)}" for c in columns
        )
        return f"(SELECT json_group_object(k, v) FROM (SELECT NULL AS k, NULL AS v WHERE 0 UNION ALL {rows}))"

    head = 'INSERT INTO history (change_set, record, "row", action, before, after) VALUES'
    yield (
        f"CREATE TRIGGER history_{name}_insert AFTER INSERT ON {quoted(name)} BEGIN {refuse} "
        f"{head} ({_NOW}, '{name}', new.id, 'insert', NULL, json_object({values('new')})); END"
    )
    tracked = ", ".join(quoted(c) for c in columns)
    yield (
        f"CREATE TRIGGER history_{name}_update AFTER UPDATE OF {tracked} ON {quoted(name)} BEGIN {refuse} "
        f"{head} ({_NOW}, '{name}', new.id, 'update', {changed('old')}, {changed('new')}); END"
    )
    yield (
        f"CREATE TRIGGER history_{name}_delete AFTER DELETE ON {quoted(name)} BEGIN {refuse} "
        f"{head} ({_NOW}, '{name}', old.id, 'delete', json_object({values('old')}), NULL); END"
    )


# Search --------------------------------------------------------------------------------------------


def search_fields(description: Description[Any]) -> tuple[tuple[Field, ...], tuple[Field, ...]]:
    """(fields searched by word, fields searched by any part of at least three signs)."""
    words = tuple(f for f in description.fields if f.searchable and not f.custom)
    return words, tuple(f for f in words if f.kind in _PART_KINDS)


def search_tables(description: Description[Any]) -> Iterator[tuple[str, tuple[Field, ...], str]]:
    """(index name, its fields, tokenizer) of each full-text index of a record."""
    words, parts = search_fields(description)
    if words:
        yield f"{description.name}_words", words, "unicode61 remove_diacritics 2"
    if parts:
        yield f"{description.name}_parts", parts, "trigram"


def search_table_statement(
    description: Description[Any], index: str, fields: Sequence[Field], how: str
) -> str:
    columns = ", ".join(quoted(f.name) for f in fields)
    return (
        f"CREATE VIRTUAL TABLE {index} USING fts5({columns}, content='{description.name}', content_rowid='id', "
        f"tokenize='{how}')"
    )


def search_triggers(description: Description[Any]) -> Iterator[str]:
    name = description.name
    for index, fields, _ in search_tables(description):
        columns = ", ".join(quoted(f.name) for f in fields)
        new = ", ".join(f"new.{quoted(f.name)}" for f in fields)
        old = ", ".join(f"old.{quoted(f.name)}" for f in fields)
        put = f"INSERT INTO {index} (rowid, {columns}) VALUES (new.id, {new});"
        take = f"INSERT INTO {index} ({index}, rowid, {columns}) VALUES ('delete', old.id, {old});"
        when = f"WHEN {_ONE_BY_ONE}"
        yield f"CREATE TRIGGER {index}_insert AFTER INSERT ON {quoted(name)} {when} BEGIN {put} END"
        yield f"CREATE TRIGGER {index}_delete AFTER DELETE ON {quoted(name)} {when} BEGIN {take} END"
        yield (
            f"CREATE TRIGGER {index}_update AFTER UPDATE OF {columns} ON {quoted(name)} {when} BEGIN "
            f"{take} {put} END"
        )


# Derived values --------------------------------------------------------------------------------------


class Edge:
    """All values that rows of `parent` derive from the rows of `child` that refer to them through `via`."""

    def __init__(self, parent: Description[Any], child: str, via: str, fields: Sequence[Field]) -> None:
        self.parent, self.child, self.via, self.fields = parent, child, via, tuple(fields)

    def update(self, where: str) -> str:
        """One UPDATE that recomputes the derived columns of the parents that satisfy `where`."""
        p, c = quoted(self.parent.name), quoted(self.child)
        mine = f"c.{quoted(self.via)} = {p}.id AND (c.deleted_at IS NULL OR c.deleted_at IS {p}.deleted_at)"
        sets = []
        for (pick, order), group in groupby(self.fields, key=lambda f: _how(f.derived)):
            fields = list(group)
            if pick == "join":
                for f in fields:
                    assert f.derived is not None
                    inner = f"SELECT c.{quoted(f.derived.field)} AS v FROM {c} c WHERE {mine} ORDER BY c.id"
                    sets.append(f"{quoted(f.name)} = (SELECT group_concat(v, ' ') FROM ({inner}))")
            else:
                by = ", ".join(
                    f"c.{quoted(o.lstrip('-'))}{' DESC' if o.startswith('-') else ''}" for o in order
                )
                names = ", ".join(quoted(f.name) for f in fields)
                columns = ", ".join(f"c.{quoted(f.derived.field)}" for f in fields if f.derived)
                sets.append(f"({names}) = (SELECT {columns} FROM {c} c WHERE {mine} ORDER BY {by} LIMIT 1)")
        return f"UPDATE {p} SET {', '.join(sets)} WHERE {where}"

    def triggers(self) -> Iterator[str]:
        name = f"derive_{self.parent.name}_from_{self.child}"
        child, via = quoted(self.child), quoted(self.via)
        watched = {self.via, "deleted_at"}
        for f in self.fields:
            assert f.derived is not None
            watched |= {f.derived.field} | {o.lstrip("-") for o in f.derived.order if o.lstrip("-") != "id"}
        columns = ", ".join(quoted(w) for w in sorted(watched))
        when = f"WHEN {_ONE_BY_ONE}"
        yield (
            f"CREATE TRIGGER {name}_insert AFTER INSERT ON {child} {when} BEGIN "
            f"{self.update(f'id = new.{via}')}; END"
        )
        yield (
            f"CREATE TRIGGER {name}_update AFTER UPDATE OF {columns} ON {child} {when} BEGIN "
            f"{self.update(f'id IN (old.{via}, new.{via})')}; END"
        )
        yield (
            f"CREATE TRIGGER {name}_delete AFTER DELETE ON {child} {when} BEGIN "
            f"{self.update(f'id = old.{via}')}; END"
        )


def _how(derived: Derived | None) -> tuple[str, tuple[str, ...]]:
    assert derived is not None
    return derived.pick, derived.order


def derived_edges(catalogue: Catalogue) -> list[Edge]:
    """The edges of the catalogue, those that feed others first."""
    edges = []
    for parent in catalogue.parents_first:
        for (child, via), group in groupby(
            sorted(parent.derived, key=lambda f: (_source(f), _how(f.derived))), key=_source
        ):
            edges.append(Edge(parent, child, via, list(group)))
    return edges[::-1]


def _source(field: Field) -> tuple[str, str]:
    assert field.derived is not None
    return field.derived.record, field.derived.via
