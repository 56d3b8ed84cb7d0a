"""What is due about stock: what to order again, and what was ordered and should be here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from creator_crm.domain.due import DueItem
from creator_crm.domain.products import IncomingStock, Product, Variant
from creator_crm.domain.reordering import Incoming, in_order, need

Products = Mapping[int, Product]
"""Those that variants and orders are of, by number."""


def stock_to_reorder(
    low: Iterable[Product | Variant], on_order: Sequence[IncomingStock], products: Products, today: str
) -> list[DueItem]:
    """What has fallen to its reorder level, what is on its way included; things put aside are left out."""
    items = []
    for row in low:
        if row.reorder_level is None or row.archived:
            continue
        coming = in_order(
            Incoming(order.quantity or 0, order.expected_on) for order in on_order if _is_of(order, row)
        )
        wait = _lead_time(row, products)
        found = need(row.stock or 0, coming, row.reorder_level, wait, None, today)
        if found.state != "order":
            continue
        words = [f"{_count(found.available, 'piece')} left of “{_name(row, products)}”"]
        if found.on_order:
            words.append(f"{found.on_order:,} on order")
        words.append(f"reorder at {row.reorder_level:,}")
        why = ", ".join(words) + (f"; new stock takes {_count(wait, 'day')}." if wait else ".")
        record = "variant" if isinstance(row, Variant) else "product"
        items.append(DueItem("reorder", record, row.uid, today, why, "seeding.order_stock"))
    return items


def stock_expected(on_order: Iterable[IncomingStock], products: Products, today: str) -> list[DueItem]:
    """Orders that should be here by today and of which nobody said that they are."""
    items = []
    for order in on_order:
        if order.expected_on is None or order.expected_on > today or order.arrived_on is not None:
            continue
        product = products.get(order.product or 0)
        of = product.name if product is not None else "a product"
        from_ = f" from {order.supplier}" if order.supplier else ""
        late = (date.fromisoformat(today) - date.fromisoformat(order.expected_on)).days
        when = f"expected {_count(late, 'day')} ago" if late else "expected today"
        why = f"{_count(order.quantity or 0, 'piece')} of “{of}”{from_}, {when}."
        items.append(
            DueItem("arrival", "incoming_stock", order.uid, order.expected_on, why, "seeding.arrived")
        )
    return items


def _is_of(order: IncomingStock, row: Product | Variant) -> bool:
    return order.variant == row.id if isinstance(row, Variant) else order.product == row.id


def _lead_time(row: Product | Variant, products: Products) -> int | None:
    product = products.get(row.product or 0) if isinstance(row, Variant) else row
    return product.lead_time_days if isinstance(product, Product) else None


def _name(row: Product | Variant, products: Products) -> str:
    of = products.get(row.product or 0) if isinstance(row, Variant) else None
    return f"{of.name} · {row.name}" if of is not None else row.name or ""


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
