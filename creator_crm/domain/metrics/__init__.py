"""The figures of the program: pure functions from `Facts` to a `Metric` that can be explained.

Formulas are those of published sources, named in each function. What cannot be worked out has no value and
says why. Money is exact; whatever was divided is rounded once, to six decimals, halves to even.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from creator_crm.domain.errors import UserError
from creator_crm.domain.metrics.attention import (
    conversion_rate,
    cpe,
    cpm,
    engagement_quality,
    engagement_rate,
)
from creator_crm.domain.metrics.facts import Facts, by_currency, total
from creator_crm.domain.metrics.metric import COUNT, SHARE, TIMES, Input, Metric, explain, shown
from creator_crm.domain.metrics.program import (
    content_volume,
    cost_per_live_post,
    creative_diversity,
    ltv,
    on_time_launches,
    portfolio_depth,
    post_rate,
    repeat_purchases,
)
from creator_crm.domain.metrics.returns import (
    aov,
    break_even_orders,
    cac,
    cpa,
    landed_cost,
    margin,
    profit,
    profit_roi,
    refund_rate,
    revenue,
    roas,
)

METRICS: Mapping[str, Callable[[Facts], Metric]] = MappingProxyType(
    {
        reckon.__name__: reckon
        for reckon in (
            landed_cost,
            revenue,
            roas,
            profit,
            profit_roi,
            margin,
            cac,
            cpa,
            aov,
            refund_rate,
            break_even_orders,
            cpm,
            cpe,
            engagement_rate,
            engagement_quality,
            conversion_rate,
            post_rate,
            cost_per_live_post,
            content_volume,
            on_time_launches,
            creative_diversity,
            ltv,
            repeat_purchases,
            portfolio_depth,
        )
    }
)


def reckon(facts: Facts) -> tuple[Metric, ...]:
    """All metrics of the facts, in the order they are shown."""
    return tuple(one(facts) for one in METRICS.values())


def metric(name: str, facts: Facts) -> Metric:
    """One metric by its name; UserError names the others when there is none of that name."""
    if name not in METRICS:
        raise UserError(f"There is no metric called “{name}”; there are: {', '.join(METRICS)}.")
    return METRICS[name](facts)


__all__ = [
    "COUNT",
    "METRICS",
    "SHARE",
    "TIMES",
    "Facts",
    "Input",
    "Metric",
    "aov",
    "break_even_orders",
    "by_currency",
    "cac",
    "content_volume",
    "conversion_rate",
    "cost_per_live_post",
    "cpa",
    "cpe",
    "cpm",
    "creative_diversity",
    "engagement_quality",
    "engagement_rate",
    "explain",
    "landed_cost",
    "ltv",
    "margin",
    "metric",
    "on_time_launches",
    "portfolio_depth",
    "post_rate",
    "profit",
    "profit_roi",
    "reckon",
    "refund_rate",
    "repeat_purchases",
    "revenue",
    "roas",
    "shown",
    "total",
]
