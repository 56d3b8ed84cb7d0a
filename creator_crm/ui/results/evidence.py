"""What stands beside the orders: ad spend, the shop's days, buyers' answers, experiments, decisions."""

from __future__ import annotations

from datetime import date, timedelta

from creator_crm.compat import override
from creator_crm.ui.shared.context import Context
from creator_crm.ui.shared.form.add import AddRecord
from creator_crm.ui.shared.form.sections import Section
from creator_crm.ui.shared.records_view import RecordsView, Shape

SPEND = Shape(
    record="ad_spend",
    title="Ad spend",
    sort="-spent_on",
    board="kind",
    empty=(
        "No money was put behind posts yet. Bring in the list of your ad account, or note what you spent.",
        "Add ad spend",
        "list.add",
    ),
    head=("file.import", "list.add"),
    cards=("name", "amount", "spent_on"),
    columns=("name", "spent_on", "amount", "kind", "creator", "impressions", "clicks", "campaign"),
    chips=("kind",),
    caption=("amount", "campaign"),
    sections=(
        Section("", ("name", "spent_on", "amount", "currency")),
        Section("What it was put behind", ("deliverable", "creator", "campaign", "kind", "platform")),
        Section("What the ad account counted", ("impressions", "clicks", "orders", "revenue")),
    ),
)
SITE_DAYS = Shape(
    record="site_day",
    title="Site days",
    sort="-day_on",
    empty=(
        "No day of your shop yet. Bring in visits by day, so that what posts lift can be told from any day.",
        "Import a list",
        "file.import",
    ),
    head=("list.add", "file.import"),
    columns=("day_on", "source", "channel", "region", "sessions", "users", "orders", "revenue"),
    chips=("source",),
    caption=("revenue",),
    sections=(
        Section("", ("day_on", "source", "channel", "region")),
        Section("Visits", ("sessions", "users", "new_users", "impressions", "clicks", "key_events")),
        Section("Sales", ("orders", "revenue", "currency")),
    ),
)
SURVEY = Shape(
    record="survey_answer",
    title="Survey",
    sort="-answered_on",
    empty=(
        "No answer yet. Ask buyers how they heard of you: many who came through a creator carry no code.",
        "Import a list",
        "file.import",
    ),
    head=("list.add", "file.import"),
    columns=("answered_on", "answer", "creator", "order", "question", "campaign"),
    caption=("creator", "answered_on"),
    sections=(
        Section("", ("answered_on", "question", "answer", "number")),
        Section("Whom they mean", ("creator", "campaign", "order")),
    ),
)
EXPERIMENTS = Shape(
    record="experiment",
    title="Experiments",
    sort="-starts_on",
    board="status",
    empty=(
        "Nothing is being tested. Write the question down before the answer is known.",
        "Add an experiment",
        "list.add",
    ),
    cards=("name", "starts_on", "campaign"),
    columns=("name", "status", "kind", "starts_on", "ends_on", "effect", "grade", "conclusion"),
    chips=("status", "grade"),
    caption=("campaign",),
    sections=(
        Section("", ("name", "status", "campaign")),
        Section("The question", ("question", "kind", "measure")),
        Section("When and where", ("baseline_from", "starts_on", "ends_on", "treated", "control")),
        Section("The answer", ("effect", "effect_low", "effect_high", "p_value", "smallest_effect")),
        Section("What it means", ("grade", "conclusion")),
    ),
)
DECISIONS = Shape(
    record="weekly_decision",
    title="Decisions",
    sort="-week_on",
    board="decision",
    empty=(
        "Nothing was decided yet. Ten minutes a week: whom and what to scale, keep, pause or drop.",
        "Decide something",
        "results.review",
    ),
    head=("results.review",),
    cards=("subject", "reason"),
    columns=("week_on", "subject", "decision", "reason", "score", "campaign"),
    chips=("decision", "score"),
    caption=("campaign",),
    sections=(
        Section("", ("subject", "decision", "reason", "week_on", "decided_by")),
        Section("What it is about", ("deliverable", "creator", "campaign")),
        Section("Later", ("score", "scored_on", "notes")),
    ),
)


def evidence_view(context: Context, shape: Shape) -> RecordsView:
    """The tab of one of these records."""
    return RecordsView(context, shape)


class DecisionsView(RecordsView):
    """Adding a decision means deciding something for this week."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, DECISIONS)

    @override
    def add(self) -> None:
        """Ask what is decided, about whom, and why."""
        today = date.today()
        monday = (today - timedelta(days=today.weekday())).isoformat()
        sections = [Section("", ("subject", "decision", "reason", "creator", "campaign", "week_on"))]
        dialog = AddRecord(
            self._workspace,
            "weekly_decision",
            self,
            known={"decided_by": self._workspace.store.who},
            proposed={"week_on": monday, "campaign": self.table.scope.campaign},
            sections=sections,
        )
        dialog.added.connect(self.show_record)
        dialog.exec()
