"""What holds for the whole list: its kind of records, the platform, the currency, the day of its figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from creator_crm.domain.accounts import PLATFORMS
from creator_crm.domain.campaigns import CURRENCIES
from creator_crm.domain.fields import Field, Kind
from creator_crm.domain.values.refused import ValueRefused
from creator_crm.services.imports import NAME_AND_HANDLE, Proposal
from creator_crm.ui.shared import theme
from creator_crm.ui.shared.form.dates import DateEditor
from creator_crm.ui.shared.form.editors import say_invalid
from creator_crm.ui.shared.labels import Labelled
from creator_crm.ui.shared.table.flow import Flow
from creator_crm.ui.shared.text import tr

_DAY = Field(name="measured_on", label="The figures are of", kind=Kind.DATE)
_OF_AN_ACCOUNT = ("account.handle", "account_metrics.followers", NAME_AND_HANDLE)


class WholeList(QWidget):
    """One line of choices; those that the file does not need are not there."""

    changed = Signal(object)  # Proposal
    shape_chosen = Signal(str)

    def __init__(self, shapes: dict[str, str], parent: QWidget | None = None) -> None:
        """`shapes`: what a list can be of, by the word for it."""
        super().__init__(parent)
        self._proposal: Proposal | None = None
        self.shape = QComboBox(self)
        self.shape.setAccessibleName(tr("Each row is"))
        for shape, label in shapes.items():
            self.shape.addItem(label, shape)
        self.platform = QComboBox(self)
        self.platform.setAccessibleName(tr("Platform"))
        self.currency = QComboBox(self)
        self.currency.setAccessibleName(tr("Amounts are in"))
        for choice in CURRENCIES:
            self.currency.addItem(choice.label, choice.value)
        self.day = DateEditor(_DAY, self)
        self.day.setMaximumWidth(150)
        row = Flow(self, gap=theme.S)
        self._labelled = {
            control: Labelled(control, self)
            for control in (self.shape, self.platform, self.currency, self.day)
        }
        for pair in self._labelled.values():
            row.addWidget(pair)
        self.shape.activated.connect(lambda _: self.shape_chosen.emit(self.shape.currentData()))
        self.platform.activated.connect(self._on_platform)
        self.currency.activated.connect(self._on_currency)
        self.day.committed.connect(self._on_day)

    @property
    def needs_platform(self) -> bool:
        """Whether only a person can say where the handles are from, and has not yet."""
        proposal = self._proposal
        return proposal is not None and _speaks_of_accounts(proposal) and not proposal.platform

    def reasons(self) -> str:
        """Why the platform, the currency and the day are those, in one line."""
        proposal = self._proposal
        if proposal is None:
            return ""
        told = []
        if proposal.platform and proposal.platform_why and _speaks_of_accounts(proposal):
            told.append(f"{self.platform.accessibleName()}: {proposal.platform_why}.")
        if proposal.names_no_currency and not proposal.currency:
            told.append(tr("The file names no currency; choose the one its amounts are in."))
        if proposal.measured_why and not self._labelled[self.day].isHidden():
            told.append(tr("Day of the figures: {why}.").format(why=proposal.measured_why))
        return "  ".join(told)

    def show_proposal(self, proposal: Proposal) -> None:
        self._proposal = proposal
        with QSignalBlocker(self.shape):
            self.shape.setCurrentIndex(max(self.shape.findData(proposal.shape), 0))
        self._show_platform(proposal)
        self._labelled[self.currency].setVisible(proposal.names_no_currency)
        with QSignalBlocker(self.currency):
            counted_in = proposal.currency or proposal.usual_currency
            self.currency.setCurrentIndex(max(self.currency.findData(counted_in), 0))
        figures = any(c.target.startswith("account_metrics.") for c in proposal.columns)
        dated = figures and not proposal.of("account_metrics.measured_on")
        self._labelled[self.day].setVisible(dated)
        if not self.day.hasFocus():
            self.day.show_value(proposal.measured_on or None)
        say_invalid(self.day, "")

    def _show_platform(self, proposal: Proposal) -> None:
        self._labelled[self.platform].setVisible(_speaks_of_accounts(proposal))
        with QSignalBlocker(self.platform):
            self.platform.clear()
            if not proposal.platform:
                self.platform.addItem(tr("Choose…"), "")
            for choice in PLATFORMS:
                self.platform.addItem(tr(choice.label), choice.value)
            self.platform.setCurrentIndex(max(self.platform.findData(proposal.platform), 0))
        say_invalid(self.platform, tr("Choose the platform.") if self.needs_platform else "")

    def _on_platform(self, _index: int) -> None:
        chosen = self.platform.currentData()
        if self._proposal is not None and chosen:
            self._tell(replace(self._proposal, platform=chosen, platform_why=tr("you said so")))
            say_invalid(self.platform, "")

    def _on_currency(self, _index: int) -> None:
        if self._proposal is not None:
            self._tell(replace(self._proposal, currency=self.currency.currentData()))

    def _on_day(self) -> None:
        if self._proposal is None:
            return
        try:
            day = self.day.read()
        except ValueRefused as refusal:
            say_invalid(self.day, str(refusal))
            return
        chosen = str(day) if day else date.today().isoformat()
        self._tell(replace(self._proposal, measured_on=chosen, measured_why=tr("you said so")))

    def _tell(self, proposal: Proposal) -> None:
        self._proposal = proposal
        self.changed.emit(proposal)


def _speaks_of_accounts(proposal: Proposal) -> bool:
    """Whether there are handles or figures whose platform no column gives."""
    taken = any(proposal.of(target) for target in _OF_AN_ACCOUNT)
    return proposal.shape == "creators" and taken and not proposal.of("account.platform")
