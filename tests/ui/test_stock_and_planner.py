"""Stock as of any day with the ledger behind each figure, what is on order, and the spike planner."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from creator_crm.domain.query import Query
from creator_crm.domain.stock_explained import FIGURES
from creator_crm.services.workspace import Workspace
from creator_crm.ui.seeding.on_order import ArrivedDialog, OrderDialog
from creator_crm.ui.seeding.page import SeedingPage
from creator_crm.ui.seeding.planner_tab import PlannerTab, ahead
from creator_crm.ui.seeding.receive import ReceiveDialog
from creator_crm.ui.seeding.stock_explained import StockExplained
from creator_crm.ui.seeding.stock_model import COLUMNS
from creator_crm.ui.seeding.stock_tab import StockTab
from creator_crm.ui.shared.accessibility import unnamed_controls
from creator_crm.ui.shared.chart_frame import ChartFrame
from creator_crm.ui.window import Window

Brand = tuple[Window, Workspace]
NAMES = [name for name, _, _ in COLUMNS]


def day(days: int) -> str:
    return (date.today() + timedelta(days=days)).isoformat()


@pytest.fixture(autouse=True)
def no_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Drawing the chart is tested where charts are."""
    monkeypatch.setattr(ChartFrame, "show_data", lambda frame, data: None)


@pytest.fixture
def stocked(brand: Brand, qtbot: QtBot) -> Iterator[tuple[Window, Workspace, int]]:
    """Twelve pieces of a serum for 4.20 on average, reordered at 40; nothing of its mini."""
    window, workspace = brand
    serum = workspace.add(
        "product",
        {"name": "Glow serum", "sku": "GLOW", "cost": 450, "reorder_level": 40, "lead_time_days": 21},
    )
    workspace.add("variant", {"product": serum, "name": "Mini", "sku": "GLOW-S"})
    workspace.receive("GLOW", 10, on=day(-9), unit_cost=400)
    workspace.receive("GLOW", 2, on=day(-3), unit_cost=520)
    yield window, workspace, serum
    settle(window, qtbot)


Stocked = tuple[Window, Workspace, int]


def settle(window: Window, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not window.jobs.running, timeout=20_000)
    QApplication.processEvents()


def seeding(window: Window, tab: str, qtbot: QtBot) -> SeedingPage:
    window.show_page("seeding")
    page = window.page("seeding")
    assert isinstance(page, SeedingPage)
    page.show_tab(tab)
    settle(window, qtbot)
    return page


def stock_tab(window: Window, qtbot: QtBot) -> StockTab:
    part = seeding(window, "stock", qtbot).part
    assert isinstance(part, StockTab)
    return part


def told(part: StockTab, row: int, *names: str) -> list[str]:
    model = part.model
    return [model.data(model.index(row, NAMES.index(name))).strip() for name in names]


def said(window: Window) -> list[str]:
    return [notice.label.text() for notice in window.notices.visible]


def test_each_article_tells_what_is_there_what_it_is_worth_and_what_to_do(
    stocked: Stocked, qtbot: QtBot
) -> None:
    window, _, _ = stocked
    part = stock_tab(window, qtbot)
    figures = ("what", "advice", "on_hand", "reserved", "available", "average_cost", "value", "level")
    assert told(part, 0, *figures) == ["Glow serum", "Order now", "12", "0", "12", "€4.20", "€50.40", "40"]
    assert told(part, 1, "what", "on_hand") == ["Mini", "0"]
    assert told(part, 2, "what", "on_hand", "advice") == ["of no variant", "12", "–"]
    assert part.order.told.text() == "Order now: 12 left, reorder at 40, 21 days lead time."
    assert part.total.text() == "12 pieces on hand, worth €50.40   ·   1 product to order"
    assert unnamed_controls(part) == []


def test_that_orders_of_the_shop_lower_nothing_is_said_below_the_figures_and_in_their_formulas(
    stocked: Stocked, qtbot: QtBot
) -> None:
    window, workspace, serum = stocked
    order = workspace.add("order", {"number": "#1", "ordered_on": day(-1), "status": "paid"})
    workspace.add("order_line", {"order": order, "line": "1", "product": serum, "quantity": 5})
    part = stock_tab(window, qtbot)
    assert told(part, 0, "on_hand", "available") == ["12", "12"]
    assert part.apart.isVisible()
    assert part.apart.text().startswith("Orders in your shop do not lower this stock")
    explained = FIGURES["available"](part.model.lines[0][0])
    assert "orders in your shop are no lines of it" in explained.source


