"""Money and evidence: payments, ad spend, days, answers, experiments, decisions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


def upgrade() -> None:
    op.create_table(
        "payment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.Text(), nullable=False),
        sa.Column("deleted_at", sa.Text(), nullable=True),
        sa.Column("creator", sa.Integer(), nullable=True),
        sa.Column("payee", sa.Text(), nullable=True),
        sa.Column("campaign", sa.Integer(), nullable=True),
        sa.Column("deliverable", sa.Integer(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=True),
        sa.Column("currency", sa.Text(), nullable=True),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Text(), nullable=True),
        sa.Column("paid_on", sa.Text(), nullable=True),
        sa.Column("invoice_number", sa.Text(), nullable=True),
        sa.Column("method", sa.Text(), nullable=True),
        sa.Column("reference", sa.Text(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("custom", sa.Text(), server_default=sa.text("'{}'"), nullable=False),
        sa.UniqueConstraint("uid", name=op.f("uq_payment_uid")),
        sa.ForeignKeyConstraint(
            ["creator"],
            ["creator.id"],
            name=op.f("fk_payment_creator"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["campaign"],
            ["campaign.id"],
            name=op.f("fk_payment_campaign"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["deliverable"],
            ["deliverable.id"],
            name=op.f("fk_payment_deliverable"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment")),
    )
    op.create_index("ix_payment_campaign", "payment", ["campaign"], unique=False)
    op.create_index("ix_payment_creator", "payment", ["creator"], unique=False)
    op.create_index("ix_payment_deliverable", "payment", ["deliverable"], unique=False)
    op.create_index("ix_payment_due_on", "payment", ["due_on"], unique=False)
    op.create_index("ix_payment_invoice_number", "payment", ["invoice_number"], unique=False)
    op.create_index("ix_payment_paid_on", "payment", ["paid_on"], unique=False)
    op.create_index("ix_payment_status", "payment", ["status"], unique=False)
    op.create_table(
        "ad_spend",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.Text(), nullable=False),
        sa.Column("deleted_at", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("spent_on", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("platform", sa.Text(), nullable=True),
        sa.Column("creator", sa.Integer(), nullable=True),
        sa.Column("campaign", sa.Integer(), nullable=True),
        sa.Column("deliverable", sa.Integer(), nullable=True),
        sa.Column("currency", sa.Text(), nullable=True),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("impressions", sa.Integer(), nullable=True),
        sa.Column("clicks", sa.Integer(), nullable=True),
        sa.Column("orders", sa.Integer(), nullable=True),
        sa.Column("revenue", sa.Integer(), nullable=True),
        sa.Column("custom", sa.Text(), server_default=sa.text("'{}'"), nullable=False),
        sa.UniqueConstraint("uid", name=op.f("uq_ad_spend_uid")),
        sa.ForeignKeyConstraint(
            ["creator"],
            ["creator.id"],
            name=op.f("fk_ad_spend_creator"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["campaign"],
            ["campaign.id"],
            name=op.f("fk_ad_spend_campaign"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["deliverable"],
            ["deliverable.id"],
            name=op.f("fk_ad_spend_deliverable"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ad_spend")),
    )
    op.create_index("ix_ad_spend_campaign", "ad_spend", ["campaign"], unique=False)
    op.create_index("ix_ad_spend_creator", "ad_spend", ["creator"], unique=False)
    op.create_index("ix_ad_spend_deliverable", "ad_spend", ["deliverable"], unique=False)
    op.create_index("ix_ad_spend_spent_on", "ad_spend", ["spent_on"], unique=False)
    op.create_table(
        "site_day",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.Text(), nullable=False),
        sa.Column("deleted_at", sa.Text(), nullable=True),
        sa.Column("day_on", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("sessions", sa.Integer(), nullable=True),
        sa.Column("users", sa.Integer(), nullable=True),
        sa.Column("new_users", sa.Integer(), nullable=True),
        sa.Column("impressions", sa.Integer(), nullable=True),
        sa.Column("clicks", sa.Integer(), nullable=True),
        sa.Column("key_events", sa.Integer(), nullable=True),
        sa.Column("orders", sa.Integer(), nullable=True),
        sa.Column("currency", sa.Text(), nullable=True),
        sa.Column("revenue", sa.Integer(), nullable=True),
        sa.Column("custom", sa.Text(), server_default=sa.text("'{}'"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site_day")),
        sa.UniqueConstraint("uid", name=op.f("uq_site_day_uid")),
    )
    op.create_index("ix_site_day_day_on", "site_day", ["day_on"], unique=False)
    op.create_index(
        "uq_site_day_day_on_source_channel_region",
        "site_day",
        ["day_on", "source", "channel", "region"],
        unique=True,
        sqlite_where=sa.text("deleted_at IS NULL"),
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.create_table(
        "survey_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.Text(), nullable=False),
        sa.Column("deleted_at", sa.Text(), nullable=True),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("answered_on", sa.Text(), nullable=True),
        sa.Column("order", sa.Integer(), nullable=True),
        sa.Column("question", sa.Text(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("creator", sa.Integer(), nullable=True),
        sa.Column("campaign", sa.Integer(), nullable=True),
        sa.Column("custom", sa.Text(), server_default=sa.text("'{}'"), nullable=False),
        sa.UniqueConstraint("uid", name=op.f("uq_survey_answer_uid")),
        sa.ForeignKeyConstraint(
            ["order"],
            ["order.id"],
            name=op.f("fk_survey_answer_order"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["creator"],
            ["creator.id"],
            name=op.f("fk_survey_answer_creator"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["campaign"],
            ["campaign.id"],
            name=op.f("fk_survey_answer_campaign"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_answer")),
    )
    op.create_index("ix_survey_answer_answered_on", "survey_answer", ["answered_on"], unique=False)
    op.create_index("ix_survey_answer_campaign", "survey_answer", ["campaign"], unique=False)
    op.create_index("ix_survey_answer_creator", "survey_answer", ["creator"], unique=False)
    op.create_index("ix_survey_answer_number", "survey_answer", ["number"], unique=False)
    op.create_index("ix_survey_answer_order", "survey_answer", ["order"], unique=False)
    op.create_table(
        "experiment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.Text(), nullable=False),
        sa.Column("deleted_at", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("campaign", sa.Integer(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=True),
        sa.Column("question", sa.Text(), nullable=True),
        sa.Column("measure", sa.Text(), nullable=True),
        sa.Column("baseline_from", sa.Text(), nullable=True),
        sa.Column("starts_on", sa.Text(), nullable=True),
        sa.Column("ends_on", sa.Text(), nullable=True),
        sa.Column("treated", sa.Text(), nullable=True),
        sa.Column("control", sa.Text(), nullable=True),
        sa.Column("smallest_effect", sa.Integer(), nullable=True),
        sa.Column("effect", sa.Integer(), nullable=True),
        sa.Column("effect_low", sa.Integer(), nullable=True),
        sa.Column("effect_high", sa.Integer(), nullable=True),
        sa.Column("p_value", sa.Float(), nullable=True),
        sa.Column("grade", sa.Text(), nullable=True),
        sa.Column("conclusion", sa.Text(), nullable=True),
        sa.Column("custom", sa.Text(), server_default=sa.text("'{}'"), nullable=False),
        sa.UniqueConstraint("uid", name=op.f("uq_experiment_uid")),
        sa.ForeignKeyConstraint(
            ["campaign"],
            ["campaign.id"],
            name=op.f("fk_experiment_campaign"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_experiment")),
    )
    op.create_index("ix_experiment_campaign", "experiment", ["campaign"], unique=False)
    op.create_index("ix_experiment_starts_on", "experiment", ["starts_on"], unique=False)
    op.create_index("ix_experiment_status", "experiment", ["status"], unique=False)
    op.create_index(
        "uq_experiment_name",
        "experiment",
        ["name"],
        unique=True,
        sqlite_where=sa.text("deleted_at IS NULL"),
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.create_table(
        "weekly_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.Text(), nullable=False),
        sa.Column("deleted_at", sa.Text(), nullable=True),
        sa.Column("week_on", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("creator", sa.Integer(), nullable=True),
        sa.Column("campaign", sa.Integer(), nullable=True),
        sa.Column("deliverable", sa.Integer(), nullable=True),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("score", sa.Text(), nullable=True),
        sa.Column("scored_on", sa.Text(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("custom", sa.Text(), server_default=sa.text("'{}'"), nullable=False),
        sa.UniqueConstraint("uid", name=op.f("uq_weekly_decision_uid")),
        sa.ForeignKeyConstraint(
            ["creator"],
            ["creator.id"],
            name=op.f("fk_weekly_decision_creator"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["campaign"],
            ["campaign.id"],
            name=op.f("fk_weekly_decision_campaign"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["deliverable"],
            ["deliverable.id"],
            name=op.f("fk_weekly_decision_deliverable"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_weekly_decision")),
    )
    op.create_index("ix_weekly_decision_campaign", "weekly_decision", ["campaign"], unique=False)
    op.create_index("ix_weekly_decision_creator", "weekly_decision", ["creator"], unique=False)
    op.create_index("ix_weekly_decision_deliverable", "weekly_decision", ["deliverable"], unique=False)
    op.create_index("ix_weekly_decision_week_on", "weekly_decision", ["week_on"], unique=False)
