"""Sending products from the Seeding page: parcels step by step, their stock, and who has not posted."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from creator_crm.domain.query import Query
from creator_crm.services.workspace import Workspace
from creator_crm.ui.seeding.no_post import NoPostTab
from creator_crm.ui.seeding.page import SeedingPage
from creator_crm.ui.seeding.parcel_panel import ParcelPanel
from creator_crm.ui.seeding.products import ProductPanel
from creator_crm.ui.seeding.receive import ReceiveDialog
from creator_crm.ui.sending.dialog import SendDialog
from creator_crm.ui.sending.next_steps import NextSteps
from creator_crm.ui.shared.accessibility import unnamed_controls
from creator_crm.ui.shared.records_view import RecordsView
from creator_crm.ui.window import Window
from creator_crm.ui.writing.dialog import WriteDialog

Brand = tuple[Window, Workspace]
ADDRESS = {"street": "Am Markt 1", "city": "Bonn", "postcode": "53111", "country": "DE"}


def day(ahead: int) -> str:
    return (date.today() + timedelta(days=ahead)).isoformat()


@pytest.fixture
def stocked(brand: Brand) -> tuple[Window, Workspace, list[int], int]:
    """Three creators, the last without an address, and ten pieces of a serum."""
    window, workspace = brand
    people = [
        workspace.add("creator", {"name": "Ana Blum"}, {"address": [ADDRESS]}),
        workspace.add("creator", {"name": "Bea Sommer"}, {"address": [{**ADDRESS, "street": "Gasse 2"}]}),
        workspace.add("creator", {"name": "Cleo Haus"}),
    ]
    serum = workspace.add("product", {"name": "Glow serum", "sku": "GLOW", "reorder_level": 8})
    workspace.receive("GLOW", 10)
    return window, workspace, people, serum


Stocked = tuple[Window, Workspace, list[int], int]


def seeding(window: Window, tab: str = "parcels") -> SeedingPage:
    window.show_page("seeding")
    page = window.page("seeding")
    assert isinstance(page, SeedingPage)
    page.show_tab(tab)
    return page


def view_of(page: SeedingPage) -> RecordsView:
    assert page.view is not None
    return page.view


def parcels(workspace: Workspace) -> list[Any]:
    return list(workspace.rows("shipment", workspace.ids(Query("shipment", sort=("number",)))))


def said(window: Window) -> list[str]:
    return [notice.label.text() for notice in window.notices.visible]


def test_the_selected_creators_get_a_parcel_each_and_one_undo_takes_all_back(stocked: Stocked) -> None:
    window, workspace, people, serum = stocked
    window.show_page("creators")
    creators = window.page("creators")
    assert creators is not None
    creators.view.table.grid.selectAll()  # type: ignore[attr-defined]
    window.actions_.trigger("creators.ship")
    (dialog,) = window.findChildren(SendDialog)
    assert dialog.people.numbers == people
    dialog.contents.lines[0].quantity.setValue(2)
    assert dialog.levels.texts == [("Glow serum", "10", "4 + 2 later", "6")]
    assert dialog.send_button.accessibleName() == "Make 3 parcels"
    assert unnamed_controls(dialog) == []
    dialog.send_button.click()
    for after in window.findChildren(NextSteps):
        after.done_button.click()
    assert [(p.status, p.street) for p in parcels(workspace)] == [
        ("approved", "Am Markt 1"),
        ("approved", "Gasse 2"),
        ("draft", None),
    ]
    assert workspace.row("product", serum).stock == 6, "a draft reserves nothing"
    assert (
        said(window)[-1] == "There is no address yet for Cleo Haus; ask for it and approve the parcel then."
    )
    workspace.undo()
    assert parcels(workspace) == []
    assert workspace.row("product", serum).stock == 10


def test_nobody_gets_two_parcels_and_who_was_added_can_be_taken_out(stocked: Stocked) -> None:
    window, _, people, _ = stocked
    dialog = SendDialog(seeding(window)._context, window, [people[0], people[0]])
    dialog.people.add(people)
    assert dialog.people.numbers == people
    dialog.people.list.item(1).setSelected(True)
    dialog.people.remove_button.click()
    assert dialog.people.numbers == [people[0], people[2]]
    assert dialog.send_button.accessibleName() == "Make 2 parcels"
    dialog.close()


def test_only_the_steps_that_make_sense_are_offered_and_each_dates_the_parcel(stocked: Stocked) -> None:
    window, workspace, people, serum = stocked
    (number,) = workspace.ship({"GLOW": 1}, people[:1]).shipments
    page = seeding(window)
    page.show_record("shipment", number)
    panel = view_of(page).panel
    assert isinstance(panel, ParcelPanel)
    assert list(panel.steps.steps) == ["packed", "draft", "shipped"]
    panel.steps.steps["packed"].click()
    assert list(panel.steps.steps) == ["shipped", "approved"], "the way on stands first"
    assert panel.steps.steps["approved"].text() == "Not packed yet"
    panel.steps.on.show_value(day(-2))
    panel.steps.steps["shipped"].click()
    QApplication.processEvents()
    assert list(panel.steps.steps) == ["delivered", "in_transit", "returned", "lost"]
    panel.steps.steps["returned"].click()
    QApplication.processEvents()
    assert not panel.steps.steps
    (row,) = parcels(workspace)
    assert (row.status, row.shipped_on, row.returned_on) == ("returned", day(-2), day(0))
    assert workspace.row("product", serum).stock == 10


def test_dragging_a_card_asks_the_same_door_and_a_refusal_leaves_it_where_it_was(stocked: Stocked) -> None:
    window, workspace, people, _ = stocked
    (number,) = workspace.ship({"GLOW": 1}, people[:1]).shipments
    page = seeding(window)
    view = view_of(page)
    view.as_board()
    places = {column.choice.value: place for place, column in enumerate(view.board.columns)}
    view.board.move_card(number, places["delivered"])
    assert parcels(workspace)[0].status == "approved"
    assert said(window)[-1].startswith("A parcel that was approved cannot be delivered; it can be")
    view.board.move_card(number, places["shipped"])
    assert parcels(workspace)[0].status == "shipped"
    card = view.board.columns[places["shipped"]].model.card(0)
    assert card[0] == "Ana Blum"


def test_a_tracking_number_says_whose_it_is_and_opens_the_carriers_page(
    stocked: Stocked, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, workspace, people, _ = stocked
    (number,) = workspace.ship({"GLOW": 1}, people[:1]).shipments
    workspace.set_tracking({number: "1Z999AA10123456784"})
    opened: list[str] = []
    link = "creator_crm.ui.seeding.parcel_panel.open_link"
    monkeypatch.setattr(link, lambda address: opened.__iadd__([address]) is opened)
    page = seeding(window)
    page.show_record("shipment", number)
    panel = view_of(page).panel
    assert isinstance(panel, ParcelPanel)
    assert "UPS" in panel.steps.tracking.text()
    panel.steps.track_button.click()
    assert len(opened) == 1
    assert opened[0].startswith("https://")
    assert "1Z999AA10123456784" in opened[0]
    workspace.set_tracking({number: "1Z999AA10123456785"})
    QApplication.processEvents()
    assert "a digit seems wrong" in panel.steps.tracking.text()


def test_stock_is_received_counted_and_told_beside_the_product(stocked: Stocked) -> None:
    window, workspace, _, serum = stocked
    page = seeding(window, "products")
    page.show_record("product", serum)
    panel = view_of(page).panel
    assert isinstance(panel, ProductPanel)
    assert panel.stock.text() == "10 available, you reorder at 8"
    window.actions_.trigger("seeding.receive")
    (dialog,) = window.findChildren(ReceiveDialog)
    dialog.kind.setCurrentIndex(dialog.kind.findData("counted"))
    dialog.quantity.setValue(7)
    assert dialog.after.text() == "10 on hand, then 7"
    assert unnamed_controls(dialog) == []
    dialog.note_button.click()
    QApplication.processEvents()
    assert workspace.row("product", serum).stock == 7
    assert panel.stock.text() == "7 available, at or below the 8 where you reorder"


def test_who_has_not_posted_is_listed_with_days_and_the_next_nudge(stocked: Stocked) -> None:
    window, workspace, people, _ = stocked
    first, second = workspace.ship({"GLOW": 1}, people[:2]).shipments
    workspace.advance([first], "delivered", day(-9))
    workspace.advance([second], "delivered", day(-3))
    part = seeding(window, "no_post").part
    assert isinstance(part, NoPostTab)
    told = [(line.title, line.text, line.chip) for line in part.list.lines.lines]
    assert told[0] == ("Ana Blum", "9 days with ⁨GLOW⁩ · not reminded yet", "Remind now")
    assert told[1][2].startswith("Remind on ")
    assert part.count.text() == "2 parcels without a post"


def test_a_nudge_opens_the_writer_and_is_noted_once_the_message_is_logged(stocked: Stocked) -> None:
    window, workspace, people, _ = stocked
    (number,) = workspace.ship({"GLOW": 1}, people[:1]).shipments
    workspace.advance([number], "delivered", day(-9))
    workspace.add("template", {"name": "Hello", "purpose": "first_message", "body": "Hi"})
    workspace.add(
        "template", {"name": "Where is it?", "purpose": "nudge", "body": "How is {{ parcel.contents }}?"}
    )
    part = seeding(window, "no_post").part
    assert isinstance(part, NoPostTab)
    part.buttons["seeding.nudge"].click()
    (dialog,) = window.findChildren(WriteDialog)
    assert dialog.writer.composer.text == "How is GLOW?"
    assert parcels(workspace)[0].nudges == 0, "opening the writer is no nudge"
    dialog.writer.composer.log_button.click()
    QApplication.processEvents()
    assert (parcels(workspace)[0].nudges, parcels(workspace)[0].nudged_on) == (1, day(0))
    assert workspace.change_sets()[0].label == "Log a message to Ana Blum", "message and nudge are one step"
    assert part.list.lines.lines[0].text.endswith("reminded 1 time")


def test_giving_up_takes_them_off_the_list_and_undo_brings_them_back(stocked: Stocked) -> None:
    window, workspace, people, _ = stocked
    (number,) = workspace.ship({"GLOW": 1}, people[:1]).shipments
    workspace.advance([number], "delivered", day(-30))
    part = seeding(window, "no_post").part
    assert isinstance(part, NoPostTab)
    part.buttons["seeding.give_up"].click()
    QApplication.processEvents()
    assert parcels(workspace)[0].ghosted_on == day(0)
    assert part.stack.currentWidget() is part.nothing
    workspace.undo()
    QApplication.processEvents()
    assert [line.title for line in part.list.lines.lines] == ["Ana Blum"]


def test_many_parcels_move_on_together_by_one_action(stocked: Stocked) -> None:
    window, workspace, people, _ = stocked
    workspace.ship({"GLOW": 1}, people[:2])
    view = view_of(seeding(window))
    view.table.grid.selectAll()
    QApplication.processEvents()
    window.actions_.trigger("seeding.ship")
    assert [p.status for p in parcels(workspace)] == ["shipped", "shipped"]
    assert said(window)[-1] == "2 parcels: Shipped."


def test_every_tab_has_a_sentence_when_it_is_empty_and_every_control_a_name(brand: Brand) -> None:
    window, _ = brand
    tabs = {"parcels": "New parcel", "products": "Add a product", "ledger": "Receive stock"}
    for tab, button in tabs.items():
        table = view_of(seeding(window, tab)).table
        assert table.stack.currentWidget() is table.nothing
        assert table.nothing.button.text() == button
    part = seeding(window, "no_post").part
    assert isinstance(part, NoPostTab)
    assert part.stack.currentWidget() is part.nothing
    assert unnamed_controls(seeding(window, "no_post").widget) == []


def test_the_footer_counts_in_the_word_of_the_tab(stocked: Stocked) -> None:
    window, workspace, people, _ = stocked
    workspace.ship({"GLOW": 1}, people[:2])
    assert view_of(seeding(window)).table.footer.text() == "2 parcels"