def test_another_day_is_asked_in_the_head_and_today_is_one_click_away(stocked: Stocked, qtbot: QtBot) -> None:
    window, _, _ = stocked
    part = stock_tab(window, qtbot)
    part.on.show_value(day(-5))
    part.on.committed.emit()
    settle(window, qtbot)
    assert told(part, 0, "on_hand", "value") == ["10", "€40.00"]
    assert part.today_button.isVisible()
    part.on.setText("when it was warm")
    part.on.committed.emit()
    assert part.said.text()
    part.today_button.click()
    settle(window, qtbot)
    assert told(part, 0, "on_hand") == ["12"]
    assert not part.today_button.isVisible() and not part.said.text()


def test_a_figure_opens_its_formula_its_inputs_and_its_lines_of_the_ledger(
    stocked: Stocked, qtbot: QtBot
) -> None:
    window, _, _ = stocked
    page = seeding(window, "stock", qtbot)
    part = page.part
    assert isinstance(part, StockTab)
    part.table.clicked.emit(part.model.index(2, NAMES.index("average_cost")))
    settle(window, qtbot)
    (dialog,) = part.findChildren(StockExplained)
    assert dialog.windowTitle() == "Average cost"
    assert dialog.table is not None
    model = dialog.table.model()
    first = [str(model.index(0, column).data()) for column in range(5)]
    assert first[1:] == ["Received", "+2", "12", "€5.20"]
    assert unnamed_controls(dialog) == []
    dialog.see_buttons[0].click()  # type: ignore[attr-defined]
    assert page.view is not None and page.view.shape.record == "stock_movement"
    assert page.view.table.count == 2


def test_enter_on_a_line_explains_too_and_a_name_does_not(stocked: Stocked, qtbot: QtBot) -> None:
    window, _, _ = stocked
    part = stock_tab(window, qtbot)
    part.table.clicked.emit(part.model.index(0, NAMES.index("what")))
    settle(window, qtbot)
    assert not part.findChildren(StockExplained)
    part.table.setFocus()
    part.table.setCurrentIndex(part.model.index(0, 0))
    qtbot.keyClick(part.table, Qt.Key.Key_Return)
    settle(window, qtbot)
    (dialog,) = part.findChildren(StockExplained)
    assert dialog.windowTitle() == "Available"
    dialog.close()


def test_stock_is_ordered_and_arrives_in_parts_each_a_step_to_undo(stocked: Stocked, qtbot: QtBot) -> None:
    window, workspace, _ = stocked
    part = stock_tab(window, qtbot)
    window.actions_.trigger("seeding.order_stock")
    (order,) = window.findChildren(OrderDialog)
    assert order.what.currentText() == "Glow serum"
    assert order.expected.placeholderText() == "21 days from the order"
    order.pieces.setValue(30)
    order.cost.setText("7 USD")
    order.note_button.click()
    assert "kept in EUR" in order.error.text()
    order.cost.setText("7")
    assert unnamed_controls(order) == []
    order.note_button.click()
    settle(window, qtbot)
    assert told(part, 0, "incoming", "advice") == ["30", "On its way"]
    assert [line.title for line in part.order.list.lines.lines] == ["30 pieces"]
    part.order.arrived_button.click()
    (arrived,) = window.findChildren(ArrivedDialog)
    arrived.pieces.setValue(20)
    assert arrived.rest.text() == "of 30; 10 stay on order"
    arrived.note_button.click()
    settle(window, qtbot)
    assert told(part, 0, "on_hand", "incoming", "average_cost") == ["32", "10", "€5.95"]
    workspace.undo()
    settle(window, qtbot)
    assert told(part, 0, "on_hand", "incoming") == ["12", "30"]


def test_what_should_be_here_comes_up_today_and_one_step_notes_it(stocked: Stocked, qtbot: QtBot) -> None:
    window, workspace, _ = stocked
    workspace.order_stock("GLOW-S", 50, expected_on=day(-2), supplier="Kelp & Co")
    window.show_page("today")
    today: Any = window.page("today")
    today.refresh(None)
    kinds = [item.kind for item in today.part._shown]
    assert kinds == ["arrival"], "what is on order is counted before it says to order again"
    today.part.take_step()
    (dialog,) = window.findChildren(ArrivedDialog)
    assert dialog.pieces.value() == 50
    dialog.note_button.click()
    settle(window, qtbot)
    assert workspace.article("GLOW-S").on_hand == 50


