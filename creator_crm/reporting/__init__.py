"""Numbers to pictures: `draw` makes the chart that fits the data; nothing here knows Qt or the store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from creator_crm.reporting.data import (
    ChartData,
    FollowersOverTime,
    MoneyOverTime,
    PostsOnTime,
    ProfitByCreator,
    SeedingFunnel,
    SpendByKind,
    StockAhead,
    ViewsAgainstOrders,
)
from creator_crm.reporting.style import PAPER, Look
from creator_crm.reporting.words import Words

if TYPE_CHECKING:
    from creator_crm.reporting.chart import Chart

CHARTS: dict[str, type[ChartData]] = {
    "revenue": MoneyOverTime,
    "profit": ProfitByCreator,
    "funnel": SeedingFunnel,
    "reach": ViewsAgainstOrders,
    "spend": SpendByKind,
    "punctuality": PostsOnTime,
    "followers": FollowersOverTime,
    "stock": StockAhead,
}
"""The data of each chart by the chart's name, which is also the name of its file."""


def draw(data: ChartData, look: Look = PAPER, width: int = 640, height: int = 400) -> Chart[Any]:
    """The chart of the data, `width` by `height` pixels. Loads matplotlib when it is called first."""
    return _charts()[type(data)](data, look, width, height)


def name_of(data: ChartData) -> str:
    """The name of the chart that is drawn from such data."""
    return next(name for name, kind in CHARTS.items() if isinstance(data, kind))


def _charts() -> dict[type[Any], type[Chart[Any]]]:
    from creator_crm.reporting.ahead import Ahead
    from creator_crm.reporting.followers import Followers
    from creator_crm.reporting.funnel import Funnel
    from creator_crm.reporting.profit import Profit
    from creator_crm.reporting.punctuality import Punctuality
    from creator_crm.reporting.reach import Reach
    from creator_crm.reporting.revenue import Revenue
    from creator_crm.reporting.spend import Spend

    return {
        MoneyOverTime: Revenue,
        ProfitByCreator: Profit,
        SeedingFunnel: Funnel,
        ViewsAgainstOrders: Reach,
        SpendByKind: Spend,
        PostsOnTime: Punctuality,
        FollowersOverTime: Followers,
        StockAhead: Ahead,
    }


__all__ = ["CHARTS", "PAPER", "ChartData", "Look", "Words", "draw", "name_of"]
