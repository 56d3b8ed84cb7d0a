"""The Seeding page: parcels, who has not posted, products, stock with its ledger, and the spike planner."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from creator_crm.compat import override
from creator_crm.ui.seeding.actions import STEPS, TABS
from creator_crm.ui.shared.context import Context
from creator_crm.ui.shared.text import tr
from creator_crm.ui.shared.views_page import Tab, ViewsPage

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from creator_crm.domain.scope import Scope
    from creator_crm.domain.stock import Standing


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
            from creator_crm.ui.seeding.stock_tab import StockTab

            tab = StockTab(context)
            tab.ledger_wanted.connect(self.show_ledger)
            tab.products_wanted.connect(self.add_product)
            return tab

        def ledger() -> QWidget:
            from creator_crm.ui.seeding.products import ledger_view

            return ledger_view(context)

        def planner() -> QWidget:
            from creator_crm.ui.seeding.planner_tab import PlannerTab

            return PlannerTab(context)

        def no_post() -> QWidget:
            from creator_crm.ui.seeding.no_post import NoPostTab

            return NoPostTab(context)

        def funnel() -> QWidget:
            from creator_crm.ui.seeding.funnel_tab import FunnelTab

            tab = FunnelTab(context)
            tab.parcels_wanted.connect(self.show_parcels)
            tab.no_post_wanted.connect(self.show_no_post)
            return tab

        tabs = [
            Tab("parcels", TABS["parcels"], parcels, ("shipment",)),
            Tab("no_post", TABS["no_post"], no_post),
            Tab("funnel", TABS["funnel"], funnel),
            Tab("products", TABS["products"], products, ("product",)),
            Tab("stock", TABS["stock"], stock, ("incoming_stock",)),
            Tab("ledger", TABS["ledger"], ledger, ("stock_movement",)),
            Tab("planner", TABS["planner"], planner),
        ]
        super().__init__(context, "seeding", "Seeding", tabs)
        context.actions.bind(
            {
                "seeding.send": self.send,
                "seeding.receive": self.receive,
                "seeding.print": self.print,
                "seeding.sender": self.sender,
                "seeding.order_stock": self.order_stock,
                "seeding.arrived": self.arrived,
                "seeding.carrier_file": self.carrier_file,
                "seeding.look_at_numbers": self.look_at_numbers,
                "seeding.split": self.split,
                "seeding.reship": self.reship,
                "seeding.let_go": self.let_go,
                "seeding.write": self.write,
                "seeding.stuck": self.show_stuck,
                "seeding.track": self.track,
                "seeding.nudge": self.nudge,
                "seeding.give_up": self.give_up,
                "seeding.extend": self.extend,
                "seeding.clocks": self.clocks,
                "seeding.patience": self.patience,
                "seeding.same_product": self.same_product,
                "seeding.tiers": self.tiers,
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

        ReceiveDialog(self._context, self.widget, *self._article()).open()

    def print(self) -> None:
        """Ask which paper: for the chosen parcels, else for all that are ready."""
        from creator_crm.ui.seeding.print_dialog import PrintDialog

        PrintDialog(self._context, self.widget, self._chosen("shipment")).open()

    def sender(self) -> None:
        """Ask for the address that parcels come from."""
        from creator_crm.ui.seeding.sender import SenderDialog

        SenderDialog(self._context, self.widget).open()

    def order_stock(self) -> None:
        """Note what was ordered of a product: of the chosen one, when it is in front."""
        from creator_crm.ui.seeding.on_order import OrderDialog

        OrderDialog(self._context, self.widget, *self._article()).open()

    def arrived(self) -> None:
        """Note that stock on order is here: the chosen order, or the next one that is expected."""
        from creator_crm.ui.seeding.on_order import ArrivedDialog
        from creator_crm.ui.seeding.stock_tab import StockTab

        if not isinstance(self.part, StockTab):
            self.show_tab("stock")
        assert isinstance(self.part, StockTab)
        if order := self.part.chosen_order():
            ArrivedDialog(self._context, self.widget, order).open()
        else:
            self._context.tell(tr("Choose a product of which something is on order."), "info")

    def add_product(self) -> None:
        """Go to the products and add one."""
        self.show_tab("products")
        if self.view is not None:
            self.view.add()

    def show_ledger(self, one: Standing, kinds: tuple[str, ...]) -> None:
        """Show the lines of the ledger that a figure of an article is the sum of."""
        from creator_crm.domain.conditions import All, Condition, Op

        self.show_tab("ledger")
        parts = [Condition("product", Op.IS, one.kept.product), Condition("moved_on", Op.AT_MOST, one.on)]
        if one.kept.variant:
            parts.append(Condition("variant", Op.IS, one.kept.variant))
        if kinds:
            parts.append(Condition("kind", Op.IN, kinds))
        if self.view is not None:
            self.view.table.filter_by(All(tuple(parts)))

    @override
    def show_record(self, record: str, number: int) -> None:
        super().show_record(record, number)
        if record == "incoming_stock":
            from creator_crm.ui.seeding.stock_tab import StockTab

            if isinstance(self.part, StockTab):
                self.part.show_order(number)

    def show_parcels(self, scope: Scope) -> None:
        """Show the parcels that left on the days of a funnel."""
        from creator_crm.domain.conditions import All, Condition, Op
        from creator_crm.domain.metrics.program_facts import LEFT

        self.show_tab("parcels")
        parts = [Condition("status", Op.IN, tuple(sorted(LEFT)))]
        if scope.since and scope.until:
            parts.append(Condition("shipped_on", Op.BETWEEN, (scope.since, scope.until)))
        if self.view is not None:
            self.view.table.filter_by(All(tuple(parts)))

    def show_no_post(self, name: str, parcels: list[int]) -> None:
        """Show these parcels, which arrived and led to no post; `name` is what they have in common."""
        from creator_crm.ui.seeding.no_post import NoPostTab

        self.show_tab("no_post")
        if isinstance(self.part, NoPostTab):
            self.part.show_only(name, parcels)

    def carrier_file(self) -> None:
        """Ask for which shipping program: of the chosen parcels, else of all that are ready."""
        from creator_crm.ui.seeding.carrier_file import CarrierFileDialog

        CarrierFileDialog(self._context, self.widget, self._chosen("shipment")).open()

    def look_at_numbers(self) -> None:
        """Say of pasted tracking numbers whose they are."""
        from creator_crm.ui.seeding.look_at_numbers import LookAtNumbers

        LookAtNumbers(self._context, self.widget).open()

    def advance(self, status: str) -> None:
        """Move the chosen parcels on to a status today."""
        self._do("shipment", lambda chosen: self._context.workspace.advance(chosen, status))

    def reship(self) -> None:
        """Send once more what the chosen parcel held; the new one says which it follows."""
        from creator_crm.ui.seeding.parcel_panel import reship

        for parcel in self._chosen("shipment")[:1]:
            reship(self._context, parcel)

    def let_go(self) -> None:
        """Do not send the chosen parcels."""
        self._do("shipment", self._context.workspace.let_go)

    def write(self) -> None:
        """Write to the creator about the chosen parcel."""
        from creator_crm.ui.writing.dialog import WriteDialog

        for parcel in self._chosen("shipment")[:1]:
            row = self._context.workspace.row("shipment", parcel)
            about = {"purpose": "on_its_way", "campaign": row.campaign, "parcel": parcel}
            WriteDialog(self._context, self.widget, row.creator, **about).open()

    def show_stuck(self) -> None:
        """Show the parcels that have not moved for too long."""
        from creator_crm.ui.seeding.parcels import ParcelsView

        self.show_tab("parcels")
        if isinstance(self.view, ParcelsView):
            self.view.as_stuck()

    def split(self) -> None:
        """Ask which pieces of the chosen parcel go later."""
        from creator_crm.ui.seeding.split import SplitDialog

        for parcel in self._chosen("shipment")[:1]:
            SplitDialog(self._context, self.widget, parcel).open()

    def track(self) -> None:
        from creator_crm.ui.seeding.parcel_panel import follow

        for parcel in self._chosen("shipment")[:1]:
            follow(self._context, parcel)

    def nudge(self) -> None:
        """Write to the creator about the post; for several parcels, plan a reminder of each."""
        from creator_crm.ui.writing.dialog import WriteDialog

        parcels = self._chosen("shipment")
        if len(parcels) > 1:
            from creator_crm.ui.seeding.reminders import RemindersDialog

            RemindersDialog(self._context, self.widget, parcels).open()
            return
        for parcel in parcels:
            row = self._context.workspace.row("shipment", parcel)
            about = {"purpose": "nudge", "campaign": row.campaign, "parcel": parcel}
            WriteDialog(self._context, self.widget, row.creator, **about).open()

    def extend(self) -> None:
        self._do("shipment", self._context.workspace.extend)

    def clocks(self) -> None:
        """Ask how long creators have to post."""
        from creator_crm.ui.seeding.reminders import ClocksDialog

        ClocksDialog(self._context, self.widget).open()

    def patience(self) -> None:
        """Ask after how many days a parcel is stuck."""
        from creator_crm.ui.seeding.reminders import PatienceDialog

        PatienceDialog(self._context, self.widget).open()

    def same_product(self) -> None:
        """Ask within how many days nobody should get the same."""
        from creator_crm.ui.seeding.own_rules import SameProductDialog

        SameProductDialog(self._context, self.widget).open()

    def tiers(self) -> None:
        """Ask which tiers of followers there are."""
        from creator_crm.ui.seeding.own_rules import TiersDialog

        TiersDialog(self._context, self.widget).open()

    def give_up(self) -> None:
        self._do("shipment", self._context.workspace.give_up)

    # Inside --------------------------------------------------------------------------------------------

    def _article(self) -> tuple[int, int | None]:
        """(product, variant) in front; (0, None) for none."""
        from creator_crm.ui.seeding.stock_tab import StockTab

        if isinstance(self.part, StockTab):
            one = self.part.chosen
            return (one.kept.product, one.kept.variant) if one else (0, None)
        product = self._chosen("product")
        return (product[0] if product else 0), None

    @override
    def _chosen(self, record: str) -> list[int]:
        from creator_crm.ui.seeding.no_post import NoPostTab

        if isinstance(self.part, NoPostTab):
            return self.part.selected() if record == "shipment" else []
        return super()._chosen(record)
