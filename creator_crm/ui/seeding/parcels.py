"""The Parcels tab: every parcel as a list or a board of statuses, moved on by the status door alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from creator_crm.compat import override
from creator_crm.domain.errors import UserError
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
    actions=(*STEPS, "seeding.track"),
    head=("seeding.send",),
    cards=("creator", "contents", "number"),
)


class ParcelsView(RecordsView):
    """Parcels; adding one means sending something."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, SHAPE, _panel)

    @override
    def add(self) -> None:
        self._context.actions.trigger("seeding.send")

    def advance(self, status: str) -> None:
        """Move the selected parcels on to a status today."""
        chosen = self.selected()
        if chosen:
            try:
                self._context.tell_done(self._workspace.advance(chosen, status))
            except UserError as refusal:
                self._context.tell(str(refusal), "error")


def _panel(context: Context, parent: QWidget) -> RecordPanel:
    from creator_crm.ui.seeding.parcel_panel import ParcelPanel

    return ParcelPanel(context, parent)
