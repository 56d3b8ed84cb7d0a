"""Every kind of damage that `check` knows is found, named in words, and repaired only where that is safe."""

from __future__ import annotations

import sqlite3

import pytest

from creator_crm.store.check import check
from creator_crm.store.store import Store

DAMAGE = {
    "a figure": ("UPDATE creator SET followers = 99", "Creators: 1 do not show what their accounts say"),
    "a joined figure": ("UPDATE creator SET handles = 'other'", "Creators: 1 do not show"),
    "a lost figure": (
        "UPDATE account SET followers = NULL",
        "Accounts: 1 do not show what their account metrics",
    ),
    "a rule": ("DROP TRIGGER history_creator_update", "rules that write history"),
    "a list": ("DROP INDEX {list}", "rules that write history"),
    "the word index": (
        "INSERT INTO creator_words (creator_words) VALUES ('delete-all')",
        "Creators: search does not find everything",
    ),
    "the part index": (
        "INSERT INTO account_parts (account_parts) VALUES ('delete-all')",
        "Accounts: search does not find everything",
    ),
    "a half open change": ("UPDATE change_now SET bulk = 1", "left half open"),
}
LOSSES = {
    "a history": (
        "DELETE FROM history WHERE record = 'account'",
        "Accounts: the history does not know how 1",
    ),
    "an entry of the history": (
        "UPDATE history SET after = substr(after, 2) WHERE id = 1",
        "History: 1 of its entries are damaged",
    ),
    "a row": (
        "DROP TRIGGER history_account_metrics_delete; DELETE FROM account_metrics",
        "Account metrics: 1 of them are gone, and the history does not know why",
    ),
    "a parent": (
        "PRAGMA foreign_keys=OFF; DROP TRIGGER history_creator_delete; DELETE FROM creator",
        "Accounts: 1 of them refer to creators that are not there",
    ),
    "an attachment": ("DELETE FROM attachment_content", "Attachments: the content of 1 is missing"),
}


@pytest.fixture
def filled(store: Store) -> Store:
    with store.change("Add") as unit:
        ana = unit.add("creator", {"name": "Ana"})
        account = unit.add("account", {"creator": ana, "handle": "ana", "platform": "tiktok"})
        unit.add("account_metrics", {"account": account, "measured_on": "2026-11-01", "followers": 7})
        unit.raw.execute("INSERT INTO attachment_content VALUES ('x', x'00')")
        unit.add("attachment", {"about": "creator", "about_uid": "x", "file_name": "f", "sha256": "x"})
    return store


def damage(store: Store, statements: str) -> None:
    connection = sqlite3.connect(store.path, isolation_level=None)
    index = connection.execute("SELECT name FROM sqlite_master WHERE name LIKE 'list~_creator%' ESCAPE '~'")
    name = index.fetchall()[0][0]
    for statement in statements.format(list=f'"{name}"').split(";"):
        connection.execute(statement)
    connection.close()


def test_a_sound_workspace_has_no_problems(filled: Store) -> None:
    filled.undo()
    filled.redo()
    assert check(filled) == []


@pytest.mark.parametrize("what", DAMAGE)
def test_what_follows_from_other_data_is_found_and_repaired(what: str, filled: Store) -> None:
    statement, sentence = DAMAGE[what]
    damage(filled, statement)
    assert any(sentence in problem for problem in check(filled)), check(filled)
    assert check(filled, repair=True) == []
    assert check(filled) == []


@pytest.mark.parametrize("what", LOSSES)
def test_what_people_entered_is_never_made_up_by_a_repair(what: str, filled: Store) -> None:
    statement, sentence = LOSSES[what]
    damage(filled, statement)
    assert any(sentence in problem for problem in check(filled)), check(filled)
    assert any(sentence in problem for problem in check(filled, repair=True))


def test_a_damaged_page_is_a_problem_and_no_crash(filled: Store) -> None:
    with filled.change("Many", bulk=True) as unit:
        unit.add_rows("tag", ("name",), [(f"tag {n}",) for n in range(5000)])
    with filled.outside_history() as raw:
        root = raw.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'ix_history_change_set'"
        ).fetchone()[0]
    path = filled.path
    filled.close()
    content = bytearray(path.read_bytes())
    content[(root - 1) * 4096 + 8 : (root - 1) * 4096 + 100] = b"\xff" * 92
    path.write_bytes(content)
    opened = Store.open(path)
    try:
        assert any("damaged" in problem for problem in check(opened))
    finally:
        opened.close()
