"""What the steps of the import wizard offer: how a file is read, what columns become, which rows stand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from creator_crm.ui.imports import wizard as wizard_module
from creator_crm.ui.imports.verdicts import FIRST_VALUE
from creator_crm.ui.imports.wizard import COLUMNS, REHEARSAL, ImportWizard
from creator_crm.ui.shared.labels import OneLine

# The offscreen platform complains of every popup.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def shown(wizard: ImportWizard, row: int) -> list[str]:
    model = wizard.file.rows
    return [str(model.index(row, column).data()) for column in range(model.columnCount())]


def pick(box: QComboBox, value: str) -> None:
    """Choose in a combo box as a person does."""
    at = box.findData(value)
    assert at >= 0, f"{value} is not offered"
    box.setCurrentIndex(at)
    box.activated.emit(at)


# The file ----------------------------------------------------------------------------------------------


def test_an_uncertain_encoding_is_asked_for_with_a_preview_that_follows(stage: Any) -> None:
    text = "Benutzername;Name;Abonnenten\n@zoe;Zoë Müller;12,5K\n@elodie;Élodie Roux;1.200\n"
    wizard = stage.start(stage.file(text, "liste tiktok.csv", "cp1252"))
    assert wizard.file.encoding.isVisible() and wizard.file.remarks.tone == "warn"
    assert shown(wizard, 1) == ["@zoe", "Zoë Müller", "12,5K"]
    pick(wizard.file.encoding, "cp1251")
    stage.settle(wizard)
    assert shown(wizard, 1)[1] == "Zoл Mьller"
    pick(wizard.file.encoding, "cp1252")
    stage.settle(wizard)
    stage.on(wizard, 3)
    assert set(stage.names()) == {"Élodie Roux", "Zoë Müller"}
    assert sorted(row.followers for row in stage.rows("creator")) == [1200, 12500]


def test_a_certain_encoding_is_not_asked_for_and_another_delimiter_is_shown_at_once(stage: Any) -> None:
    wizard = stage.start(stage.file(stage.text))
    assert not wizard.file.encoding.isVisible()
    pick(wizard.file.delimiter, ";")
    stage.settle(wizard)
    assert shown(wizard, 0) == ["Handle,Name,Followers,E-mail"]
    pick(wizard.file.delimiter, ",")
    stage.settle(wizard)
    assert shown(wizard, 0) == ["Handle", "Name", "Followers", "E-mail"]


def test_another_header_line_is_marked_and_taken(stage: Any) -> None:
    text = "Report,of,September\nName,Handle,Followers\nCreator,TikTok,Reach\nAna,@ana31,54000\n"
    wizard = stage.start(stage.file(text))
    wizard.file.header_row.setValue(3)
    stage.click(wizard.next)  # while the number is still being typed: first the file is looked at again
    stage.settle(wizard)
    assert list(wizard.file.rows.header) == [2]
    assert wizard.found is not None and wizard.found.table.headers == ("Creator", "TikTok", "Reach")


def test_a_hidden_sheet_is_marked_and_not_the_first_choice(stage: Any) -> None:
    book = Workbook()
    secret, open_one = book.active, book.create_sheet("Creators")
    secret.title = "Old"
    secret.sheet_state = "hidden"
    for row in (["Handle", "Followers"], ["@old", 5]):
        secret.append(row)
    for row in (["Handle", "Followers"], ["@ana31", 54000], ["@kofi67", 1200]):
        open_one.append(row)
    path = stage.folder / "tracker tiktok.xlsx"
    book.save(path)
    wizard = stage.start(path)
    box = wizard.file.sheet
    assert box.isVisible() and box.currentText() == "Creators  ·  3 rows"
    assert box.itemText(0) == "Old  ·  2 rows  ·  hidden"
    box.setCurrentIndex(0)
    box.activated.emit(0)
    stage.settle(wizard)
    assert shown(wizard, 1) == ["@old", "5"]


def test_a_sheet_that_cannot_be_used_leaves_the_choice_of_another(stage: Any) -> None:
    book = Workbook()
    for row in (["Handle", "Followers"], ["@ana31", 54000]):
        book.active.append(row)
    book.create_sheet("Nothing")
    path = stage.folder / "tracker tiktok.xlsx"
    book.save(path)
    wizard = stage.start(path)
    wizard.file.sheet.setCurrentIndex(1)
    wizard.file.sheet.activated.emit(1)
    stage.settle(wizard)
    assert "no rows" in wizard.file.trouble.text and not wizard.next.isEnabled()
    wizard.file.sheet.setCurrentIndex(0)
    wizard.file.sheet.activated.emit(0)
    stage.settle(wizard)
    assert not wizard.file.trouble.isVisible() and wizard.next.isEnabled()


def test_of_two_tables_on_a_sheet_either_can_be_chosen(stage: Any) -> None:
    first = "Handle,Followers,E-mail\n@ana31,54000,a@example.org\n@kofi67,12000,\n"
    text = f"{first}\nHandle,Followers,Niche\n@mia,1000,food\n@leo,2000,tech\n"
    wizard = stage.start(stage.file(text))
    assert wizard.found is not None
    assert wizard.file.table_box.count() == 2
    wizard.file.table_box.setCurrentIndex(1)
    wizard.file.table_box.activated.emit(1)
    stage.settle(wizard)
    assert wizard.found.table.headers == ("Handle", "Followers", "Niche")


# The columns -------------------------------------------------------------------------------------------


def test_a_field_is_found_by_typing_part_of_its_name(stage: Any) -> None:
    wizard = stage.start(stage.file(stage.text.replace("Followers", "Zahl der Leute")))
    stage.on(wizard)
    line = wizard.columns.lines[2]
    assert line.box.path == ""
    line.box.setFocus()
    stage.bot.keyClick(line.box, Qt.Key.Key_F)
    picker = wizard.columns.picker
    assert picker.isVisible() and picker.line.text() == "f"
    stage.bot.keyClicks(picker.line, "ollow")
    stage.bot.keyClick(picker.line, Qt.Key.Key_Return)
    stage.settle(wizard)
    assert not picker.isVisible()
    assert wizard.columns.lines[2].box.currentText() == "Figures: Followers"
    stage.on(wizard, 2)
    assert stage.rows("creator")[0].followers == 54000


def test_the_arrows_walk_through_the_fields_and_escape_changes_nothing(stage: Any) -> None:
    wizard = stage.start(stage.file(stage.text))
    stage.on(wizard)
    box = wizard.columns.lines[1].box
    stage.bot.keyClick(box, Qt.Key.Key_Down)
    picker = wizard.columns.picker
    assert picker.list.currentItem().text() == "Name"
    stage.bot.keyClick(picker.line, Qt.Key.Key_Down)
    assert picker.list.currentItem().text() == "Name and handle in one"
    stage.bot.keyClick(picker, Qt.Key.Key_Escape)
    assert not picker.isVisible() and wizard.columns.lines[1].box.path == "creator.name"


def test_one_click_leaves_a_column_out(stage: Any) -> None:
    wizard = stage.start(stage.file(stage.text))
    stage.on(wizard)
    line = wizard.columns.lines[3]
    stage.click(line.clear)
    stage.settle(wizard)
    assert line.box.currentText() == "Leave out" and not line.clear.isEnabled()
    stage.on(wizard, 2)
    assert [row.email for row in stage.rows("creator")] == [None, None]


def test_a_column_nobody_knows_becomes_a_field_of_its_own(stage: Any) -> None:
    wizard = stage.start(
        stage.file(stage.text.replace("E-mail", "Shoe size").replace("ana@example.org", "38"))
    )
    stage.on(wizard)
    stage.choose(wizard, "Shoe size", "creator.+count")
    assert wizard.columns.lines[3].box.currentText().startswith("New field")
    stage.on(wizard, 2)
    field = stage.workspace.catalogue["creator"].custom[0]
    assert (field.label, field.kind) == ("Shoe size", "count")
    assert stage.rows("creator")[0].custom[field.name] == 38


def test_a_platform_that_is_not_known_must_be_chosen(stage: Any) -> None:
    wizard = stage.start(stage.file(stage.text, "list.csv"))
    stage.on(wizard)
    stage.on(wizard)
    assert wizard.step == COLUMNS
    assert wizard.columns.trouble.text == "Choose the platform that the handles in this list are from."
    assert wizard.focusWidget() is wizard.columns.whole.platform
    pick(wizard.columns.whole.platform, "youtube")
    stage.on(wizard, 2)
    assert {row.platform for row in stage.rows("account")} == {"youtube"}


def test_a_list_of_something_else_becomes_records_of_that_kind(stage: Any) -> None:
    wizard = stage.start(stage.file("Name,Budget,Start\nSpring launch,1500,2026-03-01\n", "campaigns.csv"))
    stage.on(wizard)
    pick(wizard.columns.whole.shape, "campaign")
    stage.settle(wizard)
    assert not wizard.columns.whole.platform.isVisible()
    assert wizard.columns.lines[0].box.currentText() == "Campaign: Name"
    stage.on(wizard)
    assert wizard.next.text() == "Import 1 campaign"
    stage.on(wizard)
    assert [row.name for row in stage.rows("campaign")] == ["Spring launch"]


def test_dates_that_can_be_read_two_ways_are_asked_about(stage: Any) -> None:
    text = "Handle,Name,Birthday party\n@ana31,Ana,3/4/2024\n@kofi67,Kofi,5/6/2024\n"
    wizard = stage.start(stage.file(text))
    stage.on(wizard)
    stage.choose(wizard, "Birthday party", "creator.+date")
    stage.on(wizard)
    assert wizard.step == COLUMNS and "the day or the month" in wizard.columns.trouble.text
    pick(wizard.columns.lines[2].answer, "dmy")
    stage.settle(wizard)
    stage.on(wizard, 2)
    field = stage.workspace.catalogue["creator"].custom[0]
    assert stage.rows("creator")[0].custom[field.name] == "2024-04-03"


def test_a_header_that_lies_is_warned_of_with_a_sign_and_words(stage: Any) -> None:
    text = "Handle,Views avg.\n@ana31,Germany\n@kofi67,France\n@mia61,Spain\n"
    wizard = stage.start(stage.file(text))
    stage.on(wizard)
    line = wizard.columns.lines[1]
    assert line.box.path == ""
    assert line.warning.isVisible() and "Germany" in line.warning.text
    assert line.warning.tone == "warn" and not line.warning.sign.pixmap().isNull()


def test_the_same_headers_bring_the_choices_back_until_one_starts_over(stage: Any) -> None:
    wizard = stage.start(stage.file(stage.text))
    stage.on(wizard)
    stage.click(wizard.columns.lines[3].clear)
    stage.settle(wizard)
    stage.on(wizard, 3)
    again = stage.start(stage.file(stage.text.replace("ana31", "lena77"), "next tiktok.csv"))
    stage.on(again)
    assert again.columns.saved.isVisible() and again.columns.lines[3].box.path == ""
    stage.click(again.columns.again)
    stage.settle(again)
    assert not again.columns.saved.isVisible()
    assert again.columns.lines[3].box.path == "creator.email"


def test_the_same_header_twice_and_tags_in_it_are_shown_letter_by_letter(stage: Any) -> None:
    text = (
        "Handle,Subscribers,Subscribers,<b>Bold</b>\n@ana31,54K,54000,<img src=x>\n@kofi67,1.2M,1200000,y\n"
    )
    wizard = stage.start(stage.file(text))
    stage.on(wizard)
    lines = wizard.columns.lines
    assert [line.header.text() for line in lines] == [
        "Handle",
        "Subscribers",
        "Subscribers (2)",
        "<b>Bold</b>",
    ]
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in wizard.findChildren(OneLine))
    assert "<img src=x>" in lines[3].samples.text()


# The rehearsal -----------------------------------------------------------------------------------------


def test_rows_are_filtered_by_their_verdict_and_rejected_ones_saved(
    stage: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.on(stage.start(stage.file(stage.text)), 4)
    text = stage.text.replace("54000", "60000") + ",,12,\n@mia61,Mia Novak,many,mia@example.org\n"
    wizard = stage.start(stage.file(text, "later tiktok.csv"))
    stage.on(wizard, 2)
    step = wizard.rehearsed
    assert step.chips_shown() == {"New": 1, "Changed": 1, "Unchanged": 1, "Rejected": 1, "Cells not read": 1}
    assert step.count.text() == "4 lines of the file"
    rejected = next(chip for chip in step.all_chips if chip.word == "Rejected")
    stage.click(rejected)
    assert step.model.rowCount() == 1 and step.model.index(0, 1).data() == "4"
    assert step.count.text() == "1 of 4 lines of the file"
    changed = next(chip for chip in step.all_chips if chip.word == "Changed")
    stage.click(changed)
    assert not rejected.isChecked() and step.model.index(0, 1).data() == "2"
    stage.click(changed)
    assert step.model.rowCount() == 4
    target = stage.folder / "to correct.xlsx"
    monkeypatch.setattr(wizard_module, "choose_new_file", lambda *_: target)
    stage.click(step.workbook)
    stage.settle(wizard)
    sheet = load_workbook(target).active
    assert {str(row[0].value) for row in sheet.iter_rows(min_row=2)} == {"4", "5"}
    assert "to correct.xlsx" in step.trouble.text and wizard.step == REHEARSAL


def test_which_of_two_lines_counts_can_be_chosen(stage: Any) -> None:
    text = "Handle,Name,Followers\n@ana31,Ana Lima,100\n@ana31,Ana Lima,200\n"
    wizard = stage.start(stage.file(text))
    stage.on(wizard, 2)
    step = wizard.rehearsed
    assert step.keep.isVisible()
    column = [shown.path for shown in step.model.columns].index("account_metrics.followers") + 3
    assert step.model.index(0, column).data() == "200"
    pick(step.keep, "first")
    stage.settle(wizard)
    assert step.model.index(0, column).data() == "100"


def test_a_list_that_cannot_be_used_says_so_and_offers_nothing_to_write(stage: Any) -> None:
    wizard = stage.start(stage.file("Handle,Name\n"))
    stage.on(wizard, 2)
    if wizard.step == COLUMNS:
        assert wizard.columns.trouble.text
    else:
        assert "nothing to import" in wizard.rehearsed.heading.text()
        assert wizard.next.text() == "Close"
    assert stage.steps_taken() == 0


@pytest.mark.parametrize(
    "name", ["social media influencers - instagram sep-2022.csv", "tiktok_data_saudi-arabia.csv"]
)
def test_real_lists_come_in_by_pressing_next(stage: Any, shared_data: Path, name: str) -> None:
    path = shared_data / "A_creators" / name
    if not path.is_file():
        pytest.skip(f"{name} is not in the collection of real files")
    wizard = stage.start(path)
    stage.on(wizard, 3)
    assert len(stage.names()) >= 100


def test_hundreds_of_columns_are_shown_bit_by_bit_and_none_is_forgotten(stage: Any) -> None:
    headers = ",".join(["Handle", *(f"Question {n}" for n in range(120)), "Birthday"])
    rows = "".join(f"@ana{n},{','.join(['x'] * 120)},3/4/2024\n" for n in range(3))
    wizard = stage.start(stage.file(f"{headers}\n{rows}"))
    stage.on(wizard)
    assert len(wizard.columns.lines) < 122
    stage.bot.waitUntil(lambda: len(wizard.columns.lines) == 122)
    stage.choose(wizard, "Birthday", "creator.+date")
    stage.on(wizard)
    assert "Birthday" in wizard.columns.trouble.text


def test_the_currency_of_a_file_that_names_none_is_chosen_beside_its_columns(stage: Any) -> None:
    stage.workspace.add("campaign", {"name": "Glow", "currency": "GBP"})
    text = "Order ID,SKU ID,Seller SKU,Buyer Username,Order Amount,Created Time\n"
    text += "583870900000000001,7,S-1,buyer1,238.00,03/05/2026 10:00:00\n"
    wizard = stage.start(stage.file(text, "orders.csv"))
    stage.on(wizard)
    box = wizard.columns.whole.currency
    assert box.isVisible()
    assert box.currentText() == "GBP"
    stage.on(wizard)
    total = next(n for n, shown in enumerate(wizard.rehearsed.model.columns) if shown.path == "order.total")
    cell = wizard.rehearsed.model.index(0, FIRST_VALUE + total)
    assert cell.data() == "£238.00"
    stage.click(wizard.back)
    pick(box, "THB")
    stage.on(wizard)
    assert "The file names no currency; its amounts are taken as THB." in wizard.rehearsed.notes.text
    stage.on(wizard)
    (order,) = stage.rows("order")
    assert (order.currency, order.total) == ("THB", 23800)


def test_no_currency_is_asked_for_where_there_are_no_amounts_or_they_name_it(stage: Any) -> None:
    products = "Product name,SKU,Retail price,Currency\nBalm,B-1,12.00,GBP\n"
    for text in (stage.text, products):
        wizard = stage.start(stage.file(text))
        stage.on(wizard)
        assert not wizard.columns.whole.currency.isVisible()
        wizard.reject()


def test_the_last_step_says_what_was_set_right_in_the_stock(stage: Any) -> None:
    ana = stage.workspace.add("creator", {"name": "Ana"})
    serum = stage.workspace.add("product", {"name": "Serum", "sku": "S-1"})
    items = {"shipment_item": [{"product": serum, "quantity": 2}]}
    stage.workspace.add("shipment", {"creator": ana, "number": "P-1", "status": "draft"}, items)
    wizard = stage.start(
        stage.file("Number,Creator,Status,Shipped on\nP-1,Ana,Shipped,2026-03-01\n", "p.csv")
    )
    stage.on(wizard)
    pick(wizard.columns.whole.shape, "shipment")
    stage.settle(wizard)
    stage.on(wizard, 2)
    assert wizard.done_step.remark.text == (
        "2 pieces had left before being counted here; the stock has a line “Sent before it was counted here” "
        "for that."
    )


def test_a_report_that_cannot_be_imported_stops_at_the_first_step_and_says_so(stage: Any) -> None:
    text = "LIVE ID,LIVE title,LIVE start time\n7300000000000000001,Glow hour,2026-05-01 18:00\n"
    wizard = stage.start(stage.file(text, "lives.csv"))
    stage.settle(wizard)
    assert "TikTok Shop LIVE list" in wizard.file.heading.text()
    assert "Add the LIVEs that you want to keep to Content" in wizard.file.trouble.text
    assert not wizard.next.isEnabled()
