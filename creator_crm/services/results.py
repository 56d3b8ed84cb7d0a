"""What the program brought: facts and metrics of any part of it, codes, posts, and money due and paid."""

from __future__ import annotations

from collections.abc import Mapping

from creator_crm.domain import metrics
from creator_crm.domain.metrics import Facts, Metric
from creator_crm.services.records import Records
from creator_crm.store.readers import facts as readers
from creator_crm.store.readers import series
from creator_crm.store.readers.facts import Part
from creator_crm.store.readers.series import CodeResult, Owed
from creator_crm.store.readers.sources import EVERYTHING, By, Scope

__all__ = ["EVERYTHING", "By", "CodeResult", "Owed", "Part", "Results", "Scope"]


class Results(Records):
    """The questions of the Results page; page, charts and command line all get their figures here."""

    def facts(self, scope: Scope = EVERYTHING, *, today: str | None = None) -> dict[str, Facts]:
        """The facts of a part of the program by currency, the main one first; there is always one."""
        return readers.facts(self.store, scope, today=today)[None]

    def facts_by(
        self, by: By, scope: Scope = EVERYTHING, *, today: str | None = None
    ) -> dict[Part, dict[str, Facts]]:
        """The facts of each creator, campaign, month or day; who bought stays unknown in them."""
        return readers.facts(self.store, scope, by, today=today, buyers=False)

    def metrics(
        self, scope: Scope = EVERYTHING, *, today: str | None = None
    ) -> Mapping[str, tuple[Metric, ...]]:
        """All metrics by currency, the main one first."""
        found = self.facts(scope, today=today)
        return {currency: metrics.reckon(one) for currency, one in found.items()}

    def explain(
        self, name: str, scope: Scope = EVERYTHING, *, today: str | None = None
    ) -> Mapping[str, Metric]:
        """One metric by currency, for `domain.metrics.explain`; UserError names the others."""
        found = self.facts(scope, today=today)
        return {currency: metrics.metric(name, one) for currency, one in found.items()}

    def codes(self, scope: Scope = EVERYTHING) -> list[CodeResult]:
        """What each code brought, by currency, the strongest first; codes without an order too."""
        return series.codes(self.store, scope)

    def owed(self, scope: Scope = EVERYTHING, *, today: str | None = None) -> dict[str, Owed]:
        """What is due, overdue and paid, by currency."""
        return series.owed(self.store, scope, today)
