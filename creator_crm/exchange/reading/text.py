"""Reads CSV, TSV and TXT: finds the delimiter by content, gives each record with the line it starts on."""

from __future__ import annotations

import csv
from array import array
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from creator_crm.domain.errors import Cancelled
from creator_crm.exchange.errors import SheetRefused
from creator_crm.exchange.reading.clean import LONGEST, clean, is_clean

DELIMITERS: Final = ("\t", ";", "|", ",")  # in the order preferred when the content fits two equally well
MAX_BYTES: Final = 300 * 1024 * 1024
MAX_ROWS: Final = 2_000_000
_SAMPLE_RECORDS: Final = 50
# The default of 131,072 ends the whole reading at one long cell; a long cell is a problem of its row only.
_LONGEST_FIELD: Final = 8 * 1024 * 1024
# Fed after the last line: when it does not come back as a record of its own, a quote was left open.
_END: Final = "\ue000end of file\ue000"


@dataclass(slots=True)
class TextRows:
    """Records as they stand, with the line each one starts on and what had to be removed from them."""

    rows: list[list[str | None]] = field(default_factory=list)
    lines: array[int] = field(default_factory=lambda: array("q"))
    removed_characters: int = 0
    too_long: list[tuple[int, int]] = field(default_factory=list)
    odd_quote_line: int | None = None


def sep_hint(line: str) -> str | None:
    """The delimiter that a first line such as `sep=;` names, as Excel writes and understands it."""
    text = line.strip("\ufeff\r\n").strip('"')
    return text[4:5] if len(text) == 5 and text[:4].lower() == "sep=" else None


def find_delimiter(sample: str, *, whole: bool) -> str | None:
    """The delimiter that cuts most records into the same number (>1) of fields; None if none does."""
    lines = sample.splitlines(keepends=True)
    if lines and (hint := sep_hint(lines[0])):
        return hint
    if not whole and len(lines) > 1:
        lines.pop()  # cut in the middle
    best, best_score = None, 0.0
    for delimiter in DELIMITERS:
        counts = [n for n in _field_counts(lines, delimiter) if n]
        several = Counter(n for n in counts if n > 1)
        if not several:
            continue
        width, agreeing = max(several.items(), key=lambda item: (item[1], item[0]))
        near = sum(n for count, n in several.items() if abs(count - width) <= 1)
        score = round((agreeing + near) / (2 * len(counts)), 2)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _field_counts(lines: list[str], delimiter: str) -> list[int]:
    reader = csv.reader((line for line in lines if not line.startswith("#")), delimiter=delimiter)
    counts: list[int] = []
    try:
        for record in reader:
            counts.append(len(record))
            if len(counts) == _SAMPLE_RECORDS:
                break
    except csv.Error:
        pass  # a field of more than the limit in the sample: judge by what came before
    return counts


def read_text(
    path: Path,
    encoding: str,
    delimiter: str,
    *,
    limit: int | None = None,
    cancel: Callable[[], bool] | None = None,
    progress: Callable[[int, int | None], None] | None = None,
) -> TextRows:
    """All records, or the first `limit`; raises SheetRefused for an unclosed quote, naming its line."""
    csv.field_size_limit(max(csv.field_size_limit(), _LONGEST_FIELD))
    try:
        return _read(path, encoding, delimiter, True, limit, cancel, progress)
    except _OddQuote as odd:
        found = _read(path, encoding, delimiter, False, limit, cancel, progress)
        found.odd_quote_line = odd.line
        return found


class _OddQuote(Exception):
    def __init__(self, line: int) -> None:
        self.line = line


def _read(
    path: Path,
    encoding: str,
    delimiter: str,
    strict: bool,
    limit: int | None,
    cancel: Callable[[], bool] | None,
    progress: Callable[[int, int | None], None] | None,
) -> TextRows:
    found = TextRows()
    rows, starts = found.rows, found.lines
    line = 0
    with path.open(encoding=encoding, errors="replace", newline=None) as file:
        reader = csv.reader(_lines(file, found, delimiter), delimiter=delimiter, strict=strict)
        try:
            for record in reader:
                start, line = line + 1, reader.line_num
                if start == 1 and len(record) <= 2 and sep_hint(delimiter.join(record)):
                    continue
                rows.append([cell or None for cell in record])
                starts.append(start)
                if len(rows) == limit:
                    break
                if not len(rows) & 4095:
                    _pause(path, len(rows), cancel, progress)
        except csv.Error as error:
            if strict and "expected after" in str(error):
                raise _OddQuote(line + 1) from None
            raise _unclosed(path, line + 1) from error
    if rows and rows[-1] == [_END]:
        rows.pop()
        starts.pop()
    elif len(rows) != limit:
        raise _unclosed(path, starts[-1] if rows else 1)
    if delimiter == "\t":
        _blanks_for_tabs(rows)
    _note_long(found)
    return found


def _lines(file: Iterator[str], found: TextRows, delimiter: str) -> Iterator[str]:
    tabs = delimiter == "\t"
    for line in file:
        if line.startswith("\ufeff"):
            line = line[1:]
        if not is_clean(line.replace("\t", "") if tabs else line):
            parts = line.split("\t") if tabs else [line]
            cleaned = [clean(part) for part in parts]
            line = ("\t" if tabs else " ").join(text for text, _ in cleaned)
            found.removed_characters += sum(n for _, n in cleaned)
        yield line
    yield _END


def _blanks_for_tabs(rows: list[list[str | None]]) -> None:
    for row in rows:
        for at, cell in enumerate(row):
            if cell and "\t" in cell:
                row[at] = cell.replace("\t", " ")


def _note_long(found: TextRows) -> None:
    for start, row in zip(found.lines, found.rows, strict=True):
        for at, cell in enumerate(row):
            if cell and len(cell) > LONGEST:
                found.too_long.append((start, at + 1))


def _pause(
    path: Path,
    done: int,
    cancel: Callable[[], bool] | None,
    progress: Callable[[int, int | None], None] | None,
) -> None:
    if cancel and cancel():
        raise Cancelled
    if progress:
        progress(done, None)
    if done > MAX_ROWS:
        raise SheetRefused(
            f"“{path.name}” has more than {MAX_ROWS:,} rows. Nothing was imported; split the file."
        )


def _unclosed(path: Path, line: int) -> SheetRefused:
    return SheetRefused(
        f"In “{path.name}” a quotation mark opens in line {line:,} and is never closed, so the rows after it "
        "can't be told apart. Nothing was imported; close the quotation mark and try again."
    )
