"""What is opened and what is refused: a refused file and its folder stay as they are to the byte."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from creator_crm.store.backup import folder_of
from creator_crm.store.errors import Damaged, InUse, WorkspaceError
from creator_crm.store.opening import examine
from creator_crm.store.schema import SCHEMA, installed_schema
from creator_crm.store.store import Store


def empty(path: Path) -> None:
    path.write_bytes(b"")


def text(path: Path) -> None:
    path.write_text("name,handle\nAna,@ana\n" * 40)


def another_programs_database(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE creator (name)")
    connection.close()


def header_alone(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\x00")


def newer(path: Path) -> None:
    Store.create(path).close()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode=DELETE")
    connection.execute("PRAGMA user_version=7")
    connection.close()


def cut_in_half(path: Path) -> None:
    Store.create(path).close()
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def cut_by_a_page(path: Path) -> None:
    Store.create(path).close()
    path.write_bytes(path.read_bytes()[:-4096])


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (empty, "brand.creatorcrm is empty"),
        (text, "is not a Creator CRM workspace"),
        (another_programs_database, "is not a Creator CRM workspace"),
        (header_alone, "is not a Creator CRM workspace"),
        (newer, r"newer version of Creator CRM \(its file version is 7"),
        (cut_in_half, "is cut short"),
        (cut_by_a_page, "is cut short"),
    ],
)
def test_what_is_no_workspace_of_ours_is_refused_and_left_byte_identical(
    make: Callable[[Path], None], sentence: str, path: Path
) -> None:
    make(path)
    before = path.read_bytes()
    with pytest.raises(WorkspaceError, match=sentence) as caught:
        Store.open(path)
    assert "left as it is" in str(caught.value) or "left as it was" in str(caught.value)
    assert path.read_bytes() == before
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_nothing_there_and_a_folder_are_told_apart(path: Path) -> None:
    with pytest.raises(WorkspaceError, match="There is no workspace at"):
        Store.open(path)
    assert not path.exists()
    path.mkdir()
    with pytest.raises(WorkspaceError, match="is a folder"):
        Store.open(path)


def test_creating_never_overwrites(path: Path) -> None:
    path.write_text("precious")
    with pytest.raises(WorkspaceError, match="already a file brand"):
        Store.create(path)
    assert path.read_text() == "precious"
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_creating_in_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="Check that the folder exists"):
        Store.create(tmp_path / "nowhere" / "brand.creatorcrm")


def test_logs_of_a_deleted_workspace_are_set_aside_for_the_new_one(path: Path) -> None:
    store = Store.create(path)
    with store.change("Add Ana") as unit:
        unit.add("creator", {"name": "Ana"})
    left = {end: path.with_name(path.name + end).read_bytes() for end in ("-wal", "-shm")}
    store.close()
    path.unlink()
    for end, held in left.items():
        path.with_name(path.name + end).write_bytes(held)

    with closing(Store.create(path)) as made, made.read_raw() as raw:
        assert raw.execute("SELECT count(*) FROM creator").fetchone() == (0,)
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    kept = {file.name[-4:]: file.read_bytes() for file in folder_of(path).iterdir()}
    assert kept == left


def test_no_workspace_is_made_in_the_place_of_a_deleted_one_that_is_still_open(path: Path) -> None:
    store = Store.create(path)
    with store.change("Add Ana") as unit:
        unit.add("creator", {"name": "Ana"})
    path.unlink()
    beside = {file.name: file.read_bytes() for file in path.parent.iterdir()}
    with pytest.raises(InUse):
        Store.create(path)
    assert {file.name: file.read_bytes() for file in path.parent.iterdir()} == beside
    store.close()


def test_a_closed_workspace_is_one_file_with_nothing_beside_it(path: Path) -> None:
    store = Store.create(path)
    with store.change("Add") as unit:
        unit.add("creator", {"name": "Ana"})
    store.close()
    assert [p.name for p in path.parent.iterdir()] == [path.name]
    assert examine(path) == SCHEMA


def test_after_an_unclean_stop_the_log_is_read_through_and_nothing_is_lost(store: Store, path: Path) -> None:
    with store.change("Add") as unit:
        unit.add("creator", {"name": "Ana"})
    elsewhere = path.parent / "killed.creatorcrm"
    for end in ("", "-wal"):
        shutil.copy(path.with_name(path.name + end), elsewhere.with_name(elsewhere.name + end))
    opened = Store.open(elsewhere)
    with opened.read_raw() as raw:
        assert raw.execute("SELECT name FROM creator").fetchall() == [("Ana",)]
    opened.close()


def test_after_an_unclean_stop_damage_is_found_before_anything_is_written(store: Store, path: Path) -> None:
    with store.change("Add", bulk=True) as unit:
        unit.add_rows("creator", ("name",), [(f"Ana {n}",) for n in range(2000)])
    with store.outside_history() as raw:
        root = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = 'creator'").fetchone()[0]
    store.back_up(path.parent / "copy.creatorcrm")
    damaged = path.parent / "damaged.creatorcrm"
    content = bytearray((path.parent / "copy.creatorcrm").read_bytes())
    content[(root - 1) * 4096 : root * 4096] = b"\xff" * 4096
    damaged.write_bytes(content)
    log = damaged.with_name(damaged.name + "-wal")
    log.write_bytes(b"what a kill left")
    with pytest.raises(Damaged, match="damaged"):
        Store.open(damaged)
    assert damaged.read_bytes() == content
    assert not damaged.with_name(damaged.name + ".lock").exists()


def test_rules_of_an_older_program_are_replaced_on_opening(path: Path) -> None:
    store = Store.create(path)
    with store.outside_history() as raw:
        raw.execute("DROP TRIGGER history_creator_insert")
    store.close()
    store = Store.open(path)
    with store.change("Add") as unit:
        unit.add("creator", {"name": "Ana"})
    with store.read_raw() as raw:
        assert raw.execute("SELECT count(*) FROM history").fetchone() == (1,)
    store.close()


def test_an_index_that_a_newer_program_keeps_is_made_on_opening_and_the_others_stay(path: Path) -> None:
    def changes_of_the_schema() -> int:
        with closing(sqlite3.connect(path)) as raw:
            return int(raw.execute("PRAGMA schema_version").fetchone()[0])

    Store.create(path).close()
    with closing(sqlite3.connect(path)) as raw:
        whole = installed_schema(raw)
        raw.execute("DROP INDEX sums_payment_open")
        raw.execute("CREATE INDEX sums_of_old ON payment (amount)")
        raw.commit()
    before = changes_of_the_schema()
    Store.open(path).close()
    assert changes_of_the_schema() == before + 2, "one made and one dropped"
    with closing(sqlite3.connect(path)) as raw:
        assert installed_schema(raw) == whole


def test_a_path_with_every_awkward_sign_is_opened(tmp_path: Path) -> None:
    folder = tmp_path / "Ana & Zoë's 100% #1?"
    folder.mkdir()
    path = folder / "brand ü.creatorcrm"
    store = Store.create(path)
    with store.change("Add") as unit:
        unit.add("creator", {"name": "Ana"})
    with store.read_raw() as raw:
        assert raw.execute("SELECT name FROM creator").fetchone() == ("Ana",)
    store.close()
    assert [p.name for p in folder.iterdir()] == [path.name]


def test_until_something_is_written_whoever_opened_the_file_asks_without_a_second_connection(
    path: Path,
) -> None:
    store = Store.create(path)
    count = "SELECT count(*) FROM creator"
    with store.read_raw() as first:
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            first.execute("DELETE FROM creator")
        with ThreadPoolExecutor(1) as beside:
            assert beside.submit(lambda: _another(store, first)).result()
    with store.change("Add") as unit:
        unit.add("creator", {"name": "Ana"})
        with store.read_raw() as reader:
            assert reader is not first
            assert reader.execute(count).fetchone() == (0,), "what is not finished is nobody else's"
    with store.read_raw() as reader:
        assert reader is not first
        assert reader.execute(count).fetchone() == (1,)
    store.close()


def _another(store: Store, connection: sqlite3.Connection) -> bool:
    with store.read_raw() as raw:
        return raw is not connection
