"""recognise, import, export: what they print for a machine, and that it is all or nothing."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from creator_crm.services.workspace import Workspace

LIST = "Username,Followers,E-mail,Country\nana.b,13.8M,ana@example.com,Germany\nbea_c,900,,FR\n"


@pytest.fixture
def list_file(tmp_path: Path) -> Path:
    file = tmp_path / "tiktok creators.csv"
    file.write_text(LIST, encoding="utf-8")
    return file


def counts(answer: Any) -> dict[str, int]:
    (file,) = answer.json["files"]
    return {
        name: file[name] for name in ("created", "updated", "unchanged", "skipped", "conflicts", "rejected")
    }


def test_recognise_says_what_a_file_is_and_writes_nothing(
    cli: Any, list_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CREATOR_CRM_WORKSPACE")
    before = sorted(list_file.parent.iterdir())
    (found,) = cli("recognise", list_file, "--json").json["files"]
    assert (found["file"], found["header_row"]) == (str(list_file), 1)
    assert found["kind"] == "creators"
    assert "Username" in found["because"]
    assert found["mapping"]["Username"] == "account.handle"
    assert found["mapping"]["Followers"] == "account_metrics.followers"
    assert sorted(list_file.parent.iterdir()) == before
    assert "Username → account.handle" in cli("recognise", list_file).out


def test_an_import_makes_the_workspace_and_the_same_file_again_changes_nothing(
    cli: Any, list_file: Path
) -> None:
    done = cli("import", list_file, "--json")
    assert done.status == 0
    assert counts(done)["created"] == 2
    assert done.json["change_set"] == 1
    assert done.json["files"][0]["recognised"]["kind"] == "creators"
    assert cli("show", "creator", "@ana.b", "--json").json["followers"] == 13_800_000
    again = cli("import", list_file, "--json")
    assert (counts(again)["unchanged"], again.json["change_set"]) == (2, None)
    assert cli("undo", "--json").json["change_set"] > 1
    assert cli("list", "creator", "--json").json["total"] == 0


def test_a_dry_run_says_the_same_and_writes_nothing(cli: Any, list_file: Path, path: Path) -> None:
    cli("add", "creator", "name=Zoë")
    told = cli("import", list_file, "--dry-run", "--json")
    assert (counts(told)["created"], told.json["change_set"]) == (2, None)
    assert cli("list", "creator", "--json").json["total"] == 1
    assert "would be 2 created" in cli("import", list_file, "--dry-run").out


def test_rejected_rows_end_with_status_3_and_are_listed_with_their_lines(
    cli: Any, tmp_path: Path, list_file: Path
) -> None:
    list_file.write_text(LIST + ",500,not an address,\n", encoding="utf-8")
    done = cli("import", list_file, "--errors", tmp_path / "errors.xlsx", "--json")
    assert done.status == 3
    assert (counts(done)["created"], counts(done)["rejected"]) == (2, 1)
    assert {problem["line"] for problem in done.json["files"][0]["problems"]} == {4}
    assert all(set(p) == {"line", "column", "value", "reason"} for p in done.json["files"][0]["problems"])
    rows = list(load_workbook(tmp_path / "errors.xlsx").active.values)
    assert "not an address" in rows[1]


def test_an_error_workbook_that_cannot_be_written_stops_the_import_before_it_begins(
    cli: Any, tmp_path: Path, list_file: Path
) -> None:
    list_file.write_text(LIST + ",500,not an address,\n", encoding="utf-8")
    refused = cli("import", list_file, "--errors", tmp_path / "nowhere" / "errors.xlsx")
    assert (refused.status, refused.out) == (1, "")
    assert cli("list", "creator", "--json").json["total"] == 0


def test_when_one_of_several_files_cannot_be_imported_none_is(
    cli: Any, tmp_path: Path, list_file: Path
) -> None:
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04 not really")
    cli("add", "creator", "name=Zoë")
    refused = cli("import", list_file, tmp_path / "broken.xlsx")
    assert refused.status == 1
    assert refused.err.count("\n") == 1
    assert cli("list", "creator", "--json").json["total"] == 1


def test_a_mapping_file_decides_and_may_be_what_recognise_printed(
    cli: Any, tmp_path: Path, list_file: Path
) -> None:
    mapping = tmp_path / "mapping.json"
    mapping.write_text(json.dumps({"Username": "account.handle", "Country": "creator.niche"}))
    assert cli("import", list_file, "--mapping", mapping).status == 0
    row = cli("show", "creator", "@ana.b", "--json").json
    assert (row["niche"], row["country"], row["followers"], row["email"]) == ("Germany", None, None, None)
    cli("undo")
    mapping.write_text(cli("recognise", list_file, "--json").out)
    cli("import", list_file, "--mapping", mapping)
    assert cli("show", "creator", "@ana.b", "--json").json["country"] == "DE"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("{", "is not a JSON file"),
        ("[1]", "does not hold"),
        ('{"Username": 3}', "does not hold"),
        ('{"Wings": "creator.name"}', "has no column “Wings”"),
        ('{"Username": "creator.wings"}', "“creator.wings” is no field"),
        (None, "could not be read"),
    ],
)
def test_a_mapping_file_that_makes_no_sense_is_refused(
    cli: Any, tmp_path: Path, list_file: Path, content: str | None, sentence: str
) -> None:
    mapping = tmp_path / "mapping.json"
    if content is not None:
        mapping.write_text(content)
    refused = cli("import", list_file, "--mapping", mapping)
    assert refused.status == 1
    assert sentence in refused.err
    assert cli("list", "creator", "--json").json["total"] == 0


def test_the_platform_can_be_said_where_the_file_is_silent(cli: Any, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("Username,Followers\nana.b,5\n")
    cli("import", tmp_path / "people.csv", "--platform", "YouTube")
    assert cli("show", "creator", "ana.b", "--json").json["platform"] == "youtube"
    assert cli("import", tmp_path / "people.csv", "--platform", "Fax").status == 2


@pytest.mark.parametrize("name", ["gone.csv", "folder"])
def test_a_file_that_is_not_there_is_one_sentence(cli: Any, tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    for verb in ("recognise", "import"):
        refused = cli(verb, tmp_path / name)
        assert (refused.status, refused.out) == (1, "")
        assert refused.err.count("\n") == 1


@pytest.mark.parametrize("ending", ["csv", "tsv", "xlsx"])
def test_an_exported_list_comes_back_as_it_was(cli: Any, tmp_path: Path, path: Path, ending: str) -> None:
    with Workspace.create(path) as workspace:
        workspace.add_custom_field("creator", "Skin type", "choice", options=("dry", "oily"))
    cli(
        "add",
        "creator",
        "name==1+1",
        "handle=ana.b",
        "notes=-2+3 'quoted'",
        "phone=+491701234567",
        "skin_type=dry",
    )
    cli("add", "creator", "name='tis Bea", "handle=bea", "external_id=00730071234567890123", "tags=a, b")
    out = tmp_path / f"list.{ending}"
    done = cli("export", "creator", out, "--json")
    assert done.json == {"file": str(out), "record": "creator", "rows": 2}
    back = tmp_path / "back.creatorcrm"
    with Workspace.create(back) as workspace:
        workspace.add_custom_field("creator", "Skin type", "choice", options=("dry", "oily"))
    assert cli("-w", back, "import", out, "--json").status == 0
    compared = ("name", "handle", "platform", "notes", "phone", "external_id", "tags", "skin_type")
    before, after = (
        sorted(
            [[row[n] for n in compared] for row in cli("-w", w, "list", "creator", "--json").json["rows"]],
            key=str,
        )
        for w in (path, back)
    )
    assert after == before


def test_an_export_holds_the_chosen_rows_and_columns_in_the_chosen_order(cli: Any, tmp_path: Path) -> None:
    for name, stage in (("Ana", "active"), ("Bea", "declined"), ("Cleo", "active")):
        cli("add", "creator", f"name={name}", f"stage={stage}")
    asked = ("--where", "stage = active", "--columns", "stage,name", "--sort", "-name")
    cli("export", "creator", tmp_path / "out.csv", *asked)
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [row[1:] for row in csv.reader(file)]
    assert rows == [["Stage", "Name"], ["Active", "Cleo"], ["Active", "Ana"]]


def test_an_export_that_cannot_be_written_leaves_the_old_file(cli: Any, tmp_path: Path) -> None:
    cli("add", "creator", "name=Ana")
    out = tmp_path / "out.xlsx"
    out.write_bytes(b"old")
    (tmp_path / ".~lock.out.xlsx#").touch()
    refused = cli("export", "creator", out)
    assert refused.status == 1
    assert "open in another program" in refused.err
    assert out.read_bytes() == b"old"
    assert cli("export", "creator", tmp_path / "none" / "out.csv").status == 1
    assert not list(tmp_path.glob(".~crm-*"))


def test_the_currency_of_a_file_that_names_none_is_said_on_the_command_line(cli: Any, tmp_path: Path) -> None:
    file = tmp_path / "orders.csv"
    file.write_text("Order ID,Order Amount,Created Time\n583870900000000001,238.00,2026-05-01\n", "utf-8")
    refused = cli("import", file, "--as", "order", "--currency", "xyz")
    assert refused.status == 1
    assert "“xyz” is no currency known here. Nothing was imported" in refused.err
    tried = cli("import", file, "--as", "order", "--dry-run")
    assert "The file names no currency; its amounts are taken as EUR." in tried.out
    done = cli("import", file, "--as", "order", "--currency", "thb")
    assert done.status == 0
    assert "its amounts are taken as THB." in done.out
    (order,) = cli("list", "order", "--json").json["rows"]
    assert (order["number"], order["total"], order["currency"]) == ("583870900000000001", "238.00", "THB")
