"""The reliability of a creator beside how they fit: a figure that explains itself."""

from __future__ import annotations

from datetime import date, timedelta

from creator_crm.services.workspace import Workspace
from creator_crm.ui.creators.vetting import FitTab
from creator_crm.ui.shared.accessibility import unnamed_controls
from creator_crm.ui.shared.explain import Explained
from creator_crm.ui.window import Window


def test_giving_up_on_a_parcel_is_seen_in_the_reliability_of_its_creator(
    brand: tuple[Window, Workspace],
) -> None:
    window, workspace = brand
    ana = workspace.add("creator", {"name": "Ana Blum"})
    ago = (date.today() - timedelta(days=40)).isoformat()
    parcel = {"creator": ana, "status": "delivered", "shipped_on": ago, "delivered_on": ago}
    number = workspace.add("shipment", parcel)
    window.show_page("creators")
    page = window.page("creators")
    assert page is not None
    page.show_record("creator", ana)  # type: ignore[attr-defined]
    (tab,) = window.findChildren(FitTab)
    tab.show_row(ana)
    assert tab.reliability.value.text() == "–"
    workspace.give_up([number])
    tab.show_row(ana)
    assert tab.reliability.value.text() == "0 of 1"
    tab.reliability.click()
    (dialog,) = tab.findChildren(Explained)
    assert unnamed_controls(dialog) == []
    dialog.close()
