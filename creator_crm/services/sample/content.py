"""What surrounds the sample brand's content: versions of its briefs, dates, rights, disclosure checks."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import partial
from itertools import groupby
from typing import Any

from creator_crm.domain.briefs import Brief
from creator_crm.domain.fields import Value
from creator_crm.domain.values.tags import parse_tags
from creator_crm.services.sample.invented import Die, word_list
from creator_crm.services.sample.past import Step
from creator_crm.services.sample.people import Person
from creator_crm.services.sample.trade import Part, Rows, brief_values
from creator_crm.store.unit_of_work import Unit

Values = dict[str, Value]
SUNDAY = 6


def content(die: Die, people: list[Person], parts: list[Part], rows: Rows, today: date) -> Iterator[Step]:
    """The steps, oldest first of each kind."""
    words = word_list("evidence")
    yield from _versions(words["versions"], parts, rows)
    yield from _draft(words["draft"], people, rows, today)
    yield from _events(words["events"], people, today)
    live = sorted((p for p in parts if p.live), key=lambda part: (part.live or today, part.code))
    yield from _assets(die, words, live, today)
    yield from _checks(die, words["disclosure"], live, today)


def _versions(versions: Any, parts: list[Part], rows: Rows) -> Iterator[Step]:
    """Each brief was kept when it was written, and again when it was made better."""
    for brief in word_list("trade")["briefs"]:
        mine = [p for p in parts if p.campaign == brief["campaign"]]
        better = versions.get(brief["campaign"])
        if not mine or better is None:
            continue
        written = min(p.shipped for p in mine) - timedelta(days=1)
        first = partial(_keep, brief, mine[0], rows, 1, None, {})
        yield Step(written, "Mara", f"Keep a version of the brief {brief['name']}", first)
        later = partial(_keep, brief, mine[0], rows, 2, better["note"], better["changes"])
        day = written + timedelta(days=better["after"])
        yield Step(day, "Mara", f"Keep a version of the brief {brief['name']}", later)


def _keep(
    brief: Any, part: Part, rows: Rows, number: int, note: str | None, changes: Values, unit: Unit
) -> None:
    from creator_crm.exchange.documents.brief import content_of

    row = rows.briefs[part.campaign]
    if changes:
        unit.set("brief", row, changes)
    values: Any = {**brief_values(brief, part, rows), **changes}
    kept = content_of(Brief(**values))
    rows.versions[part.campaign] = unit.add(
        "brief_version",
        {
            "brief": row,
            "number": number,
            "name": str(brief["name"]),
            "kept_at": unit.now,
            "author": "Mara",
            "content": json.dumps(kept, ensure_ascii=False, separators=(",", ":"), sort_keys=True),
            "note": note,
        },
    )


def _draft(draft: Any, people: list[Person], rows: Rows, today: date) -> Iterator[Step]:
    someone = next((p for p in people if draft["campaign"] in p.planned), None)
    if someone is None:
        return

    def write(unit: Unit) -> None:
        values = {k: v for k, v in draft.items() if k not in ("campaign", "sku")}
        values["hashtags"] = tuple(sorted(draft["hashtags"]))
        campaign = someone.campaign_rows[draft["campaign"]]
        unit.add("brief", {**values, "campaign": campaign, "product": rows.products[draft["sku"]]})

    day = max(today - timedelta(days=6), someone.planned[draft["campaign"]])
    yield Step(day, "Mara", f"Write the brief {draft['name']}", write)


def _events(events: Any, people: list[Person], today: date) -> Iterator[Step]:
    def write(unit: Unit) -> None:
        for starts, ends, kind, name, campaign in events:
            whose = next((p.campaign_rows[campaign] for p in people if campaign in p.campaign_rows), None)
            values: Values = {"name": name, "kind": kind, "campaign": whose}
            values["starts_on"] = (today + timedelta(days=starts)).isoformat()
            if ends is not None:
                values["ends_on"] = (today + timedelta(days=ends)).isoformat()
            unit.add("calendar_event", values)

    yield Step(today - timedelta(days=11), "Jonas", f"Put {len(events)} dates into the calendar", write)


def _by_month(live: Iterable[Part]) -> Iterator[list[Part]]:
    for _, group in groupby(live, key=lambda part: str(part.live)[:7]):
        yield list(group)


def _assets(die: Die, words: Any, live: list[Part], today: date) -> Iterator[Step]:
    """What may be used again: every star's post, and every third of the others."""
    newest = [p.code for p in live if p.star][-2:]  # they run as ads these days
    for month in _by_month([p for p in live if p.star or die.chance(0.35)]):
        day = max((p.live for p in month if p.live), default=today) + timedelta(days=4)
        label = (
            f"Keep {len(month)} posts for our own use" if len(month) > 1 else "Keep a post for our own use"
        )
        yield Step(min(day, today), "Theo", label, partial(_add_assets, die, words, month, newest, today))


def _add_assets(die: Die, words: Any, month: list[Part], newest: list[str], today: date, unit: Unit) -> None:
    for part in month:
        assert part.live is not None
        until = part.live + timedelta(days=die.choice((60, 90, 180, 365)))
        if not part.star and die.chance(0.3):
            until = today + timedelta(days=die.randint(3, 13))
        spark = part.live + timedelta(days=60)
        if part.code in newest:
            spark = today + timedelta(days=4 + 17 * newest.index(part.code))
        unit.add(
            "asset",
            {
                "name": f"{part.person.values['name']}, {part.campaign}",
                "creator": part.person.row,
                "campaign": part.campaign_row,
                "deliverable": part.deliverable or None,
                "kind": die.choice(("video", "video", "video", "raw_footage", "photo")),
                "usage": "organic_and_paid" if part.star else "organic",
                "usage_channels": parse_tags(die.some(words["usage_channels"], 3)),
                "rights_until": until.isoformat(),
                "spark_code": f"#{die.getrandbits(100):026x}" if part.star else None,
                "spark_until": spark.isoformat() if part.star else None,
            },
        )


def _checks(die: Die, words: Any, live: list[Part], today: date) -> Iterator[Step]:
    for month in _by_month(live):
        day = max((p.live for p in month if p.live), default=today) + timedelta(days=2)
        while day.weekday() == SUNDAY:
            day += timedelta(days=1)
        label = (
            f"Check the disclosure of {len(month)} posts" if len(month) > 1 else "Check a post's disclosure"
        )
        yield Step(min(day, today), "Jonas", label, partial(_add_checks, die, words, month))


def _add_checks(die: Die, words: Any, month: list[Part], unit: Unit) -> None:
    for part in month:
        verdict = die.weighted({"fine": 78, "fixed": 14, "fix_asked": 8})
        clear = verdict != "fix_asked"
        values: Values = {
            "deliverable": part.deliverable,
            "checked_at": unit.now,
            "checked_by": "Jonas",
            "country": str(part.person.values["country"]),
            "label_present": clear,
            "label_text": words[verdict],
            "up_front": clear,
            "in_the_picture": die.chance(0.6),
            "platform_label": clear and die.chance(0.8),
            "code_disclosed": die.chance(0.9),
            "claims_allowed": True,
            "verdict": verdict,
        }
        if verdict != "fine":
            values["fix_asked_on"] = unit.now[:10]
        if verdict == "fixed":
            values["fixed_on"] = unit.now[:10]
        unit.add("disclosure_check", values)
