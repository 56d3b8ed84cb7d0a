"""Stock at a date from a real ledger: parcels, counts, receipts and orders, beside a replay line by line."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest

from creator_crm.domain.errors import UserError
from creator_crm.domain.query import Query
from creator_crm.domain.stock import Standing
from creator_crm.domain.stock_explained import FIGURES, LINES
from creator_crm.services.workspace import Workspace

TODAY = date.today()


def day(days: int) -> str:
    return (TODAY + timedelta(days=days)).isoformat()


@pytest.fixture
def serum(workspace: Workspace) -> int:
    number = workspace.add(
        "product",
        {"name": "Glow Serum", "sku": "GLOW", "cost": 450, "reorder_level": 8, "lead_time_days": 21},
    )
    workspace.receive("GLOW", 10, on=day(-40), unit_cost=400)
    return number


@pytest.fixture
def ana(workspace: Workspace) -> int:
    address = {"street": "Hauptstr. 1", "postcode": "10115", "city": "Berlin", "country": "DE"}
    return workspace.add("creator", {"name": "Ana Blum"}, {"address": [address]})


def only(workspace: Workspace, on: str | None = None) -> Standing:
    (one,) = workspace.stock_on(on)
    return one


def figures(one: Standing) -> tuple[int, int, int, int]:
    return one.on_hand, one.reserved, one.available, one.on_order


def movements(workspace: Workspace) -> list[Any]:
    return list(workspace.rows("stock_movement", sorted(workspace.ids(Query("stock_movement")))))


def test_stock_is_told_for_any_day_as_parcels_and_receipts_come_and_go(
    workspace: Workspace, serum: int, ana: int
) -> None:
    (parcel,) = workspace.ship({"GLOW": 4}, [ana]).shipments
    assert figures(only(workspace)) == (10, 4, 6, 0)
    workspace.advance([parcel], "shipped", day(-30))
    assert figures(only(workspace)) == (6, 0, 6, 0)
    workspace.receive("GLOW", 6, on=day(-20), unit_cost=600)
    # 40 days ago 10 at 4.00; 4 left 30 days ago; 6 at 6.00 join the other 6 at 4.00 20 days ago: 5.00 each.
    told = [(only(workspace, day(n)).on_hand, only(workspace, day(n)).value) for n in (-41, -40, -30, -20, 0)]
    assert told == [(0, 0), (10, 4000), (6, 2400), (12, 6000), (12, 6000)]
    assert only(workspace).average.cost == Fraction(500)
    assert workspace.row("product", serum).stock == only(workspace).available


def test_every_day_agrees_with_a_replay_of_the_ledger_line_by_line(
    workspace: Workspace, serum: int, ana: int
) -> None:
    first, second = (
        workspace.ship({"GLOW": 2}, [ana]).shipments[0],
        workspace.ship({"GLOW": 3}, [ana]).shipments[0],
    )
    workspace.advance([first], "lost", day(-9))
    workspace.advance([second], "delivered", day(-8))
    workspace.advance([second], "returned", day(-3))
    workspace.count_stock("GLOW", 5, on=day(-2))
    workspace.receive("GLOW", 7, on=day(-1))
    workspace.move_stock("GLOW", "lost", 1)
    for n in range(-41, 1):
        there = held = 0
        for line in movements(workspace):
            if line.moved_on <= day(n):
                if line.kind in ("reserved", "released"):
                    held -= line.quantity
                else:
                    there += line.quantity
        one = only(workspace, day(n))
        assert (one.on_hand, one.reserved) == (there, held), n


def test_a_receipt_without_a_cost_or_in_another_currency_takes_the_products_and_says_so(
    workspace: Workspace, serum: int
) -> None:
    workspace.receive("GLOW", 5)
    workspace.add(
        "stock_movement",
        {"product": serum, "kind": "received", "quantity": 5, "currency": "USD", "unit_cost": 9_999},
    )
    one = only(workspace)
    assert (one.average.assumed, one.average.priced) == (10, 10)
    assert one.average.cost == Fraction(10 * 400 + 10 * 450, 20)
    told = FIGURES["average_cost"](one)
    assert [f"{i.name}: {i.value}" for i in told.inputs][2] == (
        "pieces received without a cost, taken at the cost of the product: 10"
    )


def test_variants_stand_on_their_own_and_their_product_is_their_sum(workspace: Workspace, serum: int) -> None:
    workspace.add("variant", {"product": serum, "name": "Mini", "sku": "GLOW-S", "cost": 200})
    workspace.add("variant", {"product": serum, "name": "Maxi", "sku": "GLOW-L"})
    workspace.receive("GLOW-S", 5)
    workspace.receive("GLOW-L", 2)
    one = only(workspace)
    assert [(part.kept.name, part.on_hand, part.value) for part in one.parts] == [
        ("Glow Serum · Mini", 5, 1000),
        ("Glow Serum · Maxi", 2, 900),
        ("Glow Serum", 10, 4000),
    ]
    assert (one.on_hand, one.value) == (17, 5900)
    assert workspace.article("glow-s").on_hand == 5
    (mini, _) = workspace.ids(Query("variant", sort=("-id",)))[::-1]
    workspace.trash("variant", [mini])
    assert only(workspace).on_hand == 17, "what a variant in the trash left is still of the product"


def test_stock_on_order_counts_until_it_has_arrived_and_arrives_in_one_step(
    workspace: Workspace, serum: int
) -> None:
    order = workspace.order_stock("GLOW", 20, ordered_on=day(-5), supplier="Kelp & Co", unit_cost=700)
    row: Any = workspace.row("incoming_stock", order)
    assert row.expected_on == day(16), "today and the lead time, where nobody says otherwise"
    assert figures(only(workspace)) == (10, 0, 10, 20)
    assert only(workspace, day(-6)).on_order == 0, "it was not ordered yet"
    workspace.arrived([order], on=day(-1))
    assert figures(only(workspace)) == (30, 0, 30, 0)
    assert only(workspace, day(-2)).on_order == 20
    assert only(workspace).average.cost == 600
    assert movements(workspace)[-1].reason == f"Order of {day(-5)}, Kelp & Co"
    with pytest.raises(UserError, match="has arrived already"):
        workspace.arrived([order])
    workspace.undo()
    assert figures(only(workspace)) == (10, 0, 10, 20)
    workspace.arrived([order])
    assert figures(only(workspace)) == (30, 0, 30, 0)


def test_the_part_that_came_is_received_and_the_rest_stays_on_order(workspace: Workspace, serum: int) -> None:
    order = workspace.order_stock("GLOW", 20)
    workspace.arrived([order], pieces=12)
    assert figures(only(workspace)) == (22, 0, 22, 8)
    workspace.undo()
    assert figures(only(workspace)) == (10, 0, 10, 20)
    workspace.arrived([order], pieces=25)
    assert figures(only(workspace)) == (35, 0, 35, 0)


def test_two_people_who_note_the_same_arrival_write_the_same_line(workspace: Workspace, serum: int) -> None:
    order = workspace.order_stock("GLOW", 20)
    workspace.arrived([order])
    first = movements(workspace)[-1].uid
    workspace.undo()
    workspace.redo()
    assert movements(workspace)[-1].uid == first
    from creator_crm.store.columns import uid_of

    assert first == uid_of(f"arrived {workspace.row('incoming_stock', order).uid}")


def test_the_pace_is_what_the_shop_sold_and_parcels_took_in_four_weeks(
    workspace: Workspace, serum: int, ana: int
) -> None:
    for ago, status, pieces, sample in (
        (-1, "paid", 10, False),
        (-27, "paid", 4, False),
        (-28, "paid", 100, False),
        (-2, "cancelled", 50, False),
        (-2, "paid", 50, True),
    ):
        values = {"number": f"#{ago}{status}{sample}", "status": status, "ordered_on": day(ago)}
        order = workspace.add("order", {**values, "is_sample": sample})
        workspace.add("order_line", {"order": order, "line": "1", "product": serum, "quantity": pieces})
    (parcel,) = workspace.ship({"GLOW": 2}, [ana]).shipments
    workspace.advance([parcel], "shipped")
    one = only(workspace)
    assert (one.sold, one.sent, one.per_day) == (14, 2, Fraction(16, 28))
    assert one.days_left == 8 * 28 // 16


def test_every_figure_is_explained_and_its_lines_add_up_to_it(
    workspace: Workspace, serum: int, ana: int
) -> None:
    (parcel,) = workspace.ship({"GLOW": 4}, [ana]).shipments
    one = only(workspace)
    for name, sign in (("on_hand", 1), ("reserved", -1), ("available", 1)):
        count, lines = workspace.ledger_behind(one, LINES[name])
        figure = FIGURES[name](one)
        assert sum(line.quantity for line in lines) * sign == figure.value, name
        assert count == len(lines)
        assert figure.formula and figure.inputs and figure.source
    _, lines = workspace.ledger_behind(one)
    assert [(line.kind, line.after) for line in lines] == [("reserved", 6), ("received", 10)]
    assert lines[0].parcel == workspace.row("shipment", parcel).number


def test_it_takes_as_many_statements_for_one_product_as_for_many(workspace: Workspace, serum: int) -> None:
    asked: list[str] = []
    for n in range(30):
        workspace.add("product", {"name": f"Thing {n}", "sku": f"T{n}"})
    with workspace.store.read_raw() as raw:  # kept, and used again for the next questions
        raw.set_trace_callback(asked.append)
    assert len(workspace.stock_on()) == 31
    with workspace.store.read_raw() as raw:
        raw.set_trace_callback(None)
    assert len([sql for sql in asked if "SELECT" in sql]) == 6
