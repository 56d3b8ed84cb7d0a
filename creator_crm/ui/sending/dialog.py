"""Sending products to one or many creators: seen before it is done, done in one step to undo."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from creator_crm.compat import override
from creator_crm.domain.batches import Preview, Receiver
from creator_crm.domain.errors import UserError
from creator_crm.domain.query import Query
from creator_crm.domain.values.refused import ValueRefused
from creator_crm.services.batches import Batch, Shipped
from creator_crm.ui.sending.contents import Contents, Offered, telling_fields
from creator_crm.ui.sending.levels import Levels
from creator_crm.ui.sending.next_steps import NextSteps
from creator_crm.ui.sending.receiver_cells import Fate
from creator_crm.ui.sending.receivers import Receivers
from creator_crm.ui.sending.sources import AddFrom
from creator_crm.ui.shared import buttons, theme
from creator_crm.ui.shared.context import Context
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.form.dates import DateEditor
from creator_crm.ui.shared.form.editors import ChoiceEditor
from creator_crm.ui.shared.form.question import column_of, fill_with_records, lines
from creator_crm.ui.shared.jobs import Job, Progress, as_services_tell
from creator_crm.ui.shared.text import counted, tr

AT_ONCE = 50  # parcels; more are worked out and made beside the window
_CHIPS = {"draft": ("Draft", "grey"), "left_out": ("Left out", "red")}


class SendDialog(QDialog):
    """Asks for everything a parcel needs; `sent` gives the numbers of the parcels that were made."""

    sent = Signal(object)  # tuple[int, ...]

    def __init__(
        self, context: Context, parent: QWidget, creators: Sequence[int] = (), campaign: int | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Send a product"))
        self._context, self._workspace = context, context.workspace
        self._job: Job[Any] | None = None
        self._asked = 0
        self.preview: Preview | None = None
        shipment = self._workspace.catalogue["shipment"]
        self.people = Receivers(self._workspace, self)
        self.add_from = AddFrom(self._workspace, self)
        self.people.beside(self.add_from.button)
        self.contents = Contents(telling_fields(self._workspace.catalogue["creator"].fields), self)
        self.levels = Levels(self)
        self.campaign = QComboBox(self)
        self.campaign.setAccessibleName(tr("Campaign"))
        self.kind = ChoiceEditor(shipment.field("kind"), self, empty=False)
        self.kind.show_value("gift")
        self.service = QComboBox(self)
        self.service.setAccessibleName(tr("Carrier service"))
        self.ship_by = DateEditor(shipment.field("ship_by"), self)
        self.message = QLineEdit(self)
        self.message.setAccessibleName(tr("Gift message"))
        self.message.setPlaceholderText(tr("The same for all"))
        self.summary = plain_label("", "muted", wrap=True, parent=self)
        self.error = plain_label("", "error", wrap=True, parent=self)
        self.error.hide()
        self.bar = QProgressBar(self)
        self.bar.setAccessibleName(tr("How far it is"))
        self.bar.hide()
        self.cancel_button = buttons.button(tr("Cancel"), parent=self)
        self.send_button = buttons.button("", "truck", "primary", self)
        self._build()
        self._connect()
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)  # Enter chooses a creator; it must not send
        fill_with_records(self.campaign, self._workspace, "campaign", tr("No campaign"), campaign or 0)
        fill_with_records(self.service, self._workspace, "carrier_service", tr("Not chosen yet"), 0)
        self.contents.offer(offered(self._workspace))
        self.people.add(creators)
        self._update()
        (self.contents.lines[0].what if creators and self.contents.lines else self.people.who).setFocus()

    def send(self) -> None:
        """Make the parcels and close, or say in place why not."""
        try:
            batch = self._batch()
        except ValueRefused as refusal:
            self._refuse(refusal)
            return
        workspace, count = self._workspace, len(batch.creators)
        if count <= AT_ONCE:
            try:
                self._made(workspace.make_batch(batch, leave_out=True))
            except UserError as refusal:
                self._refuse(refusal)
            return

        def work(progress: Progress) -> Shipped:
            return workspace.make_batch(batch, leave_out=True, progress=as_services_tell(progress))

        self._wait(True)
        self._job = self._context.jobs.run(
            tr("Make {parcels}").format(parcels=counted(count, "parcel", "parcels")),
            work,
            done=self._made,
            failed=self._refuse,
            cancelled=lambda: self._wait(False),
            owner=self,
        )

    @override
    def reject(self) -> None:
        """Stop what is under way, else close."""
        if self._job is not None:
            self._job.cancel()
        else:
            super().reject()

    # Inside --------------------------------------------------------------------------------------------

    def _batch(self) -> Batch:
        said = self.ship_by.read()
        return Batch(
            self.contents.chosen,
            tuple(self.people.numbers),
            self.campaign.currentData() or None,
            kind=str(self.kind.read()),
            ship_by=said if isinstance(said, str) else None,
            service=self.service.currentData() or None,
            message=self.message.text().strip() or None,
        )

    def _update(self) -> None:
        """Work out anew what would become of it."""
        self.error.hide()
        self._asked += 1
        creators, contents = tuple(self.people.numbers), self.contents.chosen
        if not creators or not contents:
            self._show(None)
            return
        batch, asked = Batch(contents, creators), self._asked
        if len(creators) <= AT_ONCE:
            try:
                self._show(self._workspace.preview_batch(batch))
            except UserError as refusal:
                self._show(None)
                self._refuse(refusal)
            return

        def show(found: Preview) -> None:
            if asked == self._asked:
                self._show(found)

        def refuse(refusal: UserError) -> None:
            if asked == self._asked:
                self._show(None)
                self._refuse(refusal)

        self.send_button.setEnabled(False)
        self._context.jobs.run(
            tr("Look at the stock"),
            lambda _: self._workspace.preview_batch(batch),
            done=show,
            failed=refuse,
            owner=self,
        )

    def _show(self, preview: Preview | None) -> None:
        self.preview = preview
        receivers = preview.of() if preview else []
        self.people.tell(
            {one.creator: _fate(one) for one in receivers},
            [
                (tr("Left out"), frozenset(r.creator for r in receivers if r.outcome == "left_out")),
                (tr("Drafts"), frozenset(r.creator for r in receivers if r.outcome == "draft")),
                (tr("To look at"), frozenset(r.creator for r in receivers if r.warnings)),
            ],
        )
        self.levels.show_levels(preview.levels if preview else ())
        count = len(preview.of("ready", "draft")) if preview else 0
        label = tr("Make {parcels}").format(parcels=counted(count, "parcel", "parcels"))
        self.send_button.setText(f"{buttons.GAP}{label}")
        self.send_button.setAccessibleName(label)
        self.send_button.setEnabled(count > 0)
        self.summary.setText(self._in_short(preview))

    def _in_short(self, preview: Preview | None) -> str:
        if not self.contents.lines:
            return tr("There is no product yet. Add one on the Products tab of Seeding first.")
        if preview is None:
            return tr("Choose who gets a parcel.") if not self.people.numbers else ""
        pieces = sum(level.needed for level in preview.levels)
        drafts, left_out = len(preview.of("draft")), len(preview.of("left_out"))
        said = [tr("{pieces} leave the stock at once.").format(pieces=counted(pieces, "piece", "pieces"))]
        if drafts:
            said.append(
                tr("{drafts} until there is an address.").format(drafts=counted(drafts, "draft", "drafts"))
            )
        if left_out:
            said.append(tr("{count} left out.").format(count=counted(left_out, "creator", "creators")))
        if any(level.after < 0 for level in preview.levels):
            said[0] = tr("There is not enough stock for all.")
        return " ".join(said)

    def _made(self, done: Shipped) -> None:
        self._job = None
        self._context.tell_done(done.changes)
        for note in done.notes:
            self._context.tell(note, "warn")
        self.sent.emit(done.shipments)
        parent = self.parentWidget()
        self.accept()
        if len(done.shipments) > 1 and parent is not None:
            NextSteps(self._context, parent, done.shipments, done.notes).open()

    def _refuse(self, refusal: Exception) -> None:
        self._wait(False)
        self.error.setText(str(refusal))
        self.error.show()

    def _wait(self, waiting: bool) -> None:
        """Show how far it is instead of what was asked."""
        self._job = None if not waiting else self._job
        self.bar.setRange(0, 0)
        self.bar.setVisible(waiting)
        self.summary.setVisible(not waiting)
        self.send_button.setEnabled(not waiting)
        self.body.setEnabled(not waiting)
        self.cancel_button.setText(tr("Stop") if waiting else tr("Cancel"))

    def _on_moved(self, job: Job[Any]) -> None:
        if job is self._job and job.position[1]:
            self.bar.setRange(0, job.position[1])
            self.bar.setValue(job.position[0])

    def _on_found(self, creators: list[int], name: str) -> None:
        self.people.add(creators)
        if not creators:
            self._context.tell(tr("Nobody is in {name}.").format(name=name), "info")

    def _connect(self) -> None:
        self.people.changed.connect(self._update)
        self.contents.changed.connect(self._update)
        self.add_from.found.connect(self._on_found)
        self.cancel_button.clicked.connect(self.reject)
        self.send_button.clicked.connect(self.send)
        self._context.jobs.moved.connect(self._on_moved)

    def _build(self) -> None:
        form = lines(
            (tr("Campaign"), self.campaign),
            (tr("Kind"), self.kind),
            (tr("Carrier service"), self.service),
            (tr("Ship by"), self.ship_by),
            (tr("Gift message"), self.message),
        )
        left, right = QWidget(self), QWidget(self)
        who, what = QVBoxLayout(left), QVBoxLayout(right)
        for column in (who, what):
            column.setContentsMargins(0, 0, theme.S, 0)
            column.setSpacing(theme.S)
        who.addWidget(plain_label(tr("Who gets a parcel"), "section"))
        who.addWidget(self.people, 1)
        what.addWidget(plain_label(tr("What is in each"), "section"))
        what.addWidget(self.contents)
        what.addWidget(self.levels)
        what.addSpacing(theme.S)
        what.addLayout(form)
        what.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it follows what has the keyboard inside
        scroll.setWidget(right)
        self.body = QWidget(self)
        beside = QHBoxLayout(self.body)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(theme.L)
        beside.addWidget(left, 4)
        beside.addWidget(scroll, 5)
        foot = QHBoxLayout()
        for part in (self.summary, self.bar):
            foot.addWidget(part, 1)
        foot.addWidget(self.cancel_button)
        foot.addWidget(self.send_button)
        column = column_of(self, theme.S)
        column.addWidget(self.body, 1)
        column.addWidget(self.error)
        column.addLayout(foot)
        self.resize(820, 500)


def offered(workspace: Any) -> list[Offered]:
    """Everything that can be sent: products, and under each its variants that have an SKU."""
    products = workspace.rows("product", workspace.ids(Query("product", sort=("name",))))
    variants: dict[int, list[Any]] = {}
    for variant in workspace.rows("variant", workspace.ids(Query("variant", sort=("name",)))):
        if variant.sku:
            variants.setdefault(variant.product, []).append(variant)
    found = []
    for product in products:
        key = product.sku or product.uid
        found.append(Offered(product.name or "", product.id, None, product.stock or 0, key))
        found += [
            Offered(f"{product.name} · {v.name}", product.id, v.id, v.stock or 0, v.sku, v.name or "")
            for v in variants.get(product.id, ())
        ]
    return found


def _fate(one: Receiver) -> Fate:
    chip, tone = _CHIPS.get(one.outcome, ("", "grey"))
    return Fate(tr(chip) if chip else "", tone, " ".join(text for text in (one.why, *one.warnings) if text))
