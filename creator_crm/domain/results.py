"""Results beside the orders: the shop's days, answers, ad spend, payments, experiments, weekly decisions."""

from __future__ import annotations

from creator_crm.domain import fields as f
from creator_crm.domain.accounts import PLATFORMS
from creator_crm.domain.aliases import also
from creator_crm.domain.campaigns import CURRENCIES
from creator_crm.domain.fields import Choice, Lapse, Row, record

DAY_SOURCES = (
    Choice("shop", "Shop", "green"),
    Choice("analytics", "Google Analytics", "amber"),
    Choice("search_console", "Search Console", "blue"),
    Choice("tiktok_studio", "TikTok Studio", "pink"),
    Choice("other", "Other", "grey"),
)

AD_KINDS = (
    Choice("spark_ad", "Spark ad", "pink"),
    Choice("shop_ad", "Shop ad", "amber"),
    Choice("whitelisting", "Whitelisting", "violet"),
    Choice("boost", "Boost", "blue"),
    Choice("other", "Other", "grey"),
)

PAYMENT_KINDS = (
    Choice("fee", "Fee", "violet"),
    Choice("commission", "Commission", "green"),
    Choice("bonus", "Bonus", "pink"),
    Choice("production", "Production", "blue"),
    Choice("reimbursement", "Expenses", "amber"),
    Choice("tools", "Tools", "grey"),
    Choice("other", "Other", "grey"),
)

PAYMENT_STATUSES = (
    Choice("due", "Due", "amber"),
    Choice("paid", "Paid", "green"),
    Choice("overdue", "Overdue", "red"),
    Choice("cancelled", "Cancelled", "grey"),
)

EXPERIMENT_KINDS = (
    Choice("uplift", "Uplift against a baseline", "blue"),
    Choice("holdout", "Holdout", "violet"),
    Choice("geo_split", "Split by region", "teal"),
    Choice("content_test", "Two hooks or formats", "pink"),
)

EXPERIMENT_STATUSES = (
    Choice("planned", "Planned", "grey"),
    Choice("running", "Running", "blue"),
    Choice("finished", "Finished", "green"),
    Choice("stopped", "Stopped", "red"),
)

MEASURES = (
    Choice("orders", "Orders"),
    Choice("revenue", "Revenue"),
    Choice("sessions", "Sessions"),
    Choice("searches", "Searches for the brand"),
    Choice("sign_ups", "Sign-ups"),
    Choice("leads", "Leads"),
)

GRADES = (
    Choice("A", "A", "green"),
    Choice("B", "B", "teal"),
    Choice("C", "C", "amber"),
    Choice("D", "D", "red"),
)

DECISIONS = (
    Choice("scale", "Scale", "green"),
    Choice("keep", "Keep", "blue"),
    Choice("pause", "Pause", "amber"),
    Choice("drop", "Drop", "red"),
)

SCORES = (
    Choice("right", "It was right", "green"),
    Choice("wrong", "It was wrong", "red"),
    Choice("unclear", "Cannot be told", "grey"),
)


@record(
    label="Site day",
    plural="Site days",
    key=("day_on", "source", "channel", "region"),
    title="day_on",
    named=("day_on", "source", "channel", "region"),
    icon="globe",
    unique=(("day_on", "source", "channel", "region"),),
)
class SiteDay(Row):
    """What the shop or its analytics counted on one day: the ground that posts have to lift."""

    day_on: str | None = f.day(
        "Day",
        required=True,
        shown=True,
        indexed=True,
        ordered=True,
        width=12,
        aliases=also("date; datum; fecha"),
    )
    source: str | None = f.choice(
        "Source", choices=DAY_SOURCES, required=True, default="shop", shown=True, width=16
    )
    channel: str | None = f.text(
        "Channel",
        required=True,
        default="all",
        shown=True,
        width=16,
        help="Direct, organic search, social …; “all” for the whole day.",
        aliases=also("session source / medium; session default channel group; medium; traffic source"),
    )
    region: str | None = f.text(
        "Region",
        required=True,
        default="all",
        width=12,
        help="Country, state or city, for comparing regions with and without posts; “all” for everywhere.",
        aliases=also("country; city; state; region; geo"),
    )
    sessions: int | None = f.count("Sessions", shown=True, width=11, aliases=also("visits; sitzungen"))
    users: int | None = f.count("Users", width=10, aliases=also("active users; total users; visitors"))
    new_users: int | None = f.count("New users", width=10)
    impressions: int | None = f.count("Impressions", width=12, aliases=also("video views; impressionen"))
    clicks: int | None = f.count("Clicks", width=10, aliases=("klicks",))
    key_events: int | None = f.count(
        "Key events", width=11, help="Sign-ups, leads or whatever your goal is.", aliases=("conversions",)
    )
    orders: int | None = f.count("Orders", shown=True, width=10, aliases=("transactions",))
    currency: str | None = f.choice("Currency", choices=CURRENCIES, default="EUR", width=10)
    revenue: int | None = f.money(
        "Revenue", currency="currency", shown=True, width=12, aliases=also("total revenue; total sales")
    )


