"""Today: everything that is due from all records in one list, asked in a handful of questions."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Callable
from contextlib import contextmanager
from typing import Any

import pytest

from creator_crm.services.workspace import Workspace

ON = "2026-11-20"  # a Friday


def ask(workspace: Workspace, **said: Any) -> list[tuple[str, str, str]]:
    return [(item.kind, item.due_on, item.why) for item in workspace.due(ON, **said)]


@pytest.fixture
def ana(workspace: Workspace) -> int:
    return workspace.add("creator", {"name": "Ana", "handle": "ana"})


@pytest.fixture
def statements(workspace: Workspace) -> Callable[[Callable[[], Any]], list[str]]:
    """The statements that a question sends to the database."""

    def heard(question: Callable[[], Any]) -> list[str]:
        seen: list[str] = []
        readers = workspace.store._readers
        for connection in _all(readers):
            connection.set_trace_callback(seen.append)
        question()
        for connection in _all(readers):
            connection.set_trace_callback(None)
        return seen

    def _all(readers: Any) -> list[sqlite3.Connection]:
        with readers.one():
            pass
        return list(readers._free)

    return heard


def test_every_kind_of_thing_is_in_one_list_the_most_urgent_first(workspace: Workspace, ana: int) -> None:
    add = workspace.add
    campaign = add("campaign", {"name": "Spring"})
    add(
        "message",
        {"creator": ana, "direction": "in", "status": "received", "sent_at": "2026-11-18T09:00:00Z"},
    )
    bea = add("creator", {"name": "Bea"})
    late = {"creator": bea, "status": "sent", "sent_at": "2026-11-10T09:00:00Z", "follow_up_on": "2026-11-14"}
    add("message", late)
    add("message", {"creator": bea, "send_on": ON})
    add("shipment", {"creator": ana, "status": "packed", "packed_on": "2026-11-15"})
    add("shipment", {"creator": bea, "status": "delivered", "delivered_on": "2026-11-01"})
    add("deliverable", {"creator": ana, "status": "draft_in", "draft_in_on": "2026-11-17"})
    add("deliverable", {"creator": bea, "due_on": "2026-11-25"})
    add("asset", {"name": "Unboxing", "rights_until": "2026-11-30", "spark_until": "2026-11-21"})
    part = add("collaboration", {"creator": ana, "campaign": campaign})
    add("terms", {"collaboration": part, "rights_until": "2026-12-01"})
    add("payment", {"creator": ana, "amount": 5000, "currency": "EUR", "due_on": "2026-11-12"})
    product = add("product", {"name": "Glow Serum", "sku": "GLOW", "reorder_level": 5})
    add("stock_movement", {"product": product, "quantity": 3, "moved_on": "2026-11-01"})
    add("deliverable", {"creator": ana, "status": "live", "live_on": "2026-10-01", "name": "Old one"})
    assert ask(workspace) == [
        ("nudge", "2026-11-08", "Bea has had the parcel for 19 days and has not posted; nudge 1 of 3."),
        ("payment", "2026-11-12", "50.00 EUR to Ana, 8 days overdue."),
        ("follow_up", "2026-11-14", "Bea has not answered the message sent 10 days ago."),
        ("ship", "2026-11-15", "The parcel for Ana is packed and not yet shipped."),
        ("weekly_review", "2026-11-16", "Ten minutes: what to scale, keep, pause or drop this week."),
        ("answer", "2026-11-18", "Ana wrote 2 days ago and waits for an answer."),
        ("approve", ON, "The draft of Ana came in 3 days ago."),
        ("send", ON, "The message to Bea was planned for this day."),
        ("reorder", ON, "3 pieces left of “Glow Serum”, reorder at 5."),
        ("spark_code", "2026-11-21", "The Spark code of “Unboxing” ends tomorrow."),
        ("post", "2026-11-25", "The post of Bea is expected in 5 days."),
        ("rights", "2026-11-30", "The rights in “Unboxing” end in 10 days."),
        ("rights", "2026-12-01", "The agreed rights end in 11 days."),
    ]
    assert workspace.due_counts(workspace.due(ON))["rights"] == 2
    assert [item.kind for item in workspace.queue(ON)] == ["follow_up", "answer", "send"]
    numbers = workspace.due_rows(workspace.due(ON))
    review, *others = sorted(workspace.due(ON), key=lambda item: item.kind != "weekly_review")
    assert (review.record, review.key) not in numbers
    assert all(workspace.row(i.record, numbers[i.record, i.key]).uid == i.key for i in others)


def test_an_empty_workspace_has_nothing_due(workspace: Workspace) -> None:
    assert workspace.due() == workspace.queue() == []


def test_the_last_word_of_a_conversation_decides(workspace: Workspace, ana: int) -> None:
    workspace.log_message(ana, at="2026-11-01T09:00:00Z")
    assert [kind for kind, _, _ in ask(workspace)] == ["follow_up"]
    workspace.log_message(ana, direction="in", at="2026-11-10T09:00:00Z")
    assert [kind for kind, _, _ in ask(workspace)] == ["answer"]
    workspace.log_message(ana, at="2026-11-19T09:00:00Z")
    assert ask(workspace) == []


def test_who_is_archived_or_opted_out_is_not_asked_to_be_written_to(workspace: Workspace, ana: int) -> None:
    workspace.log_message(ana, at="2026-11-01T09:00:00Z")
    workspace.archive("creator", [ana])
    assert ask(workspace) == []
    workspace.undo()
    workspace.opt_out([ana])
    assert ask(workspace) == []


def test_a_campaign_narrows_the_list_to_what_is_its_own(workspace: Workspace, ana: int) -> None:
    spring, autumn = (workspace.add("campaign", {"name": name}) for name in ("Spring", "Autumn"))
    workspace.add("payment", {"creator": ana, "campaign": spring, "amount": 100, "due_on": ON})
    workspace.add("shipment", {"creator": ana, "campaign": autumn, "status": "approved"})
    part = workspace.add("collaboration", {"creator": ana, "campaign": autumn})
    workspace.add("terms", {"collaboration": part, "rights_until": ON})
    assert [kind for kind, _, _ in ask(workspace, campaign=spring)] == ["payment"]
    assert {kind for kind, _, _ in ask(workspace, campaign=autumn)} == {"ship", "rights"}


def test_nudges_come_on_the_days_that_were_set(workspace: Workspace, ana: int) -> None:
    workspace.add("shipment", {"creator": ana, "status": "delivered", "delivered_on": "2026-11-17"})
    assert ask(workspace) == []
    workspace.set_setting("nudge_days", [2, 30])
    assert ask(workspace) == [
        ("nudge", "2026-11-19", "Ana has had the parcel for 3 days and has not posted; nudge 1 of 2.")
    ]


def test_the_number_of_questions_does_not_grow_with_what_is_due(
    workspace: Workspace, ana: int, statements: Callable[[Callable[[], Any]], list[str]]
) -> None:
    def fill(count: int) -> None:
        for n in range(count):
            creator = workspace.add("creator", {"name": f"Creator {n}"})
            workspace.add("payment", {"creator": creator, "amount": 1, "due_on": ON})
            workspace.add(
                "shipment", {"creator": creator, "status": "delivered", "delivered_on": "2026-11-01"}
            )
            workspace.log_message(creator, at="2026-11-01T09:00:00Z")

    fill(1)
    few = len(statements(lambda: workspace.due(ON)))
    fill(10)
    assert len(statements(lambda: workspace.due(ON))) == few <= 20
    assert len(workspace.due(ON)) == 33


def test_no_table_that_grows_for_years_is_read_whole_for_what_is_due(
    workspace: Workspace, ana: int, statements: Callable[[Callable[[], Any]], list[str]]
) -> None:
    workspace.due(ON)
    asked = statements(lambda: workspace.due(ON))
    long = [sql for sql in asked if re.search(r'FROM "?(message|shipment|deliverable|payment)\b', sql)]
    assert len(long) >= 7
    with workspace.store.read_raw() as raw:
        plans = [str(step[3]) for sql in long for step in raw.execute(f"EXPLAIN QUERY PLAN {sql}")]
    read = {step for step in plans if step.startswith("SCAN") and "_open" not in step}
    assert all("VIRTUAL TABLE" in step for step in read), read


def test_a_post_answers_a_parcel_whether_made_for_it_or_live_after_it_came(
    workspace: Workspace, ana: int
) -> None:
    def parcel(on: str) -> int:
        return workspace.add("shipment", {"creator": ana, "status": "delivered", "delivered_on": on})

    older, newer = parcel("2026-10-01"), parcel("2026-10-20")
    live = {"creator": ana, "status": "live"}
    workspace.add("deliverable", {**live, "live_on": "2026-09-30"})
    assert len(ask(workspace)) == 3, "a post from before says nothing; two parcels and the weekly review"
    workspace.add("deliverable", {**live, "live_on": "2026-09-29", "shipment": newer})
    assert [w.shipment.id for w in workspace.waiting_for_post(ON)] == [older]
    workspace.add("deliverable", {**live, "live_on": "2026-10-02"})
    assert workspace.waiting_for_post(ON) == []


@pytest.mark.benchmark
def test_a_hundred_thousand_creators_are_looked_through_in_under_a_second(workspace: Workspace) -> None:
    count = 100_000
    with _bulk(workspace) as unit:
        creators = unit.add_rows("creator", ["name"], [[f"Creator {n}"] for n in range(count)])
        columns = ["creator", "direction", "status", "sent_at", "follow_up_on"]
        unit.add_rows(
            "message",
            columns,
            [
                [c, "out", "sent", "2026-11-01T09:00:00Z", ON if n % 20 == 0 else "2026-12-01"]
                for n, c in enumerate(creators)
            ],
        )
        unit.add_rows(
            "shipment",
            ["creator", "status", "delivered_on"],
            [[c, "delivered", "2026-11-01" if n % 50 == 0 else ON] for n, c in enumerate(creators[:20_000])],
        )
    began = time.process_time()
    items = workspace.due(ON)
    took = time.process_time() - began
    assert took < 1, f"{took:.2f} s"
    assert len(items) == 5_000 + 400


@contextmanager
def _bulk(workspace: Workspace) -> Any:
    with workspace.store.change("Fill", bulk=True) as unit:
        yield unit
