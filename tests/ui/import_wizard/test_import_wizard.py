"""The import wizard, the whole way: with the keyboard, with the mouse, cancelled, stopped, undone, again."""

from __future__ import annotations

import gc
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import Qt

from creator_crm.domain.query import Query
from creator_crm.ui.imports import wizard as wizard_module
from creator_crm.ui.imports.wizard import COLUMNS, DONE, FILE, REHEARSAL
from creator_crm.ui.shared.accessibility import unnamed_controls

# The offscreen platform complains of every popup.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def test_a_list_comes_in_and_goes_again_without_touching_the_mouse(stage: Any) -> None:
    wizard = stage.start(stage.file(stage.text))
    for step in (COLUMNS, REHEARSAL, DONE):
        stage.press(wizard, Qt.Key.Key_Return)
        assert wizard.step == step
    assert stage.names() == ["Ana Lima", "Kofi Mensah"]
    assert wizard.next.text() == "Close"
    wizard.done_step.undo.setFocus()
    stage.press(wizard, Qt.Key.Key_Space)
    assert wizard.done_step.heading.text() == "The import was undone"
    assert stage.names() == []
    wizard.next.setFocus()
    stage.press(wizard, Qt.Key.Key_Return)
    assert not wizard.isVisible()


def test_a_list_comes_in_with_the_mouse_and_can_be_gone_back_in(stage: Any) -> None:
    wizard = stage.start(stage.file(stage.text))
    assert wizard.file.heading.text().startswith("This is a list of creators")
    stage.on(wizard)
    assert [line.box.path for line in wizard.columns.lines] == [
        "account.handle",
        "creator.name",
        "account_metrics.followers",
        "creator.email",
    ]
    stage.on(wizard)
    assert wizard.next.text() == "Import 2 creators"
    stage.click(wizard.back)
    assert wizard.step == COLUMNS
    stage.on(wizard, 2)
    assert wizard.done_step.heading.text() == "2 creators imported"
    assert stage.steps_taken() == 1
    stage.click(wizard.next)
    assert not wizard.isVisible()


@pytest.mark.parametrize("step", [FILE, COLUMNS, REHEARSAL])
def test_cancelled_at_any_step_it_leaves_nothing_behind(stage: Any, step: int) -> None:
    wizard = stage.start(stage.file(stage.text))
    stage.on(wizard, step)
    assert wizard.step == step
    stage.bot.keyClick(wizard, Qt.Key.Key_Escape)
    assert not wizard.isVisible()
    assert stage.names() == [] and stage.steps_taken() == 0


def test_closed_while_it_still_opens_the_file_it_asks_no_more(stage: Any) -> None:
    path = stage.file(stage.text)
    wizard = stage.start(path)
    wizard._open(path)
    assert wizard.work.busy
    wizard.close()
    assert not wizard.isVisible()
    stage.bot.waitUntil(lambda: not stage.window.jobs.running)


def test_writing_that_is_stopped_is_taken_back_whole(stage: Any) -> None:
    wizard = stage.start(stage.file(stage.text))
    stage.on(wizard, 2)
    go = Event()
    stage.window.jobs.run("holding the lane", lambda _: go.wait(20))
    stage.click(wizard.next)
    stage.bot.keyClick(wizard, Qt.Key.Key_Escape)
    assert wizard.isVisible(), "it waits until it is certain what was written"
    go.set()
    stage.settle(wizard)
    assert wizard.step == REHEARSAL
    assert wizard.rehearsed.trouble.text == "Stopped. Nothing was imported."
    assert stage.names() == [] and stage.steps_taken() == 0
    stage.on(wizard)
    assert stage.names() == ["Ana Lima", "Kofi Mensah"]


def test_when_the_workspace_changed_meanwhile_nothing_is_written_and_the_sentence_says_so(stage: Any) -> None:
    wizard = stage.start(stage.file(stage.text))
    stage.on(wizard, 2)
    stage.workspace.add("creator", {"name": "Zoë Müller"})
    stage.on(wizard)
    assert wizard.step == REHEARSAL
    assert "nothing was imported" in wizard.rehearsed.trouble.text
    assert stage.names() == ["Zoë Müller"]
    stage.on(wizard)
    assert wizard.step == DONE
    assert stage.names() == ["Ana Lima", "Kofi Mensah", "Zoë Müller"]


def test_the_same_file_again_says_that_nothing_would_change(stage: Any) -> None:
    path = stage.file(stage.text)
    wizard = stage.start(path)
    stage.on(wizard, 4)
    again = stage.start(path)
    stage.on(again, 2)
    assert again.rehearsed.heading.text() == "Everything in this file is here already; nothing would change."
    assert again.next.text() == "Close"
    stage.click(again.next)
    assert stage.steps_taken() == 1


