"""What is due about stock: ordering again in time, and what should have arrived."""

from __future__ import annotations

from creator_crm.domain.due_stock import stock_expected, stock_to_reorder
from creator_crm.domain.products import IncomingStock, Product, Variant

TODAY = "2026-11-20"


def test_stock_at_its_reorder_level_is_due_today() -> None:
    low = [
        Product(id=1, uid="a", name="Serum", stock=10, reorder_level=10, lead_time_days=21),
        Product(id=2, uid="b", name="Balm", stock=11, reorder_level=10),
        Product(id=3, uid="c", name="Mask", stock=None, reorder_level=5),
        Product(id=4, uid="d", name="Old", stock=0, reorder_level=5, archived=True),
        Product(id=5, uid="e", name="Made to order", stock=0),
        Variant(id=1, uid="f", product=1, name="50 ml", stock=1, reorder_level=2),
    ]
    products = {row.id: row for row in low if isinstance(row, Product)}
    assert [(i.record, i.key, i.why) for i in stock_to_reorder(low, [], products, TODAY)] == [
        ("product", "a", "10 pieces left of “Serum”, reorder at 10; new stock takes 21 days."),
        ("product", "c", "0 pieces left of “Mask”, reorder at 5."),
        ("variant", "f", "1 piece left of “Serum · 50 ml”, reorder at 2; new stock takes 21 days."),
    ]


def test_what_is_on_order_counts_for_its_own_article_alone() -> None:
    serum = Product(id=1, uid="a", name="Serum", stock=10, reorder_level=10)
    mini = Variant(id=7, uid="m", product=1, name="Mini", stock=1, reorder_level=2)
    maxi = Variant(id=8, uid="x", product=1, name="Maxi", stock=1, reorder_level=2)
    on_order = [IncomingStock(uid="o", product=1, variant=7, quantity=2)]
    found = stock_to_reorder([serum, mini, maxi], on_order, {1: serum}, TODAY)
    assert [item.key for item in found] == ["x"]
    few = [IncomingStock(uid="o", product=1, quantity=0), IncomingStock(uid="p", product=2, quantity=50)]
    (item,) = stock_to_reorder([serum], few, {1: serum}, TODAY)
    assert item.why == "10 pieces left of “Serum”, reorder at 10."
    (item,) = stock_to_reorder(
        [Product(id=1, uid="a", name="Serum", stock=3, reorder_level=10)], on_order, {}, TODAY
    )
    assert item.why == "3 pieces left of “Serum”, 2 on order, reorder at 10."


def test_an_order_that_should_be_here_is_due_from_its_day_until_it_has_arrived() -> None:
    products = {1: Product(id=1, name="Serum")}
    on_order = [
        IncomingStock(uid="a", product=1, quantity=40, expected_on="2026-11-17", supplier="Kelp & Co"),
        IncomingStock(uid="b", product=1, quantity=1, expected_on=TODAY),
        IncomingStock(uid="c", product=1, quantity=40, expected_on="2026-11-21"),
        IncomingStock(uid="d", product=1, quantity=40),
        IncomingStock(uid="e", product=1, quantity=40, expected_on="2026-11-01", arrived_on="2026-11-02"),
    ]
    assert [(i.kind, i.key, i.due_on, i.why) for i in stock_expected(on_order, products, TODAY)] == [
        ("arrival", "a", "2026-11-17", "40 pieces of “Serum” from Kelp & Co, expected 3 days ago."),
        ("arrival", "b", TODAY, "1 piece of “Serum”, expected today."),
    ]
