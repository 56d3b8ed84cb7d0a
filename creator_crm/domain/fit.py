"""How a creator compares with an ideal profile: for each point what was wanted and what is there."""

from __future__ import annotations

from collections.abc import Iterator

from creator_crm.domain.creators import Creator
from creator_crm.domain.fields import Field, Kind, Value, describe
from creator_crm.domain.frozen import immutable
from creator_crm.domain.values.places import country_name, language_name
from creator_crm.domain.values.texts import fold
from creator_crm.domain.vetting import IdealProfile

_CREATOR = describe(Creator)
_AMONG = (
    ("niche", "niches"),
    ("tone", "tones"),
    ("audience_country", "audience_countries"),
    ("language", "languages"),
)
_NAMES = {Kind.COUNTRY: country_name, Kind.LANGUAGE: language_name}
_AT_LEAST = (("engagement", "engagement_floor"), ("average_views", "least_views"))


@immutable
class Point:
    """One thing the profile asks for: any of some words, or at least so much of a figure.

    field describes what the creator has; fits is None when nothing is known of it.
    """

    field: Field
    wanted: tuple[str, ...] | int
    found: Value
    fits: bool | None


def compare(profile: IdealProfile, creator: Creator) -> list[Point]:
    """Every point that the profile asks for and a creator's record can answer, in the profile's order."""
    return [*_among(profile, creator), *_at_least(profile, creator)]


def _among(profile: IdealProfile, creator: Creator) -> Iterator[Point]:
    for own, wished in _AMONG:
        wanted: tuple[str, ...] = getattr(profile, wished)
        if not wanted:
            continue
        field, value = _CREATOR.field(own), getattr(creator, own)
        said = {fold(value), fold(_NAMES.get(field.kind, str)(value))} if value else set()
        yield Point(field, wanted, value, any(fold(word) in said for word in wanted) if value else None)


def _at_least(profile: IdealProfile, creator: Creator) -> Iterator[Point]:
    for own, wished in _AT_LEAST:
        least, value = getattr(profile, wished), getattr(creator, own)
        if least is None:
            continue
        yield Point(_CREATOR.field(own), least, value, None if value is None else value >= least)
