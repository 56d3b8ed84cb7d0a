"""The Results page with real widgets: figures that explain themselves, charts as files, lists behind them."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from creator_crm.domain.metrics import Facts, metric
from creator_crm.ui.results.explain import ExplainDialog
from creator_crm.ui.results.figures import behind, change_text
from creator_crm.ui.results.overview import OverviewTab
from creator_crm.ui.results.page import ResultsPage
from creator_crm.ui.results.panels import PaymentPanel
from creator_crm.ui.shared.accessibility import unnamed_controls
from creator_crm.ui.shared.chart_frame import ChartFrame
from creator_crm.ui.shared.figure_text import value_text
from creator_crm.ui.shared.period import Period, PeriodPicker, period

if TYPE_CHECKING:
    from creator_crm.services.workspace import Workspace
    from creator_crm.ui.window import Window

TODAY = date.today()
DAY = timedelta(days=1)
Brand = tuple["Window", "Workspace"]


@pytest.fixture(autouse=True)
def no_pictures(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the test of charts waits for matplotlib to draw them."""
    if "charts" not in request.node.name:
        monkeypatch.setattr(ChartFrame, "show_data", lambda frame, data: None)


def on(days_ago: int) -> str:
    return (TODAY - days_ago * DAY).isoformat()


def sell(workspace: Workspace) -> dict[str, int]:
    """Two orders by Ana's code in euros, one in dollars, a payment due; 100 EUR less 20 EUR of goods each."""
    ana = workspace.add("creator", {"name": "Ana"})
    spring = workspace.add("campaign", {"name": "Spring"})
    autumn = workspace.add("campaign", {"name": "Autumn"})
    balm = workspace.add("product", {"name": "Balm", "sku": "BALM", "cost": 2000, "currency": "EUR"})
    code = workspace.add("code", {"code": "ANA10", "creator": ana, "campaign": spring})
    for number, days_ago, customer in (("1", 3, "new"), ("2", 40, "returning")):
        line = {"line": "1", "name": "Balm", "product": balm, "quantity": 1}
        values = {
            "number": number,
            "shop": "shopify",
            "ordered_on": on(days_ago),
            "code": code,
            "currency": "EUR",
            "subtotal": 10_000,
            "total": 10_000,
            "customer": customer,
            "customer_key": "ann",
        }
        workspace.add("order", values, {"order_line": [line]})
    dollars = {"number": "3", "ordered_on": on(5), "creator": ana, "currency": "USD", "subtotal": 5000}
    workspace.add("order", dollars)
    owed = {"creator": ana, "amount": 4000, "currency": "EUR", "due_on": on(2), "kind": "fee"}
    fee = workspace.add("payment", owed)
    return {"ana": ana, "spring": spring, "autumn": autumn, "code": code, "fee": fee}


def shown(window: Window, qtbot: QtBot) -> OverviewTab:
    """The overview once everything that was under way is on the screen."""
    window.show_page("results")
    page = window.page("results")
    assert isinstance(page, ResultsPage)
    page.show_tab("overview")
    overview = page.part
    assert isinstance(overview, OverviewTab)
    settle(window, qtbot)
    return overview


def settle(window: Window, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not window.jobs.running, timeout=20_000)


def test_figures_stand_by_currency_and_are_those_of_the_service(brand: Brand, qtbot: QtBot) -> None:
    window, workspace = brand
    sell(workspace)
    overview = shown(window, qtbot)
    assert set(overview.strips) == {"EUR", "USD"}
    assert overview.strips["EUR"].cards["revenue"].value.text() == "€200.00"
    assert overview.strips["USD"].cards["revenue"].value.text() == "$50.00"
    # Sold for 200, the goods cost 40, the fee 40.
    assert overview.strips["EUR"].cards["profit"].value.text() == "€120.00"
    assert "EUR" in overview.note.text()


def test_a_figure_without_a_value_is_a_dash_that_says_why(brand: Brand, qtbot: QtBot) -> None:
    window, workspace = brand
    sell(workspace)
    card = shown(window, qtbot).strips["EUR"].cards["post_rate"]
    assert card.value.text() == "–"
    for said in (card.toolTip(), card.whatsThis(), card.accessibleDescription()):
        assert "no parcel has arrived yet" in said
    assert card.accessibleName() == "Post rate: no value"


