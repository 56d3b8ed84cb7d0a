"""Search as you type: every word somewhere in a row, at the start of a word or inside a handle or address."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

from creator_crm.domain.fields import Catalogue, Description, Field, Kind
from creator_crm.domain.normal import show
from creator_crm.domain.values.texts import clean_text
from creator_crm.store.ordering import column, title_expression, title_of_reference
from creator_crm.store.store import Store
from creator_crm.store.triggers import search_fields

_LONGEST = 200  # characters of typed text that are looked at
_MOST_WORDS = 8
_SHORTEST_PART = 3  # the index of parts knows runs of three signs
_CANDIDATES = 2_000
_FEWEST_DIGITS = 5
# Scripts written without blanks between words: there the middle of a word may be a word, so all text is read.
_UNBROKEN = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)


@dataclass(frozen=True, slots=True)
class Hit:
    """One row that a search found."""

    record: str
    id: int
    title: str
    subtitle: str = ""


def words_of(text: str) -> list[str]:
    """The words that are looked for; the "@" before a handle is no part of it."""
    clean = clean_text(text[:_LONGEST])[0]
    words = (word.lstrip("@") or word for word in clean.split())
    return list(dict.fromkeys(words))[:_MOST_WORDS]


def matching(
    raw: sqlite3.Connection, catalogue: Catalogue, record: str, text: str, most: int = -1
) -> set[int] | None:
    """The numbers of the rows, living or not, that hold every word of `text`; None when it says nothing.

    `most` ends the reading of each index early, for a first glance.
    """
    description = catalogue[record]
    words = words_of(text)
    if not words:
        return None
    found: set[int] | None = None
    for word in sorted(words, key=len, reverse=True):  # the longest is the rarest
        read = most if len(words) == 1 else -1
        holding = set(_holding(raw, description, word, read))
        holding.update(_formerly(raw, catalogue, description, word, read))
        found = holding if found is None else found & holding
        if not found:
            break
    digits = re.sub(r"[\s()+./-]", "", text)
    if digits.isdecimal() and len(digits) >= _FEWEST_DIGITS and found is not None:
        found |= set(_with_phone(raw, description, digits))
    return found


def _holding(raw: sqlite3.Connection, description: Description[Any], word: str, most: int) -> Iterator[int]:
    words, parts = search_fields(description)
    if words:
        yield from _read(raw, f"{description.name}_words", f"{_phrase(word)}*", most)
    if parts and len(word) >= _SHORTEST_PART:
        yield from _read(raw, f"{description.name}_parts", _phrase(word), most)
    if words and _UNBROKEN.search(word):
        anywhere = " OR ".join(f"instr({column(f, 't')}, ?)" for f in words)
        sql = f'SELECT t.id FROM "{description.name}" t WHERE {anywhere} LIMIT ?'
        yield from chain.from_iterable(raw.execute(sql, (*[word] * len(words), most)))


def _formerly(
    raw: sqlite3.Connection, catalogue: Catalogue, description: Description[Any], word: str, most: int
) -> Iterator[int]:
    """Rows one of whose parts once had a name that starts like this: accounts know their former handles."""
    for part, owner in catalogue.parts_of(description.name):
        for field in search_fields(part)[0]:
            if field.kind is Kind.TAGS:
                expression = f"{{{field.name}}} : {_phrase(word)}*"
                found = list(_read(raw, f"{part.name}_words", expression, most))
                if found:
                    sql = f'SELECT {column(owner, "t")} FROM "{part.name}" t WHERE t.id IN'
                    sql += " (SELECT value FROM json_each(?))"
                    yield from chain.from_iterable(raw.execute(sql, (str(found),)))


def _phrase(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'


def _read(raw: sqlite3.Connection, index: str, expression: str, most: int) -> Iterable[int]:
    sql = f"SELECT rowid FROM {index} WHERE {index} MATCH ? LIMIT ?"
    return chain.from_iterable(raw.execute(sql, (expression, most)))


def _with_phone(raw: sqlite3.Connection, description: Description[Any], digits: str) -> Iterable[int]:
    phones = [f for f in description.fields if f.kind is Kind.PHONE and not f.custom]
    if not phones:
        return ()
    anywhere = " OR ".join(f"instr({column(f, 't')}, ?)" for f in phones)
    sql = f'SELECT t.id FROM "{description.name}" t WHERE {anywhere}'
    return chain.from_iterable(raw.execute(sql, (digits,) * len(phones)))


# Everywhere ------------------------------------------------------------------------------------------


def everywhere(store: Store, text: str, limit_per_record: int = 8) -> list[Hit]:
    """The best hits in every kind of record, creators first; one row is named once, whatever matched."""
    hits: dict[tuple[str, int], Hit] = {}
    with store.read_raw() as raw:
        for description in store.catalogue.public:
            if search_fields(description)[0]:
                for hit in _hits(raw, store.catalogue, description, text, limit_per_record):
                    hits.setdefault((hit.record, hit.id), hit)
    return list(hits.values())


def _hits(
    raw: sqlite3.Connection, catalogue: Catalogue, description: Description[Any], text: str, limit: int
) -> Iterator[Hit]:
    found = matching(raw, catalogue, description.name, text, _CANDIDATES)
    if not found:
        return
    title = title_expression(catalogue, description, "t", at="@")
    record, number = description.name, "t.id"
    if description.owner and description.title == "handle":
        # An account is a way to find its creator, not a place of its own.
        record, number = description.owner.references, column(description.owner, "t")
        title = f"({title_of_reference(catalogue, description.owner, 't', at='@')})"
    shown = _subtitle_fields(description)
    start = " ".join(words_of(text)).lower()
    rows = raw.execute(
        f"SELECT {', '.join([number, title, *(_said(catalogue, f) for f in shown)])} "
        f'FROM "{description.name}" t WHERE t.deleted_at IS NULL '
        "AND t.id IN (SELECT value FROM json_each(?)) "
        f"ORDER BY substr(lower(ltrim({title}, '@')), 1, ?) <> ?, {title} COLLATE NOCASE, t.id LIMIT ?",
        (str(list(found)), len(start), start, limit),
    )
    for found_id, name, *values in rows:
        texts = [show(f, v) for f, v in zip(shown, values, strict=True) if v is not None]
        yield Hit(record, found_id, name or description.label, " · ".join(t for t in texts if t != name))


def _subtitle_fields(description: Description[Any]) -> list[Field]:
    """Two columns of the list that tell rows of the same title apart."""
    told = (Kind.HANDLE, Kind.CHOICE, Kind.TEXT, Kind.REFERENCE, Kind.COUNTRY)
    fields = (f for f in description.visible if f.shown and f.kind in told and not f.custom)
    return [f for f in fields if f.name != description.title or f.kind is Kind.HANDLE][:2]


def _said(catalogue: Catalogue, field: Field) -> str:
    return f"({title_of_reference(catalogue, field, 't')})" if field.references else column(field, "t")
