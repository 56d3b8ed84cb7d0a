"""Files inside the workspace: kept once, brought back whole, refused when too large."""

from __future__ import annotations

import pytest

from creator_crm.store import attachments
from creator_crm.store.attachments import file_content, files_about, put_file
from creator_crm.store.check import check
from creator_crm.store.errors import WorkspaceError
from creator_crm.store.readers import lists
from creator_crm.store.store import Store


def test_the_same_content_is_kept_once_for_many_records(store: Store) -> None:
    with store.change("Attach") as unit:
        for uid in ("a", "b"):
            put_file(unit, "creator", uid, "brief ü.pdf", b"%PDF-1.7 \x00\xff")
    with store.read_raw() as raw:
        assert raw.execute("SELECT count(*) FROM attachment_content").fetchone() == (1,)
    [number] = files_about(store, "creator", "a")
    row = lists.row(store, "attachment", number)
    assert file_content(store, row) == b"%PDF-1.7 \x00\xff"
    assert (row.media_type, row.size, row.file_name) == ("application/pdf", 11, "brief ü.pdf")


def test_undo_and_redo_bring_an_attachment_back_with_its_content(store: Store) -> None:
    with store.change("Attach") as unit:
        number = put_file(unit, "creator", "a", "note.txt", b"tea")
    store.undo()
    assert files_about(store, "creator", "a") == []
    store.redo()
    assert file_content(store, lists.row(store, "attachment", number)) == b"tea"
    assert check(store) == []


def test_a_file_that_is_too_large_is_refused_with_its_size(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert attachments.LARGEST == 50 * 2**20
    monkeypatch.setattr(attachments, "LARGEST", 2**20)
    sentence = r"clip\.mp4 has 2 MB and 1 MB is the most"
    with pytest.raises(WorkspaceError, match=sentence), store.change("Attach") as unit:
        put_file(unit, "creator", "a", "clip.mp4", b"\x00" * 2 * 2**20)
    with store.read_raw() as raw:
        assert raw.execute("SELECT count(*) FROM attachment_content").fetchone() == (0,)


def test_a_damaged_content_is_never_handed_out(store: Store) -> None:
    with store.change("Attach") as unit:
        number = put_file(unit, "creator", "a", "note.txt", b"tea")
    with store.outside_history() as raw:
        raw.execute("UPDATE attachment_content SET content = x'00'")
    with pytest.raises(WorkspaceError, match="missing or damaged"):
        file_content(store, lists.row(store, "attachment", number))
