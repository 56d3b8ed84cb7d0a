"""Parcels and posts: lost ones cost, ghosted ones count, late ones are late."""

from __future__ import annotations

from dataclasses import replace

from creator_crm.domain.deliverables import Deliverable
from creator_crm.domain.due import answers
from creator_crm.domain.metrics import metric
from creator_crm.domain.metrics.program_facts import parcel_facts, post_facts
from creator_crm.domain.seeding import Shipment, ShipmentItem

PARCEL = Shipment(id=1, creator=4, campaign=2, status="delivered", postage=4_90, delivered_on="2026-11-02")
POST = Deliverable(id=1, creator=4, campaign=2, status="live", live_on="2026-11-09")


def test_a_post_answers_the_parcel_it_names_or_the_one_that_came_before_it() -> None:
    assert answers(POST, PARCEL)
    assert answers(replace(POST, campaign=None), PARCEL)
    assert not answers(replace(POST, campaign=3), PARCEL)
    assert not answers(replace(POST, creator=5), PARCEL)
    assert not answers(replace(POST, live_on="2026-11-01"), PARCEL)
    assert not answers(replace(POST, live_on=None), PARCEL)
    assert not answers(replace(POST, status="cancelled"), PARCEL)
    assert answers(replace(POST, shipment=1, campaign=3, live_on="2026-11-01"), PARCEL)
    assert not answers(replace(POST, shipment=8), PARCEL)


def test_lost_and_ghosted_parcels_are_in_the_cost_of_a_live_post() -> None:
    parcels = [
        PARCEL,  # posted
        replace(PARCEL, id=2, creator=5),  # ghosted
        replace(PARCEL, id=3, creator=6, status="lost", delivered_on=None),
        replace(PARCEL, id=4, creator=7, status="returned", delivered_on=None),  # the goods came back
        replace(PARCEL, id=5, creator=8, status="packed", delivered_on=None),  # has cost nothing yet
        replace(PARCEL, id=6, creator=9, no_post_expected=True),  # in the cost, not in the rate
    ]
    items = [ShipmentItem(shipment=p.id, quantity=2, unit_cost=6_00) for p in parcels]
    facts = parcel_facts(parcels, items, [POST])["EUR"]
    # Five parcels left: 5 x 4.90 postage; goods of four: 4 x 2 x 6.00.
    assert (facts.parcels, facts.postage, facts.product_cost) == (5, 24_50, 48_00)
    assert (facts.creators_posted, facts.creators_delivered) == (1, 2)
    whole = facts + post_facts([POST], "2026-11-22")
    assert str(metric("cost_per_live_post", whole).value) == "72.500000"  # 24.50 + 48.00 for one post
    assert str(metric("post_rate", whole).value) == "0.500000"


def test_two_parcels_to_one_creator_are_one_creator_who_posted() -> None:
    again = replace(PARCEL, id=2, delivered_on="2026-11-20")
    facts = parcel_facts([PARCEL, again], [], [POST])["EUR"]
    assert (facts.creators_delivered, facts.creators_posted) == (1, 1)


def test_posts_are_on_time_until_the_end_of_their_due_date() -> None:
    posts = [
        replace(POST, due_on="2026-11-09"),  # on the last day
        replace(POST, due_on="2026-11-08"),  # a day late
        POST,  # live without a due date
        Deliverable(status="approved", due_on="2026-11-21"),  # should be live
        Deliverable(status="approved", due_on="2026-11-22"),  # has until tonight
        Deliverable(status="cancelled", due_on="2026-11-01"),
    ]
    facts = post_facts(posts, "2026-11-22")
    assert (facts.posts_live, facts.posts_due, facts.posts_on_time) == (3, 4, 2)


def test_only_live_posts_bring_views_and_angles() -> None:
    posts = [
        replace(POST, views=1000, likes=50, hook="Dupe?", format="review"),
        replace(POST, views=None, hook="dupe?", format="review"),
        Deliverable(status="planned", hook="Other", format="live", views=9),
    ]
    facts = post_facts(posts, "2026-11-22")
    assert (facts.views, facts.likes, facts.saves) == (1000, 50, None)
    assert len(facts.angles) == 1
