"""The Planner tab: what the planned posts may do to the stock of a product, and when to order again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QStackedWidget, QWidget

from creator_crm.compat import override
from creator_crm.domain.errors import UserError
from creator_crm.domain.planner import Asked, Plan, sentence, to_come
from creator_crm.domain.values.refused import ValueRefused
from creator_crm.reporting.data import StockAhead
from creator_crm.ui.seeding.planner_form import PlannerForm, range_text
from creator_crm.ui.sending.dialog import offered
from creator_crm.ui.shared import buttons, theme
from creator_crm.ui.shared.chart_frame import ChartFrame
from creator_crm.ui.shared.context import Context
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.layouts import clear, fill_page, page_head, scrolled, scrolling
from creator_crm.ui.shared.rereading import Rereading
from creator_crm.ui.shared.table.empty import Empty
from creator_crm.ui.shared.text import counted, iso_day, number, percent, tr
from creator_crm.ui.shared.views_page import ReadTab

if TYPE_CHECKING:
    from creator_crm.services.planning import Planned

CONCERNS = (
    *("product", "variant", "stock_movement", "incoming_stock", "deliverable", "post_metrics", "order"),
    *("campaign", "setting"),
)
FORM_WIDTH = 300


class PlannerTab(ReadTab):
    """Inputs on the left, the result with its chart and everything that went into it on the right."""

    concerns = CONCERNS

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("planner_tab")
        self._context, self._workspace = context, context.workspace
        self._reading = Rereading(context.jobs, self, self._work_out)
        self._of: tuple[int, int | None, int | None] = (0, None, None)  # whose inputs are shown
        self.planned: Planned | None = None
        self.what = QComboBox(self)
        self.what.setAccessibleName(tr("Product"))
        self.keep_button = buttons.button(tr("Keep this plan"), "bookmark", "primary", self)
        self.clear_button = buttons.button(tr("Start over"), "", "quiet", self)
        self.form = PlannerForm(self._workspace.catalogue["deliverable"].field("due_on"), self)
        self.told = plain_label("", wrap=True, parent=self)
        self.told.setFont(theme.scaled(self.told.font(), 3, theme.SEMIBOLD))
        self.more = plain_label("", "muted", wrap=True, parent=self)
        self.error = plain_label("", "error", wrap=True, parent=self)
        self.chart = ChartFrame(context, self)
        self.inputs = QGridLayout()
        self.nothing = Empty(self)
        self.stack = QStackedWidget(self)
        self._build()
        self.what.currentIndexChanged.connect(self._on_what)
        self.form.changed.connect(self._work_out)
        self.keep_button.clicked.connect(self.keep)
        self.clear_button.clicked.connect(self.start_over)

    # What the page asks --------------------------------------------------------------------------------

    def scenes(self) -> list[tuple[str, Callable[[], object]]]:
        return [("tenfold", self.form.tenfold.click)]

    # What the user does --------------------------------------------------------------------------------

    def keep(self) -> None:
        """Keep the inputs for this product and campaign."""
        try:
            asked = self.form.asked()
            self._workspace.keep_plan(*self._of, asked)
        except (UserError, ValueRefused) as refusal:
            self._refuse(str(refusal))
            return
        self._context.tell_done(self._workspace.store.last_changes)

    def start_over(self) -> None:
        """Forget what was typed: everything is what the workspace knows."""
        self.form.show_asked(Asked())
        self._work_out()

    # Inside --------------------------------------------------------------------------------------------

    @override
    def _read(self) -> None:
        chosen = self.what.currentData()
        self.what.blockSignals(True)
        self.what.clear()
        for one in offered(self._workspace):
            self.what.addItem(one.name, (one.product, one.variant))
        self.what.setCurrentIndex(max(self.what.findData(chosen), 0))
        self.what.blockSignals(False)
        self.stack.setCurrentIndex(0 if self.what.count() else 1)
        for widget in (self.what, self.keep_button, self.clear_button, self.form.tenfold):
            widget.setVisible(bool(self.what.count()))
        self._on_what()

    def _on_what(self) -> None:
        """Show what was kept for the chosen product and campaign, unless that is on the screen."""
        chosen = self.what.currentData()
        if chosen is None:
            return
        product, variant = chosen
        if self._of != (product, variant, self._campaign):
            self._of = (product, variant, self._campaign)
            self.form.show_asked(self._workspace.plan_kept(*self._of))
        self._work_out()

    def _work_out(self) -> None:
        """Play it through with what is typed now; what changes meanwhile is played once, afterwards."""
        if self._reading.put_off():
            return
        try:
            asked = self.form.asked()
        except ValueRefused as refusal:
            self._refuse(str(refusal))
            return
        product, variant, campaign = self._of
        self._reading.read(
            tr("Playing the plan through"),
            lambda _: self._workspace.plan(product, variant, campaign, asked),
            self._take,
            lambda refusal: self._refuse(str(refusal)),
        )

    def _take(self, planned: Planned) -> None:
        self.planned = planned
        found = planned.outlook
        self.error.hide()
        self.told.setText(sentence(found, iso_day))
        self.more.setText(_more(planned))
        self.form.show_plan(planned.plan, planned.sources)
        self._show_inputs(planned)
        self.chart.show_data(ahead(planned))

    def _refuse(self, sentence: str) -> None:
        self.error.setText(sentence)
        self.error.show()

    def _show_inputs(self, planned: Planned) -> None:
        clear(self.inputs)
        for row, (name, value) in enumerate(_inputs(planned)):
            told = plain_label(value, wrap=True)
            told.setFont(theme.tabular(told.font()))
            self.inputs.addWidget(plain_label(name, "muted"), row, 0)
            self.inputs.addWidget(told, row, 1)

    def _build(self) -> None:
        self.what.setMinimumWidth(150)
        self.what.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        head = page_head(tr("Planner"), self.what)
        head.addWidget(self.clear_button)
        head.addWidget(self.form.tenfold)
        head.addWidget(self.keep_button)
        form = scrolled(self.form, tr("What is planned"), self)
        form.setFixedWidth(FORM_WIDTH)
        self.inputs.setHorizontalSpacing(theme.L)
        self.inputs.setVerticalSpacing(theme.XS)
        self.inputs.setColumnStretch(1, 1)
        result, column = scrolling(tr("What comes of it"), theme.M, self)
        column.addWidget(self.error)
        self.error.hide()
        column.addWidget(self.told)
        column.addWidget(self.more)
        column.addWidget(self.chart)
        column.addWidget(plain_label(tr("What went into it"), "section"))
        column.addLayout(self.inputs)
        column.addStretch(1)
        body = QWidget(self)
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.L)
        row.addWidget(form)
        row.addWidget(result, 1)
        self.nothing.say(
            tr("Add a product first; then the planner tells how long it lasts when your posts do well."),
            "",
            "trending-up",
        )
        self.stack.addWidget(body)
        self.stack.addWidget(self.nothing)
        fill_page(self, head, self.stack)
        self.setFocusProxy(self.what)


def ahead(planned: Planned) -> StockAhead:
    """The chart of a plan."""
    found = planned.outlook
    lines = zip(found.left, found.left_high, found.left_low, found.gone_by, strict=True)
    days = tuple(
        (date.fromisoformat(found.day(n)), round(middle), round(worst), round(best), gone)
        for n, (middle, worst, best, gone) in enumerate(lines)
    )
    start = date.fromisoformat(planned.plan.start)
    posts = tuple(max(date.fromisoformat(day), start) for day in planned.plan.posts)
    gone = (found.median_on, found.cautious_on)
    return StockAhead(days, posts, tuple(date.fromisoformat(day) if day else None for day in gone))


def _more(planned: Planned) -> str:
    found = planned.outlook
    last = iso_day(found.day(planned.plan.days - 1))
    chance = tr("It runs out before {day} in {share} of all cases.")
    told = [chance.format(day=last, share=percent(found.chance, 0))]
    if found.short:
        enough = tr("To have enough until then in nine of ten cases, order {pieces} more.")
        told.append(enough.format(pieces=counted(found.short, "piece", "pieces")))
    if planned.plan.lead_time_days is None:
        told.append(tr("Say how long new stock takes, and the planner says when to order."))
    return " ".join(told)


def _inputs(planned: Planned) -> list[tuple[str, str]]:
    plan = planned.plan
    coming = ", ".join(
        tr("{n} on {day}").format(n=number(pieces), day=iso_day(day)) for day, pieces in plan.incoming
    )
    posts = number(len(plan.posts))
    if plan.posts:
        posts += f", {iso_day(max(plan.posts[0], plan.start))} – {iso_day(max(plan.posts[-1], plan.start))}"
    return [
        (tr("Available today"), counted(plan.stock, "piece", "pieces")),
        (tr("On its way"), coming or tr("nothing with a date")),
        (tr("Posts"), posts),
        (tr("Live already"), _live(plan)),
        (tr("Views of one post"), f"{range_text(plan.views)}{_times(plan.times)}"),
        (tr("Orders for views"), range_text(plan.conversion, share=True)),
        (tr("Pieces in one order"), number(plan.units, 1)),
        (tr("Goes out a day without posts"), number(plan.daily, 1)),
        (tr("How it is worked out"), tr(_HOW).format(
            runs=number(plan.runs), days=number(plan.half_life, 1), seed=number(plan.seed))),
    ]  # fmt: skip


def _live(plan: Plan) -> str:
    """How many posts are live, and what they still bring."""
    if not plan.live:
        return tr("no post of the last weeks")
    seen = tr("{views} views still to come").format(views=number(round(to_come(plan))))
    return f"{counted(len(plan.live), 'post', 'posts')}, {seen}"


_HOW = (
    "{runs} times: each post draws its views, and each time draws one conversion for all posts, so that one "
    "case of ten lies below the first number and one above the second (log-normal). Half of a post's views "
    "come in {days} days, which is an assumption. The seed is {seed}: the same inputs give the same result."
)


def _times(times: float) -> str:
    return "" if times == 1 else f" × {number(times, 0 if times == int(times) else 1)}"
