"""Older files: brought up to date whole or left as they were, whatever fails and whenever a kill comes."""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from creator_crm.domain.records import CATALOGUE
from creator_crm.store import history
from creator_crm.store.backup import backups
from creator_crm.store.check import check
from creator_crm.store.engine import driver
from creator_crm.store.errors import WorkspaceError
from creator_crm.store.migrate import migrate
from creator_crm.store.opening import log_of
from creator_crm.store.schema import REVISION, SCHEMA, drop_derived_schema
from creator_crm.store.store import Store
from creator_crm.store.tables import Tables

DATA = Path(__file__).resolve().parents[1] / "data"
ROOT = Path(__file__).resolve().parents[2]
OF_VERSION_1 = {
    *("creator", "account", "account_metrics", "address", "tag", "campaign", "collaboration"),
    *("attachment", "attachment_content", "saved_view", "custom_field", "setting"),
}
SINCE = {  # the records that a version brought
    3: {"campaign_target", "campaign_product"},
    5: {"carrier_service", "incoming_stock"},
}
Dump = Callable[[Path], dict[str, list[tuple[Any, ...]]]]


@pytest.fixture
def frozen(path: Path) -> Path:
    """The workspace that version 1 wrote."""
    path.write_bytes(gzip.decompress((DATA / "workspace-v1.creatorcrm.gz").read_bytes()))
    return path


# What was saved once ---------------------------------------------------------------------------------


def test_the_file_of_version_1_opens_with_all_its_rows_and_undoes_its_last_step(
    frozen: Path, dump: Dump
) -> None:
    store = Store.open(frozen)
    assert [b.reason for b in backups(frozen)] == [f"before version {SCHEMA}"]
    rows = dump(frozen)
    counts = {name: len(found) for name, found in rows.items()}
    first = sorted(set(counts) & OF_VERSION_1)
    assert all(counts[name] for name in first), "a table without a row proves nothing"
    assert not any(n for name, n in counts.items() if name not in OF_VERSION_1)
    assert (counts["creator"], counts["account"], counts["account_metrics"]) == (60, 60, 120)
    with store.read_raw() as raw:
        name = "SELECT name, json_extract(custom, '$.shoe_size'), handle, followers FROM creator WHERE id = 1"
        assert raw.execute(name).fetchone()[:3] == ("Ana Lima-Costa", 41, "Ana.0")
        assert len(history.change_sets(raw)) == 7
    assert store.undo().label == "Undo: Edit name"
    with store.read_raw() as raw:
        assert raw.execute(name).fetchone()[:3] == ("Ana Lima 0", 36, "Ana.0")
    assert check(store) == []
    store.close()


def test_every_step_of_version_1_can_be_undone_down_to_nothing(frozen: Path, dump: Dump) -> None:
    store = Store.open(frozen)
    for _ in range(5):
        store.undo()
    store.close()
    rows = dump(frozen)
    assert [name for name, found in rows.items() if found] == ["attachment_content"]


@pytest.mark.parametrize("version", [2, 3, 4, 5])
def test_a_file_with_rows_of_every_record_of_its_time_opens_with_all_of_them_and_undoes_its_steps(
    path: Path, dump: Dump, version: int
) -> None:
    path.write_bytes(gzip.decompress((DATA / f"workspace-v{version}.creatorcrm.gz").read_bytes()))
    store = Store.open(path)
    rows = dump(path)
    later = {name for of, names in SINCE.items() if of > version for name in names}
    assert set(CATALOGUE) <= set(rows)
    assert {name for name, found in rows.items() if not found} == later, (
        "a table without a row proves nothing"
    )
    assert {len(rows[name]) for name in ("message", "order", "order_line", "deliverable", "terms")} == {5}
    with store.read_raw() as raw:
        stock = "SELECT sum(quantity) FROM stock_movement WHERE product = 1 AND deleted_at IS NULL"
        held = raw.execute(f"SELECT stock, ({stock}) FROM product WHERE id = 1").fetchone()
        sent = "SELECT status FROM shipment WHERE id = 6"
        assert raw.execute(sent).fetchone() == ("shipped",)
        steps = raw.execute(
            "SELECT count(*) FROM change_set WHERE NOT undone AND origin <> 'undo'"
        ).fetchone()
    assert held[0] == held[1]
    assert check(store) == []
    for _ in range(steps[0]):
        store.undo()
    assert check(store) == []
    store.close()
    assert [name for name, found in dump(path).items() if found] == ["attachment_content"]


