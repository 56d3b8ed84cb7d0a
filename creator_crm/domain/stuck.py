"""Parcels that hang somewhere: approved and not packed, packed and not shipped, or under way without news."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import date, timedelta
from types import MappingProxyType

from creator_crm.domain.due import DueItem, Names
from creator_crm.domain.frozen import immutable
from creator_crm.domain.seeding import CarrierService, Shipment

APPROVED, PACKED, UNDER_WAY = "approved", "packed", "under_way"
PLACES = (APPROVED, PACKED, UNDER_WAY)
UNSENT = ("draft", APPROVED, PACKED)


@immutable
class Patience:
    """After how many days a parcel that does not move is stuck (our choice; a carrier service has its own).

    country: where the parcels come from, so that those for abroad get longer; "" when it is not known.
    """

    approved: int = 7
    packed: int = 3
    home: int = 10
    abroad: int = 21
    country: str = ""
    services: Mapping[int, CarrierService] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def least(self) -> int:
        """The fewest days after which any parcel under way is stuck."""
        own = [s.stuck_after_days for s in self.services.values() if s.stuck_after_days is not None]
        return min((self.home, self.abroad, *own))


@immutable
class Stuck:
    """Where a parcel hangs, since which day, and the day from which that was too long."""

    place: str
    since: str
    due_on: str


def stuck(parcel: Shipment, patience: Patience, today: str) -> Stuck | None:
    """Where a parcel hangs; None for one that moves, that has arrived, or of which no day is known."""
    place, since, days = _standing(parcel, patience)
    if not since:
        return None
    due_on = (date.fromisoformat(since) + timedelta(days=days)).isoformat()
    return Stuck(place, since, due_on) if due_on <= today else None


def stuck_parcels(parcels: Iterable[Shipment], names: Names, today: str, patience: Patience) -> list[DueItem]:
    """Parcels under way that nobody has scanned for too long; those still here are to be shipped."""
    items = []
    for parcel in parcels:
        found = stuck(parcel, patience, today)
        if found is None or found.place != UNDER_WAY:
            continue
        name = names.get(parcel.creator or 0) or "a creator"
        days = (date.fromisoformat(today) - date.fromisoformat(found.since)).days
        ago = "yesterday" if days == 1 else "today" if days <= 0 else f"{days} days ago"
        if parcel.scanned_on:
            why = f"The parcel for {name} was last scanned {ago}."
        else:
            why = f"The parcel for {name} left {ago} and was never scanned."
        items.append(DueItem("stuck", "shipment", parcel.uid, found.due_on, why, "seeding.track"))
    return items


def _standing(parcel: Shipment, patience: Patience) -> tuple[str, str, int]:
    """(place, since which day, how many days that may take) of a parcel."""
    if parcel.status == "approved":
        return APPROVED, parcel.approved_on or "", patience.approved
    if parcel.status == "packed":
        return PACKED, parcel.packed_on or parcel.approved_on or "", patience.packed
    if parcel.status in ("shipped", "in_transit"):
        return UNDER_WAY, max(parcel.scanned_on or "", parcel.shipped_on or ""), _days(parcel, patience)
    return "", "", 0


def _days(parcel: Shipment, patience: Patience) -> int:
    service = patience.services.get(parcel.carrier_service or 0)
    if service is not None and service.stuck_after_days is not None:
        return service.stuck_after_days
    far = patience.country and parcel.country and parcel.country != patience.country
    return patience.abroad if far or (service is not None and service.abroad) else patience.home
