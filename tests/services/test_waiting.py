"""Waiting for posts: reminders for many in one step, more time for samples, giving up."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from creator_crm.domain.errors import UserError
from creator_crm.domain.query import Query
from creator_crm.services.workspace import Workspace


def day(ahead: int) -> str:
    return (date.today() + timedelta(days=ahead)).isoformat()


@pytest.fixture
def arrived(workspace: Workspace) -> list[int]:
    """Three parcels that arrived twelve days ago; the second is a sample, the third creator opted out."""
    serum = workspace.add("product", {"name": "Serum", "sku": "S", "cost": 8_00})
    workspace.receive("S", 9, on=day(-40))
    made = []
    for name, kind in (("Ana", "gift"), ("Bea", "sample"), ("Cho", "gift")):
        creator = workspace.add("creator", {"name": name})
        parcel = {"creator": creator, "kind": kind, "status": "delivered", "postage": 5_00}
        made.append(workspace.add("shipment", {**parcel, "delivered_on": day(-12), "shipped_on": day(-15)}))
        workspace.add(
            "shipment_item", {"shipment": made[-1], "product": serum, "quantity": 1, "unit_cost": 8_00}
        )
    workspace.opt_out([creator])
    return made


@pytest.fixture
def template(workspace: Workspace) -> int:
    texts = {"name": "Where is it?", "purpose": "nudge", "channel": "email", "body": "Hi {{ first_name }}"}
    return workspace.add("template", {**texts})


def messages(workspace: Workspace) -> list[Any]:
    return list(workspace.rows("message", workspace.ids(Query("message"))))


def test_each_waiting_parcel_says_its_clock_what_it_cost_and_what_is_next(
    workspace: Workspace, arrived: list[int]
) -> None:
    found = {w.shipment.id: w for w in workspace.waiting_for_post()}
    gift, sample = found[arrived[0]], found[arrived[1]]
    assert (gift.days, gift.next_on, gift.clock.name, gift.can_extend) == (12, day(-5), "gifted", False)
    assert (sample.clock.name, sample.can_extend) == ("tiktok_free", True)
    assert gift.cost == {"EUR": 13_00}


def test_reminders_for_many_leave_out_who_must_be_left_alone_and_are_one_step(
    workspace: Workspace, arrived: list[int], template: int
) -> None:
    done = workspace.plan_reminders(arrived, template)
    assert done.left_out == ("Cho asked not to be written to.",)
    planned = messages(workspace)
    assert [(m.shipment, m.status, m.channel, m.send_on) for m in planned] == [
        (arrived[0], "planned", "email", day(0)),
        (arrived[1], "planned", "email", day(0)),
    ]
    assert {w.shipment.id: w.planned_on for w in workspace.waiting_for_post()}[arrived[0]] == day(0)
    with pytest.raises(UserError, match="A reminder to Ana is planned already"):
        workspace.plan_reminders(arrived, template)
    kinds = [item.kind for item in workspace.due()]
    assert kinds.count("send") == 2
    assert kinds.count("nudge") == 1, "only for the one of whom no reminder is planned"
    workspace.undo()
    assert messages(workspace) == []


def test_a_planned_reminder_is_counted_once_it_was_sent(
    workspace: Workspace, arrived: list[int], template: int
) -> None:
    workspace.plan_reminders(arrived[:1], template)
    (planned,) = messages(workspace)
    assert (workspace.row("shipment", arrived[0]).nudges or 0) == 0
    workspace.log_message(planned.creator, planned=planned.id, channel="email", body="Hi Ana")
    row = workspace.row("shipment", arrived[0])
    assert (row.nudges, row.nudged_on) == (1, day(0))


def test_a_reminder_typed_as_sent_counts_too_and_one_about_a_parcel_on_its_way_does_not(
    workspace: Workspace, arrived: list[int]
) -> None:
    creator = workspace.row("shipment", arrived[0]).creator
    told = {"creator": creator, "status": "sent", "sent_at": f"{day(0)}T10:00:00Z"}
    workspace.add("message", {**told, "shipment": arrived[0]})
    assert workspace.row("shipment", arrived[0]).nudges == 1
    under_way = workspace.add("shipment", {"creator": creator, "status": "shipped", "shipped_on": day(-30)})
    workspace.log_message(creator, parcel=under_way, body="Where is it?")
    assert not workspace.row("shipment", under_way).nudges
    assert messages(workspace)[-1].shipment == under_way


def test_a_sample_gets_seven_days_more_once_and_undo_takes_them_back(
    workspace: Workspace, arrived: list[int]
) -> None:
    workspace.nudge(arrived[1:2], on=day(-5))
    before = {w.shipment.id: w.next_on for w in workspace.waiting_for_post()}
    workspace.extend(arrived)
    after = {w.shipment.id: w for w in workspace.waiting_for_post()}
    assert before[arrived[1]] == day(0)
    assert after[arrived[1]].next_on == day(7)
    assert after[arrived[0]].next_on == before[arrived[0]], "a gift has no end to put off"
    with pytest.raises(UserError, match="extended once"):
        workspace.extend(arrived)
    workspace.undo()
    assert {w.shipment.id: w.next_on for w in workspace.waiting_for_post()} == before


def test_the_clock_of_a_kind_of_parcel_is_chosen(workspace: Workspace, arrived: list[int]) -> None:
    workspace.set_clocks({"sample": "tiktok_refundable", "gift": "nonsense"})
    found = {w.shipment.id: w for w in workspace.waiting_for_post()}
    assert found[arrived[1]].next_on == day(18)
    assert found[arrived[0]].clock.name == "gifted"


def test_parcels_given_up_on_are_shown_where_they_are_asked_for(
    workspace: Workspace, arrived: list[int]
) -> None:
    workspace.give_up(arrived)
    assert workspace.waiting_for_post() == []
    assert [w.shipment.id for w in workspace.waiting_for_post(these=arrived)] == arrived
