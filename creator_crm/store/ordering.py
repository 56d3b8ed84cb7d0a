"""How each kind of field is sorted in SQL, and the indexes that hold lists in that order.

An index is used only for the very same expression, so both are made here. Written as SQL text rather than
SQLAlchemy expressions because SQLite's planner, not the dialect, decides whether a list is fast.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from creator_crm.domain.conditions import ROW_FIELDS, field_called
from creator_crm.domain.fields import Catalogue, Description, Field, Kind

_AS_NUMBERS = frozenset({Kind.COUNT, Kind.MONEY, Kind.PERCENT, Kind.NUMBER, Kind.FLAG})
_ARCHIVED = "archived"
_BETWEEN = " · "


def column(field: Field, alias: str) -> str:
    """The value of a field; the user's own fields live in one JSON column, late is told from the date."""
    of = f"{alias}." if alias else ""
    if field.lapses:
        still, after = ", ".join(map(literal, field.lapses.open)), field.lapses.after
        return (
            f'CASE WHEN {of}"{field.name}" IN ({still}) AND {of}"{after}" < '
            f"{literal(date.today().isoformat())} "
            f'THEN {literal(field.lapses.to)} ELSE {of}"{field.name}" END'
        )
    if field.custom:
        return f"json_extract({of}custom, {literal('$.' + _json_name(field.name))})"
    return f'{of}"{field.name}"'


def literal(text: str) -> str:
    """A text constant in SQL."""
    return "'" + text.replace("'", "''") + "'"


def _json_name(name: str) -> str:
    return '"' + name.replace('"', "") + '"'


def sort_expression(catalogue: Catalogue, field: Field, alias: str) -> str:
    """What a list is ordered by: choices in their own order, references by what they are called."""
    held = column(field, alias)
    if field.kind is Kind.CHOICE and field.choices:
        return choice_rank(field, alias)
    if field.kind is Kind.REFERENCE:
        return f"({title_of_reference(catalogue, field, alias)}) COLLATE NOCASE"
    if field.kind in _AS_NUMBERS:
        return held
    return f"{held} COLLATE NOCASE"


def choice_rank(field: Field, alias: str) -> str:
    """The place of a choice among those that are offered; nothing for one that is not offered any more."""
    ranks = " ".join(f"WHEN {literal(c.value)} THEN {n}" for n, c in enumerate(field.choices))
    return f"CASE {column(field, alias)} {ranks} END"


def title_expression(catalogue: Catalogue, description: Description[Any], alias: str, *, at: str = "") -> str:
    """What a row is called: its title, else its natural key (a creator without a name has a handle).

    `at` is put before handles.
    """
    title = description.field(description.title)
    if description.named:
        parts = (_name_part(catalogue, description.field(name), alias, at) for name in description.named)
        joined = " || ".join(f"coalesce({literal(_BETWEEN)} || {part}, '')" for part in parts)
        return f"nullif(substr({joined}, {len(_BETWEEN) + 1}), '')"
    if title.references:
        return f"({title_of_reference(catalogue, title, alias, at=at)})"
    others = [description.field(k) for k in description.key[:1] if k != title.name]
    names = [
        f"{literal(at)} || {column(f, alias)}" if at and f.kind is Kind.HANDLE else column(f, alias)
        for f in (title, *others)
        if not f.references
    ]
    return names[0] if len(names) == 1 else f"coalesce({', '.join(names)})"


def _name_part(catalogue: Catalogue, field: Field, alias: str, at: str) -> str:
    held = column(field, alias)
    if field.references:
        return f"({title_of_reference(catalogue, field, alias, at=at)})"
    if field.kind is Kind.CHOICE:
        names = " ".join(f"WHEN {literal(c.value)} THEN {literal(c.label)}" for c in field.choices)
        return f"(CASE {held} {names} ELSE {held} END)"
    return f"substr({held}, 1, 10)" if field.kind is Kind.MOMENT else held


def title_of_reference(catalogue: Catalogue, field: Field, alias: str, *, at: str = "") -> str:
    """A subquery for the title of the row that a reference points to."""
    target = catalogue[field.references]
    inner = f"{alias}_{field.name}"
    return (
        f"SELECT {title_expression(catalogue, target, inner, at=at)} "
        f'FROM "{target.name}" {inner} WHERE {inner}.id = {column(field, alias)}'
    )


def can_archive(description: Description[Any]) -> bool:
    """Whether rows can be put aside, out of the daily lists."""
    return _ARCHIVED in description.by_name


def is_called_in_order(description: Description[Any]) -> bool:
    """Whether an index holds the rows in the order of what they are called."""
    title = description.field(description.title)
    always = title.required and description.key[:1] != (title.name,)  # what it would give way to is not kept
    return title.ordered and not (always or title.custom or title.references or description.named)


def list_indexes(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """(name, CREATE INDEX statement) of each order that a list is kept in, and of what its rows are called.

    The index alone answers "the numbers of all living rows, archived or not, in this order": hence the
    columns behind the key, which only spare SQLite a look at the table. It holds the trash too: SQLite
    believes that an index of some rows is short, and takes it where reading the table is faster. The rows
    of a reference are kept together: in the order of what they refer to they are looked up side by side.
    """
    for description in catalogue.values():
        called = title_expression(catalogue, description, "") if is_called_in_order(description) else ""
        if called and called != column(description.field(description.title), ""):
            name = f"list_{description.name}_called"
            yield name, f'CREATE INDEX "{name}" ON "{description.name}" ({called} COLLATE NOCASE, id)'
        for field in description.fields:
            if field.ordered and not field.custom:
                name = f"list_{description.name}_{field.name}"
                key = column(field, "") if field.references else sort_expression(catalogue, field, "")
                spare = [field.name] if field.kind is Kind.CHOICE else []
                spare += ["deleted_at", *([_ARCHIVED] if can_archive(description) else [])]
                columns = ", ".join([key, "id", *(f'"{c}"' for c in spare)])
                yield name, f'CREATE INDEX "{name}" ON "{description.name}" ({columns})'


def order_by(catalogue: Catalogue, description: Description[Any], sort: tuple[str, ...], alias: str) -> str:
    """The ORDER BY terms of a list: empty values last in either direction, the row's number decides ties."""
    terms = []
    down = False
    for name in sort:
        down = name.startswith("-")
        field = _sortable(description, name.lstrip("-"))
        direction = " DESC" if down else ""
        terms.append(f"{sort_expression(catalogue, field, alias)}{direction} NULLS LAST")
    # The last direction goes on to the number, so that one index read backwards serves descending lists.
    return ", ".join([*terms, f"{alias}.id{' DESC' if down else ''}"])


def _sortable(description: Description[Any], name: str) -> Field:
    return ROW_FIELDS[0] if name == "id" else field_called(description, name)
