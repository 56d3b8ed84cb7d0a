"""The creators of the sample brand: invented persons, their accounts and addresses, how each came to us."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from creator_crm.domain.fields import Value
from creator_crm.domain.values.tags import parse_tags
from creator_crm.domain.values.texts import fold
from creator_crm.services.sample.invented import Die, word_list

LISTS = (  # (days ago, who, file it came from, how many creators)
    (361, "Mara", "tiktok-favourites.xlsx", 52),
    (268, "Jonas", "instagram-list-jonas.csv", 38),
    (117, "Theo", "creator-marketplace-export.csv", 30),
)
_STAGES = {
    "prospect": 30,
    "contacted": 19,
    "in_conversation": 15,
    "agreed": 11,
    "active": 24,
    "ambassador": 6,
    "declined": 10,
    "do_not_contact": 5,
}
_WRITTEN_TO_LATELY = (3, 5, 7, 8, 10, 12)  # days ago, each to somebody who has not answered yet
_LADDER = ("prospect", "contacted", "in_conversation", "agreed", "active", "ambassador")
_MAIN_PLATFORM = {"tiktok": 78, "instagram": 16, "youtube": 6}
_OTHER_PLATFORMS = {"instagram": 50, "youtube": 22, "tiktok": 14, "pinterest": 8, "threads": 6}
_LINKS = {
    "tiktok": "https://www.tiktok.com/@{}",
    "instagram": "https://www.instagram.com/{}",
    "youtube": "https://www.youtube.com/@{}",
    "pinterest": "https://www.pinterest.com/{}",
    "threads": "https://www.threads.net/@{}",
}

Values = dict[str, Value]


@dataclass
class Person:
    """One invented creator, before they are written into a workspace."""

    values: Values
    accounts: list[Values]
    joined: date
    batch: int
    audience: int
    moves: list[tuple[date, str]] = field(default_factory=list)
    address: Values | None = None
    row: int = 0
    uid: str = ""
    account_rows: list[int] = field(default_factory=list)
    parts: dict[str, Values] = field(default_factory=dict)  # the collaboration, by campaign
    campaign_rows: dict[str, int] = field(default_factory=dict)
    part_rows: dict[str, int] = field(default_factory=dict)  # the row of the collaboration, by campaign
    planned: dict[str, date] = field(default_factory=dict)  # when that row is written, by campaign
    figures: list[Values] = field(default_factory=list)  # of the main account, oldest first

    @property
    def stage(self) -> str:
        """Where they stand today."""
        return self.moves[-1][1] if self.moves else "prospect"

    @property
    def agreed_on(self) -> date | None:
        return next((day for day, stage in self.moves if stage == "agreed"), None)


def invent_people(die: Die, today: date) -> list[Person]:
    """All creators, in the order in which their lists came in."""
    brand, nations = word_list("brand"), word_list("people")
    taken: set[str] = set()
    people = []
    for batch, (days, _, _, many) in enumerate(LISTS):
        for _ in range(many):
            people.append(_invent(die, brand, nations, taken, batch, today - timedelta(days=days)))
    _give_stages(die, people, brand, today)
    return people


def _invent(die: Die, brand: Any, nations: Any, taken: set[str], batch: int, joined: date) -> Person:
    country = die.weighted({code: nation["weight"] for code, nation in nations.items()})
    nation = nations[country]
    niche = die.choices(brand["niches"], [n["weight"] for n in brand["niches"]])[0]
    name, handle = _name_and_handle(die, brand, nation, niche, taken)
    mail_name = fold(name).replace(" ", ".").replace("'", "")
    audience = round(min(max(math.exp(die.gauss(9.9, 1.25)), 1_150), 1_300_000))
    values: Values = {
        "name": name,
        "niche": niche["name"],
        "country": country,
        "language": nation["language"],
        "audience_country": country if die.chance(0.7) else die.choice(["US", "GB", "DE"]),
        "tone": die.choice(brand["tones"]) if die.chance(0.6) else None,
        "source": die.choice(brand["sources"]),
        "owner": die.weighted(dict(zip(brand["team"], (50, 30, 20), strict=True))),
        "tags": parse_tags(die.some([tag for tag, _, _ in brand["tags"]], 3)),
        "email": f"{mail_name}@{die.choice(['example.com', 'example.org', 'mail.example.com'])}"
        if die.chance(0.72)
        else None,
    }
    if nation["phone"] and die.chance(0.4):
        values["phone"] = "".join(str(die.randint(0, 9)) if c == "#" else c for c in nation["phone"])
    if audience > 60_000 and die.chance(0.5):
        agency, domain = die.choice(brand["agencies"])
        values |= {"agent_name": agency, "agent_email": f"{handle.split('.')[0].strip('_')}@{domain}"}
    person = Person(values, _accounts(die, handle, name), joined, batch, audience)
    person.address = _address(die, name, country, nation)
    return person


def _name_and_handle(die: Die, brand: Any, nation: Any, niche: Any, taken: set[str]) -> tuple[str, str]:
    while True:
        first, last = die.choice(nation["first"]), die.choice(nation["last"])
        plain = ["".join(c for c in fold(part) if c.isascii() and c.isalpha()) for part in (first, last)]
        handle = die.choice(brand["handle_patterns"]).format(
            first=plain[0],
            last3=plain[1][:3],
            last4=plain[1][:4],
            word=die.choice(niche["words"]),
            number=die.randint(20, 99),
        )
        name = f"{first} {last}"
        if name not in taken and handle not in taken and len(handle) <= 24:
            taken |= {name, handle}
            return name, handle


def _accounts(die: Die, handle: str, name: str) -> list[Values]:
    platforms = [die.weighted(_MAIN_PLATFORM)]
    for _ in range(die.choices((0, 1, 2), (32, 45, 23))[0]):
        other = die.weighted(_OTHER_PLATFORMS)
        if other not in platforms:
            platforms.append(other)
    accounts: list[Values] = []
    for number, platform in enumerate(platforms):
        own = handle if die.chance(0.6) or not number else f"{handle.replace('.', '_')}_"[:24]
        accounts.append(
            {
                "platform": platform,
                "handle": own,
                "link": _LINKS[platform].format(own),
                "display_name": name if die.chance(0.5) else name.split()[0],
                "is_primary": number == 0,
                "former_handles": (f"{own[:14]}.old",) if die.chance(0.06) else (),
            }
        )
    return accounts


def _address(die: Die, name: str, country: str, nation: Any) -> Values:
    city, postcode, region = die.choice(nation["cities"])
    street, number = die.choice(nation["streets"]), die.randint(1, 148)
    before = country in ("GB", "IE", "US", "CA", "AU", "FR")
    return {
        "label": "Home",
        "recipient": name,
        "street": f"{number} {street}" if before else f"{street} {number}",
        "street_2": f"Flat {die.randint(1, 9)}" if country in ("GB", "IE") and die.chance(0.3) else None,
        "city": city,
        "region": region or None,
        "postcode": postcode,
        "country": country,
        "is_default": True,
    }


def _give_stages(die: Die, people: list[Person], brand: Any, today: date) -> None:
    """Who came early got further; each step up the ladder has its day."""
    stages = [stage for stage, many in _STAGES.items() for _ in range(many)]
    far = (*_LADDER[:3], "do_not_contact", "declined", *_LADDER[3:])
    order = sorted(people, key=lambda p: p.batch + die.uniform(0, 1.7), reverse=True)
    lately = iter(_WRITTEN_TO_LATELY)
    for number, (person, stage) in enumerate(zip(order, sorted(stages, key=far.index), strict=True)):
        top = {"declined": 2, "do_not_contact": 1}.get(stage) or _LADDER.index(stage)
        path = [*_LADDER[1 : top + 1], *([stage] if stage not in _LADDER else [])]
        days = (today - person.joined).days - 4
        for name, when in zip(path, sorted(die.random() for _ in path), strict=True):
            day = person.joined + timedelta(days=3 + round(days * when))
            person.moves.append((die.day_between(day, min(day + timedelta(days=1), today)), name))
        if stage == "contacted" and number % 3 == 0 and (ago := next(lately, 0)):
            # Somebody always waits for an answer these days, however the year fell out.
            person.moves = [(max(today - timedelta(days=ago), person.moves[-1][0]), stage)]
        topic = str(person.values["niche"]).lower()
        if die.chance(0.62):
            person.values["notes"] = die.choice(brand["notes"][stage]).format(topic=topic)
