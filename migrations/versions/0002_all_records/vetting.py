"""Vettings and ideal profiles."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


def upgrade() -> None:
    op.create_table(
        "vetting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.Text(), nullable=False),
        sa.Column("deleted_at", sa.Text(), nullable=True),
        sa.Column("creator", sa.Integer(), nullable=False),
        sa.Column("reviewed_on", sa.Text(), nullable=False),
        sa.Column("reviewer", sa.Text(), nullable=True),
        sa.Column("verdict", sa.Text(), nullable=True),
        sa.Column("good_until", sa.Text(), nullable=True),
        sa.Column("engagement", sa.Integer(), nullable=True),
        sa.Column("views_per_follower", sa.Integer(), nullable=True),
        sa.Column("comments_read", sa.Integer(), nullable=True),
        sa.Column("comments_generic", sa.Integer(), nullable=True),
        sa.Column("comments_repeated", sa.Integer(), nullable=True),
        sa.Column("comments_emoji_only", sa.Integer(), nullable=True),
        sa.Column("comments_questions", sa.Integer(), nullable=True),
        sa.Column("comments_intent", sa.Integer(), nullable=True),
        sa.Column("follower_jump", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("jump_explained", sa.Text(), nullable=True),
        sa.Column("paid_share", sa.Integer(), nullable=True),
        sa.Column("brand_safety", sa.Text(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("custom", sa.Text(), server_default=sa.text("'{}'"), nullable=False),
        sa.UniqueConstraint("uid", name=op.f("uq_vetting_uid")),
        sa.ForeignKeyConstraint(
            ["creator"],
            ["creator.id"],
            name=op.f("fk_vetting_creator"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vetting")),
    )
    op.create_index("ix_vetting_creator", "vetting", ["creator"], unique=False)
    op.create_index("ix_vetting_good_until", "vetting", ["good_until"], unique=False)
    op.create_index("ix_vetting_verdict", "vetting", ["verdict"], unique=False)
    op.create_table(
        "ideal_profile",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.Text(), nullable=False),
        sa.Column("deleted_at", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("campaign", sa.Integer(), nullable=True),
        sa.Column("niches", sa.Text(), nullable=True),
        sa.Column("tones", sa.Text(), nullable=True),
        sa.Column("audience_countries", sa.Text(), nullable=True),
        sa.Column("age_bands", sa.Text(), nullable=True),
        sa.Column("languages", sa.Text(), nullable=True),
        sa.Column("formats", sa.Text(), nullable=True),
        sa.Column("engagement_floor", sa.Integer(), nullable=True),
        sa.Column("least_views", sa.Integer(), nullable=True),
        sa.Column("weights", sa.Text(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("custom", sa.Text(), server_default=sa.text("'{}'"), nullable=False),
        sa.UniqueConstraint("uid", name=op.f("uq_ideal_profile_uid")),
        sa.ForeignKeyConstraint(
            ["campaign"],
            ["campaign.id"],
            name=op.f("fk_ideal_profile_campaign"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ideal_profile")),
    )
    op.create_index("ix_ideal_profile_campaign", "ideal_profile", ["campaign"], unique=False)
    op.create_index(
        "uq_ideal_profile_name",
        "ideal_profile",
        ["name"],
        unique=True,
        sqlite_where=sa.text("deleted_at IS NULL"),
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
