"""Indexes that sums and what is due are read from: each holds all columns that they ask of a long table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from creator_crm.domain.fields import Catalogue
from creator_crm.store.triggers import quoted

# As the statements have them: an index on an expression is used only for the very same one.
_MONEY = "coalesce(\"currency\", 'EUR')"
_DAY = 'coalesce("ordered_on", substr("ordered_at", 1, 10), substr("created_at", 1, 10))'
_DAYS = ("ordered_on", "ordered_at", "created_at")
_WHOSE = ("creator", "code", "campaign")
_STATE = ("status", "is_sample")
_AMOUNTS = ("subtotal", "total", "shipping", "tax", "discount", "refunded", "lines")
_COMMISSION = tuple(
    f"{kind}_{state}"
    for kind in ("commission", "ads_commission", "bonus")
    for state in ("estimated", "actual")
)

# In the order of the groups that are added up: SQLite then adds without sorting. The currency stands beside
# its expression: SQLite before 3.41 looks a column up in the table if an index has it in an expression alone.
_INDEXES: Mapping[str, tuple[str, tuple[str, ...]]] = MappingProxyType(
    {
        "order": (
            "order",
            ("customer_key", _MONEY, *_WHOSE, *_STATE, "customer", "deleted_at", "currency", *_DAYS),
        ),
        "order_whose": (
            "order",
            (*_WHOSE, _MONEY, *_STATE, *_AMOUNTS, "deliverable", "deleted_at", "currency", *_DAYS),
        ),
        "order_when": ("order", (_DAY, _MONEY, *_WHOSE, *_STATE, *_AMOUNTS, "deleted_at")),
        "order_line": (
            "order_line",
            ("order", "product", "quantity", "returned", "commission_status", *_COMMISSION, "deleted_at"),
        ),
        # Which post answers a parcel, and which was the newest when an order came.
        "deliverable": (
            "deliverable",
            ("creator", "live_on", "shipment", "campaign", "status", "deleted_at"),
        ),
        # The newest message with each creator, and the parcels that wait for a post.
        "message": ("message", ("creator", "sent_at", "status", "deleted_at")),
        "shipment": (
            "shipment",
            ("status", "ghosted_on", "posted_on", "no_post_expected", "delivered_on", "deleted_at"),
        ),
    }
)

# Rows that somebody may still have to see to, few in tables of years. A question that is to be read from one
# of these has the condition word for word among those that it joins by AND.
OPEN_MESSAGE = (
    "deleted_at IS NULL AND coalesce(status, '') <> 'answered' "
    "AND (direction = 'in' OR follow_up_on IS NOT NULL OR status IN ('planned', 'drafted'))"
)
OPEN_DELIVERABLE = "deleted_at IS NULL AND status NOT IN ('live', 'cancelled')"
OPEN_SHIPMENT = "deleted_at IS NULL AND status IN ('shipped', 'in_transit')"
OPEN_PAYMENT = "deleted_at IS NULL AND status NOT IN ('paid', 'cancelled')"
_OPEN: Mapping[str, tuple[tuple[str, ...], str]] = MappingProxyType(
    {
        "message": (
            ("creator", "sent_at", "status", "direction", "follow_up_on", "send_on", "deleted_at"),
            OPEN_MESSAGE,
        ),
        "deliverable": (("due_on",), OPEN_DELIVERABLE),
        "shipment": (("shipped_on", "scanned_on"), OPEN_SHIPMENT),
        "payment": (("due_on",), OPEN_PAYMENT),
    }
)


def sum_indexes(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """(name, CREATE INDEX statement) for each long table of the catalogue that is asked as a whole."""
    for name, (record, columns) in _INDEXES.items():
        if record in catalogue:
            held = ", ".join(one if "(" in one else quoted(one) for one in columns)
            yield f"sums_{name}", f'CREATE INDEX "sums_{name}" ON {quoted(record)} ({held})'
    for record, (columns, where) in _OPEN.items():
        if record in catalogue:
            held, name = ", ".join(map(quoted, columns)), f"sums_{record}_open"
            yield name, f'CREATE INDEX "{name}" ON {quoted(record)} ({held}) WHERE {where}'
