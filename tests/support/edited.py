"""Editing the team's workbook as a team mate would: cells found by header and by what stands in the row."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from creator_crm.services.workbook_back import Review
from creator_crm.services.workbook_out import export_workbook
from creator_crm.services.workspace import Workspace


class Edited:
    """An opened workbook; it is saved when its `with` block ends."""

    def __init__(self, path: Path) -> None:
        self.book = load_workbook(path)

    def column(self, title: str, header: str) -> int:
        return [cell.value for cell in self.book[title][1]].index(header) + 1

    def line(self, title: str, header: str, value: object) -> int:
        column = self.column(title, header)
        rows = range(2, self.book[title].max_row + 1)
        return next(row for row in rows if self.book[title].cell(row, column).value == value)

    def put(self, title: str, where: tuple[str, object], header: str, value: object) -> None:
        """Type into the column `header` of the row that has `where`: (header, value)."""
        self.book[title].cell(self.line(title, *where), self.column(title, header)).value = value

    def add(self, title: str, **values: object) -> None:
        """Type a new row below the others; headers with an underscore for each blank."""
        sheet = self.book[title]
        row = sheet.max_row + 1
        for header, value in values.items():
            sheet.cell(row, self.column(title, header.replace("_", " "))).value = value

    def delete(self, title: str, where: tuple[str, object]) -> None:
        self.book[title].delete_rows(self.line(title, *where))


@contextmanager
def edited(path: Path, to: Path | None = None) -> Iterator[Edited]:
    opened = Edited(path)
    yield opened
    opened.book.save(to or path)


@pytest.fixture
def brand(workspace: Workspace) -> Workspace:
    """Three creators with accounts, a product in stock, a parcel on its way."""
    for name in ("Ana", "Bea", "Cho"):
        handle = {"platform": "tiktok", "handle": name.lower()}
        workspace.add("creator", {"name": name, "niche": "skincare"}, {"account": [handle]})
    workspace.add("product", {"name": "Serum", "sku": "S1", "currency": "EUR", "cost": 8_00})
    workspace.receive("S1", 10, on="2026-03-01")
    workspace.add("campaign", {"name": "Spring", "currency": "EUR"})
    workspace.add("tag", {"name": "vip"})
    return workspace


@pytest.fixture
def book(brand: Workspace, tmp_path: Path) -> Path:
    return exported(brand, tmp_path / "team.xlsx")


def exported(workspace: Workspace, path: Path, **how: Any) -> Path:
    export_workbook(workspace, path, **how)
    return path


def found(review: Review) -> dict[str, dict[str, int]]:
    """What a review found, counted: only what there is."""
    names = (
        "taken", "kept", "conflicts", "gone", "new", "trashed", "restored", "missing", "pasted", "problems",
    )  # fmt: skip
    counted = {m.record: {n: len(getattr(m, n)) for n in names if getattr(m, n)} for m in review.records}
    return {record: counts for record, counts in counted.items() if counts}


def taken(review: Review) -> dict[tuple[str, str], object]:
    """(title of the row, field) -> their value, of what they alone changed."""
    return {
        (review.titles[merge.record, cell.uid], cell.field): cell.theirs
        for merge in review.records
        for cell in merge.taken
    }
