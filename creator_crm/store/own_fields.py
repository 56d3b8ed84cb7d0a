"""The fields that people made, as the file holds them."""

from __future__ import annotations

import sqlite3

from creator_crm.domain.fields import Catalogue, Field
from creator_crm.domain.records import custom_field
from creator_crm.domain.workspace import CustomField
from creator_crm.store.codec import Decoder
from creator_crm.store.columns import all_columns


def own_fields(raw: sqlite3.Connection, catalogue: Catalogue, *, trashed: bool = False) -> list[CustomField]:
    """The living ones, or those in the trash, in the order in which lists show them."""
    description = catalogue.of(CustomField)
    columns = all_columns(description)
    names = ", ".join(f'"{c}"' for c in columns)
    found = raw.execute(
        f"SELECT {names} FROM custom_field WHERE deleted_at IS {'NOT ' if trashed else ''}NULL "
        "ORDER BY about, position, id"
    )
    return list(map(Decoder(description, columns), found.fetchall()))


def with_own_fields(raw: sqlite3.Connection, catalogue: Catalogue) -> Catalogue:
    """The descriptions with just the fields that live in the file."""
    fields: dict[str, list[Field]] = {}
    for row in own_fields(raw, catalogue):
        fields.setdefault(row.about or "", []).append(custom_field(row))
    return catalogue.with_custom(fields)
