"""The fourth version: which copy of a workspace a file is, and what it knows of the others."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "copy",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("began_at", sa.Integer(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_copy")),
        sa.UniqueConstraint("uid", name=op.f("uq_copy_uid")),
    )
    op.create_table(
        "copy_seen",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("copy", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("change_set", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["change_set"], ["change_set.id"], name=op.f("fk_copy_seen_change_set")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_copy_seen")),
    )
