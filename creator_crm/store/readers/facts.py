"""The facts that metrics are worked out from, added up by the database in a handful of statements.

The rules are those of `domain.metrics`: its `sales_facts`, `parcel_facts` and `post_facts` say the same row
by row, and tests hold both against each other to the cent. Orders count here when they came through the
program: a creator or a campaign is named on them, or on the code that was used.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any

from creator_crm.domain.metrics import Facts
from creator_crm.domain.scope import EVERYTHING, By, Part, Scope
from creator_crm.store.readers.sources import (
    ADS,
    FEES,
    ITEMS,
    LINES,
    LIVE,
    MOVED,
    OF_LINES,
    ORDERS,
    PARCELS,
    PAYMENTS,
    POSTS,
    REACHED,
    SALES,
    Source,
    parameters,
    prepare,
)
from creator_crm.store.store import Store

_PAID_FOR: Mapping[str, str] = MappingProxyType(
    {"commission": "commission", "bonus": "commission", "tools": "tools"}
)  # every other kind but fees is a cost of production


def facts(
    store: Store,
    scope: Scope = EVERYTHING,
    by: By = "",
    *,
    today: str | None = None,
    buyers: bool = True,
) -> dict[Part, dict[str, Facts]]:
    """The facts of `scope`, apart for each creator, campaign, month or day, by currency, the main one first.

    Posts count in the main currency of their part: that in which most was turned over. Without `buyers`, who
    bought stays unknown, which spares the longest statement. Every part of a day, month or campaign adds up
    to the whole, buyers and creators reached apart: they may be in several.
    """
    with store.read_raw() as raw:
        prepare(raw)
        reading = _Reading(raw, scope, by, today or date.today().isoformat())
        found = _Sums()
        reading.money(found)
        reading.parcels(found)
        if buyers:
            reading.buyers(found)
        return found.with_posts(reading.posts(), reading.usual_currency(), whole=not by)


def money_by_day(store: Store, scope: Scope) -> dict[Part, dict[str, Facts]]:
    """What was sold and spent on each day alone; nothing of posts and people is in it."""
    with store.read_raw() as raw:
        prepare(raw)
        reading, found = _Reading(raw, scope, "day", ""), _Sums()
        reading.money(found)
        reading.parcels(found, people=False)
        return found.facts()


def whole_and_creators(
    store: Store, scope: Scope, today: str | None = None
) -> tuple[dict[str, Facts], dict[Part, dict[str, Facts]]]:
    """The facts of `scope` as `facts` gives them, and out of the same statements those of each creator.

    Those of a creator know nothing of posts and buyers.
    """
    with store.read_raw() as raw:
        prepare(raw)
        reading = _Reading(raw, scope, "", today or date.today().isoformat())
        each, whole = _Reading(raw, scope, "creator", ""), _Sums()
        creators = _Sums(whole)
        each.money(creators)
        each.parcels(creators)
        reading.buyers(whole)
        posts = reading.posts()
        return whole.with_posts(posts, reading.usual_currency(), whole=True)[None], creators.facts()


class _Sums:
    """Sums by part and currency, under the names of the fields of Facts."""

    def __init__(self, whole: _Sums | None = None) -> None:
        """Whatever is added here is added to the `whole` too."""
        self._of: dict[tuple[Part, str], dict[str, Any]] = defaultdict(dict)
        self._whole = whole

    def __getitem__(self, key: tuple[Part, str]) -> dict[str, Any]:
        return self._of[key]

    def add(self, part: Part, currency: str, **amounts: int | None) -> None:
        held = self._of[part, currency]
        for name, amount in amounts.items():
            held[name] = held.get(name, 0) + (amount or 0)
        if self._whole is not None:
            self._whole.add(None, currency, **amounts)

    def sold_by(self, creator: int, part: Part, currency: str, amount: int) -> None:
        by_creator = self._of[part, currency].setdefault("revenue_by_creator", {})
        by_creator[creator] = by_creator.get(creator, 0) + amount
        if self._whole is not None:
            self._whole.sold_by(creator, None, currency, amount)

    def lack_goods_cost(self, part: Part, currency: str) -> None:
        """What some of the goods cost is not known, so the sum is not."""
        self._of[part, currency]["goods_cost"] = None
        if self._whole is not None:
            self._whole.lack_goods_cost(None, currency)

    def facts(self) -> dict[Part, dict[str, Facts]]:
        made: dict[Part, dict[str, Facts]] = defaultdict(dict)
        for (part, currency), values in self._of.items():
            made[part][currency] = Facts(currency=currency, **values)
        return made

    def with_posts(
        self, posts: Mapping[Part, Mapping[str, Any]], usual: str, *, whole: bool
    ) -> dict[Part, dict[str, Facts]]:
        made = self.facts()
        for part in {*made, *posts, *([None] if whole else [])}:
            ordered = sorted(made[part].values(), key=_turnover)
            main = ordered[0] if ordered else Facts(currency=usual)
            main = replace(main, **posts.get(part, {}))
            made[part] = {one.currency: one for one in (main, *ordered[1:])}
        return dict(made)


def _turnover(facts: Facts) -> tuple[int, str]:
    return -(facts.landed_cost + facts.revenue), facts.currency


class _Reading:
    """The statements for one scope, each run once."""

    def __init__(self, raw: sqlite3.Connection, scope: Scope, by: By, today: str) -> None:
        self.raw, self.scope, self.by = raw, scope, by
        self.values = {**parameters(scope), "today": today}

    def _run(self, source: Source, columns: str, more: str = "") -> Iterable[tuple[Any, ...]]:
        return self.raw.execute(source.sums(columns, self.scope, self.by, more), self.values)

    def sales(self, found: _Sums) -> None:
        """Revenue, refunds, discounts and orders; what the goods cost and the commission on them."""
        bare: set[tuple[Part, str]] = set()
        for part, money, creator, orders, gross, back, charged, discount, no_lines in self._of_orders(
            ORDERS, SALES
        ):
            found.add(
                part,
                money,
                orders=orders,
                revenue=gross,
                refunds=back,
                charged=charged,
                discounts=discount,
                goods_cost=0,
            )
            if creator is not None:
                found.sold_by(creator, part, money, gross - back)
            if no_lines:
                bare.add((part, money))
        for part, money, _, commission, goods, unknown in self._of_orders(LINES, OF_LINES):
            found.add(part, money, commission=commission, goods_cost=goods)
            if unknown:
                bare.add((part, money))
        for key in bare:
            found.lack_goods_cost(*key)

    def _of_orders(self, source: Source, columns: str) -> Iterator[tuple[Any, ...]]:
        """(part, currency, creator, sums) in the groups that an index has; a part can come several times.

        Of a day or month whose it was is not told.
        """
        if self.by in ("day", "month"):
            keys, groups, index = f"{source.day}, {source.currency}", "1, 2", "sums_order_when"
        else:
            keys = f"{source.creator}, {source.campaign}, {source.currency}"
            groups, index = "o.creator, o.code, o.campaign, 3", "sums_order_whose"
        tables = source.ordered(self.scope, index)
        sql = f"SELECT {keys}, {columns} FROM {tables} WHERE {source.where(self.scope)} GROUP BY {groups}"
        long = {"day": 10, "month": 7}.get(self.by)
        for row in self.raw.execute(sql, self.values):
            if long:
                yield row[0][:long], row[1], None, *row[2:]
            else:
                creator, campaign, money, *sums = row
                yield {"creator": creator, "campaign": campaign}.get(self.by), money, creator, *sums

    def buyers(self, found: _Sums) -> None:
        """Who bought, how often, and for the first time: known only if every order tells."""
        inner = replace(ORDERS, tables=ORDERS.ordered(self.scope, "sums_order")).sums(
            "count(*) AS orders, sum(o.customer = 'new') AS new, sum(o.customer IS NULL) AS unsorted",
            self.scope,
            self.by,
            "o.customer_key AS buyer",
        )
        for part, money, customers, repeated, new, anonymous, unsorted in self.raw.execute(
            "SELECT part, money, count(buyer), sum(buyer IS NOT NULL AND orders > 1), "
            "sum(CASE WHEN buyer IS NULL THEN new ELSE new > 0 END), sum(buyer IS NULL), sum(unsorted) "
            f"FROM ({inner}) GROUP BY 1, 2",
            self.values,
        ):
            found[part, money].update(
                customers=None if anonymous else customers,
                repeat_customers=None if anonymous else repeated,
                new_customers=None if unsorted else new,
            )

    def costs(self, found: _Sums) -> None:
        """Fees, ads, and what else was billed; due or paid, a cost is a cost."""
        for part, money, fees in self._run(FEES, "sum(f.fee)"):
            found.add(part, money, fees=fees)
        for part, money, amount in self._run(ADS, "sum(a.amount)"):
            found.add(part, money, ads=amount)
        for part, money, kind, amount in self._run(PAYMENTS, "sum(y.amount)", "y.kind AS kind"):
            if kind != "fee":
                found.add(part, money, **{_PAID_FOR.get(kind, "production"): amount})

    def money(self, found: _Sums) -> None:
        """Everything that was sold and spent, but for the sending of parcels."""
        self.sales(found)
        self.costs(found)
        for part, money, goods in self._run(ITEMS, "sum(coalesce(i.unit_cost, 0) * coalesce(i.quantity, 0))"):
            found.add(part, money, product_cost=goods)

    def parcels(self, found: _Sums, *, people: bool = True) -> None:
        """How many parcels were sent, for how much, and how many creators they reached and moved to post."""
        columns = "count(*), sum(coalesce(s.postage, 0) + coalesce(s.duties, 0))"
        if people:
            columns += "".join(
                f", count(DISTINCT CASE WHEN {step} THEN s.creator END)" for step in (REACHED, MOVED)
            )
        names = ("parcels", "postage", "creators_delivered", "creators_posted")
        for part, money, *sums in self._run(PARCELS, columns):
            found.add(part, money, **dict(zip(names, sums, strict=False)))

    def posts(self) -> dict[Part, dict[str, Any]]:
        """What posts reached by their latest figures, and how many were on time."""
        missed = f"(NOT {LIVE} AND d.due_on < :today)"
        on_time = f"({LIVE} AND (d.due_on IS NULL OR coalesce(d.live_on, d.due_on) <= d.due_on))"
        measured = ("views", "likes", "comments", "shares", "saves")
        columns = f"sum({LIVE}), sum({LIVE} OR coalesce({missed}, 0)), sum({on_time}), " + ", ".join(
            f"sum(CASE WHEN {LIVE} THEN d.{name} END)" for name in measured
        )
        names = ("posts_live", "posts_due", "posts_on_time", *measured)
        found = {
            part: dict(zip(names, sums, strict=True))
            for part, _, *sums in self._run(POSTS, columns)
            if sums[0] is not None
        }
        for part, clicks in self._clicks():
            found[part]["clicks"] = clicks
        angles: dict[Part, set[tuple[str, str]]] = defaultdict(set)
        distinct = f"SELECT DISTINCT {POSTS.group(self.by)}, d.hook, d.format FROM deliverable d WHERE "
        for part, hook, form in self.raw.execute(
            f"{distinct} {POSTS.where(self.scope)} AND {LIVE}", self.values
        ):
            angles[part].add(((hook or "").casefold(), form or ""))
        for part, pairs in angles.items():
            found[part]["angles"] = frozenset(pairs)
        return found

    def _clicks(self) -> Iterator[tuple[Part, int]]:
        """Of each live post, the clicks in its latest snapshot that has any."""
        latest = (
            "(SELECT deliverable, clicks, max(measured_on) FROM post_metrics "
            "WHERE clicks IS NOT NULL AND deleted_at IS NULL GROUP BY deliverable) m"
        )
        measured = replace(POSTS, tables=f"deliverable d JOIN {latest} ON m.deliverable = d.id")
        for part, _, clicks in self._run(
            replace(measured, living=f"{POSTS.living} AND {LIVE}"), "sum(m.clicks)"
        ):
            if clicks is not None:
                yield part, clicks

    def usual_currency(self) -> str:
        """The currency of the campaign, or of most campaigns: in it nothing is counted as nothing."""
        found = self.raw.execute(
            "SELECT currency FROM campaign WHERE deleted_at IS NULL AND currency IS NOT NULL "
            "AND (:campaign IS NULL OR id = :campaign) GROUP BY currency ORDER BY count(*) DESC, currency",
            self.values,
        ).fetchone()
        return str(found[0]) if found else "EUR"
