"""list, show, add, set, delete: what they print, what they change, and how they refuse."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from creator_crm.services.workspace import Workspace


def test_a_record_is_added_shown_changed_and_deleted_by_its_key(cli: Any) -> None:
    added = cli(
        "add", "creator", "name=Ana Borg", "handle=@Ana.B", "followers=12.5K", "tags=vegan, dry", "--json"
    )
    assert added.status == 0
    row = added.json
    assert (row["name"], row["handle"], row["platform"], row["followers"]) == (
        "Ana Borg",
        "Ana.B",
        "tiktok",
        12_500,
    )
    assert (row["tags"], row["stage"], row["archived"], row["email"]) == (
        ["dry", "vegan"],
        "prospect",
        False,
        None,
    )
    assert cli("show", "creator", "@ana.b", "--json").json == row
    assert cli("show", "creator", row["id"], "--json").json == row
    changed = cli(
        "set", "creator", "@ana.b", "stage=Agreed", "engagement=4.6%", "archived=yes", "--json"
    ).json
    assert (changed["stage"], changed["engagement"], changed["archived"]) == ("agreed", "0.046", True)
    gone = cli("delete", "creator", row["id"], "--json")
    assert (gone.status, gone.json["id"]) == (0, row["id"])
    assert cli("list", "creator", "--archived", "--json").json == {"total": 0, "rows": []}
    assert cli("list", "creator", "--trash", "--json").json["total"] == 1


def test_references_are_given_by_key_and_shown_by_short_id(cli: Any) -> None:
    ana = cli("add", "creator", "name=Ana", "handle=ana", "--json").json
    spring = cli("add", "campaign", "name=Spring, early", "--json").json
    part = cli("add", "collaboration", "creator=@ana", "campaign=Spring, early", "fee=150", "--json").json
    assert (part["creator"], part["campaign"], part["fee"]) == (ana["id"], spring["id"], "150.00")
    assert "Spring, early" in cli("list", "collaboration").out
    for expression, found in (
        ("creator = @ana", 1),
        ('campaign = "Spring, early"', 1),
        ("creator is not set", 0),
    ):
        assert cli("list", "collaboration", "--where", expression, "--json").json["total"] == found


def test_money_is_read_in_the_currency_of_its_row(cli: Any) -> None:
    added = cli("add", "campaign", "budget=1.250,50 €", "currency=EUR", "name=Spring", "--json").json
    assert (added["budget"], added["currency"]) == ("1250.50", "EUR")
    yen = cli("add", "campaign", "budget=5000", "currency=JPY", "name=Tokyo", "--json").json
    assert yen["budget"] == "5000"
    refused = cli("set", "campaign", "Spring", "budget=$10")
    assert refused.status == 1
    assert "is in USD, but this record counts in EUR" in refused.err


def test_own_fields_are_set_and_shown_like_the_others(cli: Any, path: Path) -> None:
    with Workspace.create(path) as workspace:
        workspace.add_custom_field("creator", "Skin type", "choice", options=("dry", "oily"))
    row = cli("add", "creator", "name=Ana", "Skin type=oily", "--json").json
    assert row["skin_type"] == "oily"
    refused = cli("set", "creator", row["id"], "skin_type=green")
    assert (refused.status, refused.err) == (
        1,
        "Skin type: “green” is not one of: dry, oily. Nothing was changed.\n",
    )


def test_figures_of_a_creator_go_to_the_snapshot_of_today(cli: Any) -> None:
    cli("add", "creator", "name=Ana", "handle=ana", "platform=instagram", "followers=900")
    cli("set", "creator", "@ana", "followers=1000")
    (figures,) = cli("list", "account_metrics", "--json").json["rows"]
    assert (figures["measured_on"], figures["followers"]) == (date.today().isoformat(), 1000)


@pytest.fixture
def three(cli: Any, path: Path) -> Any:
    with Workspace.create(path) as workspace:
        for name, followers in (("Ana", 500), ("Bea", 90_000), ("Zoë", 7_000)):
            values = {"name": name, "handle": f"{name.lower()}x", "followers": followers, "country": "DE"}
            workspace.add("creator", values)
    return cli


def names(answer: Any) -> list[str]:
    return [row["name"] for row in answer.json["rows"]]


def test_a_list_is_filtered_searched_sorted_cut_and_narrowed(three: Any) -> None:
    assert names(three("list", "creator", "--sort", "-followers", "--json")) == ["Bea", "Zoë", "Ana"]
    assert names(three("list", "creator", "--sort", "Country,name", "--json")) == ["Ana", "Bea", "Zoë"]
    cut = three("list", "creator", "--sort", "name", "--limit", "1", "--columns", "name,Followers", "--json")
    assert cut.json["total"] == 3
    assert [set(row) for row in cut.json["rows"]] == [{"id", "name", "followers"}]
    assert names(three("list", "creators", "--search", "zoe", "--json")) == ["Zoë"]
    assert names(three("list", "creator", "--where", "followers >= 1K and name contains e", "--json")) == [
        "Bea"
    ]


def test_a_list_for_people_has_a_header_and_says_how_many_there_are(three: Any) -> None:
    lines = three(
        "list", "creator", "--columns", "name,country", "--sort", "name", "--limit", 2
    ).out.splitlines()
    assert lines[0].split() == ["ID", "Name", "Country"]
    assert [line.split()[1] for line in lines[2:4]] == ["Ana", "Bea"]
    assert lines[-1] == "2 of 3 creators"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("show", "creator", "@nobody"), "No creator is called “@nobody”."),
        (("list", "unicorn"), "There is no kind of record called “unicorn”. There are: creator,"),
        (("list", "creator", "--columns", "wings"), "A creator has no field “wings”. Its fields are: name,"),
        (("list", "creator", "--sort", "-wings"), "A creator has no field “wings”."),
        (("list", "creator", "--where", "wings = 2"), "Creators have no field called “wings”."),
        (("set", "creator", "anax", "stage=flying"), "Stage: “flying” is not one of: Prospect,"),
        (("set", "creator", "anax", "email=nobody"), "E-mail: “nobody” is not an e-mail address"),
        (("add", "account", "handle=x"), "An account needs: Creator."),
        (("add", "creator", "name=Bea 2", "handle=beax"), ""),
        (("delete", "creator", "@nobody"), "No creator is called “@nobody”."),
        (("undo", "999"), "There is no step 999."),
        (("redo",), "There is nothing to redo."),
        (("export", "creator", "out.docx"), "A list cannot be written as “.docx”."),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_changes_nothing(
    three: Any, path: Path, words: tuple[str, ...], sentence: str
) -> None:
    before = three("list", "creator", "--json").out, three("history", "--json").out
    refused = three(*words)
    assert (refused.status, refused.out) == (1, "")
    assert refused.err.startswith(sentence)
    assert refused.err.count("\n") == 1
    assert (three("list", "creator", "--json").out, three("history", "--json").out) == before


def test_a_refusal_for_a_machine_is_one_json_object_beside_the_sentence(cli: Any) -> None:
    cli("add", "creator", "name=Ana")
    refused = cli("show", "creator", "@nobody", "--json")
    assert refused.json == {"error": "No creator is called “@nobody”. Nothing was changed."}
    assert refused.err == "No creator is called “@nobody”. Nothing was changed.\n"


def test_several_creators_of_one_name_are_told_apart_by_their_short_ids(cli: Any) -> None:
    ids = {cli("add", "creator", "name=Ana", "--json").json["id"] for _ in range(2)}
    refused = cli("set", "creator", "Ana", "tone=warm")
    assert refused.status == 1
    assert all(short in refused.err for short in ids)
