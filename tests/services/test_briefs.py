"""Briefs in versions, who has which, and deliverables from plan to live post."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from small_brand import small_brand

from creator_crm.domain.errors import UserError
from creator_crm.domain.query import Query
from creator_crm.services.briefs import Difference
from creator_crm.services.workspace import Workspace

POST = "https://www.tiktok.com/@{}/video/{}"


@pytest.fixture
def brief(workspace: Workspace) -> int:
    return workspace.add(
        "brief",
        {
            "name": "Serum launch",
            "objective": "Sell 100 bottles",
            "please_do": "Daylight\nSay what you disliked",
            "no_go": "No medical claims",
            "posting_until": "2026-12-14",
        },
    )


def video(second: int, handle: str = "ana") -> str:
    """The link of a post whose number says that it was made in this second of 1970 and after."""
    return POST.format(handle, second << 32)


def only(workspace: Workspace, record: str) -> Any:
    (row,) = workspace.rows(record, workspace.ids(Query(record)))
    return row


def test_a_version_keeps_what_the_brief_said_by_whom_and_when(workspace: Workspace, brief: int) -> None:
    kept = workspace.row("brief_version", workspace.keep_version(brief, "First round"))
    assert (kept.number, kept.name, kept.author, kept.note) == (1, "Serum launch", "Mara", "First round")
    assert kept.kept_at
    workspace.edit("brief", {brief: {"objective": "Sell 200 bottles"}})
    workspace.keep_version(brief)
    assert [version.number for version in workspace.versions(brief)] == [2, 1]
    assert workspace.row("brief", brief).latest_version == 2
    assert workspace.brief_text(brief, version=1).sections[0].paragraphs == ("Sell 100 bottles",)


def test_nothing_is_kept_twice(workspace: Workspace, brief: int) -> None:
    workspace.keep_version(brief)
    assert not workspace.has_changed(brief)
    with pytest.raises(UserError, match="Nothing has changed since version 1"):
        workspace.keep_version(brief)
    workspace.edit("brief", {brief: {"notes": "only for us", "status": "ready"}})
    assert not workspace.has_changed(brief)


def test_a_difference_shows_the_lines_that_changed_and_no_other_section(
    workspace: Workspace, brief: int
) -> None:
    workspace.keep_version(brief)
    workspace.edit(
        "brief", {brief: {"please_do": "Daylight\nSay what you like", "no_go": None, "hook": "At 7"}}
    )
    assert workspace.difference(brief, 1) == [
        Difference(
            "Please do",
            (("kept", "Daylight"), ("removed", "Say what you disliked"), ("added", "Say what you like")),
        ),
        Difference("Hook to try", (("added", "At 7"),)),
        Difference("No-go", (("removed", "No medical claims"),)),
    ]
    workspace.keep_version(brief)
    assert workspace.difference(brief, 1, 2) == workspace.difference(brief, 1)
    assert workspace.difference(brief, 2) == []
    with pytest.raises(UserError, match="no version 3"):
        workspace.difference(brief, 3)


def test_who_has_which_version_and_who_has_read_it(workspace: Workspace, brief: int) -> None:
    brand = small_brand(workspace)
    first, second = workspace.plan_deliverables([brand.ana, brand.bea], {"brief": brief})
    workspace.hand_out(brief, [first, second])
    workspace.acknowledge([first], "2026-11-01")
    assert [(h.creator, h.version, h.acknowledged_on) for h in workspace.holders(brief)] == [
        (brand.ana, 1, "2026-11-01"),
        (brand.bea, 1, None),
    ]
    assert workspace.row("brief", brief).status == "sent"
    workspace.hand_out(brief, [first])  # nothing has changed: she has read this one
    assert workspace.holders(brief)[0].acknowledged_on == "2026-11-01"
    workspace.edit("brief", {brief: {"objective": "Sell 300 bottles"}})
    workspace.hand_out(brief, [first])
    assert [(h.version, h.acknowledged_on) for h in workspace.holders(brief)] == [(2, None), (1, None)]


def test_deliverables_for_many_creators_are_one_step_and_carry_their_code(
    workspace: Workspace, brief: int
) -> None:
    brand = small_brand(workspace)
    workspace.edit("brief", {brief: {"campaign": brand.campaign, "product": brand.product}})
    made = workspace.plan_deliverables(
        [brand.ana, brand.bea], {"brief": brief, "format": "review", "due_on": "2026-12-10"}, each=2
    )
    rows: list[Any] = workspace.rows("deliverable", made)
    assert [(row.creator, row.name) for row in rows] == [
        (brand.ana, "Review 1"),
        (brand.ana, "Review 2"),
        (brand.bea, "Review 1"),
        (brand.bea, "Review 2"),
    ]
    assert {(row.campaign, row.product, row.due_on) for row in rows} == {
        (brand.campaign, brand.product, "2026-12-10")
    }
    assert [row.code for row in rows] == [brand.code, brand.code, None, None]
    assert rows[0].link == "https://shop.example/a"
    workspace.undo()
    assert workspace.rows("deliverable", made) == []


def test_a_link_logs_the_post_that_was_planned_and_ties_the_parcel(workspace: Workspace) -> None:
    brand = small_brand(workspace)
    planned = workspace.plan_deliverables([brand.bea], {"campaign": brand.campaign, "due_on": "2026-05-01"})
    # 1_776_000_000 seconds after 1970 is 12 April 2026; Bea's unfinished one of 5 April is due first.
    logged = workspace.log_post(video(1_776_000_000, "bea"))
    assert (logged.creator, logged.is_new, logged.live_on) == (brand.bea, False, "2026-04-12")
    row = workspace.row("deliverable", logged.deliverable)
    assert row.id not in planned
    assert (row.status, row.live_on, row.platform) == ("live", "2026-04-12", "tiktok")
    assert row.post_id == str(1_776_000_000 << 32)
    parcel = workspace.row("shipment", logged.shipment or 0)
    assert (parcel.creator, parcel.posted_on) == (brand.bea, "2026-04-12")
    with pytest.raises(UserError, match="logged already"):
        workspace.log_post(video(1_776_000_000, "bea"))
    again = workspace.log_post(video(1_776_100_000, "bea"), on="2026-04-14")
    assert (again.deliverable, again.live_on, again.shipment) == (planned[0], "2026-04-14", None)


def test_a_post_that_nobody_planned_becomes_a_deliverable_of_whoever_the_link_names(
    workspace: Workspace,
) -> None:
    brand = small_brand(workspace)
    logged = workspace.log_post(
        "https://www.instagram.com/reel/CxYz_123/", creator=brand.cho, on="2026-04-12"
    )
    assert logged.is_new
    row = workspace.row("deliverable", logged.deliverable)
    assert (row.creator, row.platform, row.post_id) == (brand.cho, "instagram", "CxYz_123")
    assert logged.shipment is None  # hers was lost


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("https://www.tiktok.com/@ana", "not a link to a post"),
        ("lunch at one", "not a link to a post"),
        (POST.format("nobody", 7), "Nobody called @nobody is among your creators"),
        ("https://vm.tiktok.com/ZM123/", "This link does not say whose post it is"),
    ],
)
def test_a_link_that_cannot_be_logged_says_why_and_changes_nothing(
    workspace: Workspace, url: str, sentence: str
) -> None:
    small_brand(workspace)
    before = workspace.change_sets(1)
    with pytest.raises(UserError, match=sentence):
        workspace.log_post(url)
    assert workspace.change_sets(1) == before


def test_late_is_what_should_be_live_and_is_not(workspace: Workspace) -> None:
    brand = small_brand(workspace)
    assert [row.creator for row in workspace.late_deliverables(today="2026-04-06")] == [brand.bea]
    assert workspace.late_deliverables(today="2026-04-05") == []
    assert workspace.late_deliverables(campaign=99, today="2026-04-06") == []


def test_a_brief_goes_out_as_markdown_and_plain_text_with_the_creators_own_code(
    workspace: Workspace, brief: int, tmp_path: Path
) -> None:
    brand = small_brand(workspace)
    workspace.edit(
        "brief", {brief: {"campaign": brand.campaign, "hashtags": ("glow",), "key_message": "*Less* is_more"}}
    )
    workspace.keep_version(brief)
    workspace.write_brief(brief, tmp_path / "brief.md", brand.ana)
    text = (tmp_path / "brief.md").read_text(encoding="utf-8")
    assert text.startswith(
        "# Serum launch\n\n*Version 1 · For Ana*\n\n## What we want to achieve\n\nSell 100 bottles\n"
    )
    assert "- Daylight\n- Say what you disliked\n" in text
    assert "\\*Less\\* is\\_more" in text
    assert "\\#glow" in text
    assert "Until 14 December 2026" in text
    assert "ANA10\n\nhttps://shop.example/a\n" in text
    plain = workspace.brief_as("plain", brief, brand.bea)
    assert "For Bea" in plain
    assert "ANA10" not in plain
    assert "*Less* is_more" in plain
    workspace.write_brief(brief, tmp_path / "brief.txt")
    assert (tmp_path / "brief.txt").read_text(encoding="utf-8") == workspace.brief_as("plain", brief)
    with pytest.raises(UserError, match=r"cannot be written as \.docx yet"):
        workspace.write_brief(brief, tmp_path / "brief.docx")
    assert sorted(path.name for path in tmp_path.glob("brief.*")) == ["brief.md", "brief.txt"]


def test_what_was_typed_is_never_markup_of_the_printed_page(workspace: Workspace, brief: int) -> None:
    workspace.edit("brief", {brief: {"objective": "<img src=x> & see https://shop.example/?a=1&b=2."}})
    page = workspace.brief_as("html", brief)
    assert "&lt;img src=x&gt; &amp; see" in page
    assert '<a href="https://shop.example/?a=1&amp;b=2">' in page
