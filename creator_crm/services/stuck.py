"""Parcels that hang somewhere, and how long each kind may take before somebody looks after it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from creator_crm.domain.changes import Changes
from creator_crm.domain.frozen import immutable
from creator_crm.domain.stuck import UNSENT, Patience, Stuck, stuck
from creator_crm.services.settings import Settings
from creator_crm.store.readers import due, lookup

OF_PATIENCE = ("stuck_after_days", "sender_country")
PATIENCE = ("approved", "packed", "home", "abroad")


@immutable
class Hanging:
    """A parcel that hangs, for whom it is, where, and for how many days.

    called_off: the shop has cancelled the sample order that it is for.
    """

    shipment: Any
    name: str
    where: Stuck
    days: int
    called_off: bool = False


class StuckParcels(Settings):
    """The questions of what is stuck; settings: `stuck_after_days`, by the names of PATIENCE."""

    def stuck(self, on: str | None = None, campaign: int | None = None) -> list[Hanging]:
        """Every parcel that hangs somewhere, the longest first; six statements."""
        today = on or date.today().isoformat()
        patience = self.patience()
        unsent = due.unsent(self.store, campaign)
        gone = due.called_off(self.store, unsent)
        rows = [
            *unsent,
            *due.under_way(self.store, today, patience.least, campaign),
        ]
        found = [(row, where) for row in rows if (where := stuck(row, patience, today))]
        names = lookup.titles(self.store, "creator", {row.creator for row, _ in found})
        day = date.fromisoformat(today)
        hanging = [
            Hanging(
                row,
                names.get(row.creator, ""),
                where,
                (day - date.fromisoformat(where.since)).days,
                row.order_id in gone and row.status in UNSENT,
            )
            for row, where in found
        ]
        return sorted(hanging, key=lambda one: (-one.days, one.name, one.shipment.id))

    def is_called_off(self, parcel: Any) -> bool:
        """Whether a parcel is still here although the shop has cancelled the sample order it is for."""
        return parcel.status in UNSENT and bool(due.called_off(self.store, [parcel]))

    def patience(self) -> Patience:
        """After how many days a parcel is stuck; two statements."""
        return self._patience(self.settings(OF_PATIENCE))

    def _patience(self, held: Mapping[str, Any]) -> Patience:
        days = held.get("stuck_after_days") or {}
        chosen = {name: int(days[name]) for name in PATIENCE if name in days}
        services = {row.id: row for row in due.carrier_services(self.store)}
        return Patience(**chosen, country=str(held.get("sender_country") or ""), services=services)

    def set_patience(self, days: dict[str, int]) -> Changes:
        """Say after how many days a parcel is stuck, by the names of PATIENCE."""
        kept = {name: max(0, int(days[name])) for name in PATIENCE if name in days}
        return self.set_settings({"stuck_after_days": kept}, "Change when a parcel is stuck")
