"""What is stuck, as a map of the way of a parcel: found, chosen by keyboard, and moved on."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from creator_crm.domain.query import Query
from creator_crm.services.workspace import Workspace
from creator_crm.ui.seeding.page import SeedingPage
from creator_crm.ui.seeding.parcel_panel import ParcelPanel
from creator_crm.ui.seeding.parcels import ParcelsView
from creator_crm.ui.seeding.reminders import PatienceDialog
from creator_crm.ui.shared.accessibility import unnamed_controls
from creator_crm.ui.today.page import TodayPart
from creator_crm.ui.window import Window
from creator_crm.ui.writing.dialog import WriteDialog

Brand = tuple[Window, Workspace]
ADDRESS = {"street": "Am Markt 1", "city": "Bonn", "postcode": "53111", "country": "DE"}


def day(ahead: int) -> str:
    return (date.today() + timedelta(days=ahead)).isoformat()


@pytest.fixture
def hanging(brand: Brand) -> tuple[Window, Workspace, list[int]]:
    """One parcel packed four days ago, one under way for 12 days, and one for 5, which is none yet."""
    window, workspace = brand
    workspace.add("product", {"name": "Serum", "sku": "S"})
    workspace.receive("S", 9, on=day(-40))
    people = [
        workspace.add("creator", {"name": name}, {"address": [{**ADDRESS}]})
        for name in ("Ana Blum", "Bea Sommer", "Cleo Haus")
    ]
    parcels = list(workspace.ship({"S": 1}, people).shipments)
    workspace.advance(parcels[:1], "packed", day(-4))
    workspace.advance(parcels[1:2], "shipped", day(-12))
    workspace.advance(parcels[2:], "shipped", day(-5))
    return window, workspace, parcels


Hanging = tuple[Window, Workspace, list[int]]


def stuck(window: Window) -> ParcelsView:
    window.show_page("seeding")
    window.actions_.trigger("seeding.stuck")
    page = window.page("seeding")
    assert isinstance(page, SeedingPage)
    assert isinstance(page.view, ParcelsView)
    return page.view


def told(view: ParcelsView) -> dict[str, list[tuple[str, str]]]:
    return {
        place: [(line.title, line.chip) for line in column.list.lines.lines]
        for place, column in view.stuck.columns.items()
    }


def test_each_parcel_hangs_where_it_hangs_and_the_one_under_way_is_chosen_first(hanging: Hanging) -> None:
    window, _, parcels = hanging
    view = stuck(window)
    assert told(view) == {
        "approved": [],
        "packed": [("Ana Blum", "4 days")],
        "under_way": [("Bea Sommer", "12 days")],
    }
    assert view.selected() == parcels[1:2]
    visible = [name for name, button in view.stuck.buttons.items() if not button.isHidden()]
    assert visible == ["seeding.track", "seeding.write", "seeding.lost", "seeding.deliver"]
    assert unnamed_controls(view) == []


def test_left_and_right_go_from_place_to_place_and_the_step_moves_the_parcel_on(hanging: Hanging) -> None:
    window, workspace, parcels = hanging
    view = stuck(window)
    QTest.keyClick(view.stuck.columns["under_way"].list, Qt.Key.Key_Left)
    assert view.selected() == parcels[:1]
    view.stuck.buttons["seeding.ship"].click()
    QApplication.processEvents()
    assert workspace.row("shipment", parcels[0]).status == "shipped"
    assert told(view)["packed"] == []
    workspace.undo()
    QApplication.processEvents()
    assert told(view)["packed"] == [("Ana Blum", "4 days")]


def test_a_lost_parcel_is_sent_again_by_one_button_and_the_new_one_says_which_it_follows(
    hanging: Hanging,
) -> None:
    window, workspace, parcels = hanging
    view = stuck(window)
    view.stuck.columns["under_way"].list.opened.emit(0)
    view.stuck.buttons["seeding.lost"].click()
    QApplication.processEvents()
    panel = view.panel
    assert isinstance(panel, ParcelPanel)
    assert not panel.steps.again_button.isHidden()
    panel.steps.again_button.click()
    QApplication.processEvents()
    again: Any = workspace.rows("shipment", workspace.ids(Query("shipment")))[-1]
    assert (again.follows, again.kind, again.status) == (parcels[1], "replacement", "approved")
    workspace.undo()
    assert len(workspace.ids(Query("shipment"))) == 3


def test_what_is_written_about_a_parcel_under_way_is_no_reminder_of_a_post(hanging: Hanging) -> None:
    window, workspace, parcels = hanging
    view = stuck(window)
    view.stuck.buttons["seeding.write"].click()
    (dialog,) = window.findChildren(WriteDialog)
    dialog.writer.composer.show_text("", "Is it with your neighbour?")
    dialog.writer.composer.log_button.click()
    QApplication.processEvents()
    (message,) = workspace.rows("message", workspace.ids(Query("message")))
    assert message.shipment == parcels[1]  # type: ignore[attr-defined]
    assert not workspace.row("shipment", parcels[1]).nudges


def test_when_a_parcel_is_stuck_is_the_brands_own_to_say(hanging: Hanging) -> None:
    window, workspace, _ = hanging
    view = stuck(window)
    window.actions_.trigger("seeding.patience")
    (dialog,) = window.findChildren(PatienceDialog)
    assert [box.value() for box in dialog.boxes.values()] == [7, 3, 10, 21]
    assert unnamed_controls(dialog) == []
    dialog.boxes["home"].setValue(5)
    dialog.save_button.click()
    QApplication.processEvents()
    assert [title for title, _ in told(view)["under_way"]] == ["Bea Sommer", "Cleo Haus"]
    workspace.undo()
    QApplication.processEvents()
    assert len(told(view)["under_way"]) == 1


def test_a_parcel_whose_sample_order_was_cancelled_is_let_go_from_today_and_comes_back_by_undo(
    hanging: Hanging,
) -> None:
    window, workspace, parcels = hanging
    workspace.edit("shipment", {parcels[0]: {"order_id": "5764614130387857"}}, "Its order")
    cancelled = {"number": "5764614130387857", "shop": "tiktok_shop", "status": "cancelled"}
    workspace.add("order", {**cancelled, "is_sample": True})
    view = stuck(window)
    (line,) = view.stuck.columns["packed"].list.lines.lines
    assert "cancelled in the shop" in line.text
    view.stuck.columns["packed"].list.opened.emit(0)
    panel = view.panel
    assert isinstance(panel, ParcelPanel)
    assert panel.odd.text() == (
        "The sample order was cancelled in the shop, so this parcel need not be sent."
    )
    assert not panel.steps.let_go_button.isHidden()
    assert [b.property("kind") for b in panel.steps.steps.values()].count("primary") == 0
    window.show_page("today")
    today = window.findChild(TodayPart)
    assert today is not None
    (place,) = [n for n, item in enumerate(today._shown) if item.kind == "let_go"]
    today.list.choose(place)
    assert today.step_button.accessibleName() == "Do not send it"
    today.step_button.click()
    QApplication.processEvents()
    assert workspace.ids(Query("shipment")).tolist() == parcels[1:]
    workspace.undo()
    view.show_record(parcels[0])
    panel.steps.let_go_button.click()
    assert parcels[0] not in workspace.ids(Query("shipment"))


def test_the_open_panel_shows_the_parcel_that_is_chosen_wherever_that_is(hanging: Hanging) -> None:
    window, workspace, parcels = hanging
    window.show_page("seeding")
    page = window.page("seeding")
    assert isinstance(page, SeedingPage) and isinstance(page.view, ParcelsView)
    page.show_record("shipment", parcels[2])
    view = stuck(window)
    assert view.panel.isVisible() and view.panel.id == parcels[1], "the first that is stuck"
    QTest.keyClick(view.stuck.columns["under_way"].list, Qt.Key.Key_Left)
    assert view.panel.id == parcels[0]
    window.actions_.trigger("seeding.ship")
    QApplication.processEvents()
    assert view.selected() == parcels[1:2]
    assert view.panel.id == parcels[0], "what was just done is still in front"
    view.as_list()
    assert view.panel.id == parcels[2]
    workspace.undo()
    view = stuck(window)
    workspace.advance(parcels[:2], "delivered")
    QApplication.processEvents()
    view.as_list()
    view = stuck(window)
    assert (view.selected(), view.panel.id) == ([], 0)
    assert view.panel.title.text() == "Choose a parcel in the list"


def test_of_a_stuck_parcel_that_is_gone_the_panel_goes_on_to_the_next(hanging: Hanging) -> None:
    window, workspace, parcels = hanging
    view = stuck(window)
    view.stuck.columns["packed"].list.opened.emit(0)
    assert view.panel.id == parcels[0]
    workspace.let_go(parcels[:1])
    QApplication.processEvents()
    assert view.selected() == parcels[1:2]
    assert view.panel.id == parcels[1]


def test_nothing_stuck_says_so(brand: Brand) -> None:
    window, _ = brand
    view = stuck(window)
    assert view.stuck.stack.currentWidget() is view.stuck.nothing
    assert view.selected() == []
