"""The sample brand's parcels, posts and messages: what was sent to whom, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from itertools import groupby
from typing import Any

from creator_crm.domain.fields import Value
from creator_crm.services.sample.invented import Die, word_list
from creator_crm.services.sample.numbers import SEED, tracking_number
from creator_crm.services.sample.past import Step
from creator_crm.services.sample.people import Person
from creator_crm.services.sample.shelf import shelf
from creator_crm.store.unit_of_work import Unit

Values = dict[str, Value]
GHOSTS = 0.24  # parcels that arrived and led to nothing
LOST = 0.05
STUCK = 17  # days ago that a parcel left which nobody has seen since
UNDER_WAY = (-4, STUCK, -1, 15)  # days since the parcels left, or until they do, of those who agreed just now
FOLLOWED_UP = 28  # days: whoever has not answered by then is let be
FRIDAY, SATURDAY, SUNDAY = 4, 5, 6
ADDRESS = ("recipient", "street", "city", "postcode", "country")


@dataclass
class Rows:
    """Numbers of rows that later steps refer to, known once the earlier ones were written."""

    products: dict[str, int] = field(default_factory=dict)
    services: dict[str, Values] = field(default_factory=dict)  # what a parcel to a country goes with
    briefs: dict[str, int] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)  # the latest one of a campaign's brief
    templates: list[int] = field(default_factory=list)


@dataclass
class Part:
    """One creator's work in one campaign, from agreement to post."""

    person: Person
    campaign: str
    sku: str
    agreed: date
    shipped: date
    delivered: date | None
    live: date | None
    lost: bool
    views: int
    code: str
    fee: Value
    currency: str
    star: bool = False
    shipment: int = 0
    deliverable: int = 0
    code_row: int = 0

    @property
    def campaign_row(self) -> int:
        return self.person.campaign_rows[self.campaign]


def parts_of(die: Die, people: list[Person], today: date) -> list[Part]:
    """Who got a parcel in which campaign, and what came of it; a few of them are stars."""
    products = word_list("trade")["campaign_products"]
    found: list[Part] = []
    for person in people:
        for campaign, values in person.parts.items():
            agreed = values.get("agreed_on")
            if campaign not in products or not agreed:
                continue
            under_way = sum(p.shipped > today - timedelta(days=STUCK + 1) for p in found)
            found.append(
                _part(die, person, campaign, products[campaign], values, str(agreed), today, under_way)
            )
    posted = sorted((p for p in found if p.live), key=lambda p: -p.views)
    for part in [*posted[2:4], *posted[8:10], *posted[-6:-4]]:  # reach alone does not sell
        part.star = True
    return sorted(found, key=lambda p: p.agreed)


def _part(
    die: Die,
    person: Person,
    campaign: str,
    sku: str,
    values: Values,
    agreed: str,
    today: date,
    under_way: int,
) -> Part:
    agreed_on = date.fromisoformat(agreed)
    starts = today + timedelta(days=_starts(campaign))
    shipped = max(agreed_on, starts) + timedelta(days=die.randint(2, 8))
    if values["status"] == "agreed":  # agreed, and under way these days
        shipped = today - timedelta(days=UNDER_WAY[under_way % len(UNDER_WAY)])
    lost = die.chance(LOST) or (today - shipped).days == STUCK
    delivered = None if lost else shipped + timedelta(days=die.randint(2, 8))
    live = delivered + timedelta(days=die.randint(4, 16)) if delivered and not die.chance(GHOSTS) else None
    first = str(person.values["name"]).split()[0].upper()
    letters = "".join(c for c in first if c.isascii() and c.isalpha()) or "FRIEND"
    return Part(
        person=person,
        campaign=campaign,
        sku=sku,
        agreed=agreed_on,
        shipped=shipped,
        delivered=delivered if delivered and delivered <= today else None,
        live=live if live and live <= today else None,
        lost=lost,
        views=max(300, round(person.audience * die.lognormvariate(-0.9, 0.8))),
        code=f"{letters[:8]}{die.randint(10, 99)}{sku[-2:]}",
        fee=values.get("fee"),
        currency=str(values.get("currency") or "EUR"),
    )


def _starts(campaign: str) -> int:
    campaigns = word_list("program")["campaigns"]
    return int(next(c["starts"] for c in campaigns if c["name"] == campaign))


def trade(die: Die, people: list[Person], parts: list[Part], rows: Rows, today: date) -> Iterator[Step]:
    """Products, stock, templates, briefs, codes, parcels, posts and messages, as steps of the history."""
    words = word_list("trade")
    yield from shelf(rows, today)
    yield from _briefs(words["briefs"], parts, rows)
    yield from _parcels(die, parts, rows, today)
    yield from _posts(die, parts, rows, today)
    yield from _messages(die, people, parts, rows, today)


def _briefs(briefs: Any, parts: list[Part], rows: Rows) -> Iterator[Step]:
    for brief in briefs:
        mine = [p for p in parts if p.campaign == brief["campaign"]]
        if mine:
            day = min(p.shipped for p in mine) - timedelta(days=1)
            label = f"Write the brief {brief['name']}"
            yield Step(day, "Mara", label, partial(_add_brief, brief, mine[0], rows))


