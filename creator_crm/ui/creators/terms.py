"""The terms of a collaboration: what is made, until when, how it may be used, what if it goes wrong."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from creator_crm.domain.errors import UserError
from creator_crm.ui.shared import buttons, theme
from creator_crm.ui.shared.context import Context
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.form.form import RecordForm
from creator_crm.ui.shared.form.sections import Section
from creator_crm.ui.shared.layouts import scrolled
from creator_crm.ui.shared.text import tr

SECTIONS = (
    Section("Agreement", ("status", "sent_on", "signed_on")),
    Section("What they make", ("deliverables", "scope", "posting_from", "posting_until", "stays_up_days")),
    Section("Money beside the fee", ("commission", "payment_days", "kill_fee")),
    Section("What you may do with it", ("usage", "usage_channels", "rights_until")),
    Section("What they leave aside", ("exclusivity", "exclusive_until")),
    Section("Approval", ("approval_rounds", "approval_hours", "disclosure")),
    Section("If it goes wrong", ("sample_return", "cancellation")),
    Section("Notes", ("notes",)),
)


class TermsTab(QWidget):
    """The terms of one collaboration as a form that saves itself, or one button to begin them."""

    failed = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = context.workspace
        self._collaboration = 0
        self.nothing = plain_label("", "muted", True, self)
        self.begin_button = buttons.button(tr("Write the terms down"), "file-text", "", self)
        self.remove_button = buttons.button(tr("Remove the terms"), "trash-2", "quiet", self)
        self.form = RecordForm(self._workspace, "terms", sections=SECTIONS, saves=True)
        self.stack = QStackedWidget(self)
        self._build()
        self.begin_button.clicked.connect(self.begin)
        self.remove_button.clicked.connect(self.remove)

    def show_row(self, id: int) -> None:
        """Show the terms of a collaboration, 0 for none."""
        self._collaboration = id
        found = self._workspace.parts("terms", id) if id else []
        self.form.set_row(found[0] if found else None)
        self.stack.setCurrentIndex(1 if found else 0)
        said = "Nothing is written down beside the fee: what is made, until when, what you may do with it."
        self.nothing.setText(tr(said if id else "Choose a campaign above to see its terms."))
        self.begin_button.setVisible(id != 0)

    def begin(self) -> None:
        """Begin the terms as a draft, with what is usual already in it."""
        if self._collaboration:
            self._try(lambda: self._workspace.add("terms", {"collaboration": self._collaboration}))
            self.form.focus_first()

    def remove(self) -> None:
        """Move the terms to the trash."""
        if self.form.row is not None:
            number = self.form.row.id
            self._try(lambda: self._workspace.trash("terms", [number]))

    def _try(self, work: Callable[[], object]) -> None:
        try:
            work()
        except UserError as refusal:
            self.failed.emit(str(refusal))
        self.show_row(self._collaboration)

    def _build(self) -> None:
        empty = QWidget()
        above = QVBoxLayout(empty)
        above.setContentsMargins(theme.M, theme.M, theme.M, theme.M)
        above.setSpacing(theme.M)
        above.addWidget(self.nothing)
        above.addWidget(self.begin_button, 0, Qt.AlignmentFlag.AlignLeft)
        above.addStretch(1)
        body = QWidget()
        inside = QVBoxLayout(body)
        inside.setContentsMargins(theme.M, theme.M, theme.M, theme.M)
        inside.addWidget(self.form)
        row = QHBoxLayout()
        row.addWidget(self.remove_button)
        row.addStretch(1)
        inside.addLayout(row)
        area = scrolled(body, tr("Terms"))
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.stack.addWidget(empty)
        self.stack.addWidget(area)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack)
