"""What LibreOffice does to a workbook on saving is no change: the whole sample brand, and what is awkward."""

from __future__ import annotations

from pathlib import Path

import pytest
from edited import Edited, exported, found, taken
from typed_in_libreoffice import cell, typed
from workbooks import AWKWARD, INJECTIONS, SPELLED, saved_by_libreoffice, with_libreoffice

from creator_crm.services.sample import make_sample
from creator_crm.services.workspace import Workspace


@with_libreoffice
def test_the_sample_brand_saved_by_libreoffice_has_no_change(tmp_path: Path) -> None:
    path = tmp_path / "brand.creatorcrm"
    make_sample(path)
    with Workspace.open(path) as workspace:
        book = saved_by_libreoffice(exported(workspace, tmp_path / "team.xlsx"))
        review = workspace.review_workbook(book)
    assert (found(review), review.left, review.new_columns) == ({}, (), ())


@with_libreoffice
@pytest.mark.parametrize("way", [["xlsx"], ["ods"], ["ods", "xlsx"]], ids=" and ".join)
def test_awkward_values_in_every_kind_of_field_survive_libreoffice(way: list[str], tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "brand.creatorcrm") as workspace:
        texts = [text for text in (*AWKWARD, *INJECTIONS) if text not in SPELLED]
        for number, text in enumerate(texts):
            workspace.add("creator", {"name": f"n{number}", "notes": text.strip(), "source": text.strip()})
        money = {"currency": "JPY", "price": 1_234_567, "cost": 3}
        workspace.add("product", {"name": "Yen", "sku": "00999", "weight": 10**12, **money})
        workspace.add("product", {"name": "Bill", "sku": "1E05", "currency": "USD", "price": 10**15 + 7})
        workspace.add("campaign", {"name": "2026-11-22", "starts_on": "1900-01-05", "ends_on": "9999-12-31"})
        workspace.add("campaign", {"name": "TRUE", "starts_on": "1850-01-05"})
        workspace.add("message", {"creator": 1, "sent_at": "2026-01-01T23:59:59Z", "body": "a\n\nb"})
        book = exported(workspace, tmp_path / "team.xlsx")
        for ending in way:
            book = saved_by_libreoffice(book, ending)
        review = workspace.review_workbook(book)
    assert (found(review), review.left) == ({}, ())


@with_libreoffice
def test_what_is_typed_in_libreoffice_arrives_as_exactly_that(tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "brand.creatorcrm") as workspace:
        for name in ("Ana", "Bea", "Cho"):
            workspace.add("creator", {"name": name})
        workspace.add("product", {"name": "Serum", "sku": "S1", "currency": "EUR"})
        book = exported(workspace, tmp_path / "team.xlsx")
        their = Edited(book)
        notes, name = their.column("Creators", "Notes"), their.column("Creators", "Name")
        sku, price = their.column("Products", "SKU"), their.column("Products", "Price")
        steps = [
            cell("Creators", notes, 2, "00999"),
            cell("Creators", notes, 3, "7300712345678901234567"),
            cell("Creators", notes, 4, "3/4"),
            cell("Creators", name, 5, "Deniz"),
            cell("Products", sku, 2, "1E05"),
            cell("Products", price, 2, "12.5"),
            'book.Sheets.getByName("Creators").Rows.insertByIndex(2, 1)',
        ]
        review = workspace.review_workbook(typed(book, tmp_path / "typed.xlsx", steps))
    assert taken(review) == {
        ("Ana", "notes"): "00999",
        ("Bea", "notes"): "7300712345678901234567",
        ("Cho", "notes"): "3/4",
        ("Serum", "sku"): "1E05",
        ("Serum", "price"): 12_50,
    }
    assert found(review) == {"creator": {"taken": 3, "new": 1}, "product": {"taken": 2}}
