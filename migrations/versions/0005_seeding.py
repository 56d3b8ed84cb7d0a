"""The fifth version: carrier services, stock on order, and what a parcel follows and was ordered by."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    _add_carrier_services()
    _add_incoming_stock()
    _widen_parcels()
    with op.batch_alter_table("product", recreate="always") as product:
        product.add_column(
            sa.Column("customs_description", sa.Text(), nullable=True), insert_after="customs_code"
        )
    with op.batch_alter_table("message", recreate="always") as message:
        message.add_column(_reference("message", "shipment", "shipment"), insert_after="sequence_step")
        message.create_index("ix_message_shipment", ["shipment"], unique=False)


def _widen_parcels() -> None:
    with op.batch_alter_table("shipment", recreate="always") as shipment:
        shipment.add_column(
            _reference("shipment", "carrier_service", "carrier_service"), insert_after="service"
        )
        shipment.add_column(sa.Column("scanned_on", sa.Text(), nullable=True), insert_after="delivered_on")
        shipment.add_column(_reference("shipment", "follows", "shipment"), insert_after="lost_on")
        shipment.add_column(sa.Column("order_id", sa.Text(), nullable=True), insert_after="follows")
        shipment.add_column(sa.Column("extended_on", sa.Text(), nullable=True), insert_after="nudged_on")
        shipment.add_column(sa.Column("gift_message", sa.Text(), nullable=True), insert_after="phone")
        for name in ("carrier_service", "follows", "order_id"):
            shipment.create_index(f"ix_shipment_{name}", [name], unique=False)


def _add_carrier_services() -> None:
    op.create_table(
        "carrier_service",
        *_head(),
        sa.Column("carrier", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("abroad", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("currency", sa.Text(), nullable=True),
        sa.Column("price", sa.Integer(), nullable=True),
        sa.Column("package", sa.Text(), nullable=True),
        sa.Column("length", sa.Float(), nullable=True),
        sa.Column("width", sa.Float(), nullable=True),
        sa.Column("height", sa.Float(), nullable=True),
        sa.Column("box_weight", sa.Integer(), nullable=True),
        sa.Column("usual_days", sa.Integer(), nullable=True),
        sa.Column("stuck_after_days", sa.Integer(), nullable=True),
        sa.Column("archived", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("notes", sa.Text(), nullable=True),
        _custom(),
        sa.UniqueConstraint("uid", name=op.f("uq_carrier_service_uid")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_carrier_service")),
    )


def _add_incoming_stock() -> None:
    op.create_table(
        "incoming_stock",
        *_head(),
        sa.Column("product", sa.Integer(), nullable=False),
        sa.Column("variant", sa.Integer(), nullable=True),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("ordered_on", sa.Text(), nullable=True),
        sa.Column("expected_on", sa.Text(), nullable=True),
        sa.Column("arrived_on", sa.Text(), nullable=True),
        sa.Column("supplier", sa.Text(), nullable=True),
        sa.Column("currency", sa.Text(), nullable=True),
        sa.Column("unit_cost", sa.Integer(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        _custom(),
        sa.UniqueConstraint("uid", name=op.f("uq_incoming_stock_uid")),
        *(
            sa.ForeignKeyConstraint(
                [name],
                [f"{name}.id"],
                name=op.f(f"fk_incoming_stock_{name}"),
                initially="DEFERRED",
                deferrable=True,
            )
            for name in ("product", "variant")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incoming_stock")),
    )
    for name in ("arrived_on", "expected_on", "product", "variant"):
        op.create_index(f"ix_incoming_stock_{name}", "incoming_stock", [name], unique=False)


def _head() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.Text(), nullable=False),
        sa.Column("deleted_at", sa.Text(), nullable=True),
    )


def _custom() -> sa.Column[object]:
    return sa.Column("custom", sa.Text(), server_default=sa.text("'{}'"), nullable=False)


def _reference(table: str, name: str, to: str) -> sa.Column[object]:
    """A column that refers to a row; checked at the end of a transaction, like every reference."""
    key = sa.ForeignKey(f"{to}.id", name=op.f(f"fk_{table}_{name}"), initially="DEFERRED", deferrable=True)
    return sa.Column(name, sa.Integer(), key, nullable=True)
