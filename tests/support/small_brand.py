"""A small brand whose figures can be worked out by hand; the sums are spelt out beside the tests."""

from __future__ import annotations

from dataclasses import dataclass

from creator_crm.domain.fields import Value
from creator_crm.services.workspace import Workspace

Values = dict[str, Value]


@dataclass(frozen=True)
class Brand:
    """The rows that tests speak of."""

    campaign: int
    ana: int
    bea: int
    cho: int
    product: int
    code: int
    post: int


def small_brand(workspace: Workspace) -> Brand:
    """Three creators, one campaign: Ana sells, Bea got a parcel and never posted, Cho's parcel was lost.

    Costs: fee 200.00 agreed (100.00 billed so far), 3 parcels with one serum each at 8.00 = 24.00,
    postage 5.00 + 5.00 + 4.90 = 14.90, commission 6.00, discount 10.00 - 5.00 = 5.00, ads 30.00, video 50.00.
    Sales: 2 orders of Ana's code. First: 100.00 of goods, 10.00 off, so 90.00 charged and 45.00 of it
    refunded. Second: 60.00. A third order came by itself and is none of the program's.
    """
    w = workspace
    campaign = w.add("campaign", {"name": "Spring", "currency": "EUR"})
    ana, bea, cho = (
        w.add("creator", {"name": name}, {"account": [{"platform": "tiktok", "handle": name.lower()}]})
        for name in ("Ana", "Bea", "Cho")
    )
    serum = w.add("product", {"name": "Serum", "sku": "S1", "currency": "EUR", "cost": 8_00})
    w.receive("S1", 3, on="2026-03-01")
    code = w.add(
        "code", {"code": "ANA10", "creator": ana, "campaign": campaign, "link": "https://shop.example/a"}
    )
    w.add(
        "collaboration",
        {"creator": ana, "campaign": campaign, "status": "agreed", "fee": 200_00, "agreed_on": "2026-03-01"},
    )
    paid: Values = {"creator": ana, "campaign": campaign, "status": "paid"}
    w.add("payment", {**paid, "kind": "fee", "amount": 100_00, "paid_on": "2026-04-02"})
    w.add("payment", {**paid, "kind": "production", "amount": 50_00, "status": "due", "due_on": "2026-04-20"})
    w.add(
        "ad_spend",
        {"name": "Boost", "spent_on": "2026-04-10", "creator": ana, "campaign": campaign, "amount": 30_00},
    )
    for creator, status, postage in ((ana, "delivered", 5_00), (bea, "delivered", 5_00), (cho, "lost", 4_90)):
        parcel: Values = {
            "creator": creator,
            "campaign": campaign,
            "status": status,
            "postage": postage,
            "shipped_on": "2026-03-10",
            "delivered_on": "2026-03-14" if status == "delivered" else None,
        }
        number = w.add("shipment", {"number": f"P{creator}", **parcel})
        w.add(
            "shipment_item",
            {"shipment": number, "product": serum, "sku": "S1", "quantity": 1, "unit_cost": 8_00},
        )
    post = w.add(
        "deliverable",
        {
            "creator": ana,
            "campaign": campaign,
            "status": "live",
            "due_on": "2026-03-31",
            "live_on": "2026-03-30",
            "hook": "My skin at 7",
        },
    )
    w.add("deliverable", {"creator": bea, "campaign": campaign, "due_on": "2026-04-05"})
    w.add(
        "post_metrics",
        {"deliverable": post, "measured_on": "2026-04-08", "views": 9_000, "likes": 800, "clicks": 35},
    )
    w.add(
        "post_metrics",
        {"deliverable": post, "measured_on": "2026-04-15", "views": 12_000, "likes": 900, "clicks": 40},
    )
    order: Values = {"status": "paid", "currency": "EUR", "customer": "new"}
    first: Values = {
        "number": "1",
        "code": code,
        "ordered_on": "2026-04-01",
        "subtotal": 90_00,
        "discount": 10_00,
    }
    one = w.add(
        "order", {**order, **first, "total": 90_00, "refunded": 45_00, "customer_key": "x@example.com"}
    )
    second: Values = {
        "number": "2",
        "code": code,
        "ordered_on": "2026-04-12",
        "subtotal": 60_00,
        "total": 60_00,
    }
    two = w.add("order", {**order, **second, "customer_key": "y@example.com"})
    w.add("order", {**order, "number": "3", "ordered_on": "2026-04-12", "subtotal": 500_00, "total": 500_00})
    line: Values = {"product": serum, "currency": "EUR", "line": "1"}
    w.add("order_line", {**line, "order": one, "quantity": 2, "returned": 1, "commission_estimated": 6_00})
    w.add("order_line", {**line, "order": two, "quantity": 1})
    return Brand(campaign, ana, bea, cho, serum, code, post)
