"""Finds the tables in a sheet: where each header stands, where its rows end, which lines are totals or
notes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from creator_crm.exchange.headers import (
    filled,
    header_score,
    is_comment,
    is_data,
    joined_headers,
    shown_headers,
)

LOOKED_AT = 20  # rows in which the header is sought
MOST_COLUMNS = 400
_TAIL = 12
_TOTAL = re.compile(
    r"(?:grand |sub)?totals?\b|sum(?:me|a)?\b|gesamt|average\b|mean\b|durchschnitt|moyenne|promedio|media\b|"
    r"totaal|totale\b|toplam|итого|всего|合計|总计",
    re.IGNORECASE,
)
_NOTE = re.compile(r"(?:notes?|sources?|exported|generated|created|copyright|\*|©|--)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Excluded:
    """A line below the table that is no record: its index among the rows, and why."""

    row: int
    why: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a sheet, by indexes into its rows; `header` is None when the first row is data already."""

    header: int | None
    header_rows: int
    start: int
    end: int
    raw_headers: tuple[str, ...]
    headers: tuple[str, ...]
    title: str = ""
    blank_rows: int = 0
    excluded: tuple[Excluded, ...] = ()

    def rows(self) -> range:
        """The indexes of its rows, totals and notes left out, blank ones still in."""
        return range(self.start, self.end)


def find_tables(
    rows: Sequence[Sequence[object]], known: frozenset[str], *, header_row: int | None = None
) -> tuple[Table, ...]:
    """The tables of a sheet, stacked ones each for itself; `header_row` is the user's choice (index of the
    row).
    """
    if header_row is not None:
        return (_table(rows, header_row, 1, len(rows), ""),)
    tables: list[Table] = []
    at, title = 0, ""
    while at < len(rows):
        found = _header(rows, at, known)
        if found is None:
            if not tables and any(filled(row) for row in rows):
                first = next(i for i, row in enumerate(rows) if filled(row))
                tables.append(_table(rows, first, 0, len(rows), title))
            break
        header, height = found
        end = _end(rows, header + height, known)
        title = _title(rows, at, header)
        tables.append(_table(rows, header, height, end, title))
        at = end
    return tuple(tables)


def _header(rows: Sequence[Sequence[object]], at: int, known: frozenset[str]) -> tuple[int, int] | None:
    """The best header row within reach, and whether one or two rows make it."""
    scores: dict[int, float] = {}
    for index in range(at, min(at + LOOKED_AT, len(rows))):
        below = [row for row in rows[index + 1 : index + 12] if filled(row) and not is_comment(row)]
        scores[index] = header_score(rows[index], below, known)
    enough = max(0.9, 0.6 * max(scores.values(), default=0.0))
    # The first that is good enough, for below it may stand a second table with a better header.
    best = next((index for index, score in scores.items() if score >= enough), None)
    if best is None:
        return None
    if best > at and _spans(rows[best - 1], rows[best]):
        return best - 1, 2
    if best + 2 < len(rows) and _spans(rows[best], rows[best + 1]) and not _texts(rows[best + 2]):
        return best, 2
    return best, 1


def _spans(upper: Sequence[object], lower: Sequence[object]) -> bool:
    """Whether a row can be the group headings over another header row."""
    groups = filled(upper)
    # A title is one cell; a group heading leaves the cells under its own merged part empty.
    gaps = len(lower) > groups and any(
        not str(cell or "").strip() for cell in list(upper)[: max(1, len(lower))]
    )
    return 2 <= groups < filled(lower) and gaps and _texts(upper) and _texts(lower)


def _texts(row: Sequence[object]) -> bool:
    return not any(is_data(cell) for cell in row if cell is not None and str(cell).strip())