def test_another_period_or_campaign_gives_other_figures(brand: Brand, qtbot: QtBot) -> None:
    window, workspace = brand
    made = sell(workspace)
    overview = shown(window, qtbot)
    overview.periods.names.setCurrentIndex(overview.periods.names.findData("30"))
    settle(window, qtbot)
    assert overview.strips["EUR"].cards["revenue"].value.text() == "€100.00"
    assert overview.strips["EUR"].cards["revenue"].caption.text() == "the same as before"
    overview.set_campaign(str(made["autumn"]))
    settle(window, qtbot)
    assert {s.cards["revenue"].value.text() for s in overview.strips.values()} == {"€0.00"}


def test_what_is_written_elsewhere_comes_into_the_figures(brand: Brand, qtbot: QtBot) -> None:
    window, workspace = brand
    made = sell(workspace)
    overview = shown(window, qtbot)
    more = {"number": "9", "ordered_on": on(1), "code": made["code"], "currency": "EUR", "subtotal": 5000}
    workspace.add("order", more)
    settle(window, qtbot)
    assert overview.strips["EUR"].cards["revenue"].value.text() == "€250.00"


def test_a_clicked_figure_tells_formula_inputs_and_how_many_rows(brand: Brand, qtbot: QtBot) -> None:
    window, workspace = brand
    sell(workspace)
    overview = shown(window, qtbot)
    qtbot.mouseClick(overview.strips["EUR"].cards["roas"], Qt.MouseButton.LeftButton)
    (dialog,) = overview.findChildren(ExplainDialog)
    words = " ".join(label.text() for label in dialog.findChildren(type(dialog.told)))
    assert "net revenue ÷ landed cost" in words
    assert "€200.00" in words
    assert "€40.00" in words
    assert dialog.told.text() == "2 orders, 0 parcels, 0 live posts"
    assert unnamed_controls(dialog) == []
    page = window.page("results")
    assert isinstance(page, ResultsPage)
    dialog.see_buttons[0].click()
    assert page.view is not None
    assert page.view.shape.record == "order"
    assert page.view.table.count == 3
    assert not any(each.isVisible() for each in window.findChildren(QDialog))


def test_all_figures_are_one_click_away(brand: Brand, qtbot: QtBot) -> None:
    window, workspace = brand
    sell(workspace)
    overview = shown(window, qtbot)
    few = len(overview.strips["EUR"].cards)
    overview.more_button.click()
    assert len(overview.strips["EUR"].cards) == len(workspace.metrics()["EUR"]) > few
    overview.more_button.click()
    assert len(overview.strips["EUR"].cards) == few


def test_six_charts_are_drawn_and_all_saved_as_files(brand: Brand, qtbot: QtBot, tmp_path: Path) -> None:
    window, workspace = brand
    sell(workspace)
    overview = shown(window, qtbot)
    names = {"revenue", "profit", "funnel", "reach", "spend", "punctuality"}
    assert set(overview.charts.frames) == names
    frame = overview.charts.frames["revenue"]
    qtbot.waitUntil(lambda: frame.canvas.accessibleName() == "Revenue and cost", timeout=20_000)
    assert frame.menu_button.accessibleName()
    frame.canvas.save_to(tmp_path / "one.svg")
    overview.save_all_to(tmp_path / "charts")
    settle(window, qtbot)
    assert (tmp_path / "one.svg").read_bytes().lstrip().startswith(b"<?xml")
    written = {path.name for path in (tmp_path / "charts").iterdir()}
    assert written == {f"{n}.{form}" for n in names for form in ("png", "svg", "pdf")} | {"figures.xlsx"}


def test_a_folder_that_cannot_be_made_is_a_notice(brand: Brand, qtbot: QtBot, tmp_path: Path) -> None:
    window, workspace = brand
    sell(workspace)
    overview = shown(window, qtbot)
    (tmp_path / "taken").write_text("a file")
    overview.save_all_to(tmp_path / "taken")
    settle(window, qtbot)
    assert "could not be made" in window.notices.visible[-1].label.text()


def test_an_empty_workspace_offers_to_import_orders(brand: Brand, qtbot: QtBot) -> None:
    window, _ = brand
    overview = shown(window, qtbot)
    assert overview.stack.currentWidget() is overview.nothing
    assert overview.nothing.button.text() == "Import orders"
    assert not overview.save_button.isVisible()


