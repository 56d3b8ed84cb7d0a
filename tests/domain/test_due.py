"""What is due on one fixed day, and what is not any more."""

from __future__ import annotations

from dataclasses import replace

import pytest

from creator_crm.domain import due
from creator_crm.domain.deliverables import Asset, Deliverable
from creator_crm.domain.due import DueItem
from creator_crm.domain.outreach import Message, Terms
from creator_crm.domain.results import Payment, WeeklyDecision
from creator_crm.domain.seeding import Shipment

TODAY = "2026-11-18"  # a Wednesday
NAMES = {4: "Jade Park", 5: "Ana Ruiz"}

SENT = Message(
    id=1,
    uid="m1",
    creator=4,
    status="sent",
    sent_at="2026-11-11T09:00:00Z",
    follow_up_on="2026-11-16",
)
PARCEL = Shipment(uid="s1", creator=4, status="delivered", delivered_on="2026-11-08")
DRAFT = Deliverable(uid="d1", creator=4, status="draft_in", draft_in_on="2026-11-17", due_on="2026-11-21")


def kinds(items: list[DueItem]) -> list[tuple[str, str]]:
    return [(item.kind, item.due_on) for item in items]


def test_a_follow_up_nobody_answered_is_due() -> None:
    assert due.follow_ups([SENT], NAMES, TODAY) == [
        DueItem(
            "follow_up",
            "message",
            "m1",
            "2026-11-16",
            "Jade Park has not answered the message sent 7 days ago.",
            "outreach.follow_up",
        )
    ]


def test_a_follow_up_in_the_future_is_not_due_yet() -> None:
    assert due.follow_ups([replace(SENT, follow_up_on="2026-11-19")], NAMES, TODAY) == []
    assert due.follow_ups([replace(SENT, follow_up_on=TODAY)], NAMES, TODAY) != []


def test_an_answer_takes_the_follow_up_away_and_waits_for_yours() -> None:
    answer = Message(
        id=2, uid="m2", creator=4, direction="in", status="received", sent_at="2026-11-17T20:00:00Z"
    )
    items = due.follow_ups([answer, SENT], NAMES, TODAY)
    assert kinds(items) == [("answer", "2026-11-17")]
    assert items[0].why == "Jade Park wrote yesterday and waits for an answer."
    assert due.follow_ups([SENT, replace(answer, status="answered")], NAMES, TODAY) == []


def test_a_newer_message_of_ours_takes_an_older_follow_up_away() -> None:
    newer = replace(SENT, id=2, uid="m2", sent_at="2026-11-16T10:00:00Z", follow_up_on="2026-11-23")
    assert due.follow_ups([newer, SENT], NAMES, TODAY) == []


def test_nobody_is_due_who_must_not_be_written_to() -> None:
    assert due.follow_ups([SENT], NAMES, TODAY, blocked={4}) == []


def test_a_planned_message_is_due_on_its_day() -> None:
    planned = Message(uid="m3", creator=5, status="planned", send_on=TODAY)
    assert kinds(due.follow_ups([planned], NAMES, TODAY)) == [("send", TODAY)]
    assert due.follow_ups([replace(planned, send_on="2026-11-19")], NAMES, TODAY) == []
    assert due.follow_ups([replace(planned, status="skipped")], NAMES, TODAY) == []


def test_parcels_that_have_not_left_are_due_with_their_next_step() -> None:
    parcels = [
        Shipment(uid="a", creator=4, status="draft", created_at="2026-11-10T08:00:00Z"),
        Shipment(uid="b", creator=4, status="approved", approved_on="2026-11-12", ship_by="2026-11-20"),
        Shipment(uid="c", creator=9, status="packed", packed_on="2026-11-17"),
        Shipment(uid="d", creator=4, status="shipped"),
    ]
    items = due.samples_to_ship(parcels, NAMES, TODAY)
    assert [(i.key, i.due_on, i.action) for i in items] == [
        ("a", "2026-11-17", "seeding.approve"),
        ("b", "2026-11-20", "seeding.pack"),
        ("c", "2026-11-17", "seeding.ship"),
    ]
    assert items[2].why == "The parcel for a creator is packed and not yet shipped."


