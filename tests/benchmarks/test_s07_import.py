"""S7 and S11: rehearsing, importing and undoing a list of 100,000 creators."""

from __future__ import annotations

import csv
import random
import shutil
import sqlite3
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
from conftest import Race

from creator_crm.domain.records import CATALOGUE
from creator_crm.services import imports
from creator_crm.store.engine import connect
from creator_crm.store.schema import rebuild_search
from creator_crm.store.store import Store

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(900)]

ROWS = 100_000
HEADER = (
    "TikTok handle",
    "Full name",
    "Followers",
    "Avg views",
    "Engagement rate",
    "Country",
    "Category",
    "Email",
)
HEADER += ("Tags", "Owner")
SYLLABLES = [
    "ka",
    "lo",
    "mi",
    "ra",
    "ne",
    "sa",
    "ti",
    "vo",
    "zu",
    "be",
    "da",
    "fi",
    "go",
    "ha",
    "mö",
    "na",
    "pó",
    "李",
    "Жа",
]
COUNTRIES = ("Germany", "United States", "Turkey", "Brazil", "Japan", "France", "India", "Spain")
NICHES = ("Beauty", "Fitness", "Food", "Gaming", "Travel", "Music & Dance", "Tech")
NOW = "2026-01-01T00:00:00Z"


@pytest.fixture(scope="module")
def list_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tracker as people keep one: figures in two spellings, blanks, tags, names in several scripts."""
    path = tmp_path_factory.mktemp("lists") / "tiktok tracker.csv"
    chance = random.Random(7)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for n in range(ROWS):
            handle = "".join(chance.choices(SYLLABLES[:14], k=4)) + str(n)
            name = " ".join("".join(chance.choices(SYLLABLES, k=3)).title() for _ in range(2))
            followers = chance.randrange(1000, 5_000_000)
            writer.writerow(
                (
                    handle if n % 3 else f"@{handle}",
                    name,
                    followers if n % 2 else f"{followers / 1000:.1f}K",
                    chance.randrange(100, 500_000),
                    f"{chance.randrange(1, 150) / 10}%",
                    chance.choice(COUNTRIES),
                    chance.choice(NICHES),
                    f"{handle}@{'gmail.com' if n % 4 else f'studio{n % 500}.com'}" if n % 7 else "",
                    "vip, local" if n % 5 == 0 else "",
                    chance.choice(("Ava", "Jules", "Kim")),
                )
            )
    return path


def imported(path: Path, list_file: Path) -> None:
    store = Store.create(path, who="bench")
    found = imports.recognise(list_file, store.catalogue)
    result = imports.write(imports.rehearse(store, found, imports.propose(store, found)))
    assert result.counts["created"] == ROWS
    store.close()


def in_one_change(raw: sqlite3.Connection, work: Callable[[], None]) -> None:
    """What no import can do without: a transaction, history by the triggers, full text rebuilt once."""
    raw.execute("BEGIN IMMEDIATE")
    raw.execute(
        "INSERT INTO change_set (at, who, label, origin) VALUES (?, 'bench', 'floor', 'import')", (NOW,)
    )
    raw.execute("UPDATE change_now SET change_set = (SELECT max(id) FROM change_set), bulk = 1")
    work()
    rebuild_search(raw, CATALOGUE, frozenset({"creator", "account"}))
    raw.execute("UPDATE change_now SET change_set = NULL, bulk = 0")
    raw.execute("COMMIT")


def insert(raw: sqlite3.Connection, table: str, columns: str, rows: list[tuple[object, ...]]) -> None:
    names = f"id, uid, version, created_at, updated_at, {columns}"
    marks = ", ".join("?" * len(rows[0]))
    raw.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)


def floor_import(path: Path, list_file: Path) -> None:
    Store.create(path, who="bench").close()
    raw = connect(path)
    with list_file.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]

    def work() -> None:
        head = [(n, f"u{n:011}", 1, NOW, NOW) for n in range(1, len(rows) + 1)]
        insert(
            raw, "creator", "name, stage, country, niche, email, tags, owner",
            [(*h, r[1], "prospect", r[5], r[6], r[7], r[8], r[9]) for h, r in zip(head, rows, strict=True)],
        )  # fmt: skip
        insert(
            raw, "account", "creator, platform, handle, handle_key",
            [(*h, h[0], "tiktok", r[0], r[0]) for h, r in zip(head, rows, strict=True)],
        )  # fmt: skip
        insert(
            raw, "account_metrics", "account, measured_on, followers, average_views, engagement",
            [(*h, h[0], "2026-01-01", r[2], r[3], r[4]) for h, r in zip(head, rows, strict=True)],
        )  # fmt: skip

    in_one_change(raw, work)
    raw.close()


def test_an_import_costs_at_most_four_times_the_bare_inserts(
    race: Race, list_file: Path, tmp_path: Path
) -> None:
    number = count()

    def fresh() -> Path:
        path = tmp_path / f"{next(number)}.creatorcrm"
        for old in tmp_path.glob("*.creatorcrm*"):
            old.unlink()
        return path

    race.run(
        "S7",
        "rehearse and import 100,000 rows of CSV",
        lambda: imported(fresh(), list_file),
        lambda: floor_import(fresh(), list_file),
        4.0,
        pairs=5,
    )
    race.check()


def test_undoing_it_costs_at_most_half_more_than_the_same_statements(
    race: Race, list_file: Path, tmp_path: Path
) -> None:
    master = tmp_path / "master.creatorcrm"
    imported(master, list_file)

    def undone() -> None:
        store = Store.open(Path(shutil.copy(master, tmp_path / "ours.creatorcrm")), who="bench")
        store.undo()
        store.close()

    def floor() -> None:
        raw = connect(Path(shutil.copy(master, tmp_path / "floor.creatorcrm")))

        def work() -> None:
            raw.execute("PRAGMA defer_foreign_keys=ON")
            for table in ("account_metrics", "account", "creator"):
                raw.executemany(f"DELETE FROM {table} WHERE id = ?", ((n,) for n in range(ROWS, 0, -1)))

        in_one_change(raw, work)
        raw.close()

    race.run("S11", "undo an import of 100,000 rows", undone, floor, 1.5, pairs=5)
    race.check()
