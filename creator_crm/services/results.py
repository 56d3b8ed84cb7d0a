"""What the program brought: facts, metrics and charts of any part of it, codes, and money due and paid."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from creator_crm.domain.scope import EVERYTHING, By, Part, Scope
from creator_crm.services.seeding_funnel import SeedingFunnel

# What reckons and draws is loaded when somebody asks: the window opens without it.
if TYPE_CHECKING:
    from creator_crm.domain.metrics import Facts, Metric
    from creator_crm.domain.metrics.targets import Standing
    from creator_crm.reporting import ChartData, Look
    from creator_crm.services.chart_data import ChartReading
    from creator_crm.store.readers.series import CodeResult, Owed

__all__ = ["EVERYTHING", "By", "Part", "Results", "Scope"]


class Results(SeedingFunnel):
    """The questions of the Results page; page, charts and command line all get their figures here."""

    def facts(self, scope: Scope = EVERYTHING, *, today: str | None = None) -> dict[str, Facts]:
        """The facts of a part of the program by currency, the main one first; there is always one."""
        from creator_crm.store.readers import facts

        return facts.facts(self.store, scope, today=today)[None]

    def facts_by(
        self, by: By, scope: Scope = EVERYTHING, *, today: str | None = None
    ) -> dict[Part, dict[str, Facts]]:
        """The facts of each creator, campaign, month or day; who bought stays unknown in them."""
        from creator_crm.store.readers import facts

        return facts.facts(self.store, scope, by, today=today, buyers=False)

    def metrics(
        self, scope: Scope = EVERYTHING, *, today: str | None = None
    ) -> Mapping[str, tuple[Metric, ...]]:
        """All metrics by currency, the main one first."""
        from creator_crm.domain import metrics

        found = self.facts(scope, today=today)
        return {currency: metrics.reckon(one) for currency, one in found.items()}

    def explain(
        self, name: str, scope: Scope = EVERYTHING, *, today: str | None = None
    ) -> Mapping[str, Metric]:
        """One metric by currency, for `domain.metrics.explain`; UserError names the others."""
        from creator_crm.domain import metrics

        found = self.facts(scope, today=today)
        return {currency: metrics.metric(name, one) for currency, one in found.items()}

    def targets(self, campaign: int, *, today: str | None = None) -> list[Standing]:
        """What a campaign is to reach beside what it has, in its currency, in the order of the figures."""
        from creator_crm.domain.metrics.facts import Facts
        from creator_crm.domain.metrics.targets import standing
        from creator_crm.store.readers import lists

        wanted = lists.parts(self.store, "campaign_target", campaign)
        row = lists.row(self.store, "campaign", campaign)
        if not wanted or row is None:
            return []
        found = self.facts(Scope(campaign=campaign), today=today)
        facts = found.get(row.currency or "EUR") or Facts(currency=row.currency or "EUR")
        order = [c.value for c in self.store.catalogue["campaign_target"].field("metric").choices]
        known = [target for target in wanted if target.metric in order]
        known.sort(key=lambda target: order.index(target.metric))
        return [standing(target.metric, target.value, facts) for target in known]

    def codes(self, scope: Scope = EVERYTHING) -> list[CodeResult]:
        """What each code brought, by currency, the strongest first; codes without an order too."""
        from creator_crm.store.readers import series

        return series.codes(self.store, scope)

    def owed(self, scope: Scope = EVERYTHING, *, today: str | None = None) -> dict[str, Owed]:
        """What is due, overdue and paid, by currency."""
        from creator_crm.store.readers import series

        return series.owed(self.store, scope, today)

    def reading(self, scope: Scope = EVERYTHING, *, today: str | None = None) -> ChartReading:
        """Figures and charts of a part of the program, each worked out when it is asked for."""
        from creator_crm.services.chart_data import ChartReading

        return ChartReading(self, scope, today)

    def charts(self, scope: Scope = EVERYTHING, *, today: str | None = None) -> dict[str, ChartData]:
        """The data of all charts by name, money in the main currency; their sums are those of `metrics`."""
        return self.reading(scope, today=today).all()

    def chart(self, name: str, scope: Scope = EVERYTHING, *, today: str | None = None) -> ChartData:
        """The data of one chart; UserError names the others when there is none of that name."""
        return self.reading(scope, today=today).one(name)

    def export_charts(
        self,
        folder: Path,
        scope: Scope = EVERYTHING,
        *,
        pictures: Sequence[str] = ("png", "svg", "pdf"),
        look: Look | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> list[Path]:
        """Write every chart as a picture of each kind, and all figures to one workbook, into `folder`.

        Raises UserError when the folder cannot be made or written to.
        """
        return self.reading(scope).export(folder, pictures, look, progress)
