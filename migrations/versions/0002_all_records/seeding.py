"""Seeding: shipments, their items, the stock ledger."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


def upgrade() -> None:
    op.create_table(
        "shipment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.Text(), nullable=False),
        sa.Column("deleted_at", sa.Text(), nullable=True),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("creator", sa.Integer(), nullable=False),
        sa.Column("campaign", sa.Integer(), nullable=True),
        sa.Column("status", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("contents", sa.Text(), nullable=True),
        sa.Column("pieces", sa.Integer(), server_default=sa.text("0"), nullable=True),
        sa.Column("carrier", sa.Text(), nullable=True),
        sa.Column("service", sa.Text(), nullable=True),
        sa.Column("tracking_number", sa.Text(), nullable=True),
        sa.Column("currency", sa.Text(), nullable=True),
        sa.Column("postage", sa.Integer(), nullable=True),
        sa.Column("duties", sa.Integer(), nullable=True),
        sa.Column("customs_value", sa.Integer(), nullable=True),
        sa.Column("weight", sa.Integer(), nullable=True),
        sa.Column("approved_on", sa.Text(), nullable=True),
        sa.Column("ship_by", sa.Text(), nullable=True),
        sa.Column("packed_on", sa.Text(), nullable=True),
        sa.Column("shipped_on", sa.Text(), nullable=True),
        sa.Column("delivered_on", sa.Text(), nullable=True),
        sa.Column("returned_on", sa.Text(), nullable=True),
        sa.Column("lost_on", sa.Text(), nullable=True),
        sa.Column("no_post_expected", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("posted_on", sa.Text(), nullable=True),
        sa.Column("posts", sa.Integer(), server_default=sa.text("0"), nullable=True),
        sa.Column("nudges", sa.Integer(), nullable=True),
        sa.Column("nudged_on", sa.Text(), nullable=True),
        sa.Column("ghosted_on", sa.Text(), nullable=True),
        sa.Column("recipient", sa.Text(), nullable=True),
        sa.Column("street", sa.Text(), nullable=True),
        sa.Column("street_2", sa.Text(), nullable=True),
        sa.Column("city", sa.Text(), nullable=True),
        sa.Column("region", sa.Text(), nullable=True),
        sa.Column("postcode", sa.Text(), nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("custom", sa.Text(), server_default=sa.text("'{}'"), nullable=False),
        sa.UniqueConstraint("uid", name=op.f("uq_shipment_uid")),
        sa.ForeignKeyConstraint(
            ["creator"],
            ["creator.id"],
            name=op.f("fk_shipment_creator"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["campaign"],
            ["campaign.id"],
            name=op.f("fk_shipment_campaign"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shipment")),
    )
    op.create_index("ix_shipment_campaign", "shipment", ["campaign"], unique=False)
    op.create_index("ix_shipment_creator", "shipment", ["creator"], unique=False)
    op.create_index("ix_shipment_delivered_on", "shipment", ["delivered_on"], unique=False)
    op.create_index("ix_shipment_ghosted_on", "shipment", ["ghosted_on"], unique=False)
    op.create_index("ix_shipment_ship_by", "shipment", ["ship_by"], unique=False)
    op.create_index("ix_shipment_shipped_on", "shipment", ["shipped_on"], unique=False)
    op.create_index("ix_shipment_status", "shipment", ["status"], unique=False)
    op.create_index("ix_shipment_tracking_number", "shipment", ["tracking_number"], unique=False)
    op.create_index(
        "uq_shipment_number",
        "shipment",
        ["number"],
        unique=True,
        sqlite_where=sa.text("deleted_at IS NULL"),
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.create_table(
        "shipment_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.Text(), nullable=False),
        sa.Column("deleted_at", sa.Text(), nullable=True),
        sa.Column("shipment", sa.Integer(), nullable=False),
        sa.Column("product", sa.Integer(), nullable=True),
        sa.Column("variant", sa.Integer(), nullable=True),
        sa.Column("sku", sa.Text(), nullable=True),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=True),
        sa.Column("unit_cost", sa.Integer(), nullable=True),
        sa.Column("custom", sa.Text(), server_default=sa.text("'{}'"), nullable=False),
        sa.UniqueConstraint("uid", name=op.f("uq_shipment_item_uid")),
        sa.ForeignKeyConstraint(
            ["shipment"],
            ["shipment.id"],
            name=op.f("fk_shipment_item_shipment"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["product"],
            ["product.id"],
            name=op.f("fk_shipment_item_product"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["variant"],
            ["variant.id"],
            name=op.f("fk_shipment_item_variant"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shipment_item")),
    )
    op.create_index("ix_shipment_item_product", "shipment_item", ["product"], unique=False)
    op.create_index("ix_shipment_item_shipment", "shipment_item", ["shipment"], unique=False)
    op.create_index("ix_shipment_item_variant", "shipment_item", ["variant"], unique=False)
    op.create_table(
        "stock_movement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.Text(), nullable=False),
        sa.Column("deleted_at", sa.Text(), nullable=True),
        sa.Column("product", sa.Integer(), nullable=False),
        sa.Column("variant", sa.Integer(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("moved_on", sa.Text(), nullable=False),
        sa.Column("shipment", sa.Integer(), nullable=True),
        sa.Column("currency", sa.Text(), nullable=True),
        sa.Column("unit_cost", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("custom", sa.Text(), server_default=sa.text("'{}'"), nullable=False),
        sa.UniqueConstraint("uid", name=op.f("uq_stock_movement_uid")),
        sa.ForeignKeyConstraint(
            ["product"],
            ["product.id"],
            name=op.f("fk_stock_movement_product"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["variant"],
            ["variant.id"],
            name=op.f("fk_stock_movement_variant"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["shipment"],
            ["shipment.id"],
            name=op.f("fk_stock_movement_shipment"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_movement")),
    )
    op.create_index("ix_stock_movement_moved_on", "stock_movement", ["moved_on"], unique=False)
    op.create_index("ix_stock_movement_product", "stock_movement", ["product"], unique=False)
    op.create_index("ix_stock_movement_shipment", "stock_movement", ["shipment"], unique=False)
    op.create_index("ix_stock_movement_variant", "stock_movement", ["variant"], unique=False)
