"""Printing from the Seeding page: what is chosen, how it looks, what is told; the sender; odd addresses."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMarginsF
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QApplication, QDialog, QLabel
from pytestqt.qtbot import QtBot

from creator_crm.services.workspace import Workspace
from creator_crm.ui.seeding.page import SeedingPage
from creator_crm.ui.seeding.parcel_panel import ParcelPanel
from creator_crm.ui.seeding.print_dialog import PrintDialog
from creator_crm.ui.seeding.sender import SenderDialog
from creator_crm.ui.shared.accessibility import unnamed_controls
from creator_crm.ui.shared.form.add import AddRecord
from creator_crm.ui.shared.form.form import RecordForm
from creator_crm.ui.window import Window

Brand = tuple[Window, Workspace]
BONN = {"street": "Am Markt 1", "city": "Bonn", "postcode": "53111", "country": "DE"}
AUSTIN = {"street": "12 Main St", "city": "Austin", "region": "TX", "postcode": "78701", "country": "US"}
HOME = {"recipient": "Luma", "street": "Torstr. 12", "city": "Berlin", "postcode": "10119", "country": "DE"}
Opened = Callable[[], PrintDialog]


@pytest.fixture
def parcels(brand: Brand) -> list[int]:
    """Two approved parcels, the second one abroad."""
    _, workspace = brand
    people = [
        workspace.add("creator", {"name": "Ana Blum"}, {"address": [BONN]}),
        workspace.add("creator", {"name": "Bo Kim"}, {"address": [AUSTIN]}),
    ]
    workspace.add("product", {"name": "Glow serum", "sku": "GLOW", "link": "https://luma.example/serum"})
    workspace.receive("GLOW", 10)
    return list(workspace.ship({"GLOW": 1}, people).shipments)


@pytest.fixture
def opened(brand: Brand, parcels: list[int], qtbot: QtBot) -> Opened:
    """Opens the dialog as the menu does, and waits for the first page."""
    window, _ = brand

    def open_it() -> PrintDialog:
        seeding(window)
        window.actions_.trigger("seeding.print")
        (dialog,) = window.findChildren(PrintDialog)
        drawn(dialog, qtbot)
        return dialog

    return open_it


def seeding(window: Window) -> SeedingPage:
    window.show_page("seeding")
    page = window.page("seeding")
    assert isinstance(page, SeedingPage)
    page.show_tab("parcels")
    return page


def drawn(dialog: PrintDialog, qtbot: QtBot) -> None:
    """Wait until the first page of what is chosen is there."""
    qtbot.waitUntil(lambda: dialog.save_button.isEnabled(), timeout=20_000)


def of_all(dialog: PrintDialog, qtbot: QtBot) -> None:
    """Choose all parcels that are ready."""
    dialog.whose.setCurrentIndex(dialog.whose.count() - 1)
    drawn(dialog, qtbot)


def said(window: Window) -> list[str]:
    return [notice.label.text() for notice in window.notices.visible]


def test_all_that_are_ready_can_be_chosen_whatever_is_selected(opened: Opened, qtbot: QtBot) -> None:
    dialog = opened()
    of_all(dialog, qtbot)
    assert dialog.pages.text() == "2 parcels, 2 pages"
    assert not dialog.picture.pixmap().isNull()
    assert dialog.problems.text() == ""
    assert unnamed_controls(dialog) == []
    dialog.close()


def test_the_selected_parcels_come_first(brand: Brand, parcels: list[int], opened: Opened) -> None:
    window, _ = brand
    seeding(window).show_record("shipment", parcels[1])
    QApplication.processEvents()
    dialog = opened()
    assert [dialog.whose.itemText(row) for row in range(dialog.whose.count())] == [
        "1 selected parcel",
        "All that are approved or packed",
    ]
    assert dialog.whose.currentText() == "1 selected parcel"
    assert dialog.pages.text() == "1 parcel, 1 page"
    dialog.close()


def test_only_labels_have_a_size_and_a_place_to_begin(opened: Opened, qtbot: QtBot) -> None:
    dialog = opened()
    of_all(dialog, qtbot)
    assert not dialog.size_box.isVisibleTo(dialog)
    assert dialog.note.isVisibleTo(dialog)
    dialog.kind.setCurrentIndex(dialog.kind.findData("labels"))
    assert dialog.size_box.isVisibleTo(dialog)
    assert not dialog.note.isVisibleTo(dialog)
    assert not dialog.save_button.isEnabled(), "the page that is shown is another one"
    dialog.start.setValue(21)
    drawn(dialog, qtbot)
    assert dialog.pages.text() == "2 parcels, 2 pages"
    dialog.size_box.setCurrentIndex(dialog.size_box.findData("thermal-4x6"))
    assert (dialog.start.value(), dialog.start.isEnabled()) == (1, False)
    drawn(dialog, qtbot)
    dialog.close()


def test_the_pdf_is_written_in_the_background_and_said(
    brand: Brand, opened: Opened, tmp_path: Path, qtbot: QtBot
) -> None:
    window, _ = brand
    dialog = opened()
    dialog.save_to(tmp_path / "slips.pdf")
    qtbot.waitUntil(lambda: bool(said(window)), timeout=20_000)
    assert (tmp_path / "slips.pdf").read_bytes().startswith(b"%PDF-")
    assert said(window)[-1] == "Saved as slips.pdf."


def test_a_folder_that_is_gone_is_said_and_nothing_is_written(
    brand: Brand, opened: Opened, tmp_path: Path, qtbot: QtBot
) -> None:
    window, _ = brand
    opened().save_to(tmp_path / "gone" / "slips.pdf")
    qtbot.waitUntil(lambda: bool(said(window)), timeout=20_000)
    assert "does not exist; nothing was changed" in said(window)[-1]


def test_a_changed_note_is_kept_for_next_time_in_one_step(
    brand: Brand, opened: Opened, tmp_path: Path, qtbot: QtBot
) -> None:
    _, workspace = brand
    dialog = opened()
    of_all(dialog, qtbot)
    dialog.kind.setCurrentIndex(dialog.kind.findData("gift-notes"))
    dialog.note.editor.setPlainText("For ")
    dialog.note.editor.moveCursor(dialog.note.editor.textCursor().MoveOperation.End)
    dialog.note.insert("creator.name")
    drawn(dialog, qtbot)
    assert dialog.drawn is not None
    assert [slip.note for slip in dialog.drawn.slips.slips] == ["For Ana Blum", "For Bo Kim"]
    dialog.save_to(tmp_path / "notes.pdf")
    assert workspace.gift_note() == "For {{ creator.name }}"
    assert workspace.change_sets()[0].label == "Change the gift note"
    qtbot.waitUntil(lambda: (tmp_path / "notes.pdf").exists(), timeout=20_000)


def test_a_note_that_cannot_be_read_says_why_and_is_not_printed(opened: Opened, qtbot: QtBot) -> None:
    dialog = opened()
    dialog.note.editor.setPlainText("Hi {{ creator.shoe_size }}")
    qtbot.waitUntil(lambda: "shoe_size" in dialog.problems.text(), timeout=20_000)
    assert not dialog.save_button.isEnabled()
    dialog.note.usual_button.click()
    drawn(dialog, qtbot)
    assert dialog.problems.text() == ""
    dialog.close()


def test_nothing_ready_is_said_in_place(brand: Brand, parcels: list[int], qtbot: QtBot) -> None:
    window, workspace = brand
    workspace.advance(parcels, "shipped")
    seeding(window)
    window.actions_.trigger("seeding.print")
    (dialog,) = window.findChildren(PrintDialog)
    dialog.whose.setCurrentIndex(dialog.whose.count() - 1)
    qtbot.waitUntil(lambda: "nothing to print" in dialog.problems.text(), timeout=20_000)
    assert not dialog.save_button.isEnabled()
    dialog.close()


def test_the_printer_gets_the_paper_to_its_very_edge(
    brand: Brand, opened: Opened, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, qtbot: QtBot
) -> None:
    window, _ = brand
    asked: list[QPrinter] = []

    def accept(dialog: QPrintDialog) -> QDialog.DialogCode:
        printer = dialog.printer()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "printed.pdf"))
        asked.append(printer)
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(QPrintDialog, "exec", accept)
    opened().print()
    qtbot.waitUntil(lambda: bool(said(window)), timeout=20_000)
    assert asked[0].pageLayout().margins() == QMarginsF(0, 0, 0, 0)
    assert (tmp_path / "printed.pdf").read_bytes().startswith(b"%PDF-")
    assert said(window)[-1].startswith("Sent to the printer.")


# The sender --------------------------------------------------------------------------------------------


def test_the_sender_is_asked_with_remarks_and_saved_in_one_step(brand: Brand) -> None:
    window, workspace = brand
    seeding(window)
    window.actions_.trigger("seeding.sender")
    (dialog,) = window.findChildren(SenderDialog)
    assert unnamed_controls(dialog) == []
    for name, value in {**HOME, "postcode": "1011"}.items():
        dialog.editors[name].show_value(value)
    dialog.editors["city"].edited.emit()
    assert dialog.remark.text() == "The postcode does not look like one of Germany (5 digits)."
    dialog.editors["postcode"].show_value("10119")
    dialog.editors["city"].edited.emit()
    assert dialog.remark.text() == ""
    dialog.save()
    assert workspace.sender().city == "Berlin"
    assert said(window)[-1] == "Change the sender's address."
    workspace.undo()
    assert workspace.sender().city == ""


# Odd addresses -----------------------------------------------------------------------------------------


def notes(form: RecordForm) -> dict[str, str]:
    found = {name: line.note for name, line in form.lines.items() if line.note is not None}
    return {name: note.text() for name, note in found.items() if note.text() and isinstance(note, QLabel)}


def test_the_parcel_panel_says_quietly_what_is_odd_about_the_address(
    brand: Brand, parcels: list[int]
) -> None:
    window, workspace = brand
    page = seeding(window)
    page.show_record("shipment", parcels[0])
    assert page.view is not None
    panel = page.view.panel
    assert isinstance(panel, ParcelPanel)
    assert notes(panel.form) == {}
    workspace.edit("shipment", {parcels[0]: {"postcode": "5311"}})
    QApplication.processEvents()
    assert notes(panel.form) == {"postcode": "The postcode does not look like one of Germany (5 digits)."}
    workspace.edit("shipment", {parcels[0]: {"postcode": "53113"}})
    QApplication.processEvents()
    assert notes(panel.form) == {}


def test_a_parcel_abroad_says_what_customs_lack(brand: Brand, parcels: list[int]) -> None:
    window, workspace = brand
    page = seeding(window)
    page.show_record("shipment", parcels[1])
    assert page.view is not None
    panel = page.view.panel
    assert isinstance(panel, ParcelPanel)
    assert not panel.odd.isVisibleTo(panel)
    workspace.set_sender(HOME)
    page.show_record("shipment", parcels[0])
    assert not panel.odd.isVisibleTo(panel)
    page.show_record("shipment", parcels[1])
    assert panel.odd.text().startswith("For customs this parcel still lacks its value")
    workspace.advance([parcels[1]], "shipped")
    QApplication.processEvents()
    assert not panel.odd.isVisibleTo(panel), "it has left"


def test_a_new_address_is_not_told_what_it_has_not_got_yet(brand: Brand, parcels: list[int]) -> None:
    window, workspace = brand
    creator = workspace.row("shipment", parcels[0]).creator
    dialog = AddRecord(workspace, "address", window, known={"creator": creator})
    form = dialog.form
    for name, value in (("street", "Gasse 2"), ("country", "DE"), ("postcode", "531")):
        form.lines[name].editor.show_value(value)
        form.lines[name].editor.edited.emit()
    assert notes(form) == {"postcode": "The postcode does not look like one of Germany (5 digits)."}
    dialog.close()
    dialog.deleteLater()


def test_a_long_choice_does_not_push_the_form_out_of_its_panel(brand: Brand, parcels: list[int]) -> None:
    window, _ = brand
    page = seeding(window)
    page.show_record("shipment", parcels[0])
    assert page.view is not None
    panel = page.view.panel
    assert isinstance(panel, ParcelPanel)
    panel.tabs.setCurrentWidget(panel.details)
    QApplication.processEvents()
    body = panel.details.widget()
    assert body is not None
    assert body.minimumSizeHint().width() <= 368, "the width that the panel has at first in a small window"
