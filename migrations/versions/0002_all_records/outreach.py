"""Outreach: terms, templates, sequences, messages."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


def upgrade() -> None:
    op.create_table(
        "terms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.Text(), nullable=False),
        sa.Column("deleted_at", sa.Text(), nullable=True),
        sa.Column("collaboration", sa.Integer(), nullable=False),
        sa.Column("status", sa.Text(), nullable=True),
        sa.Column("deliverables", sa.Integer(), nullable=True),
        sa.Column("scope", sa.Text(), nullable=True),
        sa.Column("posting_from", sa.Text(), nullable=True),
        sa.Column("posting_until", sa.Text(), nullable=True),
        sa.Column("commission", sa.Integer(), nullable=True),
        sa.Column("payment_days", sa.Integer(), nullable=True),
        sa.Column("kill_fee", sa.Integer(), nullable=True),
        sa.Column("usage", sa.Text(), nullable=True),
        sa.Column("usage_channels", sa.Text(), nullable=True),
        sa.Column("rights_until", sa.Text(), nullable=True),
        sa.Column("exclusivity", sa.Text(), nullable=True),
        sa.Column("exclusive_until", sa.Text(), nullable=True),
        sa.Column("approval_rounds", sa.Integer(), nullable=True),
        sa.Column("approval_hours", sa.Integer(), nullable=True),
        sa.Column("stays_up_days", sa.Integer(), nullable=True),
        sa.Column("disclosure", sa.Text(), nullable=True),
        sa.Column("cancellation", sa.Text(), nullable=True),
        sa.Column("sample_return", sa.Text(), nullable=True),
        sa.Column("sent_on", sa.Text(), nullable=True),
        sa.Column("signed_on", sa.Text(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("custom", sa.Text(), server_default=sa.text("'{}'"), nullable=False),
        sa.UniqueConstraint("uid", name=op.f("uq_terms_uid")),
        sa.ForeignKeyConstraint(
            ["collaboration"],
            ["collaboration.id"],
            name=op.f("fk_terms_collaboration"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_terms")),
    )
    op.create_index("ix_terms_collaboration", "terms", ["collaboration"], unique=False)
    op.create_index("ix_terms_posting_until", "terms", ["posting_until"], unique=False)
    op.create_index("ix_terms_rights_until", "terms", ["rights_until"], unique=False)
    op.create_index(
        "uq_terms_collaboration",
        "terms",
        ["collaboration"],
        unique=True,
        sqlite_where=sa.text("deleted_at IS NULL"),
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.create_table(
        "template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.Text(), nullable=False),
        sa.Column("deleted_at", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("purpose", sa.Text(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("archived", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("custom", sa.Text(), server_default=sa.text("'{}'"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_template")),
        sa.UniqueConstraint("uid", name=op.f("uq_template_uid")),
    )
    op.create_index("ix_template_name", "template", ["name"], unique=False)
    op.create_table(
        "sequence_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.Text(), nullable=False),
        sa.Column("deleted_at", sa.Text(), nullable=True),
        sa.Column("sequence", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("wait_days", sa.Integer(), nullable=True),
        sa.Column("template", sa.Integer(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("goes_on_after_reply", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("custom", sa.Text(), server_default=sa.text("'{}'"), nullable=False),
        sa.UniqueConstraint("uid", name=op.f("uq_sequence_step_uid")),
        sa.ForeignKeyConstraint(
            ["template"],
            ["template.id"],
            name=op.f("fk_sequence_step_template"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sequence_step")),
    )
    op.create_index("ix_sequence_step_sequence", "sequence_step", ["sequence"], unique=False)
    op.create_index("ix_sequence_step_template", "sequence_step", ["template"], unique=False)
    op.create_index(
        "uq_sequence_step_sequence_position",
        "sequence_step",
        ["sequence", "position"],
        unique=True,
        sqlite_where=sa.text("deleted_at IS NULL"),
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.create_table(
        "message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.Text(), nullable=False),
        sa.Column("deleted_at", sa.Text(), nullable=True),
        sa.Column("creator", sa.Integer(), nullable=False),
        sa.Column("campaign", sa.Integer(), nullable=True),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=True),
        sa.Column("send_on", sa.Text(), nullable=True),
        sa.Column("sent_at", sa.Text(), nullable=True),
        sa.Column("follow_up_on", sa.Text(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("template", sa.Integer(), nullable=True),
        sa.Column("sequence_step", sa.Integer(), nullable=True),
        sa.Column("author", sa.Text(), nullable=True),
        sa.Column("custom", sa.Text(), server_default=sa.text("'{}'"), nullable=False),
        sa.UniqueConstraint("uid", name=op.f("uq_message_uid")),
        sa.ForeignKeyConstraint(
            ["creator"],
            ["creator.id"],
            name=op.f("fk_message_creator"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["campaign"],
            ["campaign.id"],
            name=op.f("fk_message_campaign"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["template"],
            ["template.id"],
            name=op.f("fk_message_template"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["sequence_step"],
            ["sequence_step.id"],
            name=op.f("fk_message_sequence_step"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
    )
    op.create_index("ix_message_campaign", "message", ["campaign"], unique=False)
    op.create_index("ix_message_creator", "message", ["creator"], unique=False)
    op.create_index("ix_message_follow_up_on", "message", ["follow_up_on"], unique=False)
    op.create_index("ix_message_send_on", "message", ["send_on"], unique=False)
    op.create_index("ix_message_sent_at", "message", ["sent_at"], unique=False)
    op.create_index("ix_message_sequence_step", "message", ["sequence_step"], unique=False)
    op.create_index("ix_message_status", "message", ["status"], unique=False)
    op.create_index("ix_message_template", "message", ["template"], unique=False)
