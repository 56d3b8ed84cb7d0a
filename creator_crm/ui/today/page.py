"""The Today page."""

from __future__ import annotations

from creator_crm.ui.shared.pages import coming

ENTRY = coming(
    "today",
    "Today",
    "sun",
    "Everything that is due, most urgent first: follow-ups, samples to ship, posts that "
    "are late and payments to make, each with its one next step.",
)