@record(
    label="Survey answer",
    plural="Survey answers",
    key=("number",),
    title="answer",
    icon="circle-help",
)
class SurveyAnswer(Row):
    """What a buyer said when asked how they heard of you."""

    number: str | None = f.identifier(
        "Response number", indexed=True, width=16, aliases=also("response id; submission id")
    )
    answered_on: str | None = f.day(
        "Answered on",
        shown=True,
        indexed=True,
        ordered=True,
        width=12,
        aliases=also("submitted at; response date; timestamp; date"),
    )
    order: int | None = f.reference(
        "Order", references="order", indexed=True, shown=True, width=21, fills=("creator", "campaign")
    )
    question: str | None = f.text("Question", searchable=True, width=30)
    answer: str | None = f.text(
        "Answer",
        required=True,
        searchable=True,
        personal=True,
        shown=True,
        width=34,
        aliases=also("response; how did you hear about us; how did you find us"),
    )
    creator: int | None = f.reference("Creator", references="creator", indexed=True, shown=True, width=22)
    campaign: int | None = f.reference("Campaign", references="campaign", indexed=True, width=20)


@record(
    label="Ad spend",
    plural="Ad spend",
    key=("name", "spent_on"),
    title="name",
    named=("name", "spent_on"),
    icon="trending-up",
)
class AdSpend(Row):
    """Money put behind a creator's posts, and what the ad account counted."""

    name: str | None = f.text(
        "Ad",
        required=True,
        searchable=True,
        shown=True,
        width=28,
        aliases=also("ad name; campaign name; ad group name"),
    )
    spent_on: str | None = f.day(
        "Day",
        required=True,
        shown=True,
        indexed=True,
        ordered=True,
        width=12,
        aliases=also("date; spent on; by day"),
    )
    kind: str | None = f.choice("Kind", choices=AD_KINDS, default="spark_ad", shown=True, width=12)
    platform: str | None = f.choice("Platform", choices=PLATFORMS, default="tiktok", width=12)
    creator: int | None = f.reference("Creator", references="creator", indexed=True, shown=True, width=22)
    campaign: int | None = f.reference("Campaign", references="campaign", indexed=True, shown=True, width=20)
    deliverable: int | None = f.reference(
        "Post", references="deliverable", indexed=True, width=24, fills=("creator", "campaign")
    )
    currency: str | None = f.choice("Currency", choices=CURRENCIES, default="EUR", width=10)
    amount: int | None = f.money(
        "Spent",
        currency="currency",
        required=True,
        shown=True,
        width=12,
        aliases=also("cost; spend; amount spent"),
    )
    impressions: int | None = f.count("Impressions", width=12)
    clicks: int | None = f.count("Clicks", width=10)
    orders: int | None = f.count("Orders reported", width=14, aliases=also("conversions; purchases"))
    revenue: int | None = f.money("Revenue reported", currency="currency", width=15)


