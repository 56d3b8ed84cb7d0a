"""The Outreach page."""

from __future__ import annotations

from creator_crm.ui.shared.pages import coming

ENTRY = coming(
    "outreach",
    "Outreach",
    "send",
    "Who to write to next, and the whole conversation with each creator: templates that "
    "fill themselves in, follow-ups on time, and what was agreed.",
)
