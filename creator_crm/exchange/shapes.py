"""What one line of a list can be about: one record, or a record together with its parts."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from creator_crm.domain.accounts import PLATFORMS
from creator_crm.domain.fields import Field, Kind

CREATORS = "creators"
ORDERS = "orders"
POSTS = "posts"

FAMILIES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        CREATORS: ("creator", "account", "account_metrics", "address"),
        ORDERS: ("order", "order_line"),
        POSTS: ("deliverable", "post_metrics"),
    }
)
LABELS = MappingProxyType({CREATORS: "A creator", ORDERS: "An order with its lines", POSTS: "A post"})

FURTHER_PLATFORMS: Mapping[str, str] = MappingProxyType(
    {choice.value: choice.label for choice in PLATFORMS if choice.value not in ("blog", "other")}
)

# Columns that are kept nowhere by themselves; what a creator's accounts and an order are follows from them.
AIDS: Mapping[str, tuple[Field, ...]] = MappingProxyType(
    {
        "creator": tuple(
            field
            for platform, label in FURTHER_PLATFORMS.items()
            for field in (
                Field(name=f"{platform}_handle", label=f"Also on {label}: handle", kind=Kind.HANDLE),
                Field(name=f"{platform}_followers", label=f"Also on {label}: followers", kind=Kind.COUNT),
            )
        ),
        "order": (
            Field(name="paid", label="Paid at (tells the status)", kind=Kind.TEXT),
            Field(name="sent", label="Sent at (tells the status)", kind=Kind.TEXT),
            Field(name="fulfilment", label="Sent or not (tells the status)", kind=Kind.TEXT),
            Field(name="delivered", label="Delivered at (tells the status)", kind=Kind.TEXT),
            Field(name="payment_method", label="Paid by (tells samples)", kind=Kind.TEXT),
            Field(name="sub_status", label="Sub-status (of a sample)", kind=Kind.TEXT),
            Field(name="tracking", label="Tracking number (of a sample)", kind=Kind.IDENTIFIER),
            Field(name="provider", label="Carrier (of a sample)", kind=Kind.TEXT),
            Field(name="recipient", label="Recipient (of a sample)", kind=Kind.TEXT),
            Field(name="street", label="Street (of a sample)", kind=Kind.TEXT),
            Field(name="street_2", label="Street, 2nd line (of a sample)", kind=Kind.TEXT),
            Field(name="city", label="City (of a sample)", kind=Kind.TEXT),
            Field(name="region", label="State or region (of a sample)", kind=Kind.TEXT),
            Field(name="postcode", label="Postcode (of a sample)", kind=Kind.IDENTIFIER),
        ),
        "order_line": (
            Field(name="refunded_wholly", label="Wholly refunded (yes or no)", kind=Kind.TEXT),
            Field(name="settlement", label="Settlement (tells the commission's state)", kind=Kind.TEXT),
            Field(name="product_number", label="Product ID in the shop", kind=Kind.IDENTIFIER),
        ),
        "shipment": (Field(name="carrier_status", label="Status of the carrier", kind=Kind.TEXT),),
        "product": (
            Field(name="parent_handle", label="Shopify handle", kind=Kind.TEXT),
            Field(name="option", label="Variant (goes into the name)", kind=Kind.TEXT),
        ),
    }
)


def records_of(shape: str) -> tuple[str, ...]:
    """The records a list of this shape fills; the first is what a line is about, the others are its parts."""
    return FAMILIES.get(shape, (shape,))
