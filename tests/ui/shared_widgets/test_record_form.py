"""The form: made from the description, refuses in place, saves what is left, loses nothing typed."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from creator_crm.domain.fields import Choice, Field, Kind
from creator_crm.domain.values.refused import ValueRefused
from creator_crm.ui.shared import text, theme
from creator_crm.ui.shared.form.add import AddRecord
from creator_crm.ui.shared.form.dates import DateEditor
from creator_crm.ui.shared.form.day_picker import DayPicker
from creator_crm.ui.shared.form.editors import (
    ChoiceEditor,
    FlagEditor,
    LineEditor,
    LongTextEditor,
    PlaceEditor,
)
from creator_crm.ui.shared.form.form import RecordForm
from creator_crm.ui.shared.form.make import editor_for
from creator_crm.ui.shared.form.references import ReferenceEditor
from creator_crm.ui.shared.form.sections import Section, usual_sections

pytestmark = [
    pytest.mark.usefixtures("dressed"),
    pytest.mark.qt_log_ignore("This plugin does not support", extend=True),
]


def saving(source: Any, qtbot: QtBot, id: int = 1, record: str = "creator") -> RecordForm:
    form = RecordForm(source, record, saves=True)
    qtbot.addWidget(form)
    form.resize(380, 700)
    form.show()
    form.set_row(source.kept[record][id])
    return form


def type_in(qtbot: QtBot, form: RecordForm, name: str, typed: str, leave: bool = True) -> Any:
    line = form.lines[name].editor
    line.setFocus()
    line.selectAll()  # type: ignore[union-attr]
    event = QInputMethodEvent()
    event.setCommitString(typed)
    QGuiApplication.sendEvent(line, event)
    if leave:
        qtbot.keyClick(line, Qt.Key.Key_Return)
    return line


def test_every_kind_gets_the_editor_that_fits_it(source: Any, qtbot: QtBot) -> None:
    wanted = {
        ("creator", "stage"): ChoiceEditor,
        ("creator", "notes"): LongTextEditor,
        ("creator", "country"): PlaceEditor,
        ("creator", "opted_out"): FlagEditor,
        ("campaign", "starts_on"): DateEditor,
        ("collaboration", "campaign"): ReferenceEditor,
    }
    for (record, name), kind in wanted.items():
        editor = editor_for(source, record, source.catalogue[record].field(name))
        qtbot.addWidget(editor)
        assert type(editor) is kind
        assert editor.accessibleName()


def test_a_field_is_saved_when_it_is_left_as_one_step(source: Any, qtbot: QtBot) -> None:
    form = saving(source, qtbot)
    with qtbot.waitSignal(form.saved):
        type_in(qtbot, form, "niche", "Façade painting")
    assert source.edits == [("creator", {1: {"niche": "Façade painting"}}, "")]
    type_in(qtbot, form, "niche", "Façade painting")
    assert len(source.edits) == 1


def test_a_refused_value_stays_with_its_reason_under_it(source: Any, qtbot: QtBot) -> None:
    form = saving(source, qtbot)
    line = type_in(qtbot, form, "email", "nobody at all")
    error = form.lines["email"].error
    assert source.edits == [] and line.text() == "nobody at all"
    assert error.isVisible() and "nobody at all" in error.text()
    assert error.textFormat() == Qt.TextFormat.PlainText
    form.set_row(source.kept["creator"][1])
    assert line.text() == "nobody at all"
    type_in(qtbot, form, "email", "ana@example.org")
    assert not error.isVisible()
    assert source.kept["creator"][1].email == "ana@example.org"


def test_what_was_refused_is_still_there_when_the_record_comes_back(source: Any, qtbot: QtBot) -> None:
    form = saving(source, qtbot)
    type_in(qtbot, form, "email", "half an addr")
    form.set_row(source.kept["creator"][2])
    assert form.lines["email"].editor.text() == source.kept["creator"][2].email  # type: ignore[union-attr]
    assert not form.lines["email"].error.isVisible()
    form.set_row(source.kept["creator"][1])
    assert form.lines["email"].editor.text() == "half an addr"  # type: ignore[union-attr]
    assert form.lines["email"].error.isVisible()


def test_a_refusal_of_the_workspace_keeps_the_text_too(source: Any, qtbot: QtBot) -> None:
    form = saving(source, qtbot)
    source.refuse = "The disk is full. What you typed is still here."
    line = type_in(qtbot, form, "niche", "Travel")
    assert line.text() == "Travel" and form.lines["niche"].error.text() == source.refuse
    source.refuse = ""
    form.flush()
    assert source.kept["creator"][1].niche == "Travel"


def test_going_to_another_record_saves_what_was_typed_last(source: Any, qtbot: QtBot) -> None:
    form = saving(source, qtbot)
    type_in(qtbot, form, "niche", "Travel", leave=False)
    form.set_row(source.kept["creator"][2])
    assert source.edits == [("creator", {1: {"niche": "Travel"}}, "")]


def test_a_change_from_elsewhere_does_not_overwrite_what_is_being_typed(source: Any, qtbot: QtBot) -> None:
    form = saving(source, qtbot)
    line = type_in(qtbot, form, "niche", "Trav", leave=False)
    source.edit("creator", {1: {"owner": "Lin", "niche": "Else"}})
    form.set_row(source.kept["creator"][1])
    assert line.text() == "Trav"
    assert form.lines["owner"].editor.text() == "Lin"  # type: ignore[union-attr]


def test_money_is_read_in_the_currency_of_its_record(source: Any, qtbot: QtBot) -> None:
    form = saving(source, qtbot, 2, "campaign")
    type_in(qtbot, form, "budget", "1,250")
    assert source.kept["campaign"][2].budget == 1250
    type_in(qtbot, form, "budget", "12.50")
    assert "JPY" in form.lines["budget"].error.text()


def test_a_new_record_reads_money_in_the_currency_chosen_beside_it(source: Any, qtbot: QtBot) -> None:
    form = RecordForm(source, "campaign")
    qtbot.addWidget(form)
    form.lines["name"].editor.show_value("Spring")
    form.lines["currency"].editor.show_value("KWD")
    form.lines["budget"].editor.setText("1.250")  # type: ignore[union-attr]
    assert form.check()
    assert form.values()["budget"] == 1250
    assert form.values()["currency"] == "KWD"


def test_a_new_record_whose_currency_is_not_asked_for_reads_money_in_the_usual_one(
    source: Any, qtbot: QtBot
) -> None:
    form = RecordForm(source, "campaign", sections=[Section("", ("name", "budget"))])
    qtbot.addWidget(form)
    form.lines["name"].editor.show_value("Spring")
    form.lines["budget"].editor.setText("12.50")  # type: ignore[union-attr]
    assert form.check()
    assert form.values() == {"name": "Spring", "budget": 1250}


def test_required_fields_are_marked_and_named(source: Any, qtbot: QtBot) -> None:
    form = RecordForm(source, "campaign")
    qtbot.addWidget(form)
    assert form.lines["name"].label.text() == "Name *"
    assert not form.check()
    assert form.lines["name"].error.text() == "Name is needed."


def test_fields_of_the_users_own_stand_in_the_form_and_are_saved(source: Any, qtbot: QtBot) -> None:
    shoe = Field(name="shoe", label="Shoe size", kind=Kind.COUNT, custom=True)
    fit = Field(
        name="fit", label="Fit", kind=Kind.CHOICE, custom=True, choices=(Choice("s", "S"), Choice("m", "M"))
    )
    source.catalogue = source.catalogue.with_custom({"creator": [shoe, fit]})
    form = saving(source, qtbot)
    type_in(qtbot, form, "shoe", "41")
    assert source.kept["creator"][1].custom == {"shoe": 41}
    headings = [label.text() for label in form.findChildren(QLabel)]
    assert "Your own fields" in headings


def test_a_country_is_found_by_any_part_of_its_name_or_its_code(source: Any, qtbot: QtBot) -> None:
    editor = editor_for(source, "creator", source.catalogue["creator"].field("country"))
    qtbot.addWidget(editor)
    assert isinstance(editor, PlaceEditor)
    for typed, code in {"germany": "DE", "Deutschland": "DE", "JP": "JP", "": None}.items():
        editor.setEditText(typed)
        assert editor.read() == code
    editor.setEditText("Atlantis")
    with pytest.raises(ValueRefused, match="Atlantis"):
        editor.read()


def test_a_choice_that_is_no_longer_offered_is_shown_and_kept(source: Any, qtbot: QtBot) -> None:
    editor = editor_for(source, "creator", source.catalogue["creator"].field("stage"))
    qtbot.addWidget(editor)
    editor.show_value("old_stage")
    assert editor.read() == "old_stage"


def test_a_reference_takes_only_a_record_that_exists(source: Any, qtbot: QtBot) -> None:
    editor = editor_for(source, "collaboration", source.catalogue["collaboration"].field("campaign"))
    qtbot.addWidget(editor)
    editor.show_value(2)
    assert editor.text() == "Tokyo pop-up" and editor.read() == 2  # type: ignore[union-attr]
    editor.setText("autumn launch")  # type: ignore[union-attr]
    assert editor.read() == 1
    editor.setText("Winter")  # type: ignore[union-attr]
    with pytest.raises(ValueRefused, match="no campaign called “Winter”"):
        editor.read()


def test_a_date_is_typed_as_the_locale_writes_it_or_picked(source: Any, qtbot: QtBot) -> None:
    field = source.catalogue["campaign"].field("starts_on")
    editor = editor_for(source, "campaign", field)
    qtbot.addWidget(editor)
    assert isinstance(editor, DateEditor)
    for locale, typed in {"en_US": "3/4/2026", "de_DE": "4.3.2026", "en_GB": "04/03/2026"}.items():
        text.set_locale(locale)
        editor.setText(typed)
        assert editor.read() == "2026-03-04"
    editor.show()
    with qtbot.waitSignal(editor.committed):
        editor.open_calendar()
        assert editor.calendar is not None
        assert editor.calendar.month.selectedDate() == QDate(2026, 3, 4)
        editor.calendar.month.clicked.emit(QDate(2026, 3, 9))
    assert editor.read() == "2026-03-09"


def test_the_form_groups_every_field_a_person_fills_in_exactly_once(source: Any) -> None:
    description = source.catalogue["creator"]
    names = [name for section in usual_sections(description) for name in section.names]
    assert len(names) == len(set(names))
    assert "followers" not in names and "handles" not in names
    assert {"name", "email", "notes", "opted_out", "external_id"} <= set(names)


def test_adding_asks_for_the_important_fields_and_the_rest_on_demand(source: Any, qtbot: QtBot) -> None:
    dialog = AddRecord(source, "creator", part="account")
    qtbot.addWidget(dialog)
    dialog.show()
    assert "phone" not in dialog.form.lines
    dialog.more_button.click()
    assert "phone" in dialog.form.lines
    dialog.form.lines["name"].editor.setText("Nea Nord")  # type: ignore[union-attr]
    dialog.part_form.lines["handle"].editor.setText("@nea.nord")  # type: ignore[union-attr]
    with qtbot.waitSignal(dialog.added) as told:
        dialog.add()
    (number,) = told.args
    assert source.kept["creator"][number].name == "Nea Nord"
    assert source.parts("account", number)[0].handle == "nea.nord"
    assert not dialog.isVisible()


def test_nothing_is_not_added(source: Any, qtbot: QtBot) -> None:
    dialog = AddRecord(source, "creator")
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.add()
    assert dialog.isVisible() and dialog.error.text() == "Fill in at least one field."
    dialog.form.lines["email"].editor.setText("nonsense")  # type: ignore[union-attr]
    dialog.add()
    assert dialog.form.lines["email"].error.isVisible()
    assert len(source.kept["creator"]) == 40


def test_a_refused_record_leaves_the_dialog_as_it_was(source: Any, qtbot: QtBot) -> None:
    dialog = AddRecord(source, "tag", sections=(Section("", ("name",)),))
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.form.lines["name"].editor.setText("vip")  # type: ignore[union-attr]
    source.refuse = "There is a tag called vip already. Nothing was added."
    dialog.add()
    assert dialog.isVisible() and dialog.error.text() == source.refuse
    assert dialog.form.lines["name"].editor.text() == "vip"  # type: ignore[union-attr]


def test_a_text_longer_than_its_line_is_read_from_its_beginning(qtbot: QtBot) -> None:
    tags = LineEditor(Field(name="tags", label="Tags", kind=Kind.TAGS))
    country = PlaceEditor(Field(name="country", label="Country", kind=Kind.COUNTRY))
    tags.show_value(("sends raw footage", "slow replies", "rates known"))
    country.show_value("Atlantis")
    for editor, line in ((tags, tags), (country, country.lineEdit())):
        qtbot.addWidget(editor)
        assert line is not None and line.text()
        assert line.cursorPosition() == 0


def test_whoever_writes_at_the_end_of_a_line_stays_there(qtbot: QtBot) -> None:
    editor = LineEditor(Field(name="niche", label="Niche", kind=Kind.TEXT))
    qtbot.addWidget(editor)
    editor.show()
    editor.activateWindow()
    editor.setFocus()
    qtbot.waitUntil(editor.hasFocus)
    editor.show_value("Mum and baby")
    assert editor.cursorPosition() == len("Mum and baby")
    editor.clearFocus()
    assert editor.cursorPosition() == 0


def test_the_week_end_is_quiet_and_not_red_in_light_and_in_dark(
    source: Any, qtbot: QtBot, dressed: QApplication
) -> None:
    editor = DateEditor(Field(name="on", label="On", kind=Kind.DATE))
    qtbot.addWidget(editor)
    month = DayPicker(editor).month
    for look in (theme.LIGHT, theme.DARK):
        theme.apply(dressed, look.name)
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            assert month.weekdayTextFormat(day).foreground().color().name() == look.muted
