"""Steps that make sense are taken and dated; the others are refused in words that say which do."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creator_crm.domain import statuses
from creator_crm.domain.campaigns import Collaboration
from creator_crm.domain.deliverables import Deliverable
from creator_crm.domain.errors import UserError
from creator_crm.domain.fields import Kind, describe
from creator_crm.domain.outreach import Message
from creator_crm.domain.results import Payment
from creator_crm.domain.seeding import Shipment
from creator_crm.domain.statuses import DELIVERABLE, MACHINES, MESSAGE, PAYMENT, SHIPMENT, Machine

ROWS = {"shipment": Shipment, "deliverable": Deliverable, "payment": Payment, "message": Message}
ROWS["collaboration"] = Collaboration

machines = st.sampled_from(list(MACHINES.values()))


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Machine, str, str]:
    machine = draw(machines)
    values = [s.value for s in machine.statuses]
    return machine, draw(st.sampled_from(values)), draw(st.sampled_from(values))


@pytest.mark.parametrize("name", MACHINES)
def test_a_machine_knows_exactly_the_statuses_that_its_record_offers_in_their_order(name: str) -> None:
    choices = describe(ROWS[name]).field("status").choices
    assert [s.value for s in MACHINES[name].statuses] == [c.value for c in choices]


@pytest.mark.parametrize("name", MACHINES)
def test_every_date_that_a_step_stamps_is_a_date_of_its_record(name: str) -> None:
    for status in MACHINES[name].statuses:
        if status.stamps:
            field = describe(ROWS[name]).field(status.stamps)
            assert field.kind is (Kind.MOMENT if status.stamps.endswith("_at") else Kind.DATE)


@pytest.mark.parametrize("name", MACHINES)
def test_every_status_is_reached_from_a_new_record_or_told_from_dates(name: str) -> None:
    machine = MACHINES[name]
    start = describe(ROWS[name]).field("status").default
    reached, queue = {start}, [str(start)]
    for at in queue:
        for following in machine.next(at):
            assert following in machine.by_value
            if following not in reached:
                reached.add(following)
                queue.append(following)
    computed = {s.value for s in machine.statuses if s.computed}
    assert reached | computed == set(machine.by_value)
    assert not reached & computed


@given(pairs())
def test_every_refusal_names_all_the_steps_that_make_sense(case: tuple[Machine, str, str]) -> None:
    machine, before, after = case
    try:
        statuses.step(machine, before, after)
    except UserError as refused:
        words = str(refused)
        assert words.startswith(machine.noun) and words.endswith(".")
        for value in machine.next(before):
            assert machine.by_value[value].done in words
        assert machine.next(before) or "nothing comes after that" in words
        assert after not in machine.next(before) or machine.by_value[after].computed
    else:
        assert before == after or after in machine.next(before)


@given(pairs())
def test_a_route_is_made_of_steps_that_make_sense_and_ends_where_it_should(
    case: tuple[Machine, str, str],
) -> None:
    machine, before, after = case
    try:
        way = statuses.route(machine, before, after)
    except UserError:
        with pytest.raises(UserError):
            statuses.step(machine, before, after)
        return
    at = before
    for following in way:
        statuses.step(machine, at, following)
        at = following
    assert at == after


@given(pairs())
def test_a_step_stamps_its_own_date_and_empties_only_later_ones(case: tuple[Machine, str, str]) -> None:
    machine, before, after = case
    changed = statuses.stamps(machine, before, after, "2026-11-22")
    own = machine.by_value[after].stamps
    assert not own or changed[own] == "2026-11-22"
    emptied = {field for field, value in changed.items() if value is None}
    assert not emptied or machine.goes_back(before, after)
    assert all(machine.goes_back(s.value, after) for s in machine.statuses if s.stamps in emptied)


def test_a_delivered_parcel_does_not_go_back_to_packed() -> None:
    with pytest.raises(UserError) as refused:
        statuses.step(SHIPMENT, "delivered", "packed")
    assert str(refused.value) == ("A parcel that was delivered cannot go back to packed; it can be returned.")


def test_a_draft_is_not_delivered_before_it_was_shipped() -> None:
    with pytest.raises(UserError) as refused:
        statuses.step(SHIPMENT, "draft", "delivered")
    assert str(refused.value) == (
        "A parcel that is a draft cannot be delivered; it can be approved, packed or shipped."
    )


def test_a_returned_parcel_is_the_end_of_it() -> None:
    assert SHIPMENT.is_terminal("returned")
    with pytest.raises(UserError, match="nothing comes after that"):
        statuses.step(SHIPMENT, "returned", "delivered")


def test_a_status_that_does_not_exist_is_refused_with_those_that_do() -> None:
    with pytest.raises(UserError, match="“sleeping”; it can be due, paid, overdue or cancelled"):
        statuses.step(PAYMENT, "due", "sleeping")


def test_late_and_overdue_are_never_set_by_hand() -> None:
    for before in ("planned", None):
        with pytest.raises(UserError, match="late by itself once its due date has passed"):
            statuses.step(DELIVERABLE, before, "late")
    with pytest.raises(UserError, match="overdue by itself"):
        statuses.step(PAYMENT, "due", "overdue")


def test_an_old_parcel_may_begin_as_delivered() -> None:
    statuses.step(SHIPMENT, None, "delivered")
    assert statuses.stamps(SHIPMENT, None, "delivered", "2026-11-02") == {"delivered_on": "2026-11-02"}


def test_a_carriers_word_takes_a_packed_parcel_the_shortest_way() -> None:
    assert statuses.route(SHIPMENT, "packed", "delivered") == ("shipped", "delivered")
    assert statuses.route(SHIPMENT, "lost", "delivered") == ("delivered",)
    assert statuses.route(SHIPMENT, "packed", "packed") == ()


def test_going_back_empties_the_dates_of_what_is_undone() -> None:
    assert statuses.stamps(SHIPMENT, "packed", "approved", "2026-11-22") == {
        "packed_on": None,
        "approved_on": "2026-11-22",
    }
    assert statuses.stamps(PAYMENT, "paid", "due", "2026-11-22") == {"paid_on": None}


def test_a_message_is_stamped_with_its_moment_and_a_parcel_with_its_day() -> None:
    now = "2026-11-22T14:05:00Z"
    assert statuses.stamps(MESSAGE, "planned", "sent", now) == {"sent_at": now}
    assert statuses.stamps(SHIPMENT, "packed", "shipped", now) == {"shipped_on": "2026-11-22"}


@pytest.mark.parametrize(
    ("status", "due_on", "shown"),
    [
        ("planned", "2026-11-21", "late"),
        ("approved", "2026-11-21", "late"),
        ("planned", "2026-11-22", "planned"),
        ("draft_in", None, "draft_in"),
        ("live", "2026-11-01", "live"),
        ("cancelled", "2026-11-01", "cancelled"),
        ("late", "2026-12-01", "planned"),
        (None, None, "planned"),
    ],
)
def test_a_deliverable_is_late_the_day_after_its_due_date(
    status: str | None, due_on: str | None, shown: str
) -> None:
    assert statuses.deliverable_status(status, due_on, "2026-11-22") == shown


@pytest.mark.parametrize(
    ("status", "due_on", "shown"),
    [
        ("due", "2026-11-21", "overdue"),
        ("due", "2026-11-22", "due"),
        ("overdue", "2026-12-01", "due"),
        ("paid", "2026-11-01", "paid"),
        ("cancelled", "2026-11-01", "cancelled"),
        (None, None, "due"),
    ],
)
def test_a_payment_is_overdue_the_day_after_its_due_date(
    status: str | None, due_on: str | None, shown: str
) -> None:
    assert statuses.payment_status(status, due_on, "2026-11-22") == shown
