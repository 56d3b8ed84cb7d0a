"""Orders and their lines."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


def upgrade() -> None:
    op.create_table(
        "order",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.Text(), nullable=False),
        sa.Column("deleted_at", sa.Text(), nullable=True),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("shop", sa.Text(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=True),
        sa.Column("ordered_on", sa.Text(), nullable=True),
        sa.Column("ordered_at", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=True),
        sa.Column("shop_status", sa.Text(), nullable=True),
        sa.Column("is_sample", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("creator", sa.Integer(), nullable=True),
        sa.Column("campaign", sa.Integer(), nullable=True),
        sa.Column("code", sa.Integer(), nullable=True),
        sa.Column("deliverable", sa.Integer(), nullable=True),
        sa.Column("code_text", sa.Text(), nullable=True),
        sa.Column("currency", sa.Text(), nullable=True),
        sa.Column("subtotal", sa.Integer(), nullable=True),
        sa.Column("discount", sa.Integer(), nullable=True),
        sa.Column("shipping", sa.Integer(), nullable=True),
        sa.Column("tax", sa.Integer(), nullable=True),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.Column("refunded", sa.Integer(), nullable=True),
        sa.Column("lines", sa.Integer(), server_default=sa.text("0"), nullable=True),
        sa.Column("pieces", sa.Integer(), server_default=sa.text("0"), nullable=True),
        sa.Column("customer", sa.Text(), nullable=True),
        sa.Column("customer_key", sa.Text(), nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("landing", sa.Text(), nullable=True),
        sa.Column("cancelled_on", sa.Text(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("custom", sa.Text(), server_default=sa.text("'{}'"), nullable=False),
        sa.UniqueConstraint("uid", name=op.f("uq_order_uid")),
        sa.ForeignKeyConstraint(
            ["creator"], ["creator.id"], name=op.f("fk_order_creator"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["campaign"],
            ["campaign.id"],
            name=op.f("fk_order_campaign"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["code"], ["code.id"], name=op.f("fk_order_code"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["deliverable"],
            ["deliverable.id"],
            name=op.f("fk_order_deliverable"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order")),
    )
    op.create_index("ix_order_campaign", "order", ["campaign"], unique=False)
    op.create_index("ix_order_code", "order", ["code"], unique=False)
    op.create_index("ix_order_creator", "order", ["creator"], unique=False)
    op.create_index("ix_order_customer_key", "order", ["customer_key"], unique=False)
    op.create_index("ix_order_deliverable", "order", ["deliverable"], unique=False)
    op.create_index("ix_order_external_id", "order", ["external_id"], unique=False)
    op.create_index("ix_order_is_sample", "order", ["is_sample"], unique=False)
    op.create_index("ix_order_ordered_on", "order", ["ordered_on"], unique=False)
    op.create_index("ix_order_status", "order", ["status"], unique=False)
    op.create_index(
        "uq_order_shop_number",
        "order",
        ["shop", "number"],
        unique=True,
        sqlite_where=sa.text("deleted_at IS NULL"),
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.create_table(
        "order_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.Text(), nullable=False),
        sa.Column("deleted_at", sa.Text(), nullable=True),
        sa.Column("order", sa.Integer(), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("product", sa.Integer(), nullable=True),
        sa.Column("variant", sa.Integer(), nullable=True),
        sa.Column("sku", sa.Text(), nullable=True),
        sa.Column("sku_id", sa.Text(), nullable=True),
        sa.Column("quantity", sa.Integer(), nullable=True),
        sa.Column("returned", sa.Integer(), nullable=True),
        sa.Column("currency", sa.Text(), nullable=True),
        sa.Column("unit_price", sa.Integer(), nullable=True),
        sa.Column("discount", sa.Integer(), nullable=True),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.Column("creator_handle", sa.Text(), nullable=True),
        sa.Column("content_id", sa.Text(), nullable=True),
        sa.Column("content_type", sa.Text(), nullable=True),
        sa.Column("commission_status", sa.Text(), nullable=True),
        sa.Column("commission_rate", sa.Integer(), nullable=True),
        sa.Column("commission_estimated", sa.Integer(), nullable=True),
        sa.Column("commission_actual", sa.Integer(), nullable=True),
        sa.Column("ads_commission_estimated", sa.Integer(), nullable=True),
        sa.Column("ads_commission_actual", sa.Integer(), nullable=True),
        sa.Column("bonus_estimated", sa.Integer(), nullable=True),
        sa.Column("bonus_actual", sa.Integer(), nullable=True),
        sa.Column("settled_on", sa.Text(), nullable=True),
        sa.Column("custom", sa.Text(), server_default=sa.text("'{}'"), nullable=False),
        sa.UniqueConstraint("uid", name=op.f("uq_order_line_uid")),
        sa.ForeignKeyConstraint(
            ["order"], ["order.id"], name=op.f("fk_order_line_order"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["product"],
            ["product.id"],
            name=op.f("fk_order_line_product"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["variant"],
            ["variant.id"],
            name=op.f("fk_order_line_variant"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_line")),
    )
    op.create_index("ix_order_line_content_id", "order_line", ["content_id"], unique=False)
    op.create_index("ix_order_line_creator_handle", "order_line", ["creator_handle"], unique=False)
    op.create_index("ix_order_line_order", "order_line", ["order"], unique=False)
    op.create_index("ix_order_line_product", "order_line", ["product"], unique=False)
    op.create_index("ix_order_line_sku_id", "order_line", ["sku_id"], unique=False)
    op.create_index("ix_order_line_variant", "order_line", ["variant"], unique=False)
    op.create_index(
        "uq_order_line_order_line",
        "order_line",
        ["order", "line"],
        unique=True,
        sqlite_where=sa.text("deleted_at IS NULL"),
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
