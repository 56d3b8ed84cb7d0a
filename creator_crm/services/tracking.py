"""What is known of carriers' tracking numbers, read from the program's data file when it is first asked."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from creator_crm.paths import data_dir

if TYPE_CHECKING:
    from creator_crm.domain.tracking import Rules, Tracking


def recognise(text: str, carrier: str = "", country: str = "") -> Tracking:
    """The carrier of a tracking number; `carrier` and `country`, where known, decide between readings."""
    return _rules().recognise(text, carrier, country)


def tracking_of(parcel: Any) -> Tracking | None:
    """What the tracking number of a parcel says of itself, its link included; None without a number."""
    number = parcel.tracking_number
    return recognise(number, parcel.carrier or "", parcel.country or "") if number else None


def numbers_in(text: str) -> list[str]:
    """The numbers of a list somebody pasted: one a line, or between commas, semicolons and tabs."""
    parts = (part.strip() for part in re.split(r"[\n\r\t,;|]+", text))
    return list(dict.fromkeys(part for part in parts if part))


@cache
def _rules() -> Rules:
    import tomllib

    from creator_crm.domain.tracking import Rules

    path = data_dir("resources") / "carriers" / "tracking.toml"
    return Rules.of(tomllib.loads(path.read_text(encoding="utf-8")))
