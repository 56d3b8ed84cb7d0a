"""From parcels and posts to facts: what sending cost, who posted, what is on time."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from creator_crm.domain.deliverables import Deliverable
from creator_crm.domain.due import answers
from creator_crm.domain.metrics.facts import Facts, Known
from creator_crm.domain.seeding import Shipment, ShipmentItem

LEFT = frozenset({"shipped", "in_transit", "delivered", "returned", "lost"})


def parcel_facts(
    shipments: Iterable[Shipment],
    items: Iterable[ShipmentItem],
    deliverables: Iterable[Deliverable] = (),
) -> dict[str, Facts]:
    """What the parcels that left cost, by currency, and how many creators they reached and moved to post.

    Lost parcels cost all they held; what came back costs only its postage. Creators are counted in the
    currency of their parcel; presents without strings are in no post rate.
    """
    held: dict[int, list[ShipmentItem]] = defaultdict(list)
    for item in items:
        held[item.shipment or 0].append(item)
    posts: dict[int, list[Deliverable]] = defaultdict(list)
    for deliverable in deliverables:
        posts[deliverable.creator or 0].append(deliverable)
    parcels: Counter[str] = Counter()
    postage: Counter[str] = Counter()
    goods: Counter[str] = Counter()
    reached: dict[str, set[int]] = defaultdict(set)
    moved: dict[str, set[int]] = defaultdict(set)
    for parcel in shipments:
        if parcel.status not in LEFT:
            continue
        currency, creator = parcel.currency or "EUR", parcel.creator or 0
        parcels[currency] += 1
        postage[currency] += (parcel.postage or 0) + (parcel.duties or 0)
        if parcel.status != "returned":
            for item in held[parcel.id]:
                goods[item.currency or currency] += (item.unit_cost or 0) * (item.quantity or 0)
        if parcel.delivered_on is not None and not parcel.no_post_expected:
            reached[currency].add(creator)
            if any(answers(post, parcel) for post in posts[creator]):
                moved[currency].add(creator)
    return {
        currency: Facts(
            currency=currency,
            parcels=parcels[currency],
            postage=postage[currency],
            product_cost=goods[currency],
            creators_delivered=len(reached[currency]),
            creators_posted=len(moved[currency]),
        )
        for currency in {**parcels, **goods}
    }


def post_facts(deliverables: Iterable[Deliverable], today: str, currency: str = "EUR") -> Facts:
    """What the posts reached by their latest figures, and how many were on time on the day `today`.

    Only posts that are live or should be count; one that went live without a due date is on time.
    """
    counted = [d for d in deliverables if d.status != "cancelled"]
    live = [d for d in counted if is_live(d)]
    missed = [d for d in counted if not is_live(d) and d.due_on is not None and d.due_on < today]
    return Facts(
        currency=currency,
        posts_live=len(live),
        posts_due=len(live) + len(missed),
        posts_on_time=sum(d.due_on is None or (d.live_on or d.due_on) <= d.due_on for d in live),
        angles=frozenset(((d.hook or "").casefold(), d.format or "") for d in live),
        views=_measured(d.views for d in live),
        likes=_measured(d.likes for d in live),
        comments=_measured(d.comments for d in live),
        shares=_measured(d.shares for d in live),
        saves=_measured(d.saves for d in live),
    )


def is_live(deliverable: Deliverable) -> bool:
    """Whether the post is out: it has the status, or the day it went live."""
    return deliverable.status == "live" or (
        deliverable.live_on is not None and deliverable.status != "cancelled"
    )


def _measured(numbers: Iterable[Known]) -> Known:
    known = [number for number in numbers if number is not None]
    return sum(known) if known else None
