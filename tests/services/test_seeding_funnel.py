"""The seeding funnel: worked out by hand for a small brand, and row by row for a year of chance."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from small_brand import small_brand

from creator_crm.domain.due import answers
from creator_crm.domain.funnel import (
    FunnelBy,
    Group,
    Steps,
    cost_per_parcel_post,
    figures,
    rates,
    revenue_after_posts,
)
from creator_crm.domain.metrics import metric
from creator_crm.domain.metrics.program_facts import LEFT
from creator_crm.domain.query import Query
from creator_crm.reporting.data import SeedingFunnel
from creator_crm.services.results import Scope
from creator_crm.services.workspace import Workspace

Values = dict[str, Any]
MARCH = Scope(since="2026-03-01", until="2026-03-31")


def by_name(workspace: Workspace, by: FunnelBy) -> dict[str, Group]:
    return {group.name: group for group in workspace.funnel_by(by)[1]}


def rows(workspace: Workspace, record: str) -> list[Any]:
    return list(workspace.rows(record, workspace.ids(Query(record, archived=True))))


def test_the_funnel_of_the_small_brand_is_what_was_worked_out_by_hand(workspace: Workspace) -> None:
    small_brand(workspace)
    whole = workspace.funnel()
    # Ana and Bea got theirs, Cho's was lost; Ana posted on day 16 after it came and sold two days later.
    assert whole.creators == whole.parcels == Steps(sent=3, delivered=2, posted=1, sold=1)
    assert (whole.left, whole.lost, whole.no_post, whole.ghosted, whole.posts) == (3, 1, 1, 0, 1)
    assert whole.days == (Decimal(4), Decimal(16), Decimal(2))
    # 3 serums at 8.00 and 14.90 of postage for one live post; 100.00 less 50.00, and 60.00.
    facts = whole.facts["EUR"]
    assert str(cost_per_parcel_post(facts).value) == "38.900000"
    assert (facts.orders, facts.revenue, facts.refunds) == (2, 160_00, 50_00)
    assert revenue_after_posts(whole).value == Decimal("110.00")
    assert whole.units == 2, "two ordered, one of them sent back, and one"
    shown = {one.name: one.value for one in figures(whole)}
    assert shown["arrival_rate"] == Decimal("0.666667")
    assert shown["post_rate"] == Decimal("0.500000")
    assert not rates(whole)[1].is_sure, "one of two says nothing yet"


def test_the_chart_and_the_figures_of_results_say_the_same(workspace: Workspace) -> None:
    brand = small_brand(workspace)
    for scope in (Scope(), MARCH, Scope(campaign=brand.campaign), Scope(creator=brand.bea)):
        found = workspace.funnel(scope)
        steps = found.creators
        assert workspace.chart("funnel", scope) == SeedingFunnel(
            steps.sent, steps.delivered, steps.posted, steps.sold
        )
        (rate,) = workspace.explain("post_rate", scope).values()
        assert metric("post_rate", found.main).value == rate.value


def test_a_post_that_no_parcel_led_to_is_in_the_cost_of_all_live_posts_and_not_of_those_from_parcels(
    workspace: Workspace,
) -> None:
    brand = small_brand(workspace)
    paid = {"creator": brand.bea, "campaign": None, "status": "live", "live_on": "2026-03-01"}
    workspace.add("deliverable", paid)  # before her parcel came
    (of_all,) = workspace.explain("cost_per_live_post").values()
    (of_parcels,) = (one for one in figures(workspace.funnel()) if one.name == "cost_per_parcel_post")
    # 38.90 for the parcels: for two live posts in all, for one that answers a parcel.
    assert (of_all.value, of_parcels.value) == (Decimal("19.450000"), Decimal("38.900000"))
    assert (of_all.label, of_parcels.label) == ("Cost per live post", "Cost per post from parcels")
    assert "all live posts" in of_all.formula
    assert "every live post counts, with or without a parcel" in of_all.source
    assert "live posts that answer them" in of_parcels.formula
    assert "posts without a parcel do not count" in of_parcels.source


def test_an_order_before_the_post_is_not_sold_by_it(workspace: Workspace) -> None:
    brand = small_brand(workspace)
    workspace.edit("order", {1: {"ordered_on": "2026-03-20"}, 2: {"ordered_on": "2026-03-29"}})
    assert workspace.funnel().creators == Steps(3, 2, 1, 0)
    workspace.edit("order", {2: {"ordered_on": "2026-03-30"}})
    found = workspace.funnel()
    assert (found.creators.sold, found.main.orders, found.days[2]) == (1, 1, Decimal(0))
    assert workspace.funnel(Scope(creator=brand.ana)).creators == Steps(1, 1, 1, 1)


def test_a_present_without_strings_costs_and_is_no_step(workspace: Workspace) -> None:
    small_brand(workspace)
    (bea,) = (p for p in rows(workspace, "shipment") if p.number == "P2")
    workspace.edit("shipment", {bea.id: {"no_post_expected": True}})
    found = workspace.funnel()
    assert (found.creators, found.left, found.no_post) == (Steps(2, 1, 1, 1), 3, 0)
    assert str(cost_per_parcel_post(found.main).value) == "38.900000"


def test_groups_are_those_of_the_parcel_and_of_who_got_it(workspace: Workspace) -> None:
    brand = small_brand(workspace)
    workspace.edit("creator", {brand.ana: {"niche": "Skincare"}, brand.bea: {"niche": " skincare"}})
    account = workspace.parts("account", brand.ana)[0].id
    workspace.add("account_metrics", {"account": account, "measured_on": "2026-03-01", "followers": 120_000})
    assert {name: g.creators for name, g in by_name(workspace, "niche").items()} == {
        "Skincare": Steps(2, 2, 1, 1),
        "No niche": Steps(1, 0, 0, 0),
    }
    assert {name: g.creators for name, g in by_name(workspace, "tier").items()} == {
        "Mid": Steps(1, 1, 1, 1),
        "Followers not known": Steps(2, 1, 0, 0),
    }
    workspace.set_setting("tiers", [["Small", 0], ["It's “big”", 120_000]])
    assert "It's “big”" in by_name(workspace, "tier")
    assert by_name(workspace, "campaign")["Spring"].creators == Steps(3, 2, 1, 1)
    assert by_name(workspace, "creator")["Bea"].parcels == Steps(1, 1, 0, 0)


def test_a_parcel_with_two_products_is_in_the_group_of_each_with_all_it_cost(workspace: Workspace) -> None:
    small_brand(workspace)
    balm = workspace.add("product", {"name": "Balm", "sku": "B1", "cost": 2_00})
    workspace.receive("B1", 9, on="2026-03-01")
    parcel = next(p.id for p in rows(workspace, "shipment") if p.number == "P1")
    workspace.add(
        "shipment_item", {"shipment": parcel, "product": balm, "sku": "B1", "quantity": 1, "unit_cost": 2_00}
    )
    found = by_name(workspace, "product")
    assert found["Balm"].creators == Steps(1, 1, 1, 1)
    assert str(cost_per_parcel_post(found["Balm"].main).value) == "15.000000"  # 8.00 + 2.00 + 5.00
    assert found["Serum"].creators == Steps(3, 2, 1, 1)
    assert workspace.funnel().creators == Steps(3, 2, 1, 1)


def test_the_parcels_behind_no_post_are_as_many_as_were_counted(workspace: Workspace) -> None:
    brand = small_brand(workspace)
    _, (group,) = workspace.funnel_by("campaign")
    (bea,) = (p.id for p in rows(workspace, "shipment") if p.creator == brand.bea)
    assert workspace.parcels_without_post(Scope(), "campaign", group.part) == [bea]
    workspace.give_up([bea])
    assert workspace.funnel().ghosted == 1
    assert workspace.parcels_without_post() == [bea], "given up on, and still without a post"


def test_nothing_sent_is_a_funnel_of_noughts_without_rates(workspace: Workspace) -> None:
    whole = workspace.funnel()
    assert whole.creators == Steps()
    assert [one.value for one in figures(whole) if one.unit == "share"] == [None] * 3
    assert workspace.funnel_by("niche")[1] == []


# A year of chance ----------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(6))
def test_the_sums_of_the_database_are_those_of_the_rules_row_by_row(workspace: Workspace, seed: int) -> None:
    fill(workspace, Random(seed))
    parcels = [p for p in rows(workspace, "shipment") if p.status in LEFT]
    posts, orders = rows(workspace, "deliverable"), rows(workspace, "order")
    every: tuple[FunnelBy, ...] = ("", "campaign", "product", "creator")
    for by in every:
        whole, groups = workspace.funnel_by(by)
        found = {group.part: group for group in groups} if by else {None: whole}
        expected = dict(grouped(workspace, parcels, by))
        assert found.keys() == expected.keys()
        for part, held in expected.items():
            assert told(found[part]) == reckoned(held, posts, orders), (by, part)


def grouped(workspace: Workspace, parcels: list[Any], by: str) -> Iterator[tuple[int | None, list[Any]]]:
    held: dict[int | None, list[Any]] = {}
    items = rows(workspace, "shipment_item")
    for parcel in parcels:
        parts = {i.product for i in items if i.shipment == parcel.id} if by == "product" else {None}
        for part in parts if by in ("", "product") else {getattr(parcel, by)}:
            held.setdefault(part, []).append(parcel)
    yield from held.items()


def told(group: Group) -> tuple[Any, ...]:
    sold = sum(facts.orders for facts in group.facts.values())
    return group.creators, group.parcels, group.no_post, group.ghosted, group.posts, sold


def reckoned(parcels: list[Any], posts: list[Any], orders: list[Any]) -> tuple[Any, ...]:
    asked = [p for p in parcels if not p.no_post_expected]
    reached = [p for p in asked if p.delivered_on]
    posted = [p for p in reached if any(answers(post, p) and post.creator == p.creator for post in posts)]
    unanswered = [p for p in reached if p not in posted]
    live = {x.id for p in parcels for x in posts if answers(x, p) and x.creator == p.creator}
    mine = {p.id: p for p in reached}
    sold = [mine[n] for n in (parcel_of(order, posts) for order in orders) if n in mine]
    steps = [[*asked], reached, posted, sold]
    return (
        Steps(*(len({p.creator for p in step}) for step in steps)),
        Steps(*(len({p.id for p in step}) for step in steps)),
        len(unanswered),
        sum(p.ghosted_on is not None for p in unanswered),
        len(live),
        len(sold),
    )


ALL_PARCELS: list[Any] = []


def parcel_of(order: Any, posts: list[Any]) -> int | None:
    """The parcel that an order counts for, by way of its post."""
    if order.creator is None or order.status in ("unpaid", "cancelled"):
        return None
    before = [
        p
        for p in posts
        if p.creator == order.creator
        and p.status != "cancelled"
        and p.live_on
        and p.live_on <= order.ordered_on
        and (None in (p.campaign, order.campaign) or p.campaign == order.campaign)
    ]
    if not before:
        return None
    post = max(before, key=lambda p: (p.live_on, p.id))
    if post.shipment is not None:
        return int(post.shipment)
    came = [
        s
        for s in ALL_PARCELS
        if s.creator == post.creator
        and s.delivered_on
        and s.delivered_on <= post.live_on
        and (None in (s.campaign, post.campaign) or s.campaign == post.campaign)
    ]
    return max(came, key=lambda s: (s.delivered_on, s.id)).id if came else None


def fill(workspace: Workspace, random: Random) -> None:
    def day() -> str:
        return f"2026-{random.randint(1, 9):02}-{random.randint(1, 28):02}"

    with workspace.store.change("A year", bulk=True) as unit:
        campaigns = [None, *(unit.add("campaign", {"name": f"C{n}"}) for n in range(2))]
        people = [unit.add("creator", {"name": f"Creator {n}"}) for n in range(6)]
        goods = [unit.add("product", {"name": f"P{n}", "sku": f"P{n}"}) for n in range(3)]
        for product in goods:
            received: Values = {"kind": "received", "quantity": 99, "moved_on": "2026-01-01"}
            unit.add("stock_movement", {"product": product, **received})
        parcels: list[tuple[int, int]] = []
        for n in range(30):
            status = random.choice(["shipped", "delivered", "delivered", "delivered", "lost", "packed"])
            creator, arrived = random.choice(people), status == "delivered"
            values: Values = {
                "number": f"S{n}",
                "creator": creator,
                "campaign": random.choice(campaigns),
                "status": status,
                "shipped_on": day(),
                "delivered_on": day() if arrived else None,
                "ghosted_on": day() if arrived and random.random() < 0.3 else None,
                "no_post_expected": random.random() < 0.2,
            }
            parcels.append((unit.add("shipment", values), creator))
            for product in random.sample(goods, random.randint(1, 2)):
                unit.add("shipment_item", {"shipment": parcels[-1][0], "product": product, "quantity": 1})
        for _ in range(15):
            parcel, creator = random.choice(parcels)
            named = random.random() < 0.4
            values = {
                "creator": creator,
                "campaign": random.choice(campaigns),
                "shipment": parcel if named else None,
                "status": random.choice(["live", "live", "planned", "cancelled"]),
            }
            live = day() if values["status"] != "planned" else None
            unit.add("deliverable", {**values, "live_on": live})
        for n in range(40):
            values = {
                "number": str(n),
                "creator": random.choice([None, *people]),
                "campaign": random.choice(campaigns),
                "ordered_on": day(),
                "status": random.choice(["paid", "paid", "cancelled"]),
                "subtotal": 10_00,
            }
            unit.add("order", values)
    ALL_PARCELS[:] = rows(workspace, "shipment")
