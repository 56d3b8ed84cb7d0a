"""Lists with columns for several platforms: every line becomes one creator with all their accounts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from creator_crm.services import imports
from creator_crm.services.imports import Action, Rehearsal
from creator_crm.services.workspace import Workspace

Rehearse = Callable[..., Rehearsal]

BOTH = (
    "Name,TikTok handle,Instagram handle,TikTok followers,Instagram followers\n"
    "Ana,@ana,@ana.ig,1000,2000\nBo,,@bo.ig,,300\nCy,@cy,,5,\n"
)


def accounts(workspace: Workspace) -> list[tuple[Any, ...]]:
    with workspace.store.read_raw() as raw:
        return raw.execute(
            "SELECT c.name, a.platform, a.handle, m.followers FROM creator c "
            "JOIN account a ON a.creator = c.id "
            "LEFT JOIN account_metrics m ON m.account = a.id ORDER BY c.id, a.id"
        ).fetchall()


EXPECTED = [
    ("Ana", "tiktok", "ana", 1000),
    ("Ana", "instagram", "ana.ig", 2000),
    ("Bo", "instagram", "bo.ig", 300),
    ("Cy", "tiktok", "cy", 5),
]


def test_handles_of_two_platforms_become_two_accounts_of_one_creator(
    workspace: Workspace, rehearse: Rehearse
) -> None:
    result = imports.write(rehearse(BOTH))
    assert result.counts["created"] == 3
    assert accounts(workspace) == EXPECTED


def test_the_same_list_again_and_again_changed_changes_what_it_says(
    workspace: Workspace, rehearse: Rehearse
) -> None:
    imports.write(rehearse(BOTH))
    again = rehearse(BOTH.replace(",5,", ",5,@ignored"), name="other.csv")
    assert again.writes_nothing
    more = rehearse(BOTH.replace("@cy,,5,", "@cy,@cy.ig,5,"), name="more.csv")
    assert [v.reason for v in more.verdicts(actions=[Action.UPDATE])] == ["Changes: a new account."]
    imports.write(more)
    assert accounts(workspace) == [*EXPECTED, ("Cy", "instagram", "cy.ig", None)]


def test_a_creator_is_found_by_either_handle(workspace: Workspace, rehearse: Rehearse) -> None:
    imports.write(rehearse(BOTH))
    imports.write(rehearse("Name,TikTok handle,Instagram handle\nBo,@bo.tt,@BO.IG\n", name="bo.csv"))
    assert ("Bo", "tiktok", "bo.tt", None) in accounts(workspace)
    assert len({name for name, *_ in accounts(workspace)}) == 3


def test_two_lines_that_share_a_further_account_are_one_creator(
    workspace: Workspace, rehearse: Rehearse
) -> None:
    imports.write(rehearse("TikTok handle,Instagram handle,Name\n,@ana.ig,Ana\n@ana,@ana.ig,Ana\n"))
    assert [row[:3] for row in accounts(workspace)] == [
        ("Ana", "instagram", "ana.ig"),
        ("Ana", "tiktok", "ana"),
    ]


def test_handles_that_belong_to_two_creators_are_a_question(workspace: Workspace, rehearse: Rehearse) -> None:
    imports.write(rehearse(BOTH))
    rehearsal = rehearse("TikTok handle,Instagram handle\n@ana,@bo.ig\n", name="mixed.csv")
    (verdict,) = rehearsal.verdicts()
    assert verdict.action is Action.CONFLICT
    assert verdict.reason == "Its handles belong to “Ana” and “Bo”; combine these creators first."


def test_links_to_several_platforms_are_accounts_too(workspace: Workspace, rehearse: Rehearse) -> None:
    imports.write(
        rehearse(
            "Name,TikTok,Instagram,YouTube\n"
            "Ana,https://www.tiktok.com/@ana,https://www.instagram.com/ana.ig/,https://www.youtube.com/@anatube\n"
            "Bo,,instagram.com/bo.ig,\n"
        )
    )
    assert {row[:3] for row in accounts(workspace)} == {
        ("Ana", "tiktok", "ana"),
        ("Bo", "instagram", "bo.ig"),
        ("Ana", "instagram", "ana.ig"),
        ("Ana", "youtube", "anatube"),
    }


def test_a_link_elsewhere_does_not_take_the_handle_along(workspace: Workspace, rehearse: Rehearse) -> None:
    imports.write(
        rehearse("Name,TikTok handle,Instagram link\nAna,@ana,https://instagram.com/ana.ig\n", name="l.csv")
    )
    assert [row[:3] for row in accounts(workspace)] == [
        ("Ana", "tiktok", "ana"),
        ("Ana", "instagram", "ana.ig"),
    ]


def test_a_column_can_be_made_a_further_account_by_hand(workspace: Workspace, rehearse: Rehearse) -> None:
    rehearsal = rehearse(
        "Name,TikTok handle,Insta\nAna,@ana,ana.ig\n",
        mapping_file={
            "Name": "creator.name",
            "TikTok handle": "account.handle",
            "Insta": "creator.instagram_handle",
        },
    )
    assert rehearsal.verdicts()[0].values["creator.instagram_handle"] == "ana.ig"
    imports.write(rehearsal)
    assert [row[1:3] for row in accounts(workspace)] == [("tiktok", "ana"), ("instagram", "ana.ig")]
