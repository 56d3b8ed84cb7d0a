"""Campaigns, and the collaboration of one creator in one campaign."""

from __future__ import annotations

from creator_crm.domain import fields as f
from creator_crm.domain.aliases import also
from creator_crm.domain.fields import Choice, Row, record

GOALS = (
    Choice("sales", "Sales", "green"),
    Choice("sign_ups", "Sign-ups", "blue"),
    Choice("leads", "Leads", "teal"),
    Choice("awareness", "Awareness", "violet"),
)

PHASES = (
    Choice("planning", "Planning", "grey"),
    Choice("activation", "Activation", "blue"),
    Choice("optimisation", "Optimisation", "violet"),
    Choice("expansion", "Expansion", "green"),
    Choice("finished", "Finished", "teal"),
)

COLLABORATION_STATUSES = (
    Choice("planned", "Planned", "grey"),
    Choice("invited", "Invited", "blue"),
    Choice("negotiating", "Negotiating", "amber"),
    Choice("agreed", "Agreed", "violet"),
    Choice("active", "Active", "green"),
    Choice("finished", "Finished", "teal"),
    Choice("declined", "Declined", "red"),
)

TARGETS = (
    Choice("revenue", "Revenue", "green"),
    Choice("orders", "Orders", "green"),
    Choice("profit", "Profit", "green"),
    Choice("roas", "ROAS", "green"),
    Choice("cac", "CAC, at most", "amber"),
    Choice("landed_cost", "Landed cost, at most", "amber"),
    Choice("cpm", "CPM, at most", "amber"),
    Choice("content_volume", "Live posts", "blue"),
    Choice("creators_posted", "Creators who posted", "blue"),
    Choice("on_time_launches", "Posts on time (%)", "blue"),
    Choice("post_rate", "Post rate (%)", "blue"),
    Choice("creative_diversity", "Different angles", "blue"),
    Choice("conversion_rate", "Conversion (%)", "violet"),
    Choice("engagement_quality", "Engagement quality (%)", "violet"),
    Choice("aov", "Average order", "violet"),
    Choice("ltv", "Lifetime value", "teal"),
    Choice("repeat_purchases", "Repeat purchases (%)", "teal"),
    Choice("portfolio_depth", "Portfolio depth", "teal"),
)

CURRENCIES = tuple(
    Choice(c, c)
    for c in (
        "EUR",
        "USD",
        "GBP",
        "CHF",
        "SEK",
        "NOK",
        "DKK",
        "PLN",
        "CZK",
        "TRY",
        "CAD",
        "AUD",
        "NZD",
        "JPY",
        "CNY",
        "INR",
        "BRL",
        "MXN",
        "IDR",
        "THB",
        "VND",
        "PHP",
        "MYR",
        "SGD",
        "KRW",
        "AED",
        "SAR",
        "KWD",
        "ZAR",
    )
)


@record(
    label="Campaign", plural="Campaigns", key=("name",), title="name", icon="megaphone", unique=(("name",),)
)
class Campaign(Row):
    """One push with a goal, dates and money behind it; scopes every page."""

    name: str | None = f.text(
        "Name", required=True, searchable=True, shown=True, width=28, aliases=("campaign",)
    )
    goal: str | None = f.choice("Goal", choices=GOALS, default="sales", shown=True, width=12)
    phase: str | None = f.choice(
        "Phase", choices=PHASES, default="planning", shown=True, indexed=True, width=14
    )
    starts_on: str | None = f.day("Starts on", shown=True, width=12, aliases=("start date", "start"))
    ends_on: str | None = f.day("Ends on", shown=True, width=12, aliases=("end date", "end"))
    currency: str | None = f.choice("Currency", choices=CURRENCIES, default="EUR", shown=True, width=10)
    budget: int | None = f.money("Budget", currency="currency", shown=True, width=14)
    audience: str | None = f.text("Audience", searchable=True, width=30)
    regions: tuple[str, ...] = f.tags("Regions", width=18, aliases=("markets", "countries"))
    archived: bool = f.flag("Archived", width=10)
    notes: str | None = f.long_text("Notes", searchable=True, width=30)


@record(
    label="Collaboration",
    plural="Collaborations",
    key=("creator", "campaign"),
    title="creator",
    icon="handshake",
    named=("creator", "campaign"),
    unique=(("creator", "campaign"),),
)
class Collaboration(Row):
    """One creator's part in one campaign."""

    creator: int | None = f.reference(
        "Creator", references="creator", owned=True, required=True, indexed=True, shown=True
    )
    campaign: int | None = f.reference(
        "Campaign", references="campaign", required=True, indexed=True, shown=True
    )
    status: str | None = f.choice(
        "Status", choices=COLLABORATION_STATUSES, default="planned", shown=True, width=14
    )
    owner: str | None = f.text("Owner", shown=True, width=12)
    agreed_on: str | None = f.day("Agreed on", shown=True, width=12)
    currency: str | None = f.choice("Currency", choices=CURRENCIES, default="EUR", width=10)
    fee: int | None = f.money(
        "Fee",
        currency="currency",
        shown=True,
        width=12,
        aliases=also("flat fee; rate; price; cost; honorar; cachet; tarifa"),
    )
    notes: str | None = f.long_text("Notes", searchable=True, width=30)


@record(
    label="Target",
    plural="Targets",
    key=("campaign", "metric"),
    title="metric",
    icon="target",
    named=("campaign", "metric"),
    unique=(("campaign", "metric"),),
)
class CampaignTarget(Row):
    """A number that a campaign is to reach, or not to go beyond; what it has reached is always reckoned."""

    campaign: int | None = f.reference(
        "Campaign", references="campaign", owned=True, required=True, indexed=True, shown=True, width=22
    )
    metric: str | None = f.choice(
        "Figure", choices=TARGETS, required=True, shown=True, width=22, aliases=("metric", "kpi", "target")
    )
    value: float | None = f.number(
        "Target",
        required=True,
        shown=True,
        width=12,
        help="Money in the currency of the campaign, shares in percent: 5 is 5 %.",
        aliases=("target value", "goal value"),
    )
    notes: str | None = f.long_text("Notes", searchable=True, width=30)


@record(
    label="Campaign product",
    plural="Campaign products",
    key=("campaign", "product"),
    title="product",
    icon="package",
    named=("product", "campaign"),
    unique=(("campaign", "product"),),
)
class CampaignProduct(Row):
    """A product that a campaign is about."""

    campaign: int | None = f.reference(
        "Campaign", references="campaign", owned=True, required=True, indexed=True, shown=True, width=22
    )
    product: int | None = f.reference(
        "Product", references="product", required=True, indexed=True, shown=True, width=26
    )
    notes: str | None = f.long_text("Notes", searchable=True, shown=True, width=30)
