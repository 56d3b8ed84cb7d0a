"""What the sample brand's accounts measured over the year: growth with the odd viral month."""

from __future__ import annotations

import math
from datetime import date, timedelta

from creator_crm.domain.fields import Value
from creator_crm.domain.normal import MILLIONTHS
from creator_crm.services.sample.invented import Die
from creator_crm.services.sample.people import Person

_VIEWS = {"tiktok": 0.9, "instagram": 0.45, "youtube": 0.32, "pinterest": 0.5, "threads": 0.2}
_SIZE = {"tiktok": 1.0, "instagram": 0.45, "youtube": 0.25, "pinterest": 0.12, "threads": 0.08}


def measuring_days(today: date) -> list[date]:
    """About one day a month on which somebody sat down and took the figures; the last one is recent."""
    return [today - timedelta(days=4 + 30 * month) for month in range(12)][::-1]


def snapshots(die: Die, person: Person, number: int, days: list[date]) -> list[dict[str, Value]]:
    """The dated figures of the account `number`: three to eight for the main one, fewer for the others."""
    account = person.accounts[number]
    platform, main = str(account["platform"]), number == 0
    many = die.randint(3, 8) if main else die.randint(1, 2)
    later = [day for day in days if day > person.joined]
    chosen = sorted({person.joined, *later[-1:], *die.sample(later, min(len(later), max(many - 2, 0)))})
    share = 1.0 if main else _SIZE[platform] * die.uniform(0.3, 1.6)
    monthly = die.gauss(0.028, 0.025)
    viral = die.choice(chosen) if die.chance(0.18) and len(chosen) > 2 else None
    likes_per_view, answers = die.uniform(0.035, 0.115), die.uniform(0.008, 0.05)
    found: list[dict[str, Value]] = []
    followers = person.audience * share
    for day in reversed(chosen):
        found.append(_figures(die, platform, day, max(round(followers), 120), likes_per_view, answers))
        earlier = max((d for d in chosen if d < day), default=day)
        months = (day - earlier).days / 30
        followers /= (1 + monthly) ** months * (die.uniform(1.3, 2.1) if day == viral else 1)
    return found[::-1]


def _figures(
    die: Die, platform: str, day: date, followers: int, likes_per_view: float, answers: float
) -> dict[str, Value]:
    reached = _VIEWS[platform] * (followers / 1000) ** -0.25 * math.exp(die.gauss(0, 0.18))
    views = max(round(followers * reached), 60)
    likes = round(views * likes_per_view * die.uniform(0.85, 1.15))
    comments = round(likes * answers)
    shares = round(likes * answers * die.uniform(0.4, 1.8))
    by_views = platform in ("tiktok", "youtube")
    engaged = (likes + comments + shares) / views if by_views else (likes + comments) / followers
    return {
        "measured_on": day.isoformat(),
        "followers": followers,
        "average_views": views,
        "average_likes": likes,
        "average_comments": comments,
        "average_shares": shares,
        "average_engagements": likes + comments + shares,
        "engagement": round(round(engaged, 4) * MILLIONTHS),
        "engagement_formula": "by_views" if by_views else "by_followers",
        "source": "Looked up by hand" if die.chance(0.7) else "Creator marketplace",
    }
