"""Who is in which campaign on what terms: the tab of its own, and the same in the panel of a creator."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from creator_crm.ui.creators.terms import TermsTab
from creator_crm.ui.shared.context import Context
from creator_crm.ui.shared.form.sections import Section
from creator_crm.ui.shared.panel.panel import RecordPanel
from creator_crm.ui.shared.panel.parts import PartsList
from creator_crm.ui.shared.records_view import RecordsView, Shape
from creator_crm.ui.shared.text import tr

SHAPE = Shape(
    record="collaboration",
    title="Collaborations",
    sort="-agreed_on",
    board="status",
    empty=(
        "Nobody is in a campaign yet. Here stands what you agreed with whom, for which campaign.",
        "Add a collaboration",
        "list.add",
    ),
    actions=("creators.write", "creators.ship"),
    cards=("creator", "fee", "campaign"),
    columns=("creator", "campaign", "status", "agreed_on", "fee", "owner", "notes"),
)
SECTIONS = (
    Section("", ("campaign", "status", "owner", "agreed_on", "fee", "currency")),
    Section("Notes", ("notes",)),
)


class CollaborationPanel(RecordPanel):
    """The record panel of a collaboration, with its terms."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(
            context.workspace,
            "collaboration",
            parent,
            chips=("status",),
            caption=("fee", "owner"),
            sections=SECTIONS,
        )
        self.terms = TermsTab(context, self)
        self.add_tab(tr("Terms"), self.terms, 1)

    def scenes(self) -> list[tuple[str, Callable[[], object]]]:
        """What the self-test looks at."""
        return [("terms", partial(self.tabs.setCurrentWidget, self.terms))]


class CampaignsTab(QWidget):
    """The campaigns of one creator above, the terms of the one in front below."""

    failed = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        names = ("campaign", "status", "fee", "agreed_on")
        self.list = PartsList(context.workspace, "collaboration", "creator", self, names, SECTIONS)
        self.terms = TermsTab(context, self)
        self.splitter = QSplitter(Qt.Orientation.Vertical, self)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.list)
        self.splitter.addWidget(self.terms)
        self.splitter.setSizes([170, 330])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.splitter)
        for part in (self.list, self.terms):
            part.failed.connect(self.failed)
        self.list.grid.selectionModel().currentRowChanged.connect(lambda *_: self._show_terms())

    def show_row(self, id: int) -> None:
        """Show the campaigns of a creator, 0 for none; the newest one's terms."""
        self.list.show_row(id)
        ids = self.list.model.ids
        if len(ids) and not self.list.grid.currentIndex().isValid():
            self.list.grid.setCurrentIndex(self.list.model.index(len(ids) - 1, 0))
        self.terms.setVisible(len(ids) > 0)
        self._show_terms()

    def _show_terms(self) -> None:
        row, ids = self.list.grid.currentIndex().row(), self.list.model.ids
        self.terms.show_row(ids[row] if 0 <= row < len(ids) else 0)


def collaborations_view(context: Context) -> RecordsView:
    """The tab of the collaborations."""
    return RecordsView(context, SHAPE, CollaborationPanel)
