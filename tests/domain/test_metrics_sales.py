"""The life of an order: refunds, cancelled orders, samples, commission estimated and settled, whose it is."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creator_crm.domain.metrics.sales import (
    Commission,
    Sale,
    agreed_fee,
    commission_of,
    creator_of,
    goods_cost_of,
    refunded_share,
    sale,
    sales_facts,
)
from creator_crm.domain.orders import Order, OrderLine


def test_an_order_with_a_code_counts_before_its_discount() -> None:
    # Goods for 100.00, 10.00 off with her code, so 90.00 charged; 5.00 postage and 19.00 tax are no revenue.
    order = Order(number="1001", subtotal=90_00, discount=10_00, shipping=5_00, tax=19_00, total=114_00)
    assert sale(order) == Sale(revenue=100_00, refunds=0, charged=90_00, discount=10_00)


def test_a_wholly_refunded_order_leaves_neither_revenue_nor_discount() -> None:
    order = Order(
        subtotal=90_00, discount=10_00, total=95_00, shipping=5_00, refunded=95_00, status="refunded"
    )
    assert sale(order) == Sale(revenue=100_00, refunds=100_00, charged=90_00, discount=0)


def test_a_refunded_order_without_an_amount_was_refunded_wholly() -> None:
    assert refunded_share(Order(total=50_00, status="refunded")) == 1
    assert refunded_share(Order(total=50_00, status="paid")) == 0


def test_half_a_refund_takes_back_half_of_revenue_and_discount() -> None:
    # 45.00 of 90.00 went back: half of the 100.00 before discount, half of the 10.00 discount.
    order = Order(subtotal=90_00, discount=10_00, total=90_00, refunded=45_00)
    assert sale(order) == Sale(revenue=100_00, refunds=50_00, charged=90_00, discount=5_00)


@pytest.mark.parametrize("order", [Order(total=99, status="cancelled"), Order(total=99, status="unpaid")])
def test_cancelled_and_unpaid_orders_are_no_sales(order: Order) -> None:
    assert sale(order) == Sale()
    assert sales_facts([order]) == {}


def test_a_sample_for_a_creator_is_no_sale() -> None:
    assert sales_facts([Order(total=0, is_sample=True, creator=4)]) == {}


def test_goods_are_the_total_less_postage_and_tax_where_there_is_no_subtotal() -> None:
    assert sale(Order(total=120_00, shipping=6_00, tax=14_00)).charged == 100_00
    assert sale(Order(shipping=6_00)).charged == 0


@given(
    st.integers(0, 10**9),
    st.integers(0, 10**9),
    st.integers(0, 10**6),
    st.none() | st.integers(-5, 2 * 10**9),
)
def test_refunds_never_take_back_more_than_there_was(
    subtotal: int, discount: int, shipping: int, refunded: int | None
) -> None:
    order = Order(
        subtotal=subtotal, discount=discount, total=subtotal + shipping, shipping=shipping, refunded=refunded
    )
    money = sale(order)
    assert 0 <= money.refunds <= money.revenue == subtotal + discount
    assert 0 <= money.discount <= discount
    paid = subtotal + shipping
    back = (
        Fraction(0)
        if not paid or not refunded
        else min(Fraction(1), max(Fraction(0), Fraction(refunded, paid)))
    )
    assert abs(money.refunds - (subtotal + discount) * back) <= Fraction(1, 2)


def test_each_part_of_the_commission_is_settled_or_estimated_by_itself() -> None:
    line = OrderLine(
        line="1",
        commission_estimated=3_00,
        commission_actual=2_80,
        ads_commission_estimated=1_00,
        ads_commission_actual=0,
        bonus_estimated=50,
    )
    # Standard is settled at 2.80; ads 1.00 and bonus 0.50 are still estimates.
    assert commission_of(line) == Commission(settled=2_80, estimated=1_50)
    assert commission_of(line).total == 4_30


def test_a_line_settled_at_nothing_earns_nothing() -> None:
    line = OrderLine(line="1", commission_status="settled", commission_estimated=3_00, commission_actual=0)
    assert commission_of(line) == Commission()


def test_an_ineligible_line_earns_nothing() -> None:
    line = OrderLine(line="1", commission_status="ineligible", commission_estimated=3_00)
    assert commission_of(line).total == 0


def test_an_order_is_of_the_creator_named_on_it_else_of_the_code() -> None:
    codes = {7: 3}
    assert creator_of(Order(creator=5, code=7), codes) == 5
    assert creator_of(Order(code=7), codes) == 3
    assert creator_of(Order(code=8), codes) is None
    assert creator_of(Order(), codes) is None


def test_goods_that_came_back_cost_nothing() -> None:
    assert goods_cost_of(OrderLine(line="1", quantity=3, returned=1), 4_00) == 8_00
    assert goods_cost_of(OrderLine(line="1", quantity=3), 4_00, Fraction(1, 2)) == 6_00
    assert goods_cost_of(OrderLine(line="1", quantity=3), None) is None


def test_the_fee_is_what_was_agreed_until_more_is_billed() -> None:
    assert agreed_fee(500_00, [], [250_00]) == 500_00
    assert agreed_fee(500_00, [], [500_00, 100_00]) == 600_00
    assert agreed_fee(None, [150_00, None, 150_00], []) == 300_00


def test_an_order_of_several_lines_counts_once() -> None:
    orders = [
        Order(
            id=1,
            number="1001",
            subtotal=40_00,
            total=40_00,
            customer_key="ann@x.example",
            customer="new",
            creator=9,
        ),
        Order(
            id=2,
            number="1002",
            subtotal=20_00,
            total=20_00,
            customer_key="ann@x.example",
            customer="returning",
        ),
        Order(
            id=3,
            number="1003",
            subtotal=30_00,
            total=30_00,
            customer_key="bo@x.example",
            customer="new",
            code=7,
        ),
        Order(id=4, number="1004", subtotal=99_00, total=99_00, status="cancelled"),
    ]
    lines = [
        OrderLine(order=1, line="a", product=1, quantity=1, commission_estimated=4_00),
        OrderLine(order=1, line="b", product=2, quantity=2),
        OrderLine(order=2, line="a", product=1, quantity=1),
        OrderLine(order=3, line="a", product=2, quantity=3),
        OrderLine(order=4, line="a", product=2, quantity=9, commission_estimated=9_00),
    ]
    facts = sales_facts(orders, lines, {1: 8_00, 2: 3_00}, {7: 5})["EUR"]
    assert (facts.orders, facts.revenue, facts.refunds) == (3, 90_00, 0)
    # Goods: 8.00 + 2 x 3.00 for the first, 8.00 for the second, 3 x 3.00 for the third.
    assert facts.goods_cost == 31_00
    assert facts.commission == 4_00
    assert (facts.customers, facts.repeat_customers, facts.new_customers) == (2, 1, 2)
    assert dict(facts.revenue_by_creator) == {9: 40_00, 5: 30_00}


def test_what_is_not_known_of_one_order_is_not_known_of_all() -> None:
    orders = [Order(id=1, total=10_00, customer_key="a", customer="new"), Order(id=2, total=10_00)]
    lines = [OrderLine(order=1, line="a", product=1)]
    facts = sales_facts(orders, lines, {1: 2_00})["EUR"]
    assert facts.goods_cost is None
    assert facts.customers is facts.new_customers is facts.repeat_customers is None


def test_orders_in_two_currencies_stay_apart() -> None:
    facts = sales_facts([Order(total=10_00, currency="EUR"), Order(total=20_00, currency="GBP")])
    assert {currency: one.revenue for currency, one in facts.items()} == {"EUR": 10_00, "GBP": 20_00}
