"""What attention cost and what it was worth: CPM, CPE, engagement, conversion."""

from __future__ import annotations

from creator_crm.domain.metrics.facts import Facts, Known
from creator_crm.domain.metrics.metric import SHARE, Figure, Metric, count, money

_NOT_MEASURED = "the posts have no figures yet"
_NO_VIEWS = "no views yet"


_CPM = Figure(
    "cpm", "CPM", "landed cost ÷ views × 1,000", "influencerdb.net; codingace.net, with views for impressions"
)


def cpm(facts: Facts) -> Metric:
    """Cost ÷ impressions × 1,000 (influencerdb.net; codingace.net); a view of a post is one impression."""
    cost = money("landed cost", facts.landed_cost, facts.currency)
    views = count("views", facts.views)
    return _CPM.ratio(cost, views, facts.currency, unknown=_NOT_MEASURED, none=_NO_VIEWS, times=1000)


_CPE = Figure(
    "cpe", "CPE", "landed cost ÷ (likes + comments + shares + saves)", "agentskills.market; utinzo.com"
)


def cpe(facts: Facts) -> Metric:
    """Cost ÷ engagements (agentskills.market; utinzo.com)."""
    return _CPE.ratio(
        money("landed cost", facts.landed_cost, facts.currency),
        count("engagements", facts.engagements),
        facts.currency,
        unknown=_NOT_MEASURED,
        none="no engagements yet",
    )


_ENGAGEMENT = Figure(
    "engagement_rate",
    "Engagement by views",
    "(likes + comments + shares + saves) ÷ views",
    "julmil.com; calculory.com; shortformtools.com",
)


def engagement_rate(facts: Facts) -> Metric:
    """(likes + comments + shares + saves) ÷ views (julmil.com; calculory.com), best for a TikTok video."""
    return _ENGAGEMENT.ratio(
        count("engagements", facts.engagements),
        count("views", facts.views),
        SHARE,
        unknown=_NOT_MEASURED,
        none=_NO_VIEWS,
    )


_QUALITY = Figure(
    "engagement_quality",
    "Engagement quality",
    "(saves + shares) ÷ views",
    "cliptoolkit.com, save and share rate",
)


def engagement_quality(facts: Facts) -> Metric:
    """(saves + shares) ÷ views (cliptoolkit.com): the engagement that shows intent, likes left out."""
    return _QUALITY.ratio(
        count("saves and shares", _known_sum(facts.saves, facts.shares)),
        count("views", facts.views),
        SHARE,
        unknown=_NOT_MEASURED,
        none=_NO_VIEWS,
    )


_CONVERSION = Figure(
    "conversion_rate", "Conversion", "orders ÷ clicks", "codingace.net, with clicks below the line"
)


def conversion_rate(facts: Facts) -> Metric:
    """Orders ÷ clicks (codingace.net); others divide by impressions, so the name says clicks."""
    return _CONVERSION.ratio(
        count("orders", facts.orders),
        count("clicks", facts.clicks),
        SHARE,
        unknown="clicks were not measured",
        none="no clicks yet",
    )


def _known_sum(*numbers: Known) -> Known:
    known = [n for n in numbers if n is not None]
    return sum(known) if known else None
