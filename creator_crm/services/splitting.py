"""A parcel in two: some of its pieces go later, in one that follows it; the stock stays right in both."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from creator_crm.domain.errors import UserError
from creator_crm.domain.fields import Value
from creator_crm.services.batches import Batches
from creator_crm.store.readers import stock

_NEVER_SENT = ("draft",)
_ENDED = ("returned", "lost")
_COPIED = (
    "creator", "campaign", "kind", "carrier_service", "carrier", "service", "currency", "postage",
    "no_post_expected", "recipient", "street", "street_2", "city", "region", "postcode", "country", "phone",
    "gift_message", "notes",
)  # fmt: skip
_OF_AN_ITEM = ("product", "variant", "sku", "currency", "unit_cost")


class Splitting(Batches):
    """Sending the rest later."""

    def split_off(self, shipment: int, pieces: Mapping[int, int]) -> int:
        """Move so many pieces of some items into a new parcel that follows this one; returns its number.

        The new parcel is approved, or a draft like the one it comes from. Raises UserError, with nothing
        changed, when nothing would be left or moved, or the parcel has come to its end.
        """
        (row,) = stock.shipments(self.store, [shipment]) or [None]
        if row is None or row.status in _ENDED:
            raise UserError("A parcel that was lost or came back is sent again whole. Nothing was changed.")
        items = {item.id: item for item in stock.items(self.store, [shipment])}
        moved = {number: count for number, count in pieces.items() if count}
        _refuse_senseless(items, moved)
        count = sum(moved.values())
        counted = "1 piece" if count == 1 else f"{count:,} pieces"
        with self.store.change(f"Send {counted} of {row.number} later") as unit:
            status = "draft" if row.status in _NEVER_SENT else "approved"
            values: dict[str, Value] = {name: getattr(row, name) for name in _COPIED}
            values |= {"status": status, "follows": shipment, **self._weights(items, moved)}
            new = unit.add("shipment", values)
            for number, quantity in moved.items():
                item = items[number]
                own: dict[str, Value] = {name: getattr(item, name) for name in _OF_AN_ITEM}
                unit.add("shipment_item", {"shipment": new, "quantity": quantity, **own})
                if quantity == item.quantity:
                    unit.trash("shipment_item", [number])
                else:
                    unit.set("shipment_item", number, {"quantity": item.quantity - quantity})
            left = {n: (item.quantity or 0) - moved.get(n, 0) for n, item in items.items()}
            if row.weight is not None and (weight := self._weights(items, left)["weight"]) is not None:
                unit.set("shipment", shipment, {"weight": weight})
        return new

    def _weights(self, items: Mapping[int, Any], pieces: Mapping[int, int]) -> dict[str, Value]:
        """What so many pieces weigh, where each article says it."""
        pairs = {(items[number].product, items[number].variant) for number, count in pieces.items() if count}
        known = stock.articles_by_number(self.store, [pair for pair in pairs if pair[0] is not None])
        grams = {(article.product, article.variant): article.weight for article in known}
        if any(not grams.get(pair) for pair in pairs):
            return {"weight": None}
        return {
            "weight": sum(
                (grams[items[number].product, items[number].variant] or 0) * count
                for number, count in pieces.items()
                if count
            )
        }


def _refuse_senseless(items: Mapping[int, Any], moved: Mapping[int, int]) -> None:
    if not moved:
        raise UserError("Say which pieces go later. Nothing was changed.")
    if any(n not in items or not 0 < count <= (items[n].quantity or 0) for n, count in moved.items()):
        raise UserError("There are not that many pieces in the parcel. Nothing was changed.")
    if sum(item.quantity or 0 for item in items.values()) <= sum(moved.values()):
        raise UserError("At least one piece must stay in the parcel. Nothing was changed.")
