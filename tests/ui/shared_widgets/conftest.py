"""A workspace that lives in memory, so that tables, forms and panels are tested without a file."""

from __future__ import annotations

import dataclasses
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from creator_crm.domain.changes import Changes
from creator_crm.domain.conditions import evaluate
from creator_crm.domain.errors import UserError
from creator_crm.domain.fields import Catalogue, Field, Kind, Row, Value, value_of
from creator_crm.domain.normal import completed, show
from creator_crm.domain.query import Query
from creator_crm.domain.records import CATALOGUE
from creator_crm.ui.shared.table.source import AttachmentLine
from creator_crm.ui.shared.table.table import RecordTable


@dataclass(frozen=True)
class Line:
    at: str
    who: str
    label: str
    changes: tuple[tuple[str, str, str], ...]


class MemorySource:
    """Behaves as the workspace does, on dictionaries."""

    def __init__(self, catalogue: Catalogue = CATALOGUE) -> None:
        self.catalogue = catalogue
        self.kept: dict[str, dict[int, Row]] = {name: {} for name in catalogue}
        self.lines: dict[tuple[str, int], list[Line]] = {}
        self.asked: list[Query] = []
        self.pages_read = 0
        self.edits: list[tuple[str, dict[int, dict[str, Value]], str]] = []
        self.refuse = ""
        self.listeners: list[Any] = []
        self.files: dict[int, tuple[str, int, str, bytes]] = {}
        self.elsewhere: dict[int, str] = {}

    def put(self, record: str, **values: Any) -> int:
        number = len(self.kept[record]) + 1
        fields = {f.name for f in self.catalogue[record].fields}
        full = {
            n: v for n, v in completed(self.catalogue[record], values, defaults=True).items() if n in fields
        }
        self.kept[record][number] = self.catalogue[record].row(id=number, uid=f"u{number}", **full)
        return number

    def ids(self, query: Query) -> array[int]:
        self.asked.append(query)
        d = self.catalogue[query.record]
        rows = [r for r in self.kept[query.record].values() if r.deleted_at is None]
        if query.where is not None:
            rows = [r for r in rows if evaluate(query.where, r, d)]
        if query.search:
            searched = [f for f in d.fields if f.searchable] or [d.field(d.title)]
            wanted = query.search.casefold()
            rows = [r for r in rows if any(wanted in str(value_of(r, f) or "").casefold() for f in searched)]
        rows.sort(key=lambda r: r.id)
        for name in reversed(query.sort or (d.title,)):
            field = d.field(name.removeprefix("-"))
            held = [r for r in rows if value_of(r, field) not in (None, ())]
            held.sort(key=lambda r: _key(value_of(r, field)), reverse=name.startswith("-"))
            rows = held + [r for r in rows if value_of(r, field) in (None, ())]
        return array("q", (r.id for r in rows))

    def rows(self, record: str, ids: Sequence[int]) -> list[Row]:
        self.pages_read += 1
        return [self.kept[record][id] for id in ids if id in self.kept[record]]

    def titles(self, record: str, ids: Iterable[int]) -> dict[int, str]:
        field = self.catalogue[record].field(self.catalogue[record].title)
        return {
            id: show(field, value_of(self.kept[record][id], field)) for id in ids if id in self.kept[record]
        }

    def edit(
        self,
        record: str,
        changes: Mapping[int, Mapping[str, Value]],
        label: str = "",
        versions: Mapping[int, int] | None = None,
    ) -> Changes:
        if self.refuse:
            raise UserError(self.refuse)
        d = self.catalogue[record]
        if any(self.kept[record][id].version != version for id, version in (versions or {}).items()):
            raise UserError("Changed meanwhile.")
        for id, values in changes.items():
            row = self.kept[record][id]
            told = []
            for name, value in values.items():
                field = d.field(name)
                told.append((field.label, show(field, value_of(row, field)), show(field, value)))
                if field.custom:
                    row = dataclasses.replace(row, custom={**row.custom, name: value})
                else:
                    row = dataclasses.replace(row, **{name: value})
            self.kept[record][id] = dataclasses.replace(row, version=row.version + 1)
            self.lines.setdefault((record, id), []).insert(
                0, Line("2026-11-22T12:04:00Z", "Maya", label or "Edit", tuple(told))
            )
        self.edits.append((record, {i: dict(v) for i, v in changes.items()}, label))
        return self._tell(record, changes)

    def add(self, record: str, values: Mapping[str, Value], parts: Any = None) -> int:
        if self.refuse:
            raise UserError(self.refuse)
        number = self.put(record, **values)
        for part, rows in (parts or {}).items():
            for row in rows:
                self.put(part, **{self.catalogue[part].owner.name: number, **row})
        self._tell(record, [number])
        return number

    def trash(self, record: str, numbers: Iterable[int]) -> Changes:
        numbers = list(numbers)
        for id in numbers:
            self.kept[record][id] = dataclasses.replace(
                self.kept[record][id], deleted_at="2026-11-22T12:00:00Z"
            )
        return self._tell(record, numbers)

    def choices(self, record: str, field: Field, prefix: str) -> list[str]:
        held: dict[str, None] = {}
        for row in self.kept[record].values():
            value = value_of(row, field)
            for each in value if isinstance(value, tuple) else [value]:
                if each and str(each).casefold().startswith(prefix.casefold()):
                    held[str(each)] = None
        return sorted(held)

    def history(self, record: str, number: int) -> list[Line]:
        return self.lines.get((record, number), [])

    def parts(self, record: str, owner: int) -> list[Row]:
        field = self.catalogue[record].owner
        assert field is not None
        rows = self.kept[record].values()
        return [r for r in rows if value_of(r, field) == owner and r.deleted_at is None]

    def attachments(self, record: str, number: int) -> list[AttachmentLine]:
        return [AttachmentLine(id, name, len(data), at) for id, (name, _, at, data) in self.files.items()]

    def attach(self, record: str, number: int, file: Path) -> int:
        id = self.put("attachment", about=record, about_uid="x", file_name=file.name)
        self.files[id] = (file.name, number, "2026-11-22T12:00:00Z", file.read_bytes())
        return id

    def files_elsewhere(self, numbers: Sequence[int]) -> dict[int, str]:
        return {id: why for id, why in self.elsewhere.items() if id in numbers}

    def attachment_bytes(self, attachment: int) -> bytes:
        return self.files[attachment][3]

    def _tell(self, record: str, ids: Iterable[int]) -> Changes:
        changes = Changes(len(self.edits) + 1, "Change", {record: frozenset(ids)})
        for listener in self.listeners:
            listener(changes)
        return changes


