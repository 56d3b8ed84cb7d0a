"""Sending to many: who they are, what each gets, how the stock goes, and what follows once it is done."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from creator_crm.domain.query import Query
from creator_crm.services.views import view_text
from creator_crm.services.workspace import Workspace
from creator_crm.ui.seeding.page import SeedingPage
from creator_crm.ui.seeding.split import SplitDialog
from creator_crm.ui.sending.dialog import SendDialog
from creator_crm.ui.sending.next_steps import NextSteps
from creator_crm.ui.sending.receiver_cells import FATE
from creator_crm.ui.shared.accessibility import unnamed_controls
from creator_crm.ui.window import Window

Brand = tuple[Window, Workspace]
HOME = {"address": [{"street": "Am Markt 1", "city": "Bonn", "postcode": "53111", "country": "DE"}]}


class Shop:
    """A window with a tee in S and M, a serum, and creators who said their size."""

    def __init__(self, brand: Brand) -> None:
        self.window, self.workspace = brand
        size = self.workspace.add_custom_field("creator", "Size").name
        self.people = [
            self.workspace.add("creator", {"name": name, "stage": "agreed", size: says}, HOME)
            for name, says in (("Ana", "M"), ("Bea", "S"), ("Cleo", "M"), ("Dora", "XL"))
        ]
        tee = self.workspace.add("product", {"name": "Tee", "sku": "TEE"})
        for name, pieces in (("S", 5), ("M", 1)):
            self.workspace.add("variant", {"product": tee, "name": name, "sku": f"TEE-{name}"})
            self.workspace.receive(f"TEE-{name}", pieces)
        self.workspace.add("product", {"name": "Glow serum", "sku": "GLOW"})
        self.workspace.receive("GLOW", 1000)

    def dialog(self, people: list[int] | None = None) -> SendDialog:
        self.window.show_page("seeding")
        page = self.window.page("seeding")
        assert isinstance(page, SeedingPage)
        self.page = page
        return SendDialog(page._context, self.window, people or [])

    def parcels(self) -> list[Any]:
        return list(self.workspace.rows("shipment", self.workspace.ids(Query("shipment", sort=("number",)))))


@pytest.fixture
def shop(brand: Brand) -> Shop:
    return Shop(brand)


def choose(dialog: SendDialog, product: str, rule: str = "", otherwise: str = "") -> None:
    line = dialog.contents.lines[0]
    line.what.setCurrentIndex(line.what.findText(product))
    if rule:
        line.by.setCurrentIndex(line.by.findText(rule))
    if otherwise:
        line.otherwise.setCurrentIndex(line.otherwise.findText(otherwise))


def fates(dialog: SendDialog) -> list[tuple[str, str]]:
    items = [dialog.people.list.item(place) for place in range(dialog.people.list.count())]
    return [(item.data(FATE).chip, item.data(FATE).text) for item in items]


def test_too_little_stock_is_told_before_with_who_is_left_out(shop: Shop) -> None:
    dialog = shop.dialog(shop.people[:2])
    choose(dialog, "Glow serum")
    dialog.contents.lines[0].quantity.setValue(600)
    assert dialog.levels.texts == [("Glow serum", "1,000", "1,200", "200 too few")]
    assert fates(dialog) == [("", ""), ("Left out", "Not enough of “Glow serum” is left.")]
    assert dialog.send_button.accessibleName() == "Make 1 parcel"
    dialog.send_button.click()
    assert [p.creator for p in shop.parcels()] == shop.people[:1]


def test_the_variant_follows_the_creators_own_field(shop: Shop) -> None:
    dialog = shop.dialog(shop.people)
    dialog.show()
    choose(dialog, "Tee")
    assert dialog.contents.lines[0].by.isVisibleTo(dialog)
    choose(dialog, "Tee", "Variant by Size")
    assert fates(dialog) == [
        ("", ""),
        ("", ""),
        ("Left out", "Not enough of “Tee · M” is left."),
        ("Left out", "Size “XL” is no variant of “Tee”."),
    ]
    choose(dialog, "Tee", "Variant by Size", "S")
    assert fates(dialog)[3] == ("", "Size “XL” is no variant of “Tee”; gets “Tee · S”.")
    assert dialog.levels.texts == [("Tee · M", "1", "2", "1 too few"), ("Tee · S", "5", "2", "3")]
    choose(dialog, "Glow serum")
    assert not dialog.contents.lines[0].by.isVisibleTo(dialog)
    assert unnamed_controls(dialog) == []
    dialog.close()


def test_those_with_something_to_say_can_be_looked_at_and_taken_out(shop: Shop) -> None:
    dialog = shop.dialog(shop.people)
    choose(dialog, "Tee", "Variant by Size")
    shown = dialog.people.shown
    assert [shown.itemText(n) for n in range(shown.count())] == ["All 4", "Left out 2"]
    shown.setCurrentIndex(1)
    hidden = [dialog.people.list.item(n).isHidden() for n in range(4)]
    assert hidden == [True, True, False, False]
    dialog.people.list.item(3).setSelected(True)
    dialog.people.remove_button.click()
    assert dialog.people.numbers == shop.people[:3]
    dialog.close()


def test_creators_are_added_by_stage_campaign_and_saved_view(shop: Shop) -> None:
    workspace = shop.workspace
    campaign = workspace.add("campaign", {"name": "Spring & Co"})
    workspace.add("collaboration", {"creator": shop.people[3], "campaign": campaign, "status": "agreed"})
    workspace.save_view("creator", "All of them", view_text(workspace.catalogue["creator"]))
    dialog = shop.dialog()
    dialog.add_from.fill()
    menus = {action.text(): action.menu() for action in dialog.add_from.menu.actions()}

    def take(kind: str, label: str) -> None:
        (action,) = [a for a in menus[kind].actions() if a.text() == label]  # type: ignore[attr-defined]
        action.trigger()

    take("Campaign", "Spring && Co")
    assert dialog.people.numbers == shop.people[3:]
    take("Stage", "Agreed")
    assert dialog.people.numbers == [shop.people[3], *shop.people[:3]]
    take("Saved view", "All of them")
    assert len(dialog.people.numbers) == 4
    take("Stage", "Ambassador")
    assert shop.window.notices.visible[-1].label.text() == "Nobody is in Ambassador."
    dialog.close()


def test_the_new_parcels_are_shown_and_selected_for_what_comes_next(shop: Shop) -> None:
    dialog = shop.dialog(shop.people)
    choose(dialog, "Glow serum")
    service = shop.workspace.add("carrier_service", {"carrier": "DHL", "name": "Parcel", "price": 549})
    dialog.service.addItem("DHL · Parcel", service)
    dialog.service.setCurrentIndex(dialog.service.count() - 1)
    dialog.message.setText("  Enjoy!  ")
    dialog.send_button.click()
    (after,) = shop.window.findChildren(NextSteps)
    assert unnamed_controls(after) == []
    assert [(p.carrier, p.postage, p.gift_message) for p in shop.parcels()] == [("DHL", 549, "Enjoy!")] * 4
    after.show_button.click()
    QApplication.processEvents()
    assert sorted(shop.page._chosen("shipment")) == sorted(p.id for p in shop.parcels())


def test_many_are_made_beside_the_window_with_progress_and_one_undo(shop: Shop, qtbot: QtBot) -> None:
    people = [shop.workspace.add("creator", {"name": f"C {n}"}, HOME) for n in range(60)]
    dialog = shop.dialog(people)
    dialog.show()
    choose(dialog, "Glow serum")
    qtbot.waitUntil(lambda: dialog.send_button.isEnabled())
    assert dialog.send_button.accessibleName() == "Make 60 parcels"
    with qtbot.waitSignal(dialog.sent) as sent:
        dialog.send_button.click()
        assert dialog.bar.isVisibleTo(dialog) and not dialog.body.isEnabled()
        assert dialog.cancel_button.text() == "Stop"
    assert sent.args is not None and len(sent.args[0]) == len(shop.parcels()) == 60
    (after,) = shop.window.findChildren(NextSteps)
    after.done_button.click()
    shop.workspace.undo()
    assert shop.parcels() == []


def test_what_is_stopped_has_made_nothing_and_can_be_begun_again(shop: Shop, qtbot: QtBot) -> None:
    people = [shop.workspace.add("creator", {"name": f"C {n}"}, HOME) for n in range(60)]
    dialog = shop.dialog(people)
    choose(dialog, "Glow serum")
    qtbot.waitUntil(lambda: dialog.send_button.isEnabled())
    dialog.send()
    dialog.reject()
    qtbot.waitUntil(lambda: dialog.body.isEnabled())
    assert shop.parcels() == []
    assert dialog.send_button.isEnabled()
    dialog.close()


def test_a_part_of_a_parcel_goes_later_from_its_items(shop: Shop) -> None:
    (parcel,) = shop.workspace.ship({"GLOW": 3, "TEE-S": 1}, shop.people[:1]).shipments
    shop.dialog().close()
    shop.page.show_record("shipment", parcel)
    assert shop.page.view is not None
    shop.page.view.panel.split_button.click()  # type: ignore[attr-defined]
    (dialog,) = shop.window.findChildren(SplitDialog)
    assert unnamed_controls(dialog) == []
    assert not dialog.split_button.isEnabled()
    serum, tee = dialog.boxes.values()
    serum.setValue(3)
    tee.setValue(1)
    assert dialog.summary.text() == "At least one piece stays in this parcel."
    tee.setValue(0)
    assert dialog.summary.text() == "3 pieces go in a second parcel, 1 stay."
    dialog.split_button.click()
    QApplication.processEvents()
    first, second = shop.parcels()
    assert (first.contents, second.contents, second.follows) == ("TEE-S", "GLOW", parcel)
    assert shop.page.view.table.current_id == second.id
