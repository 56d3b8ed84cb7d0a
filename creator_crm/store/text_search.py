"""Search as you type: every word somewhere in a row, at the start of a word or inside a handle or address."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from itertools import chain
from typing import Any

from creator_crm.domain.fields import Catalogue, Description, Field, Kind
from creator_crm.domain.frozen import immutable
from creator_crm.domain.normal import show
from creator_crm.domain.values.texts import clean_text
from creator_crm.store.ordering import column, title_expression, title_of_reference
from creator_crm.store.store import Store
from creator_crm.store.triggers import search_fields

_LONGEST = 200  # characters of typed text that are looked at
_MOST_WORDS = 8
_SHORTEST_PART = 3  # the index of parts knows runs of three signs
_CANDIDATES = 2_000
# Scripts written without blanks between words: there the middle of a run of letters may be a word, so short
# texts are read whole; long ones are found by how a run begins.
_UNBROKEN = (
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
_PHONE = re.compile(r"(?=(?:\D*\d){5})[+(0][\d ()/.-]*")  # its blanks part no words


@immutable
class Hit:
    """One row that a search found."""

    record: str
    id: int
    title: str
    subtitle: str = ""


def words_of(text: str) -> list[str]:
    """The words that are looked for; the "@" before a handle is no part of it."""
    clean = clean_text(text[:_LONGEST])[0]
    if _PHONE.fullmatch(clean.strip()):
        return [re.sub(r"\D", "", clean).lstrip("0")]
    words = (word.lstrip("@") for word in clean.split())
    return list(dict.fromkeys(filter(None, words)))[:_MOST_WORDS]


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
        holding = _holding(raw, catalogue, description, word, read)
        found = holding if found is None else found & holding
        if not found:
            break
    return found


def _holding(
    raw: sqlite3.Connection, catalogue: Catalogue, description: Description[Any], word: str, most: int
) -> set[int]:
    words, parts = search_fields(description)
    found: set[int] = set()
    if words:
        found.update(_read(raw, f"{description.name}_words", f"{_phrase(word)}*", most))
    if len(word) >= _SHORTEST_PART:
        if parts:
            found.update(_read(raw, f"{description.name}_parts", _phrase(word), most))
        found.update(_formerly(raw, catalogue, description, word, most))
    if re.search(_UNBROKEN, word):  # made when first asked for: so many letters take 5 ms
        for field in words:
            if field.kind is Kind.TEXT:
                living = f'SELECT t.id FROM "{description.name}" t WHERE t.deleted_at IS NULL'
                texts = raw.execute(f"{living} AND instr({column(field, 't')}, ?)", (word,))
                found.update(chain.from_iterable(texts))
    return found


def _formerly(
    raw: sqlite3.Connection, catalogue: Catalogue, description: Description[Any], word: str, most: int
) -> Iterator[int]:
    """Rows one of whose parts once had a name that starts like this: accounts know their former handles."""
    for part, owner in catalogue.parts_of(description.name):
        for field in search_fields(part)[0]:
            if field.kind is Kind.TAGS:
                expression = f"{{{field.name}}} : {_phrase(word)}*"
                parts = str(_read(raw, f"{part.name}_words", expression, most))
                of_parts = "t.id IN (SELECT value FROM json_each(?))"
                sql = f'SELECT {column(owner, "t")} FROM "{part.name}" t WHERE {of_parts}'
                yield from chain.from_iterable(raw.execute(sql, (parts,)))


def _phrase(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'


def _read(raw: sqlite3.Connection, index: str, expression: str, most: int) -> list[int]:
    # One JSON text instead of one Python object a row: the first letter of a name finds half of all rows.
    sql = f"SELECT json_group_array(rowid) FROM (SELECT rowid FROM {index} WHERE {index} MATCH ? LIMIT ?)"
    found: list[int] = json.loads(raw.execute(sql, (expression, most)).fetchone()[0])
    return found


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
