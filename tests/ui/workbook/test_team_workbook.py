"""The team's workbook from the menu: shared, dropped, brought back; what is said when nothing changed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from threading import Event, Timer
from typing import Any

import pytest
import workbook_reviews as reviews
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from creator_crm.domain.errors import UserError
from creator_crm.domain.merging import RecordMerge
from creator_crm.services import workbook_out
from creator_crm.services.workbook_back import Decisions, Review
from creator_crm.services.workbook_files import free_name, is_team_workbook
from creator_crm.ui import session_workbook
from creator_crm.ui.imports.wizard import ImportWizard
from creator_crm.ui.shared import dialogs
from creator_crm.ui.shared.accessibility import unnamed_controls
from creator_crm.ui.workbook.share import ShareDialog
from creator_crm.ui.workbook.window import ReviewWindow

from .conftest import Stage

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def asked(stage: Stage) -> ShareDialog:
    """The dialog that the menu opens."""
    stage.window.actions_.trigger("file.share")
    return _shown(stage)


def _shown(stage: Stage) -> ShareDialog:
    found = [d for d in stage.window.findChildren(ShareDialog) if d.isVisible()]
    assert len(found) == 1
    return found[0]


def ordered(monkeypatch: pytest.MonkeyPatch, refusal: str = "") -> list[dict[str, Any]]:
    """What is asked of the writer, which writes nothing; refuses once when told so."""
    orders: list[dict[str, Any]] = []

    def export(_: object, path: Path, **how: Any) -> None:
        orders.append({"path": path, **{k: v for k, v in how.items() if k != "progress"}})
        if refusal and len(orders) == 1:
            raise UserError(refusal)

    monkeypatch.setattr(workbook_out, "export_workbook", export)
    return orders


def brought_back(stage: Stage, monkeypatch: pytest.MonkeyPatch, review: Review) -> list[object]:
    """Bringing anything back finds `review`; returns what was applied."""
    applied: list[object] = []
    kind = type(stage.workspace)
    monkeypatch.setattr(kind, "review_workbook", lambda *_: review)
    monkeypatch.setattr(kind, "apply_review", lambda _, *what: applied.append(what))
    return applied


def shown(stage: Stage) -> list[ReviewWindow]:
    return [w for w in stage.window.findChildren(ReviewWindow) if w.isVisible()]


def test_sharing_proposes_everything_and_enter_writes_it(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    orders = ordered(monkeypatch)
    opened: list[Path] = []
    monkeypatch.setattr(dialogs, "open_folder", opened.append)
    dialog = asked(stage)
    assert unnamed_controls(dialog) == []
    target = dialog.target
    assert target.parent == stage.folder and target.name.startswith("Luma team 20")
    stage.press(dialog, Qt.Key.Key_Return)
    stage.quiet()
    assert orders == [{"path": target, "records": None, "campaign": None, "redacted": False}]
    assert len(stage.said) == 1 and stage.said[0].startswith("The workbook is written: ")
    stage.click(stage.window.notices.visible[0].button)
    assert opened == [stage.folder]


def test_records_campaign_and_personal_data_are_chosen(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    orders = ordered(monkeypatch)
    number = stage.workspace.add("campaign", {"name": "Spring"})
    dialog = asked(stage)
    dialog.records.setCurrentIndex(1)
    assert not dialog.write.isEnabled(), "a workbook of no records is none"
    dialog.kinds.item(0).setCheckState(Qt.CheckState.Checked)
    dialog.campaign.setCurrentIndex(dialog.campaign.findData(number))
    dialog.redacted.setChecked(True)
    dialog.path.setText(str(stage.folder / "for Noa"))
    stage.click(dialog.write)
    stage.quiet()
    path = stage.folder / "for Noa.xlsx"
    assert orders == [{"path": path, "records": ("creator",), "campaign": number, "redacted": True}]


def test_a_file_that_is_open_elsewhere_leads_to_another_name(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    orders = ordered(monkeypatch, "for Noa.xlsx is open in another program. Nothing was written.")
    monkeypatch.setattr("creator_crm.ui.workbook.share.confirm", lambda *_: True)
    (stage.folder / "for Noa.xlsx").write_bytes(b"open")
    dialog = asked(stage)
    dialog.path.setText(str(stage.folder / "for Noa.xlsx"))
    dialog.redacted.setChecked(True)
    stage.click(dialog.write)
    stage.quiet()
    again = _shown(stage)
    assert again.trouble.text == "for Noa.xlsx is open in another program. Nothing was written."
    assert again.target == stage.folder / "for Noa 2.xlsx" and again.redacted.isChecked()
    stage.click(again.write)
    stage.quiet()
    assert [order["path"].name for order in orders] == ["for Noa.xlsx", "for Noa 2.xlsx"]


def test_a_file_that_is_there_is_not_written_over_unasked(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    orders = ordered(monkeypatch)
    monkeypatch.setattr("creator_crm.ui.workbook.share.confirm", lambda *_: False)
    dialog = asked(stage)
    (stage.folder / "old.xlsx").write_bytes(b"old")
    dialog.path.setText(str(stage.folder / "old.xlsx"))
    stage.click(dialog.write)
    assert dialog.isVisible() and not orders
    dialog.reject()


def test_a_workbook_that_came_back_opens_its_review(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    brought_back(stage, monkeypatch, reviews.small())
    monkeypatch.setattr(dialogs, "choose_file", lambda *_: stage.folder / "Luma team.xlsx")
    stage.window.actions_.trigger("file.bring_back")
    stage.quiet()
    assert [window.windowTitle() for window in shown(stage)] == ["Bring back Luma team.xlsx"]


def test_when_nothing_changed_a_notice_says_so_and_it_counts_as_seen(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    review = reviews.review(RecordMerge("creator", kept=(reviews.cell("u1", "niche", "a", "b", "a"),)))
    applied = brought_back(stage, monkeypatch, review)
    stage.session.workbook.bring_back(stage.folder / "Luma team.xlsx")
    stage.quiet()
    assert shown(stage) == [] and applied == [(review, Decisions())]
    said = stage.said[0].replace("\u2068", "").replace("\u2069", "")
    assert said == "They changed nothing in Luma team.xlsx. Your 1 change since then stay."


def test_a_workspace_closed_while_it_is_compared_shows_no_review(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    go = Event()
    brought_back(stage, monkeypatch, reviews.small())
    monkeypatch.setattr(type(stage.workspace), "review_workbook", lambda *_: go.wait(20) and reviews.small())
    stage.session.workbook.bring_back(stage.folder / "Luma team.xlsx")
    Timer(0.2, go.set).start()
    stage.session.close()
    stage.quiet()
    assert shown(stage) == []


def test_what_could_not_be_read_is_shown_although_nothing_changed(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    brought_back(stage, monkeypatch, reviews.review(RecordMerge("creator", problems=((3, "name", "No."),))))
    stage.session.workbook.bring_back(stage.folder / "Luma team.xlsx")
    stage.quiet()
    window = shown(stage)[0]
    assert window.apply_button.text() == "Close"
    stage.click(window.apply_button)
    assert not window.isVisible()


def test_a_workbook_that_cannot_be_read_is_refused_in_a_sentence(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> Review:
        raise UserError("Luma team.xlsx is no workbook of Creator CRM. Nothing was changed.")

    monkeypatch.setattr(type(stage.workspace), "review_workbook", refuse)
    stage.session.workbook.bring_back(stage.folder / "Luma team.xlsx")
    stage.quiet()
    assert stage.said == ["Luma team.xlsx is no workbook of Creator CRM. Nothing was changed."]


def test_a_dropped_workbook_of_ours_is_brought_back_and_another_list_imported(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    from openpyxl import Workbook

    ours, other = Workbook(), Workbook()
    ours.create_sheet("crm origin")
    ours.save(stage.folder / "ours.xlsx")
    other.save(stage.folder / "other.xlsx")
    brought: list[str] = []
    imported: list[str] = []
    monkeypatch.setattr(
        session_workbook.TeamWorkbook, "bring_back", lambda _, path: brought.append(path.name)
    )
    monkeypatch.setattr(ImportWizard, "exec", lambda wizard: imported.append(wizard.path.name))
    stage.window.files_dropped.emit([str(stage.folder / name) for name in ("ours.xlsx", "other.xlsx")])
    stage.bot.waitUntil(lambda: bool(imported))
    assert (brought, imported) == (["ours.xlsx"], ["other.xlsx"])
    for wizard in stage.window.findChildren(ImportWizard):
        wizard.reject()
        wizard.deleteLater()
    stage.quiet()


def test_two_workbooks_are_brought_back_one_after_the_other(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[str] = []

    def compare(_: object, path: Path, *_how: object) -> Review:
        compared.append(path.name)
        if path.name == "none.xlsx":
            raise UserError("none.xlsx is no workbook of Creator CRM. Nothing was changed.")
        return replace(reviews.small(), path=path)

    monkeypatch.setattr(type(stage.workspace), "review_workbook", compare)
    names = ("Bea.xlsx", "none.xlsx", "Kofi.xlsx")
    stage.session.workbook.bring_back_all([stage.folder / name for name in names])
    stage.quiet()
    (first,) = shown(stage)
    assert (compared, first.windowTitle()) == (["Bea.xlsx"], "Bring back Bea.xlsx")
    first.reject()
    stage.bot.waitUntil(lambda: len(compared) == 3)
    stage.quiet()
    assert [window.windowTitle() for window in shown(stage)] == ["Bring back Kofi.xlsx"]


def test_a_dropped_workbook_of_ours_asks_for_its_workspace_where_none_is_open(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    from openpyxl import Workbook

    ours = Workbook()
    ours.create_sheet("crm origin")
    ours.save(stage.folder / "Luma team.xlsx")
    imported: list[str] = []
    monkeypatch.setattr(ImportWizard, "exec", lambda wizard: imported.append(wizard.path.name))
    stage.session.close()
    stage.window.files_dropped.emit([str(stage.folder / "Luma team.xlsx")])
    stage.bot.waitUntil(lambda: bool(stage.said))
    said = stage.said[0].replace("\u2068", "").replace("\u2069", "")
    assert said.startswith("Luma team.xlsx is the team's workbook. Nothing was changed; open its workspace")
    assert imported == []


def test_ours_is_known_by_its_ids_alone_and_rubbish_is_nobodys(tmp_path: Path) -> None:
    from openpyxl import Workbook

    bare = Workbook()
    assert bare.active is not None
    bare.active.append(["Creator CRM ID", "Name"])
    bare.save(tmp_path / "bare.xlsx")
    (tmp_path / "rubbish.xlsx").write_bytes(b"PK\x03\x04 no workbook at all")
    (tmp_path / "list.csv").write_text("Creator CRM ID,Name\n")
    found = [
        is_team_workbook(tmp_path / name) for name in ("bare.xlsx", "rubbish.xlsx", "list.csv", "no.xlsx")
    ]
    assert found == [True, False, False, False]
    assert free_name(tmp_path / "bare.xlsx") == tmp_path / "bare 2.xlsx"


def test_a_workspace_open_for_reading_only_shares_and_takes_nothing_back(stage: Stage) -> None:
    stage.session._allow_changes(False)
    assert stage.window.actions_["file.share"].isEnabled()
    assert not stage.window.actions_["file.bring_back"].isEnabled()
    stage.session._allow_changes(True)


def test_both_are_in_the_menu_and_the_search_box_with_what_they_do(stage: Stage) -> None:
    declared = {action.id: action for action in stage.window.actions_}
    for name in ("file.share", "file.bring_back"):
        action = declared[name]
        assert action.menu == "File" and action.in_palette and action.shortcut and action.help, name
    file = next(a.menu() for a in stage.window.menuBar().actions() if a.text() == "&File")
    assert file is not None
    entries = [action.text() for action in file.actions()]  # type: ignore[attr-defined]
    assert {"Share workbook…", "Bring back a workbook…"} <= set(entries)


def test_nothing_is_asked_without_a_workspace(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    stage.session.close()
    stage.session.workbook.share()
    stage.session.workbook.choose()
    assert [d for d in stage.window.findChildren(QDialog) if d.isVisible()] == []
