"""Tells handles from display names by what the columns hold, because headers mix them up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from creator_crm.domain.values.handles import read_link, split_name_and_handle
from creator_crm.domain.values.links import looks_like_link
from creator_crm.exchange.further_accounts import further_handles
from creator_crm.exchange.headers import header_key
from creator_crm.exchange.vocabulary import PLATFORM_TOKENS, Vocabulary

NAME_AND_HANDLE = "creator.name+account.handle"
_CERTAIN_NAMES = ("full name", "display name", "real name", "contact name", "lead name", "contact")
_ABOUT_A_PERSON = frozenset(
    ["name", "names", "channel", "account", "profile", "influencer", "influencers", "creator", "creators"]
)
_PERSON_WORDS = _ABOUT_A_PERSON | frozenset(
    ["blogger", "kol", "talent", "person", "artist", "page", "nickname", "streamer"]
)
_PARTS = {
    "first name": 0,
    "given name": 0,
    "firstname": 0,
    "forename": 0,
    "vorname": 0,
    "prénom": 0,
    "prenom": 0,
    "nombre de pila": 0,
    "fornamn": 0,
    "voornaam": 0,
    "имя": 0,
    "middle name": 1,
    "additional name": 1,
    "last name": 2,
    "family name": 2,
    "surname": 2,
    "lastname": 2,
    "nachname": 2,
    "nom de famille": 2,
    "apellido": 2,
    "apellidos": 2,
    "cognome": 2,
    "efternamn": 2,
    "achternaam": 2,
    "фамилия": 2,
    "soyad": 2,
}
_NAME_PARTS = {header_key(name): rank for name, rank in _PARTS.items()}


@dataclass(slots=True)
class Persons:
    """What was decided: column index to target, why, and the columns that are left out with the reason."""

    targets: dict[int, str] = field(default_factory=dict)
    why: dict[int, str] = field(default_factory=dict)
    left_out: dict[int, str] = field(default_factory=dict)


def name_part(key: str) -> int | None:
    """0 for a first name, 1 for a middle one, 2 for a last name; None for other headers."""
    return _NAME_PARTS.get(key)


def is_about_a_person(key: str, vocabulary: Vocabulary) -> bool:
    """Whether a header can stand over names or handles."""
    if name_part(key) is not None or key in vocabulary.names("account.handle"):
        return True
    if key in vocabulary.names("creator.name") or key in vocabulary.names("account.display_name"):
        return True
    words = [word for word in key.split() if word not in PLATFORM_TOKENS]
    return set(words) <= _PERSON_WORDS and bool(words or key)


def likeness_to_handles(sample: Sequence[object]) -> float:
    """From 0 (display names) to 1 (handles): one word, plain letters, lower case, or an @ in front."""
    if not sample:
        return 0.0
    total = 0.0
    for cell in sample:
        text = str(cell).strip()
        if re.fullmatch(r"@[\w.\-]+", text):
            total += 1.0
        elif text.isascii() and re.fullmatch(r"[\w.\-]{1,64}", text):
            total += 1.0 if text == text.lower() else 0.6
        elif not re.search(r"\s", text):
            total += 0.2
    return total / len(sample)


def share_of_links(sample: Sequence[object]) -> float:
    """The share of cells that are links to a profile on a known platform."""
    if not sample:
        return 0.0
    found = sum(1 for cell in sample if looks_like_link(str(cell)) and read_link(str(cell)).platform)
    return found / len(sample)


def share_of_pairs(sample: Sequence[object]) -> float:
    """The share of cells that hold a name and a handle: "Jade Park @jadepark"."""
    if not sample:
        return 0.0
    return sum(split_name_and_handle(str(cell)) is not None for cell in sample) / len(sample)


def decide_persons(
    keys: Sequence[str],
    samples: Sequence[Sequence[object]],
    open_columns: Sequence[int],
    vocabulary: Vocabulary,
    taken: frozenset[str],
) -> Persons:
    """Which of the open columns holds the handle, which the name."""
    found = Persons()
    columns = [
        c
        for c in open_columns
        if is_about_a_person(keys[c], vocabulary) and not _only_numbers(keys[c], samples[c])
    ]
    parts = [c for c in columns if name_part(keys[c]) is not None]
    linked: list[int] = []
    for c in [c for c in columns if c not in parts]:
        if share_of_links(samples[c]) > 0.6:
            columns.remove(c)
            if "account.link" not in (*taken, *found.targets.values()):
                found.targets[c], found.why[c] = "account.link", "its cells are links to profiles"
            else:
                found.left_out[c] = "another column has the link already"
                linked.append(c)
    handle_names = vocabulary.names("account.handle")
    certain_names = {header_key(n) for n in _CERTAIN_NAMES} | vocabulary.names("account.display_name")
    others = [c for c in columns if c not in parts]
    # Without rows only a header that is certain counts.
    likeness = {
        c: likeness_to_handles(samples[c]) if samples[c] else float(keys[c] in handle_names) for c in others
    }
    others = [c for c in others if samples[c] or keys[c] in handle_names or keys[c] in certain_names]
    handle = (
        None if "account.handle" in taken else _handle(keys, others, likeness, handle_names, certain_names)
    )
    if handle is not None:
        found.targets[handle] = "account.handle"
        found.why[handle] = _why_handle(keys[handle] in handle_names, likeness[handle])
        others.remove(handle)
    elif "account.handle" not in taken:
        _split_pairs(found, others, samples)
    accounts = [c for c in others if keys[c] in handle_names] + linked
    for c, target in further_handles(keys, samples, found.targets, accounts).items():
        found.targets[c], found.why[c] = target, "it names an account on one more platform"
        found.left_out.pop(c, None)
    others = [c for c in others if c not in found.targets]
    _names(found, keys, others, parts, certain_names, handle_names, taken)
    return found


def _only_numbers(key: str, sample: Sequence[object]) -> bool:
    """Phone numbers under "Contact", order numbers under "Name"; a handle may be a number."""
    letters = sum(bool(re.search(r"[^\W\d_]", str(cell))) for cell in sample)
    return letters < 0.2 * len(sample) and key not in PLATFORM_TOKENS and "handle" not in key


def _handle(
    keys: Sequence[str],
    columns: Sequence[int],
    likeness: dict[int, float],
    handle_names: frozenset[str],
    certain_names: set[str],
) -> int | None:
    said = [c for c in columns if keys[c] in handle_names and likeness[c] >= 0.3]
    if said:
        # Several (one a platform): the fullest meaning first, TikTok before the others.
        return min(said, key=lambda c: ("tiktok" not in keys[c] and keys[c] in PLATFORM_TOKENS, c))
    open_ = [c for c in columns if keys[c] not in certain_names]
    if not open_:
        return None
    best = max(open_, key=lambda c: (round(likeness[c], 2), -c))
    # Beside a column of names a column of half-handles is plain; alone it has to look like handles by itself.
    rivals = [likeness[c] for c in columns if c != best]
    needed = 0.4 if rivals and likeness[best] - max(rivals) > 0.15 else 0.75
    return best if likeness[best] >= needed else None


def _split_pairs(found: Persons, others: list[int], samples: Sequence[Sequence[object]]) -> None:
    for c in others:
        if share_of_pairs(samples[c]) >= 0.5:
            found.targets[c] = NAME_AND_HANDLE
            found.why[c] = "its cells hold a name and an @handle, which are taken apart"
            others.remove(c)
            return


def _names(
    found: Persons,
    keys: Sequence[str],
    others: list[int],
    parts: list[int],
    certain_names: set[str],
    handle_names: frozenset[str],
    taken: frozenset[str],
) -> None:
    named = "creator.name" in taken or NAME_AND_HANDLE in found.targets.values()
    order = {"full name": 0, "real name": 0, "name": 1}
    for c in sorted(others, key=lambda c: (order.get(keys[c], 2 + (keys[c] not in certain_names)), c)):
        if keys[c] in handle_names:
            found.left_out[c] = "a line holds one account; another column has its handle"
        elif named:
            found.left_out[c] = "another column has the name already"
        else:
            found.targets[c], named = "creator.name", True
            found.why[c] = "its cells are names and not handles"
    for c in parts:
        if named:
            found.left_out[c] = "another column has the full name"
        else:
            found.targets[c], found.why[c] = "creator.name", "parts of a name are put together"


def _why_handle(said: bool, likeness: float) -> str:
    if said:
        return "its header says so"
    return (
        "its cells look like handles: one word, mostly small letters"
        if likeness > 0.9
        else ("its cells look more like handles than those of the other column")
    )
