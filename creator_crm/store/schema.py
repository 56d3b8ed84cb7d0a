"""Putting the schema into a database: tables into a new one, triggers and indexes whenever they are due."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from creator_crm.domain.fields import Catalogue
from creator_crm.store.derived import derived_edges
from creator_crm.store.engine import driver
from creator_crm.store.ordering import list_indexes
from creator_crm.store.summing import sum_indexes
from creator_crm.store.triggers import (
    history_triggers,
    quoted,
    search_table_statement,
    search_tables,
    search_triggers,
)

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from creator_crm.store.tables import Tables

APPLICATION_ID = 0x43435257  # "CCRW" in the file's header: a Creator CRM workspace
SCHEMA = 5  # kept in user_version; rises with every migration
REVISION = "0005"  # the migration that SCHEMA belongs to

# As Alembic itself would make it.
_ALEMBIC_VERSION = (
    "CREATE TABLE alembic_version "
    "(version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
)


def create_schema(connection: Connection, catalogue: Catalogue, tables: Tables) -> None:
    """Make all tables in an empty database and mark it as a workspace of this version."""
    tables.metadata.create_all(connection, checkfirst=False)
    raw = driver(connection)
    raw.execute(_ALEMBIC_VERSION)
    raw.execute("INSERT INTO alembic_version VALUES (?)", (REVISION,))
    raw.execute("INSERT INTO change_now (only, change_set, bulk) VALUES (1, NULL, 0)")
    install_derived_schema(raw, catalogue)
    raw.execute(f"PRAGMA application_id={APPLICATION_ID}")
    raw.execute(f"PRAGMA user_version={SCHEMA}")


@lru_cache(maxsize=2)  # asked for at every opening
def derived_schema(catalogue: Catalogue) -> Mapping[str, str]:
    """What follows from the descriptions alone, by name: search indexes, triggers, list orders, sums."""
    statements: dict[str, str] = {}
    for description in catalogue.values():
        for index, fields, how in search_tables(description):
            statements[index] = search_table_statement(description, index, fields, how)
        for statement in chain(history_triggers(description), search_triggers(description)):
            statements[statement.split(" ", 3)[2]] = statement
    for edge in derived_edges(catalogue):
        for statement in edge.triggers():
            statements[statement.split(" ", 3)[2]] = statement
    return statements | dict(list_indexes(catalogue)) | dict(sum_indexes(catalogue))


def installed_schema(raw: sqlite3.Connection) -> dict[str, str]:
    """As `derived_schema`, but what the database has."""
    return dict(
        raw.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' "
            "OR (type = 'table' AND sql LIKE 'CREATE VIRTUAL TABLE%fts5%') "
            "OR (type = 'index' AND (name LIKE 'list~_%' ESCAPE '~' OR name LIKE 'sums~_%' ESCAPE '~'))"
        )
    )


def install_derived_schema(raw: sqlite3.Connection, catalogue: Catalogue) -> None:
    """Drop and make anew what follows from the descriptions alone, and fill it."""
    drop_derived_schema(raw)
    for statement in derived_schema(catalogue).values():
        raw.execute(statement)
    rebuild_search(raw, catalogue)


def update_derived_schema(raw: sqlite3.Connection, catalogue: Catalogue) -> None:
    """Make only those indexes anew that differ; everything, as soon as anything else does."""
    wanted, held = derived_schema(catalogue), installed_schema(raw)
    differ = {name for name, _ in wanted.items() ^ held.items()}
    if not all((wanted.get(name) or held[name]).startswith("CREATE INDEX") for name in differ):
        install_derived_schema(raw, catalogue)
        return
    for name in sorted(differ & held.keys()):
        raw.execute(f"DROP INDEX {quoted(name)}")
    for name in sorted(differ & wanted.keys()):
        raw.execute(wanted[name])


def drop_derived_schema(raw: sqlite3.Connection) -> None:
    """Take all triggers, full-text and list indexes away, so that tables can be rebuilt in silence."""
    for name, statement in installed_schema(raw).items():
        kind = statement.split(" ", 2)[1].replace("VIRTUAL", "TABLE")
        raw.execute(f"DROP {kind} {quoted(name)}")


def rebuild_search(
    raw: sqlite3.Connection, catalogue: Catalogue, records: frozenset[str] | None = None
) -> None:
    """Make the full-text indexes of `records` (all when None) anew from their tables."""
    for description in catalogue.values():
        if records is None or description.name in records:
            for index, _, _ in search_tables(description):
                raw.execute(f"INSERT INTO {index} ({index}) VALUES ('rebuild')")
