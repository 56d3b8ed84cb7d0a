"""Fifteen creator lists as they are found in the world, imported without a hand-made mapping."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from creator_crm.domain.records import CATALOGUE
from creator_crm.domain.values.numbers import parse_count
from creator_crm.services import imports
from creator_crm.services.workspace import Workspace

FAMILY = "social media influencers"
METRICS = ("average_views", "average_likes", "average_comments", "average_shares")
TIKTOK = {"Tiktoker name": "account.handle", "Tiktok name": "creator.name"}
EXPECTED: dict[str, dict[str, str]] = {
    "- Tiktok sep 2022.csv": {**TIKTOK, "Subscribers (2)": "account_metrics.followers"},
    "- tiktok.csv": {**TIKTOK, "Subscribers count (2)": "account_metrics.followers"},
    "-tiktok - ---nov 2022.csv": {**TIKTOK, "Followers": "account_metrics.followers"},
    "- instagram sep-2022.csv": {
        "Instagram name": "account.handle",
        "Name": "creator.name",
        "Subscribers (2)": "account_metrics.followers",
        "Audience country": "creator.audience_country",
        "Authentic engagement Values": "account_metrics.authentic_engagements",
        "Engagement average Values": "account_metrics.average_engagements",
        "Category_1": "creator.niche",
        "Category_2": "creator.tags",
    },
    "- instagram.csv": {
        "Influencer insta name": "account.handle",
        "instagram name": "creator.name",
        "category_1": "creator.niche",
        "category_2": "creator.tags",
        "Followers Numbers": "account_metrics.followers",
        "Audience country(mostly)": "creator.audience_country",
        "Authentic engagement Values": "account_metrics.authentic_engagements",
        "Engagement avg Values": "account_metrics.average_engagements",
    },
    "-INSTAGRAM - -DEC 2022.csv": {
        "name": "account.handle",
        "instagram name": "creator.name",
        "Category_1": "creator.niche",
        "Category_2": "creator.tags",
        "followers (2)": "account_metrics.followers",
        "country": "creator.country",
        "Eng. (Auth.) (2)": "account_metrics.authentic_engagements",
        "Eng. (Avg.) (2)": "account_metrics.average_engagements",
    },
    # "Views avg." holds countries and what follows is shifted: only what is certain is taken.
    "-instagram june 2022 - june 2022.csv": {
        "instagram name": "account.handle",
        "influencer name": "creator.name",
        "Category_1": "creator.niche",
        "Category_2": "creator.tags",
        "Subscribers count (2)": "account_metrics.followers",
    },
    "- youtube.csv": {
        "youtuber name": "account.handle",
        "channel name": "creator.name",
        "Category": "creator.niche",
        "Subscribers (2)": "account_metrics.followers",
        "Audience Country": "creator.audience_country",
        "avg views (2)": "account_metrics.average_views",
        "avg likes (2)": "account_metrics.average_likes",
        "avg comments (2)": "account_metrics.average_comments",
    },
    "- Youtube sep-2022.csv": {
        "Name": "creator.name",
        "Youtuber": "account.handle",
        "Country": "creator.country",
        "Subscribers (2)": "account_metrics.followers",
        "Category_2": "creator.niche",
        "Category_3": "creator.tags",
        "Avg. likes (2)": "account_metrics.average_likes",
        "Avg Comments (2)": "account_metrics.average_comments",
    },
    "-YOUTUBE - --DEC 2022.csv": {
        "Youtube channel": "account.handle",
        "youtuber name": "creator.name",
        "Category": "creator.niche",
        "Category-2": "creator.tags",
        "Followers (2)": "account_metrics.followers",
        "Country": "creator.country",
        "Views (Avg.) (2)": "account_metrics.average_views",
        "Likes (Avg.) (2)": "account_metrics.average_likes",
        "Comments (Avg.) (2)": "account_metrics.average_comments",
    },
}
OTHERS = {
    "influencers.csv": {
        "ID": "creator.external_id",
        "name": "creator.name",
        "category": "creator.niche",
        "follower_count": "account_metrics.followers",
        "platform": "account.platform",
    },
    "modash_like_turkish_k.csv": {
        "Username": "account.handle",
        "Full name": "creator.name",
        "Followers": "account_metrics.followers",
        "Engagement rate": "account_metrics.engagement",
        "Email": "creator.email",
    },
    "outreach_sample_prospects.csv": {
        "name": "creator.name",
        "handle": "account.handle",
        "platform": "account.platform",
        "followers": "account_metrics.followers",
        "niche": "creator.niche",
        "owner": "creator.owner",
    },
    "tiktok_creators_dups_scinot.csv": {"Creator": "account.handle"},
    "tiktok_data_saudi-arabia.csv": {
        "NAME": "creator.name+account.handle",
        "FOLLOWERS": "account_metrics.followers",
        "ER": "account_metrics.engagement",
        "COUNTRY": "creator.country",
        "TOPIC OF INFLUENCE": "creator.niche",
        "POTENTIAL REACH": "account_metrics.reach",
    },
}


@pytest.fixture
def lists(shared_data: Path) -> Path:
    return shared_data / "A_creators"


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.create(tmp_path / "brand.creatorcrm", who="Mara") as made:
        yield made


def bring_in(workspace: Workspace, path: Path, **said: Any) -> imports.ImportResult:
    found = imports.recognise(path, workspace.catalogue)
    proposal = imports.propose(workspace.store, found, **said)
    return imports.write(imports.rehearse(workspace.store, found, proposal))


def tables(workspace: Workspace) -> dict[str, list[tuple[Any, ...]]]:
    with workspace.store.read_raw() as raw:
        return {
            name: raw.execute(f'SELECT * FROM "{name}" ORDER BY id').fetchall()
            for name in workspace.catalogue
        }


def ask(workspace: Workspace, sql: str) -> list[tuple[Any, ...]]:
    with workspace.store.read_raw() as raw:
        return raw.execute(sql).fetchall()


@pytest.mark.parametrize("name", [*EXPECTED, *OTHERS])
def test_every_column_lands_in_the_right_field(lists: Path, empty: Workspace, name: str) -> None:
    path = lists / (name if name in OTHERS else f"{FAMILY} {name}" if name[1] == " " else FAMILY + name)
    found = imports.recognise(path, empty.catalogue)
    proposal = imports.propose(empty.store, found)
    mapping = proposal.mapping
    expected = EXPECTED.get(name) or OTHERS[name]
    if "iktok" in name and name in EXPECTED:
        figures = {column: target for column, target in mapping.items() if target.endswith(METRICS)}
        assert len(figures) == 4
        assert all("(2)" in column or "nov" in name for column in figures)
        mapping = {column: target for column, target in mapping.items() if column not in figures}
    assert mapping == expected


def test_the_tiktok_lists_together_hold_2209_handles_and_again_change_nothing(
    lists: Path, empty: Workspace
) -> None:
    paths = [path for path in sorted(lists.glob(f"{FAMILY}*.csv")) if "tiktok" in path.name.lower()]
    before = tables(empty)
    assert len(paths) == 3
    for path in paths:
        assert bring_in(empty, path).problems == ()
    assert ask(
        empty, "SELECT count(*), count(DISTINCT handle_key) FROM account WHERE platform = 'tiktok'"
    ) == [(2209, 2209)]
    for path in paths:
        again = bring_in(empty, path)
        assert (again.counts["created"], again.counts["updated"], again.change_set) == (0, 0, None)
    for _ in paths:
        empty.undo()
    assert tables(empty) == before


def test_the_instagram_lists_together_hold_1440_handles(lists: Path, empty: Workspace) -> None:
    for path in sorted(lists.glob(f"{FAMILY}*.csv")):
        if "instagram" in path.name.lower():
            bring_in(empty, path)
    assert ask(empty, "SELECT count(DISTINCT handle_key) FROM account WHERE platform = 'instagram'") == [
        (1440,)
    ]
    # The figures of four months stand beside each other, and the words of the newest list win.
    assert ask(
        empty,
        "SELECT m.measured_on, m.followers FROM account_metrics m JOIN account a ON a.id = m.account "
        "WHERE a.handle_key = 'cristiano' AND m.measured_on < '2023' ORDER BY 1",
    )[-1] == ("2022-12-01", 523_000_000)


def test_all_fifteen_come_in_again_without_a_change_and_go_out_without_a_trace(
    lists: Path, empty: Workspace
) -> None:
    before = tables(empty)
    paths = sorted(lists.glob("*.csv"))
    assert len(paths) == 15
    steps = [bring_in(empty, path).change_set for path in paths]
    assert None not in steps
    after = tables(empty)
    for path in paths:
        again = bring_in(empty, path)
        assert (again.counts["created"], again.counts["updated"], again.counts["rejected"]) == (0, 0, 0)
    assert tables(empty) == after
    for _ in steps:
        empty.undo()
    assert tables(empty) == before


def test_decimal_commas_and_fractions_are_read_exactly(lists: Path, empty: Workspace) -> None:
    bring_in(empty, lists / "modash_like_turkish_k.csv", platform="instagram")
    assert ask(
        empty, "SELECT name, email, platform, handle, followers, engagement FROM creator ORDER BY id"
    ) == [
        ("Bir", "bir@x.com", "instagram", "bir", 12_500, 46_000),
        ("İki", None, "instagram", "iki", 1_200_000, 10_000),
    ]


def test_names_and_handles_in_one_cell_are_taken_apart_and_damaged_names_listed(
    lists: Path, empty: Workspace
) -> None:
    result = bring_in(empty, lists / "tiktok_data_saudi-arabia.csv")
    assert result.counts["created"] == 100
    assert ask(
        empty, "SELECT name, handle, followers, engagement, country FROM creator WHERE id IN (1, 2)"
    ) == [
        ("Shahid", "shahid", 4_300_000, None, "SA"),
        ("just sul", "justsul", 4_000_000, 1_000, "SA"),
    ]
    damaged = [p for p in result.problems if "Letters of this name were lost" in p.reason]
    assert len(damaged) >= 62
    assert not any(p.rejected for p in result.problems)
    assert ask(empty, "SELECT handle FROM creator WHERE name LIKE '%@%'") == []


def test_a_list_without_handles_is_kept_by_its_numbers(lists: Path, empty: Workspace) -> None:
    assert bring_in(empty, lists / "influencers.csv").counts["created"] == 500
    assert ask(
        empty, "SELECT external_id, name, niche, platform, followers FROM creator WHERE id IN (1, 3)"
    ) == [
        ("1", "Thomas Moore", "Parenting", "youtube", 728_469),
        ("3", "Ryan Stone", "Fitness", "x", 55_720),
    ]


def test_every_rounded_figure_agrees_with_the_exact_one_beside_it(lists: Path) -> None:
    pairs = 0
    for path in sorted(lists.glob(f"{FAMILY}*.csv")):
        if "nov 2022" in path.name:
            continue  # it has the rounded figures only
        with path.open(encoding="utf-8", newline="") as file:
            _, *rows = csv.reader(file)
        for row in rows:
            for rounded, exact in pairwise(row):
                if re.fullmatch(r"[\d.]+[KM]", rounded.strip()) and re.fullmatch(
                    r"\d+(\.0+)?", exact.strip()
                ):
                    assert parse_count(rounded) == parse_count(exact), (path.name, rounded, exact)
                    pairs += 1
    assert pairs == 29_186


def test_names_and_addresses_of_other_programs_are_mapped_without_help(
    shared_data: Path, empty: Workspace
) -> None:
    folder = shared_data / "E_crm" / "import-format-corpus"
    cases = json.loads((folder / "expectations.json").read_text(encoding="utf-8"))["cases"]
    assert len(cases) > 20
    for case in cases:
        found = imports.recognise(folder / case["file"], empty.catalogue)
        targets = imports.propose(empty.store, found).mapping.values()
        assert ("creator.email" in targets) == case["expectEmail"], case["file"]
        assert "creator.name" in targets or not case.get("expectName", True), case["file"]


@pytest.mark.parametrize(
    ("file", "counts", "line", "reason"),
    [
        ("import-format-corpus/ragged-and-blank-rows.csv", (3, 0), 4, "more cells than there are columns"),
        ("messy-crm/excel-messy-export.csv", (2, 1), 4, "names nobody"),
        ("messy-crm/salesforce-leads.csv", (3, 0), 4, "not an e-mail address"),
    ],
)
def test_malformed_lines_are_told_of_by_number(
    shared_data: Path, empty: Workspace, file: str, counts: tuple[int, int], line: int, reason: str
) -> None:
    result = bring_in(empty, shared_data / "E_crm" / file)
    assert (result.counts["created"], result.counts["rejected"]) == counts
    assert [(p.line, reason in p.reason) for p in result.problems] == [(line, True)]


def test_the_kinds_of_all_fields_that_the_lists_fill_are_known() -> None:
    targets = {
        t for mapping in (*EXPECTED.values(), *OTHERS.values()) for t in mapping.values() if "+" not in t
    }
    assert all(t.partition(".")[2] in CATALOGUE[t.partition(".")[0]].by_name for t in targets)
