"""The database tables, made from the descriptions, and the few tables the store keeps for itself."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    text,
)

from creator_crm.domain.fields import INTEGER_KINDS, Catalogue, Description, Field, Kind
from creator_crm.store.columns import tracked_columns  # noqa: F401

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Tables:
    """All tables of a catalogue; `tables["creator"]` is the SQLAlchemy table of that record."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.metadata = MetaData(naming_convention=NAMING)
        self._records = {d.name: _record_table(d, self.metadata) for d in catalogue.values()}
        self.change_set = Table(
            "change_set",
            self.metadata,
            Column("id", Integer, primary_key=True),
            Column("at", Text, nullable=False),
            Column("who", Text, nullable=False),
            Column("label", Text, nullable=False),
            Column("origin", Text, nullable=False),
            Column("target", Integer, ForeignKey("change_set.id")),
            Column("undone", Integer, nullable=False, server_default=text("0")),
            Column("details", Text, nullable=False, server_default=text("'{}'")),
        )
        self.history = Table(
            "history",
            self.metadata,
            Column("id", Integer, primary_key=True),
            Column("change_set", Integer, ForeignKey("change_set.id"), nullable=False, index=True),
            Column("record", Text, nullable=False),
            Column("row", Integer, nullable=False),
            Column("action", Text, nullable=False),
            Column("before", Text),
            Column("after", Text),
            Index("ix_history_record_row", "record", "row"),
        )
        # One row: the change set being written. The triggers read it, and refuse to write outside of one.
        self.change_now = Table(
            "change_now",
            self.metadata,
            Column("only", Integer, primary_key=True),
            Column("change_set", Integer),
            Column("bulk", Integer, nullable=False, server_default=text("0")),
        )
        # One row for each copy of the workspace that this file descends from, the last one for itself.
        self.copy = Table(
            "copy",
            self.metadata,
            Column("number", Integer, primary_key=True),
            Column("uid", Text, nullable=False, unique=True),
            Column("began_at", Integer, nullable=False),
            Column("file", Text, nullable=False),
        )
        # Up to which of its change sets another copy is known here, by a merge of one of its workbooks.
        self.copy_seen = Table(
            "copy_seen",
            self.metadata,
            Column("id", Integer, primary_key=True),
            Column("copy", Text, nullable=False),
            Column("position", Integer, nullable=False),
            Column("change_set", Integer, ForeignKey("change_set.id")),
        )
        self.attachment_content = Table(
            "attachment_content",
            self.metadata,
            Column("sha256", Text, primary_key=True),
            Column("content", LargeBinary, nullable=False),
        )

    def __getitem__(self, record: str) -> Table:
        return self._records[record]


def column_type(field: Field) -> Any:
    """The SQL type in which a field of this kind is stored, in SQLite and PostgreSQL alike."""
    if field.kind in INTEGER_KINDS:
        return Integer()
    return Float() if field.kind is Kind.NUMBER else Text()


def _column(field: Field) -> Column[Any]:
    constraints = []
    if field.references:
        # Deferred: a bulk write or an undo may put a part in before the row it belongs to.
        target = f"{field.references}.id"
        constraints.append(ForeignKey(target, deferrable=True, initially="DEFERRED"))
    # Triggers count the parts that come later; of a new row there are none yet.
    counted = field.derived is not None and field.derived.pick in ("sum", "count")
    default = text("0") if field.kind is Kind.FLAG or counted else None
    required = (field.required and field.stored) or field.kind is Kind.FLAG
    return Column(field.name, column_type(field), *constraints, nullable=not required, server_default=default)


def _record_table(description: Description[Any], metadata: MetaData) -> Table:
    built_in = [f for f in description.fields if not f.custom]
    table = Table(
        description.name,
        metadata,
        Column("id", Integer, primary_key=True),
        Column("uid", Text, nullable=False, unique=True),
        Column("version", Integer, nullable=False, server_default=text("1")),
        Column("created_at", Text, nullable=False),
        Column("updated_at", Text, nullable=False),
        Column("deleted_at", Text),
        *(_column(f) for f in built_in),
        Column("custom", Text, nullable=False, server_default=text("'{}'")),
    )
    for f in built_in:
        if f.indexed:
            Index(f"ix_{description.name}_{f.name}", table.c[f.name])
    for names in description.unique:
        living = table.c.deleted_at.is_(None)
        Index(
            f"uq_{description.name}_{'_'.join(names)}",
            *(table.c[n] for n in names),
            unique=True,
            sqlite_where=living,
            postgresql_where=living,
        )
    return table
