"""What a workspace keeps beside its records: views, settings, attached files, backups."""

from __future__ import annotations

from pathlib import Path

import pytest

from creator_crm.domain.errors import UserError
from creator_crm.domain.filters import parse
from creator_crm.services.views import view_query, view_text
from creator_crm.services.workspace import Workspace, restore_backup


def save(workspace: Workspace, name: str, where: str) -> int:
    creators = workspace.catalogue["creator"]
    return workspace.save_view(
        "creator", name, view_text(creators, parse(where, creators), sort=["-followers"])
    )


def test_a_saved_view_asks_the_same_question_again(workspace: Workspace) -> None:
    workspace.add("creator", {"name": "Ana", "handle": "ana", "followers": 90_000})
    workspace.add("creator", {"name": "Bea", "handle": "bea", "followers": 900})
    save(workspace, "Large ones", "followers > 50K")
    query = view_query(workspace.view("creator", "large ONES"), workspace.catalogue["creator"])
    assert [row.name for row in workspace.rows("creator", workspace.ids(query))] == ["Ana"]
    assert query.sort == ("-followers",)


def test_a_view_of_the_same_name_is_replaced_and_views_keep_their_order(workspace: Workspace) -> None:
    save(workspace, "Second", "stage = agreed")
    first = save(workspace, "First", "stage = agreed")
    assert save(workspace, "first", "stage = active") == first
    assert [view.name for view in workspace.views("creator")] == ["Second", "first"]
    assert workspace.views("campaign") == []


def test_a_deleted_view_comes_back_with_undo(workspace: Workspace) -> None:
    workspace.delete_view(save(workspace, "Mine", "stage = agreed"))
    with pytest.raises(UserError, match="There are: none yet"):
        workspace.view("creator", "Mine")
    workspace.undo()
    assert workspace.view("creator", "Mine").name == "Mine"


def test_a_view_needs_a_name(workspace: Workspace) -> None:
    with pytest.raises(UserError, match="A view needs a name"):
        save(workspace, "  ", "stage = agreed")


def test_settings_hold_any_json_value_and_an_unchanged_one_is_no_step(workspace: Workspace) -> None:
    assert workspace.setting("tiers", [1]) == [1]
    workspace.set_setting("tiers", {"nano": 1000, "name": "Größe"})
    workspace.set_setting("tiers", {"name": "Größe", "nano": 1000})
    assert workspace.setting("tiers") == {"nano": 1000, "name": "Größe"}
    assert len(workspace.change_sets()) == 1
    workspace.set_setting("tiers", None)
    assert workspace.setting("tiers", "default") is None


def test_an_attached_file_is_kept_inside_the_workspace(workspace: Workspace, tmp_path: Path) -> None:
    ana = workspace.add("creator", {"name": "Ana"})
    (tmp_path / "rates.txt").write_bytes(b"180 EUR")
    number = workspace.attach("creator", ana, tmp_path / "rates.txt", "from Ana")
    (tmp_path / "rates.txt").unlink()
    (found,) = workspace.attachments("creator", ana)
    assert (found.file_name, found.size, found.media_type, found.note) == (
        "rates.txt",
        7,
        "text/plain",
        "from Ana",
    )
    assert workspace.attachment_bytes(number) == b"180 EUR"
    workspace.trash("attachment", [number])
    assert workspace.attachments("creator", ana) == []
    workspace.undo()
    assert workspace.attachment_bytes(workspace.attachments("creator", ana)[0].id) == b"180 EUR"


def test_a_file_that_cannot_be_attached_is_named_with_the_reason(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana = workspace.add("creator", {"name": "Ana"})
    with pytest.raises(UserError, match=r"gone\.txt could not be read .* nothing was attached"):
        workspace.attach("creator", ana, tmp_path / "gone.txt")
    with pytest.raises(UserError, match="could not be read"):
        workspace.attach("creator", ana, tmp_path)
    monkeypatch.setattr("creator_crm.store.attachments.LARGEST", 3)
    (tmp_path / "large.bin").write_bytes(b"1234")
    with pytest.raises(UserError, match=r"large\.bin has .* so it was not attached"):
        workspace.attach("creator", ana, tmp_path / "large.bin")
    with pytest.raises(UserError, match="This creator is not there any more"):
        workspace.attach("creator", 999, tmp_path / "large.bin")
    assert workspace.attachments("creator", ana) == []


def test_a_backup_brings_the_workspace_back_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "brand.creatorcrm"
    with Workspace.create(path) as workspace:
        workspace.add("creator", {"name": "Ana"})
        copy = workspace.backup()
        assert [backup.path for backup in workspace.backups()] == [copy]
        assert workspace.check() == []
        workspace.add("creator", {"name": "Bea"})
    aside = restore_backup(copy, path)
    assert aside is not None
    assert aside.exists()
    with Workspace.open(path) as workspace:
        assert [hit.title for hit in workspace.search("Ana")] == ["Ana"]
        assert workspace.search("Bea") == []
