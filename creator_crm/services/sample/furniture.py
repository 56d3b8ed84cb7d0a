"""What the sample brand keeps around its creators: its place, tags, own fields, saved views, a few files."""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Iterator
from datetime import date, timedelta

from creator_crm.domain.fields import Value
from creator_crm.domain.filters import parse as parse_filter
from creator_crm.services.sample.invented import word_list
from creator_crm.services.sample.past import Step
from creator_crm.services.sample.people import Person
from creator_crm.services.views import view_text
from creator_crm.store.attachments import put_file
from creator_crm.store.unit_of_work import Unit

Values = dict[str, Value]


def tag_rows() -> list[Values]:
    return [{"name": name, "tone": tone, "meaning": why} for name, tone, why in word_list("brand")["tags"]]


def custom_fields() -> list[Values]:
    """The two fields this brand added to creators."""
    return [
        {
            "about": "creator",
            "name": "skin_type",
            "label": "Skin type",
            "kind": "choice",
            "options": tuple(sorted(word_list("brand")["skin_types"])),
            "help": "What they say about their own skin; decides which cream goes into the parcel.",
            "personal": True,
            "position": 0,
        },
        {
            "about": "creator",
            "name": "last_met",
            "label": "Last met",
            "kind": "date",
            "help": "When one of us last sat at a table with them.",
            "position": 1,
        },
    ]


def furnish(people: list[Person], today: date) -> Iterator[Step]:
    """The steps that set the workspace up, and those that put views and files into it later."""

    def put_tags(unit: Unit) -> None:
        for values in tag_rows():
            unit.add("tag", values)

    def put_fields(unit: Unit) -> None:
        for values in custom_fields():
            unit.add("custom_field", values)

    def put_sender(unit: Unit) -> None:
        brand = word_list("brand")
        sender = {f"sender_{part}": value for part, value in brand["sender"].items()}
        for name, value in {"brand": brand["brand"], **sender}.items():
            unit.add("setting", {"name": name, "value": json.dumps(value, ensure_ascii=False)})

    first = today - timedelta(days=364)
    yield Step(first, "Mara", "Write down where our parcels come from", put_sender)
    yield Step(first, "Mara", "Set up our tags", put_tags)
    yield Step(first, "Mara", "Add the fields Skin type and Last met", put_fields)
    yield Step(today - timedelta(days=71), "Jonas", "Save our views", put_views)
    working = [p for p in people if p.stage in ("active", "ambassador")]
    for number, (name, content, note) in enumerate(_files(today)):
        person = working[number % 3]

        def attach(
            unit: Unit, person: Person = person, name: str = name, content: bytes = content, note: str = note
        ) -> None:
            put_file(unit, "creator", person.uid, name, content, note)

        day = min(max(day for day, _ in person.moves) + timedelta(days=1 + number), today)
        yield Step(day, str(person.values["owner"]), f"Attach {name} to {person.values['name']}", attach)


def put_views(unit: Unit) -> None:
    """The saved views, in the form that `services.views` reads."""
    creators = unit.catalogue["creator"]
    for position, view in enumerate(word_list("program")["views"]):
        where = parse_filter(view["where"], creators)
        query = view_text(creators, where, sort=view["sort"], columns=view.get("columns", ()))
        unit.add(
            "saved_view", {"about": "creator", "name": view["name"], "query": query, "position": position}
        )


def _files(today: date) -> list[tuple[str, bytes, str]]:
    """(file name, content, note) of the attachments."""
    day = today - timedelta(days=90)
    rates = (
        f"Rates, as of {day:%d %B %Y}\n\n"
        "One video, 30-45 s   180 EUR\nRaw footage           60 EUR\nLIVE, 1 hour         220 EUR\n"
    )
    agreed = "Two videos and one LIVE.\nPosting window: three weeks from delivery.\nMay be cut by us.\n"
    return [
        ("rate card.txt", rates.encode(), "Sent on TikTok"),
        ("what we agreed.txt", agreed.encode(), ""),
        ("bathroom shelf.png", _picture((214, 232, 226), (38, 94, 82)), "Still from the second video"),
        ("colours of the tin.png", _picture((246, 226, 206), (190, 98, 62)), "For the thumbnail"),
    ]


def _picture(light: tuple[int, int, int], dark: tuple[int, int, int], size: int = 96) -> bytes:
    """A small PNG: a soft shade from one colour to the other."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    lines = bytearray()
    for y in range(size):
        lines.append(0)
        for x in range(size):
            share = (x + y) / (2 * size)
            lines += bytes(round(a + (b - a) * share) for a, b in zip(light, dark, strict=True))
    head = struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(lines), 9)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body
