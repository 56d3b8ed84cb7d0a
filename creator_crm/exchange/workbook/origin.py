"""Where a workbook came from, as text: one line for its properties and a defined name, rows for a sheet.

Google Sheets drops the properties, people delete hidden sheets, and names survive nearly everything: what two
of the three agree on is believed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from creator_crm.domain.own_fields import heard, told
from creator_crm.domain.workspace import CustomField
from creator_crm.exchange.workbook.layout import Origin, SheetPlan

PROPERTY = "Creator CRM origin"
DEFINED_NAME = "crm_origin_{}"  # numbered from 1: a text in a name holds 255 signs
PIECE = 200
_LINE, _SHEET, _TWIN = "origin", "sheet ", "twin "
_OWN, _WHO, _FILE = "own field", "written by", "file "


def origin_line(origin: Origin) -> str:
    """All but the columns of the sheets: words of letters and digits that need no quoting anywhere."""
    facts = {
        "export": origin.export,
        "workspace": origin.workspace,
        "copy": origin.copy,
        "seen": _steps(origin.seen),
        "part": _steps(origin.in_part),
        "schema": origin.schema,
        "program": origin.program,
        "whole": int(origin.whole),
        "redacted": int(origin.redacted),
    }
    return ";".join(f"{name}={value}" for name, value in facts.items())


def origin_from(line: str, rows: Sequence[tuple[str, str]] = ()) -> Origin | None:
    """What `origin_line` was given, with the sheets that `rows` of the hidden sheet tell of; else None."""
    facts = dict(part.partition("=")[::2] for part in line.split(";"))
    if not all(facts.get(name) for name in ("export", "workspace", "copy")):
        return None
    schema = facts.get("schema", "")
    return Origin(
        export=facts["export"],
        workspace=facts["workspace"],
        copy=facts["copy"],
        seen=_steps_in(facts.get("seen", "")),
        in_part=_steps_in(facts.get("part", "")),
        schema=int(schema) if schema.isdecimal() else 0,
        program=facts.get("program", ""),
        whole=facts.get("whole") == "1",
        redacted=facts.get("redacted") == "1",
        sheets=tuple(_plans(rows)),
        twins=tuple(_twins(rows)),
        own=tuple(_own_fields(rows)),
        who=next((text for key, text in rows if key == _WHO), ""),
        files={key.removeprefix(_FILE): text for key, text in rows if key.startswith(_FILE)},
    )


def origin_rows(origin: Origin) -> Iterator[tuple[str, str]]:
    """(key, text) of each row of the hidden sheet."""
    yield _LINE, origin_line(origin)
    for plan in origin.sheets:
        columns = json.dumps([plan.title, *plan.columns], ensure_ascii=False)
        yield _SHEET + plan.record, columns
    for record, uid, first in origin.twins:
        yield _TWIN + record, f"{uid} {first}"
    if origin.who:
        yield _WHO, origin.who
    yield from ((_FILE + uid, who) for uid, who in origin.files.items())
    for row in origin.own:
        yield _OWN, json.dumps(told(row), ensure_ascii=False)


def line_in(rows: Iterable[tuple[str, str]]) -> str | None:
    """The line of the origin among the rows of the hidden sheet."""
    return next((text for key, text in rows if key == _LINE), None)


def pieces(origin: Origin) -> Mapping[str, str]:
    """The line of the origin in texts that fit into defined names, by name."""
    line = origin_line(origin)
    starts = range(0, len(line), PIECE)
    return {DEFINED_NAME.format(n): line[at : at + PIECE] for n, at in enumerate(starts, 1)}


def joined(names: Mapping[str, str]) -> str | None:
    """The line of the origin from defined names and their texts, in quotes or not."""
    found: list[str] = []
    while (text := names.get(DEFINED_NAME.format(len(found) + 1))) is not None:
        found.append(text.strip().removeprefix("=").strip().strip('"'))
    return "".join(found) or None


def _steps(of: Mapping[str, int]) -> str:
    return ",".join(f"{copy}:{step}" for copy, step in sorted(of.items()))


def _steps_in(text: str) -> dict[str, int]:
    return {copy: int(step) for copy, step in re.findall(r"([\w/]+):(\d+)", text)}


def _twins(rows: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str, str]]:
    for key, text in rows:
        uids = text.split()
        if key.startswith(_TWIN) and len(uids) == 2:
            yield key.removeprefix(_TWIN), uids[0], uids[1]


def _plans(rows: Iterable[tuple[str, str]]) -> Iterator[SheetPlan]:
    for key, text in rows:
        if key.startswith(_SHEET):
            try:
                title, *columns = json.loads(text)
                yield SheetPlan(key.removeprefix(_SHEET), str(title), tuple((f, h) for f, h in columns))
            except (ValueError, TypeError):
                continue  # somebody wrote into it: the sheet is read by its headers


def _own_fields(rows: Iterable[tuple[str, str]]) -> Iterator[CustomField]:
    for key, text in rows:
        if key == _OWN:
            try:
                values = json.loads(text)
            except ValueError:
                continue  # somebody wrote into it: its column is one that no field is known for
            if isinstance(values, dict) and (row := heard(values)):
                yield row