@pytest.mark.parametrize(
    ("delivered_on", "nudges", "nudged_on", "expected"),
    [
        ("2026-11-12", 0, None, None),  # day 6
        ("2026-11-11", 0, None, ("nudge", "2026-11-18")),  # day 7
        ("2026-11-08", 0, None, ("nudge", "2026-11-15")),  # day 10, the first nudge is still missing
        ("2026-11-08", 1, "2026-11-15", ("nudge", "2026-11-18")),  # day 10
        ("2026-11-06", 1, "2026-11-18", None),  # nudged today, three days late: not twice on one day
        ("2026-11-04", 2, "2026-11-14", ("nudge", "2026-11-18")),  # day 14
        ("2026-11-01", 3, "2026-11-15", ("ghost", "2026-11-18")),  # three days after the last nudge
        ("2026-11-02", 3, "2026-11-16", None),
    ],
)
def test_nudges_come_on_day_7_10_and_14_and_then_you_give_up(
    delivered_on: str, nudges: int, nudged_on: str | None, expected: tuple[str, str] | None
) -> None:
    parcel = replace(PARCEL, delivered_on=delivered_on, nudges=nudges, nudged_on=nudged_on)
    assert kinds(due.delivered_no_post([parcel], [], NAMES, TODAY)) == ([expected] if expected else [])


def test_an_earlier_day_knows_nothing_of_what_came_after_it() -> None:
    parcels = [
        Shipment(uid="a", creator=4, status="draft", created_at="2026-11-21T12:00:00Z"),
        Shipment(uid="b", creator=4, status="draft", created_at="2026-11-21T12:00:00Z", ship_by="2026-11-25"),
    ]
    assert [item.key for item in due.samples_to_ship(parcels, NAMES, "2026-11-20")] == ["b"]
    assert [item.key for item in due.samples_to_ship(parcels, NAMES, "2026-11-21")] == ["a", "b"]
    draft = Deliverable(uid="c", creator=4, status="draft_in", draft_in_on="2026-11-21")
    assert due.drafts_to_approve([draft], NAMES, "2026-11-20") == []
    message = Message(uid="d", creator=4, direction="in", status="received", sent_at="2026-11-21T12:00:00Z")
    assert due.follow_ups([message], NAMES, "2026-11-20") == []
    assert len(due.follow_ups([message], NAMES, "2026-11-21")) == 1


def test_the_reason_says_how_long_the_parcel_has_been_there() -> None:
    (item,) = due.delivered_no_post([PARCEL], [], NAMES, TODAY)
    assert item.why == "Jade Park has had the parcel for 10 days and has not posted; nudge 1 of 3."
    (item,) = due.delivered_no_post([replace(PARCEL, nudges=3, delivered_on="2026-10-30")], [], NAMES, TODAY)
    assert item.why == "Jade Park has had the parcel for 19 days and has not posted, after 3 nudges."
    assert item.action == "seeding.give_up"


@pytest.mark.parametrize(
    "parcel",
    [
        replace(PARCEL, posted_on="2026-11-10"),
        replace(PARCEL, ghosted_on="2026-11-10"),
        replace(PARCEL, no_post_expected=True),
        replace(PARCEL, status="returned"),
        replace(PARCEL, delivered_on=None),
    ],
)
def test_nobody_is_nudged_who_posted_gave_back_or_owes_nothing(parcel: Shipment) -> None:
    assert due.delivered_no_post([parcel], [], NAMES, TODAY) == []


def test_a_post_after_the_delivery_ends_the_waiting_even_if_nobody_tied_it_to_the_parcel() -> None:
    post = Deliverable(creator=4, status="live", live_on="2026-11-12")
    assert due.delivered_no_post([PARCEL], [post], NAMES, TODAY) == []
    assert due.delivered_no_post([PARCEL], [replace(post, creator=5)], NAMES, TODAY) != []


def test_drafts_wait_for_your_yes_three_days_at_most() -> None:
    items = due.drafts_to_approve([DRAFT, replace(DRAFT, status="approved")], NAMES, TODAY)
    assert kinds(items) == [("approve", "2026-11-20")]
    assert items[0].why == "The draft of Jade Park came in yesterday."


