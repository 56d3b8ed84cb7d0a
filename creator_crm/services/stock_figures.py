"""What there is of everything at a date, what it is worth, what is on order, and when to order again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from creator_crm.domain.changes import Changes
from creator_crm.domain.errors import UserError
from creator_crm.domain.fields import Value
from creator_crm.services.stock import Stock
from creator_crm.store.arrivals import receipt_of, rest_of
from creator_crm.store.readers import lists, lookup

# What reckons is loaded when somebody asks: the window opens without it.
if TYPE_CHECKING:
    from creator_crm.domain.stock import LedgerLine, Standing


class StockFigures(Stock):
    """The questions of the Stock tab; each takes a fixed number of statements."""

    def stock_on(self, on: str | None = None, product: int | None = None) -> list[Standing]:
        """How every product, or one, stands at the end of a day (ISO, today by default), by name.

        A product with variants has them as its parts. What is archived and gone is left out.
        """
        from creator_crm.domain.stock import Moved, pace_since, standing, together
        from creator_crm.store.readers import standing as reader

        day = on or date.today().isoformat()
        since = pace_since(day)
        ledgers = reader.ledgers(self.store, since, day, product)
        incoming = reader.incoming(self.store, day, product)
        sold = reader.sold(self.store, since, day, product)
        parts: dict[int, list[Standing]] = {}
        for kept in reader.kept(self.store, product):
            key = (kept.product, kept.variant)
            ledger = ledgers.get(key)
            whole, days, sent = (ledger.whole, ledger.days, ledger.sent) if ledger else (Moved(day), (), 0)
            one = standing(kept, whole, days, incoming.get(key, ()), sold.get(key, 0), sent)
            parts.setdefault(kept.product, []).append(one)
        found = []
        for own, *variants in parts.values():
            # What names no variant is a part of its own as long as there is anything of it.
            rest = [] if own.is_empty and not (own.sold or own.sent) else [_of_none(own)]
            found.append(together(own.kept, [*variants, *rest]) if variants else own)
        return [one for one in found if not (one.kept.archived and one.is_empty)]

    def ledger_behind(self, one: Standing, kinds: tuple[str, ...] = ()) -> tuple[int, list[LedgerLine]]:
        """(how many there are, the newest) lines of the ledger that a figure of an article is the sum of."""
        from creator_crm.store.readers import standing as reader

        return reader.lines(self.store, one.on, one.kept.product, one.kept.variant, kinds)

    # Stock on order --------------------------------------------------------------------------------

    def order_stock(
        self,
        item: str,
        quantity: int,
        *,
        ordered_on: str | None = None,
        expected_on: str | None = None,
        supplier: str = "",
        unit_cost: int | None = None,
    ) -> int:
        """Note that pieces of an article are ordered; returns the number of the order.

        expected_on: without it, today and the lead time of the product. unit_cost: in minor units of the
        article's currency. Raises UserError for no article, or no pieces.
        """
        article = self._articles([item])[item]
        if quantity < 1:
            raise UserError(f"{quantity} pieces cannot be ordered. Nothing was written down.")
        ordered = ordered_on or date.today().isoformat()
        (product,) = lists.rows(self.store, "product", [article.product])
        if expected_on is None and product.lead_time_days is not None:
            expected_on = (date.fromisoformat(ordered) + timedelta(days=product.lead_time_days)).isoformat()
        values: dict[str, Value] = {
            "product": article.product,
            "variant": article.variant,
            "quantity": quantity,
            "ordered_on": ordered,
            "expected_on": expected_on,
            "supplier": supplier or None,
            "currency": article.currency,
            "unit_cost": unit_cost,
        }
        return self.add("incoming_stock", values, label=f"Order {quantity:,} × {article.sku or article.name}")

    def arrived(self, orders: Sequence[int], *, on: str | None = None, pieces: int | None = None) -> Changes:
        """Note that stock on order is here: it is received and marked as arrived, in one step to undo.

        pieces: how many came of the one order, where that is not all; fewer leave the rest on order.
        Raises UserError for what has arrived already or is not there any more.
        """
        rows = lists.rows(self.store, "incoming_stock", orders)
        day = on or date.today().isoformat()
        if not rows or any(row.arrived_on or row.deleted_at for row in rows):
            raise UserError(
                "This has arrived already, or is not on order any more. Nothing was written down."
            )
        if pieces is not None and (len(rows) > 1 or pieces < 1):
            raise UserError(f"{pieces} pieces cannot have arrived. Nothing was written down.")
        names = lookup.titles(self.store, "product", [row.product for row in rows])
        label = f"{_came(rows, pieces, names)} arrived"
        with self.store.change(label) as unit:
            for row in rows:
                came = pieces if pieces is not None else row.quantity
                line = self._if_free("stock_movement", receipt_of(row.uid))
                unit.add("stock_movement", _receipt(row, came, day), uid=line)
                unit.set("incoming_stock", row.id, {"arrived_on": day, "quantity": came})
                if came < row.quantity:
                    rest = {**_order(row), "quantity": row.quantity - came}
                    unit.add("incoming_stock", rest, uid=self._if_free("incoming_stock", rest_of(row.uid)))
        return self.store.last_changes

    def _if_free(self, record: str, uid: str) -> str | None:
        """An id that another copy gives as well, so that two people who note one arrival write one row."""
        return None if lookup.by_uid(self.store, record, [uid]) else uid


def _of_none(whole: Standing) -> Standing:
    """What is of no variant; when to order again is asked of the product as a whole."""
    return replace(whole, kept=replace(whole.kept, reorder_level=None))


_KEPT = ("product", "variant", "ordered_on", "expected_on", "supplier", "currency", "unit_cost", "notes")


def _order(row: Any) -> dict[str, Value]:
    return {name: getattr(row, name) for name in _KEPT}


def _receipt(row: Any, pieces: int, day: str) -> dict[str, Value]:
    said = f"Order of {row.ordered_on}" if row.ordered_on else "What was on order"
    return {
        "product": row.product,
        "variant": row.variant,
        "kind": "received",
        "quantity": pieces,
        "moved_on": day,
        "currency": row.currency,
        "unit_cost": row.unit_cost,
        "reason": f"{said}, {row.supplier}" if row.supplier else said,
    }


def _came(rows: Sequence[Any], pieces: int | None, names: Any) -> str:
    if len(rows) > 1:
        return f"{len(rows):,} orders of stock"
    return f"{pieces or rows[0].quantity:,} × {names.get(rows[0].product, 'a product')}"
