"""Says what a table is, by its headers alone, and in plain words why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from creator_crm.domain.fields import Catalogue, Description
from creator_crm.domain.normal import Reading
from creator_crm.exchange.formats.orders import ORDER_FILES
from creator_crm.exchange.formats.parcels import PARCEL_FILES, POST_FILES, PRODUCT_FILES
from creator_crm.exchange.formats.people import PEOPLE
from creator_crm.exchange.formats.reports import REPORTS
from creator_crm.exchange.formats.signature import Format
from creator_crm.exchange.headers import header_key
from creator_crm.exchange.lists_out import ID_HEADER
from creator_crm.exchange.persons import is_about_a_person, name_part
from creator_crm.exchange.shapes import CREATORS, records_of
from creator_crm.exchange.vocabulary import Vocabulary

UNKNOWN = "unknown"
FORMATS = (*ORDER_FILES, *PRODUCT_FILES, *PARCEL_FILES, *POST_FILES, *REPORTS, *PEOPLE)
_PLAIN = frozenset({"product", "variant", "code", "campaign", "payment", "ad_spend", "survey_answer"})
_ID_KEY = header_key(ID_HEADER)
_OWN_CELLS = Reading(decimal_comma=False, percent_scale="fraction", date_order="ymd")


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a table is: its kind, a name for it, the headers that say so; `instead`: what to do when it can't
    be imported.
    """

    kind: str
    label: str
    because: tuple[str, ...]
    instead: str = ""
    format: Format | None = None
    shape: str = CREATORS

    @property
    def sentence(self) -> str:
        """What was recognised and why, for a person."""
        if self.kind == UNKNOWN:
            return "What this list holds could not be told from its columns; choose what each column is."
        columns = ", ".join(self.because[:5]) + (", …" if len(self.because) > 5 else "")
        reason = f", because of the column{'s' if len(self.because) > 1 else ''} {columns}" if columns else ""
        return f"This is {self.label}{reason}." + (f" {self.instead}" if self.instead else "")


def recognise_headers(
    raw_headers: Sequence[str], vocabulary: Vocabulary, catalogue: Catalogue | None = None
) -> Recognised:
    """What a table with these headers is; a `catalogue` lets it be a list of any record."""
    keys = {header_key(header): " ".join(header.split()) for header in raw_headers if header.strip()}
    if catalogue and _ID_KEY in keys and (own := _own_export(keys, catalogue)):
        return own
    for known in FORMATS:
        evidence = known.evidence(keys)
        if evidence and not (known.unless_a_creator_list and _is_creator_list(keys, vocabulary)):
            shown = tuple(keys[header_key(name)] for name in evidence)
            return Recognised(known.kind, known.label, shown, known.instead, known, known.shape)
    seen = tuple(
        shown for key, shown in keys.items() if vocabulary.candidates(key) or _says_a_person(key, vocabulary)
    )
    people = any(_says_a_person(key, vocabulary) for key in keys) or any(
        candidate.path in ("creator.email", "account.link")
        for key in keys
        for candidate in vocabulary.candidates(key)
    )
    plain = _plain_list(keys, catalogue) if catalogue else None
    if plain and not _is_creator_list(keys, vocabulary):
        return plain
    if people:
        return Recognised(CREATORS, "a list of creators", seen)
    return Recognised(UNKNOWN, "a list", ())


def _own_export(keys: dict[str, str], catalogue: Catalogue) -> Recognised | None:
    """A list that this program wrote: the record most of whose labels stand over the columns."""
    best: tuple[float, Description[Any]] | None = None
    for description in catalogue.public:
        labels = {header_key(field.label) for field in description.visible}
        shared = len(labels & keys.keys())
        score = shared / max(1, len(keys) - 1) + shared / max(1, len(labels))
        if shared and (best is None or score > best[0]):
            best = score, description
    if best is None:
        return None
    description = best[1]
    shape = CREATORS if description.name == "creator" else description.name
    targets = {field.label: f"{description.name}.{field.name}" for field in description.visible}
    if shape == CREATORS:
        main = {"handle": "account.handle", "platform": "account.platform"}
        figures = {f"{n}": f"account_metrics.{n}" for n in ("followers", "average_views", "engagement")}
        for name, target in (main | figures).items():
            targets[description.field(name).label] = target
    targets = {label: t for label, t in targets.items() if _is_stored(catalogue, t)}
    label = f"a list of {description.plural.lower()} that came out of Creator CRM"
    known = Format(
        f"own_{description.name}", label, (ID_HEADER,), shape=shape, closed=True, reading=_OWN_CELLS,
        targets={**targets, ID_HEADER: f"{description.name}.uid"},
    )  # fmt: skip
    return Recognised(shape, label, (keys[_ID_KEY],), "", known, shape)


def _is_stored(catalogue: Catalogue, target: str) -> bool:
    record, _, name = target.partition(".")
    return catalogue[record].field(name).stored


def _plain_list(keys: dict[str, str], catalogue: Catalogue) -> Recognised | None:
    """A list of products, codes or other things without people, when most of its headers say so."""
    best: tuple[int, Recognised] | None = None
    for name in sorted(_PLAIN):
        description = catalogue[name]
        vocabulary = Vocabulary(catalogue, (name,))
        found = {key: vocabulary.exactly(key) for key in keys}
        paths = {path for path in found.values() if path}
        required = {f"{name}.{f.name}" for f in description.stored if f.required and f.default is None}
        seen = tuple(keys[key] for key, path in found.items() if path)
        if len(paths) < 2 or len(seen) < 0.6 * len(keys) or not required <= paths:
            continue
        if best is None or len(paths) > best[0]:
            best = len(paths), Recognised(name, f"a list of {description.plural.lower()}", seen, shape=name)
    return best[1] if best else None


def known_headers(catalogue: Catalogue) -> frozenset[str]:
    """Every header that any field or format is known by: what a header row is found with."""
    return creator_vocabulary(catalogue).keys | _format_headers() | _labels(catalogue)


def creator_vocabulary(catalogue: Catalogue) -> Vocabulary:
    """The names of everything a list of creators can fill."""
    return Vocabulary(catalogue, records_of(CREATORS))


def _says_a_person(key: str, vocabulary: Vocabulary) -> bool:
    return is_about_a_person(key, vocabulary) or name_part(key) is not None


def _is_creator_list(keys: dict[str, str], vocabulary: Vocabulary) -> bool:
    telling = vocabulary.names("account.handle") | vocabulary.names("account_metrics.followers")
    return bool(telling & keys.keys())


@cache
def _labels(catalogue: Catalogue) -> frozenset[str]:
    return frozenset(header_key(f.label) for d in catalogue.public for f in d.visible)


@cache
def _format_headers() -> frozenset[str]:
    return frozenset(
        header_key(name) for known in FORMATS for name in (*known.needs, *known.hints, *known.targets)
    )
