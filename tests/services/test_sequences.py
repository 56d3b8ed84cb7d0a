"""A sequence is planned for many in one step, stops at an answer, and keeps its distances."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from creator_crm.domain.errors import UserError
from creator_crm.services.workspace import Workspace

TODAY = date.today()


def day(days: int) -> str:
    return (TODAY + timedelta(days=days)).isoformat()


@pytest.fixture
def people(workspace: Workspace) -> list[int]:
    for position, (wait, goes_on) in enumerate(((0, False), (4, False), (7, True)), 1):
        step = {"sequence": "Hello", "position": position, "wait_days": wait, "goes_on_after_reply": goes_on}
        workspace.add("sequence_step", {**step, "channel": "email"})
    return [workspace.add("creator", {"name": name}) for name in ("Ana Blum", "Bo Kim")]


def ahead(workspace: Workspace, creator: int) -> list[tuple[Any, Any]]:
    return [(m.status, m.send_on) for m in workspace.conversation(creator) if m.sent_at is None]


def test_every_step_is_planned_for_everybody_in_one_step_to_undo(
    workspace: Workspace, people: list[int]
) -> None:
    workspace.start_sequence("Hello", people, day(1))
    for creator in people:
        assert ahead(workspace, creator) == [("planned", day(1)), ("planned", day(5)), ("planned", day(12))]
    assert workspace.change_sets()[0].label == "Start “Hello” with 2 creators"
    workspace.undo()
    assert [ahead(workspace, creator) for creator in people] == [[], []]


def test_an_answer_takes_the_rest_off_but_for_a_step_that_goes_on(
    workspace: Workspace, people: list[int]
) -> None:
    workspace.start_sequence("Hello", people, day(0))
    workspace.log_message(people[0], direction="in", body="Yes!", channel="email")
    assert [status for status, _ in ahead(workspace, people[0])] == ["skipped", "skipped", "planned"]
    assert [status for status, _ in ahead(workspace, people[1])] == ["planned"] * 3
    workspace.undo()
    assert [status for status, _ in ahead(workspace, people[0])] == ["planned"] * 3


def test_a_step_sent_late_moves_those_after_it_and_needs_no_follow_up(
    workspace: Workspace, people: list[int]
) -> None:
    workspace.start_sequence("Hello", people[:1], day(-3))
    first = workspace.conversation(people[0])[0]
    workspace.log_message(people[0], body="Hi", channel="email", planned=first.id)
    assert ahead(workspace, people[0]) == [("planned", day(4)), ("planned", day(11))]
    assert workspace.row("message", first.id).follow_up_on is None


def test_nobody_gets_the_same_sequence_twice_and_nobody_who_opted_out(
    workspace: Workspace, people: list[int]
) -> None:
    workspace.start_sequence("Hello", people[:1])
    with pytest.raises(UserError, match="planned for Ana Blum already"):
        workspace.start_sequence("Hello", people)
    workspace.opt_out(people[1:])
    with pytest.raises(UserError, match="Bo Kim asked not to be written to"):
        workspace.start_sequence("Hello", people[1:])
    assert ahead(workspace, people[1]) == []
    with pytest.raises(UserError, match="no steps"):
        workspace.start_sequence("Good-bye", people)
