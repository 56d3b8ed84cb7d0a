"""The window of the campaigns: targets beside what is reached, who is in one, what it is about."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication
from small_brand import small_brand

from creator_crm.services.workspace import Workspace
from creator_crm.ui.campaigns.panel import CampaignPanel
from creator_crm.ui.records_window import RecordsWindow
from creator_crm.ui.window import Window

Brand = tuple[Window, Workspace]


def shown(window: Window) -> CampaignPanel:
    (records,) = window.findChildren(RecordsWindow)
    assert isinstance(records.view.panel, CampaignPanel)
    return records.view.panel


def test_a_target_is_set_and_stands_beside_what_is_reached(brand: Brand) -> None:
    window, workspace = brand
    made = small_brand(workspace)
    window.actions_.trigger("tools.campaigns")
    (records,) = window.findChildren(RecordsWindow)
    records.show_record(made.campaign)
    panel = shown(window)
    panel.tabs.setCurrentWidget(panel.targets)
    assert panel.targets.nothing.isVisible() and not panel.targets.reached.isVisible()
    dialog = panel.targets.parts.ask_for_new()
    dialog.form.lines["metric"].editor.show_value("post_rate")
    dialog.form.lines["value"].editor.show_value(40.0)
    dialog.add()
    QApplication.processEvents()
    (line,) = panel.targets.reached.lines.lines
    assert (line.title, line.text, line.chip) == ("Post rate", "50.0% of 40.0%", "Reached")
    target = workspace.parts("campaign_target", made.campaign)[0].id
    workspace.edit("campaign_target", {target: {"value": 60.0}})
    QApplication.processEvents()
    (line,) = panel.targets.reached.lines.lines
    assert (line.text, line.chip) == ("50.0% of 60.0%", "83%")
    workspace.add("campaign_target", {"campaign": made.campaign, "metric": "landed_cost", "value": 300.0})
    QApplication.processEvents()
    cost = panel.targets.reached.lines.lines[0]
    assert (cost.title, cost.chip) == ("Landed cost", "Passed") and ", at most €300" in cost.text


def test_a_campaign_has_products_of_its_own_and_those_of_its_parcels(brand: Brand) -> None:
    window, workspace = brand
    made = small_brand(workspace)
    mask = workspace.add("product", {"name": "Mask"})
    workspace.add("campaign_product", {"campaign": made.campaign, "product": mask})
    window.actions_.trigger("tools.campaigns")
    (records,) = window.findChildren(RecordsWindow)
    records.show_record(made.campaign)
    panel = shown(window)
    panel.tabs.setCurrentWidget(panel.products)
    QApplication.processEvents()
    assert len(panel.products.chosen.model.ids) == 1
    assert sorted(panel.products.named.table.model.ids) == sorted([mask, made.product])
