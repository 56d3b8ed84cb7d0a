"""A new, empty workspace file: made whole in memory, then put in its place at once."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool

from creator_crm.domain.fields import Catalogue
from creator_crm.store.aside import logs_left, put_back, set_aside
from creator_crm.store.engine import driver
from creator_crm.store.errors import WorkspaceError, explained
from creator_crm.store.lock import Lock
from creator_crm.store.schema import create_schema
from creator_crm.store.tables import Tables
from creator_crm.store.whole_files import flushed_into_free_place, unused_part


def write_new(path: Path, catalogue: Catalogue) -> None:
    """Write an empty workspace to `path`; raises WorkspaceError when something is there or cannot be.

    A kill leaves nothing or a workspace: the version is in the file's own header before it has its name.
    Logs of a file that was deleted there before are set aside, since they would be taken for the new one's.
    """
    part = unused_part(path)
    try:
        part.write_bytes(_empty(catalogue))
        with _free_of_logs(path):
            flushed_into_free_place(part, path)
    except FileExistsError:
        raise WorkspaceError(
            f"There is already a file {path.name} in {path.parent}, and it was left as it is. "
            "Open it, or choose another name."
        ) from None
    except sqlite3.Error as error:
        raise explained(error) or error from error
    except OSError as error:
        raise WorkspaceError(
            f"No workspace could be made at {path} ({error.strerror}). "
            "Check that the folder exists, that you may write to it, and that the disk has room."
        ) from error
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def _free_of_logs(path: Path) -> Iterator[None]:
    if path.exists() or not logs_left(path):
        yield
        return
    lock = Lock.take(path, "a new workspace")  # somebody may have the deleted file open, and need its logs
    aside = set_aside(path)
    try:
        yield
    except BaseException:
        if not path.exists():
            put_back(path, aside)
        raise
    finally:
        lock.release()


def _empty(catalogue: Catalogue) -> bytes:
    engine = create_engine("sqlite+pysqlite://", poolclass=StaticPool, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            create_schema(connection, catalogue, Tables(catalogue))
            return driver(connection).serialize()
    finally:
        engine.dispose()
