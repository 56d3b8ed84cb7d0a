"""The Briefs page."""

from __future__ import annotations

from creator_crm.ui.shared.pages import coming

ENTRY = coming(
    "briefs",
    "Briefs",
    "file-text",
    "Briefs that creators can follow, and a calendar of what comes back: drafts to "
    "approve, posts that are live, usage rights that run out.",
)
