"""What is stuck as the workspace tells it: by carrier service, sender's country, campaign; on Today too."""

from __future__ import annotations

from creator_crm.services.workspace import Workspace

TODAY = "2026-11-22"


def test_a_parcel_is_stuck_by_its_service_its_country_and_its_last_scan(workspace: Workspace) -> None:
    ana, spring = workspace.add("creator", {"name": "Ana"}), workspace.add("campaign", {"name": "Spring"})
    fast = workspace.add("carrier_service", {"carrier": "DHL", "name": "Express", "stuck_after_days": 4})
    workspace.set_setting("sender_country", "DE")
    at_home = workspace.add(
        "shipment", {"creator": ana, "status": "shipped", "shipped_on": "2026-11-10", "country": "DE"}
    )
    express = workspace.add(
        "shipment",
        {
            "creator": ana,
            "campaign": spring,
            "status": "in_transit",
            "shipped_on": "2026-11-15",
            "scanned_on": "2026-11-17",
            "carrier_service": fast,
            "country": "DE",
        },
    )
    workspace.add(
        "shipment", {"creator": ana, "status": "shipped", "shipped_on": "2026-11-10", "country": "US"}
    )
    assert [(one.shipment.id, one.days) for one in workspace.stuck(TODAY)] == [(at_home, 12), (express, 5)]
    assert [one.shipment.id for one in workspace.stuck(TODAY, spring)] == [express]
    items = [(item.due_on, item.why) for item in workspace.due(TODAY) if item.kind == "stuck"]
    assert items == [
        ("2026-11-20", "The parcel for Ana left 12 days ago and was never scanned."),
        ("2026-11-21", "The parcel for Ana was last scanned 5 days ago."),
    ]
    workspace.set_patience({"home": 20})
    assert [one.shipment.id for one in workspace.stuck(TODAY)] == [express]
