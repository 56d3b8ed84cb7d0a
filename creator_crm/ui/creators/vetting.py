"""Vetting: every look that was taken at a creator, and how they compare with who you look for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from creator_crm.compat import override
from creator_crm.domain.errors import UserError
from creator_crm.ui.shared import buttons, theme
from creator_crm.ui.shared.context import Context
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.explain import Explained
from creator_crm.ui.shared.figure_cards import FigureCard
from creator_crm.ui.shared.figure_text import interval_text
from creator_crm.ui.shared.form.sections import Section
from creator_crm.ui.shared.line_list import Line, LineList
from creator_crm.ui.shared.panel.parts import PartsList
from creator_crm.ui.shared.records_view import RecordsView, Shape
from creator_crm.ui.shared.table.formatting import display
from creator_crm.ui.shared.text import tr

if TYPE_CHECKING:
    from creator_crm.domain.fit import Point

SECTIONS = (
    Section("", ("verdict", "reviewed_on", "reviewer", "good_until")),
    Section(
        "Figures on that day",
        ("engagement", "views_per_follower", "paid_share", "follower_jump", "jump_explained"),
    ),
    Section(
        "Under the posts",
        (
            *("comments_read", "comments_intent", "comments_questions"),
            *("comments_generic", "comments_repeated", "comments_emoji_only"),
        ),
    ),
    Section("Brand safety", ("brand_safety",)),
    Section("Notes", ("notes",)),
)
VETTING = Shape(
    record="vetting",
    title="Vetting",
    sort="-reviewed_on",
    board="verdict",
    empty=(
        "Nobody was vetted yet. Look at the comments, the figures and the past before you agree on anything.",
        "Vet a creator",
        "list.add",
    ),
    actions=("creators.write",),
    cards=("creator", "reviewed_on", "reviewer"),
    columns=("creator", "verdict", "reviewed_on", "good_until", "engagement", "reviewer", "notes"),
    chips=("verdict",),
    caption=("reviewer", "good_until"),
    sections=SECTIONS,
)
_PROFILE = (
    Section("", ("name", "campaign")),
    Section("What they talk about", ("niches", "tones", "languages", "formats")),
    Section("Who watches them", ("audience_countries", "age_bands")),
    Section("Figures", ("engagement_floor", "least_views")),
    Section("Notes", ("notes",)),
)
PROFILES = Shape(
    record="ideal_profile",
    title="Who we look for",
    sort="name",
    empty=(
        "Say once whom a campaign needs: topic, tone, audience. Every creator is compared with it.",
        "Describe whom you look for",
        "list.add",
    ),
    columns=("name", "campaign", "niches", "audience_countries", "engagement_floor", "languages", "notes"),
    chips=("niches",),
    caption=("campaign",),
    sections=_PROFILE,
)
VERDICTS = {True: ("Fits", "green"), False: ("Does not fit", "red"), None: ("Not known", "grey")}


class VettingList(PartsList):
    """The looks taken at one creator; a new one begins with the figures of today."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        workspace = context.workspace
        names = ("reviewed_on", "verdict", "good_until", "reviewer")
        super().__init__(workspace, "vetting", "creator", parent, names, SECTIONS)
        self._workspace = workspace
        self.add_button.setText(f"{buttons.GAP}{tr('Vet now')}")
        self.add_button.setAccessibleName(tr("Vet now"))
        self.add_button.clicked.disconnect()
        self.add_button.clicked.connect(self.vet)
        self.nothing.setText(tr("Not vetted yet."))

    def vet(self) -> None:
        """Begin to look at the creator, or go on with what was begun today."""
        try:
            number = self._workspace.vet(self._id)
        except UserError as refusal:
            self.failed.emit(str(refusal))
            return
        self.show_row(self._id)
        self.grid.setCurrentIndex(self.model.index(list(self.model.ids).index(number), 0))
        self.open_current()


class FitTab(QWidget):
    """One ideal profile, and for each of its points what a creator has of it."""

    failed = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = context.workspace
        self._creator = 0
        self.profile = QComboBox(self)
        self.profile.setAccessibleName(tr("Who we look for"))
        self.said = plain_label("", "muted", True, self)
        self.list = LineList(tr("Point by point"), self)
        self.reliability = FigureCard(self)
        self.reliability.clicked.connect(self.explain)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.M, theme.M, theme.M, theme.M)
        column.setSpacing(theme.S)
        column.addWidget(self.reliability)
        column.addWidget(self.profile)
        column.addWidget(self.said)
        column.addWidget(self.list, 1)
        column.addStretch(0)
        self.profile.currentIndexChanged.connect(self._compare)

    def show_row(self, id: int) -> None:
        """Compare a creator, 0 for none; with the profile of their campaign first."""
        self._creator = id
        self.reliability.setVisible(id > 0)
        if id:
            kept = self._workspace.reliability(id)
            self.reliability.show_metric(kept, interval_text(kept, short=True))
        profiles = self._workspace.profiles_for(id) if id else []
        self.profile.blockSignals(True)
        self.profile.clear()
        for profile in profiles:
            self.profile.addItem(profile.name, profile.id)
        self.profile.blockSignals(False)
        self.profile.setVisible(bool(profiles))
        self._compare()

    def explain(self) -> None:
        """Open what the reliability was worked out from."""
        kept = self.reliability.figure
        if kept is None:
            return
        told = tr("Parcels that still wait for a post, and presents without strings, do not count.")
        name = self._workspace.titles("creator", [self._creator]).get(self._creator, "")
        Explained(kept, name, (tr("Left out"), plain_label(told, wrap=True)), {}, self).open()

    def _compare(self) -> None:
        number = self.profile.currentData()
        try:
            points = self._workspace.fit(self._creator, number) if number and self._creator else []
        except UserError as refusal:
            self.failed.emit(str(refusal))
            return
        self.list.show_lines([_line(point) for point in points])
        self.list.setVisible(bool(points))
        fitting = sum(point.fits is True for point in points)
        if points:
            said = tr("{fitting} of {points} points fit.").format(fitting=fitting, points=len(points))
        elif number:
            said = tr("This profile asks for nothing yet; fill it in under “Who we look for”.")
        else:
            said = tr("Describe whom you look for on the tab of that name, to compare this creator with it.")
        self.said.setText(said)


def _line(point: Point) -> Line:
    field, wanted = point.field, point.wanted
    if isinstance(wanted, int):
        asked = tr("at least {figure}").format(figure=display(field, wanted))
    else:
        asked = ", ".join(wanted)
    found = display(field, point.found) if point.found is not None else tr("not known")
    label, tone = VERDICTS[point.fits]
    told = tr("{found} · wanted: {asked}").format(found=found, asked=asked)
    return Line(field.name, tr(field.label), told, tr(label), tone)


class VettingView(RecordsView):
    """Adding a vetting means vetting somebody: the figures of the day are put down at once."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, VETTING)

    @override
    def add(self) -> None:
        """Ask who is to be vetted; the panel opens with the figures in it."""
        from creator_crm.ui.writing.who import WhoDialog

        dialog = WhoDialog(self._workspace, tr("Vet a creator"), self)
        dialog.chosen.connect(self._vet)
        dialog.open()

    def _vet(self, creator: int) -> None:
        try:
            self.show_record(self._workspace.vet(creator))
        except UserError as refusal:
            self._context.tell(str(refusal), "error")


def profiles_view(context: Context) -> RecordsView:
    """The tab of the ideal profiles."""
    return RecordsView(context, PROFILES)