def _add_brief(brief: Any, part: Part, rows: Rows, unit: Unit) -> None:
    rows.briefs[part.campaign] = unit.add("brief", brief_values(brief, part, rows))


def brief_values(brief: Any, part: Part, rows: Rows) -> Values:
    """The brief of a campaign as it was first written."""
    return {
        **{k: v for k, v in brief.items() if k not in ("campaign", "sku", "hashtags")},
        "campaign": part.campaign_row,
        "product": rows.products[part.sku],
        "status": "sent",
        "hashtags": tuple(sorted(brief["hashtags"])),
    }


def _many(members: list[Part], what: str) -> str:
    return f"1 {what}" if len(members) == 1 else f"{len(members)} {what}s"


def _weeks(parts: Iterable[Part], day_of: str, weekday: int) -> Iterator[tuple[date, str, list[Part]]]:
    """Parts by week and campaign, each week at one weekday: what follows in a week comes later in it."""
    dated = [(getattr(p, day_of), p.campaign, p) for p in parts if getattr(p, day_of)]
    dated.sort(key=lambda item: (item[0].isocalendar()[:2], item[1], item[2].code))
    for (_, campaign), group in groupby(dated, key=lambda item: (item[0].isocalendar()[:2], item[1])):
        found = list(group)
        monday = found[0][0] - timedelta(days=found[0][0].weekday())
        yield monday + timedelta(days=weekday), campaign, [part for _, _, part in found]


def _parcels(die: Die, parts: list[Part], rows: Rows, today: date) -> Iterator[Step]:
    numbers = Die(SEED)
    for day, _, members in _weeks(parts, "shipped", FRIDAY):
        label = f"Send {members[0].sku} to {_many(members, 'creator')}"
        yield Step(
            min(day, today), "Jonas", label, partial(_send, die, numbers, members, rows, today), "person"
        )


def _send(die: Die, numbers: Die, members: list[Part], rows: Rows, today: date, unit: Unit) -> None:
    for part in members:
        address = part.person.address or {}
        country = str(part.person.values.get("country") or "IE")
        values: Values = {
            "creator": part.person.row,
            "campaign": part.campaign_row,
            "kind": "gift",
            **rows.services.get(country, rows.services["other"]),
            "currency": "EUR",
            "postage": die.randint(42, 98) * 10,
            **{k: address[k] for k in ADDRESS if k in address},
            **_parcel_dates(part, today),
        }
        if part.shipped <= today:
            values["tracking_number"] = tracking_number(numbers, str(values["carrier"]), country)
        part.shipment = unit.add("shipment", values)
        unit.add(
            "shipment_item",
            {"shipment": part.shipment, "product": rows.products[part.sku], "quantity": 1},
        )
        part.code_row = unit.add(
            "code",
            {
                "code": part.code,
                "creator": part.person.row,
                "campaign": part.campaign_row,
                "kind": "discount_code",
                "status": "active",
                "percent_off": 100_000,
                "starts_on": part.shipped.isoformat(),
            },
        )


def _parcel_dates(part: Part, today: date) -> Values:
    if part.shipped > today:
        values: Values = {"approved_on": (today - timedelta(days=2)).isoformat()}
        values["ship_by"] = part.shipped.isoformat()
        if (part.shipped - today).days > 2:
            return values | {"status": "approved"}
        return values | {"status": "packed", "packed_on": today.isoformat()}
    values = {"shipped_on": part.shipped.isoformat(), "status": "in_transit"}
    if part.lost and (today - part.shipped).days > 20:
        return values | {"status": "lost", "lost_on": (part.shipped + timedelta(days=20)).isoformat()}
    if not part.delivered:
        return values
    values |= {"status": "delivered", "delivered_on": part.delivered.isoformat()}
    if _given_up(part, today):
        values |= {"nudges": 3, "ghosted_on": (part.delivered + timedelta(days=18)).isoformat()}
    return values


def _given_up(part: Part, today: date) -> bool:
    """Whether the parcel arrived long ago and led to nothing."""
    return part.delivered is not None and part.live is None and (today - part.delivered).days > 24


def _posts(die: Die, parts: list[Part], rows: Rows, today: date) -> Iterator[Step]:
    sent = [p for p in parts if p.delivered]
    for day, campaign, members in _weeks(sent, "delivered", SATURDAY):
        label = f"Plan {_many(members, 'post')} for {campaign}"
        yield Step(min(day, today), "Theo", label, partial(_plan_posts, die, members, rows, today))
    for day, campaign, members in _weeks(parts, "live", SUNDAY):
        label = f"Log {_many(members, 'live post')} of {campaign}"
        yield Step(min(day, today), "Theo", label, partial(_go_live, die, members, today))


