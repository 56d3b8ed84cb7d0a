"""The Parcels tab: every parcel as a list or a board of statuses, moved on by the status door alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from creator_crm.ui.seeding.actions import STEPS
from creator_crm.ui.shared.context import Context
from creator_crm.ui.shared.records_view import RecordsView, Shape

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from creator_crm.ui.shared.panel.panel import RecordPanel

SHAPE = Shape(
    record="shipment",
    title="Parcels",
    sort="-number",
    board="status",
    empty=(
        "No parcel yet. Choose a product and who gets it; each address is kept as it is today.",
        "New parcel",
        "seeding.send",
    ),
    actions=(*STEPS, "seeding.print", "seeding.carrier_file", "seeding.track"),
    head=("seeding.send",),
    cards=("creator", "contents", "number"),
    adds="seeding.send",
)


def parcels_view(context: Context) -> RecordsView:
    """The tab of the parcels."""
    return RecordsView(context, SHAPE, _panel)


def _panel(context: Context, parent: QWidget) -> RecordPanel:
    from creator_crm.ui.seeding.parcel_panel import ParcelPanel

    return ParcelPanel(context, parent)
