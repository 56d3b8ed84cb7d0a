"""Writing parcels to the file of a shipping program: as text, digit for digit, nothing that could run."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from pathlib import Path

from creator_crm.exchange.carriers.going import Going
from creator_crm.exchange.carriers.layout import Layout
from creator_crm.exchange.errors import ExchangeError
from creator_crm.exchange.files import replacing
from creator_crm.exchange.safe_text import guarded, writable

Progress = Callable[[int], None]


def write(layout: Layout, parcels: Sequence[Going], path: Path, progress: Progress | None = None) -> None:
    """Write the parcels to `path`, whole or not at all. Raises ExchangeError, with nothing written."""
    ending = path.suffix.lower()
    if ending not in layout.endings:
        known = " or ".join(layout.endings)
        raise ExchangeError(f"{layout.label} takes files that end in {known}; nothing was written.")
    if ending == ".xlsx":
        return _write_workbook(layout, parcels, path, progress)
    with replacing(path) as temporary, temporary.open("w", encoding=layout.encoding, newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(layout.headers(parcels))
        for number, line in enumerate(layout.lines(parcels), 1):
            writer.writerow([guarded(writable(text)) for text in line])
            if progress:
                progress(number)
    return None


def _write_workbook(layout: Layout, parcels: Sequence[Going], path: Path, progress: Progress | None) -> None:
    from creator_crm.exchange.lists_out import Cell, Column, write_list

    columns = [Column(header) for header in layout.headers(parcels)]
    rows = ([Cell(None, text=text) for text in line] for line in layout.lines(parcels))
    write_list(path, layout.label, columns, rows, progress)