def test_a_payment_is_marked_as_paid_and_that_can_be_undone(brand: Brand, qtbot: QtBot) -> None:
    window, workspace = brand
    fee = sell(workspace)["fee"]
    window.show_page("results")
    page = window.page("results")
    assert isinstance(page, ResultsPage)
    page.show_record("payment", fee)
    assert page.view is not None
    panel = page.view.panel
    assert isinstance(panel, PaymentPanel)
    assert panel.sentence.text() == "To be paid: 2 days late."
    panel.pay_button.click()
    paid = workspace.row("payment", fee)
    assert (paid.status, paid.paid_on) == ("paid", TODAY.isoformat())
    assert not panel.pay_button.isVisible()
    workspace.undo()
    assert workspace.row("payment", fee).status == "overdue"


def test_a_code_tells_what_it_sold_and_can_be_marked_as_leaked(brand: Brand, qtbot: QtBot) -> None:
    window, workspace = brand
    code = sell(workspace)["code"]
    window.show_page("results")
    page = window.page("results")
    page.show_record("code", code)
    panel = page.view.panel
    assert panel.sentence.text() == "2 orders for €200.00 after refunds, €0.00 given off."
    assert "Ana" in panel.caption.text()
    window.actions_.trigger("results.leaked")
    assert workspace.row("code", code).status == "leaked"


def test_posts_are_those_that_are_live(brand: Brand, qtbot: QtBot) -> None:
    window, workspace = brand
    ana = workspace.add("creator", {"name": "Ana"})
    live = workspace.add("deliverable", {"name": "Up", "creator": ana, "status": "live", "live_on": on(1)})
    workspace.add("deliverable", {"name": "Not yet", "creator": ana})
    window.show_page("results")
    page = window.page("results")
    page.show_tab("posts")
    assert list(page.view.table.model.ids) == [live]
    page.view.table.clear_filter()
    assert page.view.table.count == 2


def test_every_tab_full_and_empty_has_only_named_controls(brand: Brand, qtbot: QtBot) -> None:
    window, workspace = brand
    for filled in (False, True):
        if filled:
            sell(workspace)
        shown(window, qtbot)
        for _, show in window.page("results").scenes():
            show()
        settle(window, qtbot)
        assert unnamed_controls(window) == []


@pytest.mark.parametrize(
    ("name", "since", "until"),
    [
        ("30", "2026-10-24", "2026-11-22"),
        ("365", "2025-11-23", "2026-11-22"),
        ("year", "2026-01-01", "2026-11-22"),
        ("all", None, None),
    ],
)
def test_periods_end_today(name: str, since: str | None, until: str | None) -> None:
    assert period(name, date(2026, 11, 22)) == Period(since, until)


def test_the_time_before_is_as_long_and_ends_the_day_before() -> None:
    assert Period("2026-10-24", "2026-11-22").before == Period("2026-09-24", "2026-10-23")
    assert Period(None, "2026-11-22").before is None
    assert Period("0001-01-05", "2026-11-22").before is None


def test_a_period_of_ones_own_must_not_end_before_it_begins(brand: Brand, qtbot: QtBot) -> None:
    _, workspace = brand
    picker = PeriodPicker(workspace.catalogue, "own")
    qtbot.addWidget(picker)
    picker.since.setText("2026-05-02")
    picker.until.setText("2026-05-01")
    with qtbot.assertNotEmitted(picker.changed):
        picker.until.committed.emit()
    assert picker.said.text() == "This period ends before it begins."
    picker.until.setText("2026-05-03")
    with qtbot.waitSignal(picker.changed):
        picker.until.committed.emit()
    assert picker.period == Period("2026-05-02", "2026-05-03")


def test_values_are_written_as_one_reads_them() -> None:
    facts = Facts(revenue=123_456_700, fees=200, orders=3)
    revenue = metric("revenue", facts)
    assert value_text(revenue.value, revenue.unit) == "€1,234,567.00"
    assert value_text(revenue.value, revenue.unit, short=True) == "€1,234,567"
    lost = metric("revenue", Facts(refunds=1250))
    assert value_text(lost.value, lost.unit) == "-€12.50"
    assert value_text(None, "EUR") == "–"
    assert behind("revenue", facts) == "3 orders"
    assert change_text(revenue, metric("revenue", Facts(revenue=100_000_000))) == "▲ 23% from before"
    assert change_text(revenue, metric("revenue", Facts())) == ""
    half = metric("refund_rate", Facts(revenue=200, refunds=100))
    assert change_text(half, metric("refund_rate", Facts(revenue=100, refunds=25))) == "before: 25.0%"
