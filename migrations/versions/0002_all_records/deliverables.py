"""Deliverables, their figures, assets and disclosure checks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


def upgrade() -> None:
    op.create_table(
        "deliverable",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.Text(), nullable=False),
        sa.Column("deleted_at", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("creator", sa.Integer(), nullable=False),
        sa.Column("campaign", sa.Integer(), nullable=True),
        sa.Column("product", sa.Integer(), nullable=True),
        sa.Column("brief", sa.Integer(), nullable=True),
        sa.Column("brief_version", sa.Integer(), nullable=True),
        sa.Column("acknowledged_on", sa.Text(), nullable=True),
        sa.Column("shipment", sa.Integer(), nullable=True),
        sa.Column("status", sa.Text(), nullable=True),
        sa.Column("format", sa.Text(), nullable=True),
        sa.Column("platform", sa.Text(), nullable=True),
        sa.Column("funnel_stage", sa.Text(), nullable=True),
        sa.Column("hook", sa.Text(), nullable=True),
        sa.Column("due_from", sa.Text(), nullable=True),
        sa.Column("due_on", sa.Text(), nullable=True),
        sa.Column("draft_in_on", sa.Text(), nullable=True),
        sa.Column("changes_asked_on", sa.Text(), nullable=True),
        sa.Column("rounds", sa.Integer(), nullable=True),
        sa.Column("approved_on", sa.Text(), nullable=True),
        sa.Column("live_on", sa.Text(), nullable=True),
        sa.Column("live_url", sa.Text(), nullable=True),
        sa.Column("post_id", sa.Text(), nullable=True),
        sa.Column("code", sa.Integer(), nullable=True),
        sa.Column("link", sa.Text(), nullable=True),
        sa.Column("currency", sa.Text(), nullable=True),
        sa.Column("fee", sa.Integer(), nullable=True),
        sa.Column("views", sa.Integer(), nullable=True),
        sa.Column("likes", sa.Integer(), nullable=True),
        sa.Column("comments", sa.Integer(), nullable=True),
        sa.Column("shares", sa.Integer(), nullable=True),
        sa.Column("saves", sa.Integer(), nullable=True),
        sa.Column("measured_on", sa.Text(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("custom", sa.Text(), server_default=sa.text("'{}'"), nullable=False),
        sa.UniqueConstraint("uid", name=op.f("uq_deliverable_uid")),
        sa.ForeignKeyConstraint(
            ["creator"],
            ["creator.id"],
            name=op.f("fk_deliverable_creator"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["campaign"],
            ["campaign.id"],
            name=op.f("fk_deliverable_campaign"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["product"],
            ["product.id"],
            name=op.f("fk_deliverable_product"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["brief"], ["brief.id"], name=op.f("fk_deliverable_brief"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["brief_version"],
            ["brief_version.id"],
            name=op.f("fk_deliverable_brief_version"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["shipment"],
            ["shipment.id"],
            name=op.f("fk_deliverable_shipment"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["code"], ["code.id"], name=op.f("fk_deliverable_code"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliverable")),
    )
    op.create_index("ix_deliverable_brief", "deliverable", ["brief"], unique=False)
    op.create_index("ix_deliverable_brief_version", "deliverable", ["brief_version"], unique=False)
    op.create_index("ix_deliverable_campaign", "deliverable", ["campaign"], unique=False)
    op.create_index("ix_deliverable_code", "deliverable", ["code"], unique=False)
    op.create_index("ix_deliverable_creator", "deliverable", ["creator"], unique=False)
    op.create_index("ix_deliverable_draft_in_on", "deliverable", ["draft_in_on"], unique=False)
    op.create_index("ix_deliverable_due_on", "deliverable", ["due_on"], unique=False)
    op.create_index("ix_deliverable_live_on", "deliverable", ["live_on"], unique=False)
    op.create_index("ix_deliverable_post_id", "deliverable", ["post_id"], unique=False)
    op.create_index("ix_deliverable_product", "deliverable", ["product"], unique=False)
    op.create_index("ix_deliverable_shipment", "deliverable", ["shipment"], unique=False)
    op.create_index("ix_deliverable_status", "deliverable", ["status"], unique=False)
    op.create_index(
        "uq_deliverable_platform_post_id",
        "deliverable",
        ["platform", "post_id"],
        unique=True,
        sqlite_where=sa.text("deleted_at IS NULL"),
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.create_table(
        "post_metrics",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.Text(), nullable=False),
        sa.Column("deleted_at", sa.Text(), nullable=True),
        sa.Column("deliverable", sa.Integer(), nullable=False),
        sa.Column("measured_on", sa.Text(), nullable=False),
        sa.Column("counts_from", sa.Text(), nullable=True),
        sa.Column("views", sa.Integer(), nullable=True),
        sa.Column("reach", sa.Integer(), nullable=True),
        sa.Column("likes", sa.Integer(), nullable=True),
        sa.Column("comments", sa.Integer(), nullable=True),
        sa.Column("shares", sa.Integer(), nullable=True),
        sa.Column("saves", sa.Integer(), nullable=True),
        sa.Column("clicks", sa.Integer(), nullable=True),
        sa.Column("watch_seconds", sa.Float(), nullable=True),
        sa.Column("watched_to_end", sa.Integer(), nullable=True),
        sa.Column("orders", sa.Integer(), nullable=True),
        sa.Column("items_sold", sa.Integer(), nullable=True),
        sa.Column("currency", sa.Text(), nullable=True),
        sa.Column("revenue", sa.Integer(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("custom", sa.Text(), server_default=sa.text("'{}'"), nullable=False),
        sa.UniqueConstraint("uid", name=op.f("uq_post_metrics_uid")),
        sa.ForeignKeyConstraint(
            ["deliverable"],
            ["deliverable.id"],
            name=op.f("fk_post_metrics_deliverable"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post_metrics")),
    )
    op.create_index("ix_post_metrics_deliverable", "post_metrics", ["deliverable"], unique=False)
    op.create_index("ix_post_metrics_measured_on", "post_metrics", ["measured_on"], unique=False)
    op.create_index(
        "uq_post_metrics_deliverable_measured_on",
        "post_metrics",
        ["deliverable", "measured_on"],
        unique=True,
        sqlite_where=sa.text("deleted_at IS NULL"),
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.create_table(
        "asset",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.Text(), nullable=False),
        sa.Column("deleted_at", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("creator", sa.Integer(), nullable=True),
        sa.Column("campaign", sa.Integer(), nullable=True),
        sa.Column("deliverable", sa.Integer(), nullable=True),
        sa.Column("product", sa.Integer(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("link", sa.Text(), nullable=True),
        sa.Column("usage", sa.Text(), nullable=True),
        sa.Column("usage_channels", sa.Text(), nullable=True),
        sa.Column("rights_until", sa.Text(), nullable=True),
        sa.Column("spark_code", sa.Text(), nullable=True),
        sa.Column("spark_until", sa.Text(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("custom", sa.Text(), server_default=sa.text("'{}'"), nullable=False),
        sa.UniqueConstraint("uid", name=op.f("uq_asset_uid")),
        sa.ForeignKeyConstraint(
            ["creator"], ["creator.id"], name=op.f("fk_asset_creator"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["campaign"],
            ["campaign.id"],
            name=op.f("fk_asset_campaign"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["deliverable"],
            ["deliverable.id"],
            name=op.f("fk_asset_deliverable"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["product"], ["product.id"], name=op.f("fk_asset_product"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asset")),
    )
    op.create_index("ix_asset_campaign", "asset", ["campaign"], unique=False)
    op.create_index("ix_asset_creator", "asset", ["creator"], unique=False)
    op.create_index("ix_asset_deliverable", "asset", ["deliverable"], unique=False)
    op.create_index("ix_asset_product", "asset", ["product"], unique=False)
    op.create_index("ix_asset_rights_until", "asset", ["rights_until"], unique=False)
    op.create_index("ix_asset_spark_until", "asset", ["spark_until"], unique=False)
    op.create_table(
        "disclosure_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.Text(), nullable=False),
        sa.Column("deleted_at", sa.Text(), nullable=True),
        sa.Column("deliverable", sa.Integer(), nullable=False),
        sa.Column("checked_at", sa.Text(), nullable=True),
        sa.Column("checked_by", sa.Text(), nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("label_present", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("label_text", sa.Text(), nullable=True),
        sa.Column("up_front", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("in_the_picture", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("platform_label", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("code_disclosed", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("claims_allowed", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=True),
        sa.Column("fix_asked_on", sa.Text(), nullable=True),
        sa.Column("fixed_on", sa.Text(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("custom", sa.Text(), server_default=sa.text("'{}'"), nullable=False),
        sa.UniqueConstraint("uid", name=op.f("uq_disclosure_check_uid")),
        sa.ForeignKeyConstraint(
            ["deliverable"],
            ["deliverable.id"],
            name=op.f("fk_disclosure_check_deliverable"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure_check")),
    )
    op.create_index("ix_disclosure_check_deliverable", "disclosure_check", ["deliverable"], unique=False)
    op.create_index("ix_disclosure_check_verdict", "disclosure_check", ["verdict"], unique=False)