def test_posts_of_this_week_and_late_ones_are_expected() -> None:
    posts = [
        replace(DRAFT, uid="late", due_on="2026-11-16"),
        replace(DRAFT, uid="today", due_on=TODAY),
        replace(DRAFT, uid="edge", due_on="2026-11-25"),
        replace(DRAFT, uid="later", due_on="2026-11-26"),
        replace(DRAFT, uid="live", status="live", due_on="2026-11-16"),
        replace(DRAFT, uid="off", status="cancelled", due_on="2026-11-16"),
        replace(DRAFT, uid="open", due_on=None),
    ]
    items = due.posts_expected(posts, NAMES, TODAY)
    assert [(i.key, i.why) for i in items] == [
        ("late", "The post of Jade Park is 2 days late."),
        ("today", "The post of Jade Park is expected today."),
        ("edge", "The post of Jade Park is expected in 7 days."),
    ]


def test_rights_are_announced_two_weeks_and_spark_codes_one_week_ahead() -> None:
    assets = [
        Asset(uid="a", name="Hook 1", rights_until="2026-12-02", spark_until="2026-11-25"),
        Asset(uid="b", name="Hook 2", rights_until="2026-12-03", spark_until="2026-11-26"),
        Asset(uid="c", name="Hook 3", rights_until="2026-11-17", spark_until=None),
        Asset(uid="d", name="Hook 4", rights_until="2026-11-01"),
    ]
    terms = [Terms(uid="t", rights_until="2026-11-19"), Terms(uid="u", rights_until=TODAY, status="ended")]
    items = due.rights_ending(assets, terms, TODAY)
    assert [(i.kind, i.key, i.why) for i in items] == [
        ("rights", "a", "The rights in “Hook 1” end in 14 days."),
        ("spark_code", "a", "The Spark code of “Hook 1” ends in 7 days."),
        ("rights", "c", "The rights in “Hook 3” ran out yesterday."),
        ("rights", "t", "The agreed rights end tomorrow."),
    ]


def test_payments_are_due_in_their_own_currency_until_they_are_paid() -> None:
    payments = [
        Payment(uid="a", creator=4, amount=250_00, due_on="2026-11-17"),
        Payment(uid="b", payee="Studio Nord", amount=900, currency="JPY", due_on="2026-11-25"),
        Payment(uid="c", creator=4, amount=1, due_on="2026-11-26"),
        Payment(uid="d", creator=4, amount=1, due_on="2026-11-01", status="paid"),
        Payment(uid="e", creator=4, amount=1, due_on="2026-11-01", status="cancelled"),
        Payment(uid="f", creator=4, amount=1),
    ]
    assert [(i.key, i.why) for i in due.payments_due(payments, NAMES, TODAY)] == [
        ("a", "250.00 EUR to Jade Park, 1 day overdue."),
        ("b", "900 JPY to Studio Nord, due in 7 days."),
    ]


def test_the_weekly_review_is_due_once_a_week_as_soon_as_something_is_live() -> None:
    live = [Deliverable(live_on="2026-11-02")]
    (item,) = due.weekly_review([], live, TODAY)
    assert (item.due_on, item.action) == ("2026-11-16", "results.review")
    assert due.weekly_review([], [DRAFT], TODAY) == []
    assert due.weekly_review([WeeklyDecision(week_on="2026-11-16")], live, TODAY) == []
    assert due.weekly_review([WeeklyDecision(week_on="2026-11-09")], live, TODAY) != []
    assert due.weekly_review([], live, TODAY, weekday=4) == []


def test_the_oldest_comes_first_and_on_one_day_what_costs_most_when_forgotten() -> None:
    items = [
        DueItem("follow_up", "message", "a", "2026-11-17", "", ""),
        DueItem("payment", "payment", "b", "2026-11-17", "", ""),
        DueItem("weekly_review", "weekly_decision", "c", "2026-11-16", "", ""),
        DueItem("nudge", "shipment", "d", "2026-11-17", "", ""),
    ]
    assert [item.key for item in due.most_urgent_first(items)] == ["c", "b", "d", "a"]
