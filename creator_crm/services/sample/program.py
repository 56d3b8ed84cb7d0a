"""The sample brand's campaigns, and who worked in which of them for how much."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from creator_crm.domain.fields import Value
from creator_crm.services.sample.invented import Die, word_list
from creator_crm.services.sample.people import Person


def campaign_values(campaign: Any, today: date) -> dict[str, Value]:
    """One campaign of `program.json` with its dates counted from today."""
    return {
        "name": campaign["name"],
        "goal": campaign["goal"],
        "phase": campaign["phase"],
        "starts_on": (today + timedelta(days=campaign["starts"])).isoformat(),
        "ends_on": (today + timedelta(days=campaign["ends"])).isoformat(),
        "currency": "EUR",
        "budget": campaign["budget"],
        "audience": campaign["audience"],
        "regions": tuple(sorted(campaign["regions"])),
        "notes": campaign["notes"],
    }


def collaborations(
    die: Die, campaign: Any, people: list[Person], today: date
) -> list[tuple[Person, dict[str, Value]]]:
    """Who takes part: creators who had been found by then and stand where such a campaign finds them."""
    starts = today + timedelta(days=campaign["starts"])
    fit = [p for p in people if p.stage in campaign["stages"] and p.joined <= starts]
    chosen = die.sample(fit, min(campaign["creators"], len(fit)))
    notes = word_list("program")["collaboration_notes"]
    statuses = [status for status, many in campaign["statuses"].items() for _ in range(many)]
    found = []
    for person, status in zip(chosen, statuses, strict=False):
        values: dict[str, Value] = {
            "status": status,
            "owner": person.values["owner"],
            "currency": "EUR",
            "notes": die.choice(notes) if die.chance(0.5) else None,
        }
        if status in ("agreed", "active", "finished"):
            agreed = die.day_between(starts - timedelta(days=30), min(starts + timedelta(days=12), today))
            values |= {"agreed_on": agreed.isoformat(), "fee": _fee(die, person.audience)}
        found.append((person, values))
    return found


def _fee(die: Die, audience: int) -> Value:
    """What a creator of this size asks for, in whole fives; the smallest are often gifted only."""
    if audience < 12_000 and die.chance(0.5):
        return None
    asked: float = audience**0.62 * die.uniform(0.22, 0.5)
    return max(40, 5 * round(asked / 5)) * 100
