"""The Overview tab: the figures of a period by currency, and the six charts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout

from creator_crm.compat import override
from creator_crm.domain.metrics import Facts, Metric
from creator_crm.ui.results.charts import ChartGrid
from creator_crm.ui.results.explain import ExplainDialog
from creator_crm.ui.results.figures import ROW, STRIP
from creator_crm.ui.results.reading import CONCERNS, Figures, read_chart, read_figures, scope_of
from creator_crm.ui.results.strip import Strip
from creator_crm.ui.shared import buttons, theme
from creator_crm.ui.shared.context import Context
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.jobs import Lane, Progress
from creator_crm.ui.shared.layouts import fill_page, page_head, scrolling
from creator_crm.ui.shared.period import USUAL, PeriodPicker
from creator_crm.ui.shared.rereading import Rereading
from creator_crm.ui.shared.table.empty import Empty
from creator_crm.ui.shared.text import counted, tr
from creator_crm.ui.shared.views_page import ReadTab

if TYPE_CHECKING:
    from creator_crm.reporting import ChartData

KEPT = "results_period"


class OverviewTab(ReadTab):
    """Figures first, charts below; both are read as jobs and stay until newer ones are there."""

    concerns = CONCERNS
    rows_wanted = Signal(str)  # the record whose rows of this period somebody wants to see
    shown = Signal()  # figures and chart data on the screen are those of now

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("results_overview")
        self._context, self._workspace = context, context.workspace
        self._figures: Figures | None = None
        self._reading = Rereading(context.jobs, self, self._read)
        kept = context.state.text(KEPT, USUAL)
        self.periods = PeriodPicker(self._workspace.catalogue, kept if kept != "own" else USUAL, self)
        self.more_button = buttons.button(tr("All figures"), "chevron-down", "quiet", self)
        self.more_button.setCheckable(True)
        self.save_button = buttons.button(tr("Save all…"), "download", "", self)
        self.strips: dict[str, Strip] = {}
        self.charts = ChartGrid(context, self)
        self.note = plain_label("", "muted", wrap=True, parent=self)
        self.nothing = Empty(self)
        self.stack = QStackedWidget(self)
        self._build()
        self.periods.changed.connect(self._on_period)
        self.more_button.toggled.connect(self._on_more)
        self.save_button.clicked.connect(self.save_all)
        self.nothing.button.clicked.connect(context.actions["results.import"].trigger)

    # What the page asks --------------------------------------------------------------------------------

    def scenes(self) -> list[tuple[str, Callable[[], object]]]:
        bar = self.area.verticalScrollBar()
        return [("charts", lambda: bar.setValue(self.charts.y())), ("figures", self._show_every_figure)]

    # What the user does --------------------------------------------------------------------------------

    def explain(self, metric: Metric, facts: Facts) -> ExplainDialog:
        """Open a figure's formula and inputs."""
        dialog = ExplainDialog(metric, facts, self.periods.period.words(), self)
        dialog.rows_wanted.connect(self.rows_wanted)
        dialog.open()
        return dialog

    def save_all(self) -> None:
        """Ask for a folder, then write every chart and all figures into it."""
        name = QFileDialog.getExistingDirectory(self, tr("Where to save all charts"), str(Path.home()))
        if name:
            self.save_all_to(Path(name))

    def save_all_to(self, folder: Path) -> None:
        """Write every chart as PNG, SVG and PDF, and all figures as one workbook."""
        from creator_crm.ui.shared.chart_words import paper

        scope = scope_of(self._campaign, self.periods.period)

        def work(progress: Progress) -> list[Path]:
            return self._workspace.export_charts(folder, scope, look=paper(), progress=progress)

        self._context.jobs.run(
            tr("Saving the charts"),
            work,
            done=partial(self._saved, folder),
            failed=self._refused,
            lane=Lane.CHARTS,
            owner=self,
        )

    # Inside --------------------------------------------------------------------------------------------

    @override
    def _read(self) -> None:
        """Have everything read again; what changes meanwhile is read once, afterwards."""
        self._reading.read(
            tr("Working out the figures"),
            partial(read_figures, self._workspace, self._campaign, self.periods.period),
            self._take_figures,
            self._refused,
        )

    def _take_figures(self, figures: Figures) -> None:
        self._figures = figures
        self._show_figures()
        self._read_charts(figures, () if figures.nothing else figures.reading.names)

    def _read_charts(self, figures: Figures, names: Sequence[str]) -> None:
        """Have one chart after the other read; each is shown as soon as it is there."""
        if not names:
            self.shown.emit()
            return
        name, *others = names

        def show(chart: ChartData) -> None:
            self.charts.show_charts({name: chart})
            self._read_charts(figures, others)

        work = partial(read_chart, figures.reading, name)
        self._reading.read(tr("Working out the charts"), work, show, self._refused)

    def _show_figures(self) -> None:
        found = self._figures
        if found is None:
            return
        self.stack.setCurrentIndex(1 if found.nothing else 0)
        for widget in (self.more_button, self.save_button, self.periods):
            widget.setVisible(not found.nothing)
        several = len(found.metrics) > 1
        for currency in [each for each in self.strips if each not in found.metrics]:
            self.strips.pop(currency).deleteLater()
        for place, (currency, metrics) in enumerate(found.metrics.items()):
            if currency not in self.strips:
                strip = self.strips[currency] = Strip(self)
                strip.asked.connect(self.explain)
            self._strips.insertWidget(place, self.strips[currency])
            self.strips[currency].show_figures(
                currency if several else "",
                found.facts[currency],
                metrics,
                found.before.get(currency, ()),
                0 if self.more_button.isChecked() else ROW if place else len(STRIP),
            )
        main = next(iter(found.metrics))
        told = tr("Amounts in the charts are in {currency}; currencies are never added up.")
        self.note.setText(told.format(currency=main))
        self.note.setVisible(several)

    def _show_every_figure(self) -> None:
        self.area.verticalScrollBar().setValue(0)
        self.more_button.setChecked(True)

    def _on_period(self) -> None:
        self._context.state.remember(KEPT, self.periods.name)
        self._read()

    def _on_more(self, every: bool) -> None:
        label = tr("Fewer figures") if every else tr("All figures")
        self.more_button.setText(f"{buttons.GAP}{label}")
        self.more_button.setAccessibleName(label)
        self._show_figures()

    def _saved(self, folder: Path, files: list[Path]) -> None:
        self._context.tell(f"{counted(len(files), 'file', 'files')} → {folder}", "ok")

    def _refused(self, refusal: Exception) -> None:
        self._context.tell(str(refusal), "error")

    def _build(self) -> None:
        head = page_head(tr("Results"), self.periods)
        head.addWidget(self.more_button)
        head.addWidget(self.save_button)
        self.area, inside = scrolling(tr("Figures and charts"), theme.L, self)
        self._strips = QVBoxLayout()
        self._strips.setSpacing(theme.M)
        inside.addLayout(self._strips)
        inside.addWidget(self.note)
        inside.addWidget(self.charts)
        inside.addStretch(1)
        self.nothing.say(
            tr("Nothing to add up yet. Bring in the orders of your shop; parcels and posts count as well."),
            tr("Import orders"),
            "chart-line",
        )
        self.stack.addWidget(self.area)
        self.stack.addWidget(self.nothing)
        fill_page(self, head, self.stack)
        self.setFocusProxy(self.periods.names)
