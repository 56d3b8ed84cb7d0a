"""The Parcels tab: every parcel as a list or a board of statuses, moved on by the status door alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from creator_crm.ui.seeding.actions import STEPS
from creator_crm.ui.shared.context import Context
from creator_crm.ui.shared.records_view import RecordsView, Shape

if TYPE_CHECKING:
    pass

SHAPE = Shape(
    record="shipment",
    title="Parcels",
    sort="-created_at",
    board="status",
    empty=(
        "No parcel yet. Choose a product and who gets it; each address is kept as it is today.",
        "New parcel",
        "seeding.send",
    ),
    actions=(*STEPS, "seeding.track"),
    head=("seeding.send",),
)


class ParcelsView(RecordsView):
    """The list of parcels."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, SHAPE)