def _end(rows: Sequence[Sequence[object]], start: int, known: frozenset[str]) -> int:
    """Where the table's rows stop: before a blank or comment line after which another header follows."""
    for index in range(start, len(rows)):
        row = rows[index]
        if (row and row[0] and not str(row[0]).startswith("#")) or (filled(row) and not is_comment(row)):
            continue
        after = next(
            (i for i in range(index, len(rows)) if filled(rows[i]) and not is_comment(rows[i])), None
        )
        if after is None:
            return len(rows)
        if index > start and _starts_anew(rows, start, after, known):
            return index
    return len(rows)


def _starts_anew(rows: Sequence[Sequence[object]], start: int, at: int, known: frozenset[str]) -> bool:
    """Whether the row after a gap is a header of its own, unlike the rows of the table before."""
    if not _texts(rows[at]) or filled(rows[at]) < 2 or at + 1 >= len(rows):
        return False
    above = [row for row in rows[start : start + 5] if filled(row)]
    if not any(is_data(cell) for row in above for cell in row if cell is not None):
        return False
    return header_score(rows[at], rows[at + 1 : at + 6], known) >= 1.2 and not _texts(rows[at + 1])


def _title(rows: Sequence[Sequence[object]], at: int, header: int) -> str:
    """The last words that stand alone above a header."""
    for index in range(header - 1, at - 1, -1):
        if filled(rows[index]) and not is_comment(rows[index]):
            return " ".join(str(cell) for cell in rows[index] if cell is not None)[:120]
    return ""


def _table(rows: Sequence[Sequence[object]], header: int, height: int, end: int, title: str) -> Table:
    start = header + height
    if height == 2:
        raw = joined_headers(rows[header], rows[header + 1])
    else:
        raw = [str("" if cell is None else cell) for cell in rows[header]] if height else []
    width = min(
        max((len(rows[i]) for i in range(start, min(end, start + 200))), default=len(raw)), MOST_COLUMNS
    )
    while len(raw) > 1 and not raw[-1].strip() and len(raw) > width:
        raw.pop()
    if height:
        width = _used(rows, start, end, len(raw), width)
    raw += [""] * (width - len(raw))
    excluded, end = _tail(rows, start, end, len(raw))
    blank = sum(1 for i in range(start, end) if not any(rows[i]) and not filled(rows[i]))
    return Table(
        header if height else None,
        height,
        start,
        end,
        tuple(raw),
        shown_headers(raw),
        title,
        blank,
        excluded,
    )


def _used(rows: Sequence[Sequence[object]], start: int, end: int, named: int, width: int) -> int:
    """Columns beyond the headers count only when several rows fill them: one long row is a slip, told of
    elsewhere.
    """
    for at in range(width - 1, named - 1, -1):
        sample = range(start, min(end, start + 200))
        used = sum(1 for i in sample if at < len(rows[i]) and rows[i][at] not in (None, ""))
        if used > max(1, len(sample) // 10):
            return at + 1
    return named


def _tail(
    rows: Sequence[Sequence[object]], start: int, end: int, width: int
) -> tuple[tuple[Excluded, ...], int]:
    """Totals and notes among the last rows; the table ends before them."""
    excluded: list[Excluded] = []
    last = end
    for index in range(end - 1, max(start, end - _TAIL) - 1, -1):
        cells = [str(cell).strip() for cell in rows[index] if cell is not None and str(cell).strip()]
        if not cells:
            last = index
            continue
        why = _why_no_record(cells, width, after_gap=index > start and not filled(rows[index - 1]))
        if not why:
            break
        excluded.append(Excluded(index, why))
        last = index
    return tuple(reversed(excluded)), last if excluded else end


def _why_no_record(cells: list[str], width: int, *, after_gap: bool) -> str:
    first = cells[0]
    if _TOTAL.match(first) and width > 1 and (len(cells) > 1 or after_gap):
        return "a line of totals"
    if len(cells) == 1 and width > 2 and (len(first) > 25 or _NOTE.match(first)) and " " in first:
        return "a note below the table"
    return ""
