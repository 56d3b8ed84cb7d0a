"""What the sample brand's figures are held against: the shop's days, answers, experiments, decisions."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from typing import Any

from creator_crm.domain.fields import Value
from creator_crm.domain.normal import MILLIONTHS
from creator_crm.services.sample.invented import Die, word_list
from creator_crm.services.sample.past import Step
from creator_crm.services.sample.sales import Sold, amounts
from creator_crm.services.sample.trade import Part
from creator_crm.store.codec import Stored
from creator_crm.store.unit_of_work import Unit

Values = dict[str, Value]
DAYS = (
    *("day_on", "source", "channel", "region", "sessions", "users", "orders", "currency", "revenue"),
    *("impressions", "clicks"),
)
FIRST = 330  # days ago
BEFORE = 28  # days of the baseline


def evidence(die: Die, parts: list[Part], sold: Sold, today: date) -> Iterator[Step]:
    """The steps, oldest first of each kind."""
    searches = _searches(die, parts, today)
    yield from _site_days(die, parts, sold, searches, today)
    yield from _survey(die, sold, today)
    yield from _decisions(die, parts, sold, today)
    yield from _experiments(parts, searches, today)


def _searches(die: Die, parts: list[Part], today: date) -> dict[date, int]:
    """How often somebody came by searching for the brand's name: more so for a month after a post."""
    posts: Counter[date] = Counter()
    for part in parts:
        for days in range(30) if part.live is not None else ():
            assert part.live is not None
            posts[part.live + timedelta(days=days)] += 1
    year = [today - timedelta(days=number) for number in range(FIRST, 0, -1)]
    return {day: round((7 + min(posts[day], 9) * 0.35) * die.uniform(0.7, 1.3)) for day in year}


