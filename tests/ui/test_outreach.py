"""Writing to creators from the Outreach page: who is due, what may be sent, and what is logged."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from creator_crm.domain.query import Query
from creator_crm.services.workspace import Workspace
from creator_crm.ui.outreach.page import OutreachPage
from creator_crm.ui.outreach.queue import QueueTab
from creator_crm.ui.outreach.templates import TemplateText
from creator_crm.ui.shared.accessibility import unnamed_controls
from creator_crm.ui.window import Window
from creator_crm.ui.writing.dialog import WriteDialog
from creator_crm.ui.writing.gaps import open_gaps

Brand = tuple[Window, Workspace]
HELLO = "Hi {{ creator.first_name }}, we love what you do about {{ creator.niche }}."


def day(ahead: int) -> str:
    return (date.today() + timedelta(days=ahead)).isoformat()


def at(ahead: int) -> str:
    return f"{day(ahead)}T09:00:00Z"


def person(workspace: Workspace, name: str, **values: Any) -> int:
    account: dict[str, Any] = {
        "platform": "tiktok",
        "handle": name.lower().replace(" ", ""),
        "is_primary": True,
    }
    return workspace.add("creator", {"name": name, **values}, {"account": [account]})


def outreach(window: Window) -> OutreachPage:
    window.show_page("outreach")
    page = window.page("outreach")
    assert isinstance(page, OutreachPage)
    return page


def queue(window: Window) -> QueueTab:
    part = outreach(window).part
    assert isinstance(part, QueueTab)
    assert part.writer, "asked for, it is there; else it comes when the list was painted"
    return part


def names(part: QueueTab) -> list[str]:
    return [line.title for line in part.list.lines.lines]


def messages(workspace: Workspace, **values: Any) -> list[Any]:
    rows: list[Any] = list(workspace.rows("message", workspace.ids(Query("message"))))
    return [row for row in rows if all(getattr(row, name) == value for name, value in values.items())]


def said(window: Window) -> list[str]:
    return [notice.label.text() for notice in window.notices.visible]


@pytest.fixture
def due(brand: Brand) -> tuple[Window, Workspace, dict[str, int]]:
    """Ana has not answered for long, Bea has not for a while, Cleo wrote and waits."""
    window, workspace = brand
    people = {name: person(workspace, f"{name} Blum") for name in ("Ana", "Bea", "Cleo")}
    workspace.log_message(people["Ana"], body="Hello Ana", at=at(-9), follow_up_on=day(-5))
    workspace.log_message(people["Bea"], body="Hello Bea", at=at(-4), follow_up_on=day(0))
    workspace.log_message(people["Cleo"], body="Which size?", direction="in", channel="email", at=at(-2))
    return window, workspace, people


def test_the_queue_names_who_is_due_with_the_most_urgent_first_and_why(
    due: tuple[Window, Workspace, dict[str, int]],
) -> None:
    part = queue(due[0])
    assert names(part) == ["Ana Blum", "Cleo Blum", "Bea Blum"]
    lines = part.list.lines.lines
    assert [line.chip for line in lines] == ["5 days late", "2 days late", "Today"]
    assert lines[1].text == "Cleo Blum wrote 2 days ago and waits for an answer."
    assert part.count.text() == "3 creators are due · 2 late"
    assert "Ana Blum" in part.writer.title.text()


def test_who_is_due_is_on_the_screen_before_what_is_needed_to_write(
    due: tuple[Window, Workspace, dict[str, int]], qtbot: QtBot
) -> None:
    part = outreach(due[0]).part
    assert isinstance(part, QueueTab)
    assert len(names(part)) == 3 and "writer" not in vars(part)
    assert not part.later_button.isVisible() and not part.done_button.isVisible()
    qtbot.waitUntil(lambda: part.later_button.isVisible() and part.done_button.isVisible(), timeout=5_000)
    assert "writer" in vars(part) and "Ana Blum" in part.writer.title.text()


def test_logging_a_message_as_sent_takes_them_off_the_list_and_undo_brings_them_back(
    due: tuple[Window, Workspace, dict[str, int]],
) -> None:
    window, workspace, people = due
    part = queue(window)
    part.writer.composer.body.setPlainText("Hi Ana, did you see my message?")
    part.writer.composer.log_button.click()
    QApplication.processEvents()
    assert names(part) == ["Cleo Blum", "Bea Blum"]
    assert "Cleo Blum" in part.writer.title.text(), "the next one comes forward"
    (sent,) = messages(workspace, body="Hi Ana, did you see my message?")
    assert (sent.creator, sent.status, sent.author) == (people["Ana"], "sent", workspace.store.who)
    assert sent.follow_up_on == day(4)
    assert said(window)[-1].startswith("Log a message to Ana Blum")
    workspace.undo()
    QApplication.processEvents()
    assert names(part)[0] == "Ana Blum"


def test_what_is_typed_stays_when_something_else_changes(
    due: tuple[Window, Workspace, dict[str, int]],
) -> None:
    window, workspace, people = due
    part = queue(window)
    part.writer.composer.body.setPlainText("half a sentence")
    workspace.edit("creator", {people["Bea"]: {"niche": "Skin care"}})
    QApplication.processEvents()
    assert part.writer.composer.text == "half a sentence"


def test_a_reply_is_logged_with_what_it_means_and_their_stage_follows(
    due: tuple[Window, Workspace, dict[str, int]],
) -> None:
    window, workspace, people = due
    part = queue(window)
    part.writer.modes.setCurrentIndex(1)
    reply = part.writer.reply
    reply.body.setPlainText("Yes, I would love to!")
    reply.outcome.show_value("agreed")
    reply.log_button.click()
    (heard,) = messages(workspace, direction="in", outcome="agreed")
    assert heard.body == "Yes, I would love to!"
    assert workspace.row("creator", people["Ana"]).stage == "agreed"


def test_later_puts_a_follow_up_off_and_dismissing_ends_it(
    due: tuple[Window, Workspace, dict[str, int]],
) -> None:
    window, workspace, people = due
    part = queue(window)
    part.put_off(3)
    QApplication.processEvents()
    assert names(part) == ["Cleo Blum", "Bea Blum"]
    assert [m.follow_up_on for m in messages(workspace, creator=people["Ana"])] == [day(3)]
    assert part.done_button.accessibleName() == "Needs no answer"
    part.done_button.click()
    QApplication.processEvents()
    part.done_button.click()
    QApplication.processEvents()
    assert names(part) == []
    assert part.stack.currentWidget() is part.nothing
    assert [m.status for m in messages(workspace, creator=people["Cleo"])] == ["answered"]
    assert [m.follow_up_on for m in messages(workspace, creator=people["Bea"])] == [None]


def test_a_planned_message_is_written_from_its_template_and_becomes_the_sent_one(brand: Brand) -> None:
    window, workspace = brand
    ana = person(workspace, "Ana Blum", niche="skin care")
    template = workspace.add("template", {"name": "Hello", "body": HELLO})
    workspace.plan_messages([ana], day(0), template=template)
    part = queue(window)
    assert part.writer.composer.text == "Hi Ana, we love what you do about skin care."
    part.writer.composer.log_button.click()
    (only,) = messages(workspace)
    assert (only.status, only.body) == ("sent", "Hi Ana, we love what you do about skin care.")


def test_a_message_with_an_open_gap_cannot_be_copied_or_logged_until_it_is_closed(brand: Brand) -> None:
    window, workspace = brand
    ana = person(workspace, "Ana Blum")
    workspace.add("template", {"name": "Hello", "body": HELLO})
    dialog = WriteDialog(outreach(window)._context, window, ana)
    composer = dialog.writer.composer
    assert composer.text == "Hi Ana, we love what you do about ⟨niche?⟩."
    assert composer.problem.text().startswith("Nothing is known for: niche.")
    assert not composer.copy_button.isEnabled()
    assert not composer.log_button.isEnabled()
    composer.body.setPlainText(composer.text.replace("⟨niche?⟩", "ceramics"))
    assert composer.problem.text() == ""
    composer.copy_button.click()
    assert QGuiApplication.clipboard().text() == "Hi Ana, we love what you do about ceramics."
    assert said(window) == ["The text is copied. Log it here once it is sent."]
    dialog.close()


def test_gaps_are_found_as_they_stand_in_the_text_each_once() -> None:
    assert open_gaps("⟨code?⟩ and ⟨CODE?⟩", "⟨ends on?⟩ ⟨no gap⟩") == ("code", "ends on")


def test_the_creators_language_decides_which_variant_of_a_template_is_offered(brand: Brand) -> None:
    window, workspace = brand
    greta = person(workspace, "Greta Kühn", language="de")
    workspace.add("template", {"name": "Hello", "language": "en", "body": "Hi {{ creator.first_name }}"})
    workspace.add("template", {"name": "Hello", "language": "de", "body": "Hallo {{ creator.first_name }}"})
    dialog = WriteDialog(outreach(window)._context, window, greta)
    composer = dialog.writer.composer
    assert [composer.template.itemText(n) for n in range(composer.template.count())] == [
        "No template",
        "Hello",
    ]
    assert composer.text == "Hallo Greta"
    dialog.close()


def test_who_opted_out_is_not_written_to_and_the_window_says_why(brand: Brand) -> None:
    window, workspace = brand
    ana = person(workspace, "Ana Blum")
    workspace.opt_out([ana])
    dialog = WriteDialog(outreach(window)._context, window, ana)
    composer = dialog.writer.composer
    assert dialog.writer.warning.text.text() == "Ana Blum asked not to be written to."
    composer.body.setPlainText("Hello anyway")
    assert not composer.copy_button.isEnabled()
    assert not composer.log_button.isEnabled()
    dialog.close()


def test_by_mail_there_is_a_subject_and_the_letter_opens_as_it_was_edited(
    brand: Brand, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, workspace = brand
    ana = person(workspace, "Ana Blum", email="ana@example.com")
    opened: list[str] = []
    monkeypatch.setattr(
        "creator_crm.ui.writing.writer.open_link", lambda link: opened.__iadd__([link]) is opened
    )
    dialog = WriteDialog(outreach(window)._context, window, ana, channel="email")
    composer = dialog.writer.composer
    assert not composer.subject.isHidden()
    composer.subject.setText("Hello & welcome")
    composer.body.setPlainText("Dear Ana")
    composer.mail_button.click()
    assert opened == ["mailto:ana@example.com?subject=Hello%20%26%20welcome&body=Dear%20Ana"]
    dialog.close()


def test_a_creator_is_found_by_typing_and_enter_begins_the_message(brand: Brand) -> None:
    window, workspace = brand
    person(workspace, "Ana Blum")
    bea = person(workspace, "Bea Sommer")
    dialog = WriteDialog(outreach(window)._context, window)
    assert [line.title for line in dialog.who.list.lines.lines] == ["Ana Blum", "Bea Sommer"]
    QTest.keyClicks(dialog.who.line, "somm")
    assert [line.title for line in dialog.who.list.lines.lines] == ["Bea Sommer"]
    QTest.keyClick(dialog.who.line, Qt.Key.Key_Return)
    assert dialog.writer.creator == bea
    assert unnamed_controls(dialog) == []
    dialog.close()


def test_an_impossible_step_on_the_board_is_refused_in_words_and_the_card_stays(
    due: tuple[Window, Workspace, dict[str, int]],
) -> None:
    window, workspace, people = due
    page = outreach(window)
    page.show_tab("messages")
    view = page.view
    assert view is not None
    view.as_board()
    (held,) = messages(workspace, creator=people["Cleo"])
    planned = next(n for n, column in enumerate(view.board.columns) if column.choice.value == "planned")
    view.board.move_card(held.id, planned)
    assert messages(workspace, creator=people["Cleo"])[0].status == "received"
    assert said(window)[-1].startswith("A message that was received cannot go back to planned")


def test_a_template_shows_at_once_how_it_reads_and_what_is_missing(brand: Brand) -> None:
    window, workspace = brand
    person(workspace, "Ana Blum")
    template = workspace.add("template", {"name": "Hello", "body": "Hi"})
    page = outreach(window)
    page.show_record("template", template)
    view = page.view
    assert view is not None
    text = view.panel.tabs.widget(0)
    assert isinstance(text, TemplateText)
    text.body.setPlainText("")
    text.insert("creator.first_name")
    assert text.shown.toPlainText() == "Ana"
    text.insert("creator.niche")
    assert text.shown.toPlainText() == "Ana⟨niche?⟩"
    assert text.problem.text().startswith("Nothing is known of this creator for: niche.")
    text.body.insertPlainText("{{ creator.frist")
    assert text.shown.toPlainText() == "Ana⟨niche?⟩", "the last good preview stays"
    assert "cannot be read here" in text.problem.text()


def test_an_action_of_today_opens_the_writer_for_the_message_that_was_chosen(
    due: tuple[Window, Workspace, dict[str, int]],
) -> None:
    window, workspace, people = due
    (held,) = messages(workspace, creator=people["Bea"])
    page = outreach(window)
    page.show_record("message", held.id)
    window.actions_.trigger("outreach.follow_up")
    (dialog,) = window.findChildren(WriteDialog)
    assert dialog.writer.creator == people["Bea"]
    dialog.close()


def test_every_tab_has_a_sentence_and_a_step_when_it_is_empty(brand: Brand) -> None:
    window, _ = brand
    page = outreach(window)
    part = queue(window)
    assert part.nothing.button.text() == "Write to a creator"
    for tab, button in (("messages", "Write to a creator"), ("templates", "Write a template")):
        page.show_tab(tab)
        assert page.view is not None
        assert page.view.table.nothing.button.text() == button
    assert unnamed_controls(page.widget) == []


def test_a_template_still_being_typed_is_saved_when_the_program_is_closed(brand: Brand) -> None:
    window, workspace = brand
    template = workspace.add("template", {"name": "Hello", "body": "Hi"})
    page = outreach(window)
    page.show_record("template", template)
    view = page.view
    assert view is not None
    text = view.panel.tabs.widget(0)
    assert isinstance(text, TemplateText)
    window.activateWindow()
    text.body.setFocus()
    text.body.setPlainText("Hi there")
    path = workspace.path
    window.close()
    with Workspace.open(path) as again:
        assert again.row("template", template).body == "Hi there"


def test_more_people_on_the_list_ask_no_more_questions(brand: Brand, monkeypatch: pytest.MonkeyPatch) -> None:
    window, workspace = brand
    part, asked = queue(window), []
    raw = workspace.store.read_raw

    def counted() -> Any:
        asked.append(1)
        return raw()

    def questions() -> int:
        asked.clear()
        part.refresh(None)
        return len(asked)

    monkeypatch.setattr(workspace.store, "read_raw", counted)
    for count in range(3):
        workspace.log_message(person(workspace, f"Ana {count}"), body="Hi", at=at(-9), follow_up_on=day(-1))
    few = questions()
    for count in range(30):
        workspace.log_message(person(workspace, f"Bea {count}"), body="Hi", at=at(-9), follow_up_on=day(-1))
    assert questions() <= few
    assert len(names(part)) == 33
