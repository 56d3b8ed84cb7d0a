"""Whether a workspace is sound: its file, its references, its search, its figures, its history."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from creator_crm.domain.fields import Catalogue
from creator_crm.store.attachments import BROUGHT, NOT_HERE
from creator_crm.store.derived import derived_edges
from creator_crm.store.errors import DATABASE_ERRORS, WorkspaceError, explained
from creator_crm.store.schema import (
    derived_schema,
    drop_derived_schema,
    install_derived_schema,
    installed_schema,
)
from creator_crm.store.store import Store
from creator_crm.store.triggers import quoted, search_tables


def check(store: Store, *, repair: bool = False) -> list[str]:
    """Everything that is wrong with the workspace, in plain words; empty when it is sound.

    With `repair`, what follows from other data (search, figures, orders of lists) is made anew first; nothing
    that people entered is touched. Others can read and write meanwhile, but for a moment.
    """
    problems: list[str] = []
    try:
        if repair:
            with store.outside_history() as raw:
                _make_anew(raw, store.built_in)
        with store.read_raw() as raw:
            for ask in (_structure, _references, _own_rules, _figures, _history, _attachments, _idle):
                problems += ask(raw, store.built_in)
        if not store.read_only:  # SQLite looks through a search index by a statement that may write
            with store.outside_history() as raw:
                problems += _search(raw, store.built_in)
    except DATABASE_ERRORS as error:
        problems.append(str(explained(error) or error))
    except WorkspaceError as error:
        problems.append(str(error))
    return problems


def _make_anew(raw: sqlite3.Connection, catalogue: Catalogue) -> None:
    drop_derived_schema(raw)
    for edge in derived_edges(catalogue):
        raw.execute(edge.update("true"))
    raw.execute("UPDATE change_now SET change_set = NULL, bulk = 0")
    install_derived_schema(raw, catalogue)


def _structure(raw: sqlite3.Connection, _: Catalogue) -> Iterator[str]:
    answers = [str(row[0]) for row in raw.execute("PRAGMA integrity_check(20)")]
    if answers != ["ok"]:
        yield f"The file is damaged ({answers[0]}). Restore the newest backup."


def _references(raw: sqlite3.Connection, catalogue: Catalogue) -> Iterator[str]:
    lost: dict[tuple[str, str], int] = {}
    for child, _, parent, _ in raw.execute("PRAGMA foreign_key_check"):
        lost[child, parent] = lost.get((child, parent), 0) + 1
    for (child, parent), count in lost.items():
        gone = _named(catalogue, parent).lower()
        yield f"{_named(catalogue, child)}: {count} of them refer to {gone} that are not there."


def _search(raw: sqlite3.Connection, catalogue: Catalogue) -> Iterator[str]:
    for description in catalogue.values():
        for index, _, _ in search_tables(description):
            try:
                raw.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")
            except sqlite3.DatabaseError:
                yield f"{description.plural}: search does not find everything. Repairing makes it anew."
                break


def _own_rules(raw: sqlite3.Connection, catalogue: Catalogue) -> Iterator[str]:
    if installed_schema(raw) != derived_schema(catalogue):
        yield "The rules that write history and search are not this program's. Repairing puts them back."


def _figures(raw: sqlite3.Connection, catalogue: Catalogue) -> Iterator[str]:
    for edge in derived_edges(catalogue):
        count = raw.execute(edge.wrong()).fetchone()[0]
        if count:
            source = _named(catalogue, edge.child).lower()
            yield (
                f"{edge.parent.plural}: {count} do not show what their {source} say. "
                "Repairing computes them anew."
            )


def _history(raw: sqlite3.Connection, catalogue: Catalogue) -> Iterator[str]:
    unreadable = raw.execute(
        "SELECT count(*) FROM history "
        "WHERE NOT json_valid(coalesce(before, '{}')) OR NOT json_valid(coalesce(after, '{}'))"
    ).fetchone()[0]
    if unreadable:
        yield f"History: {unreadable} of its entries are damaged. Restore the newest backup."
    for description in catalogue.values():
        table = quoted(description.name)
        without = raw.execute(
            f"SELECT count(*) FROM {table} t WHERE NOT EXISTS "
            "(SELECT 1 FROM history WHERE record = ? AND \"row\" = t.id AND action = 'insert')",
            (description.name,),
        ).fetchone()[0]
        if without:
            yield f"{description.plural}: the history does not know how {without} of them came in."
        # SQLite gives the action of the row that has the highest number.
        gone = raw.execute(
            "SELECT count(*) FROM "
            '(SELECT "row", action, max(id) FROM history WHERE record = ? GROUP BY "row") '
            f"WHERE action <> 'delete' AND \"row\" NOT IN (SELECT id FROM {table})",
            (description.name,),
        ).fetchone()[0]
        if gone:
            yield f"{description.plural}: {gone} of them are gone, and the history does not know why."


def _attachments(raw: sqlite3.Connection, catalogue: Catalogue) -> Iterator[str]:
    if "attachment" in catalogue:
        lost = raw.execute(
            f"SELECT count(*) FROM attachment a WHERE {NOT_HERE} AND NOT {BROUGHT}"
        ).fetchone()[0]
        if lost:
            yield f"Attachments: the content of {lost} is missing. An older backup may hold it."


def _idle(raw: sqlite3.Connection, _: Catalogue) -> Iterator[str]:
    if raw.execute("SELECT change_set, bulk FROM change_now").fetchall() != [(None, 0)]:
        yield "A change was left half open. Restore the newest backup."


def _named(catalogue: Catalogue, record: str) -> str:
    return catalogue[record].plural if record in catalogue else record
