"""Adding, changing, trashing and archiving any record: one call, one transaction, one step to undo."""

from __future__ import annotations

from datetime import date

import pytest

from creator_crm.domain.errors import UserError
from creator_crm.domain.query import Query
from creator_crm.services.workspace import Workspace


def labels(workspace: Workspace) -> list[str]:
    return [step.label for step in workspace.change_sets()]


def test_a_creator_is_added_with_accounts_in_one_step(workspace: Workspace) -> None:
    accounts = [{"platform": "tiktok", "handle": "ana.b"}, {"platform": "instagram", "handle": "ana"}]
    number = workspace.add("creator", {"name": "Ana"}, {"account": accounts})
    assert [part.handle for part in workspace.parts("account", number)] == ["ana.b", "ana"]
    assert workspace.row("creator", number).stage == "prospect"
    assert labels(workspace) == ["Add creator Ana"]
    workspace.undo()
    assert workspace.count(Query("creator")) == workspace.count(Query("account")) == 0


def test_what_a_record_needs_is_named_before_anything_is_saved(workspace: Workspace) -> None:
    with pytest.raises(UserError, match="An account needs: Creator"):
        workspace.add("account", {"platform": "tiktok"})
    with pytest.raises(UserError, match="A campaign needs: Name"):
        workspace.add("campaign", {"goal": "sales"})
    assert labels(workspace) == []


def test_a_required_value_cannot_be_emptied(workspace: Workspace) -> None:
    number = workspace.add("campaign", {"name": "Spring"})
    with pytest.raises(UserError, match="Name cannot be empty"):
        workspace.edit("campaign", {number: {"name": None}})
    assert workspace.row("campaign", number).name == "Spring"


def test_figures_typed_for_a_creator_go_to_the_main_account_and_todays_snapshot(workspace: Workspace) -> None:
    values = {"name": "Ana", "handle": "ana.b", "platform": "instagram", "followers": 12_000}
    number = workspace.add("creator", values)
    (account,) = workspace.parts("account", number)
    assert (account.handle, account.platform, account.followers) == ("ana.b", "instagram", 12_000)
    workspace.edit("creator", {number: {"followers": 13_000, "engagement": 46_000}})
    (figures,) = workspace.parts("account_metrics", account.id)
    assert (figures.measured_on, figures.followers) == (date.today().isoformat(), 13_000)
    creator = workspace.row("creator", number)
    assert (creator.followers, creator.engagement, creator.handle) == (13_000, 46_000, "ana.b")
    workspace.undo()
    assert workspace.row("creator", number).followers == 12_000


def test_emptying_figures_that_never_were_makes_no_account(workspace: Workspace) -> None:
    number = workspace.add("creator", {"name": "Ana"})
    workspace.edit("creator", {number: {"followers": None, "handle": None}})
    assert workspace.parts("account", number) == []


def test_many_are_changed_in_one_step_that_says_so(workspace: Workspace) -> None:
    numbers = [workspace.add("creator", {"name": name}) for name in ("Ana", "Bea", "Cleo")]
    changes = workspace.edit("creator", {n: {"stage": "agreed", "owner": "Mara"} for n in numbers})
    assert changes.rows == {"creator": frozenset(numbers)}
    assert labels(workspace)[0] == "Change Stage, Owner of 3 creators"
    workspace.undo()
    assert {workspace.row("creator", n).stage for n in numbers} == {"prospect"}


def test_one_row_changed_by_somebody_else_refuses_the_whole_edit(workspace: Workspace) -> None:
    first, second = (workspace.add("creator", {"name": name}) for name in ("Ana", "Bea"))
    workspace.edit("creator", {second: {"tone": "warm"}})
    with pytest.raises(UserError, match="changed or removed meanwhile"):
        workspace.edit(
            "creator", {n: {"tone": "dry"} for n in (first, second)}, versions={first: 1, second: 1}
        )
    assert [workspace.row("creator", n).tone for n in (first, second)] == [None, "warm"]


def test_trash_takes_the_parts_along_and_restore_brings_them_back(workspace: Workspace) -> None:
    number = workspace.add("creator", {"name": "Ana", "handle": "ana"})
    workspace.trash("creator", [number])
    assert workspace.count(Query("creator")) == workspace.count(Query("account")) == 0
    assert list(workspace.ids(Query("creator", trashed=True))) == [number]
    workspace.restore("creator", [number])
    assert workspace.row("creator", number).handle == "ana"
    assert workspace.count(Query("account")) == 1
    assert labels(workspace)[:2] == ["Take 1 creator out of the trash", "Move 1 creator to the trash"]


def test_archived_creators_leave_the_list_and_lose_nothing(workspace: Workspace) -> None:
    number = workspace.add("creator", {"name": "Ana"})
    workspace.archive("creator", [number])
    assert workspace.count(Query("creator")) == 0
    assert workspace.count(Query("creator", archived=True)) == 1
    workspace.archive("creator", [number], archived=False)
    assert workspace.count(Query("creator")) == 1
    assert labels(workspace)[0] == "Bring 1 creator back from the archive"


def test_the_same_handle_twice_is_refused_by_name_and_nothing_is_half_done(workspace: Workspace) -> None:
    workspace.add("creator", {"name": "Ana", "handle": "ana.b"})
    with pytest.raises(UserError):
        workspace.add("creator", {"name": "Another Ana", "handle": "@Ana.B".lstrip("@")})
    assert workspace.count(Query("creator")) == 1


def test_a_records_history_says_who_changed_what_in_words(workspace: Workspace) -> None:
    number = workspace.add("campaign", {"name": "Spring", "budget": 100_000, "currency": "GBP"})
    workspace.store.who = "Jonas"
    workspace.edit("campaign", {number: {"budget": 125_050, "goal": "leads"}})
    newest, oldest = workspace.history("campaign", number)
    assert (newest.who, newest.action) == ("Jonas", "update")
    assert set(newest.changes) == {("Budget", "1000.00", "1250.50"), ("Goal", "Sales", "Leads")}
    assert (oldest.who, oldest.action) == ("Mara", "insert")
    assert ("Budget", "", "1000.00") in oldest.changes


def test_history_names_the_records_that_are_referred_to(workspace: Workspace) -> None:
    creator = workspace.add("creator", {"name": "Ana"})
    campaign = workspace.add("campaign", {"name": "Spring"})
    number = workspace.add("collaboration", {"creator": creator, "campaign": campaign})
    (line,) = workspace.history("collaboration", number)
    assert {("Creator", "", "Ana"), ("Campaign", "", "Spring")} <= set(line.changes)


def test_who_listens_hears_of_every_change_and_of_its_undo(workspace: Workspace) -> None:
    heard: list[tuple[str, bool]] = []
    workspace.listen(lambda changes: heard.append((changes.label, changes.touches("creator"))))
    workspace.add("creator", {"name": "Ana"})
    workspace.undo()
    assert heard == [("Add creator Ana", True), ("Undo: Add creator Ana", True)]
