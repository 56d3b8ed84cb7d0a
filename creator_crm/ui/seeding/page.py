"""The Seeding page: parcels, products, the stock ledger, and who got something and has not posted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from creator_crm.ui.shared.context import Context
from creator_crm.ui.shared.views_page import Tab, ViewsPage

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class SeedingPage(ViewsPage):
    """Its tabs, and the actions that mean a parcel or a product on one of them."""

    def __init__(self, context: Context) -> None:
        def parcels() -> QWidget:
            from creator_crm.ui.seeding.parcels import ParcelsView

            return ParcelsView(context)

        def products() -> QWidget:
            from creator_crm.ui.seeding.products import products_view

            return products_view(context)

        def stock() -> QWidget:
            from creator_crm.ui.seeding.products import stock_view

            return stock_view(context)

        tabs = [
            Tab("parcels", "Parcels", parcels, ("shipment",)),
            Tab("products", "Products", products, ("product",)),
            Tab("stock", "Stock", stock, ("stock_movement",)),
        ]
        super().__init__(context, "seeding", "Seeding", tabs)
