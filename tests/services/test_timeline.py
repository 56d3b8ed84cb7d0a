"""One timeline tells a creator's whole story, newest first, in a handful of questions."""

from __future__ import annotations

import pytest

from creator_crm.services.timeline import TimelineEvent
from creator_crm.services.workspace import Workspace


@pytest.fixture
def ana(workspace: Workspace) -> int:
    address = {"address": [{"street": "Hauptstr. 1", "city": "Berlin"}]}
    number = workspace.add("creator", {"name": "Ana Blum", "handle": "ana.b"}, address)
    workspace.add("product", {"name": "Glow Serum", "sku": "GLOW"})
    workspace.receive("GLOW", 5)
    return number


def told(events: list[TimelineEvent], *kinds: str) -> list[tuple[str, str, str]]:
    return [(e.at, e.title, e.text) for e in events if not kinds or e.kind in kinds]


def test_the_whole_story_is_told_newest_first(workspace: Workspace, ana: int) -> None:
    workspace.log_message(ana, body="Hello Ana", at="2025-03-01T09:00:00Z")
    workspace.log_message(
        ana, direction="in", channel="email", subject="Re", body="Yes", at="2025-03-02T09:00:00Z"
    )
    (parcel,) = workspace.ship({"GLOW": 1}, [ana]).shipments
    workspace.edit("shipment", {parcel: {"approved_on": "2025-03-03"}})
    workspace.advance([parcel], "shipped", "2025-03-04")
    workspace.advance([parcel], "delivered", "2025-03-07")
    post = {"creator": ana, "name": "My routine", "live_on": "2025-03-20", "live_url": "https://t.example/1"}
    workspace.add("deliverable", post)
    workspace.add(
        "order",
        {"number": "1001", "creator": ana, "ordered_on": "2025-03-21", "total": 4500, "currency": "EUR"},
    )
    paid = {"creator": ana, "amount": 5000, "currency": "EUR", "status": "paid", "paid_on": "2025-03-30"}
    workspace.add("payment", paid)
    assert told(workspace.timeline(ana), "message", "parcel", "deliverable", "order", "payment") == [
        ("2025-03-30", "Paid · 50.00 EUR", "Fee"),
        ("2025-03-21", "Order 1001 · 45.00 EUR", ""),
        ("2025-03-20", "Post went live", "My routine · https://t.example/1"),
        ("2025-03-07", "Parcel delivered", "GLOW"),
        ("2025-03-04", "Parcel shipped", "GLOW"),
        ("2025-03-03", "Parcel approved", "GLOW"),
        ("2025-03-02T09:00:00Z", "From creator · E-mail", "Re · Yes"),
        ("2025-03-01T09:00:00Z", "To creator · TikTok DM", "Hello Ana"),
    ]


def test_changes_are_told_in_words_with_who_made_them(workspace: Workspace, ana: int) -> None:
    campaign = workspace.add("campaign", {"name": "Spring"})
    workspace.store.who = "Jonas"
    workspace.edit("creator", {ana: {"stage": "agreed", "owner": "Jonas"}})
    workspace.join_campaign(campaign, [ana])
    joined, changed, added = (e for e in workspace.timeline(ana) if e.kind == "change")
    assert (joined.title, "Campaign: Spring" in joined.text) == ("Add 1 creator to Spring", True)
    assert (changed.who, changed.text) == ("Jonas", "Stage: Prospect → Agreed\nOwner: Jonas")
    assert (added.title, added.who) == ("Add creator Ana Blum", "Mara")
    workspace.undo()
    assert "Add 1 creator to Spring" not in {e.title for e in workspace.timeline(ana)}


def test_what_a_message_changed_is_told_by_the_message_alone(workspace: Workspace, ana: int) -> None:
    workspace.log_message(ana)
    assert workspace.row("creator", ana).stage == "contacted"
    assert [e.title for e in workspace.timeline(ana)] == ["To creator · TikTok DM", "Add creator Ana Blum"]


def test_trashed_messages_and_other_creators_are_no_part_of_it(workspace: Workspace, ana: int) -> None:
    bea = workspace.add("creator", {"name": "Bea"})
    workspace.log_message(bea)
    (message,) = workspace.log_message(ana).messages
    workspace.trash("message", [message])
    assert [e.kind for e in workspace.timeline(ana)] == ["change"]


def test_pages_follow_each_other_without_a_gap(workspace: Workspace, ana: int) -> None:
    for n in range(1, 10):
        workspace.log_message(ana, at=f"2025-03-0{n}T09:00:00Z", body=f"No. {n}")
    whole = workspace.timeline(ana)
    assert workspace.timeline_length(ana) == len(whole) == 10
    paged = [event for start in range(0, 10, 3) for event in workspace.timeline(ana, limit=3, offset=start)]
    assert paged == whole


def test_a_longer_story_takes_no_more_questions(workspace: Workspace, ana: int) -> None:
    def statements() -> int:
        seen: list[str] = []
        with workspace.store.read_raw() as raw:
            raw.set_trace_callback(seen.append)
        workspace.timeline(ana, limit=200)
        with workspace.store.read_raw() as raw:
            raw.set_trace_callback(None)
        return len(seen)

    def live(n: int) -> None:
        campaign = workspace.add("campaign", {"name": f"Campaign {n}"})
        workspace.join_campaign(campaign, [ana])
        workspace.log_message(ana, campaign=campaign)
        workspace.add("payment", {"creator": ana, "amount": 1, "status": "paid", "paid_on": "2025-01-01"})

    live(0)
    few = statements()
    for n in range(1, 12):
        live(n)
    assert statements() == few <= 12
