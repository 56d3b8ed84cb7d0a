"""SQL that the database runs by itself for SQLite: its history and its search index.

Triggers follow from the descriptions alone, so they are dropped and made anew whenever a schema is installed.
In a bulk change (`change_now.bulk`) only history is written row by row; the rest is done once at the end. In
one of many rows (DERIVE_LATER) search follows row by row too, and derived values alone wait for the end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from creator_crm.domain.fields import Description, Field, Kind
from creator_crm.store.columns import tracked_columns

_NOW = "(SELECT change_set FROM change_now)"
DERIVE_LATER = 2
ONE_BY_ONE = "(SELECT bulk FROM change_now) = 0"
_SEARCHED_ONE_BY_ONE = "(SELECT bulk FROM change_now) <> 1"
_PART_KINDS = frozenset({Kind.HANDLE, Kind.EMAIL, Kind.PHONE, Kind.URL, Kind.IDENTIFIER})


def quoted(name: str) -> str:
    return f'"{name}"'


# History -------------------------------------------------------------------------------------------


def history_triggers(description: Description[Any]) -> Iterator[str]:
    """Inserts and deletes hold the whole row, updates the changed columns only, before and after."""
    name, columns = description.name, tracked_columns(description)
    numbers = {f.name for f in description.stored if f.kind is Kind.NUMBER}
    # The column is NOT NULL: outside of a change set nothing can be written at all.
    head = 'INSERT INTO history (change_set, record, "row", action, before, after) VALUES'

    def whole(side: str) -> str:
        pairs = (f"'{c}', {_exact(f'{side}.{quoted(c)}', c in numbers)}" for c in columns)
        return f"json_object({', '.join(pairs)})"

    def changed(side: str) -> str:
        pieces = " || ".join(
            f"CASE WHEN old.{quoted(c)} IS new.{quoted(c)} THEN '' "
            f"ELSE ',{quoted(c)}:' || json_quote({_exact(f'{side}.{quoted(c)}', c in numbers)}) END"
            for c in columns
        )
        return f"'{{' || substr({pieces}, 2) || '}}'"

    yield (
        f"CREATE TRIGGER history_{name}_insert AFTER INSERT ON {quoted(name)} BEGIN "
        f"{head} ({_NOW}, '{name}', new.id, 'insert', NULL, {whole('new')}); END"
    )
    tracked = ", ".join(quoted(c) for c in columns)
    yield (
        f"CREATE TRIGGER history_{name}_update AFTER UPDATE OF {tracked} ON {quoted(name)} BEGIN "
        f"{head} ({_NOW}, '{name}', new.id, 'update', {changed('old')}, {changed('new')}); END"
    )
    yield (
        f"CREATE TRIGGER history_{name}_delete AFTER DELETE ON {quoted(name)} BEGIN "
        f"{head} ({_NOW}, '{name}', old.id, 'delete', {whole('old')}, NULL); END"
    )


def _exact(column: str, is_number: bool) -> str:
    """SQLite's JSON keeps 15 digits of a decimal number; 17 are needed to give the same one back."""
    if not is_number:
        return column
    return f"CASE WHEN {column} IS NULL THEN NULL ELSE json(printf('%!.17g', {column})) END"


# Search --------------------------------------------------------------------------------------------


def search_fields(description: Description[Any]) -> tuple[tuple[Field, ...], tuple[Field, ...]]:
    """(fields searched by word, fields searched by any part of at least three signs)."""
    words = tuple(f for f in description.fields if f.searchable and not f.custom)
    return words, tuple(f for f in words if f.kind in _PART_KINDS)


def search_tables(description: Description[Any]) -> Iterator[tuple[str, tuple[Field, ...], str]]:
    """(index name, its fields, its options) of each full-text index of a record."""
    words, parts = search_fields(description)
    if words:
        # Lists of rows by first letter: without them the first keystroke merges all words that begin so.
        options = "tokenize='unicode61 remove_diacritics 2', prefix='1'"
        yield f"{description.name}_words", words, options
    if parts:
        yield f"{description.name}_parts", parts, "tokenize='trigram'"


def search_table_statement(
    description: Description[Any], index: str, fields: Sequence[Field], how: str
) -> str:
    columns = ", ".join(quoted(f.name) for f in fields)
    return (
        f"CREATE VIRTUAL TABLE {index} USING fts5("
        f"{columns}, content='{description.name}', content_rowid='id', {how})"
    )


def search_triggers(description: Description[Any]) -> Iterator[str]:
    name = description.name
    for index, fields, _ in search_tables(description):
        columns = ", ".join(quoted(f.name) for f in fields)
        new = ", ".join(f"new.{quoted(f.name)}" for f in fields)
        old = ", ".join(f"old.{quoted(f.name)}" for f in fields)
        put = f"INSERT INTO {index} (rowid, {columns}) VALUES (new.id, {new});"
        take = f"INSERT INTO {index} ({index}, rowid, {columns}) VALUES ('delete', old.id, {old});"
        when = f"WHEN {_SEARCHED_ONE_BY_ONE}"
        yield f"CREATE TRIGGER {index}_insert AFTER INSERT ON {quoted(name)} {when} BEGIN {put} END"
        yield f"CREATE TRIGGER {index}_delete AFTER DELETE ON {quoted(name)} {when} BEGIN {take} END"
        yield (
            f"CREATE TRIGGER {index}_update AFTER UPDATE OF {columns} ON {quoted(name)} {when} BEGIN "
            f"{take} {put} END"
        )
