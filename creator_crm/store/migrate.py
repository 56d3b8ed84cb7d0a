"""Bringing a workspace of an older version up to date: all of it or nothing, and never without a backup."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import sqlalchemy
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, event
from sqlalchemy.pool import StaticPool

from creator_crm.domain.fields import Catalogue
from creator_crm.paths import data_dir
from creator_crm.store.backup import back_up_before
from creator_crm.store.engine import driver, plain
from creator_crm.store.errors import Duplicate, WorkspaceError, explained
from creator_crm.store.schema import REVISION, SCHEMA, drop_derived_schema, install_derived_schema
from creator_crm.store.triggers import quoted

# The backup once, the write-ahead log up to 1.7 times, growth of the file up to 0.8 times: as measured.
_ROOM = 3.5


def migrate(
    path: Path,
    catalogue: Catalogue,
    *,
    folder: Path | None = None,
    revision: str = REVISION,
    schema: int = SCHEMA,
) -> Path:
    """Upgrade the file at `path` in one transaction; returns the verified backup made before.

    The caller holds the file's lock. Raises WorkspaceError; then the file is as it was and a retry is safe.
    `folder`, `revision` and `schema` say which migrations to run to where.
    """
    _refuse_without_room(path)
    before = back_up_before(path, schema).path
    engine = sqlalchemy.create_engine(
        "sqlite+pysqlite://", creator=lambda: _connection(path), poolclass=StaticPool, hide_parameters=True
    )
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    try:
        with engine.connect() as connection, connection.begin():
            _upgrade(connection, catalogue, folder or data_dir("migrations"), revision, schema)
    except (sqlite3.Error, sqlalchemy.exc.DBAPIError) as error:
        sentence = explained(error)
        raise (
            sentence if sentence and not isinstance(sentence, Duplicate) else _failed(path, before)
        ) from error
    except _Lost as error:
        raise _failed(path, before) from error
    finally:
        engine.dispose()
    return before


class _Lost(Exception):
    """The migrated tables do not hold what the old ones held."""


def _connection(path: Path) -> sqlite3.Connection:
    connection = plain(path, "rw")
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "secure_delete=ON",
        "busy_timeout=5000",
        # Before BEGIN, or it is ignored. With them on, rebuilding a table empties those that refer to it.
        "foreign_keys=OFF",
    ):
        connection.execute(f"PRAGMA {pragma}").fetchone()
    return connection


def _upgrade(connection: Connection, catalogue: Catalogue, folder: Path, revision: str, schema: int) -> None:
    raw = driver(connection)
    drop_derived_schema(raw)
    before = _row_counts(raw)
    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
    after = _row_counts(raw)
    lost = {table for table, count in before.items() if table in after and after[table] != count}
    if lost:
        raise _Lost(f"rows came or went in {sorted(lost)}")
    if raw.execute("PRAGMA foreign_key_check").fetchone():
        raise _Lost("references to rows that are not there")
    install_derived_schema(raw, catalogue)
    raw.execute(f"PRAGMA user_version={schema}")
    if raw.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
        raise _Lost("the file's structure is damaged")


def _row_counts(raw: sqlite3.Connection) -> dict[str, int]:
    names = [
        name
        for (name,) in raw.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~'"
        )
    ]
    return {name: raw.execute(f"SELECT count(*) FROM {quoted(name)}").fetchone()[0] for name in names}


def _refuse_without_room(path: Path) -> None:
    needed, free = int(path.stat().st_size * _ROOM), shutil.disk_usage(path.parent).free
    if free < needed:
        raise WorkspaceError(
            f"{path.name} must be brought up to date, which takes {needed / 1e6:,.0f} MB for a moment, but "
            f"only {free / 1e6:,.0f} MB are free. It was left as it is; free some space and open it again."
        )


def _failed(path: Path, backup: Path) -> WorkspaceError:
    return WorkspaceError(
        f"{path.name} could not be brought up to date, and was left as it was. "
        f"A verified copy is in {backup}. Please send the report of this error; "
        "the version of Creator CRM before this one opens the file."
    )
