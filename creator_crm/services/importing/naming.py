"""Finds what the words of a list name: the rows that references mean, the rows that lines are about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from creator_crm.domain.fields import Catalogue, Description, Field, Kind, Value
from creator_crm.domain.normal import folded
from creator_crm.domain.values.handles import fold_handle
from creator_crm.domain.values.texts import fold
from creator_crm.exchange.rehearsal import Parsed, empty
from creator_crm.store.readers import matching

_EXACT = frozenset({Kind.IDENTIFIER, Kind.CHOICE, Kind.DATE, Kind.MOMENT, Kind.REFERENCE, Kind.COUNT})
Key = tuple[Any, ...]


@dataclass(slots=True)
class Named:
    """What a list names: the row of each line where it is known, why a line can't be used, texts to show."""

    rows: dict[int, int] = field(default_factory=dict)  # position → row
    home: set[int] = field(default_factory=set)  # rows that were named by their short id
    trashed: dict[int, str] = field(default_factory=dict)  # position → the sentence
    unknown: dict[int, list[tuple[str, str, str]]] = field(default_factory=dict)  # → (header, text, reason)
    texts: dict[str, list[Value]] = field(default_factory=dict)


def name_rows(raw: matching.Raw, description: Description[Any], parsed: Parsed, named: Named) -> None:
    """The rows whose short id stands on the lines: lists that came out of the program come home."""
    uids = parsed.column(f"{description.name}.uid")
    found = matching.rows_by_uid(raw, description.name, {str(uid) for uid in uids if uid})
    for i, uid in enumerate(uids):
        row, trashed = found.get(str(uid), (0, ""))
        if row and trashed:
            named.trashed[i] = in_trash(description)
        elif row:
            named.rows[i] = row
            named.home.add(row)


def in_trash(description: Description[Any]) -> str:
    return f"This {description.label.lower()} is in the trash; take it out of there to import it again."


def resolve(
    raw: matching.Raw, catalogue: Catalogue, description: Description[Any], parsed: Parsed, named: Named
) -> None:
    """Put row numbers in the place of names that refer to other records, and keep the names to show."""
    for described in description.stored:
        target = f"{description.name}.{described.name}"
        if described.kind is not Kind.REFERENCE or target not in parsed.values:
            continue
        texts = parsed.values[target]
        referred = catalogue[described.references]
        now = matching.titles_of_references(
            raw, catalogue, description.name, described, set(named.rows.values())
        )
        known = numbers_of(raw, referred, {v for v in texts if isinstance(v, str)})
        named.texts[target] = texts
        values: list[Value] = [None] * len(parsed)
        parsed.values[target] = values
        for i, text in enumerate(texts):
            if not isinstance(text, str):
                values[i] = text
                continue
            number, called = now.get(named.rows.get(i, 0), (0, ""))
            # Titles may be the same for several rows: what a row refers to now is never another one by that.
            values[i] = number if number and called == text else known.get(text)
            if values[i] is None:
                kind = referred.label.lower()
                reason = f"There is no {kind} “{text}”; import or add it first."
                named.unknown.setdefault(i, []).append((described.label, text, reason))


def numbers_of(raw: matching.Raw, referred: Description[Any], texts: set[str]) -> dict[str, int]:
    """Row numbers by short id, handle or number elsewhere (creators), natural key, title; none for a name
    of several.
    """
    wanted = {text.rpartition(" ")[2]: text for text in texts}  # "Order k3x…" is how a nameless row is called
    found = {}
    for uid, (number, trashed) in matching.rows_by_uid(raw, referred.name, set(wanted)).items():
        if not trashed:
            found[wanted[uid]] = number
    if referred.name == "creator":
        _creators(raw, texts, found)
    names = [referred.title, *(referred.key if len(referred.key) == 1 else ())]
    for name in dict.fromkeys(names):
        described = referred.by_name.get(name)
        if described is None or not described.stored or described.kind is Kind.REFERENCE:
            continue
        left = texts - found.keys()
        column = next((f.name for f in referred.stored if f.folds == name), name)
        keys = {text: folded(text) if column != name else text for text in left}
        rows = matching.rows_by_column(raw, referred.name, column, {k for k in keys.values() if k}, [])
        for text, key in keys.items():
            if len(rows.get(key, ())) == 1:
                found[text] = rows[key][0][0]
    return found


def _creators(raw: matching.Raw, texts: set[str], found: dict[str, int]) -> None:
    keys = {text: fold_handle(text) for text in texts - found.keys()}
    accounts = matching.accounts_by_handle(raw, set(keys.values()))
    for text, key in keys.items():
        people = {a.creator for a in accounts.get(key, []) if not a.trashed}
        if len(people) == 1:
            found[text] = people.pop()
    numbers = matching.creators_by_external_id(raw, texts - found.keys())
    for text, matched in numbers.items():
        living = [c.id for c in matched if not c.trashed]
        if len(living) == 1:
            found[text] = living[0]


# Natural keys --------------------------------------------------------------------------------------------


def key_of(description: Description[Any], parsed: Parsed, without: Sequence[str] = ()) -> tuple[str, ...]:
    """The columns by which a row is told apart: the first unique ones of which the list has all."""
    given = {
        target.partition(".")[2] for target in parsed.values if target.startswith(f"{description.name}.")
    }
    for names in (*description.unique, description.key):
        own = [n for n in names if n not in without]
        sources = {description.field(n).folds or n for n in own}
        if own and all(s in given or description.field(s).default is not None for s in sources):
            return tuple(own)
    return ()


def keys_in(parsed: Parsed, description: Description[Any], key: Sequence[str]) -> list[Key]:
    """The natural key of each line, in the form in which keys are compared."""
    columns = []
    for name in key:
        described = description.field(name)
        source = described.folds or name
        default = description.field(source).default
        values = [default if empty(v) else v for v in parsed.column(f"{description.name}.{source}")]
        columns.append([_comparable(described, folded(v) if described.folds else v) for v in values])
    return list(zip(*columns, strict=True)) if columns else [() for _ in range(len(parsed))]


def _comparable(described: Field, value: Value) -> Any:
    exact = described.kind in _EXACT or described.folds
    return fold(value) if isinstance(value, str) and not exact else value


def held_keys(
    raw: matching.Raw, description: Description[Any], key: Sequence[str], wanted: set[Key]
) -> tuple[dict[Key, int], dict[Key, str]]:
    """The living row of each key, and for keys that are only in the trash the sentence that says so."""
    wanted = {own for own in wanted if own and all(part not in (None, "") for part in own)}
    if not key or not wanted:
        return {}, {}
    fields = [description.field(name) for name in key]
    if all(f.kind in _EXACT or f.folds for f in fields):
        found = matching.rows_by_keys(raw, description.name, key, wanted)
        left = wanted - found.keys()
        gone = {}
        if left and matching.anything_in_trash(raw, description.name):
            away = matching.rows_by_keys(raw, description.name, key, left, trashed=True)
            gone = dict.fromkeys(away, in_trash(description))
        return found, gone
    held: Mapping[bool, dict[Key, int]] = {False: {}, True: {}}
    for number, trashed, *values in matching.keys_of(raw, description.name, key):
        own = tuple(_comparable(f, v) for f, v in zip(fields, values, strict=True))
        if own in wanted:
            held[bool(trashed)][own] = int(number)
    return held[False], dict.fromkeys(held[True].keys() - held[False].keys(), in_trash(description))
