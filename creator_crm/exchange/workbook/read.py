"""Reading the team's workbook back: where it came from, what each sheet and column of it holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from creator_crm.domain.fields import Catalogue, Description, Kind
from creator_crm.domain.own_fields import with_fields
from creator_crm.exchange.errors import SheetRefused
from creator_crm.exchange.sheet_styles import sheet_name
from creator_crm.exchange.sheets import Cell, Everything, Opened, Rows, read_whole
from creator_crm.exchange.workbook.layout import (
    GONE_SHEET,
    ID_HEADER,
    LISTS_SHEET,
    MARKS_HEADER,
    ORIGIN_SHEET,
    README_SHEET,
    SUMMARY_SHEET,
    UID_PREFIX,
    Origin,
    SheetPlan,
)
from creator_crm.exchange.workbook.origin import PROPERTY, joined, line_in, origin_from
from creator_crm.exchange.workbook.returned import Returned, Sheet, typing

_OURS = frozenset({README_SHEET, SUMMARY_SHEET, ORIGIN_SHEET, GONE_SHEET, LISTS_SHEET})
_HEADER_WITHIN = 20  # rows that people may have put above the header


def read_workbook(path: Path, catalogue: Catalogue, cancel: Any = None, progress: Any = None) -> Returned:
    """Read a workbook of ours. Raises SheetRefused, also when it holds no sheet of records, and Cancelled."""
    read = read_whole(path, cancel=cancel, progress=progress)
    if read is None:
        raise SheetRefused(
            f"“{path.name}” is a text file, not a workbook of Creator CRM. Nothing was changed; "
            "bring back the workbook itself, or import the file as a list."
        )
    opened, found = read
    names = {sheet.name: at for at, sheet in enumerate(opened.sheets)}
    origin = _origin(found, names)
    if origin:
        catalogue = with_fields(catalogue, origin.own)
    sheets, left = _sheets(opened, found, origin, catalogue)
    if not sheets:
        raise SheetRefused(
            f"“{path.name}” holds no sheet that Creator CRM wrote. Nothing was changed; "
            "choose the workbook that was shared with your team, or import this file as a list."
        )
    gone: dict[str, set[str]] = {}
    for record, uid in _pairs(found, names, GONE_SHEET):
        gone.setdefault(record, set()).add(uid.removeprefix(UID_PREFIX))
    return Returned(
        path=path,
        origin=origin,
        sheets=tuple(sheets),
        gone={record: frozenset(uids) for record, uids in gone.items()},
        left=tuple(left),
        lists=found.sheets.get(names.get(LISTS_SHEET, -1), Rows([])),
        catalogue=catalogue,
        typing=typing(origin.export, sheets) if origin else "",
    )


def _origin(found: Everything, names: Mapping[str, int]) -> Origin | None:
    """Where it came from, if two of its three places say the same."""
    rows = _pairs(found, names, ORIGIN_SHEET)
    said = Counter(filter(None, (found.properties.get(PROPERTY), line_in(rows), joined(found.names))))
    line, count = said.most_common(1)[0] if said else ("", 0)
    return origin_from(line, rows) if count > 1 else None


def _pairs(found: Everything, names: Mapping[str, int], sheet: str) -> list[tuple[str, str]]:
    rows = found.sheets[names[sheet]].rows if names.get(sheet) in found.sheets else []
    return [(str(row[0] or ""), str(row[1] or "")) for row in rows if len(row) > 1]


# Which sheet is which --------------------------------------------------------------------------------


def _sheets(
    opened: Opened, found: Everything, origin: Origin | None, catalogue: Catalogue
) -> tuple[list[Sheet], list[str]]:
    plans = {plan.title: plan for plan in (origin.sheets if origin else ())}
    for description in catalogue.public:
        if not any(plan.record == description.name for plan in plans.values()):
            plans.setdefault(description.plural, _plan_of(description))
    sheets: dict[str, Sheet] = {}
    left: list[str] = []
    others = [at for at, sheet in enumerate(opened.sheets) if sheet.name not in plans]
    titled = [at for at, sheet in enumerate(opened.sheets) if sheet.name in plans]
    for at in [*titled, *others]:
        name = opened.sheets[at].name
        rows = found.sheets.get(at)
        if name in _OURS or rows is None or not rows.rows:
            continue
        header = _header(rows)
        plan = plans.get(name) or _by_headers(rows.rows[header or 0], plans.values())
        if plan is None or (header is None and (name not in plans or plan.record in sheets)):
            left.append(f"The sheet “{name}” is none of Creator CRM's, so it was not read.")
            continue
        first = sheets.get(plan.record)
        sheet = _sheet(plan, name, rows, header or 0, catalogue, [] if first else left)
        sheet.silent = found.silent.get(at, {})
        sheets[plan.record] = _with_second(first, sheet, left) if first else sheet
    for plan in origin.sheets if origin else ():
        if plan.record not in sheets and plan.record in catalogue:
            left.append(f"The sheet “{plan.title}” is not in the workbook; nothing was changed there.")
        elif plan.record not in catalogue:
            left.append(f"The sheet “{plan.title}” holds what this version does not know; it was left out.")
    return list(sheets.values()), left


def _plan_of(description: Description[Any]) -> SheetPlan:
    """What a sheet of these rows looks like, where the workbook does not say it any more."""
    fields = [f for f in description.fields if f.stored and not (f.hidden and f.folds)]
    columns = ((f.name, f"{f.label} (UTC)" if f.kind is Kind.MOMENT else f.label) for f in fields)
    return SheetPlan(description.name, sheet_name(description.plural), tuple(columns))


def _header(rows: Rows) -> int | None:
    """Which of the first rows holds the headers: the one with our id."""
    for at, row in enumerate(rows.rows[:_HEADER_WITHIN]):
        if any(_said(cell) == _said(ID_HEADER) for cell in row):
            return at
    return None


def _by_headers(row: Sequence[Cell], plans: Iterable[SheetPlan]) -> SheetPlan | None:
    """The plan that most of these headers belong to."""
    headers = {_said(cell) for cell in row}
    scores = [(sum(_said(header) in headers for _, header in plan.columns), plan) for plan in plans]
    count, plan = max(scores, key=lambda score: score[0], default=(0, None))
    return plan if plan and 2 * count > len(plan.columns) else None


def _with_second(first: Sheet, second: Sheet, left: list[str]) -> Sheet:
    """One of two sheets of the same records: one was copied, or some of its rows were moved to another."""
    begins = first.line(len(first.rows) - 1) + 1 if first.rows else first.first_line
    both = first.with_rows_of(second, begins)
    if both is None:
        why = f"“{second.name}” repeats it, or lacks some of its columns"
        left.append(f"Of two sheets only “{first.name}” was read: {why}.")
        return first
    left.append(
        f"The sheet “{second.name}” was read as more rows of “{first.name}”, counted from row {begins:,} on."
    )
    return both


def _sheet(
    plan: SheetPlan, name: str, rows: Rows, header: int, catalogue: Catalogue, left: list[str]
) -> Sheet:
    heads = [_said(cell) for cell in rows.rows[header]]
    places = {head: at for at, head in reversed(list(enumerate(heads))) if head}
    known = catalogue[plan.record].by_name if plan.record in catalogue else {}
    special = {_said(ID_HEADER), _said(MARKS_HEADER)}
    # Derived figures stand there to be looked at: they are nobody's news.
    special |= {_said(f.label) for f in known.values() if f.name not in dict(plan.columns)}
    by_field = {f: places[_said(text)] for f, text in plan.columns if _said(text) in places}
    free = [
        at for at, head in enumerate(heads) if head and head not in special and at not in by_field.values()
    ]
    for renamed, at in _renamed(plan, by_field, free):
        text = dict(plan.columns)[renamed]
        left.append(f"On sheet “{name}”, “{rows.rows[header][at]}” was read as “{text}”, by its place.")
        by_field[renamed] = at
        free.remove(at)
    missing = [text for f, text in plan.columns if f not in by_field and f in known]
    if missing:
        left.append(f"On sheet “{name}” there is no column {_series(missing)}; nothing was changed there.")
    strange = [text for f, text in plan.columns if f in by_field and f not in known]
    if strange:
        left.append(f"On sheet “{name}”, {_series(strange)}: this version has no such field; left out.")
    twice = [at for at in free if heads[at] in {_said(text) for _, text in plan.columns}]
    for at in twice:
        left.append(
            f"On sheet “{name}” there are two columns “{rows.rows[header][at]}”; the first one was read."
        )
        free.remove(at)
    data = rows.rows[header + 1 :]
    unknown = [(at, str(rows.rows[header][at]).strip()) for at in free]
    return Sheet(
        plan=plan,
        name=name,
        rows=data,
        first_line=rows.first_line + header + 1,
        line_numbers=list(rows.line_numbers)[header + 1 :] if rows.line_numbers is not None else None,
        id_column=places.get(_said(ID_HEADER)),
        marks_column=places.get(_said(MARKS_HEADER)),
        columns=tuple((at, f) for f, at in by_field.items() if f in known),
        unknown=tuple((at, text) for at, text in unknown if any(_cell(row, at) is not None for row in data)),
    )


def _renamed(plan: SheetPlan, by_field: Mapping[str, int], free: Sequence[int]) -> Iterator[tuple[str, int]]:
    """(field, place) of columns whose header is gone while an unknown one stands between their neighbours."""
    names = [name for name, _ in plan.columns]
    for at, name in enumerate(names):
        if name in by_field:
            continue
        before = by_field.get(names[at - 1], -2) if at else 0
        after = by_field.get(names[at + 1]) if at + 1 < len(names) else None
        if before + 1 in free and (after is None or after == before + 2):
            yield name, before + 1


def _cell(row: Sequence[Cell], at: int) -> Cell:
    return row[at] if at < len(row) else None


def _said(cell: object) -> str:
    return " ".join(str(cell or "").split()).casefold()


def _series(names: Sequence[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)