def test_what_a_person_edited_is_replaced_only_when_asked(stage: Any) -> None:
    stage.on(stage.start(stage.file(stage.text)), 4)
    number = stage.workspace.ids(Query("creator", sort=("name",)))[0]
    stage.workspace.edit("creator", {number: {"email": "ana@lima.example"}})
    wizard = stage.start(
        stage.file(stage.text.replace("ana@example.org", "new@example.org"), "newer tiktok.csv")
    )
    stage.on(wizard, 2)
    assert wizard.rehearsed.chips_shown() == {"New": 0, "Changed": 0, "Unchanged": 2}
    stage.click(wizard.rehearsed.overwrite)
    stage.settle(wizard)
    assert wizard.rehearsed.chips_shown() == {"New": 0, "Changed": 1, "Unchanged": 1}
    model = wizard.rehearsed.model
    texts = [str(model.index(0, column).data()) for column in range(model.columnCount())]
    assert "ana@lima.example → new@example.org" in texts
    stage.on(wizard)
    assert stage.workspace.row("creator", number).email == "new@example.org"


def test_every_control_of_every_step_has_a_name(stage: Any) -> None:
    text = stage.text.replace("Followers", "Joined").replace("54000", "3/4/2024").replace("1.2M", "5/6/2024")
    wizard = stage.start(stage.file(text, "list.csv"))
    assert unnamed_controls(wizard) == []
    stage.on(wizard)
    assert unnamed_controls(wizard) == []
    wizard.columns.lines[0].box.showPopup()
    assert unnamed_controls(wizard.columns.picker) == []
    wizard.columns.picker.hide()
    wizard.reject()
    wizard = stage.start(stage.file(stage.text))
    stage.on(wizard, 2)
    assert unnamed_controls(wizard) == []
    stage.on(wizard)
    assert unnamed_controls(wizard) == []


def test_a_refused_file_is_one_sentence_and_the_way_to_another(
    stage: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    wizard = stage.start(stage.file("%PDF-1.7 not a sheet", "offer.xlsx"))
    assert wizard.refusal.isVisible() and not wizard.next.isVisible()
    sentence = wizard.refusal.sentence.text()
    assert "offer.xlsx" in sentence and sentence.endswith(".") and "Error" not in sentence
    good = stage.file(stage.text)
    monkeypatch.setattr(wizard_module, "choose_file", lambda *_: good)
    stage.click(wizard.refusal.another)
    stage.settle(wizard)
    assert wizard.file.isVisible() and wizard.next.isEnabled()
    assert "creators tiktok.csv" in wizard.file.facts.text()


def test_work_that_takes_long_is_shown_and_can_be_stopped(stage: Any) -> None:
    wizard = stage.start(stage.file(stage.text))
    stage.on(wizard)
    go = Event()
    stage.window.jobs.run("holding the lane", lambda _: go.wait(20))
    stage.click(wizard.next)
    stage.bot.waitUntil(wizard.busy.isVisible)
    assert wizard.busy.label.text() == "Rehearsing; nothing is written yet"
    assert not wizard.next.isEnabled()
    stage.click(wizard.busy.stop)
    go.set()
    stage.settle(wizard)
    assert wizard.step == COLUMNS and wizard.columns.isVisible()


def test_once_closed_memory_is_swept_as_before(stage: Any) -> None:
    wizard = stage.start(stage.file(stage.text))
    stage.on(wizard, 2)
    assert gc.get_freeze_count() > 0
    wizard.close()
    stage.bot.waitUntil(lambda: gc.get_freeze_count() == 0)
    assert gc.isenabled()


def test_once_closed_nothing_of_a_long_list_is_left(stage: Any) -> None:
    wizard = stage.start(stage.file(stage.text))
    stage.on(wizard, 2)
    found, rehearsal = wizard.found, wizard.rehearsal
    wizard.close()
    stage.bot.waitUntil(lambda: not stage.window.jobs.running)
    assert wizard.found is None and wizard.rehearsal is None
    assert not found.rows.rows and not rehearsal.plan.parsed.values and not rehearsal.plan.actions
    assert wizard.rehearsed.model.rowCount() == 0


def test_another_mapping_lets_go_of_the_rehearsal_but_not_of_the_rows(stage: Any) -> None:
    wizard = stage.start(stage.file(stage.text))
    stage.on(wizard, 2)
    earlier = wizard.rehearsal
    wizard.go_back()
    wizard.columns.target_chosen.emit(3, "")
    stage.settle(wizard)
    stage.on(wizard)
    assert not earlier.plan.actions
    assert wizard.rehearsal.counts["created"] == 2 and wizard.rehearsed.model.rowCount() == 2


def test_alt_and_the_arrows_go_on_and_back(stage: Any) -> None:
    wizard = stage.start(stage.file(stage.text))
    wizard.activateWindow()
    stage.bot.keyClick(wizard, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    stage.settle(wizard)
    assert wizard.step == COLUMNS
    stage.bot.keyClick(wizard, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert wizard.step == FILE


def test_only_the_rows_in_sight_are_worked_out(stage: Any) -> None:
    rows = "".join(f"@creator{n},Ana {n},{n},a{n}@example.org\n" for n in range(20_000))
    wizard = stage.start(stage.file("Handle,Name,Followers,E-mail\n" + rows, "many tiktok.csv"))
    stage.on(wizard, 2)
    assert wizard.rehearsed.model.rowCount() == 20_000
    assert wizard.rehearsed.model.worked_out < 200
    wizard.rehearsed.table.scrollToBottom()
    wizard.rehearsed.table.grab()
    assert wizard.rehearsed.model.worked_out < 400
