"""The Briefs page with real widgets: versions with their difference, content from plan to post, documents."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from creator_crm.ui.briefs.export import ExportDialog
from creator_crm.ui.briefs.log_post import LogPostDialog
from creator_crm.ui.briefs.page import BriefsPage
from creator_crm.ui.briefs.plan import PlanDialog
from creator_crm.ui.briefs.steps import timing
from creator_crm.ui.briefs.versions import VersionsTab
from creator_crm.ui.shared.accessibility import unnamed_controls

if TYPE_CHECKING:
    from creator_crm.services.workspace import Workspace
    from creator_crm.ui.window import Window

Brand = tuple["Window", "Workspace"]
TODAY = date.today()
POST = "https://www.tiktok.com/@ana/video/7350000000000000001"


def on(days_ahead: int) -> str:
    return (TODAY + timedelta(days=days_ahead)).isoformat()


@pytest.fixture
def made(brand: Brand) -> dict[str, int]:
    """Ana and Bea in a campaign, Ana with a code, a brief for it."""
    _, workspace = brand
    spring = workspace.add("campaign", {"name": "Spring"})
    found = {"spring": spring}
    for name in ("Ana", "Bea"):
        account = {"platform": "tiktok", "handle": name.lower()}
        number = workspace.add("creator", {"name": name}, {"account": [account]})
        workspace.add("collaboration", {"creator": number, "campaign": spring})
        found[name] = number
    workspace.add("code", {"code": "ANA10", "creator": found["Ana"], "campaign": spring})
    values = {"name": "First week", "campaign": spring, "objective": "Sell 400 tins.", "no_go": "No claims."}
    found["brief"] = workspace.add("brief", {**values, "posting_until": on(9)})
    return found


def page_of(window: Window) -> BriefsPage:
    window.show_page("briefs")
    page = window.page("briefs")
    assert isinstance(page, BriefsPage)
    return page


def dialog(window: Window, kind: type[QWidget]) -> Any:
    """The dialog of this kind that is open."""
    (found,) = [each for each in window.findChildren(kind) if each.isVisible()]
    return found


def notice(window: Window) -> str:
    return window.notices.visible[-1].label.text()


def test_a_version_is_saved_and_what_changed_since_can_be_seen(brand: Brand, made: dict[str, int]) -> None:
    window, workspace = brand
    page = page_of(window)
    page.show_record("brief", made["brief"])
    assert page.view is not None
    panel: Any = page.view.panel
    panel.buttons["briefs.keep"].click()
    assert [version.number for version in workspace.versions(made["brief"])] == [1]
    workspace.edit("brief", {made["brief"]: {"no_go": "No claims.\nNo rivals."}})
    tab = panel.findChild(VersionsTab)
    panel.tabs.setCurrentWidget(tab)
    assert "has changed since" in tab.state.text()
    told = [label.accessibleName() for label in tab.findChildren(QLabel) if label.accessibleName()]
    assert told == ["No-go: kept: No claims.. added: No rivals."]
    panel.buttons["briefs.keep"].click()
    assert tab.older.currentText().startswith("Version 1")
    assert "says the same" in tab.state.text()


def test_saving_a_version_of_an_unchanged_brief_is_refused_in_words(
    brand: Brand, made: dict[str, int]
) -> None:
    window, workspace = brand
    workspace.keep_version(made["brief"])
    page = page_of(window)
    page.show_record("brief", made["brief"])
    window.actions_.trigger("briefs.keep")
    assert "Nothing has changed since version 1" in notice(window)


def test_what_is_being_typed_belongs_to_the_saved_version(brand: Brand, made: dict[str, int]) -> None:
    window, workspace = brand
    page = page_of(window)
    page.show_record("brief", made["brief"])
    assert page.view is not None
    panel: Any = page.view.panel
    editor: Any = panel.form.lines["hook"].editor
    editor.setText("Two minutes")
    editor.textEdited.emit("Two minutes")
    panel.buttons["briefs.keep"].click()
    assert "Two minutes" in str(workspace.versions(made["brief"])[0].content)


def test_content_is_planned_for_everybody_in_a_campaign(brand: Brand, made: dict[str, int]) -> None:
    window, workspace = brand
    page = page_of(window)
    page.show_record("brief", made["brief"])
    window.actions_.trigger("briefs.plan")
    plan = dialog(window, PlanDialog)
    assert plan.campaign.currentData() == made["spring"]
    assert not plan.plan_button.isEnabled()
    plan.all_button.click()
    plan.each.setValue(2)
    assert plan.plan_button.accessibleName() == "Plan 4 pieces"
    assert unnamed_controls(plan) == []
    plan.plan_button.click()
    assert page.view is not None
    assert page.view.shape.record == "deliverable"
    rows: list[Any] = workspace.rows("deliverable", list(page.view.table.model.ids))
    assert sorted(row.creator for row in rows) == [made["Ana"]] * 2 + [made["Bea"]] * 2
    assert {(row.brief, row.due_on, row.status) for row in rows} == {(made["brief"], on(9), "planned")}


def test_a_pasted_link_finds_the_creator_and_what_was_planned(brand: Brand, made: dict[str, int]) -> None:
    window, workspace = brand
    (planned,) = workspace.plan_deliverables([made["Ana"]], {"campaign": made["spring"]})
    page_of(window)
    QGuiApplication.clipboard().setText(POST)
    window.actions_.trigger("briefs.log_post")
    log = dialog(window, LogPostDialog)
    assert log.url.text() == POST
    assert "@ana" in log.found.text()
    assert unnamed_controls(log) == []
    log.log_button.click()
    row = workspace.row("deliverable", planned)
    assert (row.status, row.post_id) == ("live", "7350000000000000001")
    workspace.undo()
    assert workspace.row("deliverable", planned).status == "planned"


def test_a_post_of_nobody_known_is_refused_in_place_and_logged_once_they_are_named(
    brand: Brand, made: dict[str, int]
) -> None:
    window, workspace = brand
    page_of(window)
    QGuiApplication.clipboard().setText("")
    window.actions_.trigger("briefs.log_post")
    log = dialog(window, LogPostDialog)
    assert not log.log_button.isEnabled()
    log.url.setText(POST.replace("@ana", "@nobody"))
    log.log_button.click()
    assert "nobody called @nobody" in log.error.text().casefold()
    assert log.isVisible()
    log.creator.setText("Bea")
    log.log_button.click()
    assert not log.isVisible()
    (row,) = workspace.rows("deliverable", [1])
    assert row.creator == made["Bea"]  # type: ignore[attr-defined]


def test_the_steps_of_a_draft_are_taken_with_the_mouse_and_rounds_are_counted(
    brand: Brand, made: dict[str, int]
) -> None:
    window, workspace = brand
    (number,) = workspace.plan_deliverables([made["Ana"]], {"due_on": on(3)})
    page = page_of(window)
    page.show_record("deliverable", number)
    assert page.view is not None
    panel: Any = page.view.panel
    assert panel.steps.when.text().startswith("Due in 3 days")
    for status in ("draft_in", "changes_asked", "draft_in", "approved"):
        panel.steps.steps[status].click()
        assert workspace.row("deliverable", number).status == status
    row = workspace.row("deliverable", number)
    assert (row.rounds, row.approved_on) == (1, TODAY.isoformat())
    assert "planned" not in panel.steps.steps


def test_a_step_that_makes_no_sense_is_a_notice_and_changes_nothing(
    brand: Brand, made: dict[str, int]
) -> None:
    window, workspace = brand
    done = workspace.log_post(POST)
    page = page_of(window)
    page.show_record("deliverable", done.deliverable)
    window.actions_.trigger("briefs.approve")
    assert "A piece of content that is live cannot" in notice(window)
    assert workspace.row("deliverable", done.deliverable).status == "live"


def test_everybody_at_work_is_given_the_brief_and_the_tab_says_so(brand: Brand, made: dict[str, int]) -> None:
    window, workspace = brand
    workspace.plan_deliverables([made["Ana"], made["Bea"]], {"brief": made["brief"]})
    page = page_of(window)
    page.show_record("brief", made["brief"])
    assert page.view is not None
    panel: Any = page.view.panel
    tab = next(
        panel.tabs.widget(n) for n in range(panel.tabs.count()) if panel.tabs.tabText(n) == "Who has it"
    )
    panel.tabs.setCurrentWidget(tab)
    assert tab.said.text() == "2 creators have not been given the brief as it is now."
    tab.give_button.click()
    assert {holder.version for holder in workspace.holders(made["brief"])} == {1}
    assert [line.text.split(" ·")[0] for line in tab.list.lines.lines] == ["Has version 1"] * 2
    assert not tab.give_button.isVisibleTo(tab)


def test_a_brief_goes_out_as_pdf_markdown_and_on_the_clipboard_with_the_creators_code(
    brand: Brand, made: dict[str, int], tmp_path: Path
) -> None:
    window, _ = brand
    page = page_of(window)
    page.show_record("brief", made["brief"])
    window.actions_.trigger("briefs.export")
    export: ExportDialog = dialog(window, ExportDialog)
    assert unnamed_controls(export) == []
    assert "ANA10" not in export.preview.toPlainText()
    export.whose.setCurrentIndex(export.whose.findText("Ana"))
    assert "ANA10" in export.preview.toPlainText()
    export.copy_button.click()
    assert "Sell 400 tins." in QGuiApplication.clipboard().text()
    assert export.save_to(tmp_path / "brief.pdf")
    assert (tmp_path / "brief.pdf").read_bytes().startswith(b"%PDF-")
    assert export.save_to(tmp_path / "brief.md")
    assert "ANA10" in (tmp_path / "brief.md").read_text(encoding="utf-8")
    assert not export.save_to(tmp_path / "missing" / "brief.md")
    assert not export.save_to(tmp_path / "brief.docx")
    assert "Choose a name that ends in" in notice(window)
    export.close()


@pytest.mark.parametrize(
    ("due_on", "live_on", "status", "words"),
    [
        ("2026-05-04", None, "planned", "2 days late: it was due on 5/4/2026"),
        ("2026-05-06", None, "planned", "Due today"),
        ("2026-05-07", None, "planned", "Due in 1 day, on 5/7/2026"),
        ("2026-05-07", "2026-05-05", "live", "Live since 5/5/2026, 2 days early"),
        ("2026-05-04", "2026-05-05", "live", "Live since 5/5/2026, 1 day late"),
        (None, "2026-05-05", "live", "Live since 5/5/2026"),
        ("2026-05-04", None, "cancelled", ""),
        (None, None, "planned", ""),
    ],
)
def test_when_content_is_due_is_said_in_words(
    brand: Brand, due_on: str | None, live_on: str | None, status: str, words: str
) -> None:
    _, workspace = brand
    ana = workspace.add("creator", {"name": "Ana"})
    values = {"creator": ana, "due_on": due_on, "live_on": live_on, "status": status}
    row = workspace.row("deliverable", workspace.add("deliverable", values))
    assert timing(row, date(2026, 5, 6)) == words


def test_empty_tabs_offer_the_next_step_and_name_their_controls(brand: Brand, qtbot: QtBot) -> None:
    window, _ = brand
    page = page_of(window)
    for tab, label in (("briefs", "Add a brief"), ("content", "Plan content"), ("dates", "Add a date")):
        page.show_tab(tab)
        assert page.view is not None
        assert page.view.table.nothing.button.text() == label
    for _, show in page.scenes():
        show()
    assert unnamed_controls(window) == []
