"""One parcel in full: its next steps, what is in it, where it goes, and its dates."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from creator_crm.compat import override
from creator_crm.domain.errors import UserError
from creator_crm.domain.fields import Row
from creator_crm.services.tracking import tracking_of
from creator_crm.ui.seeding.steps import Steps
from creator_crm.ui.shared import buttons, theme
from creator_crm.ui.shared.context import Context
from creator_crm.ui.shared.dialogs import open_link, plain_label
from creator_crm.ui.shared.form.sections import Section
from creator_crm.ui.shared.panel.panel import RecordPanel
from creator_crm.ui.shared.panel.parts import PartsList
from creator_crm.ui.shared.text import tr

SECTIONS = (
    Section(
        "Carrier",
        (
            "tracking_number",
            "carrier_service",
            "carrier",
            "service",
            "postage",
            "duties",
            "currency",
            "ship_by",
        ),
    ),
    Section(
        "Address on that day",
        ("recipient", "street", "street_2", "city", "region", "postcode", "country", "phone"),
    ),
    Section(
        "Dates",
        ("approved_on", "packed_on", "shipped_on", "scanned_on", "delivered_on", "returned_on", "lost_on"),
    ),
    Section("Post", ("no_post_expected", "nudges", "nudged_on", "extended_on", "ghosted_on")),
    Section("More", ("number", "campaign", "kind", "customs_value", "weight", "gift_message", "notes")),
)


class ParcelPanel(RecordPanel):
    """The record panel of a parcel, with its steps above the tabs."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        self._context = context
        source = context.workspace
        super().__init__(
            source,
            "shipment",
            parent,
            chips=("status", "kind"),
            caption=("contents", "shipped_on"),
            sections=SECTIONS,
        )
        self.odd = plain_label("", "muted", wrap=True, parent=self)
        self.odd.setContentsMargins(theme.M, 0, theme.M, 0)
        self.steps = Steps(source, self)
        self.put_above(self.steps)
        self.put_above(self.odd)
        items = PartsList(
            source, "shipment_item", "shipment", names=("product", "quantity", "variant", "unit_cost")
        )
        self.split_button = buttons.action_button(context.actions, "seeding.split", "quiet", items)
        items.beside(self.split_button)
        self.add_tab(tr("Items"), items, 0)
        self.tabs.setCurrentIndex(0)
        self.steps.wanted.connect(self._advance)
        self.steps.track_wanted.connect(self.follow)
        self.steps.again_wanted.connect(lambda: reship(context, self.id))
        self.steps.letting_go_wanted.connect(lambda: let_go(context, self.id))
        self.steps.show_parcel(None)

    @override
    def _show_header(self, row: Row | None) -> None:
        super()._show_header(row)
        if "steps" in vars(self):
            called_off = row is not None and self._context.workspace.is_called_off(row)
            self.steps.show_parcel(row, called_off=called_off)
            self._tell_what_is_odd(row, called_off)

    def follow(self) -> None:
        """Open the carrier's page of this parcel."""
        follow(self._context, self.id)

    def _tell_what_is_odd(self, row: Row | None, called_off: bool) -> None:
        """As long as the parcel is here: that the shop wants it no more, else what customs will ask for."""
        status = getattr(row, "status", None)
        here = row is not None and status in (None, "draft", "approved", "packed")
        said = self._context.workspace.parcel_remarks(self.id) if here and not called_off else ()
        if called_off:
            said = (tr("The sample order was cancelled in the shop, so this parcel need not be sent."),)
        self.odd.setText("\n".join(said))
        self.odd.setVisible(bool(said))

    def _advance(self, status: str, on: str) -> None:
        self.form.flush()
        try:
            self._context.tell_done(self._context.workspace.advance([self.id], status, on))
        except UserError as refusal:
            self.failed.emit(str(refusal))


def reship(context: Context, parcel: int) -> None:
    """Send once more what a lost or returned parcel held, or say why not."""
    try:
        done = context.workspace.reship(parcel)
    except UserError as refusal:
        context.tell(str(refusal), "error")
        return
    context.tell_done(done.changes)
    for note in done.notes:
        context.tell(note, "info")


def let_go(context: Context, parcel: int) -> None:
    """Do not send a parcel, or say why that is too late."""
    try:
        context.tell_done(context.workspace.let_go([parcel]))
    except UserError as refusal:
        context.tell(str(refusal), "error")


def follow(context: Context, parcel: int) -> None:
    """Open the carrier's page of a parcel, or say why there is none."""
    row = context.workspace.row("shipment", parcel)
    found = tracking_of(row) if row is not None else None
    if found is None:
        context.tell(tr("There is no tracking number yet; write it on the parcel."), "info")
    elif not open_link(found.url):
        context.tell(tr("No carrier's page is known for {number}.").format(number=found.number), "info")
