"""What holds for every line of a list: the platform of its handles and the day its figures are of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from creator_crm.domain.values.dates import parse_date
from creator_crm.domain.values.links import read_link
from creator_crm.domain.values.refused import ValueRefused
from creator_crm.exchange.formats.signature import Format
from creator_crm.exchange.further_accounts import is_further
from creator_crm.exchange.headers import header_key
from creator_crm.exchange.mapping import Proposal
from creator_crm.exchange.persons import NAME_AND_HANDLE
from creator_crm.exchange.reading.frames import Cell
from creator_crm.exchange.vocabulary import platform_in

WHICH_PLATFORM = (
    "The list does not say which platform its handles are of; choose it, else they are kept as “Other”."
)
_YOU = "you said so"


def with_platform(
    proposal: Proposal,
    keys: Sequence[str],
    samples: Sequence[Sequence[Cell]],
    known: Format | None = None,
    file_name: str = "",
    said: str = "",
) -> Proposal:
    """The platform: what a person said, else the format, the headers, the file's name, the links."""
    platform, why = (said, _YOU) if said else _platform(proposal, keys, samples, known, file_name)
    warnings = tuple(text for text in proposal.warnings if text != WHICH_PLATFORM)
    needed = ("account.handle", NAME_AND_HANDLE, "account_metrics.followers")
    if not platform and not proposal.of("account.platform") and any(proposal.of(t) for t in needed):
        warnings = (*warnings, WHICH_PLATFORM)
    return replace(proposal, platform=platform, platform_why=why, warnings=warnings)


def with_date(proposal: Proposal, file_name: str, said: str, today: date) -> Proposal:
    """The day: what a person said, else what the file's name says, else today."""
    if said:
        return replace(proposal, measured_on=said, measured_why=_YOU)
    found = date_in_name(file_name)
    if found and found <= today:
        return replace(proposal, measured_on=found.isoformat(), measured_why="the name of the file says so")
    return replace(proposal, measured_on=today.isoformat(), measured_why="nothing says another day, so today")


def date_in_name(name: str) -> date | None:
    """The day or month in a file name: "sep 2022" is the 1st, of "20260901-20260930" the last day counts."""
    days = re.findall(r"(?<!\d)(20\d{2})[-_.]?(0[1-9]|1[0-2])[-_.]?([0-2]\d|3[01])(?!\d)", name)
    months = re.findall(r"(?<!\d)(20\d{2})[-_.](0[1-9]|1[0-2])(?!\d)", name)
    named = re.findall(r"([^\W\d_]{3,})[ _\-.]{0,3}(20\d{2})(?!\d)", name)
    candidates = ["-".join(day) for day in reversed(days)]
    candidates += [f"1 {month} {year}" for month, year in named]
    candidates += [f"{year}-{month}-01" for year, month in months]
    for text in candidates:
        try:
            return parse_date(text)
        except ValueRefused:
            continue
    return None


def _platform(
    proposal: Proposal,
    keys: Sequence[str],
    samples: Sequence[Sequence[Cell]],
    known: Format | None,
    file_name: str,
) -> tuple[str, str]:
    if known and known.platform:
        return known.platform, f"it is {known.label}"
    handles = [column for t in ("account.handle", NAME_AND_HANDLE) for column in proposal.of(t)]
    for column in handles:
        if found := platform_in(keys[column.index]):
            return found, f"the header “{column.header}” says so"
    further = {column.index for column in proposal.columns if is_further(column.target)}
    named = {found for c, key in enumerate(keys) if c not in further and (found := platform_in(key))}
    if len(named) == 1:
        return named.pop(), "the headers say so"
    if found := platform_in(header_key(re.sub(r"[\d_]+", " ", file_name))):
        return found, "the name of the file says so"
    for column in (*proposal.of("account.link"), *handles):
        links = [read_link(str(cell)).platform for cell in samples[column.index] if "/" in str(cell)]
        if links and (most := max(set(links), key=links.count)) and links.count(most) > 0.8 * len(links):
            return most, "the links lead there"
    return "", ""
