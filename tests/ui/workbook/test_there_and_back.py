"""The whole way in the window, with the real workbook: shared, changed by both, brought back, undone."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from creator_crm.services.sample import make_sample
from creator_crm.services.workbook_out import export_workbook
from creator_crm.services.workspace import Workspace
from creator_crm.ui.workbook.lines import Section
from creator_crm.ui.workbook.window import ReviewWindow

from .conftest import Stage, texts

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def edit(path: Path, sheet: str, changes: dict[tuple[int, str], object]) -> None:
    """Type values as a team mate: by row of the sheet and heading."""
    from openpyxl import load_workbook

    book = load_workbook(path)
    page = book[sheet]
    headings = {str(cell.value): cell.column for cell in page[1]}
    for (row, heading), value in changes.items():
        page.cell(row, headings[heading], value)  # type: ignore[arg-type]
    book.save(path)


def came_back(stage: Stage, path: Path) -> ReviewWindow | None:
    """The review that bringing `path` back opens, if any."""
    stage.session.workbook.bring_back(path)
    stage.quiet()
    found = [w for w in stage.window.findChildren(ReviewWindow) if w.isVisible()]
    return found[0] if found else None


def test_forty_conflicts_are_decided_applied_and_undone(stage: Stage) -> None:
    workspace, path = stage.workspace, stage.folder / "team.xlsx"
    numbers = [
        workspace.add("creator", {"name": f"Creator {n:02}", "niche": "tea", "notes": f"note {n}"})
        for n in range(40)
    ]
    export_workbook(workspace, path)
    workspace.edit("creator", {number: {"niche": "cocoa"} for number in numbers})
    edit(path, "Creators", {(row, "Niche"): f"coffee {row}" for row in range(2, 42)})
    edit(path, "Creators", {(2, "Notes"): "theirs alone", (42, "Name"): "Noa Newcomer"})
    window = came_back(stage, path)
    assert window is not None
    counts = {section: len(lines) for section, lines in window.lines.items() if lines}
    assert counts == {Section.BOTH: 40, Section.THEIRS: 1, Section.NEW: 1}
    assert texts(window)[0][1:] == ["Niche", "tea", "cocoa", "coffee 2"]
    window.activateWindow()
    window.table.setFocus()
    for key in (Qt.Key.Key_T, Qt.Key.Key_M, Qt.Key.Key_T):
        stage.press(window.table, key)
    assert window.footer.text() == (
        "Apply takes 3 changes, adds 1 creator and keeps yours in 38 conflicts (37 undecided)."
    )
    stage.press(window.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    stage.quiet()
    rows = workspace.rows("creator", numbers)
    assert [row.niche for row in rows[:4]] == ["coffee 2", "cocoa", "coffee 4", "cocoa"]
    assert rows[0].notes == "theirs alone" and len(workspace.find("creator", "Noa Newcomer")) == 1
    assert stage.said == ["Bring back team.xlsx."]
    stage.click(stage.window.notices.visible[0].button)
    stage.quiet()
    assert {row.niche for row in workspace.rows("creator", numbers)} == {"cocoa"}
    assert workspace.find("creator", "Noa Newcomer") == []


def test_the_sample_brand_that_comes_back_unchanged_is_a_notice(stage: Stage) -> None:
    sample, path = stage.folder / "Sample.creatorcrm", stage.folder / "team.xlsx"
    make_sample(sample)
    assert stage.session.open(sample)
    workspace = stage.session.workspace
    assert workspace is not None
    export_workbook(workspace, path)
    before = workspace.change_sets()[0].id
    assert came_back(stage, path) is None
    said = stage.said[-1].replace("\u2068", "").replace("\u2069", "")
    assert said == "They changed nothing in team.xlsx."
    assert workspace.change_sets()[0].id == before


def test_a_field_of_another_copy_is_shown_with_its_values_and_left_out_with_them(stage: Stage) -> None:
    workspace, path = stage.workspace, stage.folder / "team.xlsx"
    ana = workspace.add("creator", {"name": "Ana Lima"})
    copy = stage.folder / "copy.creatorcrm"
    workspace.backup(copy)
    with Workspace.open(copy) as other:
        for label, kind, options in (("Skin type", "choice", ("dry", "oily")), ("Shoe size", "number", ())):
            other.add_custom_field("creator", label, kind, options=options)
        other.edit("creator", {ana: {"skin_type": "oily", "shoe_size": 38.5}})
        export_workbook(other, path)
    window = came_back(stage, path)
    assert window is not None
    assert [row[1:] for row in texts(window, Section.THEIRS)] == [
        ["Ana Lima", "Skin type", "empty", "oily"],
        ["Ana Lima", "Shoe size", "empty", "38.5"],
    ]
    names = [row[1] for row in texts(window, Section.NEW)]
    assert names == ["Skin type", "Shoe size"]
    window.table.setFocus()
    stage.press(window.table, Qt.Key.Key_Space)
    said = "Apply takes 1 change, adds 1 custom field and leaves 1 change by them out."
    assert window.footer.text() == said
    stage.click(window.apply_button)
    stage.quiet()
    assert [field.label for field in workspace.custom_fields("creator")] == ["Shoe size"]
    assert dict(workspace.row("creator", ana).custom) == {"shoe_size": 38.5}
