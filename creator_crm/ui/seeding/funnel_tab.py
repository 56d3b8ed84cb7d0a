"""The Funnel tab: of who was sent a parcel, who got it, posted and sold, and what that cost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QStackedWidget, QWidget

from creator_crm.compat import override
from creator_crm.domain.funnel import BY, FunnelBy, Group, figures
from creator_crm.domain.metrics import Metric
from creator_crm.domain.scope import Scope
from creator_crm.ui.seeding.funnel_model import COLUMNS, NAME, NO_POST, SENT, FunnelModel
from creator_crm.ui.shared import buttons, theme
from creator_crm.ui.shared.chart_frame import ChartFrame
from creator_crm.ui.shared.context import Context
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.explain import Explained
from creator_crm.ui.shared.figure_cards import FigureCards
from creator_crm.ui.shared.figure_text import interval_text
from creator_crm.ui.shared.jobs import Progress
from creator_crm.ui.shared.layouts import fill_page, page_head, scrolling
from creator_crm.ui.shared.period import USUAL, PeriodPicker
from creator_crm.ui.shared.rereading import Rereading
from creator_crm.ui.shared.table.empty import Empty
from creator_crm.ui.shared.table.plain import PlainTable
from creator_crm.ui.shared.text import counted, tr
from creator_crm.ui.shared.views_page import ReadTab

if TYPE_CHECKING:
    from creator_crm.services.workspace import Workspace

CONCERNS = ("shipment", "shipment_item", "deliverable", "order", "order_line", "code", "creator", "setting")
KEPT, KEPT_BY = "seeding_funnel_period", "seeding_funnel_by"
LABELS = {
    "campaign": "Campaign",
    "product": "Product",
    "tier": "Tier",
    "niche": "Niche",
    "creator": "Creator",
}
ROWS_SHOWN = 12  # of the table before it scrolls by itself
CHART_HIGH = 250


@dataclass(frozen=True, slots=True)
class Found:
    """What was read at once: the whole, and its groups."""

    whole: Group
    groups: Sequence[Group]
    anything: bool


class FunnelTab(ReadTab):
    """Figures and chart of the whole, and the same of each group below; both are read as one job."""

    concerns = CONCERNS
    parcels_wanted = Signal(object)  # the Scope whose parcels somebody wants to see
    no_post_wanted = Signal(str, object)  # what the parcels have in common, and their numbers
    shown = Signal()  # the figures on the screen are those of now

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("funnel_tab")
        self._context, self._workspace = context, context.workspace
        self._reading = Rereading(context.jobs, self, self._read)
        self._whole = Group()
        kept = context.state.text(KEPT, "365")
        self.periods = PeriodPicker(self._workspace.catalogue, kept if kept != "own" else USUAL, self)
        self.by = QComboBox(self)
        self.by.setAccessibleName(tr("By"))
        for name in BY:
            self.by.addItem(tr(LABELS[name]), name)
        self.by.setCurrentIndex(max(self.by.findData(context.state.text(KEPT_BY, "campaign")), 0))
        self.tiers_button = buttons.action_button(context.actions, "seeding.tiers", "quiet", self)
        self.cards = FigureCards(self)
        self.chart = ChartFrame(context, self)
        self.chart.canvas.setFixedHeight(CHART_HIGH)
        self.model = FunnelModel(self)
        self.table = PlainTable(self.model, tr("The funnel apart by what you chose"), self)
        self.note = plain_label("", "muted", wrap=True, parent=self)
        self.nothing = Empty(self)
        self.stack = QStackedWidget(self)
        self._build()
        self._connect()

    # What the page asks --------------------------------------------------------------------------------

    def scenes(self) -> list[tuple[str, Callable[[], object]]]:
        return [("figure", partial(self.explain, "post_rate"))]

    # What the user does --------------------------------------------------------------------------------

    def explain(self, name: str, row: int = -1) -> None:
        """Open the formula, the inputs and the way to the rows of a figure: of the whole, or of a group."""
        group = self._whole if row < 0 else self.model.groups[row]
        by_name = {one.name: one for one in figures(group)}
        figure = by_name.get(name) if row < 0 else self.model.figure(row, name)
        if figure is None or any(dialog.isVisible() for dialog in self.findChildren(Explained)):
            return
        about = " · ".join(
            part for part in (group.name, self.periods.period.words() or tr("All time")) if part
        )
        see = {"shipment": tr("See the parcels")} if row < 0 else {}
        if group.no_post:
            see["no_post"] = tr("See who has not posted")
        dialog = Explained(figure, about, (tr("Counted"), _behind(group)), see, self)
        dialog.rows_wanted.connect(partial(self._show_rows, row))
        dialog.open()

    def show_no_post(self, row: int = -1) -> None:
        """Go to the parcels of a group, or of all, that led to no post."""
        group = self._whole if row < 0 else self.model.groups[row]
        by, scope = self._by if row >= 0 else "", self._scope

        def read(_: Progress) -> list[int]:
            return self._workspace.parcels_without_post(scope, by, group.part)

        if group.no_post:
            self._context.jobs.run(
                tr("Looking for the parcels"),
                read,
                done=lambda numbers: self.no_post_wanted.emit(group.name, numbers),
                owner=self,
                can_cancel=False,
            )

    # Inside --------------------------------------------------------------------------------------------

    @property
    def _by(self) -> FunnelBy:
        chosen: FunnelBy = self.by.currentData()
        return chosen

    @property
    def _scope(self) -> Scope:
        period = self.periods.period
        return Scope(campaign=self._campaign, since=period.since, until=period.until)

    @override
    def _read(self) -> None:
        """Have everything read again; what changes meanwhile is read once, afterwards."""
        self._reading.read(
            tr("Working out the funnel"),
            partial(_read, self._workspace, self._scope, self._by),
            self._take,
            lambda refusal: self._context.tell(str(refusal), "error"),
        )

    def _take(self, found: Found) -> None:
        from creator_crm.reporting.data import SeedingFunnel

        self._whole = found.whole
        self.stack.setCurrentIndex(0 if found.anything else 1)
        self.periods.setVisible(found.anything)
        every = figures(found.whole)
        self.cards.keep([one.name for one in every])
        for one in every:
            self.cards.cards[one.name].show_metric(one, self._said(one, found.whole))
        steps = found.whole.creators
        self.chart.show_data(SeedingFunnel(steps.sent, steps.delivered, steps.posted, steps.sold))
        self.model.show(found.groups, self.by.currentText(), of_parcels=self._by == "creator")
        if found.groups:
            self.table.setCurrentIndex(self.model.index(0, 0))
        self._fit_table()
        self._tell_note(found)
        self.shown.emit()

    def _said(self, one: Metric, whole: Group) -> str:
        """The word below a figure."""
        return {
            "sent": counted(whole.left, "parcel", "parcels"),
            "no_post": counted(whole.ghosted, "given up on", "given up on"),
            "lost": counted(whole.returned, "came back", "came back"),
            "cost_per_parcel_post": counted(whole.posts, "post for these parcels", "posts for these parcels"),
            "revenue_after_posts": counted(whole.main.orders, "order", "orders"),
        }.get(one.name) or interval_text(one, short=True)

    def _tell_note(self, found: Found) -> None:
        self.tiers_button.setVisible(self._by == "tier")
        told = []
        if self._by == "creator":
            told.append(tr("Steps are counted in parcels here."))
        elif self._by in ("campaign", "product"):
            told.append(tr("A creator with parcels in several groups is counted in each of them."))
        others = list(found.whole.facts)[1:]
        if others:
            sentence = tr("Amounts are in {main}; what was spent or sold in {others} is not in them.")
            told.append(sentence.format(main=found.whole.main.currency, others=", ".join(others)))
        self.note.setText(" ".join(told))
        self.note.setVisible(bool(told))

    def _show_rows(self, row: int, record: str) -> None:
        if record == "no_post":
            self.show_no_post(row)
        else:
            self.parcels_wanted.emit(self._scope)

    def _fit_table(self) -> None:
        """As high as its rows, up to some: the page scrolls, not the table within it."""
        rows = min(max(self.model.rowCount(), 1), ROWS_SHOWN)
        header, line = self.table.horizontalHeader(), self.table.verticalHeader().defaultSectionSize()
        bar = self.table.horizontalScrollBar().sizeHint().height()
        self.table.setFixedHeight(header.sizeHint().height() + rows * line + bar + 4)

    def _on_cell(self, index: QModelIndex) -> None:
        name = COLUMNS[index.column()][0]
        if name == NO_POST:
            self.show_no_post(index.row())
        elif name not in (NAME, SENT):
            self.explain(name, index.row())

    def _on_activated(self, index: QModelIndex) -> None:
        """Enter on a line explains its post rate; on a cell with a figure, that one."""
        name = COLUMNS[index.column()][0]
        if name == NO_POST:
            self.show_no_post(index.row())
        else:
            self.explain(name if self.model.figure(index.row(), name) else "post_rate", index.row())

    def _on_chosen(self) -> None:
        self._context.state.remember(KEPT, self.periods.name)
        self._context.state.remember(KEPT_BY, self._by)
        self._read()

    def _connect(self) -> None:
        self.periods.changed.connect(self._on_chosen)
        self.by.currentIndexChanged.connect(self._on_chosen)
        self.cards.wanted.connect(self.explain)
        self.table.clicked.connect(self._on_cell)
        self.table.activated.connect(self._on_activated)
        self.nothing.button.clicked.connect(self._context.actions["seeding.send"].trigger)

    def _build(self) -> None:
        head = page_head(tr("Seeding funnel"), self.periods)
        for section, (_, _, width) in enumerate(COLUMNS):
            self.table.setColumnWidth(section, width)
        self.table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        chooser = QHBoxLayout()
        chooser.setSpacing(theme.S)
        chooser.addWidget(plain_label(tr("By"), "section"))
        chooser.addWidget(self.by)
        chooser.addWidget(self.tiers_button)
        chooser.addStretch(1)
        self.area, inside = scrolling(tr("Seeding funnel"), theme.M, self)
        for part in (self.cards, self.chart):
            inside.addWidget(part)
        inside.addLayout(chooser)
        inside.addWidget(self.table)
        inside.addWidget(self.note)
        inside.addStretch(1)
        self.nothing.say(
            tr("No parcel has left yet. From the first one on, you see here who got it, posted and sold."),
            tr("New parcel"),
            "truck",
        )
        self.stack.addWidget(self.area)
        self.stack.addWidget(self.nothing)
        fill_page(self, head, self.stack)
        self.setFocusProxy(self.periods.names)


def _read(workspace: Workspace, scope: Scope, by: FunnelBy, _: Progress) -> Found:
    from creator_crm.domain.query import Query

    anything = bool(workspace.ids(Query("shipment", limit=1)))
    return Found(*workspace.funnel_by(by, scope), anything)


def _behind(group: Group) -> QWidget:
    steps = group.creators
    told = [
        counted(group.left, "parcel", "parcels"),
        counted(steps.delivered, "creator who got one", "creators who got one"),
        counted(group.posts, "live post that answers them", "live posts that answer them"),
        counted(group.main.orders, "order after them", "orders after them"),
    ]
    return plain_label(", ".join(told), wrap=True)
