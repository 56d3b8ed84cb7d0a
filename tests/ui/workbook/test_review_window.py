"""The review of a workbook: what it shows, how it is decided by keyboard and mouse, what is then applied."""

from __future__ import annotations

from typing import Any

import pytest
import workbook_reviews as reviews
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QMenu, QMessageBox

from creator_crm.domain.changes import Changes
from creator_crm.domain.errors import UserError
from creator_crm.domain.merging import Cell, RecordMerge, Side
from creator_crm.services.workbook_back import Decisions, Review
from creator_crm.ui.shared.accessibility import unnamed_controls
from creator_crm.ui.workbook import window as window_module
from creator_crm.ui.workbook.lines import Section

from .conftest import Stage, texts

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
NOTES_OF_ANA = ("creator", "u1", "notes")
NOTES_OF_KOFI = ("creator", "u2", "notes")


def applied(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> list[Decisions]:
    """What is handed to the workspace instead of being written."""
    taken: list[Decisions] = []

    def apply_review(_: object, review: Review, decisions: Decisions, **_how: object) -> Changes:
        taken.append(decisions)
        return Changes(7, f"Bring back {review.path.name}", {"creator": frozenset({1})})

    monkeypatch.setattr(type(stage.workspace), "apply_review", apply_review)
    return taken


def test_the_head_says_what_came_and_how_it_was_compared(stage: Stage) -> None:
    window = stage.look_at(reviews.small())
    said = window.heading.text().replace("\u2068", "").replace("\u2069", "")
    assert said == "3 conflicts, 1 change by them, 1 new row and 1 missing row in Luma team.xlsx"
    assert window.base.text() == f"{reviews.BASE} Nothing is written before you press Apply."
    tabs = [window.tabs.tabText(place) for place in range(window.tabs.count())]
    assert tabs == [
        "Both changed  3",
        "They changed  1",
        "You changed  1",
        "New  1",
        "Missing  1",
        "Left out  1",
    ]


def test_every_section_shows_values_as_the_lists_do(stage: Stage) -> None:
    window = stage.look_at(reviews.small())
    assert texts(window) == [
        ["Ana Lima", "Notes", "old", "mine", "theirs"],
        ["Kofi Mensah", "Notes", "empty", "her own", "another"],
        ["Kofi Mensah", "Stage", "Prospect", "Agreed", "Active"],
    ]
    assert texts(window, Section.THEIRS) == [["", "Ana Lima", "Niche", "tea", "coffee"]]
    assert texts(window, Section.YOURS) == [["Kofi Mensah", "Niche", "empty", "clay"]]
    assert [line[1:4] for line in texts(window, Section.NEW)] == [["Noa Vance", "Creator", "7"]]
    assert [line[1:] for line in texts(window, Section.MISSING)] == [["Bea", "Creator", "Stays"]]
    assert texts(window, Section.LEFT) == [
        ["Creators, line 9 · Followers", "“many” is no number. The value of before stays."]
    ]


def test_money_dates_and_references_are_written_for_people(stage: Stage) -> None:
    cells = (
        reviews.cell("s1", "shipping_cost", None, 1250, 12345),
        reviews.cell("s1", "shipped_on", None, "2026-11-02", "2026-11-12"),
        reviews.cell("s1", "creator", "u1", "u1", "u2"),
    )
    fields = stage.workspace.catalogue["shipment"].by_name
    shown = tuple(cell for cell in cells if cell.field in fields)
    titles = {("creator", "u1"): "Ana Lima", ("creator", "u2"): "Kofi Mensah", ("shipment", "s1"): "P-1"}
    window = stage.look_at(reviews.review(RecordMerge("shipment", conflicts=shown), titles=titles))
    said = {line[1]: line[3:] for line in texts(window)}
    assert ["11/2/2026", "11/12/2026"] in said.values()
    assert ["Ana Lima", "Kofi Mensah"] in said.values()


def test_amounts_are_in_the_currency_of_their_row(stage: Stage) -> None:
    number = stage.workspace.add("campaign", {"name": "Spring", "currency": "JPY", "budget": 5000})
    uid = stage.workspace.uids("campaign", [number])[number]
    cells = (
        reviews.cell(uid, "budget", 4000, 5000, 6000),
        reviews.cell(uid, "currency", "JPY", "JPY", "USD"),
    )
    merge = RecordMerge("campaign", conflicts=cells[:1], taken=cells[1:])
    window = stage.look_at(reviews.review(merge, titles={("campaign", uid): "Spring"}))
    assert texts(window)[0][2:] == ["¥4,000", "¥5,000", "$60.00"]


def test_conflicts_are_decided_by_keyboard_alone(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = applied(stage, monkeypatch)
    window = stage.look_at(reviews.small())
    table = window.table
    stage.press(table, Qt.Key.Key_T)
    assert table.currentIndex().row() == 1, "one line decided leads to the next"
    stage.press(table, Qt.Key.Key_M)
    stage.press(table, Qt.Key.Key_2)
    assert window.tools.count.text() == "All are decided"
    stage.press(table, Qt.Key.Key_U)
    assert window.tools.count.text() == "1 of 3 undecided; those keep yours"
    stage.press(table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    stage.quiet()
    assert taken == [Decisions(cells={NOTES_OF_ANA: Side.THEIRS, NOTES_OF_KOFI: Side.MINE})]
    assert stage.said == ["Bring back Luma team.xlsx."]


def test_space_takes_the_side_under_the_cursor(stage: Stage) -> None:
    window = stage.look_at(reviews.small())
    stage.press(window.table, Qt.Key.Key_Right)
    stage.press(window.table, Qt.Key.Key_Space)
    assert window.choices.side(window.lines[Section.BOTH][0]) is Side.THEIRS
    stage.press(window.table, Qt.Key.Key_Left)
    stage.press(window.table, Qt.Key.Key_Return)
    assert window.choices.side(window.lines[Section.BOTH][1]) is Side.MINE


def test_everything_is_answered_at_once_with_ctrl_a(stage: Stage) -> None:
    window = stage.look_at(reviews.long())
    stage.press(window.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    stage.press(window.table, Qt.Key.Key_T)
    assert window.tools.count.text() == "All are decided"
    assert {window.choices.side(line) for line in window.lines[Section.BOTH]} == {Side.THEIRS}


def test_a_click_on_the_circle_chooses_and_elsewhere_only_looks(stage: Stage) -> None:
    window = stage.look_at(reviews.small())
    table, line = window.table, window.lines[Section.BOTH][1]
    cell = table.visualRect(window.model.index(1, 4))
    stage.bot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=cell.center())
    assert window.choices.side(line) is None
    assert window.detail.name.text() == "Kofi Mensah · Creator · Notes"
    mark = QPoint(cell.x() + 12, cell.center().y())
    stage.bot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=mark)
    assert window.choices.side(line) is Side.THEIRS
    stage.bot.mouseDClick(
        table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(window.model.index(1, 3)).center()
    )
    assert window.choices.side(line) is Side.MINE


def test_the_versions_below_answer_too_and_take_the_answer_back(stage: Stage) -> None:
    window = stage.look_at(reviews.small())
    _, mine, theirs = window.detail.cards
    assert (mine.text.toPlainText(), theirs.text.toPlainText()) == ("mine", "theirs")
    stage.click(theirs.answer)
    assert window.choices.side(window.lines[Section.BOTH][0]) is Side.THEIRS
    assert theirs.answer.text() == "Taken"
    stage.click(theirs.answer)
    assert window.choices.side(window.lines[Section.BOTH][0]) is None


def test_one_field_is_answered_for_all_rows(stage: Stage) -> None:
    window = stage.look_at(reviews.long())
    groups = window.tools.groups
    places = [groups.itemText(place) for place in range(groups.count())]
    assert "Creators · Notes (14)" in places
    groups.setCurrentIndex(places.index("Creators · Notes (14)"))
    groups.activated.emit(groups.currentIndex())
    assert window.model.rowCount() == 14
    window.tools.every.menu().actions()[1].trigger()
    chosen = [line.field for line in window.lines[Section.BOTH] if window.choices.side(line)]
    assert chosen == ["notes"] * 14


def test_the_menu_of_a_line_answers_its_field_and_its_row(stage: Stage) -> None:
    window = stage.look_at(reviews.small())
    window.table.menu_wanted.emit(QPoint(0, 0))
    menu = window.findChildren(QMenu)[-1]
    offered = {action.text(): action for action in menu.actions() if action.text()}
    assert list(offered) == [
        "Keep yours",
        "Keep yours: all of “Notes” (2)",
        "Take theirs",
        "Take theirs: all of “Notes” (2)",
        "Not decided",
    ]
    offered["Take theirs: all of “Notes” (2)"].trigger()
    sides = [window.choices.side(line) for line in window.lines[Section.BOTH]]
    assert sides == [Side.THEIRS, Side.THEIRS, None]
    menu.close()


def test_rows_edited_on_one_side_and_gone_on_the_other_are_asked(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = applied(stage, monkeypatch)
    window = stage.look_at(reviews.long())
    assert texts(window)[0][2:] == ["", "In your trash", "Edited: Notes: \u2068She is back from leave\u2069"]
    assert texts(window)[1][3:] == ["Edited: Stage: \u2068Agreed\u2069", "Deleted by them"]
    window.table.decide(Side.THEIRS, [0, 1])
    assert "brings 2 rows back from the trash" in window.footer.text(), "one by them, one as decided"
    window.apply()
    stage.quiet()
    assert taken[0].rows == {("creator", "u14"): Side.THEIRS, ("creator", "u15"): Side.THEIRS}


def test_missing_rows_stay_and_new_rows_come_unless_ticked_otherwise(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = applied(stage, monkeypatch)
    window = stage.look_at(reviews.small())
    assert "to the trash" not in window.footer.text() and "adds 1 creator" in window.footer.text()
    window.tabs.setCurrentIndex(4)
    stage.press(window.table, Qt.Key.Key_Space)
    assert texts(window)[0][3] == "Goes to the trash"
    assert "moves 1 row to the trash" in window.footer.text()
    window.tabs.setCurrentIndex(3)
    box = window.table.visualRect(window.model.index(0, 0))
    stage.click(window.tools.untick)
    assert window.model.index(0, 0).data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Unchecked
    assert box.isValid() and "adds" not in window.footer.text()
    window.apply()
    stage.quiet()
    assert taken[0].delete == {("creator", "u3")} and taken[0].skip == {("creator", "n1")}


def test_what_they_alone_changed_can_be_left_out_one_by_one(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = applied(stage, monkeypatch)
    window = stage.look_at(reviews.small())
    window.tabs.setCurrentIndex(1)
    assert window.tools.count.text() == "1 of 1 ticked"
    stage.press(window.table, Qt.Key.Key_Space)
    assert window.tools.count.text() == "0 of 1 ticked"
    assert "leaves 1 change by them out" in window.footer.text()
    assert "takes" not in window.footer.text()
    assert [card.heading.text() for card in window.detail.cards[:2]] == ["Yours, stays", "Theirs, left out"]
    window.apply()
    stage.quiet()
    assert taken[0].cells == {("creator", "u1", "niche"): Side.MINE}


def test_what_they_changed_is_left_out_by_row_and_by_field(stage: Stage) -> None:
    window = stage.look_at(reviews.long())
    window.tabs.setCurrentIndex(1)
    lines = window.lines[Section.THEIRS]
    at = next(row for row, line in enumerate(lines) if line.field == "niche")
    window.table.choose_row(at)
    window._open_menu(QPoint(0, 0))
    (menu,) = [m for m in window.findChildren(QMenu) if m.isVisible()]
    labels = [action.text() for action in menu.actions()]
    assert labels == ["Untick", "Tick: all of “Niche” (12)", "Untick: all of “Niche” (12)"]
    menu.actions()[2].trigger()
    menu.close()
    assert window.tools.count.text() == "2 of 14 ticked"  # rows moved to the trash and out of it
    assert window.choices.decisions().cells == {line.place: Side.MINE for line in lines if line.field}
    window.model.tick(range(len(lines)), False)
    assert window.choices.decisions().rows == {
        ("creator", "u9"): Side.MINE,
        ("creator", "u10"): Side.MINE,
    }


def test_what_apply_does_is_said_in_words(stage: Stage) -> None:
    window = stage.look_at(reviews.small())
    assert window.footer.text() == (
        "Apply takes 1 change, adds 1 creator and keeps yours in 3 undecided conflicts."
    )
    window.table.decide(Side.THEIRS, [0])
    assert window.footer.text() == (
        "Apply takes 2 changes, adds 1 creator and keeps yours in 2 undecided conflicts."
    )
    window.table.decide(Side.MINE, [1])
    assert window.footer.text().endswith("keeps yours in 2 conflicts (1 undecided).")


@pytest.mark.parametrize("sure", [True, False])
def test_closing_with_decisions_asks_first(stage: Stage, monkeypatch: pytest.MonkeyPatch, sure: bool) -> None:
    asked: list[str] = []
    monkeypatch.setattr(window_module, "confirm", lambda *words: bool(asked.append(words[2])) or sure)
    window = stage.look_at(reviews.small())
    window.table.decide(Side.THEIRS, [0])
    stage.press(window, Qt.Key.Key_Escape)
    assert asked == ["Nothing was written. Your 1 decision would be forgotten."]
    assert window.isVisible() is not sure


def test_closing_without_decisions_asks_nothing(stage: Stage) -> None:
    window = stage.look_at(reviews.small())
    stage.press(window, Qt.Key.Key_Escape)
    assert not window.isVisible()
    assert not isinstance(QApplication.activeModalWidget(), QMessageBox)


def test_a_workspace_that_changed_meanwhile_is_compared_again_and_decisions_stay(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> Changes:
        raise UserError("The workspace changed meanwhile. Nothing was written; compare again.")

    monkeypatch.setattr(type(stage.workspace), "apply_review", refuse)
    window = stage.look_at(reviews.small())
    window.table.decide(Side.THEIRS, [0, 1])
    window.apply()
    stage.quiet()
    assert window.isVisible() and window.trouble.text.startswith("The workspace changed meanwhile.")
    creators = reviews.small().records[0]
    fewer = RecordMerge("creator", conflicts=creators.conflicts[1:])
    again = reviews.review(fewer, titles=dict(reviews.small().titles))
    monkeypatch.setattr(type(stage.workspace), "review_workbook", lambda *_: again)
    stage.click(window.again)
    stage.quiet()
    assert window.trouble.text == ""
    sides = [window.choices.side(line) for line in window.lines[Section.BOTH]]
    assert sides == [Side.THEIRS, None]
    assert window.choices.decisions().cells == {NOTES_OF_KOFI: Side.THEIRS}


def test_a_new_column_becomes_a_field_and_is_compared(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    came = reviews.review(RecordMerge("creator"), new_columns=(("creator", "Shoe size"),))
    window = stage.look_at(came)
    assert window.section is Section.LEFT

    def compare(*_: object) -> Review:
        made = stage.workspace.custom_fields("creator")[0]
        cell = reviews.cell("u1", str(made.name), None, None, "39")
        return reviews.review(RecordMerge("creator", taken=(cell,)), titles={("creator", "u1"): "Ana"})

    monkeypatch.setattr(type(stage.workspace), "review_workbook", compare)
    stage.click(window.tools.make)
    stage.quiet()
    assert window.section is Section.THEIRS
    assert texts(window) == [["", "Ana", "Shoe size", "empty", "39"]]


def test_long_texts_begin_where_they_differ_and_mark_it(stage: Stage) -> None:
    base = "Likes the serum a lot and would like to have more of it in spring."
    cell = Cell("u1", "notes", base, base.replace("spring", "June"), base.replace("spring", "winter"))
    window = stage.look_at(
        reviews.review(RecordMerge("creator", conflicts=(cell,)), titles={("creator", "u1"): "Ana"})
    )
    assert texts(window)[0][2:] == [
        "… of it in spring.",
        "… of it in June.",
        "… of it in winter.",
    ]
    theirs = window.detail.cards[2]
    assert theirs.text.toPlainText() == cell.theirs
    marked = [each.cursor.selectedText() for each in theirs.text.extraSelections()]  # type: ignore[attr-defined]
    assert marked == ["winter"]


def test_every_section_without_lines_says_so(stage: Stage) -> None:
    window = stage.look_at(
        reviews.review(RecordMerge("creator", kept=(reviews.cell("u1", "niche", 1, 2, 1),)))
    )
    for place, section in enumerate(Section):
        window.tabs.setCurrentIndex(place)
        if section is not Section.YOURS:
            assert window.stack.currentWidget() is window.empty
            assert window.empty.sentence.text() == window_module.EMPTY[section]
    assert window.apply_button.text() == "Close"


def test_every_control_has_a_name_in_every_section(stage: Stage) -> None:
    window = stage.look_at(reviews.long())
    for place in range(window.tabs.count()):
        window.tabs.setCurrentIndex(place)
        assert unnamed_controls(window) == []


def test_a_screen_reader_hears_which_side_was_chosen(stage: Stage) -> None:
    window = stage.look_at(reviews.small())
    role = Qt.ItemDataRole.AccessibleTextRole
    assert window.model.index(0, 3).data(role) == "Yours: mine, not decided yet"
    window.table.decide(Side.MINE, [0])
    assert window.model.index(0, 3).data(role) == "Yours: mine, chosen"
    assert window.model.index(0, 4).data(role) == "Theirs: theirs, not chosen"


def test_ten_thousand_lines_are_written_only_in_sight(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    cells = tuple(reviews.cell(f"u{n}", "notes", "a", f"b{n}", f"c{n}") for n in range(20_000))
    window = stage.look_at(reviews.review(RecordMerge("creator", conflicts=cells)))
    written: list[Any] = []
    real = type(window.model).mine
    monkeypatch.setattr(
        type(window.model), "mine", lambda model, line: written.append(1) or real(model, line)
    )
    window._fill(0)
    window.table.scrollToBottom()
    QApplication.processEvents()
    assert len(written) < 200
    stage.press(window.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    stage.press(window.table, Qt.Key.Key_T)
    assert window.tools.count.text() == "All are decided"
