"""What the sample brand agreed and checked: ideal profiles, vettings, terms, sequences of messages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from itertools import groupby
from typing import Any

from creator_crm.domain.fields import Value
from creator_crm.domain.normal import MILLIONTHS
from creator_crm.domain.values.tags import parse_tags
from creator_crm.services.sample.invented import Die, word_list
from creator_crm.services.sample.past import Step
from creator_crm.services.sample.people import Person
from creator_crm.services.sample.trade import Rows
from creator_crm.store.unit_of_work import Unit

Values = dict[str, Value]
VERDICTS = {"declined": {"pass": 60, "watch": 40}, "do_not_contact": {"reject": 80, "watch": 20}}
SIGNED = ("agreed", "active", "finished")


def agreements(die: Die, people: list[Person], rows: Rows, today: date) -> Iterator[Step]:
    """The steps, oldest first of each kind."""
    words = word_list("evidence")
    yield from _profiles(words["profiles"], people)
    yield from _vettings(die, words, people, today)
    yield from _terms(die, words, people, today)
    yield from _sequences(words["sequences"], people, rows, today)


def _profiles(profiles: Any, people: list[Person]) -> Iterator[Step]:
    for profile in profiles:
        someone = next((p for p in people if profile["campaign"] in p.planned), None)
        if someone is not None:
            day = someone.planned[profile["campaign"]]
            label = f"Describe whom we look for: {profile['name']}"
            yield Step(day, "Mara", label, partial(_add_profile, profile, someone))


def _add_profile(profile: Any, someone: Person, unit: Unit) -> None:
    tags = {name: parse_tags(value) for name, value in profile.items() if isinstance(value, list)}
    unit.add("ideal_profile", {**profile, **tags, "campaign": someone.campaign_rows[profile["campaign"]]})


def _vettings(die: Die, words: Any, people: list[Person], today: date) -> Iterator[Step]:
    """Whoever answered was looked at before anything was agreed; a month's looks are one sitting."""
    looked: list[tuple[date, Person]] = []
    for person in people:
        talked = next((day for day, stage in person.moves if stage == "in_conversation"), None)
        if talked is None and person.stage == "do_not_contact":
            talked = person.moves[-1][0]
        if talked is not None:
            looked.append((talked, person))
            if person.stage == "ambassador" and (today - talked).days > 200:
                looked.append((talked + timedelta(days=190), person))
    looked.sort(key=lambda found: (found[0].isoformat()[:7], str(found[1].values["owner"])))
    for (_, who), group in groupby(looked, key=lambda f: (f[0].isoformat()[:7], str(f[1].values["owner"]))):
        sitting = list(group)
        label = f"Vet {len(sitting)} creators" if len(sitting) > 1 else f"Vet {sitting[0][1].values['name']}"
        day = max(day for day, _ in sitting)
        yield Step(day, who, label, partial(_add_vettings, die, words, sitting))


def _add_vettings(die: Die, words: Any, sitting: list[tuple[date, Person]], unit: Unit) -> None:
    for day, person in sitting:
        verdict = die.weighted(VERDICTS.get(person.stage, {"pass": 84, "watch": 16}))
        if person.stage == "in_conversation" and die.chance(0.35):
            verdict = "open"
        known = [f for f in person.figures if str(f["measured_on"]) <= day.isoformat()] or person.figures[:1]
        latest: Any = known[-1]
        read = die.randint(40, 120)
        generic = round(read * die.uniform(0.05, 0.5 if verdict == "reject" else 0.2))
        jump = die.chance(0.08)
        unit.add(
            "vetting",
            {
                "creator": person.row,
                "reviewed_on": day.isoformat(),
                "reviewer": str(person.values["owner"]),
                "verdict": verdict,
                "good_until": (day + timedelta(days=180)).isoformat(),
                "engagement": latest["engagement"],
                "views_per_follower": round(
                    round(latest["average_views"] / latest["followers"], 3) * MILLIONTHS
                ),
                "comments_read": read,
                "comments_generic": generic,
                "comments_repeated": generic // 3,
                "comments_emoji_only": round(read * die.uniform(0.05, 0.25)),
                "comments_questions": round(read * die.uniform(0.05, 0.22)),
                "comments_intent": round(read * die.uniform(0.0, 0.12)),
                "follower_jump": jump,
                "jump_explained": die.choice(words["jumps"]) if jump else None,
                "paid_share": die.randint(0, 9) * 50_000,
                "brand_safety": die.choice(words["safety"].get(verdict, [None])),
            },
        )


