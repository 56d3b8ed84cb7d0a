"""Sending a list out as a file: the rows of a query, in chosen columns."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from creator_crm.domain.errors import UserError
from creator_crm.domain.fields import Description, Field, Kind, Row, value_of
from creator_crm.domain.query import Query
from creator_crm.exchange.lists_out import ID_HEADER, Cell, Column, write_list
from creator_crm.services.records import one
from creator_crm.services.workspace import Workspace

_PAGE = 250
_A_TURN = 0.0002  # seconds in which another thread surely gets Python's lock, about 2 % of the time of a page


def export_list(
    workspace: Workspace,
    query: Query,
    path: Path,
    columns: Sequence[str] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> int:
    """Write the rows of `query` to a .csv, .tsv or .xlsx file; every visible field when no columns are named.

    Returns the number of rows. Raises UserError with nothing written.
    """
    description = workspace.catalogue[query.record]
    fields = chosen_fields(description, columns)
    ids = workspace.ids(query)
    total = len(ids)
    heads = [Column(ID_HEADER), *(Column(f.label, f) for f in fields)]

    def told(done: int) -> None:
        if progress:
            progress(done, total)

    return write_list(path, description.plural, heads, _cells(workspace, query.record, ids, fields), told)


def chosen_fields(description: Description[Any], columns: Sequence[str] | None) -> tuple[Field, ...]:
    """The fields named in `columns`, by name or label; all visible ones for None. Raises UserError."""
    if columns is None:
        return description.visible
    by_label = {f.label.casefold(): f for f in description.visible}
    found = []
    for name in columns:
        field = description.by_name.get(name) or by_label.get(name.strip().casefold())
        if field is None:
            known = ", ".join(f.name for f in description.visible)
            raise UserError(f"{one(description)} has no field “{name}”. Its fields are: {known}.")
        found.append(field)
    return tuple(found)


def _cells(
    workspace: Workspace, record: str, ids: Sequence[int], fields: Sequence[Field]
) -> Iterator[list[Cell]]:
    references = [f for f in fields if f.kind is Kind.REFERENCE]
    for start in range(0, len(ids), _PAGE):
        time.sleep(_A_TURN)  # the window's turn: while rows are fetched it gets none
        rows = workspace.rows(record, ids[start : start + _PAGE])
        names = {
            f.name: workspace.titles(
                f.references, {v for row in rows if isinstance(v := value_of(row, f), int)}
            )
            for f in references
        }
        for row in rows:
            yield [Cell(row.uid, text=row.uid), *(_cell(row, f, names) for f in fields)]


def _cell(row: Row, field: Field, names: dict[str, dict[int, str]]) -> Cell:
    value = value_of(row, field)
    if field.name in names and isinstance(value, int):
        return Cell(value, text=names[field.name].get(value, ""))
    currency = getattr(row, field.currency, None) if field.currency else None
    return Cell(value, currency)
