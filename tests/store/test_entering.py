"""The one door into rows: steps are checked and dated, gaps filled, sums kept."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from shelf import add, ana, parcel, put, row, serum, store

from creator_crm.domain.errors import UserError
from creator_crm.domain.fields import Value
from creator_crm.domain.filters import parse
from creator_crm.domain.query import Query
from creator_crm.store.readers import lists, lookup
from creator_crm.store.store import Store
from creator_crm.store.text_search import everywhere

__all__ = ["ana", "parcel", "serum", "store"]

TODAY = date.today()


# Steps ------------------------------------------------------------------------------------------------


def test_a_step_is_dated_and_a_date_given_with_it_stands(store: Store, parcel: int) -> None:
    put(store, "shipment", parcel, status="approved")
    put(store, "shipment", parcel, status="shipped", shipped_on="2026-03-04")
    held = row(store, "shipment", parcel)
    assert (held.approved_on, held.shipped_on) == (TODAY.isoformat(), "2026-03-04")


def test_a_step_back_empties_the_dates_of_what_did_not_happen(store: Store, parcel: int) -> None:
    put(store, "shipment", parcel, status="packed")
    put(store, "shipment", parcel, status="approved")
    put(store, "shipment", parcel, status="draft")
    held = row(store, "shipment", parcel)
    assert (held.approved_on, held.packed_on) == (None, None)


def test_a_step_that_makes_no_sense_is_refused_and_nothing_is_changed(store: Store, parcel: int) -> None:
    put(store, "shipment", parcel, status="shipped")
    before = row(store, "shipment", parcel)
    with pytest.raises(UserError, match="A parcel that was shipped cannot go back to draft"):
        put(store, "shipment", parcel, status="draft", notes="oops")
    assert row(store, "shipment", parcel) == before


def test_a_new_row_may_begin_anywhere_but_where_only_time_leads(store: Store, ana: int) -> None:
    assert row(store, "shipment", add(store, "shipment", creator=ana, status="lost")).status == "lost"
    with pytest.raises(UserError, match="late by itself"):
        add(store, "deliverable", creator=ana, status="late")


def test_a_file_leaps_over_the_steps_between_but_not_where_none_lead(store: Store, parcel: int) -> None:
    with store.change("Import", origin="import") as unit:
        unit.set_rows("shipment", ["status", "carrier"], [(parcel, ["delivered", "DHL"])])
    held = row(store, "shipment", parcel)
    assert (held.status, held.carrier, held.delivered_on) == ("delivered", "DHL", TODAY.isoformat())
    with (
        pytest.raises(UserError, match="cannot go back to draft"),
        store.change("Import", origin="import") as unit,
    ):
        unit.set_rows("shipment", ["status"], [(parcel, ["draft"])])


def test_rows_of_a_file_are_told_as_they_are_without_a_date_of_today(store: Store, ana: int) -> None:
    with store.change("Import", bulk=True) as unit:
        made = unit.add_rows("shipment", ["creator", "status"], [[ana, "delivered"], [ana, "packed"]])
    held = lists.rows(store, "shipment", made)
    assert [(r.status, r.delivered_on, r.packed_on) for r in held] == [
        ("delivered", None, None),
        ("packed", None, None),
    ]
    assert [r.number[-4:] for r in held] == ["0001", "0002"]


def test_steps_that_are_taken_at_once_are_dated_the_same_day(store: Store, parcel: int) -> None:
    with pytest.raises(UserError, match="A parcel that is a draft cannot be delivered"):
        put(store, "shipment", parcel, status="delivered")
    with store.change("Deliver") as unit:
        given = {"status": "delivered", "delivered_on": "2026-03-07"}
        unit.set_many("shipment", {parcel: given}, leap=True)
    held = row(store, "shipment", parcel)
    assert (held.status, held.shipped_on, held.delivered_on) == ("delivered", "2026-03-07", "2026-03-07")


def test_asking_for_changes_begins_another_round(store: Store, ana: int) -> None:
    number = add(store, "deliverable", creator=ana, status="draft_in")
    for status in ("changes_asked", "draft_in", "changes_asked"):
        put(store, "deliverable", number, status=status)
    assert row(store, "deliverable", number).rounds == 2


def test_a_draft_that_is_let_go_takes_the_address_and_is_refused_without_one(
    store: Store, ana: int, parcel: int
) -> None:
    put(store, "address", 1, street="Neue Str. 2", recipient="Ana Blum")
    put(store, "shipment", parcel, street=None)
    put(store, "shipment", parcel, status="packed", city="Potsdam")
    held = row(store, "shipment", parcel)
    assert (held.street, held.recipient, held.city, held.country) == (
        "Neue Str. 2", "Ana Blum", "Potsdam", "DE",
    )  # fmt: skip
    bea = add(store, "creator", name="Bea", phone="+4930123456")
    hers = add(store, "shipment", creator=bea)
    assert (row(store, "shipment", hers).recipient, row(store, "shipment", hers).street) == ("Bea", None)
    with pytest.raises(UserError, match="no address yet for Bea"):
        put(store, "shipment", hers, status="approved")


# Late and overdue ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("record", "values", "open_", "late", "done"),
    [
        ("deliverable", {}, "drafting", "late", "live"),
        ("payment", {"amount": 5000}, "due", "overdue", "paid"),
    ],
)
def test_what_lapses_says_so_in_rows_filters_and_order_until_it_is_done(
    store: Store, ana: int, record: str, values: dict[str, Value], open_: str, late: str, done: str
) -> None:
    yesterday = (TODAY - timedelta(days=1)).isoformat()
    first = add(store, record, creator=ana, status=open_, due_on=yesterday, **values)
    second = add(store, record, creator=ana, status=open_, due_on=TODAY.isoformat(), **values)
    assert [r.status for r in lists.rows(store, record, [first, second])] == [late, open_]
    description = store.catalogue[record]

    def having(expression: str) -> list[int]:
        return list(lists.ids(store, Query(record, parse(expression, description))))

    assert (having(f"status = {late}"), having(f"status = {open_}")) == ([first], [second])
    assert list(lists.ids(store, Query(record, sort=("-status",)))) == [first, second]
    put(store, record, first, status=late, currency="USD")  # a form that sends what it showed
    put(store, record, first, status=done)
    assert row(store, record, first).status == done and having(f"status = {late}") == []


def test_nobody_makes_a_piece_late_by_hand(store: Store, ana: int) -> None:
    number = add(store, "deliverable", creator=ana)
    with pytest.raises(UserError, match="cannot be made late by hand"):
        put(store, "deliverable", number, status="late")


# Sums ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("bulk", [False, True])
def test_sums_counts_and_extremes_are_kept_row_by_row_and_at_once(store: Store, ana: int, bulk: bool) -> None:
    with store.change("Fill", bulk=bulk) as unit:
        parcel = unit.add("shipment", {"creator": ana, "status": "delivered"})
        for pieces in (2, 3):
            unit.add("shipment_item", {"shipment": parcel, "sku": f"S{pieces}", "quantity": pieces})
        for day in ("2026-05-02", "2026-04-01", None):
            unit.add("deliverable", {"creator": ana, "shipment": parcel, "live_on": day})
    held = row(store, "shipment", parcel)
    assert (held.pieces, held.contents, held.posts, held.posted_on) == (5, "S2 S3", 2, "2026-04-01")
    with store.change("Take away", bulk=bulk) as unit:
        unit.trash("shipment_item", [1, 2])
        unit.trash("deliverable", [1, 2, 3])
    held = row(store, "shipment", parcel)
    assert (held.pieces, held.contents, held.posts, held.posted_on) == (0, None, 0, None)


# Gaps -----------------------------------------------------------------------------------------------------


def test_parcels_are_numbered_by_year_and_a_number_of_ones_own_stands(store: Store, ana: int) -> None:
    year = TODAY.year
    numbers = [f"S-{year}-0041", None, "MY-1", None]
    made = [add(store, "shipment", creator=ana, number=n) for n in numbers]
    held = [r.number for r in lists.rows(store, "shipment", made)]
    assert held == [f"S-{year}-0041", f"S-{year}-0042", "MY-1", f"S-{year}-0043"]


def test_an_article_costs_what_its_variant_costs_else_its_product_in_that_currency(
    store: Store, serum: int, ana: int
) -> None:
    small = add(store, "variant", product=serum, name="10 ml", sku="GS-10", cost=200, currency="GBP")
    large = add(store, "variant", product=serum, name="90 ml", sku="GS-90")
    parcel = add(store, "shipment", creator=ana)
    items = [
        add(store, "shipment_item", shipment=parcel, **given)
        for given in ({"variant": small}, {"variant": large}, {"product": serum}, {"sku": "gs-10"})
    ]
    rows = lists.rows(store, "shipment_item", items)
    assert [(r.product, r.sku, r.unit_cost, r.currency) for r in rows] == [
        (serum, "GS-10", 200, "GBP"),
        (serum, "GS-90", 450, "USD"),
        (serum, "GS-30", 450, "USD"),
        (serum, "gs-10", 200, "GBP"),
    ]


def test_a_link_tells_where_a_post_is_that_it_is_live_and_which_parcel_led_to_it(
    store: Store, ana: int, parcel: int
) -> None:
    put(store, "shipment", parcel, status="shipped", shipped_on="2026-01-05")
    number = add(store, "deliverable", creator=ana)
    url = "https://www.instagram.com/reel/C9abcDEF123/"
    put(store, "deliverable", number, live_url=url)
    held = row(store, "deliverable", number)
    assert (held.platform, held.post_id, held.status) == ("instagram", "C9abcDEF123", "live")
    assert (held.live_on, held.shipment) == (TODAY.isoformat(), parcel)
    assert row(store, "shipment", parcel).posts == 1


def test_a_post_from_before_the_parcel_is_not_counted_for_it(store: Store, ana: int, parcel: int) -> None:
    put(store, "shipment", parcel, status="shipped", shipped_on="2026-02-05")
    early = add(store, "deliverable", creator=ana, live_on="2026-01-31", status="live")
    assert row(store, "deliverable", early).shipment is None


def test_a_message_that_came_in_is_received_and_one_with_a_day_is_sent(store: Store, ana: int) -> None:
    came = row(store, "message", add(store, "message", creator=ana, direction="in"))
    assert came.status == "received" and came.sent_at[:10] == TODAY.isoformat()
    went = row(store, "message", add(store, "message", creator=ana, sent_at="2026-01-01T08:00:00Z"))
    assert (went.status, went.sent_at) == ("sent", "2026-01-01T08:00:00Z")
    assert row(store, "message", add(store, "message", creator=ana)).status == "planned"


def test_an_order_is_the_creators_sale_by_the_code_it_was_made_with(store: Store, ana: int) -> None:
    spring = add(store, "campaign", name="Spring")
    code = add(store, "code", code="ANA15", creator=ana, campaign=spring)
    add(store, "code", code="OTHER")
    one = row(store, "order", add(store, "order", number="1001", code_text="summer, ana15"))
    assert (one.code, one.creator, one.campaign) == (code, ana, spring)
    two = row(store, "order", add(store, "order", number="1002", code_text="ana15, other"))
    assert (two.code, two.creator) == (None, None)
    assert row(store, "code", code).orders == 1


# Being found ----------------------------------------------------------------------------------------------


def test_everything_is_found_by_the_number_people_know_it_by(store: Store, parcel: int) -> None:
    put(store, "shipment", parcel, tracking_number="00340434161094015902")
    add(store, "order", number="583870900000000001")
    add(store, "code", code="ANA15")
    for text, record in {
        "0401590": "shipment",
        "S-20": "shipment",
        "58387090": "order",
        "ana1": "code",
        "glow": "product",
        "gs-3": "product",
    }.items():
        assert record in [hit.record for hit in everywhere(store, text)], text
    assert lookup.titles(store, "shipment", [parcel]) == {parcel: f"S-{TODAY.year}-0001 · Ana"}


def test_a_campaign_has_the_creators_and_products_that_its_rows_name(store: Store, serum: int) -> None:
    spring = add(store, "campaign", name="Spring")
    other = add(store, "product", name="Other")
    people = [add(store, "creator", name=f"C{n}") for n in range(4)]
    add(store, "collaboration", creator=people[0], campaign=spring)
    parcel = add(store, "shipment", creator=people[1], campaign=spring)
    add(store, "shipment_item", shipment=parcel, product=serum)
    add(store, "code", code="X", creator=people[2], campaign=spring)
    add(store, "shipment", creator=people[3])

    def within(record: str) -> list[int]:
        return list(lists.ids(store, Query(record, campaign=spring)))

    assert (within("creator"), within("product")) == (people[:3], [serum])
    assert other not in within("product") and len(within("shipment_item")) == 1
