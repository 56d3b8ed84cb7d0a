"""What the overview is filled from, read off the main thread: first the figures, then chart after chart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from creator_crm.domain import metrics
from creator_crm.domain.metrics import Facts, Metric
from creator_crm.domain.query import Query
from creator_crm.services.results import Scope
from creator_crm.ui.shared.period import Period

if TYPE_CHECKING:
    from creator_crm.reporting import ChartData
    from creator_crm.services.chart_data import ChartReading
    from creator_crm.services.workspace import Workspace
    from creator_crm.ui.shared.jobs import Progress

GROUND = ("order", "shipment", "deliverable", "payment", "ad_spend")
"""The records that figures are made of; without any of them there is nothing to show yet."""
CONCERNS = (*GROUND, "order_line", "shipment_item", "post_metrics", "code", "collaboration", "product")


@dataclass(frozen=True, slots=True)
class Figures:
    """Facts and metrics by currency, the main one first; `before` are those of the time before."""

    facts: Mapping[str, Facts]
    metrics: Mapping[str, tuple[Metric, ...]]
    before: Mapping[str, tuple[Metric, ...]]
    nothing: bool
    reading: ChartReading  # gives the charts of the same scope, one by one


def scope_of(campaign: int | None, period: Period) -> Scope:
    return Scope(campaign=campaign, since=period.since, until=period.until)


def read_figures(workspace: Workspace, campaign: int | None, period: Period, _progress: Progress) -> Figures:
    """The figures of a campaign in a period."""
    scope = scope_of(campaign, period)
    reading = workspace.reading(scope)
    facts = reading.facts
    earlier = period.before
    before: Mapping[str, Facts] = {}
    if earlier is not None:
        before = workspace.facts(replace(scope, since=earlier.since, until=earlier.until))
    return Figures(
        facts,
        {currency: metrics.reckon(one) for currency, one in facts.items()},
        {currency: metrics.reckon(one) for currency, one in before.items()},
        not any(workspace.ids(Query(record, limit=1)) for record in GROUND),
        reading,
    )


def read_chart(reading: ChartReading, name: str, _progress: Progress) -> ChartData:
    """What one chart shows."""
    return reading.one(name)
