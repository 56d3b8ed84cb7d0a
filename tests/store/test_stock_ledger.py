"""The stock ledger follows the parcels, and nothing takes an article below zero."""

from __future__ import annotations

from datetime import date

import pytest
from shelf import add, ana, ledger, parcel, put, row, serum, store

from creator_crm.domain.errors import UserError
from creator_crm.domain.query import Query
from creator_crm.store.readers import lists
from creator_crm.store.store import Store

__all__ = ["ana", "parcel", "serum", "store"]

TODAY = date.today()


def test_a_parcel_reserves_takes_and_gives_back(store: Store, serum: int, parcel: int) -> None:
    def stock() -> int:
        return int(row(store, "product", serum).stock)

    assert stock() == 10
    put(store, "shipment", parcel, status="approved")
    assert stock() == 8
    put(store, "shipment", parcel, status="shipped", shipped_on="2026-03-04")
    assert ledger(store)[-2:] == [("released", 2, TODAY.isoformat()), ("shipped", -2, "2026-03-04")]
    put(store, "shipment", parcel, status="returned")
    assert stock() == 10
    store.undo()
    assert stock() == 8 and row(store, "shipment", parcel).status == "shipped"
    store.redo()
    assert stock() == 10


def test_the_ledger_follows_what_is_in_a_parcel_and_the_trash(store: Store, serum: int, parcel: int) -> None:
    put(store, "shipment", parcel, status="approved")
    put(store, "shipment_item", 1, quantity=5)
    assert row(store, "product", serum).stock == 5
    with store.change("Trash") as unit:
        unit.trash("creator", [1])
    assert row(store, "product", serum).stock == 10
    with store.change("Restore") as unit:
        unit.restore("creator", [1])
    assert row(store, "product", serum).stock == 5


def test_a_product_without_movements_has_no_stock_rather_than_an_unknown_one(store: Store) -> None:
    assert row(store, "product", add(store, "product", name="New")).stock == 0


def test_the_sign_of_a_movement_follows_from_its_kind(store: Store, serum: int) -> None:
    add(store, "stock_movement", product=serum, kind="lost", quantity=3, moved_on="2026-01-03")
    assert row(store, "product", serum).stock == 7
    put(store, "stock_movement", 2, kind="received")
    assert row(store, "product", serum).stock == 13


def test_nothing_takes_an_article_below_zero(store: Store, serum: int, parcel: int) -> None:
    put(store, "shipment_item", 1, quantity=11)
    with pytest.raises(UserError, match="11 of “Glow serum” are needed and 10 are left: 1 missing"):
        put(store, "shipment", parcel, status="approved")
    assert row(store, "shipment", parcel).status == "draft" and len(ledger(store)) == 1
    with pytest.raises(UserError, match="-1 of “Glow serum” would be left"):
        add(store, "stock_movement", product=serum, kind="lost", quantity=11, moved_on="2026-01-03")
    with pytest.raises(UserError, match="less than nothing"), store.change("Trash") as unit:
        add_and_trash = unit.add(
            "stock_movement", {"product": serum, "kind": "lost", "quantity": 1, "moved_on": "2026-01-03"}
        )
        unit.trash("stock_movement", [1])
    assert add_and_trash and row(store, "product", serum).stock == 10


def test_stock_that_was_sent_on_is_not_undone_from_under_it(store: Store, serum: int, parcel: int) -> None:
    add(store, "stock_movement", product=serum, kind="received", quantity=1, moved_on="2026-01-03")
    received = store.last_changes.change_set
    put(store, "shipment_item", 1, quantity=11)
    put(store, "shipment", parcel, status="shipped")
    with pytest.raises(UserError, match="-1 of “Glow serum” would be left"):
        store.undo(received)
    assert row(store, "product", serum).stock == 0


def test_a_variant_is_short_on_its_own_and_a_product_with_all_its_variants(store: Store, serum: int) -> None:
    mini = add(store, "variant", product=serum, name="Mini", sku="GS-10")
    lost = {"product": serum, "kind": "lost", "moved_on": "2026-01-03"}
    with pytest.raises(UserError, match="-1 of “Glow serum · Mini” would be left"):
        add(store, "stock_movement", variant=mini, quantity=1, **lost)
    add(
        store,
        "stock_movement",
        product=serum,
        variant=mini,
        kind="received",
        quantity=5,
        moved_on="2026-01-02",
    )
    add(store, "stock_movement", quantity=14, **lost)
    assert row(store, "product", serum).stock == 1


def test_parcels_that_a_file_says_have_left_never_lower_what_was_counted_after_them(
    store: Store, serum: int, ana: int
) -> None:
    with store.change("Import", origin="import") as unit:
        made = unit.add_rows(
            "shipment",
            ["creator", "status", "shipped_on"],
            [[ana, "delivered", "2025-06-01"], [ana, "lost", "2026-02-01"], [ana, "shipped", "2026-02-03"]],
        )
        items = [[parcel, "GS-30", pieces] for parcel, pieces in zip(made, (3, 4, 8), strict=True)]
        unit.add_rows("shipment_item", ["shipment", "sku", "quantity"], items)
    # 3 left before the first line of the ledger; of the other 12 there were only 10.
    assert ledger(store)[1:] == [
        ("corrected", 5, "2025-06-01"),
        ("shipped", -3, "2025-06-01"),
        ("shipped", -4, "2026-02-01"),
        ("shipped", -8, "2026-02-03"),
    ]
    assert row(store, "product", serum).stock == 0
    assert [r.delivered_on for r in lists.rows(store, "shipment", made)] == [None, None, None]
    store.undo()
    assert row(store, "product", serum).stock == 10


def test_what_a_file_wants_to_send_is_refused_where_there_is_too_little(
    store: Store, serum: int, ana: int
) -> None:
    with pytest.raises(UserError, match="1 missing"), store.change("Import", origin="import") as unit:
        (parcel,) = unit.add_rows("shipment", ["creator", "status"], [[ana, "approved"]])
        unit.add_rows("shipment_item", ["shipment", "sku", "quantity"], [[parcel, "GS-30", 11]])
    assert lists.count(store, Query("shipment")) == 0


def test_a_parcel_of_a_file_takes_the_address_only_while_it_is_still_here(store: Store, ana: int) -> None:
    with store.change("Import", origin="import") as unit:
        made = unit.add_rows("shipment", ["creator", "status"], [[ana, "packed"], [ana, "delivered"]])
    assert [r.street for r in lists.rows(store, "shipment", made)] == ["Hauptstr. 1", None]
