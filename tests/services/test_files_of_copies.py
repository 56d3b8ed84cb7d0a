"""A workbook brings the lines of attached files, not the files: who has them is told, nothing is broken."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from edited import exported, found

from creator_crm.domain.errors import UserError
from creator_crm.services.workbook_back import Decisions
from creator_crm.services.workspace import Workspace

IN_THE_COPY_OF_MARA = (
    "The file contract.pdf is in the copy of Mara: "
    "a workbook brings the line and not the file. Ask for it, and add it here."
)


@pytest.fixture
def copies(workspace: Workspace, tmp_path: Path) -> Iterator[list[Workspace]]:
    """The copy of Mara with a file about Ana, and those of Bea and Cho, who had theirs before."""
    workspace.add("creator", {"name": "Ana"})
    others = []
    for who in ("Bea", "Cho"):
        workspace.backup(tmp_path / f"{who}.creatorcrm")
        others.append(Workspace.open(tmp_path / f"{who}.creatorcrm", who=who))
    (tmp_path / "contract.pdf").write_bytes(b"%PDF")
    workspace.attach("creator", 1, tmp_path / "contract.pdf")
    yield [workspace, *others]
    for other in others:
        other.close()


def send(writer: Workspace, reader: Workspace) -> None:
    book = exported(writer, writer.path.with_suffix(".xlsx"))
    reader.apply_review(reader.review_workbook(book), Decisions())


def test_who_has_the_file_is_told_and_the_workspace_is_sound(copies: list[Workspace]) -> None:
    mara, bea, _ = copies
    send(mara, bea)
    (line,) = bea.attachments("creator", 1)
    assert line.file_name == "contract.pdf"
    assert bea.files_elsewhere([line.id]) == {line.id: IN_THE_COPY_OF_MARA}
    with pytest.raises(UserError) as told:
        bea.attachment_bytes(line.id)
    assert str(told.value) == IN_THE_COPY_OF_MARA
    assert bea.check() == []
    assert mara.files_elsewhere([1]) == {}


def test_by_way_of_a_third_copy_it_is_still_known_who_has_the_file(copies: list[Workspace]) -> None:
    mara, bea, cho = copies
    send(mara, bea)
    send(bea, cho)
    assert list(cho.files_elsewhere([1]).values()) == [IN_THE_COPY_OF_MARA]
    send(cho, mara)
    assert mara.attachment_bytes(1) == b"%PDF"
    assert found(mara.review_workbook(exported(cho, cho.path.with_suffix(".xlsx")))) == {}


def test_the_file_that_is_added_here_answers_for_the_line_that_came(
    copies: list[Workspace], tmp_path: Path
) -> None:
    mara, bea, _ = copies
    send(mara, bea)
    bea.attach("creator", 1, tmp_path / "contract.pdf")
    lines = bea.attachments("creator", 1)
    assert [bea.attachment_bytes(line.id) for line in lines] == [b"%PDF"] * len(lines)
    assert bea.files_elsewhere([line.id for line in lines]) == {}


def test_a_merge_that_was_undone_and_done_again_breaks_nothing(copies: list[Workspace]) -> None:
    mara, bea, _ = copies
    send(mara, bea)
    bea.undo()
    bea.redo()
    assert list(bea.files_elsewhere([1]).values()) == [IN_THE_COPY_OF_MARA]
    assert bea.check() == []


def test_a_file_that_was_attached_here_and_is_gone_is_damage_all_the_same(copies: list[Workspace]) -> None:
    mara, _, _ = copies
    with mara.store.outside_history() as raw:
        raw.execute("DELETE FROM attachment_content")
    assert mara.files_elsewhere([1]) == {}
    with pytest.raises(UserError, match="missing or damaged"):
        mara.attachment_bytes(1)
    assert mara.check() == ["Attachments: the content of 1 is missing. An older backup may hold it."]
