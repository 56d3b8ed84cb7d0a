"""Every kind of record can be reached in the window: on a tab, in a panel, or in a list of its own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtWidgets import QDialog, QLabel
from pytestqt.qtbot import QtBot

from creator_crm.domain.query import Query
from creator_crm.services.workspace import Workspace
from creator_crm.ui.creators.panel import CreatorPanel
from creator_crm.ui.session_actions import MORE_LISTS
from creator_crm.ui.shared.form.add import AddRecord
from creator_crm.ui.shared.records_view import RecordsView
from creator_crm.ui.shared.views_page import ViewsPage
from creator_crm.ui.window import Window

Brand = tuple[Window, Workspace]
ELSEWHERE = {
    *("campaign", "tag", "carrier_service", "custom_field"),  # Tools
    *("attachment", "saved_view"),  # beside every record, and above every list
    *("campaign_target", "campaign_product"),  # the panel of their campaign
    "setting",  # the program's own
}


def page(window: Window, name: str) -> ViewsPage:
    window.show_page(name)
    shown = window.page(name)
    assert isinstance(shown, ViewsPage)
    return shown


def view(window: Window, name: str, tab: str) -> RecordsView:
    shown = page(window, name)
    shown.show_tab(tab)
    assert shown.view is not None
    return shown.view


@pytest.fixture(autouse=True)
def settled(brand: Brand, qtbot: QtBot) -> Iterator[None]:
    """The figures that a page began to read are there before it is closed."""
    yield
    qtbot.waitUntil(lambda: not brand[0].jobs.running, timeout=20_000)


@pytest.fixture
def ana(brand: Brand) -> int:
    _, workspace = brand
    account = {"platform": "tiktok", "handle": "ana"}
    return workspace.add("creator", {"name": "Ana Blum", "niche": "Skincare"}, {"account": [account]})


@pytest.fixture
def panel(brand: Brand, ana: int) -> CreatorPanel:
    window, _ = brand
    creators = view(window, "creators", "creator")
    creators.show_record(ana)
    assert isinstance(creators.panel, CreatorPanel)
    return creators.panel


def type_into(holder: Any, field: str, text: str) -> None:
    editor = holder.form.lines[field].editor
    editor.setText(text)
    editor.edited.emit()


def records_with_a_tab(window: Window) -> set[str]:
    found = set()
    for name in window.entries:
        shown = page(window, name)
        for tab in window.entries[name].tabs:
            shown.show_tab(tab)
            if shown.view is not None:
                found.add(shown.view.shape.record)
    return found


def test_every_record_has_a_tab_or_a_list_of_its_own(brand: Brand) -> None:
    window, workspace = brand
    reached = records_with_a_tab(window) | set(MORE_LISTS) | ELSEWHERE
    assert {description.name for description in workspace.catalogue.values()} <= reached
    assert all(workspace.catalogue[record].owner for record in MORE_LISTS)


def test_every_empty_tab_says_one_sentence_and_offers_one_step(brand: Brand) -> None:
    window, _ = brand
    for name, entry in window.entries.items():
        shown = page(window, name)
        for tab in entry.tabs:
            shown.show_tab(tab)
            if shown.view is not None:
                sentence, label, action = shown.view.shape.empty
                assert sentence.endswith(".") and label, tab
                assert window.actions_.knows(action), tab


@pytest.mark.parametrize(
    ("typed", "page_id", "tab"),
    [
        ("products", "seeding", "products"),
        ("orders", "results", "orders"),
        ("codes", "results", "codes"),
        ("site days", "results", "site_days"),
        ("ad spend", "results", "spend"),
        ("sequences", "outreach", "sequences"),
        ("assets", "briefs", "assets"),
        ("vetting", "creators", "vetting"),
        ("who we look for", "creators", "profiles"),
        ("creators", "creators", "creator"),
        ("briefs", "briefs", "briefs"),
    ],
)
def test_the_search_box_leads_to_a_tab_by_its_name(brand: Brand, typed: str, page_id: str, tab: str) -> None:
    window, _ = brand
    page(window, page_id).show_tab(list(window.entries[page_id].tabs)[-1])
    window.show_page("today")
    window.palette_.open()
    window.palette_.box.setText(typed)
    hit = window.palette_.model.hit(window.palette_.model.index(0))
    assert hit is not None
    window.palette_.leave()
    hit.open()
    assert window.front_page is window.page(page_id)
    shown = window.page(page_id)
    assert isinstance(shown, ViewsPage)
    assert list(window.entries[page_id].tabs)[shown.bar.currentIndex()] == tab


def test_the_tabs_of_a_creator_fit_where_the_panel_is_narrowest(panel: CreatorPanel) -> None:
    bar = panel.tabs.tabBar()
    assert [bar.tabText(place) for place in range(bar.count())] == [
        "Details",
        "Timeline",
        "Profile",
        "Campaigns",
        "More",
    ]
    bar.ensurePolished()
    wanted = sum(bar.tabRect(place).width() for place in range(bar.count()))
    assert wanted <= panel.minimumWidth()
    for group in (panel.profile, panel.more):
        group.bar.ensurePolished()
        assert sum(group.bar.tabRect(n).width() for n in range(group.bar.count())) <= panel.minimumWidth()


def test_on_a_small_screen_the_panel_takes_the_place_of_the_list(brand: Brand, ana: int) -> None:
    window, _ = brand
    window.resize(853, 533)  # 1280 x 800 at 150 %
    creators = view(window, "creators", "creator")
    creators.show_record(ana)
    assert (window.width(), window.height()) == (853, 533)
    assert creators.panel.isVisible() and not creators.left.isVisible()
    creators.panel.close_button.click()
    assert creators.left.isVisible() and not creators.panel.isVisible()
    assert creators.table.grid.hasFocus() or window.focusWidget() is creators.table.grid
    creators.show_record(ana)
    window.resize(1280, 800)
    assert creators.panel.isVisible() and creators.left.isVisible()


def test_the_history_of_a_creator_is_read_again_after_a_change_behind_its_group(
    panel: CreatorPanel, brand: Brand
) -> None:
    panel.tabs.setCurrentWidget(panel.more)
    panel.more.show_part(2)
    panel.tabs.setCurrentIndex(0)
    type_into(panel, "niche", "Makeup")
    panel.form.flush()
    panel.tabs.setCurrentWidget(panel.more)
    assert any("Makeup" in label.text() for label in panel.history.findChildren(QLabel))


def test_terms_begin_with_a_button_save_themselves_and_are_undone(
    panel: CreatorPanel, brand: Brand, ana: int
) -> None:
    _, workspace = brand
    spring = workspace.add("campaign", {"name": "Spring"})
    workspace.join_campaign(spring, [ana])
    panel.tabs.setCurrentWidget(panel.campaigns)
    panel.show_row(ana)
    terms = panel.campaigns.terms
    terms.begin_button.click()
    (collaboration,) = workspace.parts("collaboration", ana)
    type_into(terms, "deliverables", "3")
    terms.form.flush()
    rows: list[Any] = list(workspace.parts("terms", collaboration.id))
    assert [row.deliverables for row in rows] == [3]
    workspace.undo()
    workspace.undo()
    assert workspace.parts("terms", collaboration.id) == []


def test_vetting_a_creator_opens_all_fields_with_the_figures(
    panel: CreatorPanel, brand: Brand, ana: int
) -> None:
    _, workspace = brand
    panel.tabs.setCurrentWidget(panel.profile)
    panel.profile.show_part(2)
    vetting: Any = panel.profile.stack.currentWidget()
    vetting.add_button.click()
    rows: list[Any] = list(workspace.parts("vetting", ana))
    (row,) = rows
    assert row.reviewer == workspace.store.who
    (dialog,) = [d for d in vetting.findChildren(QDialog) if d.isVisible()]
    assert "brand_safety" in dialog.panel.form.lines
    dialog.close()


def test_a_creator_is_compared_with_whom_is_looked_for(panel: CreatorPanel, brand: Brand, ana: int) -> None:
    _, workspace = brand
    workspace.add("ideal_profile", {"name": "Calm", "niches": ("Skincare",), "tones": ("calm",)})
    panel.tabs.setCurrentWidget(panel.profile)
    panel.profile.show_part(3)
    fit: Any = panel.profile.stack.currentWidget()
    fit.show_row(ana)
    assert fit.said.text() == "1 of 2 points fit."


def test_a_sequence_is_started_with_all_selected_creators_in_one_step(brand: Brand, ana: int) -> None:
    from creator_crm.ui.writing.plan import PlanMessagesDialog

    window, workspace = brand
    bo = workspace.add("creator", {"name": "Bo Kim"})
    for position, wait in ((1, 0), (2, 4)):
        workspace.add("sequence_step", {"sequence": "Hello", "position": position, "wait_days": wait})
    creators = view(window, "creators", "creator")
    creators.table.grid.selectAll()
    window.actions_.trigger("creators.plan")
    (dialog,) = window.findChildren(PlanMessagesDialog)
    assert sorted(dialog.people.numbers) == sorted([ana, bo])
    assert dialog.plan_button.accessibleName() == "Plan 4 messages"
    dialog.plan()
    assert workspace.count(Query("message")) == 4
    workspace.undo()
    assert workspace.count(Query("message")) == 0


def test_an_action_on_collaborations_means_their_creators(brand: Brand, ana: int) -> None:
    from creator_crm.ui.sending.dialog import SendDialog

    window, workspace = brand
    workspace.join_campaign(workspace.add("campaign", {"name": "Spring"}), [ana])
    workspace.add("creator", {"name": "Aaa"})
    collaborations = view(window, "creators", "collaborations")
    collaborations.table.grid.selectAll()
    window.actions_.trigger("creators.ship")
    (dialog,) = window.findChildren(SendDialog)
    assert dialog.people.numbers == [ana]
    dialog.reject()


def test_the_weekly_review_of_today_asks_for_a_decision_of_this_week(
    brand: Brand, ana: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, workspace = brand
    live = (date.today() - timedelta(days=1)).isoformat()
    workspace.add("deliverable", {"creator": ana, "status": "live", "live_on": live})
    asked: list[AddRecord] = []

    def decide(dialog: AddRecord) -> int:
        asked.append(dialog)
        dialog.form.lines["subject"].editor.show_value("Ana Blum")
        dialog.form.lines["decision"].editor.show_value("scale")
        dialog.add()
        return 1

    monkeypatch.setattr(AddRecord, "exec", decide)
    today: Any = page(window, "today")
    today.refresh(None)
    items = [item.kind for item in today.part._shown]
    today.part.list.choose(items.index("weekly_review"))
    today.part.take_step()
    rows: list[Any] = list(workspace.rows("weekly_decision", workspace.ids(Query("weekly_decision"))))
    (row,) = rows
    monday = date.today() - timedelta(days=date.today().weekday())
    assert (row.week_on, row.decision, row.decided_by) == (monday.isoformat(), "scale", workspace.store.who)
    assert page(window, "results").view is not None
    assert len(asked) == 1


def test_a_part_that_is_added_by_itself_is_asked_whose_it_is(brand: Brand, ana: int) -> None:
    window, workspace = brand
    dialog = AddRecord(workspace, "collaboration", window)
    assert next(iter(dialog.form.lines)) == "creator"
    of_hers = AddRecord(workspace, "collaboration", window, known={"creator": ana})
    assert "creator" not in of_hers.form.lines


def test_the_whole_list_of_a_part_opens_in_a_window_and_keeps_to_the_campaign(brand: Brand, ana: int) -> None:
    from creator_crm.ui.records_window import RecordsWindow

    window, workspace = brand
    for name in ("Spring", "Winter"):
        workspace.join_campaign(workspace.add("campaign", {"name": name}), [ana])
    first, _ = workspace.parts("collaboration", ana)
    workspace.add("terms", {"collaboration": first.id})
    spring, winter = workspace.ids(Query("campaign", sort=("name",)))
    window.actions_.trigger("tools.terms")
    (shown,) = window.findChildren(RecordsWindow)
    assert (shown.windowTitle(), shown.view.table.count) == ("Terms", 1)
    window.campaign_chosen.emit(str(winter))
    assert (shown.windowTitle(), shown.view.table.count) == ("Terms – Winter", 0)
    window.campaign_chosen.emit(str(spring))
    assert shown.view.table.count == 1
    shown.close()