def _key(value: Value) -> Any:
    return value.casefold() if isinstance(value, str) else value


NAMES = [
    "Ana Lima",
    "Zoë Müller",
    "Kofi Mensah",
    "Priya Nair",
    "Jun Sato",
    "Élodie Roux",
    "Mia Novak",
    "Omar Haddad",
    "Lena Berg",
    "Tomás Vega",
    "Ingrid Dahl",
    "Noah Okafor",
    "Sara Conti",
    "Yara Silva",
    "Finn Walsh",
    "Chloe Tan",
    "Ada Kowalski",
    "Leo Costa",
    "سارة العلي",
    "Maximiliana Alexandra von Hohenzollern-Sigmaringen the Third",
]


def fill(source: MemorySource, count: int = 40) -> MemorySource:
    """Creators that look real, two campaigns and a few accounts; the same every time."""
    stages = [c.value for c in CATALOGUE["creator"].field("stage").choices]
    niches = ["Skincare", "Kitchen", "Running", "Books", None]
    tags = [("vip",), ("ambassador", "vip"), (), ("local", "micro", "reels", "vegan"), ("reels",)]
    for word, tone in (("vip", "violet"), ("ambassador", "green"), ("vegan", "teal"), ("local", "amber")):
        source.put("tag", name=word, tone=tone)
    for i in range(count):
        name = NAMES[i % len(NAMES)] + ("" if i < len(NAMES) else f" {i // len(NAMES) + 1}")
        handle = "".join(c for c in name.split()[0].casefold() if c.isalnum()) + str(i + 7)
        source.put(
            "creator",
            name=name,
            handle=handle,
            platform=["tiktok", "instagram", "youtube"][i % 3],
            followers=(i * 7919 % 480 + 3) * 1000 + i,
            average_views=(i * 104729 % 90 + 1) * 500,
            engagement=(i * 37 % 90 + 8) * 1000,
            stage=stages[i * 5 % len(stages)],
            niche=niches[i % 5],
            country=["DE", "ES", "GB", "BR", "JP", None][i % 6],
            tags=tags[i % 5],
            owner=["Sam", "Maya"][i % 2],
            email=f"{handle}@example.org" if i % 4 else None,
            opted_out=i % 9 == 0,
            notes="Prefers reels; vegan; ship to studio." if i % 3 == 0 else None,
        )
        source.put("account", creator=i + 1, platform=["tiktok", "instagram"][i % 2], handle=handle)
    source.put("campaign", name="Autumn launch", currency="EUR", budget=250_000, starts_on="2026-09-01")
    source.put("campaign", name="Tokyo pop-up", currency="JPY", budget=900_000)
    for i in range(4):
        source.put(
            "collaboration", creator=i + 1, campaign=1 + i % 2, currency=["EUR", "JPY"][i % 2], fee=45_000
        )
    return source


@pytest.fixture
def source() -> MemorySource:
    """Forty creators."""
    return fill(MemorySource())


@pytest.fixture
def nothing() -> MemorySource:
    """A workspace with no rows in it."""
    return MemorySource()


@pytest.fixture
def american() -> Iterator[None]:
    from creator_crm.ui.shared import text

    text.set_locale("en_US")
    yield
    text.set_locale("en_US")


__all__ = ["Kind", "MemorySource", "fill"]


@pytest.fixture
def table(source: Any, qtbot: QtBot) -> RecordTable:
    """Creators in the order of their names, in front of the keyboard."""
    made = RecordTable(source, "creator", sort="name")
    qtbot.addWidget(made)
    made.resize(1300, 700)
    made.reload()
    made.show()
    made.activateWindow()
    made.grid.setFocus()
    source.listeners.append(made.refresh)
    return made
