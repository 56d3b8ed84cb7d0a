"""Who has not posted, and the funnel: many reminded at once, more time, figures that lead to parcels."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from creator_crm.domain.query import Query
from creator_crm.services.workspace import Workspace
from creator_crm.ui.seeding.funnel_model import COLUMNS
from creator_crm.ui.seeding.funnel_tab import FunnelTab
from creator_crm.ui.seeding.no_post import NoPostTab
from creator_crm.ui.seeding.page import SeedingPage
from creator_crm.ui.seeding.reminders import ClocksDialog, RemindersDialog
from creator_crm.ui.shared.accessibility import unnamed_controls
from creator_crm.ui.shared.explain import Explained
from creator_crm.ui.window import Window

Brand = tuple[Window, Workspace]


def day(ahead: int) -> str:
    return (date.today() + timedelta(days=ahead)).isoformat()


@pytest.fixture
def arrived(brand: Brand) -> tuple[Window, Workspace, list[int]]:
    """Three parcels delivered 20, 9 and 3 days ago: a gift, a sample, a gift; the third creator opted out."""
    window, workspace = brand
    campaign = workspace.add("campaign", {"name": "Spring"})
    workspace.add("template", {"name": "Where is it?", "purpose": "nudge", "body": "Hi {{ first_name }}!"})
    made = []
    for name, kind, ago in (("Ana Blum", "gift", 20), ("Bea Sommer", "sample", 9), ("Cleo Haus", "gift", 3)):
        creator = workspace.add("creator", {"name": name, "opted_out": name == "Cleo Haus"})
        parcel: dict[str, Any] = {"creator": creator, "kind": kind, "status": "delivered", "postage": 5_00}
        dates = {"shipped_on": day(-ago - 3), "delivered_on": day(-ago)}
        made.append(workspace.add("shipment", {**parcel, **dates, "campaign": campaign}))
    return window, workspace, made


Arrived = tuple[Window, Workspace, list[int]]


def shown(window: Window, tab: str) -> Any:
    window.show_page("seeding")
    page = window.page("seeding")
    assert isinstance(page, SeedingPage)
    page.show_tab(tab)
    return page.part


def no_post(window: Window) -> NoPostTab:
    part = shown(window, "no_post")
    assert isinstance(part, NoPostTab)
    return part


def funnel(window: Window, qtbot: QtBot) -> FunnelTab:
    part = shown(window, "funnel")
    assert isinstance(part, FunnelTab)
    qtbot.waitUntil(lambda: part.model.rowCount() > 0 or part.stack.currentIndex() == 1)
    return part


def names(part: NoPostTab) -> list[str]:
    return [line.title for line in part.list.lines.lines]


def test_the_head_says_how_many_wait_and_what_they_cost_and_chips_narrow_the_list(arrived: Arrived) -> None:
    window, _, _ = arrived
    part = no_post(window)
    assert part.count.text() == "3 parcels without a post · €15.00 in products and postage"
    assert list(part.chips.chips) == ["", "now", "later"]
    part.chips.chips["later"].click()
    assert names(part) == ["Cleo Haus"]
    part.chips.chips[""].click()
    part.at_least.setCurrentIndex(part.at_least.findData(7))
    assert names(part) == ["Ana Blum", "Bea Sommer"]
    part.order.setCurrentIndex(1)
    assert names(part) == ["Ana Blum", "Bea Sommer"]
    assert unnamed_controls(part) == []


def test_many_are_reminded_with_a_template_by_keyboard_and_one_undo_takes_it_back(
    arrived: Arrived, qtbot: QtBot
) -> None:
    window, workspace, _ = arrived
    part = no_post(window)
    part.list.setFocus()
    qtbot.keyClick(part.list, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(part.selected()) == 3
    part.buttons["seeding.nudge"].click()
    (dialog,) = window.findChildren(RemindersDialog)
    assert dialog.preview.toPlainText() == "Hi Ana!"
    assert dialog.left_out.text() == "Left out: Cleo Haus asked not to be written to."
    assert dialog.plan_button.accessibleName() == "Plan 2 reminders"
    assert unnamed_controls(dialog) == []
    dialog.plan_button.click()
    QApplication.processEvents()
    planned: list[Any] = list(workspace.rows("message", workspace.ids(Query("message"))))
    assert len(planned) == 2
    assert "planned" in part.chips.chips
    assert len(part.selected()) == 3, "what was selected stays selected"
    workspace.undo()
    QApplication.processEvents()
    assert "planned" not in part.chips.chips


def test_only_a_sample_can_get_a_week_more(arrived: Arrived) -> None:
    window, workspace, made = arrived
    part = no_post(window)
    assert part.selected() == made[:1]
    assert not part.buttons["seeding.extend"].isEnabled()
    part.list.choose(1)
    assert part.buttons["seeding.extend"].isEnabled()
    part.buttons["seeding.extend"].click()
    QApplication.processEvents()
    assert workspace.row("shipment", made[1]).extended_on
    assert not part.buttons["seeding.extend"].isEnabled()


def test_the_time_to_post_is_chosen_by_kind_of_parcel(arrived: Arrived) -> None:
    window, workspace, _ = arrived
    part = no_post(window)
    part.buttons["seeding.clocks"].click()
    (dialog,) = window.findChildren(ClocksDialog)
    box = dialog.boxes["sample"]
    assert box.currentData() == "tiktok_free"
    box.setCurrentIndex(box.findData("tiktok_refundable"))
    assert unnamed_controls(dialog) == []
    dialog.save_button.click()
    QApplication.processEvents()
    assert workspace.clocks().by_kind["sample"] == "tiktok_refundable"
    assert part.list.lines.lines[1].chip.startswith("Remind on")


def test_several_are_given_up_on_together(arrived: Arrived) -> None:
    window, workspace, made = arrived
    part = no_post(window)
    index = part.list.lines.index(1, 0)
    part.list.selectionModel().select(index, QItemSelectionModel.SelectionFlag.Select)
    part.buttons["seeding.give_up"].click()
    QApplication.processEvents()
    assert [bool(workspace.row("shipment", number).ghosted_on) for number in made] == [True, True, False]
    assert names(part) == ["Cleo Haus"]


def test_the_funnel_shows_the_whole_and_its_groups_and_a_figure_explains_itself(
    arrived: Arrived, qtbot: QtBot
) -> None:
    window, _, _ = arrived
    part = funnel(window, qtbot)
    assert part.cards.cards["sent"].value.text() == "3"
    rate = part.cards.cards["post_rate"]
    assert rate.value.text() == "0 of 3"
    qtbot.waitUntil(lambda: rate.caption.text() == "not enough data yet")
    heading = part.model.headerData(0, Qt.Orientation.Horizontal)
    first = [part.model.index(0, column).data() for column in range(len(COLUMNS))]
    assert (heading, first[0], first[1], first[5]) == ("Campaign", "Spring", "3", "3")
    rate.click()
    (dialog,) = part.findChildren(Explained)
    assert [button.text() for button in dialog.see_buttons] == [  # type: ignore[attr-defined]
        "See the parcels",
        "See who has not posted",
    ]
    dialog.close()
    assert unnamed_controls(part) == []


def test_the_parcels_without_a_post_of_a_group_are_a_click_away_those_given_up_on_too(
    arrived: Arrived, qtbot: QtBot
) -> None:
    window, workspace, made = arrived
    workspace.give_up(made[:1])
    part = funnel(window, qtbot)
    column = [name for name, _, _ in COLUMNS].index("no_post")
    qtbot.waitUntil(lambda: part.model.rowCount() == 1)
    part.table.clicked.emit(part.model.index(0, column))
    page = window.page("seeding")
    assert isinstance(page, SeedingPage)
    qtbot.waitUntil(lambda: isinstance(page.part, NoPostTab))
    waiting = page.part
    assert isinstance(waiting, NoPostTab)
    assert names(waiting) == ["Ana Blum", "Bea Sommer", "Cleo Haus"]
    assert waiting.list.lines.lines[0].chip == "Given up on"
    assert waiting.count.text().startswith("⁨Spring⁩ · 3 parcels")
    waiting.only_button.click()
    assert names(waiting) == ["Bea Sommer", "Cleo Haus"]


def test_enter_on_a_group_explains_its_post_rate(arrived: Arrived, qtbot: QtBot) -> None:
    window, _, _ = arrived
    part = funnel(window, qtbot)
    part.table.setFocus()
    qtbot.keyClick(part.table, Qt.Key.Key_Return)
    (dialog,) = part.findChildren(Explained)
    assert dialog.windowTitle() == "Post rate"
    dialog.close()


def test_a_funnel_of_nothing_says_what_it_is_for(brand: Brand, qtbot: QtBot) -> None:
    window, _ = brand
    part = funnel(window, qtbot)
    assert part.stack.currentWidget() is part.nothing
