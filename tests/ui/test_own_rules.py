"""What a brand sets for itself in the window: tiers of followers, and the same product again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from creator_crm.domain.tiers import TIERS, Tier
from creator_crm.services.batches import Batch, Content
from creator_crm.services.workspace import Workspace
from creator_crm.ui.seeding.funnel_tab import FunnelTab
from creator_crm.ui.seeding.own_rules import SameProductDialog, TiersDialog
from creator_crm.ui.seeding.page import SeedingPage
from creator_crm.ui.shared.accessibility import unnamed_controls
from creator_crm.ui.shared.chart_frame import ChartFrame
from creator_crm.ui.window import Window

Brand = tuple[Window, Workspace]


@pytest.fixture(autouse=True)
def no_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Drawing the chart is tested where charts are."""
    monkeypatch.setattr(ChartFrame, "show_data", lambda frame, data: None)


def tiers_dialog(window: Window) -> TiersDialog:
    window.show_page("seeding")
    window.actions_.trigger("seeding.tiers")
    (dialog,) = window.findChildren(TiersDialog)
    return dialog


def type_in(dialog: TiersDialog, *rows: tuple[str, str]) -> None:
    for (name, least), told in zip(dialog.rows, [*rows, *[("", "")] * 8], strict=False):
        name.setText(told[0])
        least.setText(told[1])


def test_tiers_are_drawn_in_a_dialog_and_undone_in_one_step(brand: Brand) -> None:
    window, workspace = brand
    dialog = tiers_dialog(window)
    shown = [(name.text(), least.text()) for name, least in dialog.rows]
    assert shown[:2] == [("Nano", "0"), ("Micro", "10,000")]
    assert shown[5:] == [("", "")] * 3
    assert unnamed_controls(dialog) == []
    type_in(dialog, ("Small", ""), ("Large", "50K"))
    dialog.save_button.click()
    QApplication.processEvents()
    assert workspace.tiers() == (Tier("Small", 0), Tier("Large", 50_000))
    workspace.undo()
    assert workspace.tiers() == TIERS


def test_what_is_not_clear_is_said_in_the_dialog_and_nothing_is_saved(brand: Brand) -> None:
    window, workspace = brand
    dialog = tiers_dialog(window)
    type_in(dialog, ("Small", "0"), ("Large", "lots"))
    dialog.save_button.click()
    assert "lots" in dialog.error.text() and dialog.isVisible()
    type_in(dialog, ("Small", "100"))
    dialog.save_button.click()
    assert dialog.error.text().startswith("The lowest tier, “Small”, must begin at 0 followers")
    assert workspace.tiers() == TIERS
    dialog.usual_button.click()
    assert dialog.error.isHidden() and dialog.rows[4][0].text() == "Mega"


def test_saving_the_usual_tiers_forgets_those_that_were_set(brand: Brand) -> None:
    window, workspace = brand
    workspace.set_tiers([Tier("All", 0)])
    dialog = tiers_dialog(window)
    assert dialog.rows[0][0].text() == "All"
    dialog.usual_button.click()
    dialog.save_button.click()
    assert workspace.setting("tiers") is None
    assert workspace.tiers() == TIERS


def test_the_funnel_by_tier_has_the_way_to_them_and_follows_at_once(brand: Brand, qtbot: QtBot) -> None:
    window, workspace = brand
    ana = workspace.add("creator", {"name": "Ana", "handle": "ana"})
    account = workspace.parts("account", ana)[0].id
    workspace.add("account_metrics", {"account": account, "measured_on": "2026-01-01", "followers": 20_000})
    yesterday = (date.today() - timedelta(days=1)).isoformat()
    workspace.add("shipment", {"creator": ana, "status": "shipped", "shipped_on": yesterday})
    window.show_page("seeding")
    page = window.page("seeding")
    assert isinstance(page, SeedingPage)
    page.show_tab("funnel")
    tab = page.part
    assert isinstance(tab, FunnelTab)

    def settled() -> None:
        qtbot.waitUntil(lambda: not window.jobs.running, timeout=20_000)
        QApplication.processEvents()

    settled()
    assert not tab.tiers_button.isVisible()
    tab.by.setCurrentIndex(tab.by.findData("tier"))
    settled()
    assert tab.tiers_button.isVisible()
    assert [group.name for group in tab.model.groups] == ["Micro"]
    workspace.set_tiers([Tier("Small", 0), Tier("Large", 20_000)])
    settled()
    assert [group.name for group in tab.model.groups] == ["Large"]


def test_who_had_the_same_product_is_told_within_the_days_that_were_set(brand: Brand) -> None:
    window, workspace = brand
    workspace.add("product", {"name": "Serum", "sku": "S"})
    workspace.receive("S", 9)
    home = {"street": "Am Markt 1", "city": "Bonn", "country": "DE"}
    ana = workspace.add("creator", {"name": "Ana"}, {"address": [home]})
    forty = (date.today() - timedelta(days=40)).isoformat()
    workspace.advance(workspace.ship({"S": 1}, [ana]).shipments, "shipped", forty)

    def told() -> list[str]:
        preview = workspace.preview_batch(Batch((Content("S", 1),), (ana,)))
        return [word for one in preview.receivers for word in one.warnings if word.startswith("Got")]

    assert len(told()) == 1
    window.show_page("seeding")
    for days, expected in ((30, 0), (60, 1), (0, 0)):
        window.actions_.trigger("seeding.same_product")
        dialog = [one for one in window.findChildren(SameProductDialog) if one.isVisible()][-1]
        assert unnamed_controls(dialog) == []
        dialog.days.setValue(days)
        dialog.save_button.click()
        QApplication.processEvents()
        assert (workspace.same_product_days(), len(told())) == (days, expected)
    for days in (60, 30, 90):
        workspace.undo()
        assert workspace.same_product_days() == days
