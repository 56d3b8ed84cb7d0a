"""Which parcels hang: at home and abroad, by the carrier's own patience, by the last scan."""

from __future__ import annotations

from dataclasses import replace

import pytest

from creator_crm.domain.seeding import CarrierService, Shipment
from creator_crm.domain.stuck import Patience, Stuck, stuck, stuck_parcels

TODAY = "2026-11-22"
SENT = Shipment(uid="s1", creator=4, status="shipped", shipped_on="2026-11-12", country="DE")
FROM_HERE = Patience(country="DE")


@pytest.mark.parametrize(
    ("parcel", "expected"),
    [
        (SENT, Stuck("under_way", "2026-11-12", "2026-11-22")),
        (replace(SENT, shipped_on="2026-11-13"), None),
        (replace(SENT, scanned_on="2026-11-13"), None),  # news of it within ten days
        (
            replace(SENT, shipped_on="2026-10-01", scanned_on="2026-11-01"),
            Stuck("under_way", "2026-11-01", "2026-11-11"),
        ),
        (replace(SENT, country="US"), None),  # abroad takes three weeks
        (
            replace(SENT, country="US", shipped_on="2026-11-01"),
            Stuck("under_way", "2026-11-01", "2026-11-22"),
        ),
        (replace(SENT, status="delivered"), None),
        (replace(SENT, shipped_on=None), None),
        (
            Shipment(status="packed", packed_on="2026-11-19"),
            Stuck("packed", "2026-11-19", "2026-11-22"),
        ),
        (Shipment(status="packed", packed_on="2026-11-20"), None),
        (
            Shipment(status="approved", approved_on="2026-11-15"),
            Stuck("approved", "2026-11-15", "2026-11-22"),
        ),
        (Shipment(status="draft"), None),
    ],
)
def test_a_parcel_hangs_when_it_did_not_move_for_too_long(parcel: Shipment, expected: Stuck | None) -> None:
    assert stuck(parcel, FROM_HERE, TODAY) == expected


def test_a_carrier_service_has_a_patience_of_its_own() -> None:
    services = {
        1: CarrierService(id=1, carrier="DHL", name="Express", stuck_after_days=4),
        2: CarrierService(id=2, carrier="DHL", name="World", abroad=True),
    }
    patience = Patience(services=services)
    fresh = replace(SENT, shipped_on="2026-11-18")
    assert patience.least == 4
    assert stuck(replace(fresh, carrier_service=1), patience, TODAY) is not None
    assert stuck(fresh, patience, TODAY) is None
    assert stuck(replace(SENT, carrier_service=2), patience, TODAY) is None, "it goes abroad"


def test_where_the_brand_sits_nobody_said_every_parcel_is_at_home() -> None:
    assert stuck(replace(SENT, country="US"), Patience(), TODAY) is not None


def test_today_tells_of_those_under_way_and_since_when() -> None:
    parcels = [SENT, replace(SENT, uid="s2", scanned_on="2026-11-12"), Shipment(status="packed")]
    items = stuck_parcels(parcels, {4: "Jade Park"}, TODAY, FROM_HERE)
    assert [(item.kind, item.key, item.due_on, item.why) for item in items] == [
        ("stuck", "s1", "2026-11-22", "The parcel for Jade Park left 10 days ago and was never scanned."),
        ("stuck", "s2", "2026-11-22", "The parcel for Jade Park was last scanned 10 days ago."),
    ]