def _site_days(
    die: Die, parts: list[Part], sold: Sold, searches: dict[date, int], today: date
) -> Iterator[Step]:
    """The shop's orders and revenue of each day are those of its orders; visits follow posts and weekdays."""
    prices = {p["sku"]: p for p in word_list("trade")["products"]}
    orders: Counter[date] = Counter(sale.day for sale in sold.sales)
    revenue: Counter[date] = Counter()
    for sale in sold.sales:
        subtotal, discount, shipping = amounts(sale, prices)
        revenue[sale.day] += subtotal - discount + shipping
    drawn: Counter[date] = Counter()
    for part in parts:
        for days in range(7) if part.live is not None else ():
            assert part.live is not None
            drawn[part.live + timedelta(days=days)] += round(part.views * 0.004 / (days + 1))
    first = today - timedelta(days=FIRST)
    months: dict[str, list[tuple[Stored, ...]]] = {}
    for number in range(FIRST):
        day = first + timedelta(days=number)
        usual = (70 + number // 6) * (1.25 if day.weekday() > 4 else 1.0) * die.uniform(0.85, 1.15)
        sessions = round(usual) + min(drawn[day], 900) + 18 * orders[day]
        held = months.setdefault(day.isoformat()[:7], [])
        users, found = round(sessions * 0.83), searches[day]
        shop = (sessions, users, orders[day], "EUR", revenue[day], None, None)
        held.append((day.isoformat(), "shop", "all", "all", *shop))
        seen = (None, None, None, "EUR", None, round(found * die.uniform(2.2, 3.1)), found)
        held.append((day.isoformat(), "search_console", "our name", "all", *seen))
        if number >= 240:
            for channel, share in (("Direct", 0.31), ("Organic Search", 0.22), ("Organic Social", 0.38)):
                some = round(sessions * share * die.uniform(0.9, 1.1))
                few = (some, round(some * 0.86), None, "EUR", None, None, None)
                held.append((day.isoformat(), "analytics", channel, "all", *few))
    for month, held in months.items():
        label = f"Import {len(held)} site days from visits-{month}.csv"
        day = date.fromisoformat(str(held[-1][0])) + timedelta(days=1)
        yield Step(min(day, today), "Theo", label, partial(_add_days, held), "import")


def _add_days(held: list[tuple[Stored, ...]], unit: Unit) -> None:
    unit.add_rows("site_day", DAYS, held)


def _survey(die: Die, sold: Sold, today: date) -> Iterator[Step]:
    """One buyer in twelve says how they heard of us; some name a creator and carried no code."""
    words = word_list("evidence")["survey"]
    known = list({id(sale.part): sale.part for sale in sold.sales if sale.part}.values())
    asked = [sale for sale in sold.sales if die.chance(1 / 12)]
    number = 0
    for quarter in sorted({(sale.day.year, (sale.day.month - 1) // 3) for sale in asked}):
        inside = [sale for sale in asked if (sale.day.year, (sale.day.month - 1) // 3) == quarter]

        def write(unit: Unit, inside: Any = inside, number: int = number) -> None:
            for at, sale in enumerate(inside):
                seen = [part for part in known if part.live and part.live < sale.day]
                part = sale.part or (die.choice(seen) if seen and die.chance(0.2) else None)
                answer = die.choice(words["others"])
                if part is not None:
                    name, handle = part.person.values["name"], part.person.accounts[0]["handle"]
                    answer = die.choice(words["creators"]).format(name=name, handle=f"@{handle}")
                unit.add(
                    "survey_answer",
                    {
                        "number": str(70_100 + number + at),
                        "answered_on": sale.day.isoformat(),
                        "order": sold.rows[sale],
                        "question": words["question"],
                        "answer": answer,
                        "creator": part.person.row if part else None,
                        "campaign": part.campaign_row if part else None,
                    },
                )

        number += len(inside)
        label = f"Import {len(inside)} answers from survey.csv"
        # In the month after: by then the orders that they belong to are there.
        day = (inside[-1].day.replace(day=1) + timedelta(days=64)).replace(day=2)
        yield Step(min(day, today), "Mara", label, write, "import")


def _decisions(die: Die, parts: list[Part], sold: Sold, today: date) -> Iterator[Step]:
    """The weekly review of the weeks with new posts; this week's has not been held yet."""
    brought = Counter(id(sale.part) for sale in sold.sales if sale.part)
    this_week = today - timedelta(days=today.weekday())
    for weeks in range(40, 0, -1):
        monday = this_week - timedelta(days=7 * weeks)
        fresh = [
            p for p in parts if p.live and monday - timedelta(days=9) <= p.live < monday - timedelta(days=2)
        ]
        chosen = sorted(fresh, key=lambda part: -brought[id(part)])[:3]
        if chosen:
            label = f"Review the week: {len(chosen)} decisions" if len(chosen) > 1 else "Review the week"
            yield Step(monday, "Mara", label, partial(_decide, die, chosen, brought, monday, today))


def _decide(
    die: Die, chosen: list[Part], brought: Counter[int], monday: date, today: date, unit: Unit
) -> None:
    reasons = word_list("evidence")["decisions"]
    for part in chosen:
        orders = brought[id(part)]
        decision = "scale" if orders > 60 else "keep" if orders > 8 else die.choice(("keep", "pause", "drop"))
        values: Values = {
            "week_on": monday.isoformat(),
            "subject": part.person.values["name"],
            "creator": part.person.row,
            "campaign": part.campaign_row,
            "deliverable": part.deliverable or None,
            "decision": decision,
            "reason": die.choice(reasons[decision]),
            "decided_by": "Mara",
        }
        back = monday + timedelta(days=35)
        if back <= today:
            values["scored_on"] = back.isoformat()
            values["score"] = die.weighted({"right": 70, "unclear": 20, "wrong": 10})
        unit.add("weekly_decision", values)


def _experiments(parts: list[Part], searches: dict[date, int], today: date) -> Iterator[Step]:
    """One that was answered by the shop's own days, one that runs, one that is planned."""
    campaigns = {c["name"]: c for c in word_list("program")["campaigns"]}
    regions = word_list("evidence")["regions"]
    row = {part.campaign: part for part in parts}
    launch, serum = "Winter Balm launch", "Kelp Serum, sensitive skin"
    starts = today + timedelta(days=campaigns[launch]["starts"] + 14)
    if launch in row:
        values: Values = {
            "name": "Did the balm posts make us known?",
            "kind": "uplift",
            "status": "finished",
            "question": "Do more people search for our name while the posts are out?",
            "measure": "searches",
            "baseline_from": (starts - timedelta(days=BEFORE)).isoformat(),
            "starts_on": starts.isoformat(),
            "ends_on": (starts + timedelta(days=BEFORE - 1)).isoformat(),
            **_lift(searches, starts),
        }
        day = starts + timedelta(days=BEFORE + 6)
        yield Step(day, "Mara", "Finish an experiment", partial(_add_experiment, row[launch], values))
    if serum in row:
        running: Values = {
            "name": "Two hooks for the serum",
            "kind": "content_test",
            "status": "running",
            "question": "Does “Two minutes after washing” sell better than “My skin said no”?",
            "measure": "orders",
            "starts_on": (today - timedelta(days=16)).isoformat(),
            "ends_on": (today + timedelta(days=19)).isoformat(),
            "treated": ("Two minutes after washing",),
            "control": ("My skin said no to everything else",),
            "smallest_effect": 350_000,
        }
        day = today - timedelta(days=17)
        yield Step(day, "Jonas", "Plan an experiment", partial(_add_experiment, row[serum], running))
        planned: Values = {
            "name": "Posts in the west only",
            "kind": "geo_split",
            "status": "planned",
            "question": "What do creators add where no code is typed in?",
            "measure": "revenue",
            "starts_on": (today + timedelta(days=80)).isoformat(),
            "ends_on": (today + timedelta(days=122)).isoformat(),
            "treated": tuple(regions["with"]),
            "control": tuple(regions["without"]),
            "smallest_effect": 220_000,
        }
        day = today - timedelta(days=5)
        yield Step(day, "Mara", "Plan an experiment", partial(_add_experiment, None, planned))


def _add_experiment(part: Part | None, values: Values, unit: Unit) -> None:
    unit.add("experiment", {**values, "campaign": part.campaign_row if part else None})


def _lift(searches: dict[date, int], starts: date) -> Values:
    """The effect on searches by the days' own counts: two Poisson counts, on the scale of the logarithm."""
    span = timedelta(days=BEFORE)
    before = sum(count for day, count in searches.items() if starts - span <= day < starts)
    during = sum(count for day, count in searches.items() if starts <= day < starts + span)
    ratio, error = during / before, math.sqrt(1 / during + 1 / before)
    low, high = (ratio * math.exp(sign * 1.96 * error) for sign in (-1, 1))
    return {
        "effect": round((ratio - 1) * MILLIONTHS),
        "effect_low": round((low - 1) * MILLIONTHS),
        "effect_high": round((high - 1) * MILLIONTHS),
        "p_value": round(math.erfc(abs(math.log(ratio)) / error / math.sqrt(2)), 4),
        "grade": "C",
        "conclusion": "Yes, though the frost came in the same weeks; a split by region would tell.",
    }
