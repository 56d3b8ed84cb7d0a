"""How urgent a day is, in a word or two and a colour."""

from __future__ import annotations

from datetime import date

from creator_crm.ui.shared.text import counted, tr


def how_urgent(due_on: str, today: str) -> tuple[str, str]:
    """("3 days late", "red") for the chip of a thing that is due on a day (both ISO)."""
    days = (date.fromisoformat(today) - date.fromisoformat(due_on)).days
    if days > 0:
        return tr("{days} late").format(days=counted(days, "day", "days")), "red"
    if days == 0:
        return tr("Today"), "amber"
    if days == -1:
        return tr("Tomorrow"), "grey"
    return tr("In {days}").format(days=counted(-days, "day", "days")), "grey"
