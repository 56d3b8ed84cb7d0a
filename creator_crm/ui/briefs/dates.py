"""The Dates tab: launches, seasons, sales and deliveries of stock that content is timed by."""

from __future__ import annotations

from creator_crm.ui.shared.context import Context
from creator_crm.ui.shared.records_view import RecordsView, Shape

SHAPE = Shape(
    record="calendar_event",
    title="Dates",
    sort="-starts_on",
    board="kind",
    empty=(
        "No dates yet. Note launches, seasons, sales and the days stock arrives, to time content by them.",
        "Add a date",
        "list.add",
    ),
    cards=("name", "starts_on", "campaign"),
    columns=("name", "kind", "starts_on", "ends_on", "campaign", "product", "notes"),
)


def dates_view(context: Context) -> RecordsView:
    """The tab of the calendar's events."""
    return RecordsView(context, SHAPE)
