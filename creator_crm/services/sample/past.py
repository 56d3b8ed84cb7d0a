"""A year of work in the sample brand's history: who did what on which day, in the order it happened."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from itertools import groupby
from typing import Any

from creator_crm.domain.fields import Value
from creator_crm.services.sample.figures import measuring_days, snapshots
from creator_crm.services.sample.invented import Die, word_list
from creator_crm.services.sample.people import LISTS, Person
from creator_crm.services.sample.program import campaign_values, collaborations
from creator_crm.store.columns import new_uids
from creator_crm.store.unit_of_work import Unit

STAGE_WORDS = {
    "contacted": "Wrote to {}",
    "in_conversation": "Answer from {}",
    "agreed": "Agreed with {}",
    "active": "First posts of {}",
    "ambassador": "Make {} ambassador",
    "declined": "No from {}",
    "do_not_contact": "Stop writing to {}",
}


@dataclass
class Step:
    """One change set to come: its day, who does it, its name, what it writes; undone if `regretted`."""

    day: date
    who: str
    label: str
    write: Callable[[Unit], None]
    origin: str = "person"
    regretted: bool = False


def year_of_work(die: Die, people: list[Person], today: date) -> list[Step]:
    """Every step with creators and campaigns in it, oldest first."""
    steps = [
        *_lists_come_in(die, people, today),
        *_figures_are_taken(die, people, today),
        *_stages_move(die, people),
        *_campaigns_run(die, people, today),
        *_last_days(die, people, today),
    ]
    return sorted(steps, key=lambda step: step.day)


def _lists_come_in(die: Die, people: list[Person], today: date) -> Iterable[Step]:
    for batch, (days, who, file, many) in enumerate(LISTS):
        members = [p for p in people if p.batch == batch]
        label = f"Import {many} creators from {file}"
        day = today - timedelta(days=days)
        yield Step(day, who, label, partial(_add_people, members), "import")


def _add_people(members: list[Person], unit: Unit) -> None:
    for person in members:
        person.uid = new_uids(1)[0]
        values = {k: v for k, v in person.values.items() if k != "notes" or person.stage == "prospect"}
        person.row = unit.add("creator", values, uid=person.uid)
        for account in person.accounts:
            person.account_rows.append(unit.add("account", {"creator": person.row, **account}))


def _figures_are_taken(die: Die, people: list[Person], today: date) -> Iterable[Step]:
    days = measuring_days(today)
    taken: list[tuple[str, Person, int, dict[str, Value]]] = []
    for person in people:
        for number in range(len(person.accounts)):
            for values in snapshots(die, person, number, days):
                taken.append((str(values["measured_on"]), person, number, values))
                if number == 0:
                    person.figures.append(values)
    taken.sort(key=lambda item: item[0])
    for measured_on, group in groupby(taken, key=lambda item: item[0]):
        found = list(group)
        day = date.fromisoformat(measured_on)
        label = f"Take the figures of {len(found)} accounts"
        yield Step(day, die.choice(["Mara", "Jonas", "Theo"]), label, partial(_add_figures, found))


def _add_figures(found: list[tuple[str, Person, int, dict[str, Value]]], unit: Unit) -> None:
    for _, person, number, values in found:
        unit.add("account_metrics", {"account": person.account_rows[number], **values})


def _stages_move(die: Die, people: list[Person]) -> Iterable[Step]:
    moves = [(day, stage, str(p.values["owner"]), p) for p in people for day, stage in p.moves]
    # One sitting a week and person: nobody opens the list for a single name.
    moves.sort(key=lambda m: (m[0].isocalendar()[:2], m[1], m[2]))
    for (_, stage, who), group in groupby(moves, key=lambda m: (m[0].isocalendar()[:2], m[1], m[2])):
        found = [(day, person) for day, _, _, person in group]
        names = found[0][1].values["name"] if len(found) == 1 else f"{len(found)} creators"
        members = [person for _, person in found]
        yield Step(
            max(day for day, _ in found),
            who,
            STAGE_WORDS[stage].format(names),
            partial(_move, die, stage, members),
        )


def _move(die: Die, stage: str, members: list[Person], unit: Unit) -> None:
    for person in members:
        values: dict[str, Value] = {"stage": stage}
        if stage == person.stage and person.values.get("notes"):
            values["notes"] = person.values["notes"]
        if stage == "do_not_contact" or (stage == "declined" and die.chance(0.2)):
            values["opted_out"] = True
        if stage == "do_not_contact" and die.chance(0.5):
            values["archived"] = True
        if stage == "agreed":
            values["skin_type"] = die.choice(word_list("brand")["skin_types"])
            assert person.address is not None
            unit.add("address", {"creator": person.row, **person.address, "confirmed_on": unit.now[:10]})
        if stage in ("active", "ambassador") and die.chance(0.4):
            values["last_met"] = unit.now[:10]
        unit.set("creator", person.row, values)


def _campaigns_run(die: Die, people: list[Person], today: date) -> Iterable[Step]:
    for campaign in word_list("program")["campaigns"]:
        values = campaign_values(campaign, today)
        members = collaborations(die, campaign, people, today)
        for person, part in members:
            person.parts[str(campaign["name"])] = part
        planned = min(today + timedelta(days=campaign["starts"] - 45), today - timedelta(days=12))

        def write(unit: Unit, values: Any = values, members: Any = members) -> None:
            row = unit.add("campaign", values)
            for person, part in members:
                person.campaign_rows[str(values["name"])] = row
                joined = {"creator": person.row, "campaign": row, **part}
                person.part_rows[str(values["name"])] = unit.add("collaboration", joined)

        day = max(planned, max((person.joined for person, _ in members), default=planned))
        for person, _ in members:
            person.planned[str(campaign["name"])] = day
        yield Step(day, "Mara", f"Plan {campaign['name']}", write)


def _last_days(die: Die, people: list[Person], today: date) -> Iterable[Step]:
    theirs = [p for p in people if p.values["owner"] == "Jonas" and p.stage in ("prospect", "contacted")]

    def hand_over(unit: Unit) -> None:
        for person in theirs:
            unit.set("creator", person.row, {"owner": "Theo"})

    label = f"Change Owner of {len(theirs)} creators"
    yield Step(today, "Theo", label, hand_over, regretted=True)
    noted = [p for p in people if p.stage in ("active", "agreed")][:6]
    for days, person in zip((2, 1, 1, 0), noted, strict=False):
        told = (person.values.get("notes"), die.choice(word_list("brand")["notes"]["active"]))
        text = "\n".join(str(line) for line in told if line)

        def note(unit: Unit, person: Person = person, text: str = text) -> None:
            unit.set("creator", person.row, {"notes": text})

        day = max(today - timedelta(days=days), max(moved for moved, _ in person.moves))
        yield Step(day, die.choice(["Mara", "Jonas"]), f"Change Notes of {person.values['name']}", note)
