"""The Results page."""

from __future__ import annotations

from creator_crm.ui.shared.pages import coming

ENTRY = coming(
    "results",
    "Results",
    "chart-line",
    "What sold, and through whom: orders, costs and profit for each creator and campaign, "
    "with the evidence behind every figure.",
)
