"""What the sample brand sends and how: products, deliveries, stock on order, carrier services, templates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from creator_crm.services.sample.invented import word_list
from creator_crm.services.sample.past import Step
from creator_crm.store.unit_of_work import Unit

if TYPE_CHECKING:
    from creator_crm.services.sample.trade import Rows


def shelf(rows: Rows, today: date) -> Iterator[Step]:
    """All that is there before the first parcel is sent, and what was ordered since."""
    words = word_list("trade")
    first = today - timedelta(days=400)
    yield Step(first, "Mara", "Add 4 products", partial(_add_products, words["products"], rows))
    for days, sku, pieces in words["deliveries"]:
        day = today + timedelta(days=days)
        label = f"Receive {pieces} of {sku}"
        yield Step(day, "Jonas", label, partial(_receive, rows, sku, pieces, day))
    yield Step(first, "Jonas", "Add 4 carrier services", partial(_add_services, words["services"], rows))
    for sku, pieces, ordered, expected, cost in words["on_order"]:
        days = (today + timedelta(days=ordered), today + timedelta(days=expected))
        label = f"Order {pieces} of {sku}"
        yield Step(days[0], "Jonas", label, partial(_order, rows, sku, pieces, days, cost))
    label = f"Write {len(words['templates'])} templates"
    yield Step(first, "Mara", label, partial(_add_templates, words["templates"], rows))


def _add_products(products: Any, rows: Rows, unit: Unit) -> None:
    for product in products:
        rows.products[product["sku"]] = unit.add("product", {**product, "currency": "EUR"})


def _receive(rows: Rows, sku: str, pieces: int, day: date, unit: Unit) -> None:
    unit.add(
        "stock_movement",
        {"product": rows.products[sku], "kind": "received", "quantity": pieces, "moved_on": day.isoformat()},
    )


def _add_services(services: Any, rows: Rows, unit: Unit) -> None:
    for service in services:
        values = {name: value for name, value in service.items() if name != "to"}
        row = unit.add("carrier_service", {**values, "currency": "EUR"})
        rows.services[service["to"]] = {
            "carrier_service": row, "carrier": service["carrier"], "service": service["name"]
        }  # fmt: skip


def _order(rows: Rows, sku: str, pieces: int, days: tuple[date, date], cost: int, unit: Unit) -> None:
    ordered, expected = (day.isoformat() for day in days)
    unit.add(
        "incoming_stock",
        {"product": rows.products[sku], "quantity": pieces, "ordered_on": ordered, "expected_on": expected,
         "supplier": "Atlantic Jars & Fill", "currency": "EUR", "unit_cost": cost},
    )  # fmt: skip


def _add_templates(templates: Any, rows: Rows, unit: Unit) -> None:
    rows.templates = [unit.add("template", template) for template in templates]