@record(
    label="Payment",
    plural="Payments",
    key=("invoice_number",),
    title="creator",
    named=("creator", "payee", "kind", "invoice_number"),
    icon="wallet",
)
class Payment(Row):
    """Money you owe or have paid for the program, to a creator or to somebody else."""

    creator: int | None = f.reference(
        "Creator", references="creator", indexed=True, ordered=True, shown=True, width=22
    )
    payee: str | None = f.text(
        "Paid to",
        searchable=True,
        personal=True,
        width=20,
        help="When it is not the creator: an agent, a studio.",
    )
    campaign: int | None = f.reference("Campaign", references="campaign", indexed=True, shown=True, width=20)
    deliverable: int | None = f.reference(
        "Content",
        aliases=("deliverable",),
        references="deliverable",
        indexed=True,
        width=24,
        fills=("creator", "campaign"),
    )
    kind: str | None = f.choice("Kind", choices=PAYMENT_KINDS, default="fee", shown=True, width=12)
    status: str | None = f.choice(
        "Status",
        choices=PAYMENT_STATUSES,
        default="due",
        shown=True,
        indexed=True,
        width=10,
        lapses=Lapse("overdue", "due_on", ("due",)),
    )
    currency: str | None = f.choice("Currency", choices=CURRENCIES, default="EUR", shown=True, width=10)
    amount: int | None = f.money(
        "Amount",
        currency="currency",
        required=True,
        shown=True,
        width=12,
        aliases=also("total; fee; betrag; importe"),
    )
    due_on: str | None = f.day(
        "Due on",
        shown=True,
        indexed=True,
        ordered=True,
        width=12,
        aliases=also("due date; payment due; fällig am"),
    )
    paid_on: str | None = f.day(
        "Paid on",
        shown=True,
        indexed=True,
        ordered=True,
        width=12,
        aliases=also("payment date; paid; bezahlt am"),
    )
    invoice_number: str | None = f.identifier(
        "Invoice number",
        searchable=True,
        shown=True,
        indexed=True,
        width=16,
        aliases=also("invoice; invoice no"),
    )
    method: str | None = f.text("Paid by", width=14, aliases=also("payment method; method"))
    reference: str | None = f.text("Reference", searchable=True, personal=True, width=20)
    notes: str | None = f.long_text("Notes", searchable=True, personal=True, width=30)


@record(
    label="Experiment",
    plural="Experiments",
    key=("name",),
    title="name",
    icon="flask-conical",
    unique=(("name",),),
)
class Experiment(Row):
    """A question to the numbers, asked before the answer is known."""

    name: str | None = f.text("Name", required=True, searchable=True, shown=True, width=28)
    campaign: int | None = f.reference("Campaign", references="campaign", indexed=True, shown=True, width=20)
    kind: str | None = f.choice("Kind", choices=EXPERIMENT_KINDS, default="uplift", shown=True, width=22)
    status: str | None = f.choice(
        "Status", choices=EXPERIMENT_STATUSES, default="planned", shown=True, indexed=True, width=11
    )
    question: str | None = f.long_text("What you want to know", searchable=True, width=34)
    measure: str | None = f.choice("Measured by", choices=MEASURES, default="orders", shown=True, width=18)
    baseline_from: str | None = f.day("Baseline from", width=12)
    starts_on: str | None = f.day("Starts on", shown=True, indexed=True, width=12)
    ends_on: str | None = f.day("Ends on", shown=True, width=12)
    treated: tuple[str, ...] = f.tags("With posts", width=22, help="Regions or groups that see the posts.")
    control: tuple[str, ...] = f.tags("Without posts", width=22, help="Regions or groups that do not.")
    smallest_effect: int | None = f.percent(
        "Smallest visible effect", width=19, help="An effect below this could not be told from chance."
    )
    effect: int | None = f.percent("Effect", shown=True, width=10)
    effect_low: int | None = f.percent("At least", width=10)
    effect_high: int | None = f.percent("At most", width=10)
    p_value: float | None = f.number("p-value", width=9)
    grade: str | None = f.choice("Evidence", choices=GRADES, shown=True, width=10)
    conclusion: str | None = f.long_text("Conclusion", searchable=True, shown=True, width=34)


@record(
    label="Weekly decision",
    plural="Weekly decisions",
    key=("week_on", "subject"),
    title="subject",
    named=("week_on", "subject"),
    icon="calendar-check",
)
class WeeklyDecision(Row):
    """What was decided about one asset in the weekly review, and later whether that was right."""

    week_on: str | None = f.day(
        "Week of", required=True, shown=True, indexed=True, ordered=True, width=12, help="Its Monday."
    )
    subject: str | None = f.text("About", searchable=True, shown=True, width=28)
    creator: int | None = f.reference("Creator", references="creator", indexed=True, shown=True, width=22)
    campaign: int | None = f.reference("Campaign", references="campaign", indexed=True, shown=True, width=20)
    deliverable: int | None = f.reference(
        "Post", references="deliverable", indexed=True, width=24, fills=("creator", "campaign")
    )
    decision: str | None = f.choice("Decision", choices=DECISIONS, required=True, shown=True, width=10)
    reason: str | None = f.text("Because", searchable=True, shown=True, width=34)
    decided_by: str | None = f.text("Decided by", width=14)
    score: str | None = f.choice("Looking back", choices=SCORES, shown=True, width=14)
    scored_on: str | None = f.day("Looked back on", width=13)
    notes: str | None = f.long_text("Notes", searchable=True, width=30)
