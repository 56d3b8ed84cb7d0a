"""How the fields of a record are grouped in a form when the page does not say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from creator_crm.domain.fields import Description, Field, Kind

CONTACT = frozenset({Kind.EMAIL, Kind.PHONE, Kind.URL, Kind.HANDLE})
LAST = frozenset({Kind.FLAG, Kind.IDENTIFIER})


@dataclass(frozen=True, slots=True)
class Section:
    """A heading ("" for none) and the names of the fields under it."""

    label: str
    names: tuple[str, ...]


def enterable(description: Description[Any]) -> list[Field]:
    """The fields a person fills in: no derived ones, not the row it is a part of, not the program's own."""
    return [
        f
        for f in description.visible
        if f.editable and f.stored and not f.owned and f.kind not in (Kind.DATA, Kind.MOMENT)
    ]


def usual_sections(description: Description[Any]) -> list[Section]:
    """What it is, how to reach it, notes, the user's own fields, and the switches at the end."""
    fields = enterable(description)
    custom = [f for f in fields if f.custom]
    own = [f for f in fields if not f.custom]
    groups = [
        ("", [f for f in own if f.kind not in CONTACT | LAST | {Kind.LONG_TEXT}]),
        ("Contact", [f for f in own if f.kind in CONTACT]),
        ("Notes", [f for f in own if f.kind is Kind.LONG_TEXT]),
        ("Your own fields", custom),
        ("More", [f for f in own if f.kind in LAST]),
    ]
    return [_section(label, held) for label, held in groups if held]


def important(description: Description[Any]) -> list[Section]:
    """The few fields asked for when a record is added: the required ones and those shown in lists."""
    fields = enterable(description)
    few = [f for f in fields if f.required or f.shown or f.name == description.title]
    return [_section("", few or fields)]


def rest(description: Description[Any], sections: Iterable[Section]) -> list[Section]:
    """What `sections` leave out, grouped as usual."""
    had = {name for section in sections for name in section.names}
    left = [Section(s.label, tuple(n for n in s.names if n not in had)) for s in usual_sections(description)]
    return [section for section in left if section.names]


def _section(label: str, fields: Iterable[Field]) -> Section:
    return Section(label, tuple(f.name for f in fields))
