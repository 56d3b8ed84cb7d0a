"""What a chart leaves behind: its figures as a sheet or CSV file, its picture as a whole file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from creator_crm.domain.fields import Field, Kind
from creator_crm.exchange.files import replacing
from creator_crm.exchange.lists_out import Cell, Column, write_book, write_list

Figure = str | int | date | None


class Figures(NamedTuple):
    """A table of figures; money in minor units of `currency`."""

    title: str
    headers: Sequence[str]
    kinds: Sequence[Kind]
    rows: Sequence[Sequence[Figure]]
    currency: str = ""


def write_figures(
    path: Path,
    title: str,
    headers: Sequence[str],
    kinds: Sequence[Kind],
    rows: Sequence[Sequence[Figure]],
    currency: str = "",
) -> int:
    """Write rows to a .xlsx, .csv or .tsv file, each column as its kind; returns how many.

    Money is in minor units of `currency`, shares in millionths. Raises ExchangeError, nothing written.
    """
    return write_list(path, title, *_sheet(Figures(title, headers, kinds, rows, currency)))


def write_figure_book(path: Path, tables: Iterable[Figures]) -> None:
    """Write several tables to one .xlsx file, a sheet each. Raises ExchangeError, nothing written."""
    write_book(path, ((table.title, *_sheet(table)) for table in tables))


def write_picture(path: Path, content: bytes) -> None:
    """Put a finished picture in its place, whole or not at all. Raises ExchangeError."""
    with replacing(path) as temporary:
        temporary.write_bytes(content)


def _sheet(table: Figures) -> tuple[list[Column], Iterator[list[Cell]]]:
    currency = table.currency
    columns = [
        Column(_head(header, kind, currency), Field(name=f"figure_{n}", label=header, kind=kind))
        for n, (header, kind) in enumerate(zip(table.headers, table.kinds, strict=True))
    ]
    return columns, ([_cell(figure, currency) for figure in row] for row in table.rows)


def _head(header: str, kind: Kind, currency: str) -> str:
    # A spreadsheet shows the number alone: the currency is said once, above it.
    return f"{header} ({currency})" if kind is Kind.MONEY and currency else header


def _cell(figure: Figure, currency: str) -> Cell:
    return Cell(figure.isoformat() if isinstance(figure, date) else figure, currency or None)
