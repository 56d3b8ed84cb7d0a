"""The panel of a record: header, tabs read when looked at, parts in place, files opened only as copies."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from creator_crm.domain.changes import Changes
from creator_crm.ui.shared.panel.attachments import safe_name
from creator_crm.ui.shared.panel.history import change_text
from creator_crm.ui.shared.panel.panel import RecordPanel
from creator_crm.ui.shared.panel.parts import PartsList

pytestmark = [
    pytest.mark.usefixtures("dressed"),
    pytest.mark.qt_log_ignore("This plugin does not support", extend=True),
]


@pytest.fixture
def panel(source: Any, qtbot: QtBot) -> RecordPanel:
    made = RecordPanel(source, "creator", chips=("stage", "tags"), caption=("handle", "followers"))
    qtbot.addWidget(made)
    made.resize(380, 700)
    made.show()
    return made


def shown(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible() and label.text()]


def test_the_header_says_who_this_is(panel: RecordPanel) -> None:
    panel.show_row(1)
    assert panel.title.text() == "Ana Lima"
    assert panel.caption.text() == "@ana7 · 3,000"
    chips = [label.accessibleName() for label in panel.findChildren(QLabel) if label.accessibleName()]
    assert chips == ["Stage: Prospect", "Tags: vip"]
    panel.show_row(0)
    assert panel.title.text() == "Choose a creator in the list"
    assert not panel.form.isEnabled()


def test_a_day_in_what_a_record_is_called_is_written_as_in_every_list(
    panel: RecordPanel, source: Any
) -> None:
    panel.show_row(source.put("creator", name="Nkechi Quillamore · 2026-11-20"))
    assert panel.title.text() == "Nkechi Quillamore · 11/20/2026"


def test_a_very_long_name_does_not_widen_the_panel(panel: RecordPanel, source: Any) -> None:
    id = source.put("creator", name="Long " * 60, tags=tuple(f"a rather long tag {n}" for n in range(9)))
    panel.show_row(id)
    assert panel.minimumSizeHint().width() <= 380


def test_a_name_with_markup_is_shown_letter_by_letter(panel: RecordPanel, source: Any) -> None:
    id = source.put("creator", name="<h1>Big</h1>")
    panel.show_row(id)
    assert panel.title.text() == "<h1>Big</h1>"
    assert panel.title.textFormat() == Qt.TextFormat.PlainText


def test_tabs_are_read_only_when_somebody_looks(panel: RecordPanel, source: Any) -> None:
    asked: list[int] = []
    history = source.history
    source.history = lambda record, number: asked.append(number) or history(record, number)
    panel.show_row(1)
    panel.show_row(2)
    assert asked == []
    panel.tabs.setCurrentWidget(panel.history)
    assert asked == [2]


def test_an_edit_in_the_details_is_in_the_history_and_the_header(
    panel: RecordPanel, source: Any, qtbot: QtBot
) -> None:
    panel.show_row(1)
    line: Any = panel.form.lines["name"].editor
    line.setText("Ana Lima-Souza")
    line.textEdited.emit(line.text())
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert panel.title.text() == "Ana Lima-Souza"
    panel.tabs.setCurrentWidget(panel.history)
    assert "Name: \u2068Ana Lima\u2069 → \u2068Ana Lima-Souza\u2069" in shown(panel.history)
    assert any("Maya" in words for words in shown(panel.history))


def test_a_change_of_another_record_is_not_read(panel: RecordPanel, source: Any) -> None:
    panel.show_row(1)
    source.pages_read = 0
    panel.refresh(Changes(1, "x", {"creator": frozenset({7})}))
    assert source.pages_read == 0
    source.edit("creator", {1: {"name": "Ana L."}})
    panel.refresh(Changes(2, "x", {"creator": frozenset({1})}))
    assert panel.title.text() == "Ana L."


def test_history_tells_what_was_put_in_and_what_was_taken_out() -> None:
    assert change_text("Niche", "", "Books") == "Niche: \u2068Books\u2069"
    assert change_text("Niche", "Books", "") == "Niche: \u2068Books\u2069 taken out"
    assert len(change_text("Notes", "x" * 5000, "y" * 5000)) < 300


def test_parts_are_edited_added_and_removed_in_place(source: Any, qtbot: QtBot) -> None:
    parts = PartsList(source, "account", "creator", names=("platform", "handle"))
    qtbot.addWidget(parts)
    parts.resize(380, 400)
    parts.show()
    parts.show_row(3)
    assert [parts.model.text(0, parts.model.column_of[n]) for n in ("platform", "handle")] == [
        "TikTok",
        "@kofi9",
    ]
    dialog = parts.ask_for_new()
    assert "creator" not in dialog.form.lines
    dialog.form.lines["handle"].editor.setText("kofi.reads")  # type: ignore[union-attr]
    dialog.add()
    assert len(parts.model.ids) == 2
    assert source.kept["account"][parts.model.ids[1]].creator == 3
    parts.grid.setCurrentIndex(parts.model.index(0, parts.model.column_of["handle"]))
    parts.remove_button.click()
    assert [source.kept["account"][id].handle for id in parts.model.ids] == ["kofi.reads"]


def test_a_record_without_parts_says_so(source: Any, qtbot: QtBot) -> None:
    parts = PartsList(source, "address", "creator")
    qtbot.addWidget(parts)
    parts.show()
    parts.show_row(3)
    assert shown(parts) == ["No addresses yet."]
    parts.show_row(0)
    assert not parts.add_button.isEnabled()


def test_a_file_is_kept_opened_as_a_read_only_copy_and_removed(
    panel: RecordPanel, source: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(
        QDesktopServices, "openUrl", lambda url: opened.append(Path(QUrl(url).toLocalFile())) or True
    )
    file = tmp_path / "contract.pdf"
    file.write_bytes(b"%PDF")
    panel.show_row(1)
    files = panel.attachments
    panel.tabs.setCurrentWidget(files)
    assert files.nothing.isVisible()
    files.add(file)
    files.list.setCurrentRow(0)
    assert files.current is not None and files.current.file_name == "contract.pdf"
    assert opened == []
    files.open_current()
    assert opened[0].read_bytes() == b"%PDF"
    assert not opened[0].stat().st_mode & 0o222
    files.discard_copies()
    assert not opened[0].exists()
    files.remove_current()
    assert source.kept["attachment"][1].deleted_at


def test_a_file_of_another_copy_says_where_it_is_and_offers_nothing_that_would_fail(
    panel: RecordPanel, source: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: pytest.fail("there is nothing to open"))
    panel.failed.connect(lambda said: pytest.fail(said))
    panel.show_row(1)
    files = panel.attachments
    panel.tabs.setCurrentWidget(files)
    for name in ("contract.pdf", "kit.pdf"):
        (tmp_path / name).write_bytes(b"%PDF")
        files.add(tmp_path / name)
    source.elsewhere[1] = "The file contract.pdf is in the copy of Bea."
    panel.show_row(1)
    assert [files.list.item(n).text().endswith("in another copy") for n in (0, 1)] == [True, False]
    buttons = (files.open_button, files.save_button, files.remove_button)
    for row, here in ((0, False), (1, True)):
        files.list.setCurrentRow(row)
        assert [button.isEnabled() for button in buttons] == [here] * 3
        assert files.where.isVisible() is not here
    files.list.setCurrentRow(0)
    assert files.where.text() == source.elsewhere[1]
    files.open_current()


def test_a_program_among_the_files_is_never_started(
    panel: RecordPanel, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: pytest.fail("it was opened"))
    file = tmp_path / "media kit.pdf.EXE"
    file.write_bytes(b"MZ")
    panel.show_row(1)
    panel.tabs.setCurrentWidget(panel.attachments)
    panel.attachments.add(file)
    panel.attachments.list.setCurrentRow(0)
    with qtbot.waitSignal(panel.failed) as told:
        panel.attachments.open_current()
    assert "is a program" in told.args[0]


def test_a_file_that_cannot_be_read_is_told_in_a_sentence(
    panel: RecordPanel, tmp_path: Path, qtbot: QtBot
) -> None:
    panel.show_row(1)
    with qtbot.waitSignal(panel.failed) as told:
        panel.attachments.add(tmp_path / "gone.pdf")
    assert told.args[0].startswith("The file could not be read")


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("../../etc/passwd", "_.._etc_passwd"),
        ("a:b?.pdf", "a_b_.pdf"),
        (" ... ", "file"),
        ("línea.pdf", "línea.pdf"),
    ],
)
def test_file_names_from_elsewhere_stay_in_their_folder(given: str, safe: str) -> None:
    assert safe_name(given) == safe