def _terms(die: Die, words: Any, people: list[Person], today: date) -> Iterator[Step]:
    """Terms are written down when somebody agreed, and drafted while it is talked about."""
    found: list[tuple[date, str, Person]] = []
    for person in people:
        for campaign, part in person.parts.items():
            if part["status"] in SIGNED and part.get("agreed_on"):
                agreed = date.fromisoformat(str(part["agreed_on"]))
                found.append((max(agreed, person.planned[campaign]), campaign, person))
            elif part["status"] == "negotiating":
                day = max(today - timedelta(days=die.randint(1, 9)), person.planned[campaign])
                found.append((day, campaign, person))
    found.sort(key=lambda f: (f[0].isocalendar()[:2], f[1], f[0]))
    for (_, campaign), group in groupby(found, key=lambda f: (f[0].isocalendar()[:2], f[1])):
        members = list(group)
        one = f"the terms of {members[0][2].values['name']}" if len(members) == 1 else ""
        label = f"Write down {one or f'the terms of {len(members)} creators'}"
        day = max(day for day, _, _ in members)
        yield Step(min(day, today), "Mara", label, partial(_add_terms, die, words, campaign, members, today))


def _add_terms(
    die: Die, words: Any, campaign: str, members: list[tuple[date, str, Person]], today: date, unit: Unit
) -> None:
    for day, _, person in members:
        part = person.parts[campaign]
        paid = bool(part.get("fee"))
        signed = part["status"] in SIGNED
        until = day + timedelta(days=die.choice((28, 35, 42)))
        rights = until + timedelta(days=die.choice((90, 180, 365))) if paid else None
        unit.add(
            "terms",
            {
                "collaboration": person.part_rows[campaign],
                "status": _status(die, str(part["status"]), signed),
                "deliverables": die.randint(1, 3),
                "scope": die.choice(words["scopes"]),
                "posting_from": (day + timedelta(days=7)).isoformat(),
                "posting_until": until.isoformat(),
                "commission": die.choice((80_000, 100_000, 120_000, 150_000)),
                "payment_days": 14,
                "kill_fee": 500_000 if paid else None,
                "usage": die.choice(("organic", "organic", "organic_and_paid")) if paid else "none",
                "usage_channels": parse_tags(die.some(words["usage_channels"], 3)) if paid else (),
                "rights_until": rights.isoformat() if rights else None,
                "exclusivity": die.choice(words["exclusivity"]) if paid else None,
                "approval_rounds": die.choice((1, 1, 2)),
                "approval_hours": 48,
                "stays_up_days": 180,
                "disclosure": "#ad in the first line",
                "sample_return": die.choice(words["sample_return"]),
                "cancellation": words["cancellation"],
                "sent_on": day.isoformat() if signed or die.chance(0.6) else None,
                "signed_on": min(day + timedelta(days=2), today).isoformat() if signed else None,
            },
        )


def _status(die: Die, collaboration: str, signed: bool) -> str:
    if not signed:
        return die.choice(("draft", "sent"))
    return "ended" if collaboration == "finished" else "signed"


def _sequences(sequences: Any, people: list[Person], rows: Rows, today: date) -> Iterator[Step]:
    """Two sequences; the first is under way with a few prospects these days."""
    steps: dict[str, list[int]] = {}
    names = [template["name"] for template in word_list("trade")["templates"]]

    def add(unit: Unit) -> None:
        for sequence in sequences:
            for position, (template, wait, channel) in enumerate(sequence["steps"], 1):
                values: Values = {
                    "sequence": sequence["name"],
                    "position": position,
                    "wait_days": wait,
                    "template": rows.templates[names.index(template)],
                    "channel": channel,
                }
                steps.setdefault(sequence["name"], []).append(unit.add("sequence_step", values))

    yield Step(today - timedelta(days=120), "Mara", "Write 2 sequences", add)
    first = sequences[0]
    chosen = [p for p in people if p.stage == "prospect" and p.values["owner"] == "Theo"][:5]

    def start(unit: Unit) -> None:
        for person in chosen:
            day = today
            for number, (template, wait, channel) in zip(steps[first["name"]], first["steps"], strict=True):
                day += timedelta(days=wait)
                unit.add(
                    "message",
                    {
                        "creator": person.row,
                        "channel": channel,
                        "template": rows.templates[names.index(template)],
                        "sequence_step": number,
                        "send_on": day.isoformat(),
                        "author": "Theo",
                    },
                )

    label = f"Start “{first['name']}” with {len(chosen)} creators"
    yield Step(today - timedelta(days=1), "Theo", label, start)
