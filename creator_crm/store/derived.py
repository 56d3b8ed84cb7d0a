"""Values that the database keeps by itself from the rows that refer to a row, as a creator's followers.

One row changed: triggers recompute its parent. Thousands changed: `derive_touched` does all parents at once.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from creator_crm.domain.fields import Catalogue, Derived, Description, Field
from creator_crm.store.triggers import ONE_BY_ONE, quoted

_OVER_ALL = {"sum": "coalesce(sum({}), 0)", "count": "count({})", "min": "min({})", "max": "max({})"}


class Edge:
    """All values that rows of `parent` derive from the rows of `child` that refer to them through `via`."""

    def __init__(self, parent: Description[Any], child: str, via: str, fields: Sequence[Field]) -> None:
        self.parent, self.child, self.via, self.fields = parent, child, via, tuple(fields)

    def update(self, where: str) -> str:
        """One UPDATE that recomputes the derived columns of the parents that satisfy `where`."""
        sets = ", ".join(f"({columns}) = ({select})" for columns, select in self._expressions())
        return f"UPDATE {quoted(self.parent.name)} SET {sets} WHERE {where}"

    def wrong(self) -> str:
        """A SELECT that counts the parents whose derived columns are not what they should be."""
        differ = " OR ".join(f"({columns}) IS NOT ({select})" for columns, select in self._expressions())
        return f"SELECT count(*) FROM {quoted(self.parent.name)} WHERE {differ}"

    def _expressions(self) -> Iterator[tuple[str, str]]:
        """(columns, the SELECT that gives their values) for the parent row at hand."""
        p, c = quoted(self.parent.name), quoted(self.child)
        mine = f"c.{quoted(self.via)} = {p}.id AND (c.deleted_at IS NULL OR c.deleted_at IS {p}.deleted_at)"
        for (pick, order), group in groupby(self.fields, key=lambda f: _how(f.derived)):
            fields = [(quoted(f.name), f"c.{quoted(f.derived.field)}") for f in group if f.derived]
            if pick == "join":
                for name, column in fields:
                    inner = f"SELECT {column} AS v FROM {c} c WHERE {mine} ORDER BY c.id"
                    yield name, f"SELECT group_concat(v, ' ') FROM ({inner})"
            elif pick in _OVER_ALL:
                over = ", ".join(_OVER_ALL[pick].format(column) for _, column in fields)
                yield ", ".join(name for name, _ in fields), f"SELECT {over} FROM {c} c WHERE {mine}"
            else:
                by = ", ".join(
                    f"c.{quoted(o.lstrip('-'))}{' DESC' if o.startswith('-') else ''}" for o in order
                )
                columns = ", ".join(column for _, column in fields)
                select = f"SELECT {columns} FROM {c} c WHERE {mine} ORDER BY {by} LIMIT 1"
                yield ", ".join(name for name, _ in fields), select

    def triggers(self) -> Iterator[str]:
        name = f"derive_{self.parent.name}_from_{self.child}"
        child, via = quoted(self.child), quoted(self.via)
        watched = {self.via, "deleted_at"}
        for f in self.fields:
            assert f.derived is not None
            watched |= {f.derived.field} | {o.lstrip("-") for o in f.derived.order if o.lstrip("-") != "id"}
        columns = ", ".join(quoted(w) for w in sorted(watched))
        when = f"WHEN {ONE_BY_ONE}"
        yield (
            f"CREATE TRIGGER {name}_insert AFTER INSERT ON {child} {when} BEGIN "
            f"{self.update(f'id = new.{via}')}; END"
        )
        yield (
            f"CREATE TRIGGER {name}_update AFTER UPDATE OF {columns} ON {child} {when} BEGIN "
            f"{self.update(f'id IN (old.{via}, new.{via})')}; END"
        )
        yield (
            f"CREATE TRIGGER {name}_delete AFTER DELETE ON {child} {when} BEGIN "
            f"{self.update(f'id = old.{via}')}; END"
        )
        # Which parts count depends on whether they are in the trash together with their owner.
        yield (
            f"CREATE TRIGGER {name}_trash AFTER UPDATE OF deleted_at ON {quoted(self.parent.name)} {when} "
            f"BEGIN {self.update('id = new.id')}; END"
        )


def _how(derived: Derived | None) -> tuple[str, tuple[str, ...]]:
    assert derived is not None
    return derived.pick, derived.order


def _source(field: Field) -> tuple[str, str]:
    assert field.derived is not None
    return field.derived.record, field.derived.via


def derived_edges(catalogue: Catalogue) -> list[Edge]:
    """The edges of the catalogue, those that feed others first."""
    edges = []
    for parent in catalogue.parents_first:
        by_source = sorted(parent.derived, key=lambda f: (_source(f), _how(f.derived)))
        for (child, via), group in groupby(by_source, key=_source):
            edges.append(Edge(parent, child, via, list(group)))
    return edges[::-1]


def derive_touched(
    raw: sqlite3.Connection, catalogue: Catalogue, change_set: int, touched: frozenset[str]
) -> frozenset[str]:
    """Recompute what follows from the `touched` records of a change set; returns the records derived."""
    derived: set[str] = set()
    raw.execute(
        "CREATE TEMP TABLE IF NOT EXISTS derive_now (record TEXT, id INTEGER, PRIMARY KEY (record, id))"
    )
    raw.execute("DELETE FROM derive_now")
    for edge in derived_edges(catalogue):
        if edge.child in touched | derived or edge.parent.name in touched:
            for source, values in _parents(edge, change_set):
                into = "INSERT OR IGNORE INTO derive_now SELECT ?, v FROM"
                raw.execute(f"{into} ({source}) WHERE v IS NOT NULL", (edge.parent.name, *values))
            where = "id IN (SELECT id FROM derive_now WHERE record = ?)"
            raw.execute(edge.update(where), (edge.parent.name,))
            derived.add(edge.parent.name)
    raw.execute("DELETE FROM derive_now")
    return frozenset(derived)


def _parents(edge: Edge, change_set: int) -> Iterator[tuple[str, tuple[str | int, ...]]]:
    """Where to find the parents to recompute: of touched rows, of rows that left them, of derived
    rows; and those that went to the trash themselves or came back."""
    child, via = quoted(edge.child), quoted(edge.via)
    touched = (
        f'SELECT c.{via} AS v FROM history h CROSS JOIN {child} c ON c.id = h."row" '
        "WHERE h.record = ? AND h.change_set = ? AND h.action <> 'delete'"
    )
    yield touched, (edge.child, change_set)
    left = (
        f"SELECT json_extract(before, '$.{edge.via}') AS v FROM history "
        "WHERE record = ? AND change_set = ? AND action <> 'insert'"
    )
    yield left, (edge.child, change_set)
    trashed = (
        "SELECT \"row\" AS v FROM history WHERE record = ? AND change_set = ? AND action = 'update' "
        "AND json_type(after, '$.deleted_at') IS NOT NULL"
    )
    yield trashed, (edge.parent.name, change_set)
    yield (
        f"SELECT c.{via} AS v FROM derive_now d JOIN {child} c ON c.id = d.id WHERE d.record = ?",
        (edge.child,),
    )
