"""The panels of a code and of a payment, each with what one wants to know of it first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QVBoxLayout, QWidget

from creator_crm.compat import override
from creator_crm.domain.changes import Changes
from creator_crm.domain.errors import UserError
from creator_crm.domain.fields import Row
from creator_crm.domain.values.money import exponent
from creator_crm.ui.shared import buttons, theme
from creator_crm.ui.shared.context import Context
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.form.sections import Section
from creator_crm.ui.shared.panel.panel import RecordPanel
from creator_crm.ui.shared.text import counted, money, tr
from creator_crm.ui.shared.when import how_urgent

_CODE = (
    Section("", ("code", "status", "creator", "campaign", "product")),
    Section("What it gives", ("kind", "percent_off", "amount_off", "currency", "commission")),
    Section("Link", ("link", "utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content")),
    Section("When", ("starts_on", "ends_on", "leaked_on")),
    Section("Notes", ("notes",)),
)
_PAYMENT = (
    Section("", ("creator", "payee", "amount", "currency", "kind", "status")),
    Section("When", ("due_on", "paid_on")),
    Section("For", ("campaign", "deliverable")),
    Section("Proof", ("invoice_number", "method", "reference", "notes")),
)


class _Said(RecordPanel):
    """A record panel with a sentence of its own below the chips."""

    def _add_sentence(self, *more: QWidget) -> None:
        self.sentence = plain_label("", "muted", True, self)
        above = QWidget(self)
        inside = QVBoxLayout(above)
        inside.setContentsMargins(theme.M, 0, theme.M, 0)
        inside.setSpacing(theme.S)
        for part in (self.sentence, *more):
            inside.addWidget(part)
        self.put_above(above)

    @override
    def _show_header(self, row: Row | None) -> None:
        super()._show_header(row)
        if "sentence" in vars(self):
            self.sentence.setText(self._sentence(row) if row is not None else "")
            self.sentence.setVisible(bool(self.sentence.text()))

    def _sentence(self, row: Row) -> str:
        """What to say of a row; nothing unless a panel knows better."""
        return ""


class CodePanel(_Said):
    """A code, and what it sold."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        self._workspace = context.workspace
        super().__init__(
            context.workspace,
            "code",
            parent,
            chips=("status", "kind"),
            caption=("creator", "campaign"),
            sections=_CODE,
        )
        self._add_sentence()

    @override
    def _sentence(self, row: Row) -> str:
        told = []
        for found in self._workspace.codes():
            if found.code == row.id and found.orders:
                decimals = exponent(found.currency)
                sentence = tr("{orders} for {revenue} after refunds, {discount} given off.")
                told.append(
                    sentence.format(
                        orders=counted(found.orders, "order", "orders"),
                        revenue=money(found.revenue, found.currency, decimals),
                        discount=money(found.discount, found.currency, decimals),
                    )
                )
        return " ".join(told) or tr("Nobody has bought with this code yet.")


class PaymentPanel(_Said):
    """A payment, how urgent it is, and the one thing to do with it."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        self._context = context
        super().__init__(
            context.workspace,
            "payment",
            parent,
            chips=("status", "kind"),
            caption=("amount", "campaign"),
            sections=_PAYMENT,
        )
        self.pay_button = buttons.button(tr("Mark as paid"), "check", "primary", self)
        self.pay_button.clicked.connect(self._pay)
        self._add_sentence(self.pay_button)

    @override
    def _show_header(self, row: Row | None) -> None:
        super()._show_header(row)
        if "sentence" in vars(self):
            self.pay_button.setVisible(getattr(row, "status", "") in ("due", "overdue"))

    @override
    def _sentence(self, row: Row) -> str:
        due_on, status = getattr(row, "due_on", None), getattr(row, "status", "")
        if due_on is None or status not in ("due", "overdue"):
            return ""
        words, _ = how_urgent(due_on, date.today().isoformat())
        return tr("To be paid: {when}.").format(when=words[:1].lower() + words[1:])

    def _pay(self) -> None:
        self.form.flush()
        try:
            self._context.tell_done(pay(self._context, [self.id]))
        except UserError as refusal:
            self.failed.emit(str(refusal))


def pay(context: Context, payments: Sequence[int]) -> Changes:
    """Note that payments were made today. Raises UserError."""
    paid = {"status": "paid", "paid_on": date.today().isoformat()}
    what = counted(len(payments), "payment", "payments")
    label = tr("Mark {payments} as paid").format(payments=what)
    return context.workspace.edit("payment", dict.fromkeys(payments, paid), label)
