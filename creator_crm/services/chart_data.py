"""The charts of the Results page: their data from the facts that also give the metrics, and all as files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from creator_crm.domain.errors import UserError
from creator_crm.domain.fields import Kind
from creator_crm.domain.metrics import Facts, Metric, shown
from creator_crm.reporting.data import (
    ChartData,
    MoneyOverTime,
    PostsOnTime,
    ProfitByCreator,
    SeedingFunnel,
    SpendByKind,
    Table,
    ViewsAgainstOrders,
)
from creator_crm.services.charts import save_chart
from creator_crm.services.results import Part, Results, Scope
from creator_crm.store.readers import facts as readers
from creator_crm.store.readers import funnel, lookup, series

if TYPE_CHECKING:
    from creator_crm.reporting import Look

SPEND: Mapping[str, str] = MappingProxyType(
    {
        "fees": "Fees",
        "production": "Production",
        "product_cost": "Product",
        "postage": "Postage",
        "commission": "Commission",
        "discounts": "Discounts",
        "ads": "Ads",
        "tools": "Tools",
    }
)
"""The kinds of cost by the field of the facts; together they are the landed cost."""

FIGURES = "figures.xlsx"


class ChartReading:
    """Reads the data of the charts for one part of the program."""

    def __init__(self, results: Results, scope: Scope, today: str | None = None) -> None:
        self.results, self.store, self.scope, self.today = results, results.store, scope, today

    @cached_property
    def currency(self) -> str:
        """The main one of the scope, in which the charts count."""
        return next(iter(self.facts))

    @property
    def facts(self) -> Mapping[str, Facts]:
        """All of the scope by currency, the main one first."""
        return self._read[0]

    @cached_property
    def _read(self) -> tuple[Mapping[str, Facts], Mapping[Part, Mapping[str, Facts]]]:
        return readers.whole_and_creators(self.store, self.scope, self.today)

    @cached_property
    def _by_day(self) -> Mapping[Part, Mapping[str, Facts]]:
        return readers.money_by_day(self.store, self.scope)

    @cached_property
    def _by_month(self) -> Mapping[str, Facts]:
        months: dict[str, Facts] = {}
        for day, one in _in_order(self._by_day, self.currency):
            month = day[:7]
            months[month] = months[month] + one if month in months else one
        return months

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(_CHARTS)

    def all(self) -> dict[str, ChartData]:
        return {name: read(self) for name, read in _CHARTS.items()}

    def one(self, name: str) -> ChartData:
        if name not in _CHARTS:
            raise UserError(f"There is no chart called “{name}”; there are: {', '.join(_CHARTS)}.")
        return _CHARTS[name](self)

    def export(
        self,
        folder: Path,
        pictures: Sequence[str],
        look: Look | None,
        progress: Callable[[int, int], None] | None,
    ) -> list[Path]:
        from creator_crm.exchange.figures_out import Figures, write_figure_book
        from creator_crm.reporting import draw

        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UserError(
                f"The folder {folder} could not be made ({error.strerror}). Choose another one."
            ) from error
        data = self.all()
        written: list[Path] = []
        steps = len(data) * len(pictures) + 1
        for name, one in data.items():
            for form in pictures:
                path = folder / f"{name}.{form}"
                save_chart(one, path, look)
                written.append(path)
                if progress:
                    progress(len(written), steps)
        tables = [self.metrics_table(), *(draw(one).table() for one in data.values())]
        write_figure_book(
            folder / FIGURES, (Figures(t.title, t.headers, t.kinds, t.rows, t.currency) for t in tables)
        )
        return [*written, folder / FIGURES]

    def metrics_table(self) -> Table:
        """All metrics of all currencies with their formulas and inputs, as rows for a sheet."""
        rows = tuple(
            (one.label, shown(one.value, one.unit), one.why_undefined, one.formula, _inputs(one), one.source)
            for every in self.results.metrics(self.scope, today=self.today).values()
            for one in every
        )
        headers = ("Metric", "Value", "Why none", "Formula", "Inputs", "Source")
        return Table("Metrics", headers, (Kind.TEXT,) * len(headers), rows)

    # One for each chart ------------------------------------------------------------------------------

    def _revenue(self) -> MoneyOverTime:
        posts = series.posts(self.store, self.scope)
        names = self._creator_names(creator for _, creator in posts)
        return MoneyOverTime(
            self.currency,
            tuple(
                (date.fromisoformat(str(day)), one.net_revenue, one.landed_cost)
                for day, one in _in_order(self._by_day, self.currency)
                if one.net_revenue or one.landed_cost
            ),
            tuple((date.fromisoformat(day), names[creator]) for day, creator in posts),
        )

    def _profit(self) -> ProfitByCreator:
        """Creators whose goods have no known cost are left out: their profit is not known either."""
        found = {
            number: one
            for number, by_currency in self._read[1].items()
            if isinstance(number, int) and (one := by_currency.get(self.currency))
        }
        names = self._creator_names(found)
        profits = ((names[n], one.profit) for n, one in found.items() if one.orders or one.landed_cost)
        known = [(name, profit) for name, profit in profits if profit is not None]
        return ProfitByCreator(self.currency, tuple(sorted(known, key=lambda pair: (-pair[1], pair[0]))))

    def _funnel(self) -> SeedingFunnel:
        """Of who was sent a parcel: who got it, posted, and then sold as well."""
        delivered, posted = (self._creators_with(name) for name in ("creators_delivered", "creators_posted"))
        sent, sold = series.sent_to(self.store, self.scope), funnel.sellers(self.store, self.scope)
        return SeedingFunnel(sent, len(delivered), len(posted), sold)

    def _reach(self) -> ViewsAgainstOrders:
        found = series.reach(self.store, self.scope)
        names = self._creator_names(post.creator for post in found)
        return ViewsAgainstOrders(tuple((names[p.creator], p.views, p.orders) for p in found))

    def _spend(self) -> SpendByKind:
        found = self._by_month
        months = _months([month for month, one in found.items() if one.landed_cost])
        kinds = (
            (label, tuple(getattr(found.get(month, Facts()), name) for month in months))
            for name, label in SPEND.items()
        )
        return SpendByKind(
            self.currency,
            tuple(date.fromisoformat(f"{month}-01") for month in months),
            tuple((label, amounts) for label, amounts in kinds if any(amounts)),
        )

    def _punctuality(self) -> PostsOnTime:
        weeks: dict[date, Counter[str]] = {}
        for day, on_time, late, missing in series.punctuality(self.store, self.scope, self.today):
            on = date.fromisoformat(day)
            week = weeks.setdefault(on - timedelta(days=on.weekday()), Counter())
            week.update(on_time=on_time, late=late, missing=missing)
        return PostsOnTime(tuple((week, c["on_time"], c["late"], c["missing"]) for week, c in weeks.items()))

    def _creators_with(self, fact: str) -> set[Part]:
        """The creators who have some of it, in whichever currency."""
        return {
            creator
            for creator, by_currency in self._read[1].items()
            if any(getattr(one, fact) for one in by_currency.values())
        }

    def _creator_names(self, creators: Iterable[int]) -> dict[int, str]:
        return lookup.titles(self.store, "creator", set(creators))


def _in_order(
    parts: Mapping[int | str | None, Mapping[str, Facts]], currency: str
) -> Iterator[tuple[str, Facts]]:
    for part in sorted(str(part) for part in parts if part is not None):
        if one := parts[part].get(currency):
            yield part, one


def _months(months: list[str]) -> list[str]:
    """Every month from the first to the last."""
    if not months:
        return []
    year, month = int(min(months)[:4]), int(min(months)[5:])
    every = [min(months)]
    while every[-1] < max(months):
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
        every.append(f"{year:04}-{month:02}")
    return every


def _inputs(metric: Metric) -> str:
    return "; ".join(f"{one.name} {shown(one.value, one.unit) or 'not known'}" for one in metric.inputs)


_CHARTS: Mapping[str, Callable[[ChartReading], ChartData]] = MappingProxyType(
    {
        "revenue": ChartReading._revenue,
        "profit": ChartReading._profit,
        "funnel": ChartReading._funnel,
        "reach": ChartReading._reach,
        "spend": ChartReading._spend,
        "punctuality": ChartReading._punctuality,
    }
)
