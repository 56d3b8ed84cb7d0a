"""Which fields a column header can mean: the labels and other names of all fields, compared loosely."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from creator_crm.domain.fields import Catalogue, Field, Kind
from creator_crm.exchange.headers import header_key
from creator_crm.exchange.lists_out import ID_HEADER
from creator_crm.exchange.shapes import AIDS, records_of

CREATOR_LIST = records_of("creators")
# Kept by the program or meaningless in a list, so no header leads there by itself.
_NEVER = frozenset({"creator.archived", "account.is_primary", "address.is_default", "address.label"})

PLATFORM_TOKENS = {
    "tiktok": "tiktok",
    "tiktoker": "tiktok",
    "tiktokers": "tiktok",
    "douyin": "tiktok",
    "instagram": "instagram",
    "instagrammer": "instagram",
    "instagramer": "instagram",
    "ig": "instagram",
    "youtube": "youtube",
    "youtuber": "youtube",
    "youtubers": "youtube",
    "yt": "youtube",
    "twitter": "x",
    "facebook": "facebook",
    "threads": "threads",
    "pinterest": "pinterest",
    "snapchat": "snapchat",
    "twitch": "twitch",
    "linkedin": "linkedin",
}
_RANKS = frozenset(
    header_key(word)
    for word in [
        "S.no",
        " S no",
        " Sno",
        " Sl no",
        " Sr no",
        " Sr",
        " Rank",
        " Ranking",
        " #",
        " row-cell",
        " row",
        " row number",
        " no",
        " nr",
        " lfd nr",
        " num",
        " №",
        " position",
        " index",
        " serial",
        " serial number",
        " n°",
        " pos",
        " 序号",
        " 番号",
        " line",
    ]
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A field that a header may mean, and how sure the words alone are (0 to 1)."""

    path: str
    field: Field
    strength: float
    alias: str


class Vocabulary:
    """The names of all fields that an import of some records can fill."""

    def __init__(self, catalogue: Catalogue, records: Iterable[str]) -> None:
        self.fields: dict[str, Field] = {}
        self._by_key: dict[str, list[tuple[str, str]]] = {}
        records = tuple(records)
        for record in records:
            for field in catalogue[record].fields:
                if not field.stored or field.hidden or field.folds:
                    continue
                path = f"{record}.{field.name}"
                owner = field.owned and field.references in records
                if owner or path in _NEVER:
                    if not owner:
                        self.fields[path] = field
                    continue
                self.fields[path] = field
                # "Phone" is the creator's and not the carrier's: parts are known by label and aliases only.
                plain = () if record in records[1:] and not field.custom else (field.name.replace("_", " "),)
                for name in (field.label, *plain, *field.aliases):
                    entry = self._by_key.setdefault(header_key(name), [])
                    if path not in (known for known, _ in entry):
                        entry.append((path, name))
            for aid in AIDS.get(record, ()):
                self.fields[f"{record}.{aid.name}"] = aid
        own = f"{records[0]}.uid"
        self.fields[own] = Field(name="uid", label=ID_HEADER, kind=Kind.IDENTIFIER)
        self._by_key.setdefault(header_key(ID_HEADER), []).append((own, ID_HEADER))

    @property
    def keys(self) -> frozenset[str]:
        """Every known header, in the form `header_key` gives."""
        return frozenset(self._by_key)

    def names(self, path: str) -> frozenset[str]:
        """The known headers of one field."""
        return frozenset(key for key, entry in self._by_key.items() if any(p == path for p, _ in entry))

    def exactly(self, key: str) -> str:
        """The field that is called just so, "" when none is."""
        entry = self._by_key.get(key)
        return entry[0][0] if entry else ""

    def candidates(self, key: str) -> list[Candidate]:
        """The fields a header can mean, the likeliest first; what a field is called exactly excludes
        likenesses.
        """
        for form, strength in _forms(key):
            if form in self._by_key:
                return [
                    Candidate(path, self.fields[path], strength - 0.01 * n, alias)
                    for n, (path, alias) in enumerate(self._by_key[form])
                ]
        return self._alike(key)

    def _alike(self, key: str) -> list[Candidate]:
        from rapidfuzz import fuzz, process

        if len(key) < 6:
            return []
        found = process.extractOne(key, self._by_key.keys(), scorer=fuzz.ratio, score_cutoff=90)
        if not found:
            return []
        return [Candidate(path, self.fields[path], 0.7, alias) for path, alias in self._by_key[found[0]]]


def _forms(key: str) -> Iterator[tuple[str, float]]:
    """The header in ever looser forms."""
    yield key, 1.0
    without = " ".join(word for word in key.split() if word not in PLATFORM_TOKENS)
    if without and without != key:
        yield without, 0.95
    for form in (key, without):
        plain = re.sub(r"(?: (?:values?|numbers?|count|mostly|\d+))+$", "", form)
        if plain and plain != form:
            yield plain, 0.9


def platform_in(key: str) -> str:
    """The platform that a header or file name speaks of, "" for none or several."""
    found = {PLATFORM_TOKENS[word] for word in key.split() if word in PLATFORM_TOKENS}
    return found.pop() if len(found) == 1 else ""


def is_rank(key: str) -> bool:
    """Whether a header only numbers the rows."""
    return key in _RANKS