def _plan_posts(die: Die, members: list[Part], rows: Rows, today: date, unit: Unit) -> None:
    hooks = word_list("trade")["hooks"]
    for part in members:
        assert part.delivered is not None
        part.deliverable = unit.add(
            "deliverable",
            {
                "creator": part.person.row,
                "campaign": part.campaign_row,
                "product": rows.products[part.sku],
                "brief": rows.briefs.get(part.campaign),
                "brief_version": rows.versions.get(part.campaign),
                "acknowledged_on": _read_on(die, part, today),
                "shipment": part.shipment,
                "code": part.code_row,
                **_progress(die, part, today),
                "format": die.choice(["short_video", "short_video", "review", "routine", "unboxing"]),
                "platform": part.person.accounts[0]["platform"],
                "funnel_stage": "conversion",
                "hook": die.choice(hooks),
                "due_on": (part.delivered + timedelta(days=14)).isoformat(),
                "currency": part.currency,
                "fee": part.fee,
            },
        )


def _progress(die: Die, part: Part, today: date) -> Values:
    if part.live:
        return {"status": "drafting"}
    if _given_up(part, today):
        return {"status": "cancelled", "notes": "The parcel arrived, the post never came."}
    status = die.choice(["planned", "drafting", "draft_in", "draft_in", "changes_asked", "approved"])
    came = {"draft_in_on": (today - timedelta(days=die.randint(0, 3))).isoformat()}
    return {"status": status, **(came if status == "draft_in" else {})}


def _read_on(die: Die, part: Part, today: date) -> str | None:
    """The day on which the brief was said to be read; not everybody says so."""
    assert part.delivered is not None
    read = part.delivered + timedelta(days=die.randint(0, 3))
    return read.isoformat() if read <= today and die.chance(0.8) else None


def _go_live(die: Die, members: list[Part], today: date, unit: Unit) -> None:
    for part in members:
        assert part.live is not None
        handle = str(part.person.accounts[0]["handle"])
        post = die.randint(7_100_000_000_000_000_000, 7_599_999_999_999_999_999)
        values: Values = {"live_on": part.live.isoformat(), "status": "live"}
        if part.person.accounts[0]["platform"] == "tiktok":
            values["live_url"] = f"https://www.tiktok.com/@{handle}/video/{post}"
        for status, ago in (("draft_in", 3), ("approved", 1)):
            on = (part.live - timedelta(days=ago)).isoformat()
            unit.set("deliverable", part.deliverable, {"status": status, f"{status}_on": on})
        unit.set("deliverable", part.deliverable, values)
        for days, share in ((3, 0.62), (7, 0.84), (30, 1.0)):
            day = part.live + timedelta(days=days)
            if day <= today:
                unit.add("post_metrics", _measured(die, part, day, round(part.views * share)))


def _measured(die: Die, part: Part, day: date, views: int) -> Values:
    return {
        "deliverable": part.deliverable,
        "measured_on": day.isoformat(),
        "views": views,
        "likes": round(views * die.uniform(0.03, 0.11)),
        "comments": round(views * die.uniform(0.001, 0.006)),
        "shares": round(views * die.uniform(0.001, 0.008)),
        "saves": round(views * die.uniform(0.002, 0.012)),
        "source": "the post",
    }


def _messages(die: Die, people: list[Person], parts: list[Part], rows: Rows, today: date) -> Iterator[Step]:
    agreed = {id(p.person) for p in parts}
    written: list[tuple[date, Person, str]] = []
    for person in people:
        for day, stage in person.moves:
            if stage in ("contacted", "in_conversation", "agreed"):
                written.append((day, person, stage))
    written.sort(key=lambda item: (item[0].isocalendar()[:2], str(item[1].values["owner"])))
    for (_, who), group in groupby(
        written, key=lambda item: (item[0].isocalendar()[:2], str(item[1].values["owner"]))
    ):
        found = list(group)
        label = f"Log {len(found)} messages" if len(found) > 1 else "Log a message"
        day = max(day for day, _, _ in found)
        yield Step(day, who, label, partial(_log, die, found, rows, agreed, today))


def _log(
    die: Die, found: list[tuple[date, Person, str]], rows: Rows, agreed: set[int], today: date, unit: Unit
) -> None:
    words = word_list("trade")
    for day, person, stage in found:
        out = stage == "contacted"
        values: Values = {
            "creator": person.row,
            "direction": "out" if out else "in",
            "channel": "email" if person.values.get("email") and die.chance(0.4) else "tiktok_dm",
            "status": "sent" if out else "received",
            "sent_at": f"{day.isoformat()}T{die.randint(8, 18):02d}:{die.randint(0, 59):02d}:00Z",
            "author": str(person.values["owner"]),
        }
        if out:
            template = words["templates"][0]["body"]
            name = str(person.values["name"]).split()[0]
            values["template"] = rows.templates[0]
            values["body"] = template.replace("{{ first_name }}", name).replace("{{ campaign }}", "balm")
            if person.stage == "contacted" and (today - day).days <= FOLLOWED_UP:
                values["follow_up_on"] = (day + timedelta(days=7)).isoformat()
        else:
            values["body"] = die.choice(words["answers"])
            values["outcome"] = "agreed" if id(person) in agreed and stage == "agreed" else "interested"
            if stage == "agreed" or id(person) in agreed or (today - day).days > 9:
                values["status"] = "answered"
        unit.add("message", values)
