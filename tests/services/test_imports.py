"""Importing: who is matched with whom, what is kept, what is refused, and that nothing is done twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from stored import rows

from creator_crm.domain.errors import Cancelled, UserError
from creator_crm.services import imports
from creator_crm.services.imports import Action, Keep, Options, Rehearsal
from creator_crm.services.workspace import Workspace

Rehearse = Callable[..., Rehearsal]


def everything(workspace: Workspace) -> dict[str, list[tuple[Any, ...]]]:
    with workspace.store.read_raw() as raw:
        return {
            name: raw.execute(f'SELECT * FROM "{name}" ORDER BY id').fetchall()
            for name in workspace.catalogue
        }


LIST = "Handle,Name,Followers,Email\n@ana,Ana Diaz,12K,ana@x.com\n@bo,Bo Kim,3M,bo@y.com\n"


def test_a_list_becomes_creators_with_accounts_and_figures(workspace: Workspace, rehearse: Rehearse) -> None:
    result = imports.write(rehearse(LIST, measured_on="2026-05-01"))
    assert result.counts["created"] == 2
    assert rows(workspace, "creator", "name, email, stage, handle, platform, followers") == [
        ("Ana Diaz", "ana@x.com", "prospect", "ana", "tiktok", 12_000),
        ("Bo Kim", "bo@y.com", "prospect", "bo", "tiktok", 3_000_000),
    ]
    assert rows(workspace, "account_metrics", "measured_on, followers") == [
        ("2026-05-01", 12_000),
        ("2026-05-01", 3_000_000),
    ]
    step = workspace.next_undo()
    assert step is not None
    assert (step.label, step.origin) == ("Import 2 creators from tiktok list.csv", "import")


def test_a_rehearsal_writes_nothing(workspace: Workspace, rehearse: Rehearse) -> None:
    before = everything(workspace)
    rehearsal = rehearse(LIST)
    assert rehearsal.counts["created"] == 2
    assert everything(workspace) == before
    assert workspace.change_sets() == []


def test_undo_takes_an_import_back_byte_for_byte(workspace: Workspace, rehearse: Rehearse) -> None:
    imports.write(rehearse(LIST))
    before = everything(workspace)
    imports.write(rehearse("Handle,Name,Followers,City,Street\n@ANA,Ana D.,13K,Bonn,Weg 1\n@cy,Cy,1,,\n"))
    assert everything(workspace) != before
    workspace.undo()
    assert everything(workspace) == before


def test_the_same_file_again_changes_nothing_and_leaves_no_step(
    workspace: Workspace, rehearse: Rehearse
) -> None:
    imports.write(rehearse(LIST))
    before = everything(workspace)
    again = rehearse(LIST, name="tiktok copy.csv")
    assert again.counts == {
        "created": 0, "updated": 0, "unchanged": 2, "skipped": 0, "conflicts": 0, "rejected": 0,
    }  # fmt: skip
    assert imports.write(again).change_set is None
    assert everything(workspace) == before
    assert len(workspace.change_sets()) == 1


@pytest.mark.parametrize("handle", ["@ana", "ANA", " ana ", "@Ana", "https://www.tiktok.com/@ana?lang=en"])
def test_a_creator_is_found_by_handle_in_any_spelling(
    workspace: Workspace, rehearse: Rehearse, handle: str
) -> None:
    imports.write(rehearse(LIST))
    rehearsal = rehearse(f"Handle,Niche\n{handle},Food\n")
    assert (rehearsal.counts["created"], rehearsal.counts["updated"]) == (0, 1)
    imports.write(rehearsal)
    assert rows(workspace, "creator", "name, niche") == [("Ana Diaz", "Food"), ("Bo Kim", None)]


def test_a_former_handle_finds_its_creator(workspace: Workspace, rehearse: Rehearse) -> None:
    imports.write(rehearse(LIST))
    workspace.edit("account", {1: {"handle": "ana.new", "former_handles": ("ana",)}})
    rehearsal = rehearse("Handle,Niche\n@ana,Food\n")
    assert rehearsal.counts["updated"] == 1


def test_the_same_handle_on_another_platform_is_another_creator(
    workspace: Workspace, rehearse: Rehearse
) -> None:
    imports.write(rehearse(LIST))
    assert rehearse("Handle,Niche\n@ana,Food\n", name="instagram.csv").counts["created"] == 1


def test_an_email_finds_the_creator_and_adds_the_account(workspace: Workspace, rehearse: Rehearse) -> None:
    imports.write(rehearse(LIST))
    imports.write(rehearse("Handle,Email\n@ana.gram,ANA@x.com\n", name="instagram.csv"))
    assert rows(workspace, "account", "creator, platform, handle") == [
        (1, "tiktok", "ana"),
        (2, "tiktok", "bo"),
        (1, "instagram", "ana.gram"),
    ]


def test_a_name_alone_matches_nobody(workspace: Workspace, rehearse: Rehearse) -> None:
    imports.write(rehearse(LIST))
    assert rehearse("Name,Niche\nAna Diaz,Food\n").counts["created"] == 1


def test_a_foreign_number_counts_only_with_the_same_name(workspace: Workspace, rehearse: Rehearse) -> None:
    imports.write(rehearse("ID,Name,Platform,Followers\n1,Ana Diaz,TikTok,10\n2,Bo Kim,X,20\n"))
    rehearsal = rehearse("ID,Name,Platform,Followers\n1,ana diaz,TikTok,11\n2,Someone Else,X,21\n")
    assert (rehearsal.counts["updated"], rehearsal.counts["created"]) == (1, 1)


def test_handle_and_email_of_two_creators_are_a_conflict(workspace: Workspace, rehearse: Rehearse) -> None:
    imports.write(rehearse(LIST))
    rehearsal = rehearse("Handle,Email,Niche\n@ana,bo@y.com,Food\n")
    (verdict,) = rehearsal.verdicts()
    assert verdict.action is Action.CONFLICT
    assert "“Ana Diaz”" in verdict.reason
    assert "“Bo Kim”" in verdict.reason
    assert rehearsal.problems[0].line == 2
    assert imports.write(rehearsal).change_set is None


def test_two_handles_behind_the_email_of_an_agency_stay_two_creators(
    workspace: Workspace, rehearse: Rehearse
) -> None:
    rehearsal = rehearse("Handle,Name,Email\n@ana,Ana,mail@agency.com\n@bo,Bo,mail@agency.com\n")
    assert rehearsal.counts["created"] == 2
    imports.write(rehearsal)
    third = rehearse("Handle,Name,Email\n@cy,Cy,mail@agency.com\n")
    assert third.counts["created"] == 1


def test_one_person_on_two_platforms_of_one_file_is_one_creator(
    workspace: Workspace, rehearse: Rehearse
) -> None:
    text = "Handle,Name,Platform,Email\n@ana,Ana,TikTok,ana@x.com\n@ana.ig,Ana,Instagram,ana@x.com\n"
    imports.write(rehearse(text))
    assert rows(workspace, "creator", "name") == [("Ana",)]
    assert rows(workspace, "account", "creator, platform, handle") == [
        (1, "tiktok", "ana"),
        (1, "instagram", "ana.ig"),
    ]


def test_creators_in_the_trash_are_skipped_with_the_reason(workspace: Workspace, rehearse: Rehearse) -> None:
    imports.write(rehearse(LIST))
    workspace.trash("creator", [1])
    rehearsal = rehearse(LIST + "@cy,Cy,5,\n")
    assert (rehearsal.counts["skipped"], rehearsal.counts["created"]) == (1, 1)
    assert "trash" in rehearsal.verdicts(actions=[Action.SKIP])[0].reason


def test_blank_cells_never_erase(workspace: Workspace, rehearse: Rehearse) -> None:
    imports.write(rehearse(LIST))
    assert rehearse("Handle,Name,Email,Niche\n@ana,,N/A,#VALOR!\n").counts["unchanged"] == 1


def test_what_a_person_edited_is_kept_unless_asked(workspace: Workspace, rehearse: Rehearse) -> None:
    imports.write(rehearse(LIST))
    workspace.edit("creator", {1: {"name": "Ana the Great"}})
    text = "Handle,Name,Email\n@ana,Ana Maria Diaz,ana@new.com\n"
    kept = rehearse(text)
    (verdict,) = kept.verdicts()
    assert dict(verdict.changes) == {"creator.email": ("ana@x.com", "ana@new.com")}
    assert "Kept as you typed it: Name" in verdict.reason
    asked = rehearse(text, options=Options(overwrite_edited=True))
    assert set(asked.verdicts()[0].changes) == {"creator.email", "creator.name"}


def test_an_edit_that_was_undone_is_no_edit(workspace: Workspace, rehearse: Rehearse) -> None:
    imports.write(rehearse(LIST))
    workspace.edit("creator", {1: {"name": "Ana the Great"}})
    workspace.undo()
    assert "creator.name" in rehearse("Handle,Name\n@ana,Ana Maria\n").verdicts()[0].changes


def test_a_value_a_person_took_away_does_not_come_back(workspace: Workspace, rehearse: Rehearse) -> None:
    imports.write(rehearse(LIST))
    workspace.edit("creator", {1: {"email": None}})
    assert rehearse("Handle,Email\n@ana,ana@x.com\n").counts["unchanged"] == 1


def test_older_figures_are_added_but_older_words_replace_nothing(
    workspace: Workspace, rehearse: Rehearse
) -> None:
    imports.write(rehearse("Handle,Niche,Followers\n@ana,Food,200\n", name="tiktok dec 2022.csv"))
    imports.write(rehearse("Handle,Niche,Followers\n@ana,Music,100\n", name="tiktok june 2022.csv"))
    assert rows(workspace, "creator", "niche, followers") == [("Food", 200)]
    assert rows(workspace, "account_metrics", "measured_on, followers") == [
        ("2022-12-01", 200),
        ("2022-06-01", 100),
    ]


def test_figures_that_say_nothing_new_are_not_written_again(workspace: Workspace, rehearse: Rehearse) -> None:
    imports.write(rehearse("Handle,Followers\n@ana,200\n", measured_on="2026-01-01"))
    assert (
        rehearse("Handle,Followers\n@ana,200\n", measured_on="2026-02-01", name="a.csv").counts["unchanged"]
        == 1
    )
    imports.write(
        rehearse("Handle,Followers\n@ana,210\n", measured_on="2026-02-01", platform="tiktok", name="b.csv")
    )
    imports.write(
        rehearse("Handle,Followers\n@ana,220\n", measured_on="2026-02-01", platform="tiktok", name="c.csv")
    )
    assert rows(workspace, "account_metrics", "measured_on, followers") == [
        ("2026-01-01", 200),
        ("2026-02-01", 220),
    ]


def test_a_file_of_many_days_gives_a_snapshot_for_each(workspace: Workspace, rehearse: Rehearse) -> None:
    rehearsal = rehearse("Handle,As of,Followers\n@ana,2026-01-01,1\n@ana,2026-02-01,2\n@ana,2026-03-01,3\n")
    assert rehearsal.counts["created"] == 1
    imports.write(rehearsal)
    assert rows(workspace, "account_metrics", "measured_on, followers") == [
        ("2026-01-01", 1),
        ("2026-02-01", 2),
        ("2026-03-01", 3),
    ]


@pytest.mark.parametrize(
    ("keep", "followers", "niche"), [(Keep.LAST, 2, "Food"), (Keep.FIRST, 1, "Food"), (Keep.SKIP, None, None)]
)
def test_doubles_in_a_file_are_joined_cell_by_cell(
    workspace: Workspace, rehearse: Rehearse, keep: Keep, followers: int | None, niche: str | None
) -> None:
    text = "Handle,Followers,Niche\n@ana,1,Food\n@ANA,2,\n@bo,7,Art\n@bo,7,Art\n"
    rehearsal = rehearse(text, options=Options(keep=keep))
    assert any(
        "2 creators stand several times in the file, 1 of them with different values." in n
        for n in rehearsal.notes
    )
    imports.write(rehearsal)
    found = [row for row in rows(workspace, "creator", "handle, followers, niche") if row[0] != "bo"]
    assert found == (
        [] if keep is Keep.SKIP else [("ana" if keep is Keep.FIRST else "ANA", followers, niche)]
    )
    assert rehearsal.counts["skipped"] == (2 if keep is Keep.SKIP else 0)


def test_all_or_nothing_when_it_is_cancelled(workspace: Workspace, rehearse: Rehearse) -> None:
    before = everything(workspace)
    rehearsal = rehearse(LIST)
    asked: list[int] = []

    def cancel() -> bool:
        asked.append(1)
        return len(asked) > 2

    with pytest.raises(Cancelled):
        imports.write(rehearsal, cancel=cancel)
    assert everything(workspace) == before
    assert workspace.next_undo() is None


def test_a_rehearsal_that_is_out_of_date_is_refused(workspace: Workspace, rehearse: Rehearse) -> None:
    rehearsal = rehearse(LIST)
    workspace.add("creator", {"name": "Someone"})
    before = everything(workspace)
    with pytest.raises(UserError, match="changed after this import was rehearsed"):
        imports.write(rehearsal)
    assert everything(workspace) == before


def test_two_names_of_one_account_in_a_list_are_not_written_twice(
    workspace: Workspace, rehearse: Rehearse
) -> None:
    imports.write(rehearse(LIST, measured_on="2026-01-01"))
    workspace.edit("account", {1: {"handle": "ana.new", "former_handles": ("ana",)}})
    rehearsal = rehearse("Handle,Followers\n@ana.new,5\n@ana,6\n", measured_on="2026-02-01")
    assert [verdict.action for verdict in rehearsal.verdicts()] == [Action.UPDATE, Action.SKIP]
    imports.write(rehearsal)
    assert rows(workspace, "creator", "handle, followers") == [("ana.new", 5), ("bo", 3_000_000)]


def test_a_list_without_platform_finds_the_handle_wherever_it_is(
    workspace: Workspace, rehearse: Rehearse
) -> None:
    imports.write(rehearse(LIST))
    rehearsal = rehearse("Handle,Niche\n@ana,Food\n@zoe,Art\n", name="list.csv")
    assert (rehearsal.counts["updated"], rehearsal.counts["created"]) == (1, 1)
    imports.write(rehearsal)
    imports.write(rehearse("Handle,Followers\n@zoe,9\n", name="tiktok.csv"))
    assert rows(workspace, "account", "platform, handle, followers") == [
        ("tiktok", "ana", 12_000),
        ("tiktok", "bo", 3_000_000),
        ("tiktok", "zoe", 9),
    ]
