"""With one campaign chosen, what was just added is seen where it was added."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from creator_crm.domain.query import Query
from creator_crm.services.workspace import Workspace
from creator_crm.ui.shared.form.add import AddRecord
from creator_crm.ui.shared.records_view import RecordsView
from creator_crm.ui.shared.views_page import ViewsPage
from creator_crm.ui.window import Window

Brand = tuple[Window, Workspace]


def view_of(window: Window, page: str, tab: str) -> RecordsView:
    window.show_page(page)
    shown = window.page(page)
    assert isinstance(shown, ViewsPage)
    shown.show_tab(tab)
    shown.set_campaign(str(1))
    assert shown.view is not None
    return shown.view


@pytest.fixture
def spring(brand: Brand) -> tuple[Window, Workspace, int]:
    window, workspace = brand
    return window, workspace, workspace.add("campaign", {"name": "Spring"})


def fill(monkeypatch: pytest.MonkeyPatch, **values: str) -> None:
    """Type into the next dialog that adds a record, and add it."""

    def answer(dialog: AddRecord) -> int:
        for name, value in values.items():
            dialog.form.lines[name].editor.show_value(value)
        dialog.add()
        assert dialog.error.isHidden(), dialog.error.text()
        return 1

    monkeypatch.setattr(AddRecord, "exec", answer)


def test_products_and_their_stock_belong_to_no_campaign_and_the_list_says_so(
    spring: tuple[Window, Workspace, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    window, workspace, _ = spring
    view = view_of(window, "seeding", "products")
    fill(monkeypatch, name="Glow serum", sku="GLOW")
    view.add()
    QApplication.processEvents()
    assert view.table.count == 1 and view.every.isVisible()
    assert view.every.text() == "Those of all campaigns"
    workspace.receive("GLOW", 5)
    QApplication.processEvents()
    stock = view_of(window, "seeding", "ledger")
    assert stock.table.count == 1
    view.set_campaign(None)
    assert view.every.isHidden()


def test_a_new_creator_joins_the_campaign_that_is_chosen_in_one_step(
    spring: tuple[Window, Workspace, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    window, workspace, campaign = spring
    view = view_of(window, "creators", "creator")
    fill(monkeypatch, name="Ana Blum")
    view.add()
    QApplication.processEvents()
    assert view.table.count == 1
    (part,) = workspace.rows("collaboration", workspace.ids(Query("collaboration")))
    assert (part.campaign, part.status) == (campaign, "planned")
    workspace.undo()
    assert workspace.count(Query("creator")) == workspace.count(Query("collaboration")) == 0


def test_what_names_a_campaign_begins_with_the_one_that_is_chosen(
    spring: tuple[Window, Workspace, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    window, workspace, campaign = spring
    view = view_of(window, "results", "codes")
    fill(monkeypatch, code="ANA10")
    view.add()
    QApplication.processEvents()
    assert view.table.count == 1
    assert workspace.row("code", view.table.model.ids[0]).campaign == campaign


def test_what_is_of_another_campaign_is_shown_beside_the_list_with_the_way_to_all(
    spring: tuple[Window, Workspace, int],
) -> None:
    window, workspace, _ = spring
    view = view_of(window, "creators", "creator")
    other = workspace.add("creator", {"name": "Bea"})
    QApplication.processEvents()
    view.show_record(other)
    assert view.panel.isVisible() and view.table.count == 0
    (said,) = [notice.label.text() for notice in window.notices.visible]
    assert said.endswith("this is not part of it: choose All campaigns above.")
