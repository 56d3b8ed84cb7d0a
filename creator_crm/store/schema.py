"""Putting the schema into a database: tables for a new one, triggers and search indexes whenever it is due."""

from __future__ import annotations

import sqlite3

from sqlalchemy import Connection

from creator_crm.domain.fields import Catalogue
from creator_crm.store.engine import driver
from creator_crm.store.tables import Tables
from creator_crm.store.triggers import install_statements, search_table_statement, search_tables

APPLICATION_ID = 0x43435257  # "CCRW" in the file's header: a Creator CRM workspace
SCHEMA = 1  # kept in user_version; rises with every migration
REVISION = "0001"  # the migration that SCHEMA belongs to


def create_schema(connection: Connection, catalogue: Catalogue, tables: Tables) -> None:
    """Make all tables in an empty database and mark it as a workspace of this version."""
    tables.metadata.create_all(connection, checkfirst=False)
    raw = driver(connection)
    raw.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
    raw.execute("INSERT INTO alembic_version VALUES (?)", (REVISION,))
    raw.execute("INSERT INTO change_now (only, change_set, bulk) VALUES (1, NULL, 0)")
    install_derived_schema(raw, catalogue)
    raw.execute(f"PRAGMA application_id={APPLICATION_ID}")
    raw.execute(f"PRAGMA user_version={SCHEMA}")


def install_derived_schema(raw: sqlite3.Connection, catalogue: Catalogue) -> None:
    """Drop and make anew what follows from the descriptions alone: triggers and full-text indexes."""
    for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        raw.execute(f'DROP TRIGGER "{name}"')
    for (name,) in raw.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL TABLE%fts5%'"
    ).fetchall():
        raw.execute(f'DROP TABLE "{name}"')
    for description in catalogue.values():
        for index, fields, how in search_tables(description):
            raw.execute(search_table_statement(description, index, fields, how))
    for statement in install_statements(catalogue):
        raw.execute(statement)
    rebuild_search(raw, catalogue)


def rebuild_search(
    raw: sqlite3.Connection, catalogue: Catalogue, records: frozenset[str] | None = None
) -> None:
    """Make the full-text indexes of `records` (all when None) anew from their tables."""
    for description in catalogue.values():
        if records is None or description.name in records:
            for index, _, _ in search_tables(description):
                raw.execute(f"INSERT INTO {index} ({index}) VALUES ('rebuild')")
