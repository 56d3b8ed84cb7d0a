"""Says what a table is, by its headers alone, and in plain words why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from creator_crm.domain.fields import Catalogue
from creator_crm.exchange.formats.people import PEOPLE
from creator_crm.exchange.formats.shops import SHOPS
from creator_crm.exchange.formats.signature import Format
from creator_crm.exchange.headers import header_key
from creator_crm.exchange.persons import is_about_a_person, name_part
from creator_crm.exchange.vocabulary import CREATOR_LIST, Vocabulary

UNKNOWN = "unknown"
CREATORS = "creators"


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a table is: its kind, a name for it, the headers that say so; `later` when it can't be imported
    yet.
    """

    kind: str
    label: str
    because: tuple[str, ...]
    later: str = ""
    format: Format | None = None

    @property
    def sentence(self) -> str:
        """What was recognised and why, for a person."""
        if self.kind == UNKNOWN:
            return "What this list holds could not be told from its columns; choose what each column is."
        columns = ", ".join(self.because[:5]) + (", …" if len(self.because) > 5 else "")
        reason = f", because of the column{'s' if len(self.because) > 1 else ''} {columns}" if columns else ""
        return f"This is {self.label}{reason}." + (f" {self.later}" if self.later else "")


def recognise_headers(raw_headers: Sequence[str], vocabulary: Vocabulary) -> Recognised:
    """What a table with these headers is."""
    keys = {header_key(header): " ".join(header.split()) for header in raw_headers if header.strip()}
    for known in (*SHOPS, *PEOPLE):
        evidence = known.evidence(keys)
        if evidence and not (known.unless_a_creator_list and _is_creator_list(keys, vocabulary)):
            shown = tuple(keys[header_key(name)] for name in evidence)
            return Recognised(known.kind, known.label, shown, known.later, known)
    seen = tuple(
        shown for key, shown in keys.items() if vocabulary.candidates(key) or _says_a_person(key, vocabulary)
    )
    people = any(_says_a_person(key, vocabulary) for key in keys) or any(
        candidate.path in ("creator.email", "account.link")
        for key in keys
        for candidate in vocabulary.candidates(key)
    )
    if people:
        return Recognised(CREATORS, "a list of creators", seen)
    return Recognised(UNKNOWN, "a list", ())


def known_headers(vocabulary: Vocabulary) -> frozenset[str]:
    """Every header that any field or format is known by: what a header row is found with."""
    return vocabulary.keys | _format_headers()


def creator_vocabulary(catalogue: Catalogue) -> Vocabulary:
    """The names of everything a list of creators can fill."""
    return Vocabulary(catalogue, CREATOR_LIST)


def _says_a_person(key: str, vocabulary: Vocabulary) -> bool:
    return is_about_a_person(key, vocabulary) or name_part(key) is not None


def _is_creator_list(keys: dict[str, str], vocabulary: Vocabulary) -> bool:
    telling = vocabulary.names("account.handle") | vocabulary.names("account_metrics.followers")
    return bool(telling & keys.keys())


@cache
def _format_headers() -> frozenset[str]:
    return frozenset(
        header_key(name)
        for known in (*SHOPS, *PEOPLE)
        for name in (*known.needs, *known.hints, *known.targets)
    )