def test_migrations_make_the_same_schema_as_the_descriptions(tmp_path: Path, path: Path) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext
    from sqlalchemy import create_engine

    Store.create(path).close()
    migrated = tmp_path / "migrated.creatorcrm"
    connection = sqlite3.connect(migrated)
    connection.execute("PRAGMA user_version=0")
    connection.execute("CREATE TABLE change_set (id INTEGER)")
    connection.execute("DROP TABLE change_set")
    connection.commit()
    connection.close()
    migrate(migrated, CATALOGUE)

    assert _schema(migrated) == _schema(path)
    engine = create_engine(f"sqlite:///{migrated}")
    with engine.connect() as opened:
        drop_derived_schema(driver(opened))
        context = MigrationContext.configure(opened)
        assert compare_metadata(context, Tables(CATALOGUE).metadata) == []
    engine.dispose()


def test_a_file_of_version_1_ends_with_every_index_and_trigger_of_a_new_one(
    frozen: Path, tmp_path: Path
) -> None:
    Store.open(frozen).close()
    new = tmp_path / "new.creatorcrm"
    Store.create(new).close()
    assert _schema(frozen) == _schema(new)
    assert not log_of(frozen).exists(), "a log left behind would be read through at the next start"


def test_the_newest_migration_is_the_version_of_the_program() -> None:
    newest = max((ROOT / "migrations" / "versions").glob("[0-9]*.py")).name
    assert newest.startswith(REVISION)
    assert int(REVISION) == SCHEMA


# A migration that does not exist yet ------------------------------------------------------------------

STATEMENTS = [
    'op.add_column("creator", sa.Column("pets", sa.Text()))',
    "op.execute(\"UPDATE creator SET pets = 'cat', name = upper(name)\")",
    'with op.batch_alter_table("creator") as t:\n    t.alter_column("niche", new_column_name="topic")',
    'op.create_table("parcel", sa.Column("id", sa.Integer(), primary_key=True))',
    'op.drop_index("ix_account_creator", "account")',
    'op.execute("UPDATE account SET version = version + 1")',
]
HEAD = f"""
import os, signal
import sqlalchemy as sa
from alembic import op
revision = "0099"
down_revision = "{REVISION}"
"""


def future(folder: Path, statements: list[str]) -> Path:
    """A folder of migrations with one more, made of `statements`."""
    migrations = folder / "migrations"
    shutil.rmtree(migrations, ignore_errors=True)
    shutil.copytree(ROOT / "migrations", migrations, ignore=shutil.ignore_patterns("__pycache__"))
    body = textwrap.indent("\n".join(statements), "    ")
    (migrations / "versions" / "0099_next.py").write_text(f"{HEAD}\n\ndef upgrade():\n{body}\n")
    return migrations


def of_the_future() -> Any:
    """The catalogue after that migration: all as it is, for the names of niche alone."""
    from dataclasses import replace

    from creator_crm.domain.fields import Catalogue

    def renamed(name: str) -> Any:
        description = CATALOGUE[name]
        fields = tuple(replace(f, name="topic") if f.name == "niche" else f for f in description.fields)
        return replace(description, fields=fields)

    return Catalogue(renamed(name) for name in CATALOGUE)


def upgraded(path: Path, folder: Path) -> Path:
    return migrate(path, of_the_future(), folder=folder, revision="0099", schema=99)


def fingerprint(path: Path) -> tuple[str, list[Any]]:
    """Schema, versions and rows; without a log beside it, the bytes too."""
    connection = sqlite3.connect(path)
    try:
        found = connection.execute("SELECT name, sql FROM sqlite_master ORDER BY name, type").fetchall()
        versions = connection.execute("SELECT version_num FROM alembic_version").fetchall()
        versions += connection.execute("PRAGMA user_version").fetchall()
        counts = [
            connection.execute(f'SELECT * FROM "{name}"').fetchall()
            for name, sql in found
            if sql and sql.startswith("CREATE TABLE") and "_words" not in name and "_parts" not in name
        ]
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    finally:
        connection.close()
    return hashlib.sha256(repr((found, counts)).encode()).hexdigest(), versions


def test_a_migration_keeps_every_row_and_every_reference(frozen: Path, tmp_path: Path, dump: Dump) -> None:
    before = dump(frozen)
    kept = upgraded(frozen, future(tmp_path, STATEMENTS))
    after = dump(frozen)
    assert {n: len(rows) for n, rows in before.items()} == {n: len(after[n]) for n in before}
    assert dump(kept) == before
    connection = sqlite3.connect(frozen)
    assert connection.execute(
        "SELECT count(*) FROM creator WHERE topic IS NOT NULL AND pets = 'cat'"
    ).fetchone() == (60,)
    assert connection.execute("PRAGMA user_version").fetchone() == (99,)
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert connection.execute("SELECT count(*) FROM history WHERE record = 'account'").fetchone() == (62,)
    connection.close()


