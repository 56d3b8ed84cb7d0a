"""The Seeding page."""

from __future__ import annotations

from creator_crm.ui.shared.pages import coming

ENTRY = coming(
    "seeding",
    "Seeding",
    "package",
    "Product on its way to creators: stock, shipments and tracking, and which delivered "
    "samples still owe you a post.",
)
