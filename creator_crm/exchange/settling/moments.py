"""Moments as shops write them, "2025-05-11 09:55:16 -0400", brought to UTC."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache

from creator_crm.domain.fields import Value
from creator_crm.exchange.reading.frames import Cell

_TIME = re.compile(
    r"(\d{1,2}):(\d{2})(?::(\d{2}))?(?:[.,]\d+)? ?([ap])?\.?(?:m\.?)?"
    r" ?(?:(?:utc|gmt) ?)?(z|[+-]\d{1,2}:?(?:\d{2})?)?\b",
    re.IGNORECASE,
)


def parse_moment(cell: Cell, day: Value) -> str | None:
    """The moment in UTC of a cell whose day is known already; None where it tells no time.

    A time without an offset is taken as UTC, like everywhere in the program.
    """
    if not day or cell is None:
        return None
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%dT%H:%M:%SZ")
    return _parsed(cell, str(day)) if isinstance(cell, str) and ":" in cell else None


@lru_cache(maxsize=50_000)
def _parsed(text: str, day: str) -> str | None:
    found = _TIME.search(text)
    if not found:
        return None
    hour = int(found[1])
    if found[4]:
        hour = hour % 12 + (12 if found[4].lower() == "p" else 0)
    zone = _zone(found[5] or "")
    try:
        year, month, of_month = map(int, day.split("-"))
        moment = datetime(year, month, of_month, hour, int(found[2]), int(found[3] or 0), tzinfo=zone)
        return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError):
        return None


def _zone(text: str) -> timezone:
    if not text or text in "zZ":
        return UTC
    digits = re.sub(r"\D", "", text)
    hours, minutes = (int(digits[:-2]), int(digits[-2:])) if len(digits) > 2 else (int(digits), 0)
    if hours > 14 or minutes > 59:
        return UTC
    return timezone((1 if text[0] == "+" else -1) * timedelta(hours=hours, minutes=minutes))