@pytest.mark.parametrize("at", range(len(STATEMENTS) + 1))
def test_a_failing_migration_leaves_the_file_as_it_was_and_works_the_next_time(
    at: int, frozen: Path, tmp_path: Path
) -> None:
    before = fingerprint(frozen)
    failing = [*STATEMENTS[:at], 'op.execute("SELECT * FROM nowhere")', *STATEMENTS[at:]]
    sentence = r"could not be brought up to date, and was left as it was.*brand backups"
    with pytest.raises(WorkspaceError, match=sentence):
        upgraded(frozen, future(tmp_path, failing))
    assert fingerprint(frozen) == before
    upgraded(frozen, future(tmp_path, STATEMENTS))
    assert fingerprint(frozen)[1] == [("0099",), (99,)]
    assert [b.reason for b in backups(frozen)] == ["before version 99"]


MIGRATOR = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[3])
from test_migrations import upgraded
upgraded(Path(sys.argv[1]), Path(sys.argv[2]))
"""


@pytest.mark.skipif(os.name != "posix", reason="a process is killed by a signal on POSIX alone")
@pytest.mark.parametrize("at", range(len(STATEMENTS) + 1))
def test_a_killed_migration_leaves_the_file_as_it_was_and_works_the_next_time(
    at: int, frozen: Path, tmp_path: Path
) -> None:
    before = fingerprint(frozen)
    # With so small a cache, half of the work is on the disk already when the kill comes.
    small = 'op.execute("PRAGMA cache_size=2")'
    kill = "os.kill(os.getpid(), signal.SIGKILL)"
    folder = future(tmp_path, [small, *STATEMENTS[:at], kill, *STATEMENTS[at:]])
    here = str(Path(__file__).parent)
    done = subprocess.run([sys.executable, "-c", MIGRATOR, str(frozen), str(folder), here], check=False)
    assert done.returncode == -signal.SIGKILL
    assert fingerprint(frozen) == before
    upgraded(frozen, future(tmp_path, STATEMENTS))
    assert fingerprint(frozen)[1] == [("0099",), (99,)]


@pytest.mark.parametrize(
    "statement",
    [
        'op.execute("DELETE FROM account_metrics WHERE id = 1")',
        'op.execute("UPDATE account SET creator = 999 WHERE id = 1")',
    ],
)
def test_a_migration_that_loses_rows_or_references_is_taken_back(
    statement: str, frozen: Path, tmp_path: Path
) -> None:
    before = fingerprint(frozen)
    with pytest.raises(WorkspaceError, match="could not be brought up to date"):
        upgraded(frozen, future(tmp_path, [*STATEMENTS, statement]))
    assert fingerprint(frozen) == before


def test_without_room_on_the_disk_nothing_is_begun(
    frozen: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = frozen.read_bytes()
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(1, 1, 1000))
    with pytest.raises(WorkspaceError, match=r"only 0 MB are free\. It was left as it is"):
        upgraded(frozen, future(tmp_path, STATEMENTS))
    assert frozen.read_bytes() == before
    assert backups(frozen) == []


def test_opening_a_file_of_this_version_does_not_even_load_the_migrations(path: Path) -> None:
    Store.create(path).close()
    program = (
        "import sys; from pathlib import Path; from creator_crm.store.store import Store; "
        f"Store.open(Path({str(path)!r})).close(); print('alembic' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def _schema(of: Path) -> list[tuple[str, str]]:
    """The statements of everything in a file but Alembic's own note, by name, in one way of writing."""
    connection = sqlite3.connect(of)
    found = connection.execute(
        "SELECT name, sql FROM sqlite_master "
        "WHERE sql IS NOT NULL AND name <> 'alembic_version' ORDER BY name"
    )
    rows = [(name, _in_one_way(sql)) for name, sql in found]
    connection.close()
    return rows


def _in_one_way(sql: str) -> str:
    """A table that was rebuilt has its name in quotes and its constraints in an order of their own."""
    sql = " ".join(sql.replace("(", " ( ").replace(")", " ) ").split())
    sql = re.sub(r'^CREATE TABLE "(\w+)"', r"CREATE TABLE \1", sql)
    head, *constraints = sql.removesuffix(" )").split(", CONSTRAINT ")
    return ", CONSTRAINT ".join([head, *sorted(one.strip() for one in constraints)]) if constraints else sql
