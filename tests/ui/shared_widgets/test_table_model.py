"""Rows of a table are read a page at a time, formatted once, and read again only where they changed."""

from __future__ import annotations

from array import array
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from creator_crm.domain.changes import Changes
from creator_crm.domain.query import Query
from creator_crm.ui.shared import text
from creator_crm.ui.shared.table.formatting import display
from creator_crm.ui.shared.table.model import PAGE, RecordModel

pytestmark = pytest.mark.usefixtures("dressed")


def loaded(source: Any, record: str = "creator") -> RecordModel:
    model = RecordModel(source, record)
    model.set_ids(source.ids(Query(record)))
    return model


def test_the_model_keeps_every_promise_qt_asks_of_a_model(source: Any, qapp: QApplication) -> None:
    model = RecordModel(source, "creator")
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_ids(source.ids(Query("creator")))
    model.touch([3])
    model.set_ids(array("q"))
    assert tester.model() is model


def test_only_the_pages_looked_at_are_read(source: Any) -> None:
    model = RecordModel(source, "creator")
    model.set_ids(array("q", list(range(1, 41)) * 1000))
    source.pages_read = 0
    assert model.text(7 * PAGE, 0)
    assert model.text(7 * PAGE + PAGE - 1, 3)
    assert source.pages_read == 1
    model.text(0, 0)
    assert source.pages_read == 2


def test_a_change_reads_only_its_own_page_again(source: Any) -> None:
    model = RecordModel(source, "creator")
    model.set_ids(array("q", [*range(1, 41)] * 5 + [*range(1, 20)] * 11))
    for row in (0, PAGE):
        model.text(row, 0)
    source.edit("creator", {39: {"owner": "Lin"}})
    source.pages_read = 0
    model.touch([39])
    owner = model.column_of["owner"]
    assert model.text(38, owner) == "Lin"
    model.text(PAGE, owner)
    assert source.pages_read == 1


def test_a_row_that_is_gone_leaves_an_empty_line_and_no_error(source: Any) -> None:
    model = loaded(source)
    model.ids.append(999)
    model.set_ids(model.ids)
    assert model.text(40, 0) == ""
    assert model.row(40) is None and model.row(99) is None


def test_references_are_shown_by_name_with_one_question_a_page(source: Any) -> None:
    model = loaded(source, "collaboration")
    asked: list[set[int]] = []
    titles = source.titles
    source.titles = lambda record, ids: asked.append(set(ids)) or titles(record, asked[-1])
    names = {model.text(row, model.column_of["campaign"]) for row in range(4)}
    assert names == {"Autumn launch", "Tokyo pop-up"}
    assert asked == [{1, 2}]


def test_money_is_shown_in_the_currency_of_its_own_row(source: Any) -> None:
    model = loaded(source, "collaboration")
    shown = {model.text(row, model.column_of["fee"]) for row in range(4)}
    assert shown == {"€450.00", "¥45,000"}


@pytest.mark.parametrize(
    ("name", "value", "american", "german"),
    [
        ("followers", 1234567, "1,234,567", "1.234.567"),
        ("engagement", 46000, "4.6%", "4,6%"),
        ("handle", "ana31", "@ana31", "@ana31"),
        ("country", "DE", "Germany", "Germany"),
        ("stage", "do_not_contact", "Do not contact", "Do not contact"),
        ("stage", "a stage nobody knows", "a stage nobody knows", "a stage nobody knows"),
        ("notes", "two\nlines", "two lines", "two lines"),
        ("opted_out", True, "Yes", "Yes"),
        ("opted_out", False, "", ""),
        ("tags", ("local", "vip"), "local, vip", "local, vip"),
        ("name", None, "", ""),
        ("followers", 0, "0", "0"),
    ],
)
def test_values_read_as_the_locale_writes_them(
    source: Any, name: str, value: Any, american: str, german: str
) -> None:
    field = source.catalogue["creator"].field(name)
    assert display(field, value) == american
    text.set_locale("de_DE")
    assert display(field, value).replace("\u202f", " ").replace("\xa0", " ") == german


def test_days_follow_the_locale_too(source: Any) -> None:
    field = source.catalogue["campaign"].field("starts_on")
    assert display(field, "2026-11-22") == "11/22/2026"
    text.set_locale("de_DE")
    assert display(field, "2026-11-22") == "22.11.2026"


def test_a_screen_reader_hears_the_field_with_its_value(source: Any) -> None:
    model = loaded(source)
    spoken = model.data(model.index(0, 0), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Name: Ada Kowalski"


def test_changes_say_what_they_touch() -> None:
    assert Changes(1, "x", {"creator": frozenset({1})}).touches("creator")
