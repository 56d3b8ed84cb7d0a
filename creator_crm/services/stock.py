"""Stock as a ledger: every piece that comes, goes or is counted is a line that is never rewritten."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from creator_crm.compat import override
from creator_crm.domain.changes import Changes
from creator_crm.domain.errors import UserError
from creator_crm.domain.fields import Value
from creator_crm.services.settings import Settings
from creator_crm.store.readers import lists, lookup, stock
from creator_crm.store.readers.stock import Article

_MOVES = {"received": "Receive", "returned": "Take back", "lost": "Write off", "corrected": "Correct by"}


class Stock(Settings):
    """The verbs of the ledger; an item is named by SKU, else by short id or name of product or variant."""

    @override
    def add(
        self,
        record: str,
        values: Mapping[str, Value],
        parts: Mapping[str, Sequence[Mapping[str, Value]]] | None = None,
        label: str = "",
    ) -> int:
        if record == "stock_movement" and not values.get("moved_on"):
            values = {**values, "moved_on": date.today().isoformat()}
        return super().add(record, values, parts, label)

    def receive(
        self,
        item: str,
        quantity: int,
        *,
        on: str | None = None,
        unit_cost: int | None = None,
        reason: str = "",
    ) -> Changes:
        """Note that new pieces of an article came in; unit_cost in minor units of its currency."""
        return self.move_stock(item, "received", quantity, on=on, unit_cost=unit_cost, reason=reason)

    def count_stock(self, item: str, counted: int, *, on: str | None = None, reason: str = "") -> Changes:
        """Set the ledger right after counting what lies on the shelf, what is reserved for parcels too."""
        article = self._articles([item])[item]
        on_hand = article.stock + stock.reserved(self.store, article)
        return self.move_stock(
            item, "corrected", counted - on_hand, on=on, reason=reason or f"Counted {counted}"
        )

    def move_stock(
        self,
        item: str,
        kind: str,
        quantity: int,
        *,
        on: str | None = None,
        unit_cost: int | None = None,
        reason: str = "",
    ) -> Changes:
        """Write one line of the stock ledger: received, returned, lost or corrected (by plus or minus)."""
        if kind not in _MOVES:
            raise UserError("Only parcels reserve and ship stock. Nothing was written down.")
        article = self._articles([item])[item]
        if not quantity or (quantity < 0 and kind != "corrected"):
            raise UserError(f"{quantity} pieces cannot be {kind}. Nothing was written down.")
        values: dict[str, Value] = {
            "product": article.product,
            "variant": article.variant,
            "kind": kind,
            "quantity": quantity,
            "moved_on": on or date.today().isoformat(),
            "currency": article.currency,
            "unit_cost": unit_cost,
            "reason": reason or None,
        }
        self.add("stock_movement", values, label=f"{_MOVES[kind]} {quantity} × {article.sku or article.name}")
        return self.store.last_changes

    def _articles(self, items: Iterable[str]) -> dict[str, Article]:
        """The article that each item names; raises UserError for none or several."""
        wanted = list(items)
        found = stock.articles_by_sku(self.store, wanted)
        for item in wanted:
            if item not in found:
                numbers = self._numbers_called(item)
                if len(numbers) != 1:
                    said = "There is no product" if not numbers else "There are several products"
                    raise UserError(f"{said} called “{item}”. Nothing was changed; check the SKU.")
                (found[item],) = stock.articles_by_number(self.store, numbers)
        return found

    def _numbers_called(self, item: str) -> list[tuple[int, int | None]]:
        """(product, variant) of what a short id or name stands for: products first."""
        products = lookup.find(self.store, "product", item)
        if products:
            return [(number, None) for number in products]
        variants = lists.rows(self.store, "variant", lookup.find(self.store, "variant", item))
        return [(row.product, row.id) for row in variants]
