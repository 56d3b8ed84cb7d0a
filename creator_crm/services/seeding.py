"""Sending products to creators: stock as a ledger, parcels step by step, and who has not posted yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from creator_crm.domain.changes import Changes
from creator_crm.domain.errors import UserError
from creator_crm.domain.statuses import SHIPMENT
from creator_crm.domain.stuck import UNSENT
from creator_crm.services.batches import Batch, Content, Shipped
from creator_crm.services.splitting import Splitting
from creator_crm.services.tracking import recognise
from creator_crm.services.waiting import WaitingForPosts
from creator_crm.store.readers import lookup, stock

if TYPE_CHECKING:
    from creator_crm.domain.tracking import Tracking

Items = Mapping[str, int]
"""How many of what: by SKU, or by the short id or name of a product or variant."""


class Seeding(Splitting, WaitingForPosts):
    """The verbs of the Seeding page; each call is one step to undo."""

    # Parcels ---------------------------------------------------------------------------------------

    def ship(
        self,
        items: Items,
        creators: Sequence[int],
        campaign: int | None = None,
        *,
        kind: str = "gift",
        ship_by: str | None = None,
        approve: bool = True,
    ) -> Shipped:
        """Make a parcel with these items for each creator, to their address as it is today.

        Approved parcels reserve their stock; without an address a parcel stays a draft. Raises UserError,
        with nothing made, when the stock does not suffice or somebody must be left alone.
        """
        contents = tuple(Content(item, count) for item, count in items.items())
        batch = Batch(contents, tuple(creators), campaign, kind, ship_by, approve=approve)
        return self.make_batch(batch)

    def advance(self, shipments: Iterable[int], status: str, on: str | None = None) -> Changes:
        """Move parcels on to a status on a day, through the steps between; dates and stock follow.

        Raises UserError, with nothing changed, for a step that makes no sense, a parcel without an address
        or stock that does not suffice.
        """
        rows = [row for row in stock.shipments(self.store, shipments) if row.status != status]
        machine = SHIPMENT.by_value.get(status)
        dated = {machine.stamps: on or _today()} if machine and machine.stamps else {}
        choice = self.store.catalogue["shipment"].field("status").choice(status)
        counted = "1 parcel" if len(rows) == 1 else f"{len(rows):,} parcels"
        with self.store.change(f"{counted}: {choice.label if choice else status}") as unit:
            moving = {row.id: {"status": status, **dated} for row in rows}
            unit.set_many("shipment", moving, leap=True, on=on)
        return self.store.last_changes

    def let_go(self, shipments: Iterable[int]) -> Changes:
        """Move parcels that will not be sent into the trash; what they held of the stock is free again.

        Raises UserError, with nothing changed, for one that has left.
        """
        rows = stock.shipments(self.store, shipments)
        if left := [row for row in rows if (row.status or "draft") not in UNSENT]:
            raise UserError(f"Parcel {left[0].number} has left already. Nothing was changed.")
        counted = "1 parcel" if len(rows) == 1 else f"{len(rows):,} parcels"
        with self.store.change(f"Do not send {counted}") as unit:
            unit.trash("shipment", [row.id for row in rows])
        return self.store.last_changes

    def reship(self, shipment: int) -> Shipped:
        """Send what a lost or returned parcel held once more, to their address as it is today."""
        (row,) = stock.shipments(self.store, [shipment]) or [None]
        if row is None or row.status not in ("lost", "returned"):
            raise UserError("Only a lost or returned parcel is sent again. Nothing was changed.")
        held = [item for item in stock.items(self.store, [shipment]) if item.product is not None]
        uids = lookup.uids(self.store, "product", {item.product for item in held})
        items: Counter[str] = Counter()
        for item in held:
            items[item.sku or uids[item.product]] += item.quantity or 0
        contents = tuple(Content(item, count) for item, count in items.items())
        again = Batch(contents, (row.creator,), row.campaign, "replacement", follows=shipment)
        return self.make_batch(again)

    def set_tracking(self, numbers: Mapping[int, str]) -> tuple[str, ...]:
        """Write tracking numbers to parcels; the carrier is filled in where it was empty.

        Returns what is odd about them, such as a check digit that does not hold. A number that Excel has cut
        is not written: the parcel keeps what it has.
        """
        from creator_crm.domain.tracking import CUT

        rows = stock.shipments(self.store, numbers)
        odd = [f"{row.number} was left as it is. {CUT}" for row in rows if recognise(numbers[row.id]).cut]
        rows = [row for row in rows if not recognise(numbers[row.id]).cut]
        if not rows:
            return tuple(odd)
        label = "Note a tracking number" if len(rows) == 1 else f"Note {len(rows):,} tracking numbers"
        with self.store.change(label) as unit:
            for row in rows:
                found = recognise(numbers[row.id], row.carrier or "", row.country or "")
                if not found.valid:
                    odd.append(_oddity(found))
                carrier = {"carrier": found.carrier} if found.carrier and not row.carrier else {}
                unit.set("shipment", row.id, {"tracking_number": found.number or None, **carrier})
        return tuple(odd)


def _oddity(found: Tracking) -> str:
    if not found.carrier:
        return f"“{found.number}” looks like no carrier's number; it was kept as it is."
    return f"The check digit of “{found.number}” ({found.carrier}) does not hold; it was kept as it is."


def _today() -> str:
    return date.today().isoformat()
