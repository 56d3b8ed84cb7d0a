"""The sums of the database against the rules told row by row: they must agree to the cent."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from creator_crm.domain.metrics import Facts
from creator_crm.domain.metrics.program_facts import parcel_facts, post_facts
from creator_crm.domain.metrics.sales import agreed_fee, sales_facts
from creator_crm.domain.query import Query
from creator_crm.services.results import By, Scope
from creator_crm.services.workspace import Workspace

TODAY = "2026-06-15"
SALES = {"revenue", "refunds", "charged", "goods_cost", "orders", "commission", "discounts"}
BUYERS = {"customers", "new_customers", "repeat_customers", "revenue_by_creator"}
PARCELS = {"parcels", "postage", "product_cost", "creators_delivered", "creators_posted"}
POSTS = {
    "posts_live",
    "posts_due",
    "posts_on_time",
    "angles",
    "views",
    "likes",
    "comments",
    "shares",
    "saves",
}


def rows(workspace: Workspace, record: str) -> list[Any]:
    return workspace.rows(record, workspace.ids(Query(record, archived=True)))


def fill(workspace: Workspace, random: Random, *, every_buyer_known: bool) -> None:
    """A year of chance in two currencies: half refunded, lost, unpaid, tied to a code, or to nobody."""
    pick = random.choice

    def day() -> str:
        return f"2026-{random.randint(1, 12):02}-{random.randint(1, 28):02}"

    def maybe(value: Any) -> Any:
        return value if random.random() < 0.5 else None

    def money() -> int:
        return pick([0, 1, 3, random.randint(1, 40_000), random.randint(1, 40_000)])

    with workspace.store.change("A year", bulk=True) as unit:
        campaigns = [unit.add("campaign", {"name": f"Campaign {n}"}) for n in range(3)]
        creators = [unit.add("creator", {"name": f"Creator {n}"}) for n in range(5)]
        products = [
            unit.add("product", {"name": f"P{n}", "sku": f"P{n}", "currency": currency, "cost": cost})
            for n, (currency, cost) in enumerate([("EUR", 333), ("EUR", 1050), ("USD", 799), ("EUR", None)])
        ]
        codes = [
            unit.add(
                "code",
                {"code": f"C{n}", "creator": maybe(pick(creators)), "campaign": maybe(pick(campaigns))},
            )
            for n in range(4)
        ]
        dear = products if not every_buyer_known else products[:2]
        for n in range(40):
            order = unit.add(
                "order",
                {
                    "number": str(n),
                    "ordered_on": day(),
                    "status": pick(["paid", "completed", "shipped", "refunded", "cancelled", "unpaid", None]),
                    "is_sample": random.random() < 0.1,
                    "creator": maybe(pick(creators)),
                    "campaign": maybe(pick(campaigns)),
                    "code": maybe(pick(codes)),
                    "currency": pick(["EUR", "EUR", "USD", None]),
                    "subtotal": maybe(money()),
                    "discount": maybe(money()),
                    "shipping": maybe(money()),
                    "tax": maybe(money()),
                    "total": maybe(money()),
                    "refunded": pick([None, None, 0, money(), money()]),
                    "customer": pick(["new", "returning"] if every_buyer_known else ["new", None]),
                    "customer_key": pick(
                        ["ann", "bea", "cho"] if every_buyer_known else ["ann", "bea", None]
                    ),
                },
            )
            for line in range(random.randint(1 if every_buyer_known else 0, 3)):
                unit.add(
                    "order_line",
                    {
                        "order": order,
                        "line": str(line),
                        "product": pick(dear if every_buyer_known else [*dear, None]),
                        "quantity": pick([1, 1, 2, 3, None]),
                        "returned": pick([None, None, 0, 1, 5]),
                        "commission_status": pick([None, "pending", "settled", "ineligible", "frozen"]),
                        **{
                            name: maybe(money())
                            for name in (
                                "commission_estimated",
                                "commission_actual",
                                "ads_commission_estimated",
                                "ads_commission_actual",
                                "bonus_estimated",
                                "bonus_actual",
                            )
                        },
                    },
                )
        parcels = []
        for n in range(15):
            status = pick(["draft", "packed", "shipped", "in_transit", "delivered", "returned", "lost"])
            parcel = unit.add(
                "shipment",
                {
                    "number": f"S{n}",
                    "creator": pick(creators),
                    "campaign": maybe(pick(campaigns)),
                    "status": status,
                    "currency": pick(["EUR", "USD", None]),
                    "postage": maybe(money()),
                    "duties": maybe(money()),
                    "shipped_on": day(),
                    "delivered_on": day() if status == "delivered" else maybe(day()),
                    "no_post_expected": random.random() < 0.2,
                },
            )
            parcels.append(parcel)
            for _ in range(random.randint(0, 2)):
                unit.add(
                    "shipment_item",
                    {
                        "shipment": parcel,
                        "quantity": pick([1, 2]),
                        "unit_cost": maybe(money()),
                        "currency": pick(["EUR", "USD", None]),
                    },
                )
        for _ in range(20):
            post = unit.add(
                "deliverable",
                {
                    "creator": pick(creators),
                    "campaign": maybe(pick(campaigns)),
                    "shipment": pick([None, None, *parcels]),
                    "status": pick(["planned", "approved", "live", "cancelled", None]),
                    "hook": pick([None, "Before", "before", "ÄRGER", "ärger"]),
                    "format": pick([None, "review", "live"]),
                    "due_on": maybe(day()),
                    "live_on": maybe(day()),
                },
            )
            for measured in random.sample(["2026-06-01", "2026-06-08"], random.randint(0, 2)):
                figures = {
                    name: maybe(random.randint(0, 999))
                    for name in ("views", "likes", "comments", "shares", "saves", "clicks")
                }
                unit.add("post_metrics", {"deliverable": post, "measured_on": measured, **figures})


def told(
    workspace: Workspace, campaign: int | None, creator: int | None
) -> tuple[dict[str, Facts], dict[str, Facts], Facts]:
    """The same facts by the rules of the domain, row by row: (sales, parcels, posts)."""
    codes = {code.id: code for code in rows(workspace, "code")}

    def whose(order: Any, name: str) -> Any:
        own = getattr(order, name)
        return own if own is not None or order.code is None else getattr(codes[order.code], name)

    def inside(creator_there: int | None, campaign_there: int | None) -> bool:
        return campaign in (None, campaign_there) and creator in (None, creator_there)

    orders = [
        o
        for o in rows(workspace, "order")
        if (whose(o, "creator") or whose(o, "campaign")) and inside(whose(o, "creator"), whose(o, "campaign"))
    ]
    lines = rows(workspace, "order_line")
    by_code = {code.id: code.creator for code in codes.values() if code.creator}
    sales: dict[str, Facts] = {}
    for currency in ("EUR", "USD"):
        costs = {
            p.id: p.cost for p in rows(workspace, "product") if p.currency == currency and p.cost is not None
        }
        ours = [o for o in orders if (o.currency or "EUR") == currency]
        sales |= sales_facts(ours, lines, costs, by_code)
    shipments = [s for s in rows(workspace, "shipment") if inside(s.creator, s.campaign)]
    numbers = {s.id for s in shipments}
    items = [i for i in rows(workspace, "shipment_item") if i.shipment in numbers]
    posts = rows(workspace, "deliverable")
    return (
        sales,
        parcel_facts(shipments, items, posts),
        post_facts([p for p in posts if inside(p.creator, p.campaign)], TODAY),
    )


@pytest.mark.parametrize("seed", range(6))
def test_the_sums_of_the_database_agree_with_the_rules_to_the_cent(workspace: Workspace, seed: int) -> None:
    fill(workspace, Random(seed), every_buyer_known=seed % 2 == 0)
    for campaign, creator in ((None, None), (1, None), (None, 2), (2, 1)):
        found = workspace.facts(Scope(campaign=campaign, creator=creator), today=TODAY)
        sales, parcels, posts = told(workspace, campaign, creator)
        for currency in {*sales, *parcels, *found}:
            ours = found.get(currency, Facts(currency=currency))
            for names, theirs in ((SALES | BUYERS, sales), (PARCELS, parcels)):
                if currency not in theirs:
                    assert not any(getattr(ours, name) for name in names), (campaign, creator, currency)
                    continue
                for name in names:
                    want, have = getattr(theirs[currency], name), getattr(ours, name)
                    assert have == want, (campaign, creator, currency, name)
        main = next(iter(found.values()))
        for name in POSTS:
            assert getattr(main, name) == getattr(posts, name), (campaign, creator, name)


@pytest.mark.parametrize("seed", range(3))
def test_months_days_creators_and_campaigns_add_up_to_the_whole(workspace: Workspace, seed: int) -> None:
    fill(workspace, Random(seed), every_buyer_known=False)
    money = (SALES - {"goods_cost"}) | {"fees", "ads", "production", "postage", "product_cost", "parcels"}
    whole = workspace.facts(today=TODAY)
    ways: tuple[By, ...] = ("month", "day", "creator", "campaign")
    for by in ways:
        parts = workspace.facts_by(by, today=TODAY)
        for currency, facts in whole.items():
            for name in money:
                together = sum(getattr(p[currency], name) for p in parts.values() if currency in p)
                assert together == getattr(facts, name), (by, currency, name)
        live = sum(f.posts_live for p in parts.values() for f in p.values())
        assert live == sum(f.posts_live for f in whole.values())


def test_the_fee_of_a_collaboration_is_what_was_agreed_or_what_was_billed_if_that_is_more(
    workspace: Workspace,
) -> None:
    random = Random(1)
    expected = {}
    with workspace.store.change("Forty collaborations") as unit:
        campaign = unit.add("campaign", {"name": "Spring"})
        for n in range(40):
            creator = unit.add("creator", {"name": f"Creator {n}"})
            part = {"creator": creator, "campaign": campaign}
            agreed = random.choice([None, 0, random.randint(1, 1000)])
            pieces = [random.randint(1, 1000) for _ in range(random.randint(0, 2))]
            billed = [random.randint(1, 1000) for _ in range(random.randint(0, 2))]
            unit.add("collaboration", {**part, "status": "agreed", "fee": agreed})
            for fee in pieces:
                unit.add("deliverable", {**part, "fee": fee})
            for amount in billed:
                unit.add("payment", {**part, "amount": amount, "kind": "fee"})
            unit.add("payment", {**part, "amount": 70_000, "kind": "fee", "status": "cancelled"})
            expected[creator] = agreed_fee(agreed, pieces, billed)
    found = workspace.facts_by("creator")
    assert {creator: found[creator]["EUR"].fees for creator in expected if creator in found} == {
        creator: fee for creator, fee in expected.items() if creator in found
    }
    assert workspace.facts()["EUR"].fees == sum(expected.values())
