"""The Seeding page: parcels, products, the stock ledger, and who got something and has not posted."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from creator_crm.compat import override
from creator_crm.ui.seeding.actions import STEPS, TABS
from creator_crm.ui.shared.context import Context
from creator_crm.ui.shared.views_page import Tab, ViewsPage

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class SeedingPage(ViewsPage):
    """Its tabs, and the actions that mean a parcel or a product on one of them."""

    def __init__(self, context: Context) -> None:
        def parcels() -> QWidget:
            from creator_crm.ui.seeding.parcels import parcels_view

            return parcels_view(context)

        def products() -> QWidget:
            from creator_crm.ui.seeding.products import products_view

            return products_view(context)

        def stock() -> QWidget:
            from creator_crm.ui.seeding.products import stock_view

            return stock_view(context)

        def no_post() -> QWidget:
            from creator_crm.ui.seeding.no_post import NoPostTab

            return NoPostTab(context)

        tabs = [
            Tab("parcels", TABS["parcels"], parcels, ("shipment",)),
            Tab("products", TABS["products"], products, ("product",)),
            Tab("stock", TABS["stock"], stock, ("stock_movement",)),
            Tab("no_post", TABS["no_post"], no_post),
        ]
        super().__init__(context, "seeding", "Seeding", tabs)
        context.actions.bind(
            {
                "seeding.send": self.send,
                "seeding.receive": self.receive,
                "seeding.track": self.track,
                "seeding.nudge": self.nudge,
                "seeding.give_up": self.give_up,
                **{name: partial(self.advance, status) for name, status in STEPS.items()},
            }
        )

    # What the user does --------------------------------------------------------------------------------

    def send(self) -> None:
        """Ask who gets what, and make the parcels."""
        from creator_crm.ui.sending.dialog import SendDialog

        SendDialog(self._context, self.widget, campaign=self._scope).open()

    def receive(self) -> None:
        """Note what came in of a product: of the chosen one, when it is in front."""
        from creator_crm.ui.seeding.receive import ReceiveDialog

        product = self._chosen("product")
        ReceiveDialog(self._context, self.widget, product[0] if product else 0).open()

    def advance(self, status: str) -> None:
        """Move the chosen parcels on to a status today."""
        self._do("shipment", lambda chosen: self._context.workspace.advance(chosen, status))

    def track(self) -> None:
        from creator_crm.ui.seeding.parcel_panel import follow

        for parcel in self._chosen("shipment")[:1]:
            follow(self._context, parcel)

    def nudge(self) -> None:
        """Write to the creator about the post; the nudge is noted with the message, in one step."""
        from creator_crm.ui.writing.dialog import WriteDialog

        for parcel in self._chosen("shipment")[:1]:
            row = self._context.workspace.row("shipment", parcel)
            about = {"purpose": "nudge", "campaign": row.campaign, "parcel": parcel}
            WriteDialog(self._context, self.widget, row.creator, **about).open()

    def give_up(self) -> None:
        self._do("shipment", self._context.workspace.give_up)

    # Inside --------------------------------------------------------------------------------------------

    @override
    def _chosen(self, record: str) -> list[int]:
        from creator_crm.ui.seeding.no_post import NoPostTab

        if isinstance(self.part, NoPostTab):
            return self.part.selected() if record == "shipment" else []
        return super()._chosen(record)
