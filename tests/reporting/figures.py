"""A small brand's year in figures, and the looks it is drawn in."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

from creator_crm.reporting import PAPER, ChartData
from creator_crm.reporting.data import (
    FollowersOverTime,
    MoneyOverTime,
    PostsOnTime,
    ProfitByCreator,
    SeedingFunnel,
    SpendByKind,
    StockAhead,
    ViewsAgainstOrders,
)
from creator_crm.reporting.style import Look

NIGHT = Look(
    name="dark", ground="#1d1e23", text="#ececf1", muted="#a3a5b4", line="#303139", accent="#6160dc",
    accent_ink="#b0b0ff", warn="#f0bf6a", ok="#7ad69b", danger="#ff8f8f",
)  # fmt: skip
LOOKS = (PAPER, NIGHT)
NAMES = (
    "Ana Lima", "Zoë Müller", "Kofi Mensah", "Priya Nair", "佐藤 純", "Élodie Roux", "Mia Novak", "עומר חדד",
    "Lena Berg", "Tomás Vega", "محمد الفاسي", "Noah Okafor", "Sara Conti", "Yara $ilva_x^2",
    "Bartholomew Featherstonehaugh-Cholmondeley the Third",
)  # fmt: skip


def a_year(seed: int = 7) -> tuple[ChartData, ...]:
    """One of each kind of data, the same for the same seed."""
    chance = random.Random(seed)
    start = date(2025, 11, 24)
    posts = sorted((start + timedelta(days=chance.randrange(360)), chance.choice(NAMES)) for _ in range(34))
    days = []
    for n in range(364):
        on = start + timedelta(days=n)
        lift = sum(0 <= (on - day).days < 6 for day, _ in posts)
        revenue = int(chance.lognormvariate(8.6, 0.5)) + lift * chance.randrange(6_000, 16_000)
        days.append((on, revenue, chance.randrange(1_000, 6_500) + (41_000 if chance.random() < 0.07 else 0)))
    months = tuple(date(2025 + (10 + n) // 12, (10 + n) % 12 + 1, 1) for n in range(1, 13))
    sizes = {"Fees": 60_000, "Product cost": 42_000, "Commission": 38_000, "Discounts": 21_000}
    sizes |= {"Postage": 14_000, "Ads": 9_000, "Tools": 2_900}
    kinds = tuple(
        (label, tuple(int(size * chance.uniform(0.3, 1.6)) for _ in months)) for label, size in sizes.items()
    )
    weeks = tuple(
        (start + timedelta(weeks=n), chance.randrange(1, 5), chance.randrange(3), chance.randrange(2))
        for n in range(26)
    )
    seen = tuple(
        (chance.choice(NAMES), views := int(chance.lognormvariate(9.5, 1.4)),
         int(views * chance.lognormvariate(-7.5, 1.2)))
        for _ in range(60)
    )  # fmt: skip
    growth = []
    for name, size, rise in (("@analima", 41_000, 900), ("@zoemuller", 52_000, 120), ("@kofi42", 12_000, 40)):
        points, at = [], size
        for n in range(12):
            at += int(rise * chance.uniform(0.2, 2.4))
            points.append((start + timedelta(days=30 * n), at))
        growth.append((name, tuple(points)))
    profits = tuple((name, int(chance.gauss(30_000, 60_000))) for name in NAMES)
    return (
        MoneyOverTime("EUR", tuple(days), tuple(posts)),
        ProfitByCreator("EUR", profits + tuple((f"Creator {n}", n * 90 - 1200) for n in range(40))),
        SeedingFunnel(sent=64, delivered=58, posted=37, sold=19),
        ViewsAgainstOrders(seen),
        SpendByKind("EUR", months, kinds),
        PostsOnTime(weeks),
        FollowersOverTime(tuple(growth)),
        _stock_ahead(chance),
    )


def _stock_ahead(chance: random.Random) -> StockAhead:
    start, pace = date(2026, 11, 23), chance.uniform(5, 6)
    left = [round(400 - pace * (n + 1)) for n in range(90)]
    days = tuple(
        (start + timedelta(days=n), middle, middle - 2 * n, middle + n, min(max(n / 80 - 0.3, 0.0), 1.0))
        for n, middle in enumerate(left)
    )
    posts = tuple(sorted(start + timedelta(days=chance.randrange(30)) for _ in range(8)))
    gone = next(on for on, middle, *_ in days if middle <= 0)
    return StockAhead(days, posts, (gone, next(on for on, _, worst, *_ in days if worst <= 0)))


def empty() -> tuple[ChartData, ...]:
    return tuple(
        replace(data, **{name: type(getattr(data, name))() for name in data.__slots__ if name != "currency"})
        for data in a_year()
    )
