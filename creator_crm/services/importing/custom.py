"""Columns that become new fields of the user's own."""

from __future__ import annotations

from collections.abc import Mapping

from creator_crm.domain.fields import ROW_COLUMNS, Catalogue, Field, Kind
from creator_crm.exchange.headers import header_key
from creator_crm.exchange.mapping import NEW_FIELD, Proposal


def new_fields(
    catalogue: Catalogue, proposal: Proposal, trashed: Mapping[str, frozenset[str]] | None = None
) -> dict[str, Field]:
    """The fields to be made, by the key under which `parse_list` keeps their values.

    `trashed`: the names of own fields in the trash by record; their values are still in the rows.
    """
    found: dict[str, Field] = {}
    taken: set[tuple[str, str]] = set()
    for column in proposal.columns:
        record, _, name = column.target.partition(".")
        if not name.startswith(NEW_FIELD) or record not in catalogue:
            continue
        base = "_".join("".join(c if c.isalnum() else " " for c in header_key(column.header)).split())
        base = "".join(c for c in base if c.isascii()).strip("_") or f"column_{column.index + 1}"
        gone = {*ROW_COLUMNS, *(trashed or {}).get(record, ())}
        own, n = base, 2
        while own in catalogue[record].by_name or own in gone or (record, own) in taken:
            own, n = f"{base}_{n}", n + 1
        taken.add((record, own))
        kind = Kind(name[1:] or Kind.TEXT)
        field = Field(name=own, label=column.header, kind=kind, custom=True)
        found[f"{column.target}#{column.index}"] = field
    return found
