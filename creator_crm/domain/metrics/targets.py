"""What a campaign was to reach beside what it has reached, by the very figures of the Results page."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

from creator_crm.domain.frozen import immutable
from creator_crm.domain.metrics import METRICS
from creator_crm.domain.metrics.facts import Facts
from creator_crm.domain.metrics.metric import COUNT, SHARE, Figure, Metric, count

AT_MOST = frozenset({"cac", "landed_cost", "cpm"})
"""Costs: a target is kept by staying below it."""

_COUNTED: Mapping[str, tuple[Figure, str]] = MappingProxyType(
    {
        "orders": (Figure("orders", "Orders", "orders of the campaign", "counted"), "orders"),
        "creators_posted": (
            Figure(
                "creators_posted", "Creators who posted", "creators who got a parcel and posted", "counted"
            ),
            "creators_posted",
        ),
    }
)


@immutable
class Standing:
    """A target and the figure it is about; `share` is reached / target, None where that says nothing.

    target: in the unit of the figure, so 0.05 for 5 %. kept: whether it is reached, or a limit not passed;
    None while the figure has no value.
    """

    metric: Metric
    target: Decimal
    share: Decimal | None
    kept: bool | None
    at_most: bool


def standing(name: str, target: float, facts: Facts) -> Standing:
    """Where the figure called `name` stands against a target, which gives shares in percent."""
    metric = reached(name, facts)
    wanted = Decimal(str(target)) / (100 if metric.unit == SHARE else 1)
    at_most = name in AT_MOST
    if metric.value is None:
        return Standing(metric, wanted, None, None, at_most)
    kept = metric.value <= wanted if at_most else metric.value >= wanted
    return Standing(metric, wanted, metric.value / wanted if wanted else None, kept, at_most)


def reached(name: str, facts: Facts) -> Metric:
    """The figure that a target is about."""
    if name not in _COUNTED:
        return METRICS[name](facts)
    figure, fact = _COUNTED[name]
    number = getattr(facts, fact)
    return figure(Decimal(number), COUNT, count(figure.label.lower(), number))
