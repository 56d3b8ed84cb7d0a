"""demo, history, undo, redo, check, backup, restore."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from creator_crm.services.workspace import Workspace


def test_demo_makes_the_sample_brand_and_never_overwrites(cli: Any, tmp_path: Path) -> None:
    target = tmp_path / "sample.creatorcrm"
    made = cli("demo", target, "--json")
    assert (made.status, made.json["workspace"]) == (0, str(target))
    assert made.json["records"]["creator"] == 120
    before = target.read_bytes()
    again = cli("demo", target)
    assert (again.status, again.out) == (1, "")
    assert "already" in again.err
    assert target.read_bytes() == before


def test_demo_into_a_folder_that_is_not_there_is_one_sentence(cli: Any, tmp_path: Path) -> None:
    refused = cli("demo", tmp_path / "missing" / "sample.creatorcrm")
    assert refused.status == 1
    assert refused.err.count("\n") == 1
    assert not (tmp_path / "missing").exists()


def test_history_lists_the_steps_newest_first(cli: Any) -> None:
    cli("add", "creator", "name=Ana")
    cli("set", "creator", "Ana", "stage=agreed")
    cli("undo")
    undone, changed, added = cli("history", "--json").json["change_sets"]
    assert (undone["label"], undone["origin"]) == ("Undo: Change Stage of 1 creator", "undo")
    assert (changed["undone"], added["undone"]) == (True, False)
    assert (added["label"], added["change_set"]) == ("Add creator Ana", 1)
    assert len(cli("history", "--limit", 1, "--json").json["change_sets"]) == 1
    assert "Add creator Ana" in cli("history").out


def test_the_history_of_one_record_says_what_changed(cli: Any) -> None:
    cli("add", "creator", "name=Ana")
    cli("set", "creator", "Ana", "stage=agreed", "owner=Mara")
    changed, added = cli("history", "creator", "Ana", "--json").json["history"]
    assert changed["changes"] == [
        {"field": "Stage", "before": "Prospect", "after": "Agreed"},
        {"field": "Owner", "before": "", "after": "Mara"},
    ]
    assert added["action"] == "insert"
    assert "    Stage: Prospect → Agreed" in cli("history", "creator", "Ana").out


def test_undo_and_redo_say_what_they_took_back(cli: Any) -> None:
    cli("add", "creator", "name=Ana", "handle=ana")
    undone = cli("undo", "--json")
    assert undone.json["label"] == "Undo: Add creator Ana"
    assert undone.json["records"] == 2
    assert cli("list", "creator", "--json").json["total"] == 0
    assert cli("redo", "--json").json["label"] == "Redo: Add creator Ana"
    assert cli("show", "creator", "@ana", "--json").json["name"] == "Ana"


def test_an_older_step_is_undone_by_its_number(cli: Any) -> None:
    cli("add", "creator", "name=Ana")
    cli("add", "creator", "name=Bea")
    assert cli("undo", "1").status == 0
    assert [row["name"] for row in cli("list", "creator", "--json").json["rows"]] == ["Bea"]
    assert cli("undo", "1").err == "“Add creator Ana” is undone already. Nothing was changed.\n"


def test_check_says_that_all_is_well_or_what_is_not(cli: Any, path: Path) -> None:
    cli("add", "creator", "name=Ana")
    assert cli("check", "--json").json == {"ok": True, "problems": []}
    assert cli("check").out == "The workspace is in order.\n"
    path.write_bytes(path.read_bytes()[:-4096])
    damaged = cli("check", "--json")
    assert (damaged.status, damaged.json["ok"]) == (1, False)
    assert "restore the newest backup" in damaged.json["problems"][0]


def test_a_backup_is_made_and_restored_and_the_old_file_set_aside(
    cli: Any, path: Path, tmp_path: Path
) -> None:
    cli("add", "creator", "name=Ana")
    dated = Path(cli("backup", "--json").json["backup"])
    assert dated.exists()
    assert cli("backup", tmp_path / "copy.creatorcrm").status == 0
    cli("add", "creator", "name=Bea")
    restored = cli("restore", tmp_path / "copy.creatorcrm", "--json").json
    assert restored["workspace"] == str(path)
    assert [row["name"] for row in cli("list", "creator", "--json").json["rows"]] == ["Ana"]
    with Workspace.open(Path(restored["set_aside"])) as aside:
        assert aside.search("Bea")


def test_what_is_no_backup_is_refused_and_the_workspace_kept(cli: Any, path: Path, tmp_path: Path) -> None:
    cli("add", "creator", "name=Ana")
    (tmp_path / "notes.txt").write_text("no backup")
    for name in ("notes.txt", "gone.creatorcrm"):
        refused = cli("restore", tmp_path / name)
        assert refused.status == 1
        assert refused.err.count("\n") == 1
    assert cli("list", "creator", "--json").json["total"] == 1


def test_a_workspace_that_is_open_elsewhere_is_left_to_who_has_it(cli: Any, path: Path) -> None:
    with Workspace.create(path, who="Mara"):
        refused = cli("add", "creator", "name=Ana")
        assert refused.status == 1
        assert "Mara" in refused.err
    assert cli("add", "creator", "name=Ana").status == 0
