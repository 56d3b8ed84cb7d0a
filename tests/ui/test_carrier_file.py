"""The dialog that writes a shipping program's file: who is in it, who is not and why, and where it goes."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from creator_crm.services.workspace import Workspace
from creator_crm.ui.records_window import RecordsWindow
from creator_crm.ui.seeding import carrier_file
from creator_crm.ui.seeding.carrier_file import CarrierFileDialog
from creator_crm.ui.seeding.page import SeedingPage
from creator_crm.ui.window import Window

Opened = Callable[..., CarrierFileDialog]


@pytest.fixture
def parcels(brand: tuple[Window, Workspace]) -> list[int]:
    _, workspace = brand
    address = {"street": "1 Elm St", "city": "Boston", "postcode": "02110", "country": "US"}
    ana = workspace.add("creator", {"name": "Ana Blum"}, {"address": [address]})
    bea = workspace.add("creator", {"name": "Bea"})
    workspace.add("product", {"name": "Serum", "sku": "S-30", "weight": 120})
    workspace.receive("S-30", 9)
    ready = workspace.ship({"S-30": 1}, [ana]).shipments[0]
    lacking = workspace.add("shipment", {"creator": bea, "number": "P-2", "status": "approved"})
    draft = workspace.add("shipment", {"creator": ana, "number": "P-3", "status": "draft"})
    return [ready, lacking, draft]


@pytest.fixture
def opened(brand: tuple[Window, Workspace], parcels: list[int], qtbot: QtBot) -> Opened:
    window, _ = brand

    def open_dialog(program: str = "pirateship") -> CarrierFileDialog:
        window.show_page("seeding")
        window.actions_["seeding.carrier_file"].trigger()
        (dialog,) = window.findChildren(CarrierFileDialog)
        dialog.program.setCurrentIndex(dialog.program.findData(program))
        qtbot.waitUntil(lambda: dialog.file is not None and dialog.file.program == program)
        qtbot.waitUntil(lambda: not window.jobs.running)
        return dialog

    return open_dialog


def test_it_says_who_goes_and_who_is_left_out_and_why(opened: Opened) -> None:
    dialog = opened()
    assert dialog.ready.text == "1 parcel will be in the file."
    assert dialog.left_out.text() == "Left out: 2 parcels"
    lines = dialog.list.lines.lines
    assert [line.title.split(" ")[0] for line in lines] == ["P-2", "P-3"]
    assert "Its address lacks a street" in lines[0].text
    assert lines[1].text == "It is still a draft; approve it first."
    assert dialog.save_button.isEnabled()
    assert "Upload a Spreadsheet" in dialog.advice.text()


def test_the_file_is_written_where_it_was_said_and_the_program_remembered(
    opened: Opened,
    brand: tuple[Window, Workspace],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    window, _ = brand
    dialog = opened("shippo")
    path = tmp_path / "out.csv"
    asked: list[object] = []
    monkeypatch.setattr(carrier_file, "choose_new_file", lambda *told: asked.append(told[2]) or path)
    with qtbot.waitSignal(dialog.accepted):
        qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    assert Path(str(asked[0])).name.startswith("Shippo 20")
    with path.open(encoding="utf-8", newline="") as file:
        assert [row["Zip/Postal Code"] for row in csv.DictReader(file)] == ["02110"]
    assert "1 parcel is in" in window.notices.visible[-1].label.text()
    qtbot.waitUntil(lambda: not window.findChildren(CarrierFileDialog))
    window.actions_["seeding.carrier_file"].trigger()
    assert window.findChildren(CarrierFileDialog)[0].program.currentData() == "shippo"
    qtbot.waitUntil(lambda: not window.jobs.running)


def test_it_follows_what_is_changed_meanwhile(
    opened: Opened, brand: tuple[Window, Workspace], parcels: list[int], qtbot: QtBot
) -> None:
    _, workspace = brand
    dialog = opened()
    workspace.advance([parcels[2]], "approved")
    qtbot.waitUntil(lambda: dialog.ready.text == "2 parcels will be in the file.")
    assert dialog.left_out.text() == "Left out: 1 parcel"


def test_a_line_of_who_is_left_out_leads_to_the_parcel(
    opened: Opened, brand: tuple[Window, Workspace], parcels: list[int], qtbot: QtBot
) -> None:
    window, _ = brand
    dialog = opened()
    with qtbot.waitSignal(dialog.rejected):
        dialog.list.opened.emit(0)
    page = window.page("seeding")
    assert isinstance(page, SeedingPage) and page.view is not None
    panel = page.view.panel
    qtbot.waitUntil(lambda: panel.id == parcels[1])


def test_nothing_ready_is_said_and_nothing_can_be_saved(
    opened: Opened, brand: tuple[Window, Workspace], parcels: list[int], qtbot: QtBot
) -> None:
    _, workspace = brand
    dialog = opened()
    workspace.advance(parcels[:1], "shipped")
    qtbot.waitUntil(lambda: dialog.ready.text == "No parcel is ready.")
    assert not dialog.save_button.isEnabled()


def test_the_services_are_a_click_away(opened: Opened, brand: tuple[Window, Workspace], qtbot: QtBot) -> None:
    window, _ = brand
    dialog = opened()
    qtbot.mouseClick(dialog.services_button, Qt.MouseButton.LeftButton)
    (services,) = window.findChildren(RecordsWindow)
    assert services.windowTitle() == "Carrier services"
    services.close()
