"""A brief as a document: outcome first, then what to know and to do, then dates, code and rights."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from creator_crm.domain.briefs import FORMATS, Brief
from creator_crm.domain.fields import Value
from creator_crm.exchange.documents.text import Section, Text, section

LISTS = frozenset({"product_facts", "please_do", "please_do_not", "no_go"})
_SECTIONS = (
    ("objective", "What we want to achieve"),
    ("audience", "Who it is for"),
    ("key_message", "The one thing to remember"),
    ("call_to_action", "Call to action"),
    ("product_facts", "About the product"),
    ("please_do", "Please do"),
    ("please_do_not", "Please don't"),
    ("no_go", "No-go"),
    ("disclosure", "Say that it is advertising"),
    ("hashtags", "Hashtags"),
    ("sound", "Sound"),
    ("formats", "Formats"),
    ("hook", "Hook to try"),
    ("window", "When to post"),
    ("own", "Your code and link"),
    ("rights", "What we may do with your post"),
    ("refund_policy", "If somebody returns it"),
)

CONTENT = (
    "name", "product", "objective", "audience", "key_message", "call_to_action", "product_facts", "please_do",
    "please_do_not", "no_go", "country", "language", "disclosure", "hashtags", "sound", "formats",
    "funnel_stage", "hook", "posting_from", "posting_until", "refund_policy", "rights",
)  # fmt: skip
"""The fields of a brief that a version keeps; its status and your own notes are not part of it."""


@dataclass(frozen=True, slots=True)
class ForOne:
    """What a brief says to one creator only: name, code and link."""

    name: str
    code: str = ""
    link: str = ""


def brief_text(
    values: Mapping[str, Value], product: str = "", number: int = 0, one: ForOne | None = None
) -> Text:
    """The document of a brief, given the values of its fields; empty sections are left out."""
    made = (_section(name, heading, values, one) for name, heading in _SECTIONS)
    about = [product, f"Version {number}" if number else "", f"For {one.name}" if one else ""]
    return Text(
        str(values.get("name") or "Brief"),
        tuple(part for part in made if part),
        " · ".join(part for part in about if part),
        str(values.get("language") or ""),
    )


def content_of(brief: Brief) -> dict[str, Value]:
    """The values that a version keeps, empty ones left out."""
    values = ((name, getattr(brief, name)) for name in CONTENT)
    return {name: value for name, value in values if value not in (None, ())}


def _section(name: str, heading: str, values: Mapping[str, Value], creator: ForOne | None) -> Section | None:
    value = values.get(name)
    if name == "hashtags":
        return section(heading, " ".join(f"#{tag.lstrip('#')}" for tag in _tags(value)))
    if name == "formats":
        labels = {choice.value: choice.label for choice in FORMATS}
        return section(heading, ", ".join(labels.get(one, one) for one in _tags(value)))
    if name == "window":
        return section(heading, _window(values))
    if name == "own":
        return section(heading, "\n".join(filter(None, (creator.code, creator.link))) if creator else "")
    return section(heading, str(value or ""), items=name in LISTS)


def _tags(value: Value) -> Iterable[str]:
    return value if isinstance(value, tuple | list) else ()


def _window(values: Mapping[str, Value]) -> str:
    language = str(values.get("language") or "")
    first, last = (_day(values.get(name), language) for name in ("posting_from", "posting_until"))
    if first and last:
        return f"From {first} until {last}" if first != last else f"On {first}"
    return f"From {first} on" if first else f"Until {last}" if last else ""


def _day(day: Value, language: str) -> str:
    """The day written out: 3 May 2027, 3. Mai 2027."""
    if not day:
        return ""
    from babel import UnknownLocaleError
    from babel.dates import format_date

    on = date.fromisoformat(str(day))
    try:
        return format_date(on, "long", locale=language or "en_GB")
    except (UnknownLocaleError, ValueError):
        return format_date(on, "long", locale="en_GB")
