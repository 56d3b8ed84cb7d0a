"""Carriers' lists with tracking numbers, product lists, and lists of posts with their figures."""

from __future__ import annotations

from creator_crm.domain.fields import describe
from creator_crm.domain.seeding import Shipment
from creator_crm.exchange.formats.signature import Format
from creator_crm.exchange.shapes import POSTS

_PARCEL = {
    # The number is what carriers give back; Pirate Ship and ShipStation call it an order.
    "Order ID": "shipment.number",
    "Order Number": "shipment.number",
    "Order - Number": "shipment.number",
    "Order reference": "shipment.number",
    "Order ID (required)": "shipment.number",
    "AliExpress order number": "",
    "Recipient": "shipment.recipient",
    "Recipient name": "shipment.recipient",
    "Ship To - Name": "shipment.recipient",
    "Tracking Number": "shipment.tracking_number",
    "Tracking": "shipment.tracking_number",
    "Shipment - Tracking Number": "shipment.tracking_number",
    "Carrier": "shipment.carrier",
    "Shipment - Carrier": "shipment.carrier",
    "Carrier - Name": "shipment.carrier",
    "Service": "shipment.service",
    "Service code": "shipment.service",
    "Shipment - Service": "shipment.service",
    "Cost": "shipment.postage",
    "Ship Date": "shipment.shipped_on",
    "Date - Shipped Date": "shipment.shipped_on",
    "Tracking Status": "shipment.carrier_status",
    "Status": "shipment.carrier_status",
    "Tracking Date": "shipment.scanned_on",
    "Delivered Date": "shipment.delivered_on",
    "Delivery Date": "shipment.delivered_on",
    "Zipcode": "shipment.postcode",
    "Recipient postcode": "shipment.postcode",
    "Ship To - Postal Code": "shipment.postcode",
    "Note": "shipment.notes",
    # A carrier's spelling of the address is not better than the one the parcel was sent to.
    "Address Line 1": "", "Address Line 2": "", "City": "", "State": "", "Country": "",
}  # fmt: skip
_SHIPMENT = describe(Shipment)
_ADDRESS = ("street", "street_2", "city", "region", "country", "phone")
_ADDRESS_ONLY = frozenset({"shipment.recipient", "shipment.postcode", "shipment.notes", "shipment.number"})

PARCEL_FILES = (
    Format(
        "pirate_ship",
        "Pirate Ship shipments",
        ("Tracking Number", "Recipient"),
        ("Created Date", "Label Size", "Zone", "Package Type", "Carrier"),
        2,
        unless_a_creator_list=True,
        shape="shipment",
        closed=True,
        # In this export the plain status is the label's; the parcel's own stands under Tracking Status.
        targets={**_PARCEL, "Status": ""},
        yields=_ADDRESS_ONLY,
    ),
    Format(
        "shipments",
        "parcels of a shipping program",
        (),
        (
            "Ship To - Name",
            "Ship To - Country",
            "Shipment - Tracking Number",
            "Order - Number",
            "Recipient name",
            "Recipient address line 1",
            "Service code",
            "Order reference",
            "Tracking number",
            "Order Number",
            "AliExpress order number",
            "Carrier",
            "Weight",
            "Weight (oz)",
            "Weight Unit",
            "Total Weight in Oz",
        ),
        2,
        unless_a_creator_list=True,
        shape="shipment",
        closed=True,
        targets=_PARCEL,
        yields=_ADDRESS_ONLY,
    ),
    Format(
        "tracking",
        "a list of tracking numbers",
        (),
        # Somebody's own sheet: a tracking number, and what tells the parcel, in any language we know.
        groups=(
            ("Tracking number", *_SHIPMENT.field("tracking_number").aliases),
            ("Number", "Parcel", "Parcel number", *_SHIPMENT.field("number").aliases),
        ),
        unless_a_creator_list=True,
        shape="shipment",
        targets={**_PARCEL, "Parcel": "shipment.number", "Parcel number": "shipment.number"},
        yields=_ADDRESS_ONLY | {f"shipment.{name}" for name in _ADDRESS},
    ),
)

PRODUCT_FILES = (
    Format(
        "shopify_products",
        "Shopify products",
        ("Handle", "Title", "Variant SKU"),
        shape="product",
        closed=True,
        targets={
            "Handle": "product.parent_handle",
            "Title": "product.name",
            "Variant SKU": "product.sku",
            "Type": "product.category",
            "Variant Price": "product.price",
            "Cost per item": "product.cost",
            "Variant Grams": "product.weight",
            "Variant Barcode": "product.barcode",
            "Image Src": "product.picture",
            "Option1 Value": "product.option",
        },
    ),
)

_FIGURES = {
    "Video title": "deliverable.name",
    "Video name": "deliverable.name",
    "Video link": "deliverable.live_url",
    "Video ID": "deliverable.post_id",
    "Post time": "deliverable.live_on",
    "Video publish time": "deliverable.live_on",
    "Video post date": "deliverable.live_on",
    "Creator username": "deliverable.creator",
    "Creator name": "deliverable.creator",
    "Total views": "post_metrics.views",
    "Shoppable video impressions": "post_metrics.views",
    "Total likes": "post_metrics.likes",
    "Shoppable video likes": "post_metrics.likes",
    "Total comments": "post_metrics.comments",
    "Shoppable video comments": "post_metrics.comments",
    "Total shares": "post_metrics.shares",
    "Reach": "post_metrics.reach",
    "Average watch time": "post_metrics.watch_seconds",
    "Affiliate orders": "post_metrics.orders",
    "Orders": "post_metrics.orders",
    "Affiliate items sold": "post_metrics.items_sold",
    "Items sold": "post_metrics.items_sold",
    "GMV": "post_metrics.revenue",
}
_PLAN_STAYS = frozenset({"deliverable.name", "deliverable.live_on", "deliverable.live_url"})

POST_FILES = (
    Format(
        "tiktok_videos",
        "TikTok Shop video list",
        ("Video link",),
        ("Video name", "Affiliate items sold", "Video ID", "Est. commission", "Shoppable video GPM"),
        2,
        shape=POSTS,
        platform="tiktok",
        closed=True,
        targets=_FIGURES,
        yields=_PLAN_STAYS,
    ),
    Format(
        "tiktok_studio_videos",
        "TikTok Studio videos",
        ("Total likes", "Total comments", "Video link"),
        ("Video title", "Post time", "Video publish time", "Total views"),
        2,
        shape=POSTS,
        platform="tiktok",
        closed=True,
        targets=_FIGURES,
        yields=_PLAN_STAYS,
    ),
    Format(
        "posts",
        "a list of posts and their figures",
        ("caption",),
        ("likes", "comments", "views", "reach", "post url", "url"),
        2,
        shape=POSTS,
        targets={
            "caption": "deliverable.name",
            "url": "deliverable.live_url",
            "post url": "deliverable.live_url",
            "date": "deliverable.live_on",
            "influencer_id": "deliverable.creator",
        },
        yields=_PLAN_STAYS,
    ),
)