def test_counting_means_what_lies_on_the_shelf_and_a_receipt_takes_its_cost(
    stocked: Stocked, qtbot: QtBot
) -> None:
    window, workspace, _ = stocked
    ana = workspace.add("creator", {"name": "Ana"}, {"address": [{"street": "Gasse 1", "city": "Bonn"}]})
    workspace.ship({"GLOW": 3}, [ana])
    stock_tab(window, qtbot)
    window.actions_.trigger("seeding.receive")
    (dialog,) = window.findChildren(ReceiveDialog)
    dialog.quantity.setValue(8)
    dialog.cost.setText("4.20")
    assert dialog.after.text() == "12 on hand, 3 of them reserved; then 20"
    dialog.note_button.click()
    assert workspace.article("GLOW").average.cost == 420
    workspace.count_stock("GLOW", 19)
    found = workspace.article("GLOW")
    assert (found.on_hand, found.reserved, found.available) == (19, 3, 16)


def test_a_plan_is_worked_out_kept_and_comes_back_for_its_product_and_campaign(
    stocked: Stocked, qtbot: QtBot
) -> None:
    window, workspace, _ = stocked
    spring = workspace.add("campaign", {"name": "Spring"})
    part = seeding(window, "planner", qtbot).part
    assert isinstance(part, PlannerTab) and part.planned is not None
    assert part.form.lines["lead_time_days"].placeholderText() == "21"
    for name, typed in (("posts", "1"), ("views", "1000"), ("conversion", "2"), ("half_life", "0")):
        part.form.lines[name].setText(typed)
    part.form.changed.emit()
    settle(window, qtbot)
    # 1,000 views x 2 % are 20 orders at once, and there are 12.
    assert part.told.text().startswith("Stock runs out on")
    assert (part.planned.outlook.median_on, part.planned.outlook.short) == (day(0), 8)
    assert "order 8 pieces more" in part.more.text()
    drawn = ahead(part.planned)
    assert (drawn.days[0][1], drawn.gone[0], drawn.posts) == (-8, date.today(), (date.today(),))
    part.keep_button.click()
    settle(window, qtbot)
    assert workspace.change_sets()[0].label == "Plan the stock of Glow serum"
    part.start_over()
    part.set_campaign(str(spring))
    settle(window, qtbot)
    assert part.form.lines["posts"].text() == ""
    part.set_campaign(None)
    settle(window, qtbot)
    assert [part.form.lines[name].text() for name in ("posts", "views", "conversion")] == ["1", "1000", "2"]
    assert unnamed_controls(part) == []


def test_ten_times_is_one_click_and_nonsense_is_said_in_place(stocked: Stocked, qtbot: QtBot) -> None:
    window, _, _ = stocked
    part = seeding(window, "planner", qtbot).part
    assert isinstance(part, PlannerTab)
    part.form.lines["posts"].setText("3")
    part.form.lines["first_on"].show_value(day(5))  # type: ignore[attr-defined]
    part.form.tenfold.click()
    settle(window, qtbot)
    assert part.planned is not None and part.planned.plan.times == 10
    assert part.planned.plan.posts[0] == day(5)
    part.form.lines["views"].setText("lots")
    part.form.changed.emit()
    assert part.error.text().startswith("Views of one post:")
    part.form.lines["views"].setText("9K-2K")
    part.form.changed.emit()
    settle(window, qtbot)
    assert "from a smaller number to a larger one" in part.error.text()
    part.form.lines["views"].setText("2K-9K")
    part.form.changed.emit()
    settle(window, qtbot)
    assert part.error.isHidden()


def test_what_live_posts_still_bring_is_among_what_went_into_it(stocked: Stocked, qtbot: QtBot) -> None:
    window, workspace, serum = stocked
    ana = workspace.add("creator", {"name": "Ana"})
    post = workspace.add(
        "deliverable", {"creator": ana, "product": serum, "status": "live", "live_on": day(-3)}
    )
    workspace.add("post_metrics", {"deliverable": post, "measured_on": day(0), "views": 1_500})
    part = seeding(window, "planner", qtbot).part
    assert isinstance(part, PlannerTab)
    told = [label.text() for label in part.findChildren(QLabel)]
    assert told[told.index("Live already") + 1] == "1 post, 1,500 views still to come"


def test_without_a_product_both_say_what_to_do(brand: Brand, qtbot: QtBot) -> None:
    window, workspace = brand
    part = stock_tab(window, qtbot)
    assert part.stack.currentWidget() is part.nothing
    assert part.nothing.button.text() == "Add a product"
    planner = seeding(window, "planner", qtbot).part
    assert isinstance(planner, PlannerTab)
    assert planner.stack.currentWidget() is planner.nothing
    workspace.add("product", {"name": "Balm"})
    settle(window, qtbot)
    assert planner.what.currentText() == "Balm"
    assert workspace.count(Query("setting")) == 0
